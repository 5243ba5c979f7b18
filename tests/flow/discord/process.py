"""The bot in a process of its own, to be killed, weighed and loaded; and the check of what it left behind."""

import asyncio
import multiprocessing
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

from adapters.discord.adapter import Discord
from adapters.discord.settings import DiscordSettings
from bot import log
from bot.app import open_app, working
from bot.jobs import FINAL, State
from bot.settings import Settings
from bot.testing import PaperEngine
from tests.discord_server import DiscordServer, Sight
from tests.discord_server.state import Message
from tests.helpers.discord_bot import settings_of
from tests.support import PATIENCE_S, database, until

PRELOADED = ["tests.flow.discord.process", "adapters.discord.session", "bot.assistant", "bot.llm", "tools.imagine"]
LEASE_S = 1.0


def processes() -> ForkServerContext:
    """Processes that start in a moment: forked from one that has everything imported and runs no thread."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


async def live(folder: Path, adapter: DiscordSettings, step_s: float) -> None:
    """Work until killed."""
    settings = Settings.model_validate({"home": folder, "database": database(folder), "lease_s": LEASE_S})
    engine = PaperEngine(PaperEngine.Settings(step_s=step_s))
    async with open_app(settings, {"discord": Discord(adapter)}, engine=engine) as app, working(app):
        await asyncio.Event().wait()


def run(folder: Path, adapter: DiscordSettings, step_s: float) -> None:
    """The whole life of one process."""
    with (folder / "bot.log").open("a", buffering=1) as stream:
        log.set_up("info", "text", stream)
        asyncio.run(live(folder, adapter, step_s))


def start(server: DiscordServer, folder: Path, step_s: float = 0.0) -> ForkServerProcess:
    """A new process; the server learns of it when it connects."""
    process = processes().Process(target=run, args=(folder, settings_of(server), step_s))
    process.start()
    return process


async def kill(server: DiscordServer, process: ForkServerProcess) -> None:
    """With -9; back when the server has noticed it too."""
    process.kill()
    await asyncio.to_thread(process.join, PATIENCE_S)
    await server.until(lambda: not server.gateway.live)


@asynccontextmanager
async def bot_process(server: DiscordServer, folder: Path, step_s: float = 0.0) -> AsyncIterator[ForkServerProcess]:
    """One process for the length of the block, connected."""
    process = start(server, folder, step_s)
    try:
        await server.gateway.ready(server.shards)
        yield process
    finally:
        await kill(server, process)


def rows(folder: Path) -> list[dict[str, Any]]:
    """The jobs as they are committed; read beside whoever works on them."""
    with closing(sqlite3.connect(folder / "limner.db")) as connection:
        connection.row_factory = sqlite3.Row
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'jobs'").fetchone():
            return []
        return [dict(row) for row in connection.execute("SELECT * FROM jobs")]


async def all_over(folder: Path) -> None:
    """Wait until no job is left to be worked on."""
    await until(lambda: all(row["state"] in FINAL for row in rows(folder)))


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


def errors(folder: Path) -> list[str]:
    """What the log of the bot's process holds of faults that nobody foresaw."""
    lines = (folder / "bot.log").read_text().splitlines()
    return [line for line in lines if " error " in line or line.startswith("Traceback")]


def key_of(message: Message, kind: str) -> str:
    """The id of the first button of that kind."""
    return next(str(part["custom_id"]) for part in message.interactive if part["custom_id"].startswith(f"{kind}:"))
