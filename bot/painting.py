"""The painting step: every planned picture of a job, painted by the engine and kept in the gallery."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

from bot import log
from bot.contracts import Engine
from bot.errors import EngineBusy, EngineError, EngineLost
from bot.gallery import Gallery
from bot.jobs import Job
from bot.messages import Plan, Progress
from bot.tasks import Painted, PaintEvent, PaintTask, Preview, Queued, Started, Step

MAX_PAINTER_DEATHS = 3
# A painter that is being restarted is back within seconds; one that stays away for two minutes is worth a word.
PAUSES_S = (0.1, 0.2, 0.5, 1.0, 2.0, *[5.0] * 24)

logger = log.get("painting")


class Painting:
    """Paints the pictures of jobs.

    Args:
        tell: Shows how far a job is.
    """

    def __init__(self, engine: Engine, gallery: Gallery, tell: Callable[[Progress], Awaitable[None]]) -> None:
        self._engine = engine
        self._gallery = gallery
        self._tell = tell

    async def paint(self, job: Job) -> None:
        """Paint what is still to be painted; pictures that are done are kept even when a later one fails.

        Raises:
            EngineError: It can't be painted.
            GalleryError: It can't be kept.
        """
        missing = await self._gallery.unpainted(job.id)
        for number, (picture_id, plan) in enumerate(missing):
            task = await self._task(picture_id, plan)
            png, seconds = await self._until_painted(job, task, (number, len(missing)))
            await self._gallery.keep(picture_id, plan, png, seconds)

    async def _until_painted(self, job: Job, task: PaintTask, share: tuple[int, int]) -> tuple[bytes, float]:
        """The PNG and its seconds; painted again where the painter was lost, until it has died of it three times."""
        pauses_s = iter(PAUSES_S)
        while True:
            try:
                painted = await self._watch(job, task, share)
                return await self._engine.fetch(painted), painted.seconds
            except EngineBusy as busy:
                await asyncio.sleep(busy.retry_after_s)
            except EngineLost as lost:
                logger.warning("%s", lost)
                if lost.crashed and await self._gallery.count_death(task.id) >= MAX_PAINTER_DEATHS:
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

    async def _watch(self, job: Job, task: PaintTask, share: tuple[int, int]) -> Painted:
        begun = False
        try:
            async for event in self._engine.paint(task):
                if isinstance(event, Painted):
                    return event
                begun = begun or not isinstance(event, Queued)
                await self._tell(await self._progress(job, event, *share))
        except asyncio.CancelledError:
            await self._engine.cancel(task.id)
            raise
        except EngineLost as lost:
            # A picture that only waited in line when the painter died did not kill it.
            lost.crashed = lost.crashed and begun
            raise
        raise EngineLost("The painter stopped answering")

    async def _progress(self, job: Job, event: PaintEvent, number: int, of: int) -> Progress:
        match event:
            case Queued(position, estimate_s):
                return Progress(job.id, job.message, "waiting", position, estimate_s=estimate_s)
            case Step(step, steps):
                return Progress(job.id, job.message, "painting", step=number * steps + step, steps=of * steps)
            case Preview(step, steps):
                shown = b""
                with contextlib.suppress(EngineLost):  # the picture was faster; a dead painter's stream says so itself
                    shown = await self._engine.fetch(event)
                done = number * steps + step
                return Progress(job.id, job.message, "painting", step=done, steps=of * steps, preview=shown)
            case Started(loading):
                return Progress(job.id, job.message, "loading" if loading else "painting")
            case Painted(steps=steps):
                return Progress(job.id, job.message, "painting", step=(number + 1) * steps, steps=of * steps)

    async def _task(self, picture_id: str, plan: Plan) -> PaintTask:
        start: dict[str, Any] = {}
        if plan.source:
            start = {"task": "img2img", "image": await self._gallery.source(plan.source), "strength": plan.strength}
        return PaintTask(
            id=picture_id,
            model=plan.model,
            prompt=plan.prompt,
            negative_prompt=plan.negative_prompt,
            width_px=plan.width_px,
            height_px=plan.height_px,
            steps=plan.steps,
            guidance_scale=plan.guidance_scale,
            seed=plan.seed,
            **start,
        )
