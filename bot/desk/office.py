"""The desk's office: takes what desks tell, and what people decide; each of it is one transaction."""

import asyncio
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cleaning import MAX_TEXT_CHARACTERS, clean
from bot.desk.draft import Draft, Status
from bot.desk.drafts import UNDECIDED, Drafts, Event, of
from bot.desk.events import CustomerSaid, DeskEvent, PersonSaid, Rated, Released, Ruled, Verdict
from bot.desk.pictures import DraftPictures
from bot.desk.record import Record
from bot.desk.settings import DeskSettings
from bot.errors import RequestError
from bot.inbox import Inbox
from bot.jobs import LIVE, State
from bot.messages import Message, Outcome
from bot.privacy import scrub
from bot.store import Store
from bot.tables import jobs, silences

NO_WORDS = "(picture)"
EXPIRE_EVERY_S = 43_200.0
DECIDED = {
    Status.APPROVED: "has been approved",
    Status.AUTOMATIC: "was sent by itself",
    Status.REJECTED: "has been rejected",
    Status.WITHDRAWN: "is withdrawn: the customer said more, or a person answered",
    Status.UNKNOWN: "could not be sent for certain",
    Status.MADE: "is not ready yet",
}


class Office:
    """What adapters of desks and the pages for colleagues speak to.

    Args:
        inbox: Where customers' messages go.
        drafts: What waits for people.
    """

    def __init__(
        self, store: Store, inbox: Inbox, drafts: Drafts, pictures: DraftPictures, settings: DeskSettings
    ) -> None:
        self._store, self._inbox, self._drafts, self._pictures = store, inbox, drafts, pictures
        self.settings = settings
        self.archive = Record(store, pictures.gallery)

    async def keep(self) -> None:
        """Forget what is older than the settings want it kept, now and twice a day, until cancelled."""
        while self.settings.retention_days:
            await self.archive.expire(self.settings.retention_days)
            await asyncio.sleep(EXPIRE_EVERY_S)

    async def took(self, adapter: str, event: DeskEvent) -> str:
        """Take for good what a desk tells; of a customer's message the job's id.

        Raises:
            RequestError: A decision that comes too late, or that nothing waits for.
        """
        match event:
            case CustomerSaid():
                return await self._asked(adapter, event)
            case PersonSaid():
                await self._silence(adapter, event)
            case Released():
                await self._release(adapter, event)
            case Ruled():
                await self._ruled(adapter, event)
            case Rated():
                await self._rated(adapter, event)
        return ""

    async def draft(self, draft_id: str) -> Draft | None:
        """One draft."""
        return await self._drafts.get(draft_id)

    async def drafts(
        self, *statuses: Status, adapter: str = "", conversation: str = "", limit: int = 50, before: float = 0
    ) -> list[Draft]:
        """Drafts, the newest first; those of all statuses where none is named."""
        return await self._drafts.find(statuses, adapter, conversation, limit, before)

    async def is_silent(self, adapter: str, conversation: str) -> bool:
        """Whether a person has the conversation."""
        here = (silences.c.adapter == adapter) & (silences.c.conversation == conversation)
        async with self._store.read() as connection:
            return (await connection.execute(sa.select(silences.c.since).where(here))).first() is not None

    async def record(
        self,
        adapter: str,
        conversation: str,
        kind: str,
        *,
        customer: str = "",
        job_id: str = "",
        who: str = "",
        data: dict[str, Any] | None = None,
    ) -> None:
        """Write down what happened."""
        async with self._store.write() as connection:
            event = Event(0.0, adapter, conversation, kind, customer, job_id, who, data or {})
            await self._drafts.record_in(connection, event)

    async def rule(self, draft_id: str, verdict: Verdict, person: str, text: str = "") -> Draft:
        """Decide on a draft, once: what waits is sent, dropped, or gets another picture.

        `text` is what to send instead of the draft's words, or why it is rejected.

        Raises:
            RequestError: There is no such draft, it is decided already, or it has no painted picture to paint again.
        """
        async with self._store.write() as connection:
            draft = await self._drafts.get_in(connection, draft_id)
            if draft is None:
                raise RequestError("There is no such draft")
            if draft.status is not Status.OPEN:
                by = f" by {draft.decided_by}" if draft.decided_by else ""
                raise RequestError(f"This draft {DECIDED[draft.status]}{by}", "Nothing was done.")
            changes: dict[str, Any] = {"decided_by": person, "decided_at": await self._now(connection)}
            if verdict is Verdict.APPROVE:
                changes |= {"status": Status.APPROVED, "sent": _edited(draft, text)}
                state: dict[str, Any] = {"state": State.POSTING, "admitted": True, "text": text.strip() or draft.text}
                done = "approved"
            elif verdict is Verdict.REJECT:
                changes |= {"status": Status.REJECTED, "why": text}
                state, done = {"state": State.CANCELLED, "outcome": Outcome.CANCELLED}, "rejected"
            else:
                await self._pictures.again_in(connection, draft)
                changes = {"status": Status.MADE}
                state, done = {"state": State.ANSWERED}, "repainted"
            await self._drafts.change_in(connection, draft, (Status.OPEN,), **changes)
            await connection.execute(_freed(jobs.c.id == draft.id).values(state))
            await self._drafts.record_in(
                connection, of(draft, done, person, edited=bool(changes.get("sent")), why=text)
            )
        self._inbox.changed.set()
        return await self._drafts.get(draft_id) or draft

    async def withdraw_in(
        self, connection: AsyncConnection, adapter: str, conversation: str, by: str, why: str
    ) -> list[str]:
        """Withdraw what waits in a conversation, within a transaction; the ids of the drafts."""
        waiting = await self._drafts.undecided_in(connection, adapter, conversation)
        now = await self._now(connection)
        for draft in waiting:
            changes = {"status": Status.WITHDRAWN, "decided_by": by, "decided_at": now, "why": why}
            await self._drafts.change_in(connection, draft, UNDECIDED, **changes)
            await self._drafts.record_in(connection, of(draft, "withdrawn", by, why=why))
        return [draft.id for draft in waiting]

    async def _asked(self, adapter: str, event: CustomerSaid) -> str:
        try:
            text = clean(event.text[:MAX_TEXT_CHARACTERS])
        except RequestError:
            text = NO_WORDS
        said = Message(
            adapter,
            event.event_id,
            event.customer,
            text,
            channel=event.conversation,
            attachments=event.attachments,
            language=event.language or "",
        )
        data = {"text": scrub(text).text, "pictures": len(event.attachments)}

        async def recorded(connection: AsyncConnection, job_id: str) -> None:
            asked = Event(0.0, adapter, event.conversation, "asked", event.customer, job_id, data=data)
            await self._drafts.record_in(connection, asked)

        return await self._inbox.accept(said, after_s=self.settings.merge_s, alongside=recorded)

    async def _silence(self, adapter: str, event: PersonSaid) -> None:
        """A person has it: whatever is under way there ends, and nothing is sent that is not on its way already."""
        here = (silences.c.adapter == adapter) & (silences.c.conversation == event.conversation)
        async with self._store.write() as connection:
            await connection.execute(silences.delete().where(here))
            row = {"adapter": adapter, "conversation": event.conversation, "person": event.person}
            await connection.execute(silences.insert().values(row | {"since": self._store.clock()}))
            await self.withdraw_in(connection, adapter, event.conversation, event.person, "a person answered")
            stoppable = jobs.c.state.in_([state for state in LIVE if state is not State.POSTING])
            stopped = _freed((jobs.c.conversation == key(adapter, event.conversation)) & stoppable)
            await connection.execute(stopped.values(state=State.CANCELLED, outcome=Outcome.CANCELLED))
            spoke = Event(0.0, adapter, event.conversation, "person spoke", who=event.person)
            await self._drafts.record_in(connection, spoke)
        self._inbox.changed.set()

    async def _release(self, adapter: str, event: Released) -> None:
        here = (silences.c.adapter == adapter) & (silences.c.conversation == event.conversation)
        async with self._store.write() as connection:
            done = await connection.execute(silences.delete().where(here))
            if done.rowcount:
                await self._drafts.record_in(connection, Event(0.0, adapter, event.conversation, "released"))

    async def _ruled(self, adapter: str, event: Ruled) -> None:
        draft_id = event.draft
        if not draft_id:
            waiting = await self.drafts(Status.OPEN, adapter=adapter, conversation=event.conversation, limit=1)
            if not waiting:
                raise RequestError("No draft waits in this conversation", "Nothing was done.")
            draft_id = waiting[0].id
        await self.rule(draft_id, event.verdict, event.person, event.text)

    async def _rated(self, adapter: str, event: Rated) -> None:
        here = jobs.c.conversation == key(adapter, event.conversation)
        query = sa.select(jobs.c.id).where(here, jobs.c.state == State.POSTED).order_by(jobs.c.seq.desc()).limit(1)
        if event.answer:
            query = query.where(jobs.c.posted_as == event.answer)
        async with self._store.read() as connection:
            job_id = (await connection.execute(query)).scalar_one_or_none() or ""
        data = {"helped": event.helped, "reason": scrub(event.reason).text}
        await self.record(adapter, event.conversation, "rated", job_id=job_id, data=data)

    async def _now(self, connection: AsyncConnection) -> float:
        return float((await connection.execute(sa.select(self._store.clock()))).scalar_one())


def key(adapter: str, conversation: str) -> str:
    """`Message.conversation` of a desk's conversation."""
    return Message(adapter, "", "", "", channel=conversation).conversation


def _freed(which: sa.ColumnElement[bool]) -> sa.Update:
    """Jobs taken from whoever works on them."""
    return jobs.update().where(which).values(owner=None, fence=jobs.c.fence + 1)


def _edited(draft: Draft, text: str) -> str:
    return text.strip() if text.strip() and text.strip() != draft.text.strip() else ""
