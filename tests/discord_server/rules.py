"""What a message may hold: lengths, counts, sizes, embeds and mentions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.discord_server.components import check_components
from tests.discord_server.errors import Refused, invalid, required, too_large, too_long, wrong_length
from tests.discord_server.state import COMPONENTS_V2, EPHEMERAL, SUPPRESS_EMBEDS, Json

CONTENT, NONCE, ALT_TEXT, EMBEDS, FILES = 2000, 25, 1024, 10, 10
EMBED_TEXT, EMBED_FIELDS = 6000, 25
EMBED_LENGTHS = {"title": 256, "description": 4096, "footer.text": 2048, "author.name": 256}
FIELD_LENGTHS = {"name": 256, "value": 1024}
REQUEST_BYTES = 25 * 1024 * 1024
SETTABLE_FLAGS = SUPPRESS_EMBEDS | 1 << 12 | 1 << 13 | COMPONENTS_V2
LOCAL = re.compile(r"https?://(localhost|127\.|0\.0\.0\.0|\[::1\]|10\.|192\.168\.)", re.IGNORECASE)


@dataclass(frozen=True)
class Upload:
    """One file of a multipart request; `key` is the number in `files[n]`."""

    key: str
    filename: str
    data: bytes
    content_type: str | None = None


def check_message(
    body: Json, uploads: Iterable[Upload], limit_bytes: int, at: str = "", *, hidden: bool = False
) -> None:
    """Everything that can be wrong with the message's own fields; `hidden` where it may be ephemeral.

    Raises:
        Refused: With Discord's error, at the first fault.
    """
    if len(body.get("content") or "") > CONTENT:
        raise too_long(f"{at}content", CONTENT)
    if len(str(body.get("nonce") or "")) > NONCE:
        raise too_long(f"{at}nonce", NONCE)
    flags = int(body.get("flags") or 0)
    if flags & ~(SETTABLE_FLAGS | (EPHEMERAL if hidden else 0)):
        raise invalid(f"{at}flags", "BITFIELD_INVALID", f"Flags {flags} can't be set here")
    check_embeds(body.get("embeds") or [], f"{at}embeds")
    check_components(body.get("components") or [], f"{at}components", v2=bool(flags & COMPONENTS_V2))
    if flags & COMPONENTS_V2 and (body.get("content") or body.get("embeds")):
        raise invalid(
            f"{at}content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "No content beside such components"
        )
    check_files(body, list(uploads), limit_bytes, at)
    check_mentions(body.get("allowed_mentions"), f"{at}allowed_mentions")


def as_edit(body: Json, flags: int) -> Json:
    """An edit's body by the rules of the message that it changes: components of the new kind stay so."""
    return {**body, "flags": int(body.get("flags") or 0) | flags & COMPONENTS_V2}


def check_embeds(embeds: list[Json], at: str) -> None:
    """10 embeds, each part's length, 6,000 characters in all."""
    if len(embeds) > EMBEDS:
        raise too_long(at, EMBEDS)
    total = 0
    for number, embed in enumerate(embeds):
        where = f"{at}.{number}"
        total += sum(lengths(embed, EMBED_LENGTHS, where))
        fields = embed.get("fields") or []
        if len(fields) > EMBED_FIELDS:
            raise too_long(f"{where}.fields", EMBED_FIELDS)
        for place, one in enumerate(fields):
            for name in FIELD_LENGTHS:
                if not one.get(name):
                    raise required(f"{where}.fields.{place}.{name}")
            total += sum(lengths(one, FIELD_LENGTHS, f"{where}.fields.{place}"))
    if total > EMBED_TEXT:
        raise invalid(at, "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBED_TEXT}")


def lengths(part: Json, most: dict[str, int], where: str) -> Iterable[int]:
    for path, allowed in most.items():
        value: Any = part
        for step in path.split("."):
            value = (value or {}).get(step)
        if len(value or "") > allowed:
            raise too_long(f"{where}.{path}", allowed)
        yield len(value or "")


def check_files(body: Json, uploads: list[Upload], limit_bytes: int, at: str) -> None:
    """10 files, each within its limit and named; alt text of at most 1,024 characters."""
    if len(uploads) > FILES:
        raise too_long(f"{at}attachments", FILES)
    for upload in uploads:
        if len(upload.data) > limit_bytes:
            raise too_large(f"{upload.filename}: {len(upload.data)} bytes, {limit_bytes} allowed")
    keys = {upload.key for upload in uploads}
    for number, one in enumerate(body.get("attachments") or []):
        if len(one.get("description") or "") > ALT_TEXT:
            raise too_long(f"{at}attachments.{number}.description", ALT_TEXT)
        if "filename" in one and len(str(one["id"])) < 6 and str(one["id"]) not in keys:
            raise Refused(400, 50146, "Uploaded file not found.", f"attachments.{number} names a file that isn't there")


def check_mentions(allowed: Json | None, at: str) -> None:
    if allowed is None:
        return
    if set(allowed.get("parse") or []) - {"users", "roles", "everyone"}:
        raise invalid(f"{at}.parse", "ENUM_TYPE_COERCE", "Only users, roles and everyone can be parsed")
    for kind in ("users", "roles"):
        if allowed.get(kind) and kind in (allowed.get("parse") or []):
            raise invalid(
                at,
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.',
            )
        if len(allowed.get(kind) or []) > 100:
            raise wrong_length(f"{at}.{kind}", 0, 100)


@dataclass(frozen=True)
class Pings:
    """Whom a message notifies."""

    users: tuple[str, ...] = ()
    everyone: bool = False
    roles: tuple[str, ...] = ()


def pings(content: str, allowed: Json | None, replied_to: str | None) -> Pings:
    """Who is notified by a text under `allowed_mentions`; without that, everybody whom it names."""
    parse = {"users", "roles", "everyone"} if allowed is None else set(allowed.get("parse") or [])
    named = re.findall(r"<@!?(\d+)>", content)
    users = named if "users" in parse else [one for one in named if one in map(str, (allowed or {}).get("users") or [])]
    if replied_to and (allowed is None or allowed.get("replied_user")):
        users.append(replied_to)
    roles = [] if allowed is None else list(map(str, allowed.get("roles") or []))
    groups = [one for one in re.findall(r"<@&(\d+)>", content) if "roles" in parse or one in roles]
    everyone = "everyone" in parse and bool(re.search(r"@(everyone|here)\b", content))
    return Pings(tuple(dict.fromkeys(users)), everyone, tuple(groups))


def local_links(body: Any, own: str) -> list[str]:
    """Links to this machine or a private network, which nobody else can open; the server's own files are fine."""
    if isinstance(body, dict):
        return [link for value in body.values() for link in local_links(value, own)]
    if isinstance(body, list):
        return [link for value in body for link in local_links(value, own)]
    return [body] if isinstance(body, str) and LOCAL.search(body.replace(own, "")) else []
