"""The inbox: takes messages in for good, and hands jobs out, fairly and to one process at a time."""

import asyncio
import unicodedata
from collections.abc import Collection
from dataclasses import fields, replace
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import LeaseLost, RequestError
from bot.jobs import LIVE, Job, State
from bot.messages import Message, Outcome
from bot.store import Store, pack
from bot.tables import jobs, processes

MAX_TEXT_CHARACTERS = 8_000
SNAPSHOT = frozenset(field.name for field in fields(Job))


class Inbox:
    """One process's view of the line of jobs.

    Args:
        adapters: Names of the adapters that this process runs; it takes no other adapter's jobs.
        lease_s: Time after which this process counts as dead when it doesn't call `beat`.
    """

    def __init__(self, store: Store, adapters: Collection[str], lease_s: float) -> None:
        self.process_id = uuid4().hex
        self.changed = asyncio.Event()
        self._store = store
        self._adapters = tuple(adapters)
        self._lease_s = lease_s

    async def accept(self, message: Message) -> str:
        """Keep a message for good and return its job's id; the same event twice is one job.

        Raises:
            RequestError: The text is empty or too long.
            StoreError: Nothing was kept.
        """
        text = clean(message.text)
        async with self._store.write() as connection:
            known = sa.select(jobs.c.id).where(jobs.c.adapter == message.adapter, jobs.c.event_id == message.event_id)
            if job_id := (await connection.execute(known)).scalar_one_or_none():
                return str(job_id)
            job_id = uuid4().hex
            values = {
                "id": job_id,
                "adapter": message.adapter,
                "event_id": message.event_id,
                "conversation": message.conversation,
                "user": message.user,
                "home": self.process_id if message.local else None,
                "message": {**pack(message), "text": text},
                "state": State.RECEIVED,
                "tag": await self._start_tag(connection, message.user),
                "created_at": await self._store.now(connection),
            }
            await connection.execute(jobs.insert().values(values))
        self.changed.set()
        return job_id

    async def take(self, *, turns: int, paintings: int) -> Job | None:
        """Lease the job that is next in line, or None when there is nothing to do now.

        Jobs that only have to be posted go first; then start tags decide, so that a user with many jobs doesn't keep
        others waiting.

        Args:
            turns: How many more messages this process can think about.
            paintings: How many jobs all processes together may have at the painter.
        """
        async with self._store.read() as connection:
            # Idle processes look here several times a second; only one that finds something takes the writers' lock.
            now = await self._store.now(connection)
            if (await connection.execute(self._next(now, turns, paintings))).first() is None:
                return None
        async with self._store.write() as connection:
            row = (await connection.execute(self._next(now, turns, paintings, lock=True))).mappings().one_or_none()
            if row is None:
                return None
            changes: dict[str, Any] = {"owner": self.process_id, "fence": row["fence"] + 1}
            if row["state"] == State.ANSWERED:
                changes |= {"state": State.PAINTING, "admitted": True}
            await connection.execute(jobs.update().where(jobs.c.seq == row["seq"]).values(changes))
            return Job.of({**row, **changes})  # type: ignore[arg-type]  # a dict reads like a RowMapping

    async def save(self, connection: AsyncConnection, job: Job, **changes: Any) -> None:
        """Change a job's row inside a transaction of the caller's.

        Raises:
            LeaseLost: The job has another owner by now, or was cancelled.
        """
        mine = (jobs.c.id == job.id) & (jobs.c.fence == job.fence) & (jobs.c.owner == self.process_id)
        done = await connection.execute(jobs.update().where(mine).values(changes))
        if done.rowcount != 1:
            raise LeaseLost("The job was taken over or cancelled", job_id=job.id)

    async def move(self, job: Job, state: State, *, keep: bool, **changes: Any) -> Job:
        """Put a leased job into a state; `keep` holds the lease for its next step, else it goes back into the line."""
        owner = self.process_id if keep else None
        async with self._store.write() as connection:
            await self.save(connection, job, state=state, owner=owner, **changes)
        self.changed.set()
        return replace(job, state=state, **{name: value for name, value in changes.items() if name in SNAPSHOT})

    async def put_back(self, job: Job, delay_s: float, **changes: Any) -> None:
        """Give a leased job back, to be taken again after `delay_s`."""
        async with self._store.write() as connection:
            now = await self._store.now(connection)
            await self.save(connection, job, owner=None, available_at=now + delay_s, **changes)
        self.changed.set()

    async def cancel(self, job_id: str) -> bool:
        """Stop a job that is not yet being posted; whoever works on it loses it. False when it is too late."""
        async with self._store.write() as connection:
            stoppable = jobs.c.state.in_([state for state in LIVE if state is not State.POSTING])
            done = await connection.execute(
                jobs.update()
                .where((jobs.c.id == job_id) & stoppable)
                .values(state=State.CANCELLED, outcome=Outcome.CANCELLED, owner=None, fence=jobs.c.fence + 1)
            )
            return done.rowcount == 1

    async def held(self) -> set[str]:
        """Ids of the jobs that this process holds; one that it works on and that is missing here was lost."""
        async with self._store.read() as connection:
            return set(
                (await connection.execute(sa.select(jobs.c.id).where(jobs.c.owner == self.process_id))).scalars()
            )

    async def get(self, job_id: str) -> Job | None:
        """The job of that id as it stands."""
        async with self._store.read() as connection:
            row = (await connection.execute(sa.select(jobs).where(jobs.c.id == job_id))).mappings().one_or_none()
        return Job.of(row) if row else None

    async def line(self) -> list[Job]:
        """All jobs that are not over, in the order in which they will be served; those worked on come first."""
        async with self._store.read() as connection:
            rows = await connection.execute(
                sa.select(jobs)
                .where(jobs.c.state.in_(LIVE))
                .order_by(jobs.c.owner.is_(None), _is_waiting(), jobs.c.tag, jobs.c.seq)
            )
            return [Job.of(row) for row in rows.mappings()]

    async def beat(self) -> None:
        """Say that this process lives, and free the jobs of processes that fell silent."""
        async with self._store.write() as connection:
            now = await self._store.now(connection)
            mine = processes.c.id == self.process_id
            await connection.execute(processes.delete().where(mine | (processes.c.alive_until < now)))
            await connection.execute(processes.insert().values(id=self.process_id, alive_until=now + self._lease_s))
            living = sa.select(processes.c.id)
            await connection.execute(jobs.update().where(jobs.c.owner.not_in(living)).values(owner=None))

    async def leave(self) -> None:
        """Give back everything that this process holds, because it ends."""
        async with self._store.write() as connection:
            await connection.execute(processes.delete().where(processes.c.id == self.process_id))
            await connection.execute(jobs.update().where(jobs.c.owner == self.process_id).values(owner=None))

    async def _start_tag(self, connection: AsyncConnection, user: str) -> float:
        """Start-time fair queueing (Goyal, Vin, Cheng 1996) with every job of cost 1.

        A job starts where the service stands (the highest tag that was admitted to painting), or after the same user's
        last job, whichever is later.
        """
        service = sa.select(sa.func.max(jobs.c.tag)).where(jobs.c.admitted)
        own = sa.select(sa.func.max(jobs.c.tag) + 1).where(jobs.c.user == user, jobs.c.state != State.CANCELLED)
        stands = (await connection.execute(service)).scalar_one() or 0.0
        after = (await connection.execute(own)).scalar_one() or 0.0
        return float(max(stands, after))

    def _next(self, now: float, turns: int, paintings: int, *, lock: bool = False) -> sa.Select[Any]:
        other = jobs.alias("other")
        thinking = (
            sa.exists()
            .where(other.c.conversation == jobs.c.conversation, other.c.state == State.RECEIVED)
            .where(other.c.owner.is_not(None))
        )
        at_painter = sa.select(sa.func.count()).where(other.c.state == State.PAINTING).scalar_subquery()
        gone = jobs.c.home.not_in(sa.select(processes.c.id))
        query = (
            sa.select(jobs)
            .where(jobs.c.owner.is_(None), jobs.c.state.in_(LIVE), jobs.c.available_at <= now)
            .where(jobs.c.adapter.in_(self._adapters))
            .where(jobs.c.home.is_(None) | (jobs.c.home == self.process_id) | gone)
            .where((jobs.c.state != State.RECEIVED) | (~thinking & sa.literal(turns > 0)))
            .where((jobs.c.state != State.ANSWERED) | (at_painter < paintings))
            .order_by(_is_waiting(), jobs.c.tag, jobs.c.seq)
            .limit(1)
        )
        return query.with_for_update(skip_locked=True) if lock else query


def _is_waiting() -> sa.ColumnElement[int]:
    return sa.case((jobs.c.state.in_([State.PAINTING, State.PAINTED, State.POSTING]), 0), else_=1)


def clean(text: str) -> str:
    """A message's text without what no person means: control characters and marks that reorder what is read.

    Raises:
        RequestError: Nothing is left, or it is longer than `MAX_TEXT_CHARACTERS`.
    """
    if len(text) > MAX_TEXT_CHARACTERS:
        raise RequestError(
            f"The message has {len(text):,} characters", f"Say it in at most {MAX_TEXT_CHARACTERS:,} characters."
        )
    kept = "".join(character for character in text if character in "\n\t" or _is_visible(character)).strip()
    if not kept:
        raise RequestError("The message is empty", "Say what you would like to see, such as: a red car on a beach.")
    return kept


def _is_visible(character: str) -> bool:
    # Zero-width joiners stay: emoji and several scripts are spelled with them.
    return character in "\u200c\u200d" or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
