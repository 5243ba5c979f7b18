"""Each job's one message: shown while it is under way, changed to the answer, found again after a restart."""

import asyncio
import time
from contextlib import suppress
from dataclasses import replace
from weakref import WeakValueDictionary

from adapters.discord.address import Address, Posted, load, posted
from adapters.discord.courier import Courier, nonce_of
from adapters.discord.rendering import rendered
from adapters.discord.settings import DiscordSettings
from bot.chat import Card, Front, cancelled, under_way
from bot.chat.words import say
from bot.contracts import Limner
from bot.messages import Message, Outcome, Progress, Reply

OPENING_S = 20.0
REMEMBERED = 2_000
SWEEP_S = 5.0


class Posts:
    """The messages of jobs.

    Attributes:
        opening: By event id: interactions whose first response is on its way; what belongs there waits for it.
        fresh: Ids of events that came to this process: nothing of theirs can stand there that it does not know.
        told: By job: how far it was when this process heard of it last, without its preview.
    """

    def __init__(self, limner: Limner, courier: Courier, front: Front, settings: DiscordSettings) -> None:
        self.opening: dict[str, asyncio.Event] = {}
        self.fresh: set[str] = set()
        self.told: dict[str, Progress] = {}
        self._limner, self._courier, self._front = limner, courier, front
        self._mention_after_s = settings.mention_after_s
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._posted: dict[str, Posted] = {}
        self._over: dict[str, None] = {}
        self._crowded: set[int] = set()

    async def progress(self, told: Progress) -> None:
        """Show how far a job is; passed over where the channel is busy, or nothing can be shown there."""
        address = load(told.message.answer_at)
        self._remember(told)
        if address.private and not address.has_token:
            return
        # Edits of one channel share a narrow limit, which answers need more than progress does.
        crowd = 0 if address.has_token else address.channel
        if crowd in self._crowded:
            return
        self._crowded |= {crowd} - {0}
        try:
            await self._opened(told.message)
            async with self._turn(told.job_id):
                if told.job_id not in self._over:
                    await self._show_progress(address, told)
        finally:
            self._crowded.discard(crowd)

    async def finish(self, reply: Reply) -> Posted:
        """Show the answer, and tell who had to wait for it.

        Raises:
            DeliveryError: Discord did not take it.
        """
        address = load(reply.message.answer_at)
        await self._opened(reply.message)
        async with self._turn(reply.job_id):
            done = await self._show_answer(address, reply)
            self._close(reply.message, reply.job_id)
        return done

    async def replace(self, message: Message, job_id: str, card: Card) -> None:
        """Show something else in a job's message for good, such as that it was stopped."""
        address = load(message.answer_at)
        async with self._turn(job_id):
            draft = await rendered(_without_heading(card, address), address.limit_bytes)
            await self._courier.change(address, await self._known(job_id), draft)
            self._close(message, job_id)

    async def remove(self, message: Message, job_id: str) -> bool:
        """Take a job's message away; False where that can't be done."""
        return await self._courier.remove(load(message.answer_at), await self._known(job_id))

    async def sweep(self) -> None:
        """Say of what was stopped elsewhere, at a terminal for instance, that it was; until cancelled."""
        while True:
            await asyncio.sleep(SWEEP_S)
            for job_id in list(self._posted):
                exchange = await self._limner.exchange(job_id)
                if exchange and exchange.reply and exchange.reply.outcome is Outcome.CANCELLED:
                    await self.replace(exchange.message, job_id, cancelled(exchange.message))

    async def _show_progress(self, address: Address, told: Progress) -> None:
        language = told.message.tongue
        later = say("later", language) if not (address.member or address.private) else ""
        draft = await rendered(_without_heading(under_way(told, later), address), address.limit_bytes)
        draft = replace(draft, whole=False)  # a preview stays until there is a newer one
        known = await self._known(told.job_id)
        done = await self._courier.change(address, known, draft)
        if done is None and known is None and address.message:
            done = await self._existing(address, told.message)
            done = done or await self._courier.post(address, told.message.user, nonce_of(told.job_id), draft)
        if done and done != known:
            await self._note(told.job_id, done)

    async def _show_answer(self, address: Address, reply: Reply) -> Posted:
        card = await self._front.card(reply)
        draft = await rendered(_without_heading(card, address), address.limit_bytes)
        known = posted(reply.posted_as) or self._posted.get(reply.job_id)
        if known is None:
            known = await self._existing(address, reply.message)
        done = await self._courier.change(address, known, draft)
        if done is None:
            mention = "" if address.message else f"<@{reply.message.user}>"
            draft = await rendered(_without_heading(card, address), address.limit_bytes, for_whom=mention)
            return await self._courier.post(address, reply.message.user, nonce_of(reply.job_id), draft)
        await self._remind(address, done, reply)
        return done

    async def _remind(self, address: Address, done: Posted, reply: Reply) -> None:
        if time.time() - reply.asked_at < self._mention_after_s or reply.outcome is Outcome.CANCELLED:
            return
        words = say("ready" if reply.pictures else "answered", reply.message.tongue)
        await self._courier.remind(address, done, reply.message.user, nonce_of(reply.job_id, "r"), words)

    async def _known(self, job_id: str) -> Posted | None:
        if job_id not in self._posted:
            exchange = await self._limner.exchange(job_id)
            if exchange and (noted := posted(exchange.posted_as)):
                self._posted[job_id] = noted
        return self._posted.get(job_id)

    async def _note(self, job_id: str, done: Posted) -> None:
        self._posted[job_id] = done
        await self._limner.note(job_id, str(done))

    async def _existing(self, address: Address, message: Message) -> Posted | None:
        """What stands there of a job that another process, or an earlier one, has taken."""
        return None if message.event_id in self.fresh else await self._courier.existing(address)

    async def _opened(self, message: Message) -> None:
        """Wait until an interaction has its first response, without which nothing can be changed."""
        if event := self.opening.get(message.event_id):
            with suppress(TimeoutError):
                async with asyncio.timeout(OPENING_S):
                    await event.wait()

    def _turn(self, job_id: str) -> asyncio.Lock:
        """One change of a message at a time."""
        return self._locks.setdefault(job_id, asyncio.Lock())

    def _remember(self, told: Progress) -> None:
        if told.job_id in self._over:
            return
        self.told[told.job_id] = replace(told, preview=b"")
        while len(self.told) > REMEMBERED:
            del self.told[next(iter(self.told))]

    def _close(self, message: Message, job_id: str) -> None:
        """What is still told of how far it was comes too late from now on."""
        self._over[job_id] = None
        while len(self._over) > REMEMBERED:
            del self._over[next(iter(self._over))]
        self._posted.pop(job_id, None)
        self.told.pop(job_id, None)
        self.fresh.discard(message.event_id)


def _without_heading(card: Card, address: Address) -> Card:
    """Below a person's own message their words need not be repeated."""
    return replace(card, heading="") if address.message else card
