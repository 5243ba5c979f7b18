"""The methods about channels, people, the workspace and the app itself."""

import secrets

from aiohttp import BasicAuth

from tests.slack_server import wire
from tests.slack_server.errors import Refused
from tests.slack_server.front import Call
from tests.slack_server.state import PLURAL, Channel, Json, Message, User

READ = "|".join(f"{one}:read" for one in PLURAL.values())


async def auth(call: Call) -> Json:
    world = call.server.world
    made = {"url": f"{wire.BASE}/", "team": "Studio", "user": world.bot.name, "team_id": world.team}
    return made | {"user_id": world.bot.id, "bot_id": world.bot_id, "is_enterprise_install": False}


async def connect(call: Call) -> Json:
    return {"url": call.server.socket.ticket()}


async def opened(call: Call) -> Json:
    if call.args.get("channel"):
        return {"channel": wire.channel(call.channel(), call.server.bot)}
    found = [person(call, one) for one in str(call.given("users")[0]).split(",")]
    return {"channel": wire.channel(call.server.world.im(*found, call.server.bot), call.server.bot)}


def person(call: Call, user_id: str) -> User:
    found = call.server.world.users.get(user_id)
    if found is None:
        raise Refused("user_not_found")
    return found


async def info(call: Call) -> Json:
    return {"channel": wire.channel(call.channel(member=False, scope="read"), call.server.bot)}


def page(call: Call, all_of_them: list[Json], most: int = 100) -> tuple[list[Json], Json]:
    at, count = int(call.args.get("cursor") or 0), min(int(call.args.get("limit") or most), 999)
    cursor = str(at + count) if at + count < len(all_of_them) else ""
    return all_of_them[at : at + count], {"response_metadata": {"next_cursor": cursor}, "has_more": bool(cursor)}


def told(call: Call, found: list[Message]) -> list[Json]:
    oldest, latest, whole = call.args.get("oldest") or "", call.args.get("latest") or "~", call.flag("inclusive")
    inside = [one for one in found if oldest < one.ts < latest or (whole and one.ts in (oldest, latest))]
    metadata = call.flag("include_all_metadata")
    return [wire.message(one, call.server.world, metadata=metadata) for one in inside if not one.only_for]


async def history(call: Call) -> Json:
    channel = call.channel(scope="history")
    found = [one for one in call.server.world.seen(channel, call.server.bot) if one.thread_ts in (None, one.ts)]
    shown, more = page(call, told(call, found[::-1]))
    return {"messages": shown, **more}


async def replies(call: Call) -> Json:
    channel = call.channel(scope="history")
    first = call.message(channel)
    root = first.thread_ts or first.ts
    found = [one for one in call.server.world.seen(channel, call.server.bot) if root in (one.ts, one.thread_ts)]
    shown, more = page(call, told(call, found), 1000)
    return {"messages": shown, **more}


async def members(call: Call) -> Json:
    found = [{"id": one.id} for one in call.channel(member=False, scope="read").members]
    shown, more = page(call, found)
    return {"members": [one["id"] for one in shown], **more}


def listed(call: Call, *, mine: bool) -> Json:
    asked = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
    kinds = [asked[kind] for kind in str(call.args.get("types") or "public_channel").split(",") if kind in asked]
    for kind in kinds:
        call.need(f"{PLURAL[kind]}:read")
    bot = call.server.bot

    def there(one: Channel) -> bool:
        return one.kind in kinds and (bot in one.members or (one.kind == "channel" and not mine))

    shown, more = page(call, [wire.channel(one, bot) for one in call.server.world.channels.values() if there(one)])
    return {"channels": shown, **more}


async def channels(call: Call) -> Json:
    return listed(call, mine=False)


async def own_channels(call: Call) -> Json:
    return listed(call, mine=True)


async def user(call: Call) -> Json:
    found = person(call, str(call.given("user")[0]))
    return {"user": wire.user(found, call.server.world.team, locale=call.flag("include_locale"))}


async def bot(call: Call) -> Json:
    world = call.server.world
    if call.args.get("bot") not in (None, world.bot_id):
        raise Refused("bot_not_found")
    made = {"id": world.bot_id, "app_id": world.app_id, "user_id": world.bot.id, "name": world.bot.name}
    return {"bot": {**made, "deleted": bool(call.server.revoked), "icons": {}}}


async def team(call: Call) -> Json:
    return {"team": {"id": call.server.world.team, "name": "Studio", "domain": "studio", "icon": {}}}


async def react(call: Call) -> Json:
    made = call.message(call.channel(), "timestamp")
    (name,) = call.given("name")
    if (name, call.server.bot) in made.reactions:
        raise Refused("already_reacted")
    made.reactions.append((name, call.server.bot))
    call.server.world.changed()
    return {}


async def access(call: Call) -> Json:
    """A code, once, for a token; the app proves itself with its secret."""
    server = call.server
    given = (call.args.get("client_id"), call.args.get("client_secret"))
    if call.token.startswith("Basic "):
        basic = BasicAuth.decode(call.token)
        given = (basic.login, basic.password)
    if given != (server.client_id, server.client_secret):
        raise Refused("bad_client_secret", "wrong client_id or client_secret")
    server, who, redirect_uri = server.codes.pop(str(call.args.get("code")), (server, None, ""))
    if who is None:
        raise Refused("invalid_code")
    if redirect_uri != (call.args.get("redirect_uri") or ""):
        raise Refused("bad_redirect_uri", "not the address that the person was sent back to")
    if server.revoked:
        server.token, server.revoked = f"xoxb-{secrets.token_hex(8)}", ""
    world = server.world
    made: Json = {"access_token": server.token, "token_type": "bot", "scope": ",".join(sorted(server.scopes))}
    made |= {"bot_user_id": world.bot.id, "app_id": world.app_id, "authed_user": {"id": who.id}}
    return made | {"team": {"id": world.team, "name": "Studio"}, "enterprise": None, "is_enterprise_install": False}


METHODS = {
    "auth.test": ("", auth),
    "apps.connections.open": ("", connect),
    "conversations.open": ("im:write|mpim:write", opened),
    "conversations.info": (READ, info),
    "conversations.history": ("", history),
    "conversations.replies": ("", replies),
    "conversations.members": (READ, members),
    "conversations.list": (READ, channels),
    "users.conversations": (READ, own_channels),
    "users.info": ("users:read", user),
    "bots.info": ("users:read", bot),
    "team.info": ("team:read", team),
    "reactions.add": ("reactions:write", react),
    "oauth.v2.access": ("", access),
}
