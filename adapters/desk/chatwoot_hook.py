"""Chatwoot's webhooks: who said what, who has a conversation now, and what a colleague decides in a private note."""

from collections.abc import Mapping
from typing import Any

from adapters.desk.api import Showed
from adapters.desk.chatwoot_settings import ChatwootSettings
from adapters.desk.deciding import decided
from adapters.desk.intake import parsed
from adapters.desk.signing import Scheme
from bot.desk.events import DeskEvent, PersonSaid, Rated, Released

SCHEME = Scheme("x-chatwoot-signature", "x-chatwoot-timestamp", prefix="sha256=", between=".")
GOOD_RATING = 4
INCOMING, OUTGOING = (0, "incoming"), (1, "outgoing")
Json = dict[str, Any]


class ChatwootHook:
    """Webhooks of an agent bot; those of an account are understood as well."""

    def __init__(self, settings: ChatwootSettings) -> None:
        self._secret = settings.secret.get_secret_value().encode()
        self._account_id, self._allow_unsigned = settings.account_id, settings.allow_unsigned

    async def events(self, headers: Mapping[str, str], body: bytes) -> list[DeskEvent]:
        """What a webhook tells. Raises Refused for one that is not signed as it should be."""
        if self._secret or not self._allow_unsigned:
            SCHEME.check(self._secret, headers, body)
        told = parsed(body)
        account = (told.get("account") or {}).get("id", self._account_id)
        return _events(told) if account == self._account_id else []


def is_incoming(message: Json) -> bool:
    """Whether a message is a customer's."""
    return message.get("message_type") in INCOMING and not message.get("private")


def said(message: Json, conversation: str) -> Showed:
    """A customer's message, the same whether a webhook told it or a look at the conversation."""
    sender = message.get("sender") or {}
    pictures = [one for one in message.get("attachments") or () if one.get("file_type") == "image"]
    urls = tuple(str(one["data_url"]) for one in pictures if one.get("data_url"))
    customer = str(sender.get("id") or f"conversation {conversation}")
    return Showed(f"message {message['id']}", conversation, customer, str(message.get("content") or ""), urls=urls)


def _events(told: Json) -> list[DeskEvent]:
    event = told.get("event")
    if event == "message_created" and told.get("id"):
        return _message(told)
    if event == "message_updated":
        return _rating(told)
    conversation = str(told.get("id") or "")
    if not conversation:
        return []
    if event == "conversation_resolved" or _is_now(told, "pending"):
        return [Released(conversation)]
    if event == "conversation_opened" or _is_now(told, "open"):
        return [PersonSaid(conversation)]
    return []


def _is_now(told: Json, status: str) -> bool:
    return told.get("event") == "conversation_status_changed" and told.get("status") == status


def _message(told: Json) -> list[DeskEvent]:
    """A message's event. What the bot itself says, and what is said where people speak, is none."""
    about = told.get("conversation") or {}
    conversation = str(about.get("id") or "")
    if not conversation:
        return []
    sender = told.get("sender") or {}
    if is_incoming(told):
        is_ours = about.get("status", "pending") == "pending" and not _is_somebodys(about)
        return [said(told, conversation)] if is_ours else [PersonSaid(conversation)]
    if told.get("message_type") not in OUTGOING or sender.get("type") != "user":
        return []
    person = str(sender.get("name") or sender.get("id") or "somebody")
    if told.get("private"):
        return decided(str(told.get("content") or ""), conversation, person)
    return [PersonSaid(conversation, person)]


def _is_somebodys(conversation: Json) -> bool:
    meta = conversation.get("meta") or {}
    return bool(meta.get("assignee")) and meta.get("assignee_type") != "AgentBot"


def _rating(told: Json) -> list[DeskEvent]:
    """A customer's answer to the survey after a conversation."""
    conversation = str((told.get("conversation") or {}).get("id") or "")
    answers = (told.get("content_attributes") or {}).get("submitted_values") or {}
    survey = answers.get("csat_survey_response") if isinstance(answers, dict) else None
    if not conversation or told.get("content_type") != "input_csat" or not isinstance(survey, dict):
        return []
    rating = survey.get("rating")
    if not isinstance(rating, int):
        return []
    return [Rated(conversation, rating >= GOOD_RATING, str(survey.get("feedback_message") or ""))]
