"""The hand that works for one job: paints and judges at the engine until it is done, and shows how far it is."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from bot import log
from bot.contracts import Engine
from bot.errors import EngineBusy, EngineError, EngineLost
from bot.gallery import Gallery
from bot.jobs import Job
from bot.messages import Progress
from bot.tasks import JudgeTask, Painted, PaintEvent, PaintTask, Preview, Queued, Started, Step, Verdict

MAX_PAINTER_DEATHS = 3
# A painter that is being restarted is back within seconds; one that stays away for two minutes is worth a word.
PAUSES_S = (0.1, 0.2, 0.5, 1.0, 2.0, *[5.0] * 24)
Tell = Callable[[Progress], Awaitable[None]]
Done = TypeVar("Done")

logger = log.get("painting")


@dataclass(slots=True)
class Share:
    """Which of a job's paintings is under way.

    Attributes:
        painted: How many are done.
        of: How many there will be, as far as is known.
        candidate, candidates: As in `Progress`.
        under_way: Steps that are done of each picture that is being painted, by its task's id.
        ends_s: When each of those is likely to be done, in seconds from its last step.
    """

    painted: int
    of: int
    candidate: int = 0
    candidates: int = 0
    under_way: dict[str, int] = field(default_factory=dict)
    ends_s: dict[str, float | None] = field(default_factory=dict)

    def show(self, candidate: int, candidates: int) -> None:
        """Which of how many candidates is next; one alone is none of several."""
        self.candidate, self.candidates = (candidate, candidates) if candidates > 1 else (0, 0)

    def at(self, task_id: str, step: int, estimate_s: float | None) -> None:
        """A picture has come so far."""
        self.under_way[task_id], self.ends_s[task_id] = step, estimate_s

    def over(self, task_id: str) -> None:
        """A picture is done, or begins anew."""
        self.under_way.pop(task_id, None)
        self.ends_s.pop(task_id, None)

    @property
    def estimate_s(self) -> float | None:
        """Seconds until all that there will be is likely to be done; None where the painter can't say."""
        known = [seconds for seconds in self.ends_s.values() if seconds is not None]
        if self.painted + len(self.under_way) < self.of or len(known) < len(self.under_way):
            return None  # nobody knows how long one takes that has not begun
        return max(known, default=None)


class Brush:
    """Works for one job.

    Args:
        tell: Shows how far it is.
        share: Kept up to date by whoever holds the brush.
    """

    def __init__(self, engine: Engine, gallery: Gallery, tell: Tell, job: Job, share: Share) -> None:
        self._engine = engine
        self._gallery = gallery
        self._tell = tell
        self._job = job
        self._steps = 0
        self.share = share

    async def paint(self, picture_id: str, task: PaintTask) -> tuple[bytes, float]:
        """The PNG and its seconds; painted again where the painter was lost, until it has died of it three times.

        Raises:
            EngineError: It can't be painted.
        """

        async def once(deaths: int) -> tuple[bytes, float]:
            # Whatever was under way when a painter died is painted by itself: so the one that kills it kills no other.
            painted = await self._watch(replace(task, alone=deaths > 0))
            return await self._engine.fetch(painted), painted.seconds

        self._steps = task.steps
        try:
            done = await self._until_done(picture_id, once)
        finally:
            self.share.over(task.id)
        self.share.painted += 1
        return done

    async def judge(self, picture_id: str, task: JudgeTask) -> Verdict:
        """What the judge says. Raises EngineError where there is none, or where the painter dies of it."""
        return await self._until_done(picture_id, lambda _: self._engine.judge(task))

    async def show(self, stage: str) -> None:
        """Tell the asker that something else than painting goes on."""
        await self._tell(self._progress(stage))

    async def _until_done(self, picture_id: str, once: Callable[[int], Awaitable[Done]]) -> Done:
        pauses_s, deaths = iter(PAUSES_S), 0
        while True:
            try:
                return await once(deaths)
            except EngineBusy as busy:
                await asyncio.sleep(busy.retry_after_s)
            except EngineLost as lost:
                logger.warning("%s", lost)
                if lost.crashed:
                    deaths = await self._gallery.count_death(picture_id)
                if deaths >= MAX_PAINTER_DEATHS:
                    raise EngineError(
                        f"The painter broke down {MAX_PAINTER_DEATHS} times over this picture",
                        "Try a smaller size or fewer steps; whoever runs Limner finds the reason in painter.log.",
                    ) from lost
                pause_s = next(pauses_s, None)
                if pause_s is None:
                    raise EngineError(
                        "The painter could not be reached for a while",
                        "Ask again later; whoever runs Limner sees why in the log.",
                    ) from lost
                await asyncio.sleep(pause_s)

    async def _watch(self, task: PaintTask) -> Painted:
        begun = False
        try:
            async for event in self._engine.paint(task):
                if isinstance(event, Painted):
                    return event
                begun = begun or not isinstance(event, Queued)
                if progress := await self._heard(task.id, event):
                    await self._tell(progress)
        except asyncio.CancelledError:
            await self._engine.cancel(task.id)
            raise
        except EngineLost as lost:
            # A picture that only waited in line when the painter died did not kill it.
            lost.crashed = lost.crashed and begun
            raise
        raise EngineLost("The painter stopped answering")

    async def _heard(self, task_id: str, event: PaintEvent) -> Progress | None:
        """What to show; nothing where another picture of the job has come further already."""
        match event:
            case Queued(position, estimate_s):
                self.share.over(task_id)
                told = Progress(self._job.id, self._job.message, "waiting", position, estimate_s=estimate_s)
                return None if self.share.under_way or self.share.painted else told
            case Started(loading):
                stage = "loading" if loading else "painting"
                told = Progress(self._job.id, self._job.message, stage)
                told = replace(told, candidate=self.share.candidate, candidates=self.share.candidates)
                return None if self.share.under_way else told
            case Step(step, steps, estimate_s):
                self._steps = steps
                self.share.at(task_id, step, estimate_s)
                return self._progress("painting")
            case Preview(step, steps):
                self._steps = steps
                shown = b""
                with contextlib.suppress(EngineLost):  # the picture was faster; a dead painter's stream says so itself
                    shown = await self._engine.fetch(event)
                return self._progress("painting", shown)
            case Painted():
                return None

    def _progress(self, stage: str, preview: bytes = b"") -> Progress:
        share = self.share
        return Progress(
            self._job.id,
            self._job.message,
            stage,
            step=share.painted * self._steps + sum(share.under_way.values()),
            steps=share.of * self._steps,
            estimate_s=share.estimate_s,
            preview=preview,
            candidate=share.candidate,
            candidates=share.candidates,
        )
