"""Each job's one message: shown while it is under way, changed to the answer, found again after a restart."""

import asyncio
import time
from contextlib import suppress
from dataclasses import replace
from typing import Protocol
from weakref import WeakValueDictionary

from bot.chat.card import Card
from bot.chat.cards import cancelled, under_way
from bot.chat.front import Front
from bot.chat.words import say
from bot.contracts import Limner
from bot.messages import Message, Outcome, Progress, Reply

OPENING_S = 20.0
REMEMBERED = 2_000
SWEEP_S = 5.0


class Courier(Protocol):
    """How one platform shows cards; every call may be made again without a second message.

    'posted_as' is the platform's id of a message, as text; empty where none is known. All of them raise DeliveryError
    where the platform is not to be had, or does not take the card.
    """

    def shares(self, message: Message) -> str:
        """The narrow limit on changes that this answer shares with others, such as its channel; empty for none."""

    def caveat(self, message: Message) -> str:
        """What a person should know while they wait there; empty for nothing."""

    def may_begin(self, message: Message) -> bool:
        """Whether a message may be posted that shows progress only."""

    async def change(self, message: Message, posted_as: str, card: Card, *, done: bool) -> str | None:
        """Show a card in the place of what stands there; its id, or None where nothing can be changed.

        Args:
            message: What is answered.
            posted_as: What stands there, if that is known.
            card: What to show.
            done: Nothing follows, so that a preview which stands there goes as well.
        """

    async def post(self, message: Message, job_id: str, card: Card, *, done: bool) -> str:
        """Post a card where the answer belongs, or as a direct message where that can't be; its id."""

    async def existing(self, message: Message, job_id: str) -> str | None:
        """The id of what another process has posted for the job, as far as it can be found."""

    async def remind(self, message: Message, job_id: str, posted_as: str, words: str) -> None:
        """Tell the asker, who had to wait, that it is there; nothing happens where that can't be done."""


class Posts:
    """The messages of jobs.

    Attributes:
        opening: By event id: events whose first response is on its way; what belongs there waits for it.
        fresh: Ids of events that came to this process: nothing of theirs can stand there that it does not know.
        told: By job: how far it was when this process heard of it last, without its preview.
    """

    def __init__(self, limner: Limner, courier: Courier, front: Front, mention_after_s: float) -> None:
        self.opening: dict[str, asyncio.Event] = {}
        self.fresh: set[str] = set()
        self.told: dict[str, Progress] = {}
        self._limner, self._courier, self._front = limner, courier, front
        self._mention_after_s = mention_after_s
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._posted: dict[str, str] = {}
        self._over: dict[str, None] = {}
        self._crowded: set[str] = set()

    async def progress(self, told: Progress) -> None:
        """Show how far a job is; passed over where that would be in the way of answers."""
        self._remember(told)
        crowd = self._courier.shares(told.message)
        if crowd in self._crowded:
            return
        self._crowded |= {crowd} - {""}
        try:
            await self._opened(told.message)
            async with self._turn(told.job_id):
                if told.job_id not in self._over:
                    await self._show_progress(told)
        finally:
            self._crowded.discard(crowd)

    async def finish(self, reply: Reply) -> str:
        """Show the answer, and tell who had to wait for it; the id of its message.

        Raises:
            DeliveryError: The platform did not take it.
        """
        await self._opened(reply.message)
        async with self._turn(reply.job_id):
            done = await self._show_answer(reply)
            self._close(reply.message, reply.job_id)
        return done

    async def replace(self, message: Message, job_id: str, card: Card) -> None:
        """Show something else in a job's message for good, such as that it was stopped."""
        async with self._turn(job_id):
            await self._courier.change(message, await self._known(job_id), card, done=True)
            self._close(message, job_id)

    async def sweep(self) -> None:
        """Say of what was stopped elsewhere, at a terminal for instance, that it was; until cancelled."""
        while True:
            await asyncio.sleep(SWEEP_S)
            for job_id in list(self._posted):
                exchange = await self._limner.exchange(job_id)
                if exchange and exchange.reply and exchange.reply.outcome is Outcome.CANCELLED:
                    await self.replace(exchange.message, job_id, cancelled(exchange.message))

    async def _show_progress(self, told: Progress) -> None:
        card = under_way(told, self._courier.caveat(told.message))
        known = await self._known(told.job_id)
        done = await self._courier.change(told.message, known, card, done=False)
        if done is None and not known and self._courier.may_begin(told.message):
            done = await self._existing(told.message, told.job_id)
            done = done or await self._courier.post(told.message, told.job_id, card, done=False)
        if done and done != known:
            self._posted[told.job_id] = done
            await self._limner.note(told.job_id, done)

    async def _show_answer(self, reply: Reply) -> str:
        card = await self._front.card(reply)
        known = reply.posted_as or self._posted.get(reply.job_id, "")
        known = known or await self._existing(reply.message, reply.job_id) or ""
        done = await self._courier.change(reply.message, known, card, done=True)
        if done is None:
            return await self._courier.post(reply.message, reply.job_id, card, done=True)
        if time.time() - reply.asked_at >= self._mention_after_s and reply.outcome is not Outcome.CANCELLED:
            words = say("ready" if reply.pictures else "answered", reply.message.tongue)
            await self._courier.remind(reply.message, reply.job_id, done, words)
        return done

    async def _known(self, job_id: str) -> str:
        if job_id not in self._posted:
            exchange = await self._limner.exchange(job_id)
            if exchange and exchange.posted_as:
                self._posted[job_id] = exchange.posted_as
        return self._posted.get(job_id, "")

    async def _existing(self, message: Message, job_id: str) -> str | None:
        """What stands there of a job that another process, or an earlier one, has taken."""
        return None if message.event_id in self.fresh else await self._courier.existing(message, job_id)

    async def _opened(self, message: Message) -> None:
        """Wait until an event has its first response, without which nothing can be changed."""
        if event := self.opening.get(message.event_id):
            with suppress(TimeoutError):
                async with asyncio.timeout(OPENING_S):
                    await event.wait()

    def _turn(self, job_id: str) -> asyncio.Lock:
        """One change of a message at a time."""
        return self._locks.setdefault(job_id, asyncio.Lock())

    def _remember(self, told: Progress) -> None:
        if told.job_id not in self._over:
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
