"""A bot in a process of its own, to be killed, weighed and loaded; and what its database and log say of it."""

import asyncio
import multiprocessing
import sqlite3
from collections.abc import Callable
from contextlib import closing
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from bot import log
from bot.app import open_app, working
from bot.contracts import Adapter
from bot.jobs import FINAL
from bot.settings import Settings
from bot.testing import PaperEngine
from tests.support import PATIENCE_S, database, until

PRELOADED = ["adapters.discord.session", "adapters.slack.session", "bot.assistant", "bot.llm", "tools.imagine"]
PRELOADED += ["adapters.desk.chatwoot", "bot.desk.assembling"]
LEASE_S = 1.0


async def live(folder: Path, adapter: Adapter, step_s: float, more: dict[str, Any]) -> None:
    """Work until killed."""
    settings = Settings.model_validate({"home": folder, "database": database(folder), "lease_s": LEASE_S} | more)
    engine = PaperEngine(PaperEngine.Settings(step_s=step_s))
    async with open_app(settings, {adapter.name: adapter}, engine=engine) as app, working(app):
        await asyncio.Event().wait()


def run(folder: Path, make: Callable[[], Adapter], step_s: float, more: dict[str, Any]) -> None:
    """The whole life of one process."""
    with (folder / "bot.log").open("a", buffering=1) as stream:
        log.set_up("info", "text", stream)
        asyncio.run(live(folder, make(), step_s, more))


def start(folder: Path, make: Callable[[], Adapter], step_s: float = 0.0, **more: Any) -> ForkServerProcess:
    """A process that starts in a moment: forked from one that has everything imported and runs no thread.

    The adapter is made there, so `make` must be something that can be pickled; `more` are settings of Limner's.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, *PRELOADED])
    process = context.Process(target=run, args=(folder, make, step_s, more))
    process.start()
    return process


async def kill(process: ForkServerProcess) -> None:
    """With -9."""
    process.kill()
    await asyncio.to_thread(process.join, PATIENCE_S)


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


def errors(folder: Path) -> list[str]:
    """What the log of the bot's process holds of faults that nobody foresaw."""
    lines = (folder / "bot.log").read_text().splitlines()
    return [line for line in lines if " error " in line or line.startswith("Traceback")]
