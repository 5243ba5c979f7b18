"""What `limner doctor discord --live` tries: one message, posted, changed, given a picture, and taken away again."""

import asyncio
import io
from dataclasses import dataclass
from functools import partial
from typing import Any

import discord

from adapters.discord.client import point_at
from adapters.discord.invite import PERMISSIONS, invite_link, lacking, may_post
from adapters.discord.live_trouble import TROUBLE, told
from adapters.discord.settings import DiscordSettings
from bot.doctor.finding import Check, Finding, ok, problem, size, warning
from bot.doctor.steps import Step, checks_of, noise, take

# Each step, in order, with the one without which it makes no sense.
STEPS = {"login": "", "channel": "login", "post": "channel", "edit": "post", "upload": "post", "delete": "post"}
STEP_S = 60.0
LONGEST_WAIT_S = 30.0  # for a rate limit; discord.py takes no less
SERVERS_TRIED = 20
POSTED = "Limner's doctor tries whether it can post here, and takes this away at once."
CHANGED = "Limner's doctor has changed this message, and takes it away at once."
FIND_ID = "Take a text channel's or a thread's: Discord's Developer Mode on, right-click it, Copy Channel ID"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the test message goes, and what the bot may do there."""

    channel: Any
    name: str
    permissions: int = PERMISSIONS

    @property
    def is_open(self) -> bool:
        """Whether the bot may post there."""
        return may_post(self.permissions, thread=isinstance(self.channel, discord.Thread))


def live_checks(settings: DiscordSettings, channel: str) -> list[Check]:
    """A check for each step; all steps are taken in order, once, by whichever check is carried out first.

    Args:
        settings: With a token.
        channel: Id of the channel to post in; empty takes the settings' first, or the first where the bot may.
    """
    return checks_of("discord", STEPS, Trial(settings, channel).run)


class Trial:
    """One round with Discord."""

    def __init__(self, settings: DiscordSettings, channel: str) -> None:
        self._settings = settings
        self._wanted = channel or next(iter(settings.channels), "")
        self._client: discord.Client
        self._place: Place
        self._message: discord.Message

    async def run(self) -> dict[str, Finding]:
        """Take all steps that can be taken; what was found at each."""
        point_at(self._settings)
        steps = (self._log_in, self._choose, self._post, self._edit, self._upload, self._delete)
        self._client = discord.Client(intents=discord.Intents(guilds=True), max_ratelimit_timeout=LONGEST_WAIT_S)
        async with self._client:
            return await take("discord", STEPS, [partial(self._tried, step) for step in steps])

    async def _tried(self, step: Step) -> Finding:
        try:
            async with asyncio.timeout(STEP_S):
                return await step()
        except TROUBLE as error:
            return told(error, self._settings, self._link)

    async def _log_in(self) -> Finding:
        await self._client.login(self._settings.token.get_secret_value())
        application = self._client.application
        assert application is not None
        granted = application.flags.gateway_message_content or application.flags.gateway_message_content_limited
        if self._settings.message_content and not granted:
            return problem(
                "Discord does not grant the message-content intent",
                "Switch it on in the developer portal (Bot, Privileged Gateway Intents), or take message_content away",
            )
        return ok(f"Discord knows the token; the bot is {self._client.user}, its application {application.id}")

    async def _choose(self) -> Finding:
        place = await (self._given() if self._wanted else self._first())
        if isinstance(place, Finding):
            return place
        self._place = place
        if lacks := lacking(place.permissions):
            return (warning if place.is_open else problem)(
                f"in {place.name} the bot lacks {', '.join(lacks)}",
                f"Let its role have that (the channel's Permissions, the server's Roles), or invite it: {self._link}",
            )
        return ok(f"the test message goes to {place.name}")

    async def _given(self) -> Place | Finding:
        """The channel that was named."""
        if not self._wanted.isdecimal():
            return problem(f"'{self._wanted}' is no channel's id", FIND_ID)
        channel: Any = await self._client.fetch_channel(int(self._wanted))
        if isinstance(channel, discord.DMChannel | discord.GroupChannel):
            return Place(channel, "a direct message")
        if isinstance(channel, discord.ForumChannel | discord.CategoryChannel):
            return problem(f"{channel} is no channel for messages", FIND_ID)
        guild, member = await self._member(channel.guild.id)
        # Permissions come with the server's roles, which a channel that is fetched by itself does not know.
        home: Any = await guild.fetch_channel(getattr(channel, "parent_id", 0) or channel.id)
        return Place(channel, f"#{channel.name} of '{guild.name}'", home.permissions_for(member).value)

    async def _first(self) -> Place | Finding:
        """The first text channel of the first server in which the bot may post."""
        servers = [server.id async for server in self._client.fetch_guilds(limit=SERVERS_TRIED)]
        if not servers:
            return problem("the bot is in no server", f"Invite it: {self._link}")
        for server in servers:
            guild, member = await self._member(server)
            rooms = [one for one in await guild.fetch_channels() if isinstance(one, discord.TextChannel)]
            for room in sorted(rooms, key=lambda one: (one.position, one.id)):
                place = Place(room, f"#{room.name} of '{guild.name}'", room.permissions_for(member).value)
                if place.is_open and str(room.id) not in self._settings.channels_off:
                    return place
        return problem(
            f"the bot may post in no text channel of its servers ({len(servers)} looked at)",
            f"Let its role view a channel and send messages there, or invite it anew: {self._link}",
        )

    async def _member(self, guild_id: int) -> tuple[discord.Guild, discord.Member]:
        assert self._client.user is not None
        guild = await self._client.fetch_guild(guild_id, with_counts=False)
        return guild, await guild.fetch_member(self._client.user.id)

    async def _post(self) -> Finding:
        self._message = await self._place.channel.send(POSTED, silent=True)
        return ok("posted")

    async def _edit(self) -> Finding:
        await self._message.edit(content=CHANGED)
        return ok("changed")

    async def _upload(self) -> Finding:
        png = await asyncio.to_thread(noise)
        changed = await self._message.edit(attachments=[discord.File(io.BytesIO(png), "limner-doctor.png")])
        if [one.size for one in changed.attachments] != [len(png)]:
            return problem(f"a picture of {size(len(png))} did not arrive whole", "Look at what stands between")
        return ok(f"a picture of {size(len(png))} arrived whole")

    async def _delete(self) -> Finding:
        await self._message.delete()
        return ok("taken away again")

    @property
    def _link(self) -> str:
        return invite_link(str(self._client.application_id or ""))
