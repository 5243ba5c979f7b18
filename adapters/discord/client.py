"""The connection to Discord: discord.py's sharded client, kept small, handing everything on."""

import threading
from collections.abc import Awaitable, Callable
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket, KeepAliveHandler
from discord.http import Route

from adapters.discord.people import Use
from adapters.discord.settings import DiscordSettings

Ready = Callable[[], Awaitable[None]]
Heard = Callable[[discord.Message], Awaitable[None]]
Told = Callable[[int], None]
Used = Callable[[Use], Awaitable[None]]


class Client(discord.AutoShardedClient):
    """One connection, from login to close.

    It remembers no messages, members or buttons, so that its memory does not grow with what passes through.

    Attributes:
        tree: The commands.
        on_used, on_heard: What takes interactions other than commands, and messages.
        on_online: All shards are there, be it the first time or after a session was lost.
        on_lost, on_back, on_whole: A shard's connection broke; it has a new session; it goes on and nothing was missed.
    """

    on_used: Used
    on_heard: Heard
    on_online: Ready
    on_lost: Told
    on_back: Told
    on_whole: Told

    def __init__(self, settings: DiscordSettings) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        intents.message_content = settings.message_content
        super().__init__(
            intents=intents,
            shard_count=settings.shards,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.tree = app_commands.CommandTree(self)

    async def close(self) -> None:
        """End the connection, and those with it that were never whole.

        discord.py forgets a gateway connection that is given up while it identifies; the thread of its heartbeat would
        outlive the event loop.
        """
        try:
            await super().close()
        finally:
            beats = [one for one in threading.enumerate() if isinstance(one, KeepAliveHandler)]
            for beat in beats:
                if beat.ws._connection is self._connection:  # noqa: SLF001
                    await beat.ws.close()

    async def on_ready(self) -> None:
        """All shards are there."""
        await self.on_online()

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """A shard's connection broke."""
        self.on_lost(shard_id)

    async def on_shard_connect(self, shard_id: int) -> None:
        """A shard has a session."""
        self.on_back(shard_id)

    async def on_shard_resumed(self, shard_id: int) -> None:
        """A shard's session goes on."""
        self.on_whole(shard_id)

    async def on_message(self, message: discord.Message) -> None:
        """Somebody said something."""
        await self.on_heard(message)

    async def on_interaction(self, use: Use) -> None:
        """Somebody pressed a button or sent a form; commands go to the tree."""
        if use.type in (discord.InteractionType.component, discord.InteractionType.modal_submit):
            await self.on_used(use)


def point_at(settings: DiscordSettings) -> None:
    """Tell discord.py where Discord is; it knows that in two places, for the whole process."""
    Route.BASE = settings.api_base_url.rstrip("/")
    gateway: Any = yarl.URL(settings.gateway_url)
    DiscordWebSocket.DEFAULT_GATEWAY = gateway
