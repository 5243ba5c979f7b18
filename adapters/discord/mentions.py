"""Mentions, direct messages, replies to pictures, and what is said in a picture's thread."""

import re

import discord

from adapters.discord.address import Posted
from adapters.discord.attachments import pictures_of
from adapters.discord.intake import Intake
from adapters.discord.people import address_of_message, place_of_message, writer_of
from adapters.discord.rendering import content_of
from bot import log
from bot.chat import Ask, Place, refused
from bot.errors import LimnerError
from bot.messages import Message as Said

logger = log.get("discord")


class Mentions:
    """Takes messages that are meant for Limner; all others are not looked at.

    Args:
        own: Id of the bot's user.
        reads_all: Whether Discord shows the words of messages that mention nobody.
    """

    def __init__(self, intake: Intake, own: int, *, reads_all: bool) -> None:
        self._intake, self._own, self._reads_all = intake, own, reads_all

    async def said(self, message: discord.Message) -> None:
        """Take a message, if it is for Limner; what can't be taken is answered in words."""
        if message.author.bot or message.type not in (discord.MessageType.default, discord.MessageType.reply):
            return
        meant = await self._meant(message)
        if meant is None and not self._is_for_us(message):
            return
        self._intake.posts.fresh.add(str(message.id))
        try:
            await self._intake.front.ask(await self._ask(message, meant))
        except LimnerError as error:
            self._intake.posts.fresh.discard(str(message.id))
            await self._refuse(message, error)

    def _is_for_us(self, message: discord.Message) -> bool:
        return message.guild is None or any(user.id == self._own for user in message.mentions)

    async def _ask(self, message: discord.Message, meant: str | None) -> Ask:
        asker, place = writer_of(message), place_of_message(message)
        text, files = self._words(message.content), pictures_of(message)
        pointed = message.reference.resolved if message.reference and meant is None else None
        if isinstance(pointed, discord.Message) and pointed.author.id != self._own:
            # 'Paint this', as a reply to somebody else's words or picture.
            files = files or pictures_of(pointed)
            text = text or pointed.content
        brought = await self._intake.attachments.take(files, asker.id)
        answer_at = address_of_message(message).dump()
        return Ask(str(message.id), asker, place, text, attachments=brought, reply_to=meant, answer_at=answer_at)

    async def _meant(self, message: discord.Message) -> str | None:
        """The picture that a message is about: the one that it replies to, or the one that its thread began with."""
        if message.reference and message.reference.message_id:
            return await self._picture_at(message.reference.channel_id, message.reference.message_id)
        if not isinstance(message.channel, discord.Thread) or not (self._reads_all or self._is_for_us(message)):
            return None
        if message.mentions and not self._is_for_us(message):
            return None  # people speak to each other there as well
        first = await self._picture_at(message.channel.parent_id, message.channel.id)
        if first and await self._has_spoken(place_of_message(message)):
            # Later words go on from the picture that was made last; the thread is Limner's all the same.
            return None if self._is_for_us(message) else await self._latest(message) or first
        return first

    async def _picture_at(self, channel_id: int, message_id: int) -> str | None:
        exchange = await self._intake.limner.posted("discord", str(Posted(channel_id, message_id)))
        pictures = exchange.reply.pictures if exchange and exchange.reply else ()
        return pictures[0].id if pictures else None

    async def _has_spoken(self, place: Place) -> bool:
        return bool(await self._intake.limner.history(_conversation(place), limit=1))

    async def _latest(self, message: discord.Message) -> str | None:
        """The picture that was made last in a thread."""
        for exchange in reversed(await self._intake.limner.history(_conversation(place_of_message(message)))):
            if exchange.reply and exchange.reply.pictures:
                return exchange.reply.pictures[0].id
        return None

    def _words(self, content: str) -> str:
        """What was said, without the mention that it began or ended with."""
        return re.sub(rf"<@!?{self._own}>", " ", content).strip()

    async def _refuse(self, message: discord.Message, error: LimnerError) -> None:
        try:
            await message.reply(content_of(refused(str(error))), mention_author=False, nonce=f"no{message.id}")
        except discord.HTTPException as failure:
            logger.warning("a refusal could not be posted: %s", failure)


def _conversation(place: Place) -> str:
    return Said("discord", "", "", "", place.channel, place.thread).conversation
