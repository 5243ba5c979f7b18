"""REST: the application, its user, guilds, channels and commands."""

from typing import TYPE_CHECKING, Any

from tests.discord_server import wire
from tests.discord_server.asked import Asked
from tests.discord_server.errors import lacks_access, unknown, unknown_channel
from tests.discord_server.state import Channel, Guild

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer


async def me(server: "DiscordServer", asked: Asked) -> Any:
    return wire.user(server.bot)


async def application(server: "DiscordServer", asked: Asked) -> Any:
    return wire.application(server.bot, server.application_flags, server.owner)


async def gateway(server: "DiscordServer", asked: Asked) -> Any:
    return {"url": server.gateway.url}


async def gateway_for_bots(server: "DiscordServer", asked: Asked) -> Any:
    left = {
        "total": 1000,
        "remaining": 1000 - server.gateway.identifies,
        "reset_after": 86_400_000,
        "max_concurrency": 1,
    }
    return {"url": server.gateway.url, "shards": server.shards, "session_start_limit": left}


async def somebody(server: "DiscordServer", asked: Asked) -> Any:
    if found := server.world.users.get(asked.params["user_id"]):
        return wire.user(found)
    raise unknown("User", 10013)


async def dm(server: "DiscordServer", asked: Asked) -> Any:
    found = server.world.users.get(str(asked.body["recipient_id"]))
    if found is None:
        raise unknown("User", 10013)
    return wire.channel(server.world.dm(found))


async def guilds(server: "DiscordServer", asked: Asked) -> Any:
    return [wire.guild(one) for one in server.world.guilds.values() if server.bot.id in one.members]


def mine(server: "DiscordServer", guild_id: str) -> Guild:
    """A guild that the bot is in."""
    guild = server.world.guilds.get(guild_id)
    if guild is None:
        raise unknown("Guild", 10004)
    if server.bot.id not in guild.members:
        raise lacks_access()
    return guild


async def guild(server: "DiscordServer", asked: Asked) -> Any:
    return wire.guild(mine(server, asked.params["guild_id"]))


async def guild_channels(server: "DiscordServer", asked: Asked) -> Any:
    return [wire.channel(one) for one in mine(server, asked.params["guild_id"]).channels.values()]


async def guild_member(server: "DiscordServer", asked: Asked) -> Any:
    found = mine(server, asked.params["guild_id"]).members.get(asked.params["user_id"])
    if found is None:
        raise unknown("Member", 10007)
    return wire.member(found)


async def channel(server: "DiscordServer", asked: Asked) -> Any:
    found: Channel | None = server.world.channels.get(asked.params["channel_id"])
    if found is None:
        raise unknown_channel()
    if server.world.bot_may(found) == 0:
        raise lacks_access()
    return wire.channel(found)


def scope(server: "DiscordServer", asked: Asked) -> str:
    """Whose commands a path means: the empty text for everybody's."""
    if asked.params["application_id"] != server.bot.id:
        raise unknown("Application", 10002)
    return mine(server, asked.params["guild_id"]).id if "guild_id" in asked.params else ""


async def commands(server: "DiscordServer", asked: Asked) -> Any:
    return server.commands.listed(scope(server, asked))


async def overwrite(server: "DiscordServer", asked: Asked) -> Any:
    made = server.commands.overwrite(scope(server, asked), asked.body)
    if not server.commands.syncs[-1].changed:
        server.problem("commands were synced although nothing in them had changed")
    return made


async def put(server: "DiscordServer", asked: Asked) -> Any:
    return 201, server.commands.put(scope(server, asked), asked.body)


async def command(server: "DiscordServer", asked: Asked) -> Any:
    return server.commands.find(scope(server, asked), asked.params["command_id"])


async def patch(server: "DiscordServer", asked: Asked) -> Any:
    where = scope(server, asked)
    return server.commands.put(where, server.commands.find(where, asked.params["command_id"]) | asked.body)


async def remove(server: "DiscordServer", asked: Asked) -> Any:
    server.commands.remove(scope(server, asked), asked.params["command_id"])


APP = "/applications/{application_id}"
COMMANDS = [
    ("GET", "/commands", commands),
    ("PUT", "/commands", overwrite),
    ("POST", "/commands", put),
    ("GET", "/commands/{command_id}", command),
    ("PATCH", "/commands/{command_id}", patch),
    ("DELETE", "/commands/{command_id}", remove),
]
ROUTES = [
    ("GET", "/users/@me", me),
    ("GET", "/users/@me/guilds", guilds),
    ("POST", "/users/@me/channels", dm),
    ("GET", "/users/{user_id}", somebody),
    ("GET", "/oauth2/applications/@me", application),
    ("GET", "/applications/@me", application),
    ("GET", "/gateway", gateway),
    ("GET", "/gateway/bot", gateway_for_bots),
    ("GET", "/guilds/{guild_id}", guild),
    ("GET", "/guilds/{guild_id}/channels", guild_channels),
    ("GET", "/guilds/{guild_id}/members/{user_id}", guild_member),
    ("GET", "/channels/{channel_id}", channel),
    *((method, f"{APP}{path}", handler) for method, path, handler in COMMANDS),
    *((method, f"{APP}/guilds/{{guild_id}}{path}", handler) for method, path, handler in COMMANDS),
]
