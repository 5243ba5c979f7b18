"""The chat methods: messages, their updates, ephemeral ones, and streams of text."""

import re
from typing import Any

from tests.discord_server.rules import local_links
from tests.slack_server.blocks import MARKDOWN, MESSAGE_BLOCKS, check_blocks
from tests.slack_server.errors import Refused
from tests.slack_server.front import Call
from tests.slack_server.state import Channel, Json, Message
from tests.slack_server.wire import BASE, message
from tests.slack_server.world import World

TEXT = 40_000
EVERYBODY = re.compile(r"<!(channel|here|everyone|subteam)\b")


def check_message(world: World, body: Json, *, some: bool = True) -> None:
    """What a message may say, by whichever door it comes; `some` of it there must be.

    Raises:
        Refused: At the first fault.
    """
    if len(body.get("text") or "") > TEXT:
        raise Refused("msg_too_long", f"text of over {TEXT} characters")
    if len(body.get("markdown_text") or "") > MARKDOWN:
        raise Refused("msg_too_long", f"markdown_text of over {MARKDOWN} characters")
    if body.get("markdown_text") and (body.get("text") or body.get("blocks")):
        raise Refused("markdown_text_conflict", "markdown_text beside text or blocks")
    if body.get("blocks"):
        check_blocks(body["blocks"], MESSAGE_BLOCKS, world.showable)
    if some and not any(body.get(name) for name in ("text", "markdown_text", "blocks", "attachments")):
        raise Refused("no_text", "a message without text, blocks and attachments")
    metadata = body.get("metadata")
    if metadata and not (isinstance(metadata, dict) and metadata.get("event_type") and "event_payload" in metadata):
        raise Refused("metadata_must_be_sent", "metadata needs event_type and event_payload")


def bad_manners(world: World, body: Json) -> list[str]:
    """What Slack takes but a good bot never says."""
    parts = [body.get("text"), body.get("markdown_text"), body.get("blocks"), body.get("attachments")]
    found = ["mentions everybody" for text in texts(parts) if EVERYBODY.search(text)][:1]
    if body.get("link_names") or body.get("parse") == "full":
        found += [f"turns a plain {word} into a mention" for word in ("@channel", "@here") if word in str(parts)]
    found += [f"links to {link[:80]}" for link in local_links(parts, world.files_url)]
    if body.get("blocks") and not body.get("text"):
        found.append("has blocks and no text: notifications and screen readers have nothing to say")
    return found


def texts(inside: Any) -> list[str]:
    if isinstance(inside, dict):
        if inside.get("type") == "broadcast":
            return [f"<!{inside.get('range')}>"]
        if inside.get("type") in ("plain_text", "text"):  # shown as it is, the latter in rich text
            return []
        return [text for key, value in inside.items() if key != "alt_text" for text in texts(value)]
    if isinstance(inside, list):
        return [text for one in inside for text in texts(one)]
    return [inside] if isinstance(inside, str) else []


def thread(call: Call, channel: Channel) -> None:
    if not call.args.get("thread_ts"):
        return
    parent = channel.messages.get(call.args["thread_ts"])
    if parent is None or parent.only_for or parent.deleted_at:
        raise Refused("thread_not_found")
    if parent.thread_ts not in (None, parent.ts):
        raise Refused("invalid_thread_ts", "thread_ts is a reply's; use its parent's")


def check(call: Call, *, some: bool = True) -> None:
    check_message(call.server.world, call.args, some=some)
    for words in bad_manners(call.server.world, call.args):
        call.server.problem(f"{call.method}: it {words}")


async def post(call: Call) -> Json:
    public = "chat:write.public" in call.server.scopes
    channel = call.channel(member=False)
    channel = channel if public and channel.kind == "channel" else call.channel()
    thread(call, channel)
    check(call)
    call.server.limits.post(channel.id)
    made = call.server.world.post(channel, call.server.bot, call.args)
    return {"channel": channel.id, "ts": made.ts, "message": message(made, call.server.world, metadata=True)}


async def ephemeral(call: Call) -> Json:
    channel, (user,) = call.channel(), call.given("user")
    who = call.server.world.users.get(user)
    if who not in channel.members:
        raise Refused("user_not_in_channel")
    thread(call, channel)
    check(call)
    return {"message_ts": call.server.world.post(channel, call.server.bot, call.args, only_for=who).ts}


def own(call: Call, error: str) -> Message:
    channel = call.channel()
    made = call.message(channel)
    if made.user is not call.server.bot:
        raise Refused(error, "not the bot's own message")
    return made


async def update(call: Call) -> Json:
    made = own(call, "cant_update_message")
    if made.streaming:
        raise Refused("streaming_state_conflict", "updated a message whose stream is not stopped")
    check(call, some="file_ids" not in call.args and not made.files)
    if any(name not in call.server.world.files for name in call.args.get("file_ids") or ()):
        raise Refused("file_not_found", "file_ids of no file")
    call.server.world.edit(made, call.args)
    shown = message(made, call.server.world)
    return {"channel": made.channel.id, "ts": made.ts, "text": made.text, "message": shown}


async def delete(call: Call) -> Json:
    made = own(call, "cant_delete_message")
    call.server.world.delete(made)
    return {"channel": made.channel.id, "ts": made.ts}


async def permalink(call: Call) -> Json:
    channel = call.channel()
    made = call.message(channel, "message_ts")
    return {"channel": channel.id, "permalink": f"{BASE}/archives/{channel.id}/p{made.ts.replace('.', '')}"}


def streamed(call: Call) -> str:
    chunks = call.args.get("chunks") or []
    if any(one.get("type") not in ("markdown_text", "task_update", "plan_update", "blocks") for one in chunks):
        raise Refused("invalid_chunks", "a chunk of an unknown type")
    check_message(call.server.world, {"markdown_text": call.args.get("markdown_text")}, some=False)
    said = [one.get("text", "") for one in chunks if one["type"] == "markdown_text"]
    return "".join([call.args.get("markdown_text") or "", *said])


async def start(call: Call) -> Json:
    channel = call.channel()
    thread(call, channel)
    for name in ("recipient_team_id", "recipient_user_id") if channel.kind != "im" else ():
        if not call.args.get(name):
            raise Refused(f"missing_{name}", f"streams into a channel without {name}")
    sent = {**call.args, "text": streamed(call), "markdown_text": None}
    made = call.server.world.post(channel, call.server.bot, sent, streaming=True)
    return {"channel": channel.id, "ts": made.ts}


def running(call: Call) -> Message:
    made = own(call, "message_not_owned_by_app")
    if not made.streaming:
        raise Refused("message_not_in_streaming_state", "the stream is over or never was")
    return made


async def append(call: Call) -> Json:
    made = running(call)
    call.server.world.edit(made, {"text": made.text + streamed(call)})
    return {"channel": made.channel.id, "ts": made.ts}


async def stop(call: Call) -> Json:
    made = running(call)
    body = {**call.args, "text": made.text + streamed(call)}
    check_message(call.server.world, {**body, "markdown_text": None}, some=False)
    made.streaming = False
    call.server.world.edit(made, body)
    return {"channel": made.channel.id, "ts": made.ts, "message": message(made, call.server.world)}


METHODS = {
    "chat.postMessage": ("chat:write", post),
    "chat.postEphemeral": ("chat:write", ephemeral),
    "chat.update": ("chat:write", update),
    "chat.delete": ("chat:write", delete),
    "chat.getPermalink": ("", permalink),
    "chat.startStream": ("chat:write", start),
    "chat.appendStream": ("chat:write", append),
    "chat.stopStream": ("chat:write", stop),
}
