"""Zendesk's triggers, each with the template that docs/support-desk.md shows: `event` says which it is."""

from collections.abc import Mapping
from typing import Any

from adapters.desk.api import Refused, Showed
from adapters.desk.deciding import decided
from adapters.desk.intake import parsed
from adapters.desk.signing import Scheme
from adapters.desk.zendesk_settings import SupportSettings
from bot.desk.events import DeskEvent, PersonSaid, Rated, Released

SCHEME = Scheme(
    "x-zendesk-webhook-signature", timestamp_header="x-zendesk-webhook-signature-timestamp", encoding="base64"
)
RATINGS = {"good": True, "bad": False}


class SupportHook:
    """Webhooks of one account."""

    def __init__(self, settings: SupportSettings) -> None:
        self._secret, self._tolerance_s = settings.secret.get_secret_value().encode(), settings.tolerance_s
        self._agent = str(settings.agent)

    async def events(self, headers: Mapping[str, str], body: bytes) -> list[DeskEvent]:
        """What a trigger tells. Raises Refused for what is not signed, or not what the templates say."""
        SCHEME.check(self._secret, headers, body, self._tolerance_s)
        told = parsed(body)
        ticket = str(told.get("ticket") or "")
        match told.get("event"):
            case "customer" if ticket and told.get("comment"):
                author, text = str(told.get("author")), str(told.get("text") or "")
                urls = str(told.get("attachments") or "").split()
                return [said(ticket, str(told["comment"]), author, text, urls)] if author != self._agent else []
            case "colleague" if ticket:
                return self._colleague(told, ticket)
            case "released" if ticket:
                return [Released(ticket)]
            case "rated" if ticket and told.get("rating") in RATINGS:
                return [Rated(ticket, RATINGS[told["rating"]], str(told.get("text") or ""))]
        raise Refused("The trigger's JSON is not that of the documentation", "Copy it from docs/support-desk.md.", 422)

    def _colleague(self, told: Mapping[str, Any], ticket: str) -> list[DeskEvent]:
        """What a colleague does; Limner's own comments come back here as well."""
        if str(told.get("author")) == self._agent:
            return []
        person = str(told.get("name") or told.get("author") or "somebody")
        if str(told.get("public")).lower() == "true":
            return [PersonSaid(ticket, person)]
        return decided(str(told.get("text") or ""), ticket, person)


def said(ticket: str, comment: str, author: str, text: str, urls: list[str]) -> Showed:
    """A customer's comment, the same whether a trigger told it or a look at the ticket."""
    return Showed(f"comment {comment}", ticket, author, text, urls=tuple(urls))
