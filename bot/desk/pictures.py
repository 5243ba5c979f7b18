"""The painted pictures of drafts: another one in the place of one that people did not like, or none at all."""

from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk.draft import Draft, Illustration
from bot.errors import RequestError
from bot.gallery import Gallery
from bot.jobs import Job
from bot.limits import MAX_SEED
from bot.messages import Plan
from bot.store import Store, unpack
from bot.tables import jobs, pictures


class DraftPictures:
    """Changes what is planned for a draft, within the caller's transaction.

    Attributes:
        gallery: Where the pictures are.
    """

    def __init__(self, store: Store, gallery: Gallery) -> None:
        self._store, self.gallery = store, gallery

    async def again_in(self, connection: AsyncConnection, draft: Draft) -> None:
        """Take the draft's pictures away, and plan each anew from another seed. Raises RequestError without any."""
        here = (pictures.c.job_id == draft.id) & pictures.c.deleted_at.is_(None)
        rows = (await connection.execute(sa.select(pictures).where(here).order_by(pictures.c.seq))).mappings().all()
        if draft.illustration is not Illustration.PAINTED or not rows:
            raise RequestError("This draft has no painted picture", "Approve or reject it.")
        await connection.execute(pictures.update().where(here).values(deleted_at=self._store.clock()))
        job = Job.of((await connection.execute(sa.select(jobs).where(jobs.c.id == draft.id))).mappings().one())
        plans = [unpack(Plan, row["plan"]) for row in rows]
        anew = tuple(replace(plan, seed=(plan.seed + 1) % (MAX_SEED + 1)) for plan in plans)
        await self.gallery.plan(connection, job, f"desk-{rows[-1]['seq']}", anew)

    async def drop_in(self, connection: AsyncConnection, draft: Draft) -> None:
        """Give up what is still to be painted for a draft."""
        unpainted = (pictures.c.job_id == draft.id) & pictures.c.sha256.is_(None)
        await connection.execute(pictures.update().where(unpainted).values(deleted_at=self._store.clock()))
