"""The bot in a process of its own, to be killed, weighed and loaded; and the check of what it left behind."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from adapters.discord.adapter import Discord
from bot.jobs import State
from tests.discord_server import DiscordServer, Sight
from tests.discord_server.state import Message
from tests.helpers import process
from tests.helpers.discord_bot import settings_of
from tests.helpers.process import rows


def start(server: DiscordServer, folder: Path, step_s: float = 0.0) -> ForkServerProcess:
    """A new process; the server learns of it when it connects."""
    return process.start(folder, partial(Discord, settings_of(server)), step_s)


async def kill(server: DiscordServer, killed: ForkServerProcess) -> None:
    """With -9; back when the server has noticed it too."""
    await process.kill(killed)
    await server.until(lambda: not server.gateway.live)


@asynccontextmanager
async def bot_process(server: DiscordServer, folder: Path, step_s: float = 0.0) -> AsyncIterator[ForkServerProcess]:
    """One process for the length of the block, connected."""
    made = start(server, folder, step_s)
    try:
        await server.gateway.ready(server.shards)
        yield made
    finally:
        await kill(server, made)


def check(server: DiscordServer, folder: Path) -> list[dict[str, Any]]:
    """Every committed request was answered once, and nothing else was; the rows of jobs, those called off left out."""
    found = [row for row in rows(folder) if row["state"] != State.CANCELLED]
    assert {row["state"] for row in found} == {State.POSTED}
    pictures = [one for one in server.world.posts if one.attachments]
    assert sorted(f"{one.channel.id}/{one.id}" for one in pictures) == sorted(row["posted_as"] for row in found)
    wrong = [f"unfinished: {one.content}" for one in server.world.posts if is_under_way(one)]
    wrong += [f"twice: {one.content}" for one in server.duplicates()] + server.problems
    assert not wrong, wrong
    return found


async def answer(seen: Sight) -> Message:
    """The message with the picture that somebody waits for; a preview of it is none."""
    found: list[Message] = await seen.until(
        lambda seen: [one for one in seen.messages if one.attachments and not is_under_way(one)]
    )
    return found[0]


def is_under_way(message: Message) -> bool:
    """Whether it still can be cancelled, as far as it tells."""
    return not message.deleted_at and any(part["custom_id"].startswith("cancel:") for part in message.interactive)


def key_of(message: Message, kind: str) -> str:
    """The id of the first button of that kind."""
    return next(str(part["custom_id"]) for part in message.interactive if part["custom_id"].startswith(f"{kind}:"))
