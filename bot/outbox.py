"""The outbox: puts the reply together and posts it once, looking before it repeats."""

import asyncio
from collections.abc import Mapping

from bot import log, privacy
from bot.actions import offered
from bot.contracts import Adapter
from bot.desk.drafts import Drafts
from bot.errors import DeliveryError, OutcomeUnknown, Silenced
from bot.gallery import Gallery
from bot.inbox import Alongside, Inbox
from bot.jobs import LAST_STATE, Job, State
from bot.messages import Outcome, Reply
from bot.metrics import Metrics
from bot.rules import NO_RULES, Rules

# With the longest delay between them, these take a day: a platform that is down longer has other worries.
MAX_TRIES = 300
FIRST_DELAY_S = 1.0
LONGEST_DELAY_S = 300.0

logger = log.get("outbox")


class Outbox:
    """Posts the replies of jobs in state 'posting' through the adapters they came from."""

    def __init__(
        self,
        inbox: Inbox,
        gallery: Gallery,
        adapters: Mapping[str, Adapter],
        metrics: Metrics,
        drafts: Drafts,
        rules: Rules = NO_RULES,
    ) -> None:
        self._rules = rules
        self._drafts = drafts
        self._inbox = inbox
        self._gallery = gallery
        self._adapters = adapters
        self._metrics = metrics

    async def reply(self, job: Job) -> Reply:
        """What a finished job has to say."""
        pictures = tuple(await self._gallery.of_job(job.id))
        proposals = tuple(await self._gallery.proposals(job.id))
        # Pictures of one request share most notes: each is said once, in the order in which they came up.
        noted = [
            privacy.note(job.message),
            *job.notes,
            *(note for one in pictures for note in one.notes),
            *(note for one in proposals for note in one.plan.notes),
        ]
        notes = tuple(dict.fromkeys(filter(None, noted)))
        actions = offered(pictures, job.message.tongue, proposals)
        said = job.id, job.id, job.message, job.outcome, job.text
        veiled = self._rules.veils(words for one in pictures for words in (one.plan.request, one.plan.prompt))
        is_desk = getattr(self._adapters.get(job.message.adapter), "is_desk", False)
        draft = await self._drafts.get(job.id) if is_desk else None
        return Reply(*said, pictures, notes, actions, proposals, job.created_at, job.posted_as or "", veiled, draft)

    async def post(self, job: Job, *, unsure: bool, alongside: Alongside | None = None) -> None:
        """Post a job's reply and close the job; put it back for later where the platform is not to be had.

        Args:
            job: A leased job in state 'posting'.
            unsure: An earlier attempt may have come through, so look first.
            alongside: What is kept in the transaction that closes the job.

        Raises:
            Silenced: A person speaks there.
            OutcomeUnknown: It may have come through, and nobody can look.
        """
        adapter = self._adapters[job.message.adapter]
        # While the job was led here, the adapter may have noted where its message stands.
        reply = await self.reply(await self._inbox.get(job.id) or job)
        try:
            posted_as = await adapter.find(reply) if unsure or job.tries else None
            posted_as = posted_as or await adapter.deliver(reply)
        except (Silenced, OutcomeUnknown):
            raise
        except DeliveryError as error:
            await self._later(job, error, alongside)
        else:
            await self._book(job, posted_as, alongside)

    async def _book(self, job: Job, posted_as: str, alongside: Alongside | None) -> None:
        """Close the job, even when the process is told to stop just now: posted and not booked is posted again."""
        last = LAST_STATE[job.outcome]
        booking = asyncio.ensure_future(
            self._inbox.move(job, last, keep=False, alongside=alongside, posted_as=posted_as)
        )
        try:
            await asyncio.shield(booking)
        except asyncio.CancelledError:
            await booking
            raise
        self._metrics.over(job, job.outcome)

    async def _later(self, job: Job, error: DeliveryError, alongside: Alongside | None) -> None:
        tries = job.tries + 1
        if error.lasting or tries >= MAX_TRIES:
            logger.error("gave up posting after %d tries: %s", tries, error)
            given_up = {"outcome": Outcome.FAILED, "tries": tries}
            await self._inbox.move(job, State.FAILED, keep=False, alongside=alongside, **given_up)
            self._metrics.over(job, Outcome.FAILED)
            return
        delay_s = min(FIRST_DELAY_S * 2 ** min(tries - 1, 16), LONGEST_DELAY_S)
        logger.warning("could not post, again in %.0f s: %s", delay_s, error)
        await self._inbox.put_back(job, delay_s, tries=tries)
