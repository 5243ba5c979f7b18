"""Intercom: conversations answered in HTML as an admin, drafts as notes, and given back to the team they came from."""

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Any

from adapters.desk.adapter import DeskAdapter
from adapters.desk.api import DeskApi, DeskHook, DeskPicture, Post
from adapters.desk.calls import Calls
from adapters.desk.intercom_hook import IntercomHook, is_ours, number, unanswered
from adapters.desk.intercom_settings import IntercomSettings
from adapters.desk.rendering import html
from adapters.desk.zendesk_settings import needs
from bot import Limner
from bot.desk.events import DeskEvent

if TYPE_CHECKING:
    from adapters.desk.help_centre import HelpCentre

MAX_FILES = 10
REFERENCE_CHARACTERS = 12
NOBODY = "0"


class Intercom(DeskAdapter):
    """Conversations of one workspace of Intercom.

    Raises:
        SettingsError: Something that it needs is not set.
    """

    name = "intercom"
    Settings = IntercomSettings

    def __init__(self, settings: IntercomSettings) -> None:
        super().__init__(settings)
        self._settings = settings
        needs(self.name, settings, ("access_token", "secret", "admin", "hand_over_team"))

    def connect(self, limner: Limner) -> tuple[DeskApi, DeskHook]:
        """The workspace, as its teammate."""
        return IntercomApi(self._settings), IntercomHook(self._settings)

    @staticmethod
    def help_centre(settings: IntercomSettings, portal: str, locales: Sequence[str]) -> "HelpCentre":
        """What `limner knowledge import` reads; it has but one portal. Raises SettingsError."""
        from adapters.desk.help_centre import HelpCentre, IntercomCentre

        needs(Intercom.name, settings, ("base_url",))
        return HelpCentre(IntercomCentre(settings, locales), settings.base_url, settings)


class IntercomApi:
    """Conversations of one workspace (https://developers.intercom.com/docs/references/rest-api/api.intercom.io).

    Intercom keeps no metadata with a reply and cleans its HTML, so a post ends with a short reference in small print,
    by which it is known again.
    """

    def __init__(self, settings: IntercomSettings) -> None:
        self._settings = settings
        token = settings.access_token.get_secret_value()
        headers = {"Authorization": f"Bearer {token}", "Intercom-Version": settings.version}
        self._calls = Calls("Intercom", settings.base_url, headers=headers)

    async def close(self) -> None:
        """Let go of connections."""
        await self._calls.close()

    async def may_speak(self, conversation: str) -> bool:
        """Whether the conversation is open and Limner's admin has it, or nobody and no team."""
        found = await self._conversation(conversation)
        return found["state"] == "open" and is_ours(found, self._settings.admin)

    async def say(self, conversation: str, post: Post) -> str:
        """A comment; where it makes Intercom assign to Limner what people have already, that is undone."""
        before = await self._conversation(conversation)
        done = await self._reply(conversation, post, "comment")
        if not is_ours(before, self._settings.admin) and is_ours(done, self._settings.admin):
            await self._assign(conversation, "admin", number(before.get("admin_assignee_id")) or NOBODY)
        return self._found(done, post.key, "comment") or ""

    async def note(self, conversation: str, post: Post) -> str:
        """A note, which customers don't see."""
        return self._found(await self._reply(conversation, post, "note"), post.key, "note") or ""

    async def find(self, conversation: str, key: str, *, private: bool) -> str | None:
        """The part with the reference."""
        kind = "note" if private else "comment"
        return self._found(await self._conversation(conversation), key, kind)

    async def hand_over(self, conversation: str) -> None:
        """Back to the team that it came from, or else to that of the settings, with nobody assigned."""
        found = await self._conversation(conversation)
        team = number(found.get("team_assignee_id")) or self._settings.hand_over_team
        await self._assign(conversation, "team", team)
        if number(found.get("admin_assignee_id")) == self._settings.admin:
            await self._assign(conversation, "admin", NOBODY)

    async def is_handed_over(self, conversation: str) -> bool:
        """Whether a team or another admin has it."""
        return not is_ours(await self._conversation(conversation), self._settings.admin)

    async def typing(self, conversation: str) -> None:
        """Intercom has no call for that."""

    async def open_conversations(self) -> AsyncIterator[DeskEvent]:
        """What customers wrote since the last answer, in open conversations that Limner's admin has."""
        wanted = [
            {"field": "state", "operator": "=", "value": "open"},
            {"field": "admin_assignee_id", "operator": "=", "value": self._settings.admin},
        ]
        query: dict[str, Any] = {"query": {"operator": "AND", "value": wanted}, "pagination": {"per_page": 50}}
        while True:
            page = await self._calls.call("POST", "/conversations/search", again=True, json=query)
            for one in page["conversations"]:
                for event in unanswered(await self._conversation(number(one["id"]))):
                    yield event
            following = (page.get("pages") or {}).get("next")
            if not following:
                return
            query["pagination"]["starting_after"] = following["starting_after"]

    async def _conversation(self, conversation: str) -> Any:
        return await self._calls.get(f"/conversations/{conversation}")

    async def _assign(self, conversation: str, kind: str, to: str) -> None:
        part = {"message_type": "assignment", "type": kind, "admin_id": self._settings.admin, "assignee_id": to}
        await self._calls.call("POST", f"/conversations/{conversation}/parts", again=True, json=part)

    async def _reply(self, conversation: str, post: Post, kind: str) -> Any:
        files = await asyncio.gather(*(asyncio.to_thread(_file, one) for one in post.pictures[:MAX_FILES]))
        body = f"{html(post)}<p><i>[{reference(post.key)}]</i></p>"
        who = {"message_type": kind, "type": "admin", "admin_id": self._settings.admin}
        reply = {**who, "body": body, **({"attachment_files": files} if files else {})}
        return await self._calls.call("POST", f"/conversations/{conversation}/reply", json=reply)

    def _found(self, conversation: Any, key: str, kind: str) -> str | None:
        sign = f"[{reference(key)}]"
        for part in reversed(conversation["conversation_parts"]["conversation_parts"]):
            is_own = part["author"]["type"] == "admin" and number(part["author"]["id"]) == self._settings.admin
            if is_own and part["part_type"] == kind and sign in (part["body"] or ""):
                return str(part["id"])
        return None


def reference(key: str) -> str:
    """What a post is known again by."""
    return hashlib.sha256(key.encode()).hexdigest()[:REFERENCE_CHARACTERS]


def _file(picture: DeskPicture) -> dict[str, str]:
    data = base64.b64encode(picture.path.read_bytes()).decode()
    return {"content_type": "image/png", "name": picture.name, "data": data}
