"""What adapters want to find again: where a job's answer stands, and small facts of their own."""

import sqlalchemy as sa

from bot.store import Store
from bot.tables import jobs, notes


class Notebook:
    """Notes of all adapters of one database, told apart by the adapter's name."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def place(self, job_id: str, posted_as: str) -> None:
        """Note the platform's id of what stands there for a job, in whatever state that is."""
        async with self._store.write(once=True) as connection:
            await connection.execute(jobs.update().where(jobs.c.id == job_id).values(posted_as=posted_as))

    async def job_at(self, adapter: str, posted_as: str) -> str | None:
        """The job that stands under that id; the latest where there are several."""
        query = sa.select(jobs.c.id).where(jobs.c.adapter == adapter, jobs.c.posted_as == posted_as)
        async with self._store.read() as connection:
            return (await connection.execute(query.order_by(jobs.c.seq.desc()).limit(1))).scalar_one_or_none()

    async def recall(self, adapter: str, key: str) -> str:
        """What was noted last under a key; empty where nothing was."""
        query = sa.select(notes.c.value).where(notes.c.adapter == adapter, notes.c.key == key)
        async with self._store.read() as connection:
            return (await connection.execute(query)).scalar_one_or_none() or ""

    async def remember(self, adapter: str, key: str, value: str) -> None:
        """Note something under a key, in the place of what was there; an empty value forgets it."""
        mine = (notes.c.adapter == adapter) & (notes.c.key == key)
        async with self._store.write() as connection:
            await connection.execute(notes.delete().where(mine))
            if value:
                row = {"adapter": adapter, "key": key, "value": value, "changed_at": self._store.clock()}
                await connection.execute(notes.insert().values(row))
