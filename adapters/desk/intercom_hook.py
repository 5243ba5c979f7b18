"""Intercom's notifications: who said what, whose a conversation is, and what a colleague decides in a note."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from adapters.desk.api import Showed
from adapters.desk.deciding import decided
from adapters.desk.intake import parsed
from adapters.desk.intercom_settings import IntercomSettings
from adapters.desk.signing import Scheme
from bot.desk.events import DeskEvent, PersonSaid, Rated, Released

SCHEME = Scheme("x-hub-signature", prefix="sha1=", digest="sha1")
CUSTOMERS = frozenset({"user", "lead", "contact"})
GOOD_RATING = 4
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|h\d)>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
Json = dict[str, Any]


class IntercomHook:
    """Notifications of one app."""

    def __init__(self, settings: IntercomSettings) -> None:
        self._secret, self._admin = settings.secret.get_secret_value().encode(), settings.admin

    async def events(self, headers: Mapping[str, str], body: bytes) -> list[DeskEvent]:
        """What a notification tells. Raises Refused for one that is not signed as it should be."""
        SCHEME.check(self._secret, headers, body)
        told = parsed(body)
        item = (told.get("data") or {}).get("item") or {}
        conversation, topic = number(item.get("id")), str(told.get("topic"))
        if item.get("type") != "conversation" or not conversation:
            return []
        if topic in ("conversation.user.created", "conversation.user.replied"):
            told_now = [part for part in _parts(item) or [_source(item)] if _is_customers(part)]
            return (
                [_said(part, conversation) for part in told_now]
                if is_ours(item, self._admin)
                else [PersonSaid(conversation)]
            )
        if topic == "conversation.admin.assigned":
            is_limners = number(item.get("admin_assignee_id")) == self._admin
            return [Released(conversation) if is_limners else PersonSaid(conversation)]
        if topic == "conversation.rating.added":
            rating = item.get("conversation_rating") or {}
            value = int(rating.get("rating") or 0)
            return [Rated(conversation, value >= GOOD_RATING, str(rating.get("remark") or ""))] if value else []
        return [event for part in _parts(item) for event in self._colleague(part, conversation)]

    def _colleague(self, part: Json, conversation: str) -> list[DeskEvent]:
        """What a colleague does; Limner's own parts come back here as well."""
        author = part.get("author") or {}
        if author.get("type") != "admin" or number(author.get("id")) == self._admin:
            return []
        person = str(author.get("name") or author.get("id"))
        if part.get("part_type") == "note":
            return decided(text_of(part.get("body")), conversation, person)
        return [PersonSaid(conversation, person)] if part.get("part_type") == "comment" else []


def number(value: Any) -> str:
    """An id, which Intercom writes as a number, as text or not at all."""
    return str(value) if value else ""


def is_ours(conversation: Json, admin: str) -> bool:
    """Whether Limner's admin has a conversation, or nobody and no team."""
    assigned = number(conversation.get("admin_assignee_id"))
    return assigned == admin or not (assigned or number(conversation.get("team_assignee_id")))


def unanswered(conversation: Json) -> list[Showed]:
    """What a customer wrote since somebody last answered, oldest first."""
    found: list[Showed] = []
    for part in [_source(conversation), *_parts(conversation)]:
        if _is_customers(part):
            found.append(_said(part, number(conversation["id"])))
        elif part.get("part_type") == "comment":
            found.clear()
    return found


def text_of(body: Any) -> str:
    """The words of Intercom's HTML, a paragraph a line."""
    lines = unescape(_TAG.sub("", _BREAK.sub("\n", str(body or "")))).replace("\xa0", " ").split("\n")
    return "\n".join(filter(None, (line.strip() for line in lines)))


def _parts(conversation: Json) -> list[Json]:
    return list((conversation.get("conversation_parts") or {}).get("conversation_parts") or ())


def _source(conversation: Json) -> Json:
    """The first message, which is no part."""
    source = conversation.get("source") or {}
    return {**source, "id": f"first of {conversation.get('id')}", "part_type": "comment"}


def _is_customers(part: Json) -> bool:
    has_said = bool(part.get("body") or part.get("attachments"))
    return has_said and (part.get("author") or {}).get("type") in CUSTOMERS


def _said(part: Json, conversation: str) -> Showed:
    """A customer's message, the same whether a notification told it or a look at the conversation."""
    files = [one for one in part.get("attachments") or () if str(one.get("content_type", "")).startswith("image/")]
    urls = tuple(str(one["url"]) for one in files if one.get("url"))
    customer = str(part["author"].get("id") or f"conversation {conversation}")
    return Showed(f"part {part['id']}", conversation, customer, text_of(part.get("body")), urls=urls)
