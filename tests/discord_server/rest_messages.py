"""REST: messages of channels, DMs and threads."""

from typing import TYPE_CHECKING, Any

from tests.discord_server import wire
from tests.discord_server.asked import Asked
from tests.discord_server.errors import (
    Refused,
    invalid,
    lacks_access,
    lacks_permission,
    unknown_channel,
    unknown_message,
    wrong_length,
)
from tests.discord_server.rules import as_edit, check_message
from tests.discord_server.state import (
    ATTACH,
    CREATE_THREADS,
    HISTORY,
    MANAGE_MESSAGES,
    MIB,
    SEND,
    SEND_IN_THREADS,
    THREAD,
    VIEW,
    Channel,
    Json,
    Message,
)

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer


def room(server: "DiscordServer", asked: Asked, *needed: int) -> Channel:
    """The channel of a path, in which the bot may do what is needed.

    Raises:
        Refused: 404, 403, or 50007 for somebody who takes no DMs.
    """
    channel = server.world.channels.get(asked.params["channel_id"])
    if channel is None:
        raise unknown_channel()
    held = server.world.bot_may(channel)
    if held is None:
        if SEND in needed and not all(one.takes_dms for one in channel.people):
            raise Refused(403, 50007, "Cannot send messages to this user")
        return channel
    if not held & VIEW:
        raise lacks_access()
    wanted = [SEND_IN_THREADS if one == SEND and channel.type == THREAD else one for one in needed]
    if any(not held & one for one in wanted):
        raise lacks_permission()
    return channel


def target(server: "DiscordServer", asked: Asked, *needed: int) -> Message:
    found = server.world.find(room(server, asked, *needed), asked.params["message_id"])
    if found is None:
        raise unknown_message()
    return found


def written(server: "DiscordServer", message: Message) -> Json:
    """A message as the bot is shown it."""
    return wire.message(message, server.url, server.clock.now(), readable=server.world.readable(message))


def limit_bytes(channel: Channel) -> int:
    return channel.guild.file_limit_bytes if channel.guild else 10 * MIB


async def create(server: "DiscordServer", asked: Asked) -> Any:
    """Post; a nonce that is enforced and known gets the message that is already there."""
    channel = room(server, asked, SEND, *([ATTACH] if asked.uploads else []))
    check_message(asked.body, asked.uploads, limit_bytes(channel))
    nonce = asked.body.get("nonce")
    if nonce is not None and asked.body.get("enforce_nonce") and (known := server.known(str(nonce))):
        server.deduplicated += 1
        return written(server, known)
    reference = referred(server, channel, asked.body.get("message_reference"))
    made = server.world.post(
        channel, server.bot, asked.body, asked.uploads, nonce=None if nonce is None else str(nonce), reference=reference
    )
    server.look_at(made, asked.body)
    return written(server, made)


def referred(server: "DiscordServer", channel: Channel, reference: Json | None) -> Json | None:
    """What a reply points at; None where that is gone and need not be there."""
    if not reference:
        return None
    held = server.world.bot_may(channel)
    if held is not None and not held & HISTORY:
        raise Refused(403, 160002, "Cannot reply without permission to read message history")
    if server.world.find(channel, str(reference["message_id"])):
        place = {"guild_id": channel.guild.id} if channel.guild else {}
        return {"type": 0, "message_id": str(reference["message_id"]), "channel_id": channel.id, **place}
    if reference.get("fail_if_not_exists", True):
        fault = invalid("message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
        fault.problem = ""  # somebody may have deleted it
        raise fault
    return None


async def read(server: "DiscordServer", asked: Asked) -> Any:
    return written(server, target(server, asked, HISTORY))


async def listed(server: "DiscordServer", asked: Asked) -> Any:
    """The newest first; none at all where history may not be read."""
    channel = room(server, asked)
    limit = int(asked.query.get("limit", 50))
    if not 1 <= limit <= 100:
        raise invalid("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
    held = server.world.bot_may(channel)
    if held is not None and not held & HISTORY:
        return []
    there = [one for one in channel.messages.values() if not one.deleted_at and not one.ephemeral]
    return [written(server, one) for one in reversed(part(there, asked.query, limit))]


def part(there: list[Message], query: dict[str, str], limit: int) -> list[Message]:
    """Those before, after or around an id, in order."""
    if "after" in query:
        return [one for one in there if int(one.id) > int(query["after"])][:limit]
    if "around" in query:
        middle = sum(int(one.id) < int(query["around"]) for one in there)
        return there[max(0, middle - limit // 2) :][:limit]
    last = int(query.get("before", 1 << 63))
    return [one for one in there if int(one.id) < last][-limit:]


async def edit(server: "DiscordServer", asked: Asked) -> Any:
    message = target(server, asked)
    if message.author is not server.bot:
        raise Refused(403, 50005, "Cannot edit a message authored by another user", "edited somebody else's message")
    check_message(as_edit(asked.body, message.flags), asked.uploads, limit_bytes(message.channel))
    server.world.edit(message, asked.body, asked.uploads)
    server.look_at(message, asked.body)
    return written(server, message)


async def delete(server: "DiscordServer", asked: Asked) -> Any:
    message = target(server, asked)
    held = server.world.bot_may(message.channel)
    if message.author is not server.bot and not (held or 0) & MANAGE_MESSAGES:
        raise lacks_permission()
    server.world.delete(message)


async def typing(server: "DiscordServer", asked: Asked) -> Any:
    room(server, asked, SEND)


async def react(server: "DiscordServer", asked: Asked) -> Any:
    server.reactions.append((target(server, asked, HISTORY), asked.params["emoji"]))
    server.world.changed()


async def thread(server: "DiscordServer", asked: Asked) -> Any:
    """A public thread, of a message or of its own."""
    channel = room(server, asked, CREATE_THREADS)
    if not 1 <= len(asked.body.get("name") or "") <= 100:
        raise wrong_length("name", 1, 100)
    message = target(server, asked) if "message_id" in asked.params else None
    if message and message.thread:
        raise Refused(400, 160004, "A thread has already been created for this message", "a second thread of a message")
    return 201, wire.channel(server.world.thread(channel, asked.body["name"], server.bot, message))


async def join(server: "DiscordServer", asked: Asked) -> Any:
    room(server, asked)


ONE = "/channels/{channel_id}/messages/{message_id}"
ROUTES = [
    ("POST", "/channels/{channel_id}/messages", create),
    ("GET", "/channels/{channel_id}/messages", listed),
    ("GET", ONE, read),
    ("PATCH", ONE, edit),
    ("DELETE", ONE, delete),
    ("POST", "/channels/{channel_id}/typing", typing),
    ("PUT", f"{ONE}/reactions/{{emoji}}/@me", react),
    ("DELETE", f"{ONE}/reactions/{{emoji}}/@me", typing),
    ("POST", f"{ONE}/threads", thread),
    ("POST", "/channels/{channel_id}/threads", thread),
    ("PUT", "/channels/{channel_id}/thread-members/@me", join),
]
