"""Zendesk Messaging through Sunshine Conversations: what customers write there, and answers with control passed on."""

import asyncio
import hmac
from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx

from adapters.desk.adapter import DeskAdapter
from adapters.desk.api import DeskApi, DeskHook, DeskPicture, Post, Refused, Showed
from adapters.desk.calls import Calls
from adapters.desk.intake import parsed
from adapters.desk.rendering import plain
from adapters.desk.zendesk_settings import MessagingSettings, needs
from bot import Limner
from bot.desk.events import DeskEvent, PersonSaid, Released

MAX_TEXT = 4_096
BUSINESS = "business"


class Messaging(DeskAdapter):
    """Conversations of one app of Sunshine Conversations.

    Raises:
        SettingsError: Something that it needs is not set.
    """

    name = "zendesk_messaging"
    Settings = MessagingSettings

    def __init__(self, settings: MessagingSettings) -> None:
        super().__init__(settings)
        self._settings = settings
        needs(self.name, settings, ("base_url", "app", "key_id", "key_secret", "secret"))

    def connect(self, limner: Limner) -> tuple[DeskApi, DeskHook]:
        """The app, and its webhook."""
        return MessagingApi(self._settings), MessagingHook(self._settings)


class MessagingHook:
    """The webhook of one app: what is said, and who has control."""

    def __init__(self, settings: MessagingSettings) -> None:
        self._secret, self._integration = settings.secret.get_secret_value(), settings.integration

    async def events(self, headers: Mapping[str, str], body: bytes) -> list[DeskEvent]:
        """What a webhook tells. Raises Refused without the shared secret, which is all that proves it here."""
        given = headers.get("x-api-key", "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self._secret.encode()):
            raise Refused("The webhook's key is not right", "Set the same secret on both sides.", 401)
        told = parsed(body).get("events")
        if not isinstance(told, list):
            raise Refused("The webhook has no events", "Choose version v2 of webhooks.", 400)
        return [event for one in told for event in self._event(one.get("type"), one.get("payload") or {})]

    def _event(self, kind: str, payload: Mapping[str, Any]) -> list[DeskEvent]:
        about = payload.get("conversation") or {}
        conversation, active = str(about.get("id") or ""), (about.get("activeSwitchboardIntegration") or {}).get("name")
        if not conversation:
            return []
        if kind in ("switchboard:passControl", "switchboard:acceptControl"):
            return [Released(conversation) if active == self._integration else PersonSaid(conversation)]
        if kind != "conversation:message":
            return []
        message = payload.get("message") or {}
        author, content = message.get("author") or {}, message.get("content") or {}
        if author.get("type") == "user":
            is_ours = active in (None, self._integration)
            return [_said(message, conversation, author, content) if is_ours else PersonSaid(conversation)]
        # Answers of programs, Limner's among them, come through the API; people write in the agent workspace.
        is_person = str((message.get("source") or {}).get("type", "")).startswith("zd:")
        return [PersonSaid(conversation, str(author.get("displayName") or "somebody"))] if is_person else []


def _said(
    message: Mapping[str, Any], conversation: str, author: Mapping[str, Any], content: Mapping[str, Any]
) -> Showed:
    customer = str(author.get("userId") or (author.get("user") or {}).get("id") or conversation)
    urls = (str(content["mediaUrl"]),) if content.get("type") == "image" and content.get("mediaUrl") else ()
    return Showed(f"message {message['id']}", conversation, customer, str(content.get("text") or ""), urls=urls)


class MessagingApi:
    """Conversations of one app, whose switchboard has an integration for Limner and one for people.

    A post may take several messages; each carries the post's key and its number as metadata, so that those which are
    there already are not sent again: https://developer.zendesk.com/api-reference/conversations/
    """

    def __init__(self, settings: MessagingSettings) -> None:
        self._settings = settings
        self._author = {"type": BUSINESS, "subtypes": ["AI"], "displayName": settings.display_name}
        auth = httpx.BasicAuth(settings.key_id, settings.key_secret.get_secret_value())
        self._calls = Calls(
            "Sunshine Conversations", f"{settings.base_url.rstrip('/')}/v2/apps/{settings.app}", auth=auth
        )

    async def close(self) -> None:
        """Let go of connections."""
        await self._calls.close()

    async def may_speak(self, conversation: str) -> bool:
        """Whether Limner's integration has control."""
        return await self._active(conversation) == self._settings.integration

    async def say(self, conversation: str, post: Post) -> str:
        """The text in as many messages as it takes, then the pictures; the last one's id."""
        there = await self._parts(conversation, post.key)
        contents = [{"type": "text", "text": part} for part in split(plain(post.text))]
        last = ""
        for number, content in enumerate([*contents, *post.pictures]):
            if number in there:
                last = there[number]
                continue
            if isinstance(content, DeskPicture):
                content = await self._image(conversation, content)
            metadata = {"limner": post.key, "part": number, "last": number + 1 == len(contents) + len(post.pictures)}
            message = {"author": self._author, "content": content, "metadata": metadata}
            done = await self._calls.call("POST", f"/conversations/{conversation}/messages", json=message)
            last = str(done["messages"][0]["id"])
        return last

    async def note(self, conversation: str, post: Post) -> str:
        """Nothing: this desk has no place for colleagues alone; drafts are on the approval page."""
        return ""

    async def find(self, conversation: str, key: str, *, private: bool) -> str | None:
        """The last message of a post that is there as a whole."""
        async for message in self._messages(conversation):
            metadata = message.get("metadata") or {}
            if metadata.get("limner") == key and metadata.get("last"):
                return str(message["id"])
        return None

    async def hand_over(self, conversation: str) -> None:
        """Pass control to people, unless they have it."""
        if await self.may_speak(conversation):
            wanted = {"switchboardIntegration": self._settings.hand_over_to}
            await self._calls.call("POST", f"/conversations/{conversation}/passControl", json=wanted)

    async def is_handed_over(self, conversation: str) -> bool:
        """Whether another integration has control."""
        return await self._active(conversation) not in ("", self._settings.integration)

    async def typing(self, conversation: str) -> None:
        """Show that somebody types."""
        activity = {"author": {"type": BUSINESS}, "type": "typing:start"}
        await self._calls.call("POST", f"/conversations/{conversation}/activity", again=True, json=activity)

    async def open_conversations(self) -> AsyncIterator[DeskEvent]:
        """Nothing: the platform tells missed webhooks again by itself, and lists conversations of one user only."""
        for event in list[DeskEvent]():
            yield event

    async def _active(self, conversation: str) -> str:
        """Name of the integration that has control; empty where none has."""
        found = (await self._calls.get(f"/conversations/{conversation}"))["conversation"]
        return str((found.get("activeSwitchboardIntegration") or {}).get("name", ""))

    async def _messages(self, conversation: str) -> AsyncIterator[Any]:
        """The newest first."""
        before: dict[str, str] = {}
        while True:
            page = await self._calls.get(f"/conversations/{conversation}/messages", **before)
            for message in reversed(page["messages"]):
                yield message
            if not page["meta"]["hasMore"]:
                return
            before = {"page[before]": page["meta"]["beforeCursor"]}

    async def _parts(self, conversation: str, key: str) -> dict[int, str]:
        """The messages of a post that are there already, by their numbers."""
        found = {}
        async for message in self._messages(conversation):
            metadata = message.get("metadata") or {}
            if metadata.get("limner") == key:
                found[int(metadata["part"])] = str(message["id"])
        return found

    async def _image(self, conversation: str, picture: DeskPicture) -> dict[str, str]:
        data = await asyncio.to_thread(picture.path.read_bytes)
        where = {"access": "public", "for": "message", "conversationId": conversation}
        files = {"source": (picture.name, data, "image/png")}
        done = await self._calls.call("POST", "/attachments", again=True, params=where, files=files)
        media = done["attachment"]
        words = f"{picture.label}: {picture.alt_text}" if picture.label else picture.alt_text
        return {"type": "image", "mediaUrl": media["mediaUrl"], "altText": picture.alt_text, "text": words[:MAX_TEXT]}


def split(text: str) -> list[str]:
    """A text in parts that fit, cut between paragraphs, lines or words where there are any."""
    parts = []
    while len(text) > MAX_TEXT:
        at = next((at for sign in ("\n\n", "\n", " ") if (at := text.rfind(sign, 1, MAX_TEXT)) > 0), MAX_TEXT)
        parts.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*parts, text] if text else parts
