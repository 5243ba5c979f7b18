"""Preferences through the whole chain: asking first across a restart, a default learned from use, and at a terminal."""

import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot import Message, Outcome, Reply, RequestError
from bot.actions import pressed
from bot.app import App, open_app, working
from bot.cli import main
from bot.preferences import UNSET, Preferences
from bot.settings import Settings
from bot.testing import PaperPlatform, blank_png
from tests.helpers.terminal import on_screen
from tests.support import PLAN, message, until

MINE = "user:paper/ana"
ASK = {"LIMNER_REWRITING": "ask"}


@asynccontextmanager
async def running(folder: Path, **more: object) -> AsyncIterator[App]:
    settings = Settings(home=folder / "home", engine="paper", **more)
    async with open_app(settings, {"paper": PaperPlatform(folder / "platform")}) as app, working(app):
        yield app


async def answered(app: App, said: Message) -> Reply:
    """The reply to a message."""
    job_id = await app.service.accept(said)

    async def over() -> bool:
        found = await app.service.exchange(job_id)
        return found is not None and found.reply is not None

    await until(over)
    found = await app.service.exchange(job_id)
    assert found is not None
    assert found.reply is not None
    assert found.reply.outcome is Outcome.DONE, found.reply.text
    return found.reply


async def press(app: App, key: str) -> Reply:
    return await answered(app, pressed(key, adapter="paper", event_id=key, user="ana", channel="studio"))


async def test_asked_first_and_painted_after_a_restart(tmp_path: Path) -> None:
    """A person who wants to be asked gets the prompt and buttons; 'use' paints that very prompt, a restart later."""
    async with running(tmp_path) as app:
        await app.service.prefer(MINE, Preferences(rewriting="ask"))
        reply = await answered(app, message("a red car on a beach"))
        assert reply.pictures == ()
        [proposal] = reply.proposals
        assert f"use:{proposal.id}" in [action.key for action in reply.actions]
        assert "The prompt was shown first, as your preferences say." in reply.notes
    async with running(tmp_path) as app:
        used = await press(app, f"use:{proposal.id}")
        [picture] = used.pictures
        assert used.proposals == ()
        plan = picture.plan
        assert (plan.prompt, plan.seed, plan.held) == (proposal.plan.prompt, proposal.plan.seed, False)
        other = await answered(app, message("a red car on a beach", user="bo"))
        assert len(other.pictures) == 1


async def test_people_set_what_is_painted_and_are_told(tmp_path: Path) -> None:
    """A channel's style is painted with its reason, words win over it, and 'off' paints the words themselves."""
    async with running(tmp_path, rewriting="off") as app:
        reply = await answered(app, message("a red car"))
        assert reply.pictures[0].plan.prompt == "a red car"
        await app.service.prefer("channel:paper/studio", Preferences(rewriting="on", style="ink"))
        reply = await answered(app, message("a red car"))
        assert (reply.pictures[0].plan.style, reply.pictures[0].plan.style_by) == ("ink", "channel")
        assert 'Style "ink", as this channel\'s preferences say.' in reply.notes
        reply = await answered(app, message("a red car, watercolour"))
        assert (reply.pictures[0].plan.style, reply.pictures[0].plan.style_by) == ("watercolour", "")
        assert not any("preferences" in note for note in reply.notes)
        with pytest.raises(RequestError, match="There is no style"):
            await app.service.prefer(MINE, Preferences(style="nonsense"))


async def taste(app: App, style: str, *, kept: int, deleted: int) -> None:
    """A team has pictures painted in a style that somebody asked for, keeps these and deletes those."""
    job_id = await app.inbox.accept(message(channel="past", user="eve"))
    job = await app.inbox.get(job_id)
    assert job is not None
    plans = tuple(replace(PLAN, style=style, seed=number) for number in range(kept + deleted))
    async with app.store.write() as connection:
        await app.gallery.plan(connection, job, "past", plans)
    planned = await app.gallery.unpainted(job_id)
    assert len(planned) == len(plans)
    for number, (picture_id, plan) in enumerate(planned):
        await app.gallery.keep(picture_id, plan, blank_png(8, 8, bytes([number, 0, 0])), 0.1)
        await (app.service.keep(picture_id) if number < kept else app.service.delete(picture_id))


async def test_what_a_team_keeps_becomes_its_default_until_it_is_reset(tmp_path: Path) -> None:
    """Twenty-four kept watercolours of thirty are the default, with the reason; what anyone says or sets goes first."""
    settings = Settings(home=tmp_path / "home", engine="paper")
    async with open_app(settings, {"paper": PaperPlatform(tmp_path / "platform")}) as app:
        await taste(app, "watercolour", kept=24, deleted=6)
        assert (await app.service.learned("paper", language="zh")).preferences.style == "watercolour"
    async with running(tmp_path) as app:
        reply = await answered(app, message("a red car"))
        [picture] = reply.pictures
        assert (picture.plan.style, picture.plan.style_by) == ("watercolour", "learned")
        assert any(note.startswith('Style "watercolour", since this team kept 24 of 30') for note in reply.notes)
        named = await answered(app, message("a red car, ink wash"))
        assert (named.pictures[0].plan.style, named.pictures[0].plan.style_by) == ("ink", "")
        await app.service.prefer(MINE, Preferences(style="oil"))
        assert (await answered(app, message("a red car"))).pictures[0].plan.style == "oil"
        await app.service.prefer(MINE, UNSET)
        await press(app, f"again:{picture.id}")
        assert (await app.service.learned("paper")).counts["watercolour"] == {"kept": 24, "again": 1, "deleted": 6}
    async with running(tmp_path, learning=False) as app:
        assert (await answered(app, message("a red car"))).pictures[0].plan.style == ""
    async with running(tmp_path) as app:
        await app.service.forget("paper")
        assert (await answered(app, message("a red car"))).pictures[0].plan.style == ""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def run(home: Path, *arguments: str) -> Result:
    """A command in this process, since starting one takes a second; its log goes away with it."""
    root = logging.getLogger()
    handlers = root.handlers[:]
    try:
        return CliRunner().invoke(main, arguments, env={"LIMNER_HOME": str(home), "LIMNER_ENGINE": "paper"})
    finally:
        for handler in root.handlers:
            if isinstance(handler, logging.StreamHandler) and handler not in handlers:
                handler.stream.close()
        root.handlers[:] = handlers


def record(home: Path, *arguments: str) -> Any:
    return json.loads(run(home, *arguments, "--json").stdout)


def test_preferences_are_set_at_a_terminal(home: Path) -> None:
    """`limner preferences` sets some, shows what there is, clears, and says in one line what can't be."""
    ana = ("preferences", "--user", "ana")
    set_ = record(home, *ana, "--set", "style=水墨", "--set", "best-of=2")
    assert set_ == {"scope": "user:terminal/ana", "preferences": {"style": "ink", "best_of": 2}}
    shown = run(home, *ana, "--set", "style=").stdout
    assert "style       –    one of `limner styles`\n" in shown
    assert "best_of     2    1 to 8\n" in shown
    assert record(home, "preferences", "--channel", "ana", "--adapter", "web")["preferences"] == {}
    assert record(home, *ana, "--clear")["preferences"] == {}
    for wrong, line in {
        "best_of=two": "best_of can't be 'two'. Expected is 1 to 8.",
        "size=2": "--set size=2 sets nothing. Say NAME=VALUE; the names are rewriting, style, aspect, model, language, "
        "best_of, revisions, steps, visibility, answers.",
        "rewriting=never": "There is no rewriting 'never'. Choose one of: on, off, ask.",
    }.items():
        refused = run(home, "preferences", "--set", wrong)
        assert (refused.exit_code, refused.stderr) == (2, f"limner: {line}\n")


def test_learning_is_shown_and_reset_at_a_terminal(home: Path) -> None:
    """`limner learned` tells what was kept, exported and deleted, why nothing follows yet, and begins anew."""
    assert run(home, "learned").stdout.startswith("Nothing yet")
    run(home, "imagine", "a red car", "--style", "ink", "--count", "3", "--best-of", "1")
    exported, kept, deleted = (picture["id"] for picture in record(home, "gallery", "list")["pictures"])
    assert run(home, "gallery", "keep", kept).stdout == f"Kept {kept[:8]} (a red car).\n"
    run(home, "gallery", "export", exported, str(home / "car.png"))
    run(home, "gallery", "delete", deleted, "--yes")
    assert [picture["kept"] for picture in record(home, "gallery", "list")["pictures"]] == [False, True]
    [team] = record(home, "learned")["teams"]
    assert (team["adapter"], team["pictures"], team["follows"]) == ("terminal", 3, {})
    why = "Too few to say: 3 of at least 20 were judged."
    assert team["styles"] == {"ink": {"kept": 2, "again": 0, "deleted": 1, "why": why}}
    assert "ink    2     0      1        Too few" in run(home, "learned").stdout
    assert run(home, "learned", "--reset").stdout == "Forgotten: terminal. Learning begins anew.\n"
    assert run(home, "learned").stdout.startswith("Nothing yet")


def test_asking_first_where_nobody_can_answer(home: Path) -> None:
    """In a pipe the proposal is shown and nothing painted; --use paints it later, where -o says."""
    car = home.parent / "car.png"
    done = run(home, "imagine", "--ask", "a red car on a beach", "--json", "-o", str(car))
    [proposal] = json.loads(done.stdout)["proposals"]
    assert done.exit_code == 1
    say_yes = f"Say yes with `limner imagine --use {proposal['id'][:8]}`."
    assert done.stderr.splitlines()[-1] == f"limner: Nothing is painted yet. {say_yes}"
    assert not car.exists()
    assert record(home, "imagine", "--use", proposal["id"][:8], "-o", str(car))["prompt"] == proposal["prompt"]
    assert car.is_file()
    wrong = run(home, "imagine", "--use", "zzzz")
    assert wrong.stderr == "limner: No proposal's id starts with 'zzzz'. `limner imagine --ask` makes some.\n"


def test_a_prompt_is_edited_in_place(home: Path) -> None:
    """At a terminal what is no answer is asked again, and an edited prompt is painted as it stands."""
    with on_screen(home, "imagine", "--ask", "a blue bird", "-o", "bird.png") as screen:
        screen.wait_for("[c]ancel?")
        screen.type("perhaps\n")
        screen.wait_for("[c]ancel?", 2)
        screen.type("e\n")
        screen.wait_for("Prompt: a blue bird")
        screen.type(" in the rain\n")
        assert screen.wait() == 0
        assert " in the rain\n" in screen.text.split("My prompt")[-1].split("Settings")[0].replace(
            "\n             ", " "
        )
    assert (home.parent / "bird.png").is_file()


def test_a_chat_asks_first_and_goes_on(home: Path) -> None:
    """'u' paints the proposal, other words are the next message, 'c' means no, and the chat goes on."""
    with on_screen(home, "chat", **ASK) as screen:
        screen.wait_for_prompt(1)
        screen.type("a blue bird\n")
        screen.wait_for("[c]ancel?")
        screen.type("u\n")
        screen.wait_for("Saved as")
        screen.wait_for_prompt(2)
        screen.type("a red fox\n")
        screen.wait_for("[c]ancel?", 2)
        screen.type("a green dog\n")
        screen.wait_for("[c]ancel?", 3)
        assert "a green dog" in screen.text.split("My prompt")[-1]
        screen.type("c\n")
        screen.wait_for_prompt(3)
        screen.type("/quit\n")
        assert screen.wait() == 0
    listed = record(home, "gallery", "list")["pictures"]
    assert [picture["request"] for picture in listed] == ["a blue bird"]
