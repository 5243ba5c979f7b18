"""What is unanswered in a desk's conversation: messages that came one after the other are one question."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk.draft import Illustration, Status
from bot.desk.drafts import Drafts, Event
from bot.desk.office import Office
from bot.desk.question import Question, Spoken
from bot.inbox import Inbox
from bot.jobs import Job, State
from bot.messages import Outcome
from bot.store import Store
from bot.tables import drafts, jobs

# Of an earlier message: what a later one takes over. What is being posted is on its way.
TAKEN_OVER = (State.RECEIVED, State.ANSWERED, State.PAINTING, State.PAINTED, State.DRAFTED, State.AWAITING)
MEMORY = 20
PAINTED_FOR = (Status.MADE, Status.OPEN, Status.APPROVED, Status.AUTOMATIC)


class Asked:
    """Reads conversations of desks."""

    def __init__(self, store: Store, inbox: Inbox, office: Office, kept: Drafts) -> None:
        self._store, self._inbox, self._office, self._drafts = store, inbox, office, kept

    async def take(self, job: Job) -> Question | None:
        """All that is unanswered up to a job's message; None where that job ends here.

        It ends where the customer has said more since, which that message's job answers, and where a person has the
        conversation. Earlier messages are merged into this one, and drafts about them are withdrawn.
        """
        message = job.message
        if await self._office.is_silent(message.adapter, message.channel):
            await self._inbox.move(job, State.CANCELLED, keep=False, outcome=Outcome.CANCELLED)
            return None
        async with self._store.write() as connection:
            if await self._is_followed_in(connection, job):
                await self._merged_in(connection, job)
                await self._inbox.save(connection, job, state=State.MERGED, owner=None)
                return None
            await self._take_over_in(connection, job)
        return await self._question(job)

    async def _is_followed_in(self, connection: AsyncConnection, job: Job) -> bool:
        here = (jobs.c.conversation == job.message.conversation) & (jobs.c.seq > job.seq)
        query = sa.select(jobs.c.id).where(here, jobs.c.state == State.RECEIVED).limit(1)
        return (await connection.execute(query)).first() is not None

    async def _take_over_in(self, connection: AsyncConnection, job: Job) -> None:
        message = job.message
        earlier = (jobs.c.conversation == message.conversation) & (jobs.c.seq < job.seq)
        earlier &= jobs.c.state.in_(TAKEN_OVER)
        rows = (await connection.execute(sa.select(jobs).where(earlier))).mappings().all()
        if not rows:
            return
        await self._office.withdraw_in(connection, message.adapter, message.channel, "", "the customer said more")
        for row in rows:
            await self._merged_in(connection, Job.of(row))
        freed = {"state": State.MERGED, "owner": None, "fence": jobs.c.fence + 1}
        await connection.execute(jobs.update().where(earlier).values(freed))

    async def _merged_in(self, connection: AsyncConnection, job: Job) -> None:
        said = job.message
        merged = Event(0.0, said.adapter, said.channel, "merged", said.user, job.id)
        await self._drafts.record_in(connection, merged)

    async def _question(self, job: Job) -> Question:
        """Put the question together from the conversation's rows."""
        here = (jobs.c.conversation == job.message.conversation) & (jobs.c.seq <= job.seq)
        query = sa.select(jobs, drafts.c.draft, drafts.c.status).join(drafts, drafts.c.id == jobs.c.id, isouter=True)
        async with self._store.read() as connection:
            rows = (await connection.execute(query.where(here).order_by(jobs.c.seq))).mappings().all()
        own = [at for at, row in enumerate(rows) if row["state"] == State.MERGED or row["id"] == job.id]
        # What is unanswered ends with this job; before it, everything back to the last that was not merged.
        last_answered = max((at for at in range(len(rows)) if at not in own), default=-1)
        unanswered = [Job.of(rows[at]) for at in own if at > last_answered]
        said = [one.message for one in unanswered]
        before: list[Spoken] = []
        for row in rows[: last_answered + 1]:
            before.append(Spoken(True, Job.of(row).message.text))
            if row["state"] in (State.POSTED, State.POSTING):
                before.append(Spoken(False, row["text"]))
        text = "\n".join(one.text for one in said)
        return Question(
            job.message,
            text,
            job.message.tongue,
            tuple(before[-MEMORY:]),
            tuple(one for message in said for one in message.attachments),
            _painted(rows),
        )


def _painted(rows: Sequence[sa.RowMapping]) -> int:
    """Pictures that were painted for a conversation, and not dropped with their draft."""
    made = [row["draft"] for row in rows if row["draft"] and row["status"] in PAINTED_FOR]
    return sum(draft["illustration"] == Illustration.PAINTED for draft in made)
