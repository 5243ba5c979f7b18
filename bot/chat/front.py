"""What every chat adapter hands its events to: asking, pressing, stopping, deleting, explaining."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from bot.actions import DESCRIBE, OF_TOOLS, PROMPT, pressed
from bot.chat import overviews
from bot.chat.card import Card, Form
from bot.chat.cards import CANCEL, DELETE, RETRY, SAME_SEED, cancelled, finished
from bot.chat.forms import form_of, wished
from bot.chat.gate import Gate, check_own
from bot.chat.people import Ask, Asker, Place
from bot.chat.wanting import Wanting
from bot.chat.words import say
from bot.contracts import Limner
from bot.difference import Part, difference
from bot.errors import GalleryError, RequestError
from bot.exchange import Exchange
from bot.language import Language, language_of
from bot.messages import Message, Plan, Progress, Reply, Wishes


@dataclass(frozen=True, slots=True)
class Explained:
    """What a picture was painted from, behind 'Your words / My prompt'."""

    words: str
    prompt: str
    parts: tuple[Part, ...]
    negative_prompt: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button that somebody pressed, or a form that they sent.

    Attributes:
        values: Of the form, by field; a button has none.
    """

    event_id: str
    asker: Asker
    place: Place
    key: str
    answer_at: str = ""
    values: dict[str, str] | None = None
    private: bool = False


class Front:
    """One adapter's door to Limner.

    Args:
        adapter: Its name, as in the settings.

    Attributes:
        wanting: The preferences of its people and places.
    """

    def __init__(self, limner: Limner, adapter: str, gate: Gate) -> None:
        self._limner, self._adapter, self._gate = limner, adapter, gate
        self.wanting = Wanting(limner, adapter)

    async def language(self, asker: Asker, words: str = "") -> Language:
        """What somebody wants to be spoken to in: as they set it, as their client says, or English."""
        return await self._known_language(asker) or language_of(words)

    async def is_private(self, asker: Asker, place: Place) -> bool:
        """Whether answers to commands are for the asker alone: as they, the channel or the team want it."""
        scopes = [("user", asker.id), ("channel", place.channel), ("team", place.team)]
        for kind, name in scopes:
            wanted = (await self._limner.preferences(self.scope(kind, name))).visibility if name else ""
            if wanted:
                return wanted == "private"
        return False

    async def ask(self, ask: Ask) -> str:
        """Take a wish for good; its job's id. Raises RequestError, in the asker's language where it is ours."""
        await self.check(ask.asker, ask.place, ask.text)
        return await self._limner.accept(await self._message(ask))

    async def check(self, asker: Asker, place: Place, words: str = "") -> None:
        """Refuse who may not ask here. Raises RequestError."""
        await self._gate.check(self._limner, self._adapter, asker, place, await self.language(asker, words))

    async def press(self, press: Press) -> str:
        """Do what a button that paints says, or a form that was sent; the new job's id.

        Raises:
            RequestError: They may not, the picture is gone, or the form holds what can't be.
        """
        language = await self.language(press.asker)
        kind, _, about = press.key.partition(":")
        if kind == RETRY:
            return await self._retry(press, about, language)
        if kind in OF_TOOLS and kind not in self._limner.offers().tools:
            raise RequestError(say("tool_off", language))
        plan = await self._usable(press, about, language)
        where: dict[str, Any] = {"answer_at": press.answer_at, "private": press.private}
        ask = Ask(press.event_id, press.asker, press.place, "", reply_to=about, **where)
        if kind == SAME_SEED:
            words, wishes = wished(press.key, plan, press.values or {})
            return await self.ask(replace(ask, text=words, wishes=wishes, command=True))
        wishes = wished(press.key, plan, press.values or {})[1] if kind == PROMPT else Wishes()
        return await self.ask(replace(ask, text=press.key, action=kind, wishes=wishes))

    async def form(self, key: str, asker: Asker, place: Place) -> Form:
        """The form behind a button. Raises RequestError where they may not open it, or the picture is gone."""
        language = await self.language(asker)
        plan = await self._usable(Press("", asker, place, key), key.partition(":")[2], language)
        return form_of(key, plan, language)

    async def cancel(self, job_id: str, asker: Asker) -> Card:
        """Stop a job; what its message shows then. Raises RequestError where they may not, or it is over."""
        language = await self.language(asker)
        exchange = await self._exchange(job_id, language)
        check_own(asker, exchange.message, language, moderators=True)
        if not await self._limner.cancel(job_id):
            raise RequestError(say("over", language))
        return cancelled(exchange.message, "" if asker.id == exchange.message.user else asker.name)

    async def delete(self, job_id: str, asker: Asker) -> Card:
        """Take a reply's pictures away for good; what its message shows then. Raises RequestError."""
        language = await self.language(asker)
        exchange = await self._exchange(job_id, language)
        check_own(asker, exchange.message, language, moderators=True)
        for picture in exchange.reply.pictures if exchange.reply else ():
            await self._limner.delete(picture.id)
        own = asker.id == exchange.message.user
        return Card(text=say("deleted", language) if own else say("deleted_by", language, who=asker.name))

    async def explain(self, job_id: str, asker: Asker) -> tuple[list[Explained], tuple[str, ...]]:
        """What a reply's pictures were painted from, and all its notes. Raises RequestError where it is gone."""
        language = await self.language(asker)
        reply = (await self._exchange(job_id, language)).reply
        if reply is None or not (reply.pictures or reply.proposals):
            raise RequestError(say("gone", language))
        plans = [*(one.plan for one in reply.pictures), *(one.plan for one in reply.proposals)]
        distinct = {plan.prompt: plan for plan in plans}.values()
        return [
            Explained(plan.request, plan.prompt, difference(plan.request, plan.prompt), plan.negative_prompt)
            for plan in distinct
        ], reply.notes

    async def card(self, reply: Reply) -> Card:
        """What a reply's message shows."""
        said = reply.message
        allowance = await self._limner.allowance(self._adapter, said.user)
        return finished(reply, self._limner.offers().tools, allowance)

    async def line(self, asker: Asker, told: Mapping[str, Progress]) -> Card:
        """What is under way, the asker's own requests in words; `told` is, by job, what was told of them last."""
        every = await self._limner.line()
        own = [one for one in every if (one.message.adapter, one.message.user) == (self._adapter, asker.id)]
        mine = [progress for one in own if (progress := told.get(one.job_id) or one.progress)]
        return overviews.line(every, mine, await self.language(asker))

    def scope(self, kind: str, name: str) -> str:
        """The scope of preferences of a 'user', 'channel' or 'team' here."""
        return f"{kind}:{self._adapter}/{name}"

    async def _known_language(self, asker: Asker) -> Language | Literal[""]:
        """What somebody set, or their client says; where neither does, their words will tell."""
        wanted = (await self._limner.preferences(self.scope("user", asker.id))).language
        return ("zh" if wanted == "zh" else "en") if wanted else asker.language

    async def _message(self, ask: Ask) -> Message:
        asker, place = ask.asker, ask.place
        language = await self._known_language(asker)
        where: dict[str, Any] = {
            "adapter": self._adapter,
            "event_id": ask.event_id,
            "user": asker.id,
            "channel": place.channel,
            "thread": place.thread,
            "team": place.team,
            "answer_at": ask.answer_at,
            "private": ask.private,
        }
        if ask.action:
            key = f"{ask.action}:{ask.reply_to or ''}"
            made = pressed(key, language=language or "en", wishes=ask.wishes, **where) if ask.reply_to else None
            if made:
                return replace(made, language=language)
        return Message(
            text=ask.text,
            wishes=ask.wishes,
            attachments=ask.attachments,
            wants_picture=ask.command and ask.action != DESCRIBE,
            reply_to=ask.reply_to,
            action=ask.action,
            language=language,
            **where,
        )

    async def _retry(self, press: Press, job_id: str, language: Language) -> str:
        said = (await self._exchange(job_id, language)).message
        check_own(press.asker, said, language, moderators=False)
        await self.check(press.asker, press.place)
        where: dict[str, Any] = {
            "answer_at": press.answer_at,
            "private": press.private,
            "thread": press.place.thread,
        }
        again = replace(said, event_id=press.event_id, **where)
        return await self._limner.accept(again)

    async def _usable(self, press: Press, picture_id: str, language: Language) -> Plan:
        """The plan of a picture.

        One's own can be gone on from anywhere, and by who may ask there in its channel; a proposal is its asker's alone
        to decide on.
        """
        said = await self._limner.asked(picture_id)
        if said is None or said.adapter != self._adapter:
            raise RequestError(say("gone", language))
        if said.user != press.asker.id and (said.channel != press.place.channel or said.private):
            raise RequestError(say("gone", language))
        try:
            plan = await self._limner.plan(picture_id)
        except GalleryError as error:
            raise RequestError(say("gone", language)) from error
        if plan.held:
            check_own(press.asker, said, language, moderators=False)
        await self.check(press.asker, press.place)
        return plan

    async def _exchange(self, job_id: str, language: Language) -> Exchange:
        exchange = await self._limner.exchange(job_id)
        if exchange is None or exchange.message.adapter != self._adapter:
            raise RequestError(say("gone", language))
        return exchange


def is_deed(key: str) -> bool:
    """Whether a button is done with at once, without a job of its own."""
    return key.partition(":")[0] in (CANCEL, DELETE)
