"""Progress as often as it can be shown: some time apart for each job, the last always, previews kept."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot import Progress, log
from bot.errors import LimnerError

INTERVAL_S = 0.2

logger = log.get("progress")


class Throttle:
    """Passes progress on; what comes too soon waits, and what comes after it takes its place.

    Args:
        interval_s: Time between two of one job.
    """

    def __init__(self, interval_s: float = INTERVAL_S) -> None:
        self._interval_s = interval_s
        self._waiting: dict[str, Progress] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._publish: Callable[[Progress], Awaitable[None]] | None = None

    def open(self, publish: Callable[[Progress], Awaitable[None]]) -> None:
        """Begin to pass on, also what has come already."""
        self._publish = publish
        for job_id in self._waiting:
            self._start(job_id)

    def put(self, progress: Progress) -> None:
        """Show this, at once or soon."""
        earlier = self._waiting.get(progress.job_id)
        if earlier and earlier.preview and not progress.preview:
            progress = replace(progress, preview=earlier.preview)
        self._waiting[progress.job_id] = progress
        self._start(progress.job_id)

    def forget(self, job_id: str) -> None:
        """The job is over: nobody asks any more how far it is."""
        self._waiting.pop(job_id, None)

    async def close(self) -> None:
        """Pass on what waits, and end."""
        self._interval_s = 0.0
        for task in list(self._tasks.values()):
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        for job_id in list(self._waiting):
            await self._pass_on(job_id)

    def _start(self, job_id: str) -> None:
        if self._publish and job_id not in self._tasks:
            self._tasks[job_id] = asyncio.create_task(self._serve(job_id))

    async def _serve(self, job_id: str) -> None:
        try:
            while job_id in self._waiting:
                await self._pass_on(job_id)
                await asyncio.sleep(self._interval_s)
        finally:
            del self._tasks[job_id]

    async def _pass_on(self, job_id: str) -> None:
        progress = self._waiting.pop(job_id)
        assert self._publish is not None
        try:
            await self._publish(progress)
        except asyncio.CancelledError:
            self._waiting.setdefault(job_id, progress)
            raise
        except LimnerError as error:
            logger.warning("progress could not be shown: %s", error)
