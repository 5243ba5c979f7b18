"""How the things of the server look in Discord's JSON."""

import hashlib

from tests.discord_server.clock import stamp
from tests.discord_server.state import (
    DM,
    GROUP_DM,
    MENTION_EVERYONE,
    SUPPRESS_EMBEDS,
    THREAD,
    Channel,
    File,
    Guild,
    Json,
    Member,
    Message,
    Role,
    User,
)

LINK_LIFE_S = 24 * 3600
ALL = (1 << 53) - 1


def user(who: User) -> Json:
    made: Json = {"id": who.id, "username": who.name, "discriminator": "0", "global_name": who.name, "avatar": None}
    return made | {"bot": who.bot, "public_flags": 0}


def member(who: Member, *, inside: bool = True, permissions: bool = False) -> Json:
    """`inside` a guild's list it names its user; in an interaction it names the permissions."""
    made: Json = {"roles": [role.id for role in who.roles], "joined_at": stamp(1_600_000_000), "flags": 0}
    made |= {"deaf": False, "mute": False, "nick": None, "avatar": None, "pending": False}
    made |= {"user": user(who.user)} if inside else {}
    return made | ({"permissions": str(who.permissions)} if permissions else {})


def role(one: Role, position: int) -> Json:
    made: Json = {"id": one.id, "name": one.name, "permissions": str(one.permissions), "position": position}
    return made | {"color": 0, "colors": {"primary_color": 0}, "hoist": False, "managed": False, "mentionable": False}


def channel(one: Channel, *, permissions: int | None = None) -> Json:
    made: Json = {"id": one.id, "type": one.type, "flags": 0, "last_message_id": next(reversed(one.messages), None)}
    if permissions is not None:
        made["permissions"] = str(permissions)
    if one.type in (DM, GROUP_DM):
        return made | {"recipients": [user(who) for who in one.people if not who.bot]}
    assert one.guild
    made |= {"guild_id": one.guild.id, "name": one.name, "rate_limit_per_user": 0, "nsfw": one.nsfw}
    made |= {"parent_id": one.parent.id if one.parent else None}
    if one.type != THREAD:
        return made | {"position": 0, "topic": None, "permission_overwrites": overwrites(one)}
    about = {
        "archived": False,
        "auto_archive_duration": 1440,
        "locked": False,
        "archive_timestamp": stamp(1_600_000_000),
    }
    return made | {
        "owner_id": one.owner_id,
        "message_count": len(one.messages),
        "member_count": 1,
        "thread_metadata": about,
    }


def overwrites(one: Channel) -> list[Json]:
    """What a channel changes in the bot's permissions."""
    bots = [who.user.id for who in one.guild.members.values() if who.user.bot] if one.guild else []
    if one.bot_may is None:
        return []
    return [{"id": bot, "type": 1, "allow": str(one.bot_may), "deny": str(ALL & ~one.bot_may)} for bot in bots]


def guild(one: Guild) -> Json:
    """As in GUILD_CREATE."""
    rooms = [room for room in one.channels.values() if room.type != THREAD]
    threads = [room for room in one.channels.values() if room.type == THREAD]
    made: Json = {"id": one.id, "name": one.name, "owner_id": one.owner.id, "preferred_locale": one.locale}
    made |= {
        "roles": [role(each, at) for at, each in enumerate(one.roles)],
        "emojis": [],
        "stickers": [],
        "features": [],
    }
    made |= {"members": [member(who) for who in one.members.values() if who.user.bot]}
    made |= {"channels": [channel(room) for room in rooms], "threads": [channel(room) for room in threads]}
    made |= {"member_count": len(one.members), "premium_tier": 0, "unavailable": False, "large": False}
    return made | {"voice_states": [], "presences": [], "stage_instances": [], "guild_scheduled_events": []}


def link(one: File, base: str, now: float) -> str:
    """A file's address, which ends to lead anywhere after a day."""
    ends, begun = f"{int(now + LINK_LIFE_S):x}", f"{int(now):x}"
    folder = "ephemeral-attachments" if one.ephemeral else "attachments"
    sign = signature(one.id, ends)
    return f"{base}/{folder}/{one.of}/{one.id}/{one.filename}?ex={ends}&is={begun}&hm={sign}&"


def signature(file_id: str, ends: str) -> str:
    return hashlib.sha256(f"{file_id}:{ends}".encode()).hexdigest()


def file(one: File, base: str, now: float) -> Json:
    url = link(one, base, now)
    made: Json = {"id": one.id, "filename": one.filename, "size": len(one.data), "url": url, "proxy_url": url}
    more: Json = {"content_type": one.content_type, "description": one.description}
    more |= {"width": one.width_px, "height": one.height_px, "ephemeral": one.ephemeral or None}
    return made | {name: value for name, value in more.items() if value is not None}


def message(one: Message, base: str, now: float, *, readable: bool = True, deep: bool = True) -> Json:
    """A message; without its words, files and buttons where the bot may not read them."""
    seen = one.now
    made: Json = {
        "id": one.id,
        "channel_id": one.channel.id,
        "author": user(one.author),
        "type": kind(one),
        "tts": False,
    }
    made |= {"content": seen.content if readable else "", "timestamp": stamp(one.history[0].at), "flags": seen.flags}
    made |= {"edited_timestamp": stamp(seen.at) if len(one.history) > 1 else None, "pinned": False, "mention_roles": []}
    made |= {
        "embeds": []
        if seen.flags & SUPPRESS_EMBEDS or not readable
        else [with_links(e, one, base, now) for e in seen.embeds]
    }
    made |= {"attachments": [file(each, base, now) for each in seen.attachments] if readable else []}
    made |= {"components": list(seen.components) if readable else [], "mention_everyone": one.pinged_everyone}
    made |= {"mentions": [user(who) for who in people(one) if who.id in one.pinged]}
    if one.nonce is not None:
        made["nonce"] = one.nonce
    if one.reference:
        target = one.channel.messages.get(one.reference["message_id"])
        made["message_reference"] = one.reference
        if deep:
            gone = target is None or target.deleted_at is not None
            made["referenced_message"] = (
                None if gone or not target else message(target, base, now, readable=readable, deep=False)
            )
    if one.thread:
        made["thread"] = channel(one.thread)
    return made | (one.cause.metadata(one) if one.cause and one.author.bot else {})


def kind(one: Message) -> int:
    """19 for a reply, 20 and 23 for the answer to a command, else 0."""
    if one.cause and one.cause.kind == 2 and one.cause.response is one:
        return 20 if one.cause.data.get("type") == 1 else 23
    return 19 if one.reference else 0


def people(one: Message) -> list[User]:
    """Who can be in a message's channel."""
    guild = one.channel.guild
    return [each.user for each in guild.members.values()] if guild else one.channel.people


def with_links(embed: Json, one: Message, base: str, now: float) -> Json:
    """An embed whose `attachment://` pictures lead to the message's files."""
    made = dict(embed) | {"type": embed.get("type", "rich")}
    for slot in ("image", "thumbnail"):
        name = str(made.get(slot, {}).get("url", "")).removeprefix("attachment://")
        found = [each for each in one.attachments if each.filename == name]
        if found:
            made[slot] = {**made[slot], "url": link(found[0], base, now)}
    return made


def application(who: User, flags: int, owner: User, *, full: bool = True) -> Json:
    if not full:
        return {"id": who.id, "flags": flags}
    made: Json = {"id": who.id, "name": who.name, "description": "", "icon": None, "bot_public": True, "flags": flags}
    made |= {
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "owner": user(owner),
        "team": None,
        "bot": user(who),
    }
    made |= {"integration_types_config": {"0": {}, "1": {}}, "interactions_endpoint_url": None}
    return made | {"approximate_guild_count": 1, "summary": ""}


def app_permissions(held: int | None) -> str:
    """What the application may do where an interaction comes from; in DMs a fixed set."""
    return str((1 << 15 | 1 << 14 | MENTION_EVERYONE) if held is None else held)
