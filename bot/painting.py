"""The painting step: every planned picture of a job, painted by the engine and kept in the gallery."""

import asyncio

from bot.brush import Brush, Share, Tell
from bot.commission import Commission, Means
from bot.contracts import Engine
from bot.gallery import Gallery
from bot.jobs import Job


class Painting:
    """Paints the pictures of jobs.

    Args:
        tell: Shows how far a job is.
        means: What the best of several candidates is chosen with.
    """

    def __init__(self, engine: Engine, gallery: Gallery, tell: Tell, means: Means | None = None) -> None:
        self._engine = engine
        self._gallery = gallery
        self._tell = tell
        self._means = means or Means()

    async def paint(self, job: Job) -> None:
        """Paint what is still to be painted; pictures that are done are kept even when a later one fails.

        Candidates are in memory until one of them is chosen: of a picture that was being worked on when the job was
        cut off or cancelled nothing is kept, and whoever takes the job begins that picture anew.

        Raises:
            EngineError: It can't be painted.
            GalleryError: It can't be kept.
        """
        missing = await self._gallery.unpainted(job.id)
        share = Share(0, sum(plan.best_of for _, plan in missing))
        works = []
        for picture_id, plan in missing:
            brush = Brush(self._engine, self._gallery, self._tell, job, share)
            budget_s = self._means.budget_s / len(missing)
            works.append(Commission(self._engine, self._gallery, brush, picture_id, plan, self._means, budget_s))
        if any(plan.best_of > 1 or plan.revisions for _, plan in missing):
            for work in works:  # whoever follows a choice step by step follows one picture
                await work.finish()
        else:
            await _all_of(works)


async def _all_of(works: list[Commission]) -> None:
    """Paint several pictures at the same time; when one fails the others are finished first."""
    ends = await asyncio.gather(*[work.finish() for work in works], return_exceptions=True)
    for end in ends:
        if end is not None:
            raise end
