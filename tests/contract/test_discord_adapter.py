"""The Discord adapter does what every chat adapter must, asked by mention and asked by command."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from adapters.discord.adapter import Discord
from bot.testing import Post
from bot.testing.contract import AdapterContract, Stage
from tests.discord_server import DiscordServer, discord_server
from tests.discord_server.state import Message
from tests.helpers.discord_bot import settings_of


class DiscordStage(Stage):
    """A server with one channel, where Ana and Ben mention Limner."""

    refusable = (" ",)  # a message of ten thousand characters can't be sent there

    def __init__(self, server: DiscordServer) -> None:
        guild = server.guild()
        self.server, self.channel = server, server.channel(guild)
        self.people = {name: server.person(name, guild=guild) for name in ("ana", "ben")}
        self._last: Any = None

    def adapter(self) -> Discord:
        return Discord(settings_of(self.server))

    async def say(self, text: str, person: str = "ana") -> None:
        await self.server.gateway.ready()
        words = f"{self.server.bot.mention} {text}"
        self._last = (await self.people[person].say(self.channel, words)).said

    async def press(self, post: Post, kind: str, person: str = "ana") -> None:
        await self.server.gateway.ready()
        [button] = [key for key in post.buttons if key.startswith(f"{kind}:")][:1]
        pressed = await self.people[person].press(self.channel.messages[post.id], button)
        self._last = pressed.interaction

    async def repeat(self) -> None:
        gateway = self.server.gateway
        if isinstance(self._last, Message):
            gateway.say("MESSAGE_CREATE", self._last, self.channel)
            return
        payload = self.server.interactions.payload(self._last)
        self._last.unsure = True  # Discord would not hold a second answer against anybody here
        gateway.dispatch(
            "INTERACTION_CREATE", payload, self.channel, self.channel.guild.id if self.channel.guild else None
        )

    async def posts(self) -> list[Post]:
        own = [one for one in self.channel.messages.values() if one.author.bot and not one.deleted_at]
        return [self._post(one) for one in own]

    def down(self) -> AbstractAsyncContextManager[None]:
        return self.server.away()

    def _post(self, message: Message) -> Post:
        buttons = tuple(part["custom_id"] for part in message.interactive)
        pictures = [one for one in message.attachments if one.filename.startswith("limner-")]
        return Post(
            id=message.id,
            to=self._to(message),
            text=message.content,
            pictures=tuple(hashlib.sha256(one.data).hexdigest() for one in pictures),
            buttons=buttons,
            final=not message.loading and not any(key.startswith("cancel:") for key in buttons),
        )

    def _to(self, message: Message) -> str:
        if message.cause:
            return str(message.cause.user.name)
        asked = self.channel.messages[(message.reference or {})["message_id"]]
        return asked.author.name


class CommandStage(DiscordStage):
    """The same, where they use the command."""

    refusable = ()  # Discord checks the lengths of options itself

    async def say(self, text: str, person: str = "ana") -> None:
        await self.server.gateway.ready()
        await self.server.until(lambda: "imagine" in self.people[person].commands(self.channel))
        self._last = (await self.people[person].slash(self.channel, "imagine", prompt=text)).interaction


class TestByMention(AdapterContract):
    """Asked by mention."""

    @asynccontextmanager
    async def stage(self, folder: Path) -> AsyncIterator[Stage]:
        async with discord_server() as server:
            yield DiscordStage(server)
            assert server.problems == []
            assert server.duplicates() == []


@pytest.mark.proof
class TestByCommand(AdapterContract):
    """Asked by command."""

    @asynccontextmanager
    async def stage(self, folder: Path) -> AsyncIterator[Stage]:
        async with discord_server() as server:
            yield CommandStage(server)
            assert server.problems == []
            assert server.duplicates() == []
