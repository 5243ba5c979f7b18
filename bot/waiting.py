"""Tells those who wait in the inbox's line where they stand, and when their pictures are likely to be ready."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import contextmanager

from bot.inbox import Inbox
from bot.jobs import Job, State
from bot.messages import Progress

LOOK_AGAIN_S = 1.0
SMOOTHING = 0.3


class Waiting:
    """The line as those see it who wait for this process's adapters.

    Args:
        adapters: Names of those adapters.
        tell: Shows how far a job is.
    """

    def __init__(self, inbox: Inbox, adapters: Collection[str], tell: Callable[[Progress], Awaitable[None]]) -> None:
        self._inbox = inbox
        self._adapters = adapters
        self._tell = tell
        self._told: dict[str, int] = {}
        # Seconds that a job is painted for, with as many others as are painted at the same time; 0 until one was.
        self._painting_s = 0.0

    @contextmanager
    def painting(self) -> Iterator[None]:
        """A job is painted meanwhile; what fails says nothing of how long a picture takes."""
        begun_s = time.monotonic()
        yield
        seconds = time.monotonic() - begun_s
        self._painting_s += (seconds - self._painting_s) * (SMOOTHING if self._painting_s else 1.0)

    async def run(self) -> None:
        """Tell of every change of place, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_AGAIN_S)
            line = await self._inbox.line()
            painted = sum(job.state is State.PAINTING for job in line)
            for position, job in enumerate(line):
                if self._is_ours(job) and self._told.get(job.id) != position:
                    self._told[job.id] = position
                    estimate_s = self._estimate_s(line, position, painted)
                    await self._tell(Progress(job.id, job.message, "waiting", position, estimate_s=estimate_s))
            self._told = {job.id: self._told[job.id] for job in line if job.id in self._told}

    def _is_ours(self, job: Job) -> bool:
        waits = job.owner is None and job.home in (None, self._inbox.process_id)
        return waits and job.message.adapter in self._adapters

    def _estimate_s(self, line: list[Job], position: int, painted: int) -> float | None:
        """Of a job whose words are there: the rounds before it, and its own; of one without, nobody can say."""
        if not self._painting_s or not painted or line[position].state is not State.ANSWERED:
            return None
        before = sum(job.state is State.ANSWERED for job in line[:position])
        return round(self._painting_s * (1 + (before + 1) / painted), 1)
