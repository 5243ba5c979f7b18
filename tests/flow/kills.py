"""A Limner that can be killed at any point: the function that a test's processes run."""

import asyncio
import itertools
import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from langchain_core.messages import AIMessage

from bot import Message, Progress, Reply
from bot.app import open_app, working
from bot.settings import Settings
from bot.testing import PaperPlatform, ScriptedModel, calls
from tests.helpers.postgres import ask
from tests.support import database

Point = Callable[..., None]


def messages(count: int) -> list[Message]:
    """What a platform delivers, again at every start; every third one is talk, and users and channels repeat."""
    return [
        Message("paper", f"event {n}", f"user {n % 3}", "hi" if n % 3 == 2 else f"draw {n}", channel=f"channel {n % 5}")
        for n in range(count)
    ]


class Llm(ScriptedModel):
    """Greets back, and wants a picture of whatever else it is told."""

    def _generate(self, messages: list[Any], *rest: Any, **more: Any) -> Any:
        words = messages[-1].text
        wish = calls("imagine", prompt=words, subjects=[{"name": "car", "colour": "red"}])
        self.script = [AIMessage("Hello.") if words == "hi" else wish]
        return super()._generate(messages, *rest, **more)


class Platform(PaperPlatform):
    """A platform that marks when painting has begun, and during whose posting the process may die."""

    def __init__(self, folder: Path, point: Point, die_at_candidate: int = 0) -> None:
        super().__init__(folder)
        self.folder = folder
        self._point = point
        self._die_at_candidate = die_at_candidate

    async def progress(self, progress: Progress) -> None:
        if progress.step:
            (self.folder / "painting").touch()
        if progress.candidate and progress.candidate == self._die_at_candidate:
            os.kill(os.getpid(), signal.SIGKILL)

    async def deliver(self, reply: Reply) -> str:
        self._point()
        posted_as = await super().deliver(reply)
        self._point()
        return posted_as


def fate(folder: Path, die_at: int, die_in: str) -> Point:
    """What kills its process at the n-th point that it passes, or at the first where a job stands in a state."""
    passed = itertools.count(1)

    def point(*_: Any) -> None:
        if next(passed) == die_at or (die_in and stands(folder, die_in)):
            os.kill(os.getpid(), signal.SIGKILL)

    return point


def stands(folder: Path, state: str) -> bool:
    """Whether a job stands in a state, as far as it is committed; asked beside the process's own connections."""
    url = database(folder)
    if url.startswith("postgresql"):
        return bool(ask(url, f"SELECT 1 FROM jobs WHERE state = '{state}'"))
    with closing(sqlite3.connect(folder / "limner.db")) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'jobs'").fetchone():
            return False
        return connection.execute("SELECT 1 FROM jobs WHERE state = ?", (state,)).fetchone() is not None


async def live(
    folder: Path,
    count: int,
    point: Point,
    engine: str,
    options: dict[str, Any],
    best_of: int,
    die_at_candidate: int,
    lease_s: float,
) -> None:
    """Accept the messages and work until all are answered; every statement, commit and post is a point."""
    for moment in ("after_cursor_execute", "commit", "rollback"):
        sa.event.listen(sa.Engine, moment, point)
    place = {"home": folder, "database": database(folder), "engine": engine, "engines": {engine: options}}
    settings = Settings(**place, lease_s=lease_s, best_of=best_of)
    platform = Platform(folder / "platform", point, die_at_candidate)
    async with open_app(settings, {"paper": platform}, llm=Llm(script=[])) as app, working(app):
        for message in messages(count):
            await app.inbox.accept(message)
        while await app.inbox.line():
            await asyncio.sleep(0.02)


def run(
    folder: Path,
    count: int,
    die_at: int = 0,
    die_in: str = "",
    engine: str = "paper",
    options: dict[str, Any] | None = None,
    best_of: int = 1,
    die_at_candidate: int = 0,
    lease_s: float = 0.5,
) -> None:
    """The whole life of one process; without a way to die it ends well."""
    point = fate(folder, die_at, die_in)
    asyncio.run(live(folder, count, point, engine, options or {}, best_of, die_at_candidate, lease_s))
