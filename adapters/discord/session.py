"""One session with Discord: the client and all that hangs on it, put together in one place."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord

from adapters.discord.attachments import Attachments
from adapters.discord.buttons import Buttons
from adapters.discord.client import Client, point_at
from adapters.discord.commands import add_commands
from adapters.discord.courier import DiscordCourier
from adapters.discord.intake import Intake
from adapters.discord.mentions import Mentions
from adapters.discord.missed import Missed
from adapters.discord.people import Use
from adapters.discord.settings import DiscordSettings
from adapters.discord.syncing import sync
from bot import Limner, log
from bot.chat import Front, Gate
from bot.chat.posts import Posts
from bot.errors import SettingsError

CANCEL_EVERY_S = 1.0

logger = log.get("discord")


class Session:
    """From login to the end of the connection.

    Attributes:
        posts: The messages of jobs.
    """

    def __init__(self, limner: Limner, settings: DiscordSettings) -> None:
        point_at(settings)
        self._settings, self._limner = settings, limner
        self._client = Client(settings)
        gate = Gate(settings.roles, settings.channels, settings.channels_off)
        front = Front(limner, "discord", gate)
        self.posts = Posts(limner, DiscordCourier(self._client), front, settings.mention_after_s)
        self._intake = Intake(limner, front, self.posts, Attachments(limner, settings))
        self._buttons = Buttons(self._intake)
        self._running: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def open(self, online: asyncio.Event) -> AsyncIterator[None]:
        """Be connected; `online` is set as soon as answers can be posted.

        Raises:
            SettingsError: Discord does not take the token.
            OSError: Discord is not to be had.
        """
        client = self._client
        client.on_used = self._used
        async with _ending(client):
            await self._log_in()
            assert client.user is not None
            mentions = Mentions(self._intake, client.user.id, reads_all=self._settings.message_content)
            missed = await self._listen(Missed(client, self._limner, mentions.said))
            add_commands(client.tree, self._intake)
            await sync(client, self._limner)
            online.set()  # REST is all that answers need
            # Connecting ends before the client is closed, else it may open what nobody closes any more.
            async with (
                _beside(client.connect(reconnect=True)) as self._running,
                _beside(missed.save(), self.posts.sweep()),
            ):
                yield

    async def closed(self) -> None:
        """Wait for the end of the connection, which discord.py mends by itself where it can.

        Raises:
            SettingsError: An intent is not granted, or the token was taken back.
            OSError: The gateway is not to be had.
        """
        assert self._running is not None
        # Not awaited itself: discord.py swallows a cancellation while it identifies anew, and would swallow ours.
        await asyncio.wait([self._running])
        try:
            await self._running
        except discord.PrivilegedIntentsRequired as error:
            raise SettingsError(
                "Discord does not grant the message-content intent",
                "Switch it on in the developer portal (Bot, Privileged Gateway Intents), or take message_content away.",
                "adapters.discord.message_content",
            ) from error
        except discord.ConnectionClosed as error:
            if error.code == 4004:
                raise _wrong_token() from error
            raise ConnectionError(f"the gateway closed with {error.code}") from error
        except (discord.DiscordException, aiohttp.ClientError, TimeoutError) as error:
            raise ConnectionError(str(error) or type(error).__name__) from error

    async def _listen(self, missed: Missed) -> Missed:
        await missed.begin()
        client = self._client
        client.on_heard, client.on_online = missed.heard, missed.catch_up
        client.on_lost, client.on_back, client.on_whole = missed.lost, missed.back, missed.resumed
        return missed

    async def _log_in(self) -> None:
        try:
            await self._client.login(self._settings.token.get_secret_value())
        except discord.LoginFailure as error:
            raise _wrong_token() from error
        except (discord.DiscordException, aiohttp.ClientError, TimeoutError) as error:
            raise ConnectionError(str(error) or type(error).__name__) from error

    async def _used(self, use: Use) -> None:
        taking = self._buttons.pressed if use.type is discord.InteractionType.component else self._buttons.sent
        await self._intake.guarded(use, taking(use))


@asynccontextmanager
async def _beside(*doing: Coroutine[Any, Any, None]) -> AsyncIterator[asyncio.Task[None]]:
    """Do things beside the block, and stop them at its end; the first one's task."""
    tasks = [asyncio.create_task(one) for one in doing]
    try:
        yield tasks[0]
    finally:
        while any(not task.done() for task in tasks):
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks, timeout=CANCEL_EVERY_S)  # discord.py may swallow one


@asynccontextmanager
async def _ending(client: Client) -> AsyncIterator[None]:
    """Close the client after the block, in whatever state it is."""
    try:
        yield
    finally:
        try:
            await client.close()
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            logger.warning("the connection did not end well: %s", error)


def _wrong_token() -> SettingsError:
    return SettingsError(
        "Discord does not know this bot token",
        "Copy it anew from the developer portal (Bot, Reset Token) into DISCORD_TOKEN.",
        "adapters.discord.token",
    )
