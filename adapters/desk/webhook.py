"""A desk of one's own: signed webhooks come in, signed callbacks go out; docs/support-desk.md has both."""

import asyncio
import base64
import json
import re
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict, replace
from typing import Any, Literal
from urllib.parse import urlsplit
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from adapters.desk.adapter import DeskAdapter
from adapters.desk.api import DeskApi, DeskHook, Post, Refused, Showed
from adapters.desk.calls import Calls, Refusal
from adapters.desk.intake import parsed
from adapters.desk.rendering import html
from adapters.desk.signing import Scheme, standard_secret
from adapters.desk.webhook_settings import SCHEMES, WebhookSettings
from bot import Limner
from bot.desk.events import DeskEvent, PersonSaid, Rated, Released, Ruled, Verdict
from bot.errors import SettingsError, Silenced
from bot.language import Language

CONFLICT = 409
DELIVERY = "x-limner-delivery"
ID = re.compile(r"[\w.:/@-]{1,64}", re.ASCII)


class Webhook(DeskAdapter):
    """A desk that speaks Limner's own small protocol.

    Raises:
        SettingsError: There is no secret, or nowhere to send answers to.
    """

    name = "webhook"
    Settings = WebhookSettings

    def __init__(self, settings: WebhookSettings) -> None:
        super().__init__(settings)
        self._settings = settings
        needed = {"secret": settings.secret.get_secret_value(), "callback_url": settings.callback_url}
        for key, value in needed.items():
            if not value:
                raise SettingsError(f"The webhook needs adapters.webhook.{key}", "Set it.", f"adapters.webhook.{key}")

    def connect(self, limner: Limner) -> tuple[DeskApi, DeskHook]:
        """Callbacks, and webhooks."""
        return WebhookApi(self._settings, limner), WebhookHook(self._settings)


class Told(BaseModel):
    """What a webhook says; a customer's message where no type is named."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    type: Literal["message", "person", "released", "approve", "reject", "rating"] = "message"
    id: str = Field(min_length=1, max_length=200)
    conversation: str = Field(min_length=1, max_length=150)
    customer: str = Field("", max_length=200)
    person: str = Field("", max_length=200)
    text: str = ""
    language: Language | None = None
    pictures: list[str] = []
    draft: str = ""
    answer: str = ""
    helped: bool = False

    def event(self) -> DeskEvent:
        """The event that it tells."""
        match self.type:
            case "message":
                customer = self.customer or self.conversation
                said = self.id, self.conversation, customer, self.text
                return Showed(*said, language=self.language, urls=tuple(self.pictures))
            case "person":
                return PersonSaid(self.conversation, self.person or "somebody")
            case "released":
                return Released(self.conversation)
            case "rating":
                return Rated(self.conversation, self.helped, self.text, self.answer)
            case "approve" | "reject" as verdict:
                return Ruled(self.conversation, self.person or "somebody", Verdict(verdict), self.text, self.draft)


class WebhookHook:
    """Webhooks of that desk."""

    def __init__(self, settings: WebhookSettings) -> None:
        self._scheme, self._tolerance_s = scheme_of(settings), settings.tolerance_s
        self._secret = standard_secret(settings.secret.get_secret_value())

    async def events(self, headers: Mapping[str, str], body: bytes) -> list[DeskEvent]:
        """What a webhook tells. Raises Refused for one that is not signed, or says nothing that can be understood."""
        self._scheme.check(self._secret, headers, body, self._tolerance_s)
        try:
            return [Told.model_validate(parsed(body)).event()]
        except ValidationError as error:
            first = error.errors()[0]
            raise Refused(f"'{'.'.join(map(str, first['loc']))}': {first['msg']}", "", 422) from error


class WebhookApi:
    """Callbacks to that desk.

    A callback has an id that stays the same however often it is sent, so a receiver drops what it has already: nothing
    need be looked up before it is sent again. Answered with 409, an answer is dropped: a person speaks there.
    """

    def __init__(self, settings: WebhookSettings, limner: Limner) -> None:
        self._limner, self._scheme = limner, scheme_of(settings)
        own = settings.callback_secret.get_secret_value()
        self._secret = standard_secret(own or settings.secret.get_secret_value())
        self._delivery = settings.delivery_header.lower() or self._scheme.id_header or DELIVERY
        url = urlsplit(settings.callback_url)
        self._calls = Calls("The webhook's receiver", f"{url.scheme}://{url.netloc}")
        self._path = f"{url.path or '/'}{'?' + url.query if url.query else ''}"

    async def close(self) -> None:
        """Let go of connections."""
        await self._calls.close()

    async def may_speak(self, conversation: str) -> bool:
        """Whether no person has it, as the desk has told."""
        return not await self._limner.desk.is_silent(Webhook.name, conversation)

    async def say(self, conversation: str, post: Post) -> str:
        """Send an answer. Raises Silenced where the receiver says that a person speaks there."""
        try:
            return await self._post("answer", conversation, post)
        except Refusal as refusal:
            if refusal.status == CONFLICT:
                raise Silenced("A person has this conversation", lasting=True) from refusal
            raise

    async def note(self, conversation: str, post: Post) -> str:
        """Send what colleagues are to see."""
        return await self._post("note", conversation, post)

    async def find(self, conversation: str, key: str, *, private: bool) -> str | None:
        """Nothing: sending the same id again does no harm."""
        return None

    async def hand_over(self, conversation: str) -> None:
        """Tell the desk to let people answer; once it has taken that, Limner is silent there."""
        await self._send({"type": "hand_over", "id": f"hand-over-{uuid4().hex}", "conversation": conversation})
        await self._limner.desk.took(Webhook.name, PersonSaid(conversation))

    async def is_handed_over(self, conversation: str) -> bool:
        """Whether the desk has taken it."""
        return not await self.may_speak(conversation)

    async def typing(self, conversation: str) -> None:
        """Tell that an answer is being made."""
        await self._send({"type": "typing", "id": f"typing-{uuid4().hex}", "conversation": conversation})

    async def open_conversations(self) -> AsyncIterator[DeskEvent]:
        """Nothing: what was not taken is the desk's to send again."""
        for event in list[DeskEvent]():
            yield event

    async def _post(self, kind: str, conversation: str, post: Post) -> str:
        pictures = []
        for one in post.pictures:
            data = base64.b64encode(await asyncio.to_thread(one.path.read_bytes)).decode()
            about = {"name": one.name, "alt_text": one.alt_text, "label": one.label}
            pictures.append(about | {"media_type": "image/png", "data": data})
        told: dict[str, Any] = {"type": kind, "id": post.key, "conversation": conversation, "language": post.language}
        citations = [asdict(one) for one in post.citations]
        told |= {"text": post.text, "html": html(post.text), "pictures": pictures, "citations": citations}
        answer = await self._send(told)
        given = str(answer.get("id", "")) if isinstance(answer, dict) else ""
        return given if ID.fullmatch(given) else post.key

    async def _send(self, told: dict[str, Any]) -> Any:
        body, timestamp = json.dumps(told, ensure_ascii=False).encode(), str(int(time.time()))
        headers = {"Content-Type": "application/json", self._delivery: told["id"]}
        if self._scheme.timestamp_header:
            headers[self._scheme.timestamp_header] = timestamp
        headers[self._scheme.header] = self._scheme.sign(self._secret, body, timestamp, told["id"])
        return await self._calls.call("POST", self._path, again=True, content=body, headers=headers)


def scheme_of(settings: WebhookSettings) -> Scheme:
    """How this desk signs."""
    scheme = SCHEMES[settings.scheme]
    return replace(
        scheme,
        header=settings.signature_header.lower() or scheme.header,
        timestamp_header=scheme.timestamp_header and (settings.timestamp_header.lower() or scheme.timestamp_header),
        id_header=scheme.id_header and (settings.delivery_header.lower() or scheme.id_header),
    )
