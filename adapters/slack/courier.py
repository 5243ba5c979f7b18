"""Puts cards where they belong on Slack: into the message that is there, a channel, a thread, or direct messages."""

from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.address import Address, Posted, load, posted
from adapters.slack.blocks import blocks_of, fallback
from adapters.slack.files import Files
from adapters.slack.trouble import GONE, PASSING, code_of, refused, tried, waits_s
from bot import log
from bot.chat import Card
from bot.chat.words import say
from bot.errors import DeliveryError
from bot.messages import Message

LOOKED_AT = 100
EVENT = "limner_answer"
QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}

logger = log.get("slack")


class SlackCourier:
    """Shows cards on Slack; `bot.chat.posts.Courier` says what its methods do."""

    def __init__(self, client: AsyncWebClient, files: Files) -> None:
        self._client, self._files = client, files

    def shares(self, message: Message) -> str:
        """Changes of messages share one limit in the whole workspace."""
        return "updates"

    def caveat(self, message: Message) -> str:
        """Nothing: a message on Slack can be changed for as long as it is there."""
        return ""

    def may_begin(self, message: Message) -> bool:
        """Everywhere."""
        return True

    async def change(self, message: Message, posted_as: str, card: Card, *, done: bool) -> str | None:
        """Put the card in the place of what stands there."""
        known = posted(posted_as)
        if known is None:
            return None
        address = load(message.answer_at)
        draft = await self._draft(message, card, address, in_thread=bool(address.thread_ts))
        try:
            await tried(lambda: self._client.chat_update(channel=known.channel, ts=known.ts, **draft))
        except SlackApiError as error:
            if code_of(error) in GONE:
                return None
            raise refused(error) from error
        return posted_as

    async def post(self, message: Message, job_id: str, card: Card, *, done: bool) -> str:
        """In the channel or thread; where the bot is no member, or it is private, in the asker's direct messages."""
        address = load(message.answer_at)
        if address.channel and not address.private and (sent := await self._post(message, job_id, card, address)):
            return str(sent)
        direct = Address(await self._direct_channel(message.user))
        if sent := await self._post(message, job_id, card, direct):
            return str(sent)
        raise DeliveryError("The asker can't be reached, not by a direct message either", lasting=True)

    async def existing(self, message: Message, job_id: str) -> str | None:
        """The message that carries the job's id, looked for where it may have been posted."""
        address = load(message.answer_at)
        places = [address] if address.channel and not address.private else []
        try:
            places.append(Address(await self._direct_channel(message.user)))
            for place in places:
                if found := await self._look(place, job_id):
                    return str(found)
        except DeliveryError as error:
            logger.warning("nobody can look whether an answer is there: %s", error)
        return None

    async def remind(self, message: Message, job_id: str, posted_as: str, words: str) -> None:
        """A reply in the answer's thread that mentions the asker: changes notify nobody."""
        known, address = posted(posted_as), load(message.answer_at)
        if known is None:
            return
        place = replace(address, channel=known.channel, thread_ts=address.thread_ts or known.ts)
        key = f"{job_id}-ready"
        draft = {"text": f"<@{message.user}> {words}", **QUIET}
        try:
            await self._once(place, key, draft)
        except (SlackApiError, DeliveryError) as error:
            logger.warning("a reminder could not be posted: %s", error)

    async def _post(self, message: Message, job_id: str, card: Card, place: Address) -> Posted | None:
        draft = await self._draft(message, card, place, in_thread=bool(place.thread_ts))
        try:
            return await self._once(place, job_id, {**draft, **QUIET})
        except SlackApiError as error:
            if code_of(error) in GONE:
                return None
            raise refused(error) from error

    async def _once(self, place: Address, key: str, draft: dict[str, Any]) -> Posted:
        """Post; after an attempt that may have come through, look before it is repeated."""
        where: dict[str, Any] = {"channel": place.channel} | ({"thread_ts": place.thread_ts} if place.thread_ts else {})
        mark = {"event_type": EVENT, "event_payload": {"job": key}}
        unsure = False

        async def send() -> Posted:
            nonlocal unsure
            if unsure and (found := await self._look(place, key)):
                return found
            try:
                sent = await self._client.chat_postMessage(**where, **draft, metadata=mark)
            except PASSING:
                unsure = True
                raise
            except SlackApiError as error:
                unsure = waits_s(error, 0.0) >= 0 and getattr(error.response, "status_code", 0) != 429
                raise
            return Posted(sent["channel"], sent["ts"])

        done: Posted = await tried(send)
        return done

    async def _look(self, place: Address, key: str) -> Posted | None:
        more: dict[str, Any] = {"channel": place.channel, "include_all_metadata": True, "limit": LOOKED_AT}
        try:
            if place.thread_ts:
                found = await tried(lambda: self._client.conversations_replies(ts=place.thread_ts, **more))
            else:
                found = await tried(lambda: self._client.conversations_history(**more))
        except SlackApiError:
            return None  # the history may not be read
        for one in found["messages"]:
            if one.get("metadata", {}).get("event_payload", {}).get("job") == key:
                return Posted(place.channel, one["ts"])
        return None

    async def _direct_channel(self, user: str) -> str:
        try:
            found = await tried(lambda: self._client.conversations_open(users=user))
        except SlackApiError as error:
            raise refused(error) from error
        return str(found["channel"]["id"])

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
