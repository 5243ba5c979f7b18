"""Puts cards where they belong: into the interaction's message, into the bot's own, below a person's, or into a DM."""

from collections.abc import Callable
from typing import Any

import discord

from adapters.discord.address import Address, Posted
from adapters.discord.rendering import Rendered
from adapters.discord.trouble import is_closed, is_gone, refused, tried
from bot.errors import DeliveryError

NONCE_CHARACTERS = 25
LOOKED_AT = 100
NOBODY = discord.AllowedMentions.none()


class Courier:
    """Shows things on Discord; every call may be repeated without a second message.

    Args:
        client: Logged in.
    """

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def change(self, address: Address, posted: Posted | None, draft: Rendered) -> Posted | None:
        """Put a draft in the place of what stands there; None where nothing can be changed.

        Raises:
            DeliveryError: Discord is not to be had, or does not take the draft.
        """
        if address.has_token and (done := await self._edit_by_token(address, draft)):
            return done
        if posted and not address.private and (done := await self._edit_as_bot(posted, draft)):
            return done
        return None

    async def post(self, address: Address, user: str, nonce: str, draft: Rendered) -> Posted:
        """Post a draft where the answer belongs, as a direct message where that can't be.

        Raises:
            DeliveryError: Discord is not to be had, or no way leads to the asker.
        """
        if address.member and not address.private and (done := await self._send(address, nonce, draft)):
            return done
        if done := await self._direct(user, nonce, draft):
            return done
        raise DeliveryError("The asker can't be reached any more, not by a direct message either", lasting=True)

    async def existing(self, address: Address) -> Posted | None:
        """The bot's reply to the person's message, looked for in the channel; None where there is none to be seen."""
        if not address.message or self._client.user is None:
            return None
        channel, own = self._channel(address.channel), self._client.user.id

        async def look() -> Posted | None:
            async for one in channel.history(after=discord.Object(address.message), limit=LOOKED_AT):
                if one.author.id == own and one.reference and one.reference.message_id == address.message:
                    return Posted(address.channel, one.id)
            return None

        try:
            return await tried(look)
        except discord.HTTPException:
            return None  # the channel's history may not be read: the nonce is all there is

    async def remind(self, address: Address, posted: Posted, user: str, nonce: str, words: str) -> None:
        """Tell somebody who had to wait that it is there: edits notify nobody."""
        mention, only = f"<@{user}> {words}", discord.AllowedMentions(users=[discord.Object(int(user))])
        reference = discord.MessageReference(
            message_id=posted.message, channel_id=posted.channel, fail_if_not_exists=False
        )
        channel = self._channel(posted.channel)

        async def send() -> None:
            await channel.send(mention, reference=reference, nonce=nonce, allowed_mentions=only)

        async def follow_up() -> None:
            await self._hook(address).send(mention, allowed_mentions=only)

        if address.private or not (address.member or address.has_token):
            return
        await self._quietly(send if address.member else follow_up)

    async def remove(self, address: Address, posted: Posted | None) -> bool:
        """Take a message away; False where that can't be done."""
        if posted is None or address.private:
            return False
        message = self._channel(posted.channel).get_partial_message(posted.message)
        return await self._quietly(message.delete)

    async def _edit_by_token(self, address: Address, draft: Rendered) -> Posted | None:
        hook = self._hook(address)

        async def edit() -> Posted:
            # Discord calls the first answer by this name; discord.py's type knows numbers only.
            original: Any = "@original"
            done = await hook.edit_message(original, **_changes(draft))
            return Posted(address.channel, done.id)

        return await _if_there(edit)

    async def _edit_as_bot(self, posted: Posted, draft: Rendered) -> Posted | None:
        message = self._channel(posted.channel).get_partial_message(posted.message)

        async def edit() -> Posted:
            await message.edit(**_changes(draft))
            return posted

        return await _if_there(edit)

    async def _send(self, address: Address, nonce: str, draft: Rendered) -> Posted | None:
        more: dict[str, Any] = {"nonce": nonce, "mention_author": False}
        if address.message:
            more["reference"] = discord.MessageReference(
                message_id=address.message, channel_id=address.channel, fail_if_not_exists=False
            )
        channel = self._channel(address.channel)

        async def send() -> Posted:
            done = await channel.send(**_whole(draft), **more)
            return await _as_wanted(done, draft)

        return await _if_there(send)

    async def _direct(self, user: str, nonce: str, draft: Rendered) -> Posted | None:
        async def send() -> Posted:
            channel = await self._client.create_dm(discord.Object(int(user)))
            return await _as_wanted(await channel.send(**_whole(draft), nonce=nonce), draft)

        return await _if_there(send)

    async def _quietly(self, call: Callable[[], Any]) -> bool:
        """Do what is nice to have; an answer that is there must not fail for it."""
        try:
            await tried(call)
        except (discord.HTTPException, DeliveryError):
            return False
        return True

    def _channel(self, channel_id: int) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(channel_id)

    def _hook(self, address: Address) -> discord.Webhook:
        return discord.Webhook.partial(self._client.application_id or 0, address.token, client=self._client)


async def _if_there(call: Callable[[], Any]) -> Posted | None:
    """What a call gives; None where what it is about is gone, or closed to the bot."""
    try:
        done: Posted = await tried(call)
    except discord.HTTPException as error:
        if is_gone(error) or is_closed(error):
            return None
        raise refused(error) from error
    return done


async def _as_wanted(sent: discord.Message, draft: Rendered) -> Posted:
    """The message that was sent; one that stood there with the same nonce already is changed to the draft."""
    if sent.content != draft.content:
        await sent.edit(**_changes(draft))
    return Posted(sent.channel.id, sent.id)


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
