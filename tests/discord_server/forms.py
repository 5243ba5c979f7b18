"""How a filled form is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_server import wire
from tests.discord_server.components import FILE_UPLOAD, LABEL, TEXT, TEXT_INPUT
from tests.discord_server.rules import Upload
from tests.discord_server.state import Json

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer


def form(server: DiscordServer, modal: Json, given: dict[str, Any]) -> tuple[list[Json], Json]:
    """The components of a submitted form, and the files in it.

    Raises:
        LookupError: For a field that isn't there.
        ValueError: For a value that Discord's client doesn't take.
    """
    left, resolved = dict(given), Json()
    sent: list[Json] = []
    for number, part in enumerate(modal["components"], 1):
        if part["type"] == TEXT:
            sent.append({"type": TEXT, "id": number * 2})
            continue
        field = part["component"] if part["type"] == LABEL else part["components"][0]
        names = (field["custom_id"], field.get("label"), part.get("label"))
        named = next((name for name in names if name in left), None)
        value = left.pop(named) if named is not None else None
        answer: Json = {"type": field["type"], "id": number * 2 + 1, "custom_id": field["custom_id"]}
        answer |= filled(server, field, value, resolved)
        inner = {"component": answer} if part["type"] == LABEL else {"components": [answer]}
        sent.append({"type": part["type"], "id": number * 2, **inner})
    if left:
        raise LookupError(f"the form has no {sorted(left)}")
    return sent, resolved


def filled(server: DiscordServer, field: Json, value: Any, resolved: Json) -> Json:
    if field["type"] == TEXT_INPUT:
        text = field.get("value") or "" if value is None else value
        least, most = field.get("min_length") or 0, field.get("max_length") or 4000
        if (field.get("required", True) and not text) or (text and not least <= len(text) <= most):
            raise ValueError(f"{field['custom_id']} takes {least} to {most} characters, not {len(text)}")
        return {"value": text}
    if field["type"] == FILE_UPLOAD:
        files = [server.world.store(Upload("0", *one), "modal", ephemeral=True) for one in value or []]
        for one in files:
            resolved.setdefault("attachments", {})[one.id] = wire.file(one, server.url, server.clock.now())
        return {"values": [one.id for one in files]}
    if field["type"] in (21, 23):
        return {"value": value}
    defaults = [option["value"] for option in field.get("options") or [] if option.get("default")]
    return {"values": defaults if value is None else value}
