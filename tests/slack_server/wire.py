"""How the things of the workspace look in Slack's JSON."""

import mimetypes
from typing import TYPE_CHECKING

from tests.discord_server.world import size
from tests.slack_server.blocks import named
from tests.slack_server.state import Channel, File, Json, Message, User, View

if TYPE_CHECKING:
    from tests.slack_server.world import World

BASE = "https://studio.slack.com"


def user(who: User, team: str, *, locale: bool = False) -> Json:
    made: Json = {"id": who.id, "team_id": team, "name": who.name, "real_name": who.name.title(), "is_bot": who.bot}
    made |= {
        "is_admin": who.admin,
        "deleted": False,
        "tz": "Europe/London",
        "tz_offset": 0,
        "profile": {"display_name": who.name},
    }
    return made | ({"locale": who.locale} if locale else {})


def channel(one: Channel, bot: User) -> Json:
    made: Json = {"id": one.id, "is_archived": one.archived, "is_im": one.kind == "im"}
    if one.kind == "im":
        return made | {"user": next((who.id for who in one.members if who is not bot), "")}
    made |= {"name": one.name, "is_channel": one.kind == "channel", "is_mpim": one.kind == "mpim"}
    return made | {"is_private": one.kind != "channel", "is_member": bot in one.members}


def file(one: File, world: "World") -> Json:
    """A file; its type and size in pixels come only when it was worked on."""
    made: Json = {"id": one.id, "created": int(one.created), "name": one.name, "title": one.title or one.name}
    made |= {"user": one.user.id, "size": len(one.data or b""), "mode": "hosted", "mimetype": "", "filetype": ""}
    made |= {"shares": {}, "channels": [], "groups": [], "ims": [], "alt_txt": one.alt_txt}
    made["url_private"] = f"{world.files_url}/files-pri/{world.team}/{one.id}/{one.name}"
    made |= {
        "url_private_download": made["url_private"],
        "permalink": f"{BASE}/files/{one.user.id}/{one.id}/{one.name}",
    }
    if world.processed(one):
        kind = mimetypes.guess_type(one.name)[0] or "application/octet-stream"
        made |= {"mimetype": kind, "filetype": kind.split("/")[1]}
        width_px, height_px = size(one.data or b"")
        made |= {"original_w": width_px, "original_h": height_px} if width_px else {}
    for place, shares in one.shares.items():
        kind = world.channels[place].kind
        made["shares"].setdefault("public" if kind == "channel" else "private", {})[place] = shares
        made[{"channel": "channels", "im": "ims"}.get(kind, "groups")].append(place)
    return made


def message(one: Message, world: "World", *, metadata: bool = False) -> Json:
    """A message as in history, in events and in the payloads of actions."""
    made: Json = {"type": "message", "user": one.user.id, "ts": one.ts, "text": one.text, "team": world.team}
    if one.user is world.bot:
        made |= {"bot_id": world.bot_id, "app_id": world.app_id, "bot_profile": {"id": world.bot_id, "name": "limner"}}
    blocks = named(list(one.blocks))
    if not blocks and not one.user.bot and one.text:
        said = {"type": "rich_text_section", "elements": [{"type": "text", "text": one.text}]}
        blocks = [{"type": "rich_text", "block_id": "b0", "elements": [said]}]
    made |= {"blocks": blocks} if blocks else {}
    made |= {"attachments": list(one.now.attachments)} if one.now.attachments else {}
    made |= {"files": [file(each, world) for each in one.files]} if one.files else {}
    if one.thread_ts:
        parent = one.channel.messages.get(one.thread_ts)
        made |= {"thread_ts": one.thread_ts} | ({"parent_user_id": parent.user.id} if parent else {})
    elif one.replies:
        made |= {"thread_ts": one.ts, "reply_count": len(one.replies), "latest_reply": one.replies[-1].ts}
    if len(one.history) > 1:
        made["edited"] = {"user": one.user.id, "ts": f"{one.now.at:.6f}"}
    if one.reactions:
        made["reactions"] = [{"name": name, "users": [who.id], "count": 1} for name, who in one.reactions]
    return made | ({"metadata": one.metadata} if metadata and one.metadata else {})


def view(one: View, world: "World") -> Json:
    made: Json = {"private_metadata": "", "callback_id": "", "external_id": "", **one.body, "id": one.id}
    made |= {"team_id": world.team, "hash": one.hash, "state": {"values": one.values}, "bot_id": world.bot_id}
    made |= {"blocks": named(one.body["blocks"]), "root_view_id": one.root.id, "app_id": world.app_id}
    return made | {"previous_view_id": one.previous.id if one.previous else None, "app_installed_team_id": world.team}


def event(inner: Json, world: "World") -> Json:
    """An event in its wrapper."""
    who = {"enterprise_id": None, "team_id": world.team, "user_id": world.bot.id, "is_bot": True}
    made: Json = {"token": "verification", "team_id": world.team, "api_app_id": world.app_id, "event": inner}
    made |= {"type": "event_callback", "event_id": world.id("Ev"), "event_time": int(world.clock.now())}
    return made | {"authorizations": [{**who, "is_enterprise_install": False}], "is_ext_shared_channel": False}
