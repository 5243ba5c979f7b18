"""The Slack adapter does what every chat adapter must, asked by mention, by command and by direct message."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.adapter import Slack
from bot.testing import Post
from bot.testing.contract import AdapterContract, Stage
from tests.helpers.slack_bot import connected, settings_of
from tests.slack_server import SlackServer, slack_server
from tests.slack_server.blocks import elements
from tests.slack_server.delivery import Delivery
from tests.slack_server.state import Message


class SlackStage(Stage):
    """A workspace with one channel, where Ana and Ben mention Limner; events come by Socket Mode."""

    refusable = (" ", "a red car " * 1_000)
    mode = "socket"

    def __init__(self, server: SlackServer) -> None:
        self.server = server
        self.people = {name: server.person(name) for name in ("ana", "ben")}
        self.channel = server.channel()
        self._adapter: Slack
        self._last: list[Delivery] = []

    def adapter(self) -> Slack:
        self._adapter = Slack(settings_of(self.server, mode=self.mode))
        return self._adapter

    async def say(self, text: str, person: str = "ana") -> None:
        await self._do(self.people[person].mention(self.channel, text))

    async def press(self, post: Post, kind: str, person: str = "ana") -> None:
        message = next(one for one in self.server.world.posts if one.ts == post.id)
        button = next(key for key in post.buttons if key.startswith(f"{kind}:"))
        await self._do(self.people[person].press(message, button))

    async def repeat(self) -> None:
        for one in self._last:
            if one.kind == "events_api":
                self.server.again(one)
            else:
                await self.server.deliveries.ask(one.kind, one.payload)

    async def posts(self) -> list[Post]:
        return [self._post(one) for one in self.server.world.posts if not one.deleted_at]

    def down(self) -> AbstractAsyncContextManager[None]:
        return self.server.away()

    async def _do(self, doing: Any) -> None:
        """Do something as soon as Limner hears of it, and note what it was told."""
        await connected(self.server, self._adapter, self.mode)
        already = len(self.server.deliveries.all)
        await doing
        self._last = self.server.deliveries.all[already:]

    def _post(self, message: Message) -> Post:
        buttons = [part for _, part in elements(list(message.blocks)) if part["type"] == "button"]
        keys = tuple(str(part["value"]) for part in buttons)
        return Post(
            id=message.ts,
            to=self._to(message),
            text=message.text,
            pictures=tuple(hashlib.sha256(one.data or b"").hexdigest() for one in message.pictures),
            buttons=keys,
            final=not any(key.startswith("cancel:") for key in keys),
        )

    def _to(self, message: Message) -> str:
        """Who is answered: who wrote above in the thread, who is mentioned, or whose direct messages these are."""
        if message.only_for:
            return message.only_for.name
        if message.channel.kind == "im":
            return next(one.name for one in message.channel.members if not one.bot)
        if message.thread_ts:
            return message.channel.messages[message.thread_ts].user.name
        shown = str(message.blocks)
        return next(name for name, one in self.people.items() if one.id in shown)


class CommandStage(SlackStage):
    """The same, where they use the command; events come by HTTP."""

    refusable = ("a red car " * 1_000, "a red car --colour blue")  # nothing at all opens a form
    mode = "http"

    async def say(self, text: str, person: str = "ana") -> None:
        await self._do(self.people[person].command("/imagine", text, self.channel))


class DirectStage(SlackStage):
    """The same, where each writes to Limner alone."""

    async def say(self, text: str, person: str = "ana") -> None:
        await self._do(self.people[person].say(self.people[person].dm(), text))


class _Contract(AdapterContract):
    made: type[SlackStage]

    @asynccontextmanager
    async def stage(self, folder: Path) -> AsyncIterator[Stage]:
        async with slack_server() as server:
            yield self.made(server)
            assert server.problems == []
            assert server.duplicates() == []


class TestByMention(_Contract):
    """Asked by mention."""

    made = SlackStage


@pytest.mark.proof
class TestByCommand(_Contract):
    """Asked by command."""

    made = CommandStage


@pytest.mark.proof
class TestByDirectMessage(_Contract):
    """Asked by direct message."""

    made = DirectStage
