"""A desk's steps in a job's way: the turn that makes a draft, showing it to people, and posting what was decided."""

from collections.abc import Awaitable, Mapping
from dataclasses import replace
from typing import Any, Protocol

import sqlalchemy as sa
from langchain_core.callbacks import get_usage_metadata_callback
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import log
from bot.contracts import DeskAdapter, ToolResult
from bot.desk.asked import Asked
from bot.desk.draft import Draft, Illustration, Kind, Status
from bot.desk.drafts import UNDECIDED, Drafts, of
from bot.desk.office import Office
from bot.desk.pictures import DraftPictures
from bot.desk.question import Proposed, Question
from bot.errors import DeliveryError, OutcomeUnknown, RequestError, Silenced
from bot.gallery import Gallery
from bot.inbox import Inbox
from bot.jobs import Job, State
from bot.messages import Outcome
from bot.outbox import Outbox
from bot.policy import Policy
from bot.privacy import scrub
from bot.store import Store
from bot.tables import jobs

CALL_ID = "desk"
NOT_DRAFTED = ("plans", "searched", "retrieved")  # of what is proposed: kept as pictures, and in the record
SHOWN_TRIES = 20
FIRST_DELAY_S, LONGEST_DELAY_S = 1.0, 60.0

logger = log.get("desk")


class Answers(Protocol):
    """What answers questions: bot/desk/answering.py."""

    def answer(self, question: Question) -> Awaitable[Proposed]:
        """What to tell the customer, or why a person should."""

    def failed(self, question: Question, why: str) -> Proposed:
        """The hand-over after something went wrong on Limner's side."""


class DeskSteps:
    """What the worker does with jobs of desks.

    Args:
        desks: The adapters that are desks, by name.
        answers: The answering agent.
    """

    def __init__(
        self,
        store: Store,
        inbox: Inbox,
        gallery: Gallery,
        outbox: Outbox,
        policy: Policy,
        office: Office,
        drafts: Drafts,
        pictures: DraftPictures,
        answers: Answers,
        desks: Mapping[str, DeskAdapter],
    ) -> None:
        self._store, self._inbox, self._gallery, self._outbox = store, inbox, gallery, outbox
        self._policy, self._office, self._drafts, self._answers = policy, office, drafts, answers
        self._pictures = pictures
        self._asked = Asked(store, inbox, office, drafts)
        self.desks = desks

    async def draft(self, job: Job) -> Job | None:
        """Answer all that is unanswered in the conversation; None where another job, or a person, does it."""
        if await self._drafts.get(job.id) is None:
            question = await self._asked.take(job)
            if question is None:
                return None
            with get_usage_metadata_callback() as used:
                proposed = await self._answers.answer(question)
            tokens = sum(one["total_tokens"] for one in used.usage_metadata.values())
            await self._keep(job, question, proposed, tokens)
        if await self._gallery.unpainted(job.id):
            await self._inbox.move(job, State.ANSWERED, keep=False)
            return None
        return await self._inbox.move(job, State.DRAFTED, keep=True)

    async def show(self, job: Job) -> Job | None:
        """Show people what waits for them; what needs nobody goes on."""
        draft = await self._of(job)
        if not self._needs_a_person(draft):
            return await self._decided(job, draft)
        reply = await self._outbox.reply(job)
        try:
            await self.desks[job.message.adapter].present(reply)
        except DeliveryError as error:
            if not error.lasting and job.tries < SHOWN_TRIES:
                delay_s = min(FIRST_DELAY_S * 2**job.tries, LONGEST_DELAY_S)
                logger.warning("a draft could not be shown, again in %.0f s: %s", delay_s, error)
                await self._inbox.put_back(job, delay_s, tries=job.tries + 1)
                return None
            logger.warning("a draft is on the approval page only: %s", error)
        await self._await_a_person(job, draft)
        return None

    async def post(self, job: Job, *, unsure: bool) -> None:
        """Post what was decided, and write down what came of it."""
        try:
            await self._outbox.post(job, unsure=unsure, alongside=self._written_down)
        except Silenced:
            await self._ended(job, State.CANCELLED, Outcome.CANCELLED, Status.WITHDRAWN, "a person speaks there")
        except OutcomeUnknown as error:
            logger.warning("%s", error)
            await self._ended(job, State.FAILED, Outcome.FAILED, Status.UNKNOWN, str(error))
            await self._tell_unknown(job)

    async def failed(self, job: Job, words: str) -> Job | None:
        """What goes wrong is no customer's business: an answer goes without its picture, else a person takes over."""
        if job.state is State.POSTING:
            await self._ended(job, State.FAILED, Outcome.FAILED, Status.UNKNOWN, words)
            return None
        if job.state is State.DRAFTED:
            await self._await_a_person(job, await self._of(job))
            return None
        draft = await self._drafts.get(job.id)
        if draft is None:
            question = await self._asked.take(job)
            if question is None:
                return None
            await self._keep(job, question, self._answers.failed(question, words))
        else:
            await self._without_picture(job, draft, words)
        return await self._inbox.move(job, State.DRAFTED, keep=True)

    async def _keep(self, job: Job, question: Question, proposed: Proposed, tokens: int = 0) -> None:
        """Keep the draft and the plans of its pictures, in one transaction."""
        plans, proposed = await self._admitted(job, proposed)
        fields = {name: getattr(proposed, name) for name in Proposed.__slots__ if name not in NOT_DRAFTED}
        about = job.id, job.message.adapter, job.message.channel, job.message.user
        draft = Draft(*about, question=scrub(question.text).text, language=question.language, **fields)
        async with self._store.write() as connection:
            await self._inbox.save(connection, job, owner=self._inbox.process_id, text=draft.text)
            await self._drafts.add_in(connection, draft)
            await self._gallery.plan(connection, job, CALL_ID, plans)
            if proposed.searched:
                await self._drafts.record_in(connection, of(draft, "retrieved", **_retrieved(proposed)))
            cited = [one.passage_id for one in draft.citations]
            told: dict[str, Any] = {"proposes": draft.kind, "cited": cited, "confidence": draft.confidence}
            told |= {"tokens": tokens} if tokens else {}
            await self._drafts.record_in(connection, of(draft, "drafted", **told, reason=draft.reason))

    async def _admitted(self, job: Job, proposed: Proposed) -> tuple[tuple[Any, ...], Proposed]:
        """The plans that the policy lets through; an answer does without a picture that it does not."""
        try:
            result = await self._policy.admitted(job.message, ToolResult("", proposed.plans))
        except RequestError as error:
            logger.info("no picture is painted for an answer: %s", error)
            return (), replace(proposed, illustration=Illustration.NONE, plans=())
        return result.plans, proposed

    def _needs_a_person(self, draft: Draft) -> bool:
        if draft.kind is Kind.HAND_OVER:
            return False
        settings = self._office.settings
        unsure = settings.approval == "unsure" and draft.confidence < settings.sure
        return settings.approval == "always" or unsure

    async def _decided(self, job: Job, draft: Draft) -> Job:
        async with self._store.write() as connection:
            await self._inbox.save(connection, job, state=State.POSTING, admitted=True)
            await self._drafts.change_in(connection, draft, UNDECIDED, status=Status.AUTOMATIC)
        return replace(job, state=State.POSTING)

    async def _await_a_person(self, job: Job, draft: Draft) -> None:
        async with self._store.write() as connection:
            await self._inbox.save(connection, job, state=State.AWAITING, owner=None, tries=0)
            await self._drafts.change_in(connection, draft, UNDECIDED, status=Status.OPEN)
            await self._drafts.record_in(connection, of(draft, "shown"))

    async def _ended(self, job: Job, state: State, outcome: Outcome, status: Status, why: str) -> None:
        draft = await self._of(job)
        every = tuple(Status)
        async with self._store.write() as connection:
            await self._inbox.save(connection, job, state=state, outcome=outcome, owner=None)
            await self._drafts.change_in(connection, draft, every, status=status, why=why)
            await self._drafts.record_in(connection, of(draft, str(status), why=why))

    async def _tell_unknown(self, job: Job) -> None:
        reply = await self._outbox.reply(job)
        try:
            await self.desks[job.message.adapter].present(reply)
        except DeliveryError as error:
            logger.warning("nobody could be told that an outcome is unknown: %s", error)

    async def _written_down(self, connection: AsyncConnection, job_id: str) -> None:
        """The record of what was sent, or could not be, within the transaction that closes its job."""
        query = sa.select(jobs.c.state, jobs.c.posted_as).where(jobs.c.id == job_id)
        closed = (await connection.execute(query)).one()
        draft = await self._drafts.get_in(connection, job_id)
        assert draft is not None, "a desk's job has a draft from its turn on"
        if closed.state == State.FAILED:
            kind, status = "unknown", Status.UNKNOWN
        else:
            kind, status = ("handed over" if draft.kind is Kind.HAND_OVER else "sent"), draft.status
        told = {"text": scrub(draft.words).text, "posted_as": closed.posted_as or ""}
        await self._drafts.change_in(connection, draft, tuple(Status), status=status)
        await self._drafts.record_in(connection, of(draft, kind, draft.decided_by, **told))

    async def _without_picture(self, job: Job, draft: Draft, words: str) -> None:
        logger.warning("an answer goes without its picture: %s", words)
        async with self._store.write() as connection:
            await self._pictures.drop_in(connection, draft)
            bare = {"illustration": Illustration.NONE, "reason": draft.reason or "Its picture could not be painted."}
            await self._drafts.change_in(connection, draft, UNDECIDED, **bare)

    async def _of(self, job: Job) -> Draft:
        draft = await self._drafts.get(job.id)
        assert draft is not None, "a desk's job has a draft from its turn on"
        return draft


def _retrieved(proposed: Proposed) -> dict[str, Any]:
    """What was looked up: the words, and of each passage where it stands and how much of the question it covers."""
    found = [
        {
            "id": hit.passage.id,
            "title": hit.passage.title,
            "source": hit.passage.source,
            "covered": round(hit.covered, 3),
        }
        for hit in proposed.retrieved
    ]
    return {"searched": scrub(proposed.searched).text, "passages": found}
