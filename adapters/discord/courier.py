"""Puts cards where they belong: into the interaction's message, into the bot's own, below a person's, or into a DM."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import discord

from adapters.discord.address import Address, Posted, load, posted
from adapters.discord.rendering import Rendered, rendered
from adapters.discord.trouble import is_closed, is_gone, refused, tried
from bot import log
from bot.chat import Card
from bot.chat.words import say
from bot.errors import DeliveryError
from bot.messages import Message

NONCE_CHARACTERS = 25
LOOKED_AT = 100
NOBODY = discord.AllowedMentions.none()

logger = log.get("discord")


class DiscordCourier:
    """Shows cards on Discord; `bot.chat.posts.Courier` says what its methods do.

    Args:
        client: Logged in.
    """

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    def shares(self, message: Message) -> str:
        """Changes by the bot itself share the channel's limit; an interaction has one of its own."""
        address = load(message.answer_at)
        return "" if address.has_token else str(address.channel)

    def caveat(self, message: Message) -> str:
        """Where the bot may not post, an answer that takes long comes another way."""
        address = load(message.answer_at)
        return "" if address.member or address.private else say("later", message.tongue)

    def may_begin(self, message: Message) -> bool:
        """An interaction has its message from the start."""
        return bool(load(message.answer_at).message)

    async def change(self, message: Message, posted_as: str, card: Card, *, done: bool) -> str | None:
        """By the interaction's token while that is good, else as the bot."""
        address, draft = load(message.answer_at), await self._draft(message, card, done=done)
        if address.has_token and (changed := await self._edit_by_token(address, draft)):
            return str(changed)
        known = posted(posted_as)
        if known and not address.private and (changed := await self._edit_as_bot(known, draft)):
            return str(changed)
        return None

    async def post(self, message: Message, job_id: str, card: Card, *, done: bool) -> str:
        """Below the person's message, or with a mention of them; where that can't be, as a direct message."""
        address, nonce = load(message.answer_at), nonce_of(job_id)
        mention = "" if address.message else f"<@{message.user}>"
        draft = await self._draft(message, card, done=done, for_whom=mention)
        if address.member and not address.private and (sent := await self._send(address, nonce, draft)):
            return str(sent)
        if sent := await self._direct(message.user, nonce, draft):
            return str(sent)
        raise DeliveryError("The asker can't be reached any more, not by a direct message either", lasting=True)

    async def existing(self, message: Message, job_id: str) -> str | None:
        """The bot's reply to the person's message, looked for in the channel."""
        address, own = load(message.answer_at), self._client.user
        if not address.message or own is None:
            return None
        channel = self._channel(address.channel)

        async def look() -> str | None:
            async for one in channel.history(after=discord.Object(address.message), limit=LOOKED_AT):
                if one.author.id == own.id and one.reference and one.reference.message_id == address.message:
                    return str(Posted(address.channel, one.id))
            return None

        try:
            return await tried(look)
        except discord.HTTPException:
            return None  # the channel's history may not be read: the nonce is all there is

    async def remind(self, message: Message, job_id: str, posted_as: str, words: str) -> None:
        """A reply to the answer that mentions the asker: edits notify nobody."""
        address, known = load(message.answer_at), posted(posted_as)
        if address.private or known is None or not (address.member or address.has_token):
            return
        mention = f"<@{message.user}> {words}"
        only = discord.AllowedMentions(users=[discord.Object(int(message.user))])
        more: dict[str, Any] = {"allowed_mentions": only}
        if not address.member:
            await _quietly(lambda: self._hook(address).send(mention, **more))
            return
        more |= {"nonce": nonce_of(job_id, "r"), "reference": _reference(known.channel, known.message)}
        await _quietly(lambda: self._channel(known.channel).send(mention, **more))

    async def _draft(self, message: Message, card: Card, *, done: bool, for_whom: str = "") -> Rendered:
        address = load(message.answer_at)
        # Below a person's own message their words need not be repeated.
        shown = replace(card, heading="") if address.message else card
        return replace(await rendered(shown, address.limit_bytes, for_whom=for_whom), whole=done)

    async def _edit_by_token(self, address: Address, draft: Rendered) -> Posted | None:
        hook = self._hook(address)

        async def edit() -> Posted:
            # Discord calls the first answer by this name; discord.py's type knows numbers only.
            original: Any = "@original"
            done = await hook.edit_message(original, **_changes(draft))
            return Posted(address.channel, done.id)

        return await _if_there(edit)

    async def _edit_as_bot(self, known: Posted, draft: Rendered) -> Posted | None:
        message = self._channel(known.channel).get_partial_message(known.message)

        async def edit() -> Posted:
            await message.edit(**_changes(draft))
            return known

        return await _if_there(edit)

    async def _send(self, address: Address, nonce: str, draft: Rendered) -> Posted | None:
        more: dict[str, Any] = {"nonce": nonce, "mention_author": False}
        if address.message:
            more["reference"] = _reference(address.channel, address.message)
        channel = self._channel(address.channel)

        async def send() -> Posted:
            return await _as_wanted(await channel.send(**_whole(draft), **more), draft)

        return await _if_there(send)

    async def _direct(self, user: str, nonce: str, draft: Rendered) -> Posted | None:
        async def send() -> Posted:
            channel = await self._client.create_dm(discord.Object(int(user)))
            return await _as_wanted(await channel.send(**_whole(draft), nonce=nonce), draft)

        return await _if_there(send)

    def _channel(self, channel_id: int) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(channel_id)

    def _hook(self, address: Address) -> discord.Webhook:
        return discord.Webhook.partial(self._client.application_id or 0, address.token, client=self._client)


async def _if_there(call: Callable[[], Awaitable[Posted]]) -> Posted | None:
    """What a call gives; None where what it is about is gone, or closed to the bot."""
    try:
        return await tried(call)
    except discord.HTTPException as error:
        if is_gone(error) or is_closed(error):
            return None
        raise refused(error) from error


async def _quietly(call: Callable[[], Awaitable[object]]) -> None:
    """Do what is nice to have; an answer that is there must not fail for it."""
    try:
        await tried(call)
    except (discord.HTTPException, DeliveryError) as error:
        logger.warning("a reminder could not be posted: %s", error)


async def _as_wanted(sent: discord.Message, draft: Rendered) -> Posted:
    """The message that was sent; one that stood there with the same nonce already is changed to the draft."""
    if sent.content != draft.content:
        await sent.edit(**_changes(draft))
    return Posted(sent.channel.id, sent.id)


def _reference(channel_id: int, message_id: int) -> discord.MessageReference:
    return discord.MessageReference(message_id=message_id, channel_id=channel_id, fail_if_not_exists=False)


def _changes(draft: Rendered) -> dict[str, Any]:
    files = {"attachments": draft.files()} if draft.uploads or draft.whole else {}
    return {"content": draft.content, "view": draft.view(), "allowed_mentions": NOBODY, **files}


def _whole(draft: Rendered) -> dict[str, Any]:
    view = draft.view()
    known = {"view": view} if view else {}
    return {"content": draft.content, "files": draft.files(), "allowed_mentions": NOBODY, **known}


def nonce_of(job_id: str, what: str = "") -> str:
    """The same for the same message: within minutes, Discord posts it once only."""
    return f"{what}{job_id}"[:NONCE_CHARACTERS]
