"""Zendesk Support: tickets answered as public comments, drafts as internal notes; told by triggers' webhooks."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from adapters.desk.adapter import DeskAdapter
from adapters.desk.api import DeskApi, DeskHook, Post
from adapters.desk.calls import Calls
from adapters.desk.rendering import html
from adapters.desk.zendesk_hook import SupportHook, said
from adapters.desk.zendesk_settings import SupportSettings, needs
from bot import Limner
from bot.desk.events import CustomerSaid, DeskEvent

if TYPE_CHECKING:
    from adapters.desk.help_centre import HelpCentre

UPDATABLE = frozenset({"new", "open", "pending"})
TICKETS = "/api/v2/tickets"


class Zendesk(DeskAdapter):
    """Tickets of one Zendesk account.

    Raises:
        SettingsError: Something that it needs is not set.
    """

    name = "zendesk"
    Settings = SupportSettings

    def __init__(self, settings: SupportSettings) -> None:
        super().__init__(settings)
        self._settings = settings
        needs(self.name, settings, ("base_url", "email", "api_token", "secret", "agent", "hand_over_group"))

    def connect(self, limner: Limner) -> tuple[DeskApi, DeskHook]:
        """The account, as its agent."""
        return SupportApi(self._settings), SupportHook(self._settings)

    @staticmethod
    def help_centre(settings: SupportSettings, portal: str, locales: Sequence[str]) -> "HelpCentre":
        """What `limner knowledge import` reads; it has but one portal. Raises SettingsError."""
        from adapters.desk.help_centre import HelpCentre, ZendeskCentre

        needs(Zendesk.name, settings, ("base_url",))
        return HelpCentre(ZendeskCentre(settings, locales), settings.base_url, settings)


class SupportApi:
    """Tickets of one account.

    What was posted is known again by the custom metadata of its audit, which neither customers nor colleagues see.
    An answer names the moment of the ticket that it was allowed at (`safe_update`), so Zendesk refuses it where a
    colleague was quicker: https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/
    """

    def __init__(self, settings: SupportSettings) -> None:
        self._settings = settings
        auth = httpx.BasicAuth(f"{settings.email}/token", settings.api_token.get_secret_value())
        self._calls = Calls("Zendesk", settings.base_url, auth=auth)
        self._seen: dict[str, str] = {}

    async def close(self) -> None:
        """Let go of connections."""
        await self._calls.close()

    async def may_speak(self, conversation: str) -> bool:
        """Whether the ticket is open and nobody else's, and no colleague has spoken last."""
        ticket = (await self._calls.get(f"{TICKETS}/{conversation}"))["ticket"]
        if not self._is_ours(ticket):
            return False
        async for comment, role in self._comments(conversation):
            if comment["public"]:
                self._seen[conversation] = ticket["updated_at"]
                return role == "end-user" or comment["author_id"] == self._settings.agent
        return True

    async def say(self, conversation: str, post: Post) -> str:
        """A public comment. Raises Refusal where somebody has changed the ticket since `may_speak`."""
        return await self._comment(conversation, post, public=True)

    async def note(self, conversation: str, post: Post) -> str:
        """An internal note."""
        return await self._comment(conversation, post, public=False)

    async def find(self, conversation: str, key: str, *, private: bool) -> str | None:
        """The comment whose audit has the key."""
        mark = _mark(key, public=not private)
        async for page in self._calls.pages(f"{TICKETS}/{conversation}/audits"):
            for audit in page["audits"]:
                if (audit.get("metadata") or {}).get("custom", {}).get("limner") == mark:
                    return next(str(one["id"]) for one in audit["events"] if one["type"] == "Comment")
        return None

    async def hand_over(self, conversation: str) -> None:
        """Put the ticket into the group of people, with nobody assigned."""
        self._seen.pop(conversation, None)
        changes = {"group_id": self._settings.hand_over_group, "assignee_id": None, "status": "open"}
        await self._calls.call("PUT", f"{TICKETS}/{conversation}", again=True, json={"ticket": changes})

    async def is_handed_over(self, conversation: str) -> bool:
        """Whether the ticket is in that group, or somebody's."""
        ticket = (await self._calls.get(f"{TICKETS}/{conversation}"))["ticket"]
        return ticket["group_id"] == self._settings.hand_over_group or ticket["assignee_id"] not in self._nobody

    async def typing(self, conversation: str) -> None:
        """Tickets don't show that."""

    async def open_conversations(self) -> AsyncIterator[DeskEvent]:
        """Comments of customers that nobody has answered, in tickets that are Limner's."""
        query = "type:ticket status<pending" + (f" group:{self._settings.group}" if self._settings.group else "")
        found = await self._calls.get("/api/v2/search", query=query, sort_by="updated_at", sort_order="desc")
        for ticket in found["results"]:
            if self._is_ours(ticket):
                for event in await self._unanswered(str(ticket["id"])):
                    yield event

    @property
    def _nobody(self) -> tuple[int | None, ...]:
        return None, self._settings.agent

    def _is_ours(self, ticket: Any) -> bool:
        is_in_group = ticket["group_id"] != self._settings.hand_over_group and (
            not self._settings.group or ticket["group_id"] in (None, self._settings.group)
        )
        return is_in_group and ticket["status"] in UPDATABLE and ticket["assignee_id"] in self._nobody

    async def _comments(self, conversation: str) -> AsyncIterator[tuple[Any, str]]:
        """The newest first, each with its author's role."""
        path = f"{TICKETS}/{conversation}/comments"
        async for page in self._calls.pages(path, sort="-created_at", include="users"):
            roles = {one["id"]: one["role"] for one in page.get("users", [])}
            for comment in page["comments"]:
                yield comment, roles.get(comment["author_id"], "end-user")

    async def _unanswered(self, conversation: str) -> list[CustomerSaid]:
        found: list[CustomerSaid] = []
        async for comment, role in self._comments(conversation):
            if comment["public"] and role != "end-user":
                break
            if comment["public"]:
                urls = [one["content_url"] for one in comment["attachments"]]
                text = comment.get("plain_body") or comment["body"]
                found.append(said(conversation, str(comment["id"]), str(comment["author_id"]), text, urls))
        return found[::-1]

    async def _comment(self, conversation: str, post: Post, *, public: bool) -> str:
        comment = {
            "html_body": html(post),
            "public": public,
            "uploads": [await self._uploaded(one.name, one.path) for one in post.pictures],
        }
        changes: dict[str, Any] = {"comment": comment, "metadata": {"limner": _mark(post.key, public=public)}}
        seen = self._seen.pop(conversation, "") if public else ""
        changes |= {"safe_update": True, "updated_stamp": seen} if seen else {}
        done = await self._calls.call("PUT", f"{TICKETS}/{conversation}", json={"ticket": changes})
        return next(str(one["id"]) for one in done["audit"]["events"] if one["type"] == "Comment")

    async def _uploaded(self, name: str, file: Path) -> str:
        """The token of an upload, good for an hour; one that nobody uses is dropped, so doing it twice is no harm."""
        data = await asyncio.to_thread(file.read_bytes)
        what: dict[str, Any] = {"params": {"filename": name}, "content": data, "headers": {"Content-Type": "image/png"}}
        done = await self._calls.call("POST", "/api/v2/uploads", again=True, **what)
        return str(done["upload"]["token"])


def _mark(key: str, *, public: bool) -> str:
    return f"{'say' if public else 'note'}/{key}"
