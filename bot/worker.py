"""The worker: takes jobs from the inbox and leads each through its steps, one transaction a step."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from bot import log
from bot.commission import Means
from bot.contracts import Adapter, Engine
from bot.errors import EngineError, LeaseLost, LimnerError, StoreError
from bot.gallery import Gallery
from bot.inbox import Inbox
from bot.jobs import Job, State
from bot.messages import Outcome, Progress
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.painting import Painting
from bot.waiting import Waiting

if TYPE_CHECKING:  # it brings LangChain along; app.py imports it beside other work
    from bot.assistant import Assistant
    from bot.desk.steps import DeskSteps

POLL_S = 0.25
STORE_TRIES = 3
STEADY_S = 60.0
WENT_WRONG = "Something went wrong on my side. The log has the details under job"

logger = log.get("worker")


class Worker:
    """One process's hands.

    Args:
        turns_at_once: Messages that are thought about at the same time.
        lease_s: The heartbeat goes three times as often.
        means: What the best of several candidates is chosen with.
        desk: What is done with the jobs of support desks; none of these adapters is one where it is None.
    """

    def __init__(
        self,
        inbox: Inbox,
        assistant: "Assistant",
        engine: Engine,
        gallery: Gallery,
        outbox: Outbox,
        adapters: Mapping[str, Adapter],
        metrics: Metrics,
        *,
        model: str,
        turns_at_once: int,
        lease_s: float,
        means: Means | None = None,
        desk: "DeskSteps | None" = None,
    ) -> None:
        self._inbox = inbox
        self._assistant = assistant
        self._engine = engine
        self._gallery = gallery
        self._painting = Painting(engine, gallery, self._tell, means)
        self._outbox = outbox
        self._adapters = adapters
        self._metrics = metrics
        self._desk = desk
        self._model = model
        self._turns_at_once = turns_at_once
        self._beat_s = lease_s / 3
        self._admitted = 1
        self._draining = False
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._thinking: set[str] = set()
        self._unsure: set[str] = set()
        self._waiting = Waiting(inbox, adapters, self._tell)
        self._steps: dict[State, Callable[[Job], Awaitable[Job | None]]] = {
            State.RECEIVED: self._answer,
            State.PAINTING: self._paint,
            State.PAINTED: self._finish,
            State.DRAFTED: self._show,
            State.POSTING: self._post,
        }

    async def run(self) -> None:
        """Work until cancelled; then give everything back, so that others need not wait for the lease to run out.

        A database that goes away for a while costs what is under way here, which is given back and taken anew, and not
        the process.

        Raises:
            StoreError: It failed `STORE_TRIES` times, each soon after the other.
        """
        clock, failures = asyncio.get_running_loop().time, 0
        while True:
            began_s = clock()
            try:
                if failures:
                    await self._inbox.leave()  # what could not be given back would be held for ever
                await self._work()
            except* StoreError as several:
                failures = failures + 1 if clock() - began_s < STEADY_S else 1
                if failures == STORE_TRIES:
                    raise
                logger.warning("starting anew: %s", several.exceptions[0])
            await asyncio.sleep(failures)

    async def _work(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                await self._inbox.beat()
                group.create_task(self._heart())
                group.create_task(self._learn_cap())
                group.create_task(self._waiting.run())
                await self._serve(group)
        finally:
            with contextlib.suppress(StoreError):  # then others wait for the lease to run out
                await self._inbox.leave()

    async def cancel(self, job_id: str) -> bool:
        """Stop a job for whoever asked for it; False when it is already being posted."""
        stopped = await self._inbox.cancel(job_id)
        if stopped and job_id in self._tasks:
            self._tasks[job_id].cancel()
        return stopped

    @property
    def draining(self) -> bool:
        """Whether it takes nothing more."""
        return self._draining

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._tasks)

    async def drain(self) -> None:
        """Take nothing more from the line, and wait until what is under way is over or back in the line."""
        self._draining = True
        while self._tasks:
            await asyncio.wait(self._tasks.values())

    async def _serve(self, group: asyncio.TaskGroup) -> None:
        while True:
            self._inbox.changed.clear()
            turns = self._turns_at_once - len(self._thinking)
            job = None if self._draining else await self._inbox.take(turns=turns, paintings=self._admitted)
            if job is not None:
                self._start(group, job)
                continue
            try:
                async with asyncio.timeout(POLL_S):
                    await self._inbox.changed.wait()
            except TimeoutError:
                continue  # another process may have changed the line

    def _start(self, group: asyncio.TaskGroup, job: Job) -> None:
        if job.state is State.RECEIVED:
            self._thinking.add(job.id)
        if job.state is State.POSTING:
            self._unsure.add(job.id)
        task = group.create_task(self._advance(job))
        self._tasks[job.id] = task
        task.add_done_callback(lambda ended: self._drop(job.id, ended))

    def _drop(self, job_id: str, task: asyncio.Task[None]) -> None:
        # This process may have lost the job, and taken it anew before the old task ended.
        if self._tasks.get(job_id) is task:
            del self._tasks[job_id]
            self._thinking.discard(job_id)
            self._unsure.discard(job_id)
        self._inbox.changed.set()

    async def _advance(self, job: Job) -> None:
        """Do steps until the job is over or goes back into the line; what fails is said to the asker."""
        with log.about_job(job.id):
            following: Job | None = job
            try:
                while following is not None:
                    following = await self._step(following)
            except LeaseLost as lost:
                logger.info("left alone: %s", lost.problem)

    async def _step(self, job: Job) -> Job | None:
        for attempt in range(1, STORE_TRIES + 1):
            try:
                logger.info("step %s", job.state)
                with self._metrics.step(job.state):
                    return await self._steps[job.state](job)
            except StoreError as error:
                if attempt == STORE_TRIES:
                    raise  # without a database nothing can be promised: stop, the job stays where it is
                logger.warning("%s (attempt %d)", error, attempt)
                self._unsure.add(job.id)  # the reply may be out, and only its record failed
                await asyncio.sleep(attempt)
            except LeaseLost:
                raise
            except LimnerError as error:
                logger.warning("step %s failed: %s", job.state, error, exc_info=error.__cause__)
                return await self._fail(job, str(error))
            except Exception:
                logger.exception("step %s failed", job.state)
                return await self._fail(job, f"{WENT_WRONG} {job.id[:8]}.")
        return None

    async def _fail(self, job: Job, words: str) -> Job | None:
        if desk := self._desk_of(job):
            return await desk.failed(job, words)
        if job.state is State.POSTING:
            await self._inbox.move(job, State.FAILED, keep=False, outcome=Outcome.FAILED)
            return None
        failed = await self._inbox.move(job, State.POSTING, keep=True, outcome=Outcome.FAILED, text=words)
        # Afterwards: a turn that reads as ended would make a job that is cut off here look well.
        await self._assistant.close(failed, words)
        return failed

    async def _answer(self, job: Job) -> Job | None:
        await self._tell(Progress(job.id, job.message, "thinking"))
        if desk := self._desk_of(job):
            return await desk.draft(job)

        async def tell(words: str) -> None:
            await self._tell(Progress(job.id, job.message, "thinking", text=words))

        answer = await self._assistant.turn(job, tell)
        said: dict[str, Any] = {"text": answer.text, "notes": list(answer.notes)}
        if await self._gallery.unpainted(job.id):
            await self._inbox.move(job, State.ANSWERED, keep=False, **said)
            return None
        return await self._inbox.move(job, State.POSTING, keep=True, **said)

    async def _paint(self, job: Job) -> Job:
        with self._waiting.painting():
            await self._painting.paint(job)
        return await self._inbox.move(job, State.PAINTED, keep=True)

    async def _finish(self, job: Job) -> Job:
        return await self._inbox.move(job, State.DRAFTED if self._desk_of(job) else State.POSTING, keep=True)

    async def _show(self, job: Job) -> Job | None:
        desk = self._desk_of(job)
        assert desk is not None, "only desks' jobs are drafted"
        return await desk.show(job)

    async def _post(self, job: Job) -> None:
        # A job that was taken from the line in this state was being posted when its process died.
        posting = self._desk_of(job) or self._outbox
        await posting.post(job, unsure=job.id in self._unsure)

    def _desk_of(self, job: Job) -> "DeskSteps | None":
        return self._desk if self._desk and job.message.adapter in self._desk.desks else None

    async def _tell(self, progress: Progress) -> None:
        try:
            await self._adapters[progress.message.adapter].progress(progress)
        except Exception:
            # How far it is may be lost; the picture may not.
            logger.warning("progress could not be shown", exc_info=True)

    async def _heart(self) -> None:
        while True:
            await asyncio.sleep(self._beat_s)
            await self._inbox.beat()
            working = dict(self._tasks)  # before looking: what is taken meanwhile is not lost
            for job_id in working.keys() - await self._inbox.held():
                # Cancelled from another process, or taken over because this one was asleep for too long.
                working[job_id].cancel()

    async def _learn_cap(self) -> None:
        """The inbox admits as many jobs as the painter paints at once; until it has answered, one."""
        try:
            self._admitted = (await self._engine.describe(self._model)).batch_cap
        except EngineError as error:
            logger.warning("%s", error)
