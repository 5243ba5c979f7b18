"""A person at a terminal, the whole chain in real processes: director, database, engine, gallery, and back."""

import asyncio
import hashlib
import json
import re
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PIL import Image

from bot.store import open_store
from bot.testing import blank_png
from tests.helpers.terminal import LIMNER, PATIENCE_S, environment, limner, on_screen, one_line

JSON_KEYS = (
    "request brief prompt negative_prompt model family seed steps guidance_scale width_px height_px loras "
    "seconds pictures notes findings"
).split()
SLOW = {"LIMNER_ENGINES__PAPER__STEP_S": "0.5"}
ENDLESS = {"LIMNER_ENGINES__PAPER__STEP_S": "600"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


async def states(home: Path) -> list[str]:
    """The states of all jobs of a home, in the order in which they came in."""
    import sqlalchemy as sa

    from bot.tables import jobs

    async with open_store(f"sqlite+aiosqlite:///{home / 'limner.db'}") as store, store.read() as connection:
        return list((await connection.execute(sa.select(jobs.c.state).order_by(jobs.c.seq))).scalars())


async def lease_is_over(home: Path) -> None:
    """Look until no process of a home counts as alive."""
    import sqlalchemy as sa

    from bot.tables import processes

    async with open_store(f"sqlite+aiosqlite:///{home / 'limner.db'}") as store:
        while True:
            async with store.read() as connection:
                alive = sa.select(processes.c.id).where(processes.c.alive_until > store.clock())
                if (await connection.execute(alive)).first() is None:
                    return
            await asyncio.sleep(0.05)


@contextmanager
def begun(home: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command with a short lease that has begun to paint slowly."""
    process = subprocess.Popen(
        [LIMNER, *arguments],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(home, LIMNER_LEASE_S="0.5", **SLOW),
        cwd=home.parent,
    )
    assert process.stderr is not None
    try:
        while b"Painting" not in (line := process.stderr.readline()):
            assert line
        yield process
    finally:
        process.kill()
        process.communicate()


def stop_between_transactions(process: subprocess.Popen[bytes], home: Path) -> None:
    """Stop a process where it holds no lock on the database, as a laptop's lid does nearly always."""
    while True:
        process.send_signal(signal.SIGSTOP)
        with closing(sqlite3.connect(home / "limner.db", timeout=0.1)) as database:
            try:
                database.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                process.send_signal(signal.SIGCONT)
            else:
                return


def test_words_in_a_picture_out(home: Path) -> None:
    """The picture stands where -o says; words, prompt, settings and path are said on standard output."""
    done = limner(home, "imagine", "a red cat on a mat", "--seed", "7", "--size", "64x96", "-o", "cat.png")
    assert done.returncode == 0, done.stderr
    said = done.stdout.decode()
    assert "Your words   a red cat on a mat\n" in said
    assert "\nSettings     seed 7 · paper 64x96 · 4 steps · guidance 1\n" in said
    assert said.endswith(f"Saved as     {home.parent / 'cat.png'}\n")
    assert "\x1b" not in said
    assert done.stderr.decode().splitlines()[-1] == "Painting 100 %"
    with Image.open(home.parent / "cat.png") as image:
        assert image.size == (64, 96)
        assert image.text["parameters"].endswith("Model: paper, Version: Limner")
    assert asyncio.run(states(home)) == ["posted"]


@pytest.mark.proof
def test_json_is_one_object(home: Path) -> None:
    """--json prints one object with exactly the promised keys, whose pictures are there with those checksums."""
    done = limner(home, "imagine", "two", "blue", "birds", "--json", "--count", "2", "--seed", "5", "-o", "bird.png")
    record = json.loads(done.stdout)
    assert list(record) == JSON_KEYS
    assert (record["request"], record["seed"], record["model"]) == ("two blue birds", 5, "paper")
    assert [Path(picture["path"]).name for picture in record["pictures"]] == ["bird-1.png", "bird-2.png"]
    for picture in record["pictures"]:
        assert hashlib.sha256(Path(picture["path"]).read_bytes()).hexdigest() == picture["sha256"]
    assert record["brief"]["words"]


def test_words_from_standard_input_picture_to_standard_output(home: Path) -> None:
    """In a pipe, the PNG alone is on standard output, in English as in Chinese."""
    done = limner(home, "imagine", "-o", "-", stdin="一只红色的猫\n".encode())
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"\x89PNG\r\n\x1a\n")
    assert done.stdout.endswith(b"IEND\xaeB`\x82")
    assert "一只红色的猫" in done.stderr.decode()


def test_without_a_file_the_gallery_has_it(home: Path) -> None:
    """Without -o the path that is said is the picture's in the gallery."""
    said = limner(home, "imagine", "a boat").stdout.decode()
    path = Path(said.splitlines()[-1].removeprefix("Saved as").strip())
    assert path.is_relative_to(home / "gallery")
    assert path.is_file()


def test_as_is_paints_the_very_words(home: Path) -> None:
    """With --as-is the prompt is what the person wrote."""
    record = json.loads(limner(home, "imagine", "--as-is", "zzyzx, 8k, (sharp:1.2)", "--json").stdout)
    assert record["prompt"] == "zzyzx, 8k, (sharp:1.2)"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["a cat", "--size", "4096x4096"], "can't be painted by paper", marks=pytest.mark.proof),
        (["a cat", "--size", "65x64"], "Choose 64 or 72 px."),
    ],
)
def test_what_the_model_cannot_paint_is_one_line(home: Path, arguments: list[str], words: str) -> None:
    """A wish that only this model refuses exits 1 with the tool's words on the last line; the next has none of it."""
    done = limner(home, "imagine", *arguments, "-o", "cat.png")
    assert done.returncode == 1
    assert done.stdout == b""
    last = done.stderr.decode().splitlines()[-1]
    assert last.startswith("limner: ")
    assert words in last
    assert not (home.parent / "cat.png").exists()
    # What is shown but not booked as posted would be told again.
    assert asyncio.run(states(home)) == ["posted"]


def test_the_terminal_shows_the_picture(home: Path) -> None:
    """On a terminal the picture is there as half blocks in its colour, and the bar is gone."""
    with on_screen(home, "imagine", "a red cat", "-o", "cat.png", **SLOW) as screen:
        screen.wait_for("Painting")
        assert screen.wait() == 0
    with Image.open(home.parent / "cat.png") as image:
        red, green, blue = image.convert("RGB").getpixel((0, 0))
    assert f"\x1b[38;2;{red};{green};{blue};48;2;{red};{green};{blue}m▀".encode() in screen.output
    assert "Saved as     " in screen.text
    last = screen.output.rsplit(b"\x1b[0m\r\n", 1)[1]
    assert b"Painting" not in last


def test_ctrl_c_cancels_and_leaves_nothing(home: Path) -> None:
    """Ctrl-C in the middle of a picture exits 130 without a word, the job is cancelled, no file is half-written."""
    with on_screen(home, "imagine", "a red cat", "-o", "cat.png", **ENDLESS) as screen:
        screen.wait_for("Painting")
        screen.type("\x03")
        assert screen.wait() == 130
    assert "limner:" not in screen.text
    assert "Traceback" not in screen.text
    assert not (home.parent / "cat.png").exists()
    assert asyncio.run(states(home)) == ["cancelled"]


@pytest.mark.proof
def test_a_killed_process_is_finished_by_the_next(home: Path) -> None:
    """What a killed process had accepted is painted by the next one, and told with its path on standard error."""
    with begun(home, "imagine", "a green dog") as first:
        first.kill()
    asyncio.run(lease_is_over(home))
    done = limner(home, "imagine", "a red cat")
    assert done.returncode == 0
    late = re.search(r"An earlier request was finished: a green dog: (\S+)\n", done.stderr.decode())
    assert late is not None
    assert Path(late[1]).is_file()
    assert asyncio.run(states(home)) == ["posted", "posted"]


def test_chat_through_a_pipe(home: Path) -> None:
    """Lines are answered one after the other, a follow-up changes the picture before, bad words end nothing."""
    done = limner(home, "chat", stdin=b"a red cat\n\n\x07\nmake it blue\n")
    said = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert said.count("My prompt") == 2
    first, second = re.findall(r"My prompt +(.*)", said)
    assert "red" in first
    assert "blue" in second
    assert "red" not in second
    assert "The message is empty." in done.stderr.decode()


@pytest.mark.proof
def test_chat_on_a_terminal(home: Path) -> None:
    """A welcome, a picture in colours for each wish, and /quit leaves the terminal as it was."""
    with on_screen(home, "chat") as screen:
        screen.wait_for("/quit ends.")
        for number, line in enumerate(["a red cat", "make it blue", "/quit"], 1):
            screen.wait_for_prompt(number)
            screen.type(f"{line}\n")
        assert screen.wait() == 0
        assert screen.echoes()
    assert screen.text.count("Saved as") == 2
    assert screen.output.count(b"\x1b[38;2;") >= 2 * 32


@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x04", 0)])
def test_chat_ends_by_key(home: Path, key: str, code: int) -> None:
    """Ctrl-C at the prompt exits 130 and Ctrl-D 0; neither says more, and the terminal shows what is typed again."""
    with on_screen(home, "chat") as screen:
        screen.wait_for_prompt(1)
        screen.type(key)
        assert screen.wait() == code
        assert screen.echoes()
    assert "Traceback" not in screen.text
    assert "limner:" not in screen.text


def test_ctrl_c_in_chat_stops_only_the_picture(home: Path) -> None:
    """While a picture is being painted Ctrl-C stops that picture, and the conversation goes on."""
    with on_screen(home, "chat", **SLOW) as screen:
        screen.wait_for_prompt(1)
        screen.type("a red cat\n")
        screen.wait_for("Painting")
        screen.type("\x03")
        screen.wait_for("Stopped.")
        screen.wait_for_prompt(2)
        screen.type("a blue bird\n")
        screen.wait_for("Saved as")
        screen.wait_for_prompt(3)
        screen.type("\x04")
        assert screen.wait() == 0
    assert asyncio.run(states(home)) == ["cancelled", "posted"]


@pytest.mark.proof
def test_a_job_that_another_process_took_is_said(home: Path) -> None:
    """A process that was stopped for longer than its lease says that another one took its request over."""
    with begun(home, "imagine", "a green dog") as stopped:
        stop_between_transactions(stopped, home)
        asyncio.run(lease_is_over(home))
        other = limner(home, "imagine", "a red cat")
        assert b"An earlier request was finished: a green dog" in other.stderr
        stopped.send_signal(signal.SIGCONT)
        _, said = stopped.communicate(timeout=PATIENCE_S)
    assert stopped.returncode == 1
    assert b"limner: Another process took this request over" in said


def test_prompt_paints_nothing(home: Path) -> None:
    """`limner prompt` says what would be painted from, for the model that is set, and leaves no job and no picture."""
    done = limner(home, "prompt", "a red cat on a mat")
    assert done.returncode == 0, done.stderr
    assert "My prompt    " in done.stdout.decode()
    assert "seed any · paper 64x64" in done.stdout.decode()
    assert [path.name for path in home.iterdir()] == ["limner.log"]


@pytest.mark.proof
def test_prompt_for_another_family(home: Path) -> None:
    """--family writes for a model of that family; its record says so in the names that imagine uses."""
    record = json.loads(limner(home, "prompt", "a red cat", "--family", "sdxl", "--json").stdout)
    assert set(JSON_KEYS) - {"seconds", "pictures", "findings"} <= record.keys()
    assert (record["family"], record["width_px"]) == ("sdxl", 1024)
    done = limner(home, "prompt", "a red cat", "--family", "sdxx")
    assert done.returncode == 2
    assert "There are: sketch, sd15" in one_line(done)


def test_prompt_for_the_built_in_model_needs_no_painter(home: Path) -> None:
    """With the settings as they come, the card of Sketch is read from its folder, and no painter is started."""
    record = json.loads(
        limner(home, "prompt", "-", "--json", stdin=b"a red cat", env={"LIMNER_ENGINE": "local"}).stdout
    )
    assert (record["model"], record["family"], record["request"]) == ("sketch", "sketch", "a red cat")
    assert [path.name for path in home.iterdir()] == ["limner.log"]


def test_prompt_for_a_model_that_is_not_there(home: Path) -> None:
    """A model folder that does not exist is one line."""
    done = limner(home, "prompt", "a cat", env={"LIMNER_ENGINE": "local", "LIMNER_MODEL": "/no/such/model"})
    assert done.returncode == 1
    assert "There is no model folder /no/such/model." in one_line(done)


@pytest.mark.proof
def test_imagine_beside_a_service(home: Path) -> None:
    """While `limner serve` runs on the same home, `limner imagine` works as ever; SIGTERM ends the service with 0."""
    (home.parent / "limner.toml").write_text("[adapters.terminal]\n")
    with subprocess.Popen([LIMNER, "serve"], stderr=subprocess.PIPE, env=environment(home), cwd=home.parent) as service:
        assert service.stderr is not None
        try:
            assert b"serves terminal" in service.stderr.readline()
            assert limner(home, "imagine", "a red cat").returncode == 0
            service.send_signal(signal.SIGTERM)
            assert service.wait(PATIENCE_S) == 0
            assert service.stderr.read() == b"Limner has stopped.\n"
        finally:
            service.kill()  # leaving the block waits for it, for ever where something above went wrong
    assert asyncio.run(states(home)) == ["posted"]


def test_a_picture_to_start_from(home: Path) -> None:
    """`--image` gives the painter a picture: its shape is kept, and the plan says how far to go from it."""
    image = home.parent / "cat.png"
    image.write_bytes(blank_png(96, 48, b"abc"))
    done = limner(home, "imagine", "a cat", "--image", str(image), "--strength", "0.4", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["width_px"], told["height_px"]) == (88, 64)
    with closing(sqlite3.connect(home / "limner.db")) as database:
        [[plan]] = database.execute("SELECT plan FROM pictures")
    plan = json.loads(plan)
    assert plan["strength"] == 0.4
    assert len(plan["source"]) == 64


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--image", "nowhere.png"], "--image nowhere.png can't be read: No such file or directory."),
        (["--image", "."], "--image . can't be read: Is a directory."),
        (["--image", "text.png"], "picture"),
        (["--strength", "0.5"], "Name a picture with --image."),
        (["--image", "text.png", "--strength", "2"], "--strength 2 is out of range."),
    ],
    ids=["missing", "folder", "no picture", "strength alone", "strength"],
)
def test_a_picture_to_start_from_that_is_none(home: Path, options: list[str], said: str) -> None:
    """What can't be started from is said in one line, as wrong usage, before anything is painted."""
    (home.parent / "text.png").write_text("no picture")
    done = limner(home, "imagine", "a cat", *options)
    assert done.returncode == 2
    assert said in one_line(done)
