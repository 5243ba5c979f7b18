"""Chatwoot: an agent bot that answers while a conversation is pending, and leaves it to people once it is open."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Any

from adapters.desk.adapter import DeskAdapter
from adapters.desk.api import DeskApi, DeskHook, Post
from adapters.desk.calls import Calls, Refusal
from adapters.desk.chatwoot_hook import ChatwootHook, is_incoming, said
from adapters.desk.chatwoot_settings import ChatwootSettings
from adapters.desk.rendering import captioned
from bot import DeliveryError, Limner
from bot.desk.events import DeskEvent
from bot.errors import OutcomeUnknown, SettingsError

if TYPE_CHECKING:
    from adapters.desk.help_centre import HelpCentre

MAX_FILES = 15
MAX_FILE_BYTES = 40 * 2**20
PENDING, OPEN = "pending", "open"
PAGES = 20
MARK = "limner"


class Chatwoot(DeskAdapter):
    """An account of Chatwoot.

    Raises:
        SettingsError: The token is not set, or webhooks would be believed without a secret.
    """

    name = "chatwoot"
    Settings = ChatwootSettings

    def __init__(self, settings: ChatwootSettings) -> None:
        super().__init__(settings)
        self._settings = settings
        if not settings.token.get_secret_value():
            raise _lacks("token", "Set it, or CHATWOOT_BOT_TOKEN in the environment.")
        if not (settings.secret.get_secret_value() or settings.allow_unsigned):
            raise _lacks("secret", "Set it, or CHATWOOT_SECRET in the environment; allow_unsigned does without.")

    def connect(self, limner: Limner) -> tuple[DeskApi, DeskHook]:
        """The account, as the bot."""
        return ChatwootApi(self._settings), ChatwootHook(self._settings)

    @staticmethod
    def help_centre(settings: ChatwootSettings, portal: str, locales: Sequence[str]) -> "HelpCentre":
        """What `limner knowledge import` reads. Raises SettingsError without an agent's token."""
        from adapters.desk.help_centre import ChatwootCentre, HelpCentre

        if not settings.user_token.get_secret_value():
            raise _lacks("user_token", "Set it, or CHATWOOT_USER_TOKEN in the environment.")
        return HelpCentre(ChatwootCentre(settings, portal, locales), settings.base_url, settings)

    @staticmethod
    def first_steps(settings: ChatwootSettings | None) -> list[str]:
        """What is to be done before the first answer, line by line; without settings there is no token yet."""
        at = settings or ChatwootSettings.model_validate({})
        base = at.base_url.rstrip("/")
        lines = [
            f"Add a bot at {base}/app/accounts/{at.account_id}/settings/agent-bots (Add Bot), its webhook URL the "
            f"public address of port {at.port} with {at.path}; docs/support-desk.md names each screen."
        ]
        if settings is None:
            lines.append("Put its access token into CHATWOOT_BOT_TOKEN and its secret into CHATWOOT_SECRET.")
        return [*lines, "Choose it in each inbox that Limner answers in (Settings, Inboxes, Bot Configuration)."]


class ChatwootApi:
    """One account's API.

    A bot may post, hand over and (since June 2026) look at one conversation; to list messages takes a user's token.
    What was posted is known again by an entry of its `content_attributes`.
    """

    def __init__(self, settings: ChatwootSettings) -> None:
        at = f"{settings.base_url.rstrip('/')}/api/v1/accounts/{settings.account_id}"
        token, user_token = settings.token.get_secret_value(), settings.user_token.get_secret_value()
        self._bot = Calls("Chatwoot", at, headers={"api_access_token": token})
        self._user = Calls("Chatwoot", at, headers={"api_access_token": user_token}) if user_token else None
        self._inboxes, self._types = settings.inboxes, True

    async def close(self) -> None:
        """Let go of connections."""
        await self._bot.close()
        if self._user:
            await self._user.close()

    async def may_speak(self, conversation: str) -> bool:
        """Whether the conversation is pending and nobody's."""
        found = await self._conversation(conversation)
        return found["status"] == PENDING and not _assignee(found)

    async def say(self, conversation: str, post: Post) -> str:
        """A message, with pictures as its attachments."""
        return await self._post(conversation, post, private=False)

    async def note(self, conversation: str, post: Post) -> str:
        """A private note."""
        return await self._post(conversation, post, private=True)

    async def find(self, conversation: str, key: str, *, private: bool) -> str | None:
        """The message that carries the key. Raises OutcomeUnknown without a user's token."""
        if self._user is None:
            raise OutcomeUnknown(
                "Chatwoot lets no bot look whether it came through", "Set adapters.chatwoot.user_token."
            )
        async for message in self._messages(self._user, conversation):
            if (message.get("content_attributes") or {}).get(MARK) == key and bool(message["private"]) is private:
                return str(message["id"])
        return None

    async def hand_over(self, conversation: str) -> None:
        """Open the conversation: people see it then, and no bot speaks in it."""
        await self._bot.call("POST", f"/conversations/{conversation}/toggle_status", again=True, json={"status": OPEN})

    async def is_handed_over(self, conversation: str) -> bool:
        """Whether the conversation is open, or somebody's."""
        found = await self._conversation(conversation)
        return found["status"] == OPEN or bool(_assignee(found))

    async def typing(self, conversation: str) -> None:
        """Show that somebody types, unless this Chatwoot (before March 2026) lets no bot do so."""
        if self._types:
            path = f"/conversations/{conversation}/toggle_typing_status"
            try:
                await self._bot.call("POST", path, json={"typing_status": "on"})
            except Refusal:
                self._types = False
                raise

    async def open_conversations(self) -> AsyncIterator[DeskEvent]:
        """What customers wrote last in pending conversations; nothing without a user's token."""
        if self._user is None:
            return
        for number in range(1, PAGES + 1):
            pending = {"status": PENDING, "assignee_type": "unassigned", "page": number}
            found = (await self._user.get("/conversations", **pending))["data"]["payload"]
            for one in found:
                if not self._inboxes or one["inbox_id"] in self._inboxes:
                    for message in await self._unanswered(self._user, str(one["id"])):
                        yield said(message, str(one["id"]))
            if not found:
                return

    async def _unanswered(self, user: Calls, conversation: str) -> list[Any]:
        """The customer's messages since somebody last spoke to them, oldest first."""
        last: list[Any] = []
        async for message in self._messages(user, conversation):
            if is_incoming(message):
                last.append(message)
            elif message["message_type"] in (1, "outgoing") and not message["private"]:
                break
        return last[::-1]

    async def _messages(self, user: Calls, conversation: str) -> AsyncIterator[Any]:
        """The newest first; Chatwoot gives twenty at a time, oldest first."""
        before: dict[str, Any] = {}
        for _ in range(PAGES):
            page = (await user.get(f"/conversations/{conversation}/messages", **before))["payload"]
            for message in reversed(page):
                yield message
            if not page:
                return
            before = {"before": page[0]["id"]}

    async def _conversation(self, conversation: str) -> Any:
        try:
            return await (self._user or self._bot).get(f"/conversations/{conversation}")
        except Refusal as refusal:
            if refusal.status != 401 or self._user:
                raise
            problem = "Chatwoot lets the bot not look at conversations"
            raise DeliveryError(problem, "Look at its token, or set adapters.chatwoot.user_token.") from refusal

    async def _post(self, conversation: str, post: Post, *, private: bool) -> str:
        path = f"/conversations/{conversation}/messages"
        fields: dict[str, Any] = {"content": captioned(post), "message_type": "outgoing"}
        if not post.pictures:
            body = fields | {"private": private, "content_attributes": {MARK: post.key}}
            return str((await self._bot.call("POST", path, json=body))["id"])
        fields |= {"private": str(private).lower(), "content_attributes[limner]": post.key}
        files = []
        for one in post.pictures[:MAX_FILES]:
            data = await asyncio.to_thread(one.path.read_bytes)
            if len(data) > MAX_FILE_BYTES:
                raise DeliveryError("A picture is larger than Chatwoot takes, 40 MB", lasting=True)
            files.append(("attachments[]", (one.name, data, "image/png")))
        return str((await self._bot.call("POST", path, data=fields, files=files))["id"])


def _assignee(conversation: Any) -> Any:
    """Whose the conversation is; an agent bot may be named there by newer ones, and is nobody."""
    meta = conversation.get("meta") or {}
    return None if meta.get("assignee_type") == "AgentBot" else meta.get("assignee")


def _lacks(name: str, remedy: str) -> SettingsError:
    return SettingsError(f"Chatwoot needs adapters.chatwoot.{name}", remedy, f"adapters.chatwoot.{name}")
