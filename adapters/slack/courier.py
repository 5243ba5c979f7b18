"""Puts cards where they belong on Slack: into the message that is there, a channel, a thread, or direct messages."""

import time
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError

from adapters.slack.address import TS, Address, Posted, load, posted
from adapters.slack.blocks import blocks_of, fallback
from adapters.slack.files import Files
from adapters.slack.pace import A_MINUTE, PacedClient
from adapters.slack.poster import Poster
from adapters.slack.trouble import GONE, VOID, code_of, refused, tried
from bot import log
from bot.chat import Card
from bot.chat.words import say
from bot.errors import DeliveryError
from bot.messages import Message

REMEMBERED = 5_000
BEGUN_S = 600.0
UPDATES = A_MINUTE["chat.update"]
QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}

logger = log.get("slack")


class SlackCourier:
    """Shows cards on Slack; `bot.chat.posts.Courier` says what its methods do."""

    def __init__(self, client: PacedClient, files: Files) -> None:
        self._client, self._files, self._poster = client, files, Poster(client)
        self._begun: dict[str, float] = {}
        self._direct: dict[str, str] = {}
        self._member: set[str] = set()

    def shares(self, message: Message) -> str:
        """Changes of messages share one limit in the whole workspace."""
        return "updates"

    def caveat(self, message: Message) -> str:
        """Nothing: a message on Slack can be changed for as long as it is there."""
        return ""

    def may_begin(self, message: Message) -> bool:
        """While there is room: each message that is begun is one more that has to be changed later."""
        address = load(message.answer_at)
        since = time.monotonic() - BEGUN_S
        if sum(at > since for at in self._begun.values()) >= UPDATES // 2 or not self._client.is_roomy("chat.update"):
            return False
        return address.private or self._client.is_roomy("chat.postMessage", address.channel)

    async def change(self, message: Message, posted_as: str, card: Card, *, done: bool) -> str | None:
        """Put the card in the place of what stands there."""
        known = posted(posted_as)
        if known is None:
            return None
        if not done and not self._client.is_roomy("chat.update"):
            return posted_as
        address = load(message.answer_at)
        place = address if address.channel == known.channel else Address(known.channel)
        draft = await self._draft(message, card, place, in_thread=bool(place.thread_ts))
        try:
            await tried(lambda: self._client.chat_update(channel=known.channel, ts=known.ts, **draft))
            self._count(message, done=done)
        except SlackApiError as error:
            if code_of(error) in GONE:
                return None
            raise refused(error) from error
        return posted_as

    async def post(self, message: Message, job_id: str, card: Card, *, done: bool) -> str:
        """In the channel or thread; where the bot is no member, or it is private, in the asker's direct messages."""
        address = load(message.answer_at)
        self._count(message, done=done)
        if address.channel and not address.private and (sent := await self._post(message, job_id, card, address)):
            return str(sent)
        direct = Address(await self._direct_channel(message.user))
        if sent := await self._post(message, job_id, card, direct):
            return str(sent)
        raise DeliveryError("The asker can't be reached, not by a direct message either", lasting=True)

    async def existing(self, message: Message, job_id: str) -> str | None:
        """The message that carries the job's id, looked for where it may have been posted."""
        address, since = load(message.answer_at), _said_at(message)
        try:
            if address.channel and not address.private and await self._is_in(address):
                found = await self._poster.look(address, job_id, since)
            else:
                found = await self._poster.look(Address(await self._direct_channel(message.user)), job_id, since)
        except SlackApiError as error:
            if code_of(error) in VOID - {"missing_scope"}:
                raise refused(error) from error
            logger.warning("nobody can look whether an answer is there: %s", code_of(error))
            return None
        return str(found) if found else None

    async def remind(self, message: Message, job_id: str, posted_as: str, words: str) -> None:
        """A reply in the answer's thread that mentions the asker: changes notify nobody."""
        known, address = posted(posted_as), load(message.answer_at)
        if known is None:
            return
        place = replace(address, channel=known.channel, thread_ts=address.thread_ts or known.ts)
        key = f"{job_id}-ready"
        draft = {"text": f"<@{message.user}> {words}", **QUIET}
        try:
            await self._poster.once(place, key, draft, unsure=True)
        except (SlackApiError, DeliveryError) as error:
            logger.warning("a reminder could not be posted: %s", error)

    async def _post(self, message: Message, job_id: str, card: Card, place: Address) -> Posted | None:
        if not await self._is_in(place):
            return None
        draft = await self._draft(message, card, place, in_thread=bool(place.thread_ts))
        try:
            return await self._poster.once(place, job_id, {**draft, **QUIET})
        except SlackApiError as error:
            if code_of(error) in GONE:
                self._member.discard(place.channel)
                return None
            raise refused(error) from error

    async def _is_in(self, place: Address) -> bool:
        """Whether the bot is in a channel: only commands come from others, and they may be used anywhere."""
        if not place.response_url or place.channel.startswith("D") or place.channel in self._member:
            return True
        try:
            found = await tried(lambda: self._client.conversations_info(channel=place.channel))
        except SlackApiError as error:
            return code_of(error) not in GONE
        if not (found["channel"].get("is_member") or found["channel"].get("is_im")):
            return False
        self._member.add(place.channel)
        return True

    async def _direct_channel(self, user: str) -> str:
        if user in self._direct:
            return self._direct[user]
        while len(self._direct) >= REMEMBERED:
            del self._direct[next(iter(self._direct))]
        try:
            found = await tried(lambda: self._client.conversations_open(users=user))
        except SlackApiError as error:
            raise refused(error) from error
        self._direct[user] = str(found["channel"]["id"])
        return self._direct[user]

    def _count(self, message: Message, *, done: bool) -> None:
        """Keep count of messages that wait for their last change, unless another process has changed them."""
        while len(self._begun) >= REMEMBERED:
            del self._begun[next(iter(self._begun))]
        if done:
            self._begun.pop(message.event_id, None)
        else:
            self._begun[message.event_id] = time.monotonic()

    async def _draft(self, message: Message, card: Card, place: Address, *, in_thread: bool) -> dict[str, Any]:
        """A message's fields; in a thread the asker's own words stand above it already."""
        shown = replace(card, heading="") if in_thread else card
        try:
            files = {} if card.veiled else await self._files.of(card.pictures)
        except SlackApiError as error:
            raise refused(error) from error
        direct = place.channel.startswith("D")
        mention = "" if in_thread or direct else message.user
        blocks = blocks_of(shown, files, mention, say("show", message.tongue))
        return {"text": fallback(shown), "blocks": blocks}


def _said_at(message: Message) -> str:
    """When it was asked for by Slack's clock, as far as the event tells."""
    found = TS.search(message.event_id)
    return found[0] if found else ""
