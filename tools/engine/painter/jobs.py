"""The painter's jobs: those that wait in line, and those that are painted at the same time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from bot import log
from bot.errors import EngineBusy, EngineError, EngineLost
from bot.tasks import Painted, PaintTask, Started
from tools.engine import wire
from tools.engine.painter.device import OutOfMemory
from tools.engine.painter.hub import first_line
from tools.engine.painter.job import Job, Watching
from tools.engine.painter.line import Line
from tools.engine.painter.studio import Result, Studio

_log = log.get("painter")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the painter takes on, and for how long.

    Attributes:
        at_once: Jobs that are painted at the same time.
        waiting: Jobs that may wait; more are turned away.
        kept: Finished pictures that are kept at most.
        keep_s: How long a finished picture can be fetched.
        grace_s: How long a job goes on without anybody listening.
        tell_every_s: Steps that follow each other faster are not told one by one.
    """

    at_once: int = 16
    waiting: int = 64
    kept: int = 256
    keep_s: float = 600.0
    grace_s: float = 10.0
    tell_every_s: float = 0.1


class Jobs:
    """All jobs of a painter. They can be joined, left and cancelled.

    Who came first is begun first; among those that are painted the studio orders every single step. A model is loaded
    only while nothing is painted, and nobody overtakes whoever waits for that.

    Args:
        studio: What paints; used in threads that this class owns.
        on_lost: Called when the device is broken for good, so that the process can end.
    """

    def __init__(self, studio: Studio, on_lost: Callable[[], None], limits: Limits | None = None) -> None:
        self._studio = studio
        self._on_lost = on_lost
        self.limits = limits or Limits()
        self._jobs: dict[str, Job] = {}
        self._line = Line(studio.order)
        self._changed = asyncio.Event()
        self._stopping = False
        self._threads = ThreadPoolExecutor(self.limits.at_once, "painting")
        self._loader = ThreadPoolExecutor(1, "loading")
        self._paintings: set[asyncio.Task[None]] = set()

    @property
    def painting(self) -> int:
        """Jobs that are being painted."""
        return len(self._line.running)

    @property
    def queued(self) -> int:
        """Jobs that wait."""
        return len(self._line.waiting)

    def state(self) -> dict[str, Any]:
        """How busy it is, and what `Studio.state` says."""
        own = {"busy": self.painting > 0, "queued": self.queued, "batch_cap": self.limits.at_once}
        return own | self._studio.state()

    def find(self, task: PaintTask) -> Job | None:
        """The job of that id that is waiting, running or done, if there is one.

        Raises:
            EngineError: It is another task under the same id.
        """
        job = self._jobs.get(task.id)
        if job is not None and not job.is_for(task):
            raise EngineError(f"Task id '{task.id[:80]}' is taken by another task", "Give every task an id of its own.")
        return job

    def submit(self, task: PaintTask) -> Job:
        """Join the job of that id, or begin it.

        Raises:
            EngineBusy: The line is full.
            EngineLost: The painter is stopping.
            EngineError: It is another task under the same id.
        """
        job = self.find(task)
        if job is not None:
            return job
        if self._stopping:
            raise _stopping()
        if self.queued >= self.limits.waiting:
            wait_s = max(self._line.next_s() or 1.0, 1.0)
            raise EngineBusy(f"The painter's line is full ({self.queued} wait)", "Try again later.", wait_s)
        job = self._jobs[task.id] = Job(task)
        self._line.join(job)
        self._leave_later(job)
        self._changed.set()
        return job

    async def listen(self, job: Job) -> AsyncIterator[bytes]:
        """The lines of a job for one listener; a job that loses its last one is cancelled after a while."""
        job.listeners += 1
        if job.leaving:
            job.leaving.cancel()
        try:
            async for line in job.lines(wire.HEARTBEAT_S):
                yield line
        finally:
            job.listeners -= 1
            if not job.listeners:
                self._leave_later(job)

    def result(self, job_id: str) -> bytes | None:
        """The PNG of a finished job, while it is kept."""
        job = self._jobs.get(job_id)
        return job.result.png if job and job.result else None

    def preview(self, job_id: str) -> bytes:
        """The latest preview of a job that is being painted, as JPEG, or nothing."""
        job = self._jobs.get(job_id)
        return job.preview if job else b""

    def cancel(self, job_id: str) -> None:
        """Stop a job that waits or runs; nothing happens to one that is unknown or over."""
        job = self._jobs.get(job_id)
        if job is None or job.result is not None:
            return
        del self._jobs[job_id]
        self._dismiss(job)
        if self._line.leave(job):
            job.fail(wire.Cancelled("The picture was cancelled"))
        self._changed.set()

    def stop(self) -> None:
        """Take no more jobs and fail all that are not over, in words that let them be sent again elsewhere."""
        self._stopping = True
        for job in self._line.clear():
            self._dismiss(job)
            job.fail(_stopping())

    async def work(self, preload: str) -> None:
        """Paint until cancelled; the first thing that is done is to load a model."""
        loading = asyncio.create_task(self._load_ahead(preload))
        try:
            await self._work_off()
        finally:
            loading.cancel()
            self._loader.shutdown(wait=False, cancel_futures=True)
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._studio.close()

    async def _load_ahead(self, model: str) -> None:
        try:
            await _in(self._loader, self._studio.load, model)
        except EngineError as error:
            _log.error("model %s can't be loaded ahead: %s", model, error)

    async def _work_off(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            while (job := self._next()) is not None:
                self._line.begin(job)
                if await self._made_ready(job):
                    painting = asyncio.create_task(self._paint(job))
                    self._paintings.add(painting)
                    painting.add_done_callback(self._paintings.discard)

    def _next(self) -> Job | None:
        """The job to begin now: the first in line, if there is room for it."""
        if not self._line.waiting:
            return None
        first = self._line.waiting[0]
        shares = self._studio.ready(first.task.model, first.task.loras) and not first.task.alone
        room = self.limits.at_once if shares and not any(job.task.alone for job in self._line.running) else 1
        return first if self.painting < room else None

    async def _made_ready(self, job: Job) -> bool:
        """Load a job's model where that is necessary; whether it can be painted now."""
        loading = not self._studio.ready(job.task.model, job.task.loras)
        job.tell(Started(loading))
        if not loading:
            return True
        with log.about_job(job.task.id):
            try:
                await _in(self._loader, self._studio.load, job.task.model, job.task.loras)
            except Exception as error:  # noqa: BLE001 - whatever is raised, the next job must be painted
                self._end(job, _known(error))
                return False
        job.tell(Started())
        return True

    async def _paint(self, job: Job) -> None:
        with log.about_job(job.task.id):
            try:
                watching = Watching(job, self._line, self.limits.tell_every_s)
                result = await _in(self._threads, self._studio.paint, job.task, watching, job.guest)
            except OutOfMemory as error:
                if self._studio.ready(job.task.model, job.task.loras) or job.stop.is_set():
                    self._end(job, error)
                else:
                    self._again(job)
            except Exception as error:  # noqa: BLE001 - whatever is raised, the next job must be painted
                self._end(job, _known(error))
            else:
                self._finish(job, result)

    def _again(self, job: Job) -> None:
        """What ran out of memory is painted anew, once its model takes less."""
        _log.warning("memory ran out: %s is painted again", job.task.id)
        job.begin_again()
        self._line.put_back(job)
        self._changed.set()

    def _finish(self, job: Job, result: Result) -> None:
        if job.stop.is_set():
            self._end(job, wire.Cancelled("The picture was cancelled"))
            return
        _log.info("painted %d steps in %.2f s", result.steps, result.seconds)
        self._over(job)
        job.result = result
        job.tell(
            Painted(job.url("result"), result.sha256, result.width_px, result.height_px, result.steps, result.seconds)
        )
        asyncio.get_running_loop().call_later(self.limits.keep_s, self._forget, job)
        done = [kept for kept in self._jobs.values() if kept.result]
        if len(done) > self.limits.kept:
            self._forget(done[0])

    def _end(self, job: Job, error: EngineError) -> None:
        _log.info("not painted: %s", error)
        self._over(job)
        self._forget(job)
        job.fail(error)
        if isinstance(error, EngineLost):
            self._on_lost()

    def _over(self, job: Job) -> None:
        self._line.end(job)
        self._changed.set()

    def _dismiss(self, job: Job) -> None:
        job.stop.set()
        self._studio.dismiss(job.guest)

    def _forget(self, job: Job) -> None:
        if self._jobs.get(job.task.id) is job:
            del self._jobs[job.task.id]

    def _leave_later(self, job: Job) -> None:
        def leave() -> None:
            if self._jobs.get(job.task.id) is job:
                self.cancel(job.task.id)

        job.leaving = asyncio.get_running_loop().call_later(self.limits.grace_s, leave)


async def _in(threads: ThreadPoolExecutor, function: Callable[..., T], *arguments: object) -> T:
    run = partial(copy_context().run, function, *arguments)  # its log lines name the job
    return await asyncio.get_running_loop().run_in_executor(threads, run)


def _known(error: Exception) -> EngineError:
    if isinstance(error, EngineError):
        return error
    _log.error("painting failed", exc_info=error)
    return EngineError(f"The painter failed: {first_line(error)}", "Its log says more.")


def _stopping() -> EngineLost:
    return EngineLost("The painter is being stopped", "Send the task again.", crashed=False)
