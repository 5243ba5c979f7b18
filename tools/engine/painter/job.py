"""One job of the painter: its task, its events so far, and those who listen to them."""

import asyncio
import hashlib
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Protocol
from urllib.parse import quote

from bot.errors import EngineError
from bot.tasks import Painted, PaintEvent, PaintTask, Preview, Step
from tools.engine import wire
from tools.engine.painter.arguments import guest_of
from tools.engine.painter.studio import Result


class Job:
    """One task and everything that was said about it, in order. Belongs to the event loop, but for `stop`.

    Of its previews only the latest is there. When the job is over, it and the picture that painting started from are
    let go.
    """

    def __init__(self, task: PaintTask) -> None:
        self.task = task
        self.guest = guest_of(task)
        self.preview = b""
        self.result: Result | None = None
        self.stop = threading.Event()
        self.listeners = 0
        self.leaving: asyncio.TimerHandle | None = None
        self._known_as = _identity(task)
        self._previewed = 0
        self._lines: list[bytes] = []
        self._over = False
        self._news = asyncio.Event()

    def is_for(self, task: PaintTask) -> bool:
        """Whether a task is this job's own, picture and all."""
        return _identity(task) == self._known_as

    def url(self, what: str) -> str:
        """Where something of this job can be fetched."""
        return f"/jobs/{quote(self.task.id, safe='')}/{what}"

    def tell(self, event: PaintEvent) -> None:
        """Add an event; `Painted` is the last."""
        self._add(wire.event_line(event), over=isinstance(event, Painted))

    def show(self, step: int, steps: int, jpeg: bytes) -> None:
        """Add a preview; whoever has not read of the one before won't."""
        if self._over:
            return
        self._forget_preview()
        self.preview, self._previewed = jpeg, len(self._lines)
        self.tell(Preview(step, steps, self.url(f"preview/{step}")))

    def begin_again(self) -> None:
        """It is to be painted anew, as if it had just come; that it has waited counts."""
        self._forget_preview()
        self.guest = replace(guest_of(self.task), since_s=self.guest.since_s)

    def fail(self, error: EngineError) -> None:
        """Add the last event of a job that failed."""
        self._add(wire.failure_line(error), over=True)

    async def lines(self, heartbeat_s: float) -> AsyncIterator[bytes]:
        """All events from the first on, as NDJSON; an empty line where nothing happened for a while."""
        told = 0
        while True:
            news, over, fresh = self._news, self._over, self._lines[told:]
            if fresh:
                told += len(fresh)
                yield b"".join(fresh)
            if over:
                return
            try:
                await asyncio.wait_for(news.wait(), heartbeat_s)
            except TimeoutError:
                yield b"\n"

    def _add(self, line: bytes, *, over: bool) -> None:
        if self._over:
            return
        if over:
            self._forget_preview()
            self.task = replace(self.task, image=b"")
        self._lines.append(line)
        self._over = over
        news, self._news = self._news, asyncio.Event()
        news.set()

    def _forget_preview(self) -> None:
        if self.preview:
            self.preview = b""
            self._lines[self._previewed] = b""


class Ends(Protocol):
    """Knows when a job is likely to be done."""

    def left_s(self, job: Job) -> float | None:
        """Seconds from now, if that can be said."""


class Watching:
    """Brings what a painting thread says of a job into the event loop; made in the loop, used in the thread.

    Args:
        every_s: Steps that follow each other faster than this are not told, but for the last: telling one costs as much
            as a short step, and nobody can read it.
    """

    def __init__(self, job: Job, ends: Ends, every_s: float = 0.0) -> None:
        self._job = job
        self._ends = ends
        self._every_s = every_s
        self._told_s = float("-inf")
        self._loop = asyncio.get_running_loop()

    def step(self, step: int, steps: int) -> None:
        """See `tools.engine.painter.progress.Watcher`."""
        now_s = time.monotonic()
        if now_s - self._told_s >= self._every_s or step == steps:
            self._told_s = now_s
            self._loop.call_soon_threadsafe(self._tell_step, step, steps)

    def preview(self, step: int, steps: int, jpeg: bytes) -> None:
        """See `tools.engine.painter.progress.Watcher`."""
        self._loop.call_soon_threadsafe(self._job.show, step, steps, jpeg)

    def _tell_step(self, step: int, steps: int) -> None:
        self._job.tell(Step(step, steps, self._ends.left_s(self._job)))

    def stopped(self) -> bool:
        """See `tools.engine.painter.progress.Watcher`."""
        return self._job.stop.is_set()


def _identity(task: PaintTask) -> PaintTask:
    return replace(task, image=hashlib.sha256(task.image).digest())
