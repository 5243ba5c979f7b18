"""The painter's line: one picture at a time, first come first served; jobs can be joined, left and cancelled."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from bot import log
from bot.errors import EngineBusy, EngineError, EngineLost
from bot.tasks import Painted, PaintTask, Queued, Started
from tools.engine import wire
from tools.engine.painter.hub import first_line
from tools.engine.painter.job import Job, Watching
from tools.engine.painter.studio import Result, Studio, steps_of

_log = log.get("painter")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the line holds, and for how long.

    Attributes:
        waiting: Jobs that may wait; more are turned away.
        kept: Finished pictures that are kept at most.
        keep_s: How long a finished picture can be fetched.
        grace_s: How long a job goes on without anybody listening.
    """

    waiting: int = 64
    kept: int = 256
    keep_s: float = 600.0
    grace_s: float = 10.0


class Jobs:
    """All jobs of a painter.

    Args:
        studio: What paints; used in one thread that this class owns.
        on_lost: Called when the device is broken for good, so that the process can end.
    """

    def __init__(self, studio: Studio, on_lost: Callable[[], None], limits: Limits | None = None) -> None:
        self._studio = studio
        self._on_lost = on_lost
        self._limits = limits or Limits()
        self._jobs: dict[str, Job] = {}
        self._waiting: dict[str, Job] = {}
        self._current: Job | None = None
        self._arrived = asyncio.Event()
        self._stopping = False
        self._thread = ThreadPoolExecutor(1, "painting")
        # Seconds that a step takes for each pixel, from the last picture; 0 until there was one.
        self._pace_s = 0.0

    @property
    def busy(self) -> bool:
        """Whether a picture is being painted."""
        return self._current is not None

    @property
    def queued(self) -> int:
        """Jobs that wait."""
        return len(self._waiting)

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
        if len(self._waiting) >= self._limits.waiting:
            wait_s = max(self._estimate_s(task) or 1.0, 1.0)
            raise EngineBusy(f"The painter's line is full ({len(self._waiting)} wait)", "Try again later.", wait_s)
        job = self._jobs[task.id] = self._waiting[task.id] = Job(task)
        self._tell_position(job, len(self._waiting))
        self._leave_later(job)
        self._arrived.set()
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
        job.stop.set()
        if self._waiting.pop(job_id, None) is not None:
            job.fail(wire.Cancelled("The picture was cancelled"))
            self._move_up()

    def stop(self) -> None:
        """Take no more jobs and fail all that are not over, in words that let them be sent again elsewhere."""
        self._stopping = True
        for job in (*self._waiting.values(), *filter(None, [self._current])):
            job.stop.set()
            job.fail(_stopping())
        self._waiting.clear()

    async def work(self, preload: str) -> None:
        """Paint until cancelled; the first thing that the thread does is to load a model."""
        loading = asyncio.create_task(self._load_ahead(preload))
        try:
            await self._work_off()
        finally:
            loading.cancel()
            self._thread.shutdown(wait=False, cancel_futures=True)

    async def _load_ahead(self, model: str) -> None:
        try:
            await self._in_thread(self._studio.load, model)
        except EngineError as error:
            _log.error("model %s can't be loaded ahead: %s", model, error)

    async def _work_off(self) -> None:
        while True:
            await self._arrived.wait()
            if not self._waiting:
                self._arrived.clear()
                continue
            job = self._current = self._waiting.pop(next(iter(self._waiting)))
            self._move_up()
            with log.about_job(job.task.id):
                await self._paint(job)
            self._current = None

    async def _paint(self, job: Job) -> None:
        task = job.task
        try:
            loading = not self._studio.has(task.model)
            job.tell(Started(loading))
            if loading:
                await self._in_thread(self._studio.load, task.model)
                job.tell(Started())
            result = await self._in_thread(self._studio.paint, task, Watching(job))
        except EngineError as error:
            self._fail(job, error)
        except Exception as error:  # noqa: BLE001 - whatever is raised, the next job must be painted
            _log.exception("painting failed")
            self._fail(job, EngineError(f"The painter failed: {first_line(error)}", "Its log says more."))
        else:
            self._finish(job, result)

    def _finish(self, job: Job, result: Result) -> None:
        task = job.task
        if job.stop.is_set():
            self._fail(job, wire.Cancelled("The picture was cancelled"))
            return
        _log.info("painted %d steps in %.2f s", result.steps, result.seconds)
        self._pace_s = result.seconds / _work(task)
        job.result = result
        job.tell(
            Painted(job.url("result"), result.sha256, result.width_px, result.height_px, result.steps, result.seconds)
        )
        asyncio.get_running_loop().call_later(self._limits.keep_s, self._forget, job)
        done = [kept for kept in self._jobs.values() if kept.result]
        if len(done) > self._limits.kept:
            self._forget(done[0])

    def _fail(self, job: Job, error: EngineError) -> None:
        _log.info("not painted: %s", error)
        self._forget(job)
        job.fail(error)
        if isinstance(error, EngineLost):
            self._on_lost()

    def _forget(self, job: Job) -> None:
        if self._jobs.get(job.task.id) is job:
            del self._jobs[job.task.id]

    def _leave_later(self, job: Job) -> None:
        def leave() -> None:
            if self._jobs.get(job.task.id) is job:
                self.cancel(job.task.id)

        job.leaving = asyncio.get_running_loop().call_later(self._limits.grace_s, leave)

    async def _in_thread(self, function: Callable[..., T], *arguments: object) -> T:
        run = partial(copy_context().run, function, *arguments)  # its log lines name the job
        return await asyncio.get_running_loop().run_in_executor(self._thread, run)

    def _move_up(self) -> None:
        for position, job in enumerate(self._waiting.values(), 1):
            self._tell_position(job, position)

    def _tell_position(self, job: Job, position: int) -> None:
        job.tell(Queued(position, self._estimate_s(job.task)))

    def _estimate_s(self, task: PaintTask) -> float | None:
        """Seconds until the task's picture is likely to be ready; None before the first picture."""
        if not self._pace_s:
            return None
        work = 0.0
        if self._current is not None:
            work = _work(self._current.task, self._current.step)
        for job in self._waiting.values():
            if job.task.id == task.id:
                break
            work += _work(job.task)
        return round(self._pace_s * (work + _work(task)), 2)


def _work(task: PaintTask, done: int = 0) -> float:
    """What is left to do of a task: steps times pixels."""
    return float(max(steps_of(task) - done, 0) * task.width_px * task.height_px)


def _stopping() -> EngineLost:
    return EngineLost("The painter is being stopped", "Send the task again.", crashed=False)
