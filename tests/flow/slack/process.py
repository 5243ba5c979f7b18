"""The bot in a process of its own, to be killed, weighed and loaded; and the check of what it left behind."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from adapters.slack.adapter import Slack
from bot.jobs import State
from tests.helpers import process
from tests.helpers.process import rows
from tests.helpers.slack_bot import settings_of
from tests.slack_server import Sight, SlackServer
from tests.slack_server.state import Message


def start(server: SlackServer, folder: Path, step_s: float = 0.0, **own: Any) -> ForkServerProcess:
    """A new process; the server learns of it when it connects."""
    return process.start(folder, partial(Slack, settings_of(server, **own)), step_s)


async def kill(server: SlackServer, killed: ForkServerProcess) -> None:
    """With -9; back when the server has noticed it too."""
    await process.kill(killed)
    await server.until(lambda: not server.socket.links)


@asynccontextmanager
async def bot_process(
    server: SlackServer, folder: Path, step_s: float = 0.0, **own: Any
) -> AsyncIterator[ForkServerProcess]:
    """One process for the length of the block, connected."""
    made = start(server, folder, step_s, **own)
    try:
        await server.socket.connected()
        yield made
    finally:
        await kill(server, made)


def check(server: SlackServer, folder: Path) -> list[dict[str, Any]]:
    """Every committed request was answered once, and nothing else was; the rows of jobs, those called off left out."""
    found = [row for row in rows(folder) if row["state"] != State.CANCELLED]
    assert {row["state"] for row in found} == {State.POSTED}
    pictures = [one for one in server.world.posts if one.pictures and not one.deleted_at]
    gone = {f"{one.channel.id}/{one.ts}" for one in server.world.posts if one.deleted_at}
    answers = sorted(row["posted_as"] for row in found if row["posted_as"] not in gone)
    shown = sorted(f"{one.channel.id}/{one.ts}" for one in pictures)
    assert shown == answers, f"{len(shown)} pictures, {len(answers)} answers, {sorted({*shown} ^ {*answers})[:9]}"
    wrong = [f"unfinished: {one.text}" for one in server.world.posts if is_under_way(one)]
    wrong += [f"twice: {one.text}" for one in server.duplicates() if not one.only_for] + server.problems
    assert not wrong, wrong
    return found


async def answer(seen: Sight) -> Message:
    """The new message with the picture that somebody waits for."""
    found: list[Message] = await seen.until(lambda now: [one for one in now.messages if one.pictures])
    return found[0]


def is_under_way(message: Message) -> bool:
    """Whether it still can be cancelled, as far as it tells."""
    return not message.deleted_at and bool({"Cancel", "取消"} & set(message.labels))
