"""Conversations as pages show them: every message with what has come of it, read from the database."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy import RowMapping

from bot.exchange import Exchange
from bot.gallery import Gallery
from bot.jobs import FINAL, Job, State
from bot.messages import Message, Outcome, Progress
from bot.outbox import Outbox
from bot.store import Store, pack
from bot.tables import jobs, pictures, progress

PAINTED = (State.PAINTED, State.DRAFTED, State.AWAITING, State.POSTING)
STAGES = {State.RECEIVED: "waiting", State.ANSWERED: "waiting"} | dict.fromkeys(PAINTED, "painting")


class History:
    """Reads exchanges, and keeps the progress that other processes show."""

    def __init__(self, store: Store, gallery: Gallery, outbox: Outbox) -> None:
        self._store = store
        self._gallery = gallery
        self._outbox = outbox

    async def publish(self, told: Progress) -> None:
        """Keep how far a job is; a preview stays until a newer one comes."""
        values = {"job_id": told.job_id, "progress": _packed(told), "preview": told.preview or None}
        mine = progress.c.job_id == told.job_id
        changes: dict[str, Any] = {"progress": values["progress"], "version": progress.c.version + 1}
        if told.preview:
            changes["preview"] = told.preview
        async with self._store.write() as connection:
            done = await connection.execute(progress.update().where(mine).values(changes))
            if done.rowcount == 0:
                await connection.execute(progress.insert().values(values | {"version": 1}))

    async def exchange(self, job_id: str) -> Exchange | None:
        """One message and what has come of it."""
        found = await self._read(_rows().where(jobs.c.id == job_id))
        return found[0] if found else None

    async def latest(self, conversation: str, before: str | None, limit: int) -> list[Exchange]:
        """The last exchanges of a conversation, or the last before that job; oldest first."""
        query = _rows().where(jobs.c.conversation == conversation)
        if before:
            earlier = sa.select(jobs.c.seq).where(jobs.c.id == before).scalar_subquery()
            query = query.where(jobs.c.seq < earlier)
        return (await self._read(query.order_by(jobs.c.seq.desc()).limit(limit)))[::-1]

    async def threads(self, adapter: str, channel: str, limit: int = 100) -> list[Exchange]:
        """The first exchange of each of a channel's conversations, those with the latest message first."""
        within = f"{adapter}/{channel}/"
        ends = sa.select(sa.func.min(jobs.c.seq).label("first"), sa.func.max(jobs.c.seq).label("last"))
        ends = ends.where(jobs.c.conversation.startswith(within, autoescape=True)).group_by(jobs.c.conversation)
        span = ends.subquery()
        query = _rows().join(span, jobs.c.seq == span.c.first).order_by(span.c.last.desc()).limit(limit)
        return await self._read(query)

    async def of_user(self, adapter: str, user: str, limit: int) -> list[Exchange]:
        """What a person asked for last, with pictures to show for it; the newest first."""
        there = sa.exists().where(pictures.c.job_id == jobs.c.id, pictures.c.sha256.is_not(None))
        there = there.where(pictures.c.deleted_at.is_(None))
        query = _rows().where(jobs.c.adapter == adapter, jobs.c.user == user, jobs.c.state == State.POSTED, there)
        return await self._read(query.order_by(jobs.c.seq.desc()).limit(limit))

    async def is_open(self, picture_id: str, to: Message) -> bool:
        """Whether a message may be about a picture."""
        origin = await self._gallery.origin(picture_id)
        return origin is not None and origin[1].is_open_to(to)

    async def _read(self, query: sa.Select[Any]) -> list[Exchange]:
        async with self._store.read() as connection:
            rows = list((await connection.execute(query)).mappings())
        return [await self._exchange(row) for row in rows]

    async def _exchange(self, row: RowMapping) -> Exchange:
        job = Job.of(row)
        begun = Exchange(job.id, job.message, job.created_at, posted_as=job.posted_as or "")
        # What is being posted may be there already, with buttons that are pressed at once.
        if job.state in FINAL or job.state is State.POSTING:
            outcome = Outcome.CANCELLED if job.state is State.CANCELLED else job.outcome
            return replace(begun, reply=await self._outbox.reply(replace(job, outcome=outcome)))
        told = row["progress"]
        if told is None:
            return replace(begun, progress=shown(job))
        return replace(begun, progress=Progress(job.id, job.message, **told, preview=row["preview"] or b""))


def _rows() -> sa.Select[Any]:
    told = progress.c.progress, progress.c.preview
    return sa.select(jobs, *told).join(progress, progress.c.job_id == jobs.c.id, isouter=True)


def _packed(told: Progress) -> Any:
    fields = pack(replace(told, preview=b""))
    return {key: value for key, value in fields.items() if key not in ("message", "preview", "job_id")}


def shown(job: Job, position: int = 0) -> Progress:
    """How far a job is that nobody has told anything of."""
    return Progress(job.id, job.message, STAGES.get(job.state, "waiting"), 0 if job.owner else position)
