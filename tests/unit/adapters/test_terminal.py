"""The terminal adapter: replies reach whoever waits, late ones are told, progress is shown in few lines."""

import asyncio
from pathlib import Path

import pytest

from adapters.terminal.adapter import Terminal
from adapters.terminal.asking import message_of
from adapters.terminal.progress import LineView, words
from bot import Outcome, Picture, Plan, Progress, Reply
from bot.brief import Brief

MESSAGE = message_of("a red cat", "here", wants_picture=True)
PLAN = Plan("a red cat", Brief("a red cat"), "a red cat", "", "sketch", "sketch", 256, 256, 8, 2.5, 7)
PICTURE = Picture("1" * 32, PLAN, Path("/gallery/1.png"), "2" * 64, 1.0, "a cat")


def reply(text: str = "", *pictures: Picture) -> Reply:
    return Reply("job", "job", MESSAGE, Outcome.DONE, text, pictures)


class Seen:
    def __init__(self) -> None:
        self.shown: list[Progress] = []
        self.hidden = 0

    def show(self, progress: Progress) -> None:
        self.shown.append(progress)

    def hide(self) -> None:
        self.hidden += 1


async def test_a_reply_reaches_whoever_waits(capfd: pytest.CaptureFixture[str]) -> None:
    """The reply completes the future of its message, its key is the id, and nothing is printed."""
    terminal = Terminal(Seen())
    waiting = terminal.expect(MESSAGE)
    assert await terminal.deliver(reply("hello")) == "job"
    assert (await waiting).text == "hello"
    assert capfd.readouterr() == ("", "")


async def test_a_late_reply_is_one_line_with_its_path(capfd: pytest.CaptureFixture[str]) -> None:
    """What an earlier process asked for is told on standard error, and standard output stays clean."""
    terminal = Terminal()
    await terminal.deliver(reply("", PICTURE))
    out, err = capfd.readouterr()
    assert out == ""
    assert err == "An earlier request was finished: a red cat: /gallery/1.png\n"


async def test_a_late_reply_without_pictures_tells_its_words(capfd: pytest.CaptureFixture[str]) -> None:
    """An earlier request that failed says why, without what could steer the terminal."""
    await Terminal().deliver(reply("No such \x1b[31mmodel."))
    assert capfd.readouterr().err == "An earlier request was finished: a red cat: No such [31mmodel.\n"


async def test_a_forgotten_reply_is_a_late_one(capfd: pytest.CaptureFixture[str]) -> None:
    """Nobody waits any more after `forget`, so the words are printed instead of lost."""
    terminal = Terminal()
    terminal.expect(MESSAGE)
    terminal.forget(MESSAGE)
    await terminal.deliver(reply("done"))
    assert "done" in capfd.readouterr().err


async def test_progress_is_of_ones_own_request_only() -> None:
    """The jobs of earlier processes move no bar; the bar goes away with the reply."""
    seen = Seen()
    terminal = Terminal(seen)
    mine, other = (
        Progress("job", MESSAGE, "thinking"),
        Progress("x", message_of("b", "", wants_picture=True), "thinking"),
    )
    await terminal.progress(mine)
    terminal.expect(MESSAGE)
    await terminal.progress(other)
    await terminal.progress(mine)
    assert seen.shown == [mine]
    await terminal.deliver(reply())
    assert seen.hidden == 1


async def test_running_is_waiting() -> None:
    """An adapter without messages of its own waits until it is cancelled."""
    task = asyncio.create_task(Terminal().run(None))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    assert not task.done()
    task.cancel()
    assert await Terminal().find(reply()) is None


def test_plain_progress_is_short(capfd: pytest.CaptureFixture[str]) -> None:
    """Elsewhere than on a terminal, 50 steps are a line at each quarter, and nothing is said twice."""
    view = LineView()
    for stage in ("thinking", "thinking", "waiting", "loading"):
        view.show(Progress("job", MESSAGE, stage))
    for step in range(1, 51):
        view.show(Progress("job", MESSAGE, "painting", step=step, steps=50))
    assert capfd.readouterr().err.splitlines() == [
        "Thinking",
        "Loading the model",
        "Painting",
        *[f"Painting {percent} %" for percent in (25, 50, 75, 100)],
    ]


@pytest.mark.parametrize(("position", "expected"), [(1, "Waiting, next in line"), (3, "Waiting, 2 before you")])
def test_the_place_in_line_is_told(position: int, expected: str) -> None:
    """Who waits is told how many are before them."""
    assert words(Progress("job", MESSAGE, "waiting", position)) == expected


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (Progress("job", MESSAGE, "painting", candidate=2, candidates=4), "Painting 2 of 4"),
        (Progress("job", MESSAGE, "judging", candidate=2, candidates=4), "Judging 2 of 4"),
        (Progress("job", MESSAGE, "judging"), "Judging"),
        (Progress("job", MESSAGE, "looking"), "Looking at it"),
    ],
)
def test_choosing_is_shown(progress: Progress, said: str) -> None:
    """Each step of choosing among candidates has words of its own."""
    assert words(progress) == said
