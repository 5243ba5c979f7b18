"""The inbox: takes messages in for good, and hands jobs out, fairly and to one process at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import fields, replace
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cleaning import clean, clean_wishes
from bot.errors import LeaseLost, RequestError
from bot.jobs import FINAL, IN_LINE, LIVE, Job, State
from bot.messages import Message, Outcome
from bot.privacy import scrub_message
from bot.store import Store, pack
from bot.tables import jobs, processes, progress

# An update of a job that is still held as it was; which columns it sets is decided by the values it is given.
CHANGE_HELD = jobs.update().where(
    (jobs.c.id == sa.bindparam("job_id"))
    & (jobs.c.fence == sa.bindparam("held_fence"))
    & (jobs.c.owner == sa.bindparam("holder"))
)
SNAPSHOT = frozenset(field.name for field in fields(Job))
# Writes what belongs to a change of a job, given the job's id, within the same transaction.
Alongside = Callable[[AsyncConnection, str], Awaitable[None]]


class Inbox:
    """One process's view of the line of jobs.

    Args:
        adapters: Names of the adapters that this process runs; it takes no other adapter's jobs.
        lease_s: Time after which this process counts as dead when it doesn't call `beat`.
        scrub: Take personal data out of messages before they are kept.
    """

    def __init__(self, store: Store, adapters: Collection[str], lease_s: float, *, scrub: bool = True) -> None:
        self.process_id = uuid4().hex
        self.changed = asyncio.Event()
        self._store = store
        self._lease_s = lease_s
        self._scrub = scrub
        # Built once: putting an expression together takes longer than SQLite takes to carry it out.
        self._insert = _insertion(store.clock())
        self._take = _taking(self.process_id, tuple(adapters), store.clock())

    async def accept(self, message: Message, *, after_s: float = 0.0, alongside: Alongside | None = None) -> str:
        """Keep a message for good and return its job's id; the same event twice is one job.

        Args:
            message: What was said.
            after_s: Seconds that it waits before it is taken from the line.
            alongside: What is kept with it, in the same transaction; not again for an event that is known.

        Raises:
            RequestError: The text is empty or too long, or a name that the platform gave.
            StoreError: Nothing was kept.
        """
        said = replace(message, text=clean(message.text), wishes=clean_wishes(message.wishes))
        said = scrub_message(said) if self._scrub else said
        job_id = uuid4().hex
        values = {
            "id": job_id,
            "adapter": message.adapter,
            "event_id": message.event_id,
            "conversation": message.conversation,
            "user": message.user,
            "home": self.process_id if message.local else None,
            "message": pack(said),
            "state": State.RECEIVED,
            "asker": message.user,
            "after_s": after_s,
        }
        _check_lengths(values)
        try:
            async with self._store.write(once=not (message.local or alongside)) as connection:
                await connection.execute(self._insert, values)
                if alongside:
                    await alongside(connection, job_id)
                if message.local:
                    await self._show_life(connection)  # else it would be anyone's until the first heartbeat
        except sa.exc.IntegrityError:
            if known := await self.known(message):
                return known
            raise
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
        # To its end, also when the process is told to stop just now: SQLite keeps the lock for a statement whose rows
        # (RETURNING) were not read, until something collects it. What was leased in vain, `leave` gives back.
        taking = asyncio.ensure_future(self._taken({"turns": turns, "paintings": paintings}))
        try:
            return await asyncio.shield(taking)
        except asyncio.CancelledError:
            await asyncio.wait([taking])
            raise

    async def _taken(self, room: dict[str, int]) -> Job | None:
        async with self._store.write(once=True) as connection:
            row = (await connection.execute(self._take, room)).mappings().one_or_none()
            return Job.of(row) if row else None

    async def save(self, connection: AsyncConnection, job: Job, **changes: Any) -> None:
        """Change a job's row inside a transaction of the caller's.

        Raises:
            LeaseLost: The job has another owner by now, or was cancelled.
        """
        lease = {"job_id": job.id, "held_fence": job.fence, "holder": self.process_id}
        done = await connection.execute(CHANGE_HELD, lease | changes)
        if done.rowcount != 1:
            raise LeaseLost("The job was taken over or cancelled", job_id=job.id)

    async def move(
        self, job: Job, state: State, *, keep: bool, alongside: Alongside | None = None, **changes: Any
    ) -> Job:
        """Put a leased job into a state; `keep` holds the lease for its next step, else it goes back into the line."""
        owner = self.process_id if keep else None
        if state is State.POSTING:
            changes["admitted"] = True  # words are a service too: talk must not put anyone behind for later
        async with self._store.write(once=alongside is None) as connection:
            await self.save(connection, job, state=state, owner=owner, **changes)
            if alongside:
                await alongside(connection, job.id)
        self.changed.set()
        return replace(job, state=state, **{name: value for name, value in changes.items() if name in SNAPSHOT})

    async def put_back(self, job: Job, delay_s: float, **changes: Any) -> None:
        """Give a leased job back, to be taken again after `delay_s`."""
        async with self._store.write() as connection:
            now = (await connection.execute(sa.select(self._store.clock()))).scalar_one()
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
        """All jobs that are not over, in the order in which they will be served; those being painted come first."""
        served = _is_waiting(), jobs.c.tag, jobs.c.seq
        async with self._store.read() as connection:
            rows = await connection.execute(sa.select(jobs).where(jobs.c.state.in_(IN_LINE)).order_by(*served))
            return [Job.of(row) for row in rows.mappings()]

    async def count(self) -> dict[State, int]:
        """How many jobs that are not over are in each state."""
        query = sa.select(jobs.c.state, sa.func.count()).where(jobs.c.state.in_(LIVE)).group_by(jobs.c.state)
        async with self._store.read() as connection:
            found = {State(state): count for state, count in await connection.execute(query)}
        return {state: found.get(state, 0) for state in LIVE}

    async def beat(self) -> None:
        """Say that this process lives, free the jobs of those that fell silent, and forget progress that is over."""
        async with self._store.write() as connection:
            await self._show_life(connection)
            living = sa.select(processes.c.id)
            await connection.execute(jobs.update().where(jobs.c.owner.not_in(living)).values(owner=None))
            over = sa.exists().where(jobs.c.id == progress.c.job_id, jobs.c.state.in_(FINAL))
            await connection.execute(progress.delete().where(over))

    async def leave(self) -> None:
        """Give back everything that this process holds, because it ends."""
        async with self._store.write() as connection:
            await connection.execute(processes.delete().where(processes.c.id == self.process_id))
            await connection.execute(jobs.update().where(jobs.c.owner == self.process_id).values(owner=None))

    async def _show_life(self, connection: AsyncConnection) -> None:
        now = self._store.clock()
        mine = processes.c.id == self.process_id
        await connection.execute(processes.delete().where(mine | (processes.c.alive_until < now)))
        await connection.execute(processes.insert().values(id=self.process_id, alive_until=now + self._lease_s))

    async def known(self, message: Message) -> str | None:
        """The job of a message that was kept before."""
        query = sa.select(jobs.c.id).where(jobs.c.adapter == message.adapter, jobs.c.event_id == message.event_id)
        async with self._store.read() as connection:
            return (await connection.execute(query)).scalar_one_or_none()


def _insertion(now: sa.ColumnElement[float]) -> sa.Insert:
    after_s = sa.bindparam("after_s", type_=sa.Float)
    # Who waits for nothing must not wait for a clock that was set back either.
    later = sa.case((after_s > 0, now + after_s), else_=0.0)
    return jobs.insert().values(tag=_start_tag(), created_at=now, available_at=later)


def _taking(process_id: str, adapters: tuple[str, ...], now: sa.ColumnElement[float]) -> sa.Executable:
    chosen = sa.select(_next_in_line(process_id, adapters, now).c.seq).scalar_subquery()
    changes = {
        "owner": process_id,
        "fence": jobs.c.fence + 1,
        "state": sa.case((jobs.c.state == State.ANSWERED, State.PAINTING), else_=jobs.c.state),
        "admitted": jobs.c.admitted | (jobs.c.state == State.ANSWERED),
    }
    return jobs.update().where(jobs.c.seq == chosen).values(changes).returning(jobs)


def _start_tag() -> sa.ColumnElement[float]:
    """Start-time fair queueing (Goyal, Vin, Cheng 1996) with every job of cost 1.

    A job starts where the service stands (the highest tag that was admitted to painting), or after the same user's
    last job, whichever is later.
    """
    latest = sa.select(jobs.c.tag).order_by(jobs.c.tag.desc()).limit(1)
    served = latest.where(jobs.c.admitted).scalar_subquery()
    own = latest.where(jobs.c.user == sa.bindparam("asker"), jobs.c.state != State.CANCELLED).scalar_subquery()
    service, after = sa.func.coalesce(served, 0.0), sa.func.coalesce(own + 1, 0.0)
    return sa.case((service > after, service), else_=after)


def _next_in_line(process_id: str, adapters: tuple[str, ...], now: sa.ColumnElement[float]) -> sa.Subquery:
    """The row that `take` leases: built once, with 'turns' and 'paintings' left to be filled in."""
    other = jobs.alias("other")
    thinking = (
        sa.exists()
        .where(other.c.conversation == jobs.c.conversation, other.c.state == State.RECEIVED)
        .where(other.c.owner.is_not(None))
    )
    # A job whose process died takes no place: perhaps nobody runs its adapter any more.
    painting = (other.c.state == State.PAINTING) & other.c.owner.is_not(None)
    at_painter = sa.select(sa.func.count()).where(painting).scalar_subquery()
    gone = jobs.c.home.not_in(sa.select(processes.c.id))
    may_think = sa.bindparam("turns", type_=sa.Integer) > 0
    may_paint = at_painter < sa.bindparam("paintings", type_=sa.Integer)
    return (
        sa.select(jobs.c.seq)
        .where(jobs.c.owner.is_(None), jobs.c.state.in_(IN_LINE), jobs.c.available_at <= now)
        .where(jobs.c.adapter.in_(adapters))
        .where(jobs.c.home.is_(None) | (jobs.c.home == process_id) | gone)
        .where((jobs.c.state != State.RECEIVED) | (~thinking & may_think))
        .where((jobs.c.state != State.ANSWERED) | may_paint)
        .order_by(_is_waiting(), jobs.c.tag, jobs.c.seq)
        .limit(1)
        .subquery()
    )


def _is_waiting() -> sa.ColumnElement[int]:
    under_way = State.PAINTING, State.PAINTED, State.DRAFTED, State.POSTING
    return sa.case((jobs.c.state.in_(under_way), 0), else_=1)


def _check_lengths(values: Mapping[str, Any]) -> None:
    """Refuse names that PostgreSQL would not take; SQLite takes any."""
    for column in (jobs.c.adapter, jobs.c.event_id, jobs.c.conversation, jobs.c.user):
        given, most = len(values[column.name]), int(getattr(column.type, "length", 0))
        if given > most:
            raise RequestError(
                f"The message's {column.name} has {given:,} characters", f"At most {most:,} can be kept."
            )
