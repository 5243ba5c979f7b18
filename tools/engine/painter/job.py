"""One job of the painter: its task, its events so far, and those who listen to them."""

import asyncio
import threading
from collections.abc import AsyncIterator

from bot.errors import EngineError
from bot.messages import Painted, PaintEvent, PaintTask, Step
from tools.engine import wire
from tools.engine.painter.studio import Result


class Job:
    """One task and everything that was said about it, in order. Belongs to the event loop, but for `stop`."""

    def __init__(self, task: PaintTask) -> None:
        self.task = task
        self.result: Result | None = None
        self.stop = threading.Event()
        self.step = 0
        self.listeners = 0
        self.leaving: asyncio.TimerHandle | None = None
        self._lines: list[bytes] = []
        self._over = False
        self._news = asyncio.Event()

    def tell(self, event: PaintEvent) -> None:
        """Add an event; `Painted` is the last."""
        if isinstance(event, Step):
            self.step = event.step
        self._add(wire.event_line(event), over=isinstance(event, Painted))

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
        self._lines.append(line)
        self._over = over
        news, self._news = self._news, asyncio.Event()
        news.set()
