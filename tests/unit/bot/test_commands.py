"""`limner gallery`, `queue`, `styles` and `serve` on a real database."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bot.brief import Brief, Subject
from bot.gallery import Gallery
from bot.inbox import Inbox
from bot.messages import Message, Plan
from bot.store import open_store
from bot.testing import blank_png
from tests.helpers.terminal import limner, on_screen, one_line

PLAN = Plan(
    request="一只红色的猫",
    brief=Brief("一只红色的猫", subjects=(Subject("cat", 1, "red"),)),
    prompt="a red cat",
    negative_prompt="rain",
    model="sketch",
    family="sketch",
    width_px=64,
    height_px=48,
    steps=8,
    guidance_scale=2.5,
    seed=7,
    notes=("The prompt is in English.",),
)


async def fill(home: Path, count: int = 1) -> list[str]:
    """Paint pictures into a home's gallery; their ids, oldest first."""
    async with open_store(f"sqlite+aiosqlite:///{home / 'limner.db'}") as store:
        inbox, gallery = Inbox(store, ("terminal",), 10.0), Gallery(store, home / "gallery")
        await inbox.beat()
        await inbox.accept(Message("terminal", "1", "ann", PLAN.request))
        job = await inbox.take(turns=1, paintings=1)
        assert job is not None
        async with store.write() as connection:
            await gallery.plan(connection, job, "0-0", tuple(replace(PLAN, seed=7 + n) for n in range(count)))
        for number, (picture_id, plan) in enumerate(await gallery.unpainted(job.id)):
            await gallery.keep(picture_id, plan, blank_png(64, 48, bytes([200, number, 0])), 1.5)
        return [picture.id for picture in await gallery.of_job(job.id)]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


async def test_an_empty_gallery_says_how_to_fill_it(home: Path) -> None:
    """Without pictures the list is a sentence, and in JSON an empty list."""
    assert limner(home, "gallery").stdout.decode().startswith("No pictures yet.")
    assert json.loads(limner(home, "gallery", "list", "--json").stdout) == {"pictures": []}


async def test_the_list_is_newest_first_and_limited(home: Path) -> None:
    """Every picture is a line with its short id, size, model and words; --limit cuts the oldest."""
    ids = await fill(home, 3)
    lines = limner(home, "gallery", "list", "--limit", "2").stdout.decode().splitlines()
    assert lines[0].split() == ["id", "size", "model", "words"]
    assert [line.split() for line in lines[1:]] == [[i[:8], "64x48", "sketch", "一只红色的猫"] for i in ids[:0:-1]]
    listed = json.loads(limner(home, "gallery", "list", "--json").stdout)["pictures"]
    assert [picture["id"] for picture in listed] == ids[::-1]


async def test_show_tells_everything(home: Path) -> None:
    """Words, prompt, negative prompt, notes, settings, id and file stand in rows; JSON has the same and the brief."""
    (picture_id,) = await fill(home)
    shown = limner(home, "gallery", "show", picture_id[:8]).stdout.decode().splitlines()
    path = next((home / "gallery").rglob("*.png"))
    assert shown == [
        "Your words   一只红色的猫",
        "My prompt    a red cat",
        "Kept out     rain",
        "Why          The prompt is in English.",
        "Settings     seed 7 · sketch 64x48 · 8 steps · guidance 2.5",
        f"Id           {picture_id}",
        f"File         {path}",
    ]
    record = json.loads(limner(home, "gallery", "show", picture_id, "--json").stdout)
    assert record["path"] == str(path)
    assert record["brief"]["subjects"] == [
        {"name": "cat", "count": 1, "colour": "red", "attributes": [], "plural": False}
    ]
    assert (record["seed"], record["seconds"], record["notes"]) == (7, 1.5, ["The prompt is in English."])


async def test_show_on_a_terminal_shows_the_picture(home: Path) -> None:
    """On a terminal with colours the picture itself is there, in its own colour."""
    (picture_id,) = await fill(home)
    with on_screen(home, "gallery", "show", picture_id) as screen:
        assert screen.wait() == 0
    assert b"\x1b[38;2;200;0;0;48;2;200;0;0m" in screen.output
    assert screen.text.count("▀") == 64 * 24


async def test_a_missing_file_is_said(home: Path) -> None:
    """When somebody removed the file, show still tells the rest, and export is one line."""
    (picture_id,) = await fill(home)
    next((home / "gallery").rglob("*.png")).unlink()
    assert "(this file is missing)" in limner(home, "gallery", "show", picture_id).stdout.decode()
    done = limner(home, "gallery", "export", picture_id, "cat.png")
    assert done.returncode == 1
    assert "is missing" in one_line(done)


async def test_export_copies_the_file(home: Path) -> None:
    """The copy has the very bytes of the gallery's file, and its path is printed."""
    (picture_id,) = await fill(home)
    done = limner(home, "gallery", "export", picture_id, "sub/cat.png")
    copy = home.parent / "sub" / "cat.png"
    assert done.stdout.decode() == f"{copy}\n"
    assert copy.read_bytes() == next((home / "gallery").rglob("*.png")).read_bytes()
    with Image.open(copy) as image:
        assert image.size == (64, 48)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "abc"], "too short"),
        (["show", "abcdef"], "No picture's id starts with 'abcdef'"),
        (["show", "%%%%"], "No picture's id starts with '%%%%'"),
        (["delete", "abcdef", "--yes"], "No picture's id starts with 'abcdef'"),
        (["export", "{id}", "/dev/null/cat.png"], "can't be written"),
    ],
)
async def test_what_is_not_there_is_one_line(home: Path, arguments: list[str], words: str) -> None:
    """Unknown ids and unwritable places exit 1 with one line."""
    (picture_id,) = await fill(home)
    done = limner(home, "gallery", *(argument.format(id=picture_id) for argument in arguments))
    assert done.returncode == 1
    assert words in one_line(done)


async def test_delete_asks_first(home: Path) -> None:
    """Only a yes deletes; after it the picture is in no list and its file is gone."""
    (picture_id,) = await fill(home)
    assert b"Kept." in limner(home, "gallery", "delete", picture_id, stdin=b"n\n").stdout
    assert len(list((home / "gallery").rglob("*.png"))) == 1
    assert b"Deleted" in limner(home, "gallery", "delete", picture_id, stdin=b"y\n").stdout
    assert list((home / "gallery").rglob("*.png")) == []
    assert json.loads(limner(home, "gallery", "list", "--json").stdout) == {"pictures": []}


async def test_delete_without_an_answer_keeps(home: Path) -> None:
    """When nobody can answer, nothing is deleted; --yes needs no answer."""
    (picture_id,) = await fill(home)
    assert limner(home, "gallery", "delete", picture_id).returncode != 0
    assert len(list((home / "gallery").rglob("*.png"))) == 1
    assert limner(home, "gallery", "delete", picture_id, "--yes").returncode == 0
    assert list((home / "gallery").rglob("*.png")) == []


async def test_the_queue_shows_who_waits(home: Path) -> None:
    """Each job that is not over is a line in the order of serving, with state, asker and words."""
    assert limner(home, "queue").stdout == b"Nobody waits.\n"
    async with open_store(f"sqlite+aiosqlite:///{home / 'limner.db'}") as store:
        inbox = Inbox(store, ("terminal",), 10.0)
        for number, (user, text) in enumerate([("ann", "a cat"), ("ann", "a \x1b[2Jdog"), ("bob", "an owl")]):
            await inbox.accept(Message("terminal", str(number), user, text))
        await inbox.cancel((await inbox.line())[0].id)
        await inbox.beat()
        await inbox.take(turns=1, paintings=1)
        shown = [line.split(maxsplit=2) for line in limner(home, "queue").stdout.decode().splitlines()]
        listed = json.loads(limner(home, "queue", "--json").stdout)["jobs"]
    assert [(job["place"], job["user"], job["state"], job["working"]) for job in listed] == [
        (1, "bob", "received", True),
        (2, "ann", "received", False),
    ]
    assert shown[1][:2] == ["1", "received"]
    assert shown[2] == ["2", "received,", "waits  ann (terminal)  a [2Jdog"]


async def test_styles_have_names_titles_and_phrases(home: Path) -> None:
    """The list has a line for every style, and JSON the whole file of each."""
    listed = json.loads(limner(home, "styles", "--json").stdout)["styles"]
    lines = limner(home, "styles").stdout.decode().splitlines()
    oil = next(style for style in listed if style["name"] == "oil")
    assert oil["title"]["zh"] == "油画"
    assert all(any(style["name"] in line for line in lines) for style in listed)
    assert any("oil" in line and "油画" in line and oil["phrases"]["plain"] in line for line in lines)


async def test_serving_an_unknown_adapter_stops_the_start(home: Path) -> None:
    """An adapter that no package brings is named, with those that there are."""
    (home.parent / "limner.toml").write_text("[adapters.telepathy]\n")
    done = limner(home, "serve")
    assert done.returncode == 1
    assert "There is no plugin 'telepathy' among adapters (" in one_line(done)
