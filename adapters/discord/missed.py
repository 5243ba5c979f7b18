"""What was said while nobody listened: found in the history, from the last message that was taken care of."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import discord

from adapters.discord.client import Client
from adapters.discord.trouble import PASSING
from bot import Limner, log
from bot.errors import StoreError

SAVE_EVERY_S = 5.0
CHANNELS_READ = 200
MESSAGES_READ = 200
DMS_KNOWN = 100
SEEN, DMS = "seen", "dms"

logger = log.get("discord")
Spoken = discord.TextChannel | discord.VoiceChannel | discord.Thread
Take = Callable[[discord.Message], Awaitable[None]]


class Missed:
    """Hands messages on, and remembers up to where that was done.

    Args:
        take: Takes a message that may be for Limner; the same one twice does no harm.
    """

    def __init__(self, client: Client, limner: Limner, take: Take) -> None:
        self._client, self._limner, self._take = client, limner, take
        self._newest = 0
        self._since = 0  # from here on messages may be missing; 0 where none can be
        self._open: set[int] = set()
        self._away: set[int] = set()
        self._dms: dict[int, None] = {}
        self._saved: tuple[str, str] = ("", "")

    async def heard(self, message: discord.Message) -> None:
        """Take a message that has just come."""
        with self._under_way(message.id):
            if message.guild is None:
                self._know_dm(message.channel.id)
            await self._take(message)

    async def begin(self) -> None:
        """Recall how far an earlier session came; nothing newer counts as taken care of before `catch_up`."""
        known = json.loads(await self._limner.recall("discord", DMS) or "[]")
        self._dms = dict.fromkeys(known)
        self._since = int(await self._limner.recall("discord", SEEN) or 0)
        self._newest = self._since or discord.utils.time_snowflake(discord.utils.utcnow())

    def lost(self, shard: int) -> None:
        """A shard's connection broke: what comes from here on may be missing."""
        self._since = self._since or self._newest
        self._away.add(shard)

    def back(self, shard: int) -> None:
        """A shard has a new session; what is missing has to be read."""
        self._away.discard(shard)

    def resumed(self, shard: int) -> None:
        """A shard goes on where it broke, and Discord sends what was missing."""
        self._away.discard(shard)
        if not self._away:
            self._since = 0

    async def catch_up(self) -> None:
        """Read what came since the last session, where the history may be read."""
        if self._away:
            return  # told of a session that is over again
        since = self._since
        for channel in self._waiting(since) if since else ():
            await self._read(channel, since)
        self._since = 0

    async def save(self) -> None:
        """Write down how far everything is taken care of: at once, now and then, and when it is cancelled."""
        try:
            while True:
                await self._save_now()
                await asyncio.sleep(SAVE_EVERY_S)
        finally:
            await self._save_now()

    async def _save_now(self) -> None:
        # A message that is still being taken must be found again, and so must those after it.
        seen = min([self._newest, *(one - 1 for one in self._open), *[self._since] * bool(self._since)])
        now = (str(seen), json.dumps(list(self._dms)))
        try:
            for key, value, before in zip((SEEN, DMS), now, self._saved, strict=True):
                if value != before:
                    await self._limner.remember("discord", key, value)
        except StoreError as error:
            logger.warning("%s", error)
        else:
            self._saved = now

    def _waiting(self, since: int) -> list[discord.abc.Messageable]:
        """Channels with something new that may be read, and the latest direct messages' channels."""
        guilds = self._client.guilds
        found = [channel for guild in guilds for channel in _channels(guild) if (channel.last_message_id or 0) > since]
        readable = [channel for channel in found if _may_read(channel)]
        dms = [self._client.get_partial_messageable(channel_id) for channel_id in self._dms]
        return [*dms, *readable[:CHANNELS_READ]]

    async def _read(self, channel: discord.abc.Messageable, since: int) -> None:
        try:
            async for message in channel.history(after=discord.Object(since), limit=MESSAGES_READ, oldest_first=True):
                await self.heard(message)
        except (discord.HTTPException, *PASSING) as error:
            logger.warning("what was said in a channel meanwhile can't be read: %s", error)

    def _know_dm(self, channel_id: int) -> None:
        self._dms.pop(channel_id, None)
        self._dms[channel_id] = None
        while len(self._dms) > DMS_KNOWN:
            del self._dms[next(iter(self._dms))]

    @contextmanager
    def _under_way(self, message_id: int) -> Iterator[None]:
        self._newest = max(self._newest, message_id)
        self._open.add(message_id)
        try:
            yield
        finally:
            self._open.discard(message_id)


def _channels(guild: discord.Guild) -> list[Spoken]:
    return [*guild.text_channels, *guild.voice_channels, *guild.threads]


def _may_read(channel: Spoken) -> bool:
    allowed = channel.permissions_for(channel.guild.me)
    return allowed.view_channel and allowed.read_message_history
