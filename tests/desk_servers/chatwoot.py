"""Chatwoot as far as an agent bot can tell: conversations, messages, statuses, webhooks with their retries."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import httpx
from aiohttp import web

from tests.desk_servers.local import Json, LocalDesk

ACCOUNT, INBOX, CUSTOMER = 1, 5, 31
AGENT = {"id": 11, "name": "Mia", "type": "user"}
BOT = {"id": 3, "name": "Limner", "type": "agent_bot"}
INCOMING, OUTGOING = 0, 1
NAMES = {INCOMING: "incoming", OUTGOING: "outgoing"}
MAX_FILES, MAX_FILE_BYTES, PAGE = 15, 40 * 2**20, 20
ATTEMPTS = 3
AT = "/api/v1/accounts/{account}/conversations"


class Chatwoot(LocalDesk):
    """One account with one inbox, which has an agent bot.

    Attributes:
        is_new: It lets bots look at a conversation, and signs webhooks.
    """

    routes = (
        f"GET {AT}",
        f"GET {AT}/{{id}}",
        f"GET {AT}/{{id}}/messages",
        f"POST {AT}/{{id}}/messages",
        f"POST {AT}/{{id}}/toggle_status",
        f"POST {AT}/{{id}}/toggle_typing_status",
    )
    prefix = "/api/v1/accounts/{account}/"
    posting = f"POST {AT}/{{id}}/messages"

    def __init__(self) -> None:
        super().__init__()
        self.secret, self.token, self.user_token = "hook-secret", "bot-token", "user-token"
        self.is_new, self.retry_s = True, 0.0
        self.conversations: dict[str, Json] = {}
        self.messages: dict[str, list[Json]] = {}
        self.happened: list[str] = []
        self.typed: list[str] = []
        self._telling: set[asyncio.Task[None]] = set()

    async def ask(self, text: str, conversation: str = "", pictures: tuple[bytes, ...] = (), tell: bool = True) -> str:
        """A customer writes, in a new conversation where none is named; its number."""
        if not conversation:
            conversation = str(self.number())
            self.conversations[conversation] = {"status": "pending", "assignee": None}
            self.messages[conversation] = []
        elif self.conversations[conversation]["status"] == "resolved":
            self.conversations[conversation]["status"] = "pending"
        files = [{"file_type": "image", "data_url": self.keep(one)} for one in pictures]
        sender = {"id": CUSTOMER, "name": "Lin", "type": "contact"}
        message = self._add(conversation, text, INCOMING, sender, attachments=files)
        if tell:
            await self.fire("message_created", conversation, message)
        return conversation

    async def reply(self, conversation: str, text: str, *, private: bool = False) -> None:
        """A colleague writes; where they tell the customer, that leaves the conversation as it is."""
        message = self._add(conversation, text, OUTGOING, AGENT, private=private)
        await self.fire("message_created", conversation, message)

    async def turn(self, conversation: str, status: str) -> None:
        """A colleague sets the status."""
        self.conversations[conversation]["status"] = status
        if status in ("open", "resolved"):
            await self.fire("conversation_opened" if status == "open" else "conversation_resolved", conversation)

    async def rate(self, conversation: str, rating: int, words: str) -> None:
        """A customer answers the survey."""
        survey = {"submitted_values": {"csat_survey_response": {"rating": rating, "feedback_message": words}}}
        message = self._add(conversation, "How was it?", 3, {}) | {"content_type": "input_csat"}
        await self.fire("message_updated", conversation, message | {"content_attributes": survey})

    async def fire(self, event: str, conversation: str, message: Json | None = None) -> int:
        """Tell an event as Chatwoot does: three attempts on 429 and 500, and else a conversation that is opened."""
        told: Json = {"event": event, "account": {"id": ACCOUNT}}
        if message is None:
            told |= self._shown(conversation)
        else:
            kind = NAMES.get(message["message_type"], "template")
            told |= {**message, "message_type": kind, "conversation": self._shown(conversation)}
        body, delivery = json.dumps(told).encode(), uuid4().hex
        status = 0
        for _ in range(ATTEMPTS):
            try:
                status = await self.tell(body, {**self.signed(body), "X-Chatwoot-Delivery": delivery})
            except httpx.TransportError:
                status = 0
            if status not in (429, 500):
                break
            await asyncio.sleep(self.retry_s)
        if status != 200 and self.hook and self.conversations[conversation]["status"] == "pending":
            self.conversations[conversation]["status"] = "open"
        return status

    async def quiet(self) -> None:
        """Wait until the bot has heard all that came of its own posts."""
        while self._telling:
            await asyncio.wait(self._telling)

    def told(self, conversation: str, *, private: bool = False) -> list[tuple[str, int]]:
        """What the bot has told the customer, or colleagues, each with how many pictures."""
        ours = [one for one in self.messages[conversation] if one["sender"] == BOT and one["private"] is private]
        return [(one["content"], len(one["attachments"])) for one in ours]

    def with_people(self, conversation: str) -> bool:
        """Whether people see the conversation as theirs."""
        return bool(self.conversations[conversation]["status"] == "open")

    def stranger(self) -> str:
        """The webhook of a customer's message that nobody wrote."""
        about = {"id": 7, "status": "pending", "meta": {}}
        told = {"event": "message_created", "id": 1, "message_type": "incoming", "content": "x", "conversation": about}
        return json.dumps(told)

    def allowed(self, request: web.Request) -> bool:
        token = request.headers.get("api_access_token")
        if token == self.user_token:
            return True
        path = request.path.removeprefix(f"/api/v1/accounts/{ACCOUNT}/conversations")
        looks = request.method == "GET" and not (self.is_new and path.count("/") == 1)
        return token == self.token and not looks and (self.is_new or not path.endswith("typing_status"))

    def signed(self, body: bytes) -> Mapping[str, str]:
        if not self.is_new:
            return {}
        stamp = str(int(self.clock.now()))
        mac = hmac.new(self.secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        return {"X-Chatwoot-Signature": f"sha256={mac}", "X-Chatwoot-Timestamp": stamp}

    def _add(self, conversation: str, text: str, kind: int, sender: Json, **more: Any) -> Json:
        fields = {"id": self.number(), "content": text, "message_type": kind, "sender": sender, "private": False}
        message = {**fields, "content_type": "text", "content_attributes": {}, "attachments": [], **more}
        self.messages[conversation].append(message)
        return message

    def _shown(self, conversation: str) -> Json:
        known = self.conversations[conversation]
        meta = {"sender": {"id": CUSTOMER}, "assignee": known["assignee"]}
        return {"id": int(conversation), "status": known["status"], "inbox_id": INBOX, "meta": meta}

    def _tell_later(self, event: str, conversation: str, message: Json | None = None) -> None:
        async def tell() -> None:
            await self.fire(event, conversation, message)

        task = asyncio.create_task(tell())
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def get_conversations(self, request: web.Request) -> web.Response:
        wanted = [
            self._shown(one)
            for one, known in self.conversations.items()
            if known["status"] == request.query["status"] and not known["assignee"]
        ]
        start = (int(request.query.get("page", 1)) - 1) * 25
        return web.json_response({"data": {"payload": wanted[start : start + 25]}})

    async def get_conversations_id(self, request: web.Request) -> web.Response:
        return web.json_response(self._shown(request.match_info["id"]))

    async def get_conversations_id_messages(self, request: web.Request) -> web.Response:
        before = int(request.query.get("before", 10**9))
        found = [one for one in self.messages[request.match_info["id"]] if one["id"] < before]
        listed = [{**one, "attachments": one["attachments"] if one["sender"] != BOT else []} for one in found[-PAGE:]]
        return web.json_response({"payload": listed})

    async def post_conversations_id_messages(self, request: web.Request) -> web.Response:
        conversation, files = request.match_info["id"], []
        if request.content_type == "multipart/form-data":
            form = await request.post()
            wanted: Json = {"content": form.get("content"), "private": form.get("private") == "true"}
            wanted["content_attributes"] = {"limner": form.get("content_attributes[limner]")}
            files = [one.file.read() for one in form.getall("attachments[]", []) if isinstance(one, web.FileField)]
        else:
            wanted = await request.json()
        if len(files) > MAX_FILES or any(len(one) > MAX_FILE_BYTES for one in files):
            return self.refuse(422, "attachments: exceeded maximum allowed")
        if not (wanted.get("content") or files):
            return self.refuse(422, "a message without words")
        private, attributes = bool(wanted.get("private")), wanted["content_attributes"]
        self.happened.append("note" if private else "said")
        self.marks[str(attributes["limner"])] += 1
        more = {"private": private, "content_attributes": attributes, "attachments": files}
        message = self._add(conversation, wanted["content"], OUTGOING, BOT, **more)
        shown = {**message, "attachments": [{"file_type": "image"} for _ in files]}
        self._tell_later("message_created", conversation, shown)
        return web.json_response(shown)

    async def post_conversations_id_toggle_status(self, request: web.Request) -> web.Response:
        conversation, status = request.match_info["id"], (await request.json())["status"]
        if status not in ("open", "resolved", "pending", "snoozed"):
            return self.refuse(422, f"no status {status}")
        self.conversations[conversation]["status"] = status
        if status == "open":
            self.happened.append("handed over")
            self._tell_later("conversation_opened", conversation)
        return web.json_response(None)

    async def post_conversations_id_toggle_typing_status(self, request: web.Request) -> web.Response:
        self.typed.append(request.match_info["id"])
        return web.Response()
