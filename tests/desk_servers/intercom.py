"""Intercom as far as a bot can tell: conversations and their parts, assignments, articles, signed notifications."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping

from aiohttp import web

from tests.desk_servers.local import Json, LocalDesk

LIMNER, AGENT, CUSTOMER = "900", "901", "6a"
TEAM = 77
MAX_FILES = 10
AT = "/conversations/{id}"
REFERENCE = re.compile(r"\[([0-9a-f]{12})\]")


class Intercom(LocalDesk):
    """One workspace; `assigns`: a conversation that nobody has is assigned to whoever replies."""

    routes = (
        f"GET {AT}",
        f"POST {AT}/reply",
        f"POST {AT}/parts",
        "POST /conversations/search",
        "GET /articles",
    )
    prefix = "/"
    posting = f"POST {AT}/reply"

    def __init__(self) -> None:
        super().__init__()
        self.secret, self.token, self.assigns = "client-secret", "access-token", True
        self.conversations: dict[str, Json] = {}
        self.articles: list[Json] = []
        self.happened: list[str] = []

    async def ask(self, text: str, conversation: str = "", pictures: tuple[bytes, ...] = (), tell: bool = True) -> str:
        """A customer writes, in a new conversation of a team where none is named; its id."""
        author = {"type": "user", "id": CUSTOMER}
        files = [
            {"type": "upload", "name": "shot.png", "url": self.keep(one), "content_type": "image/png"}
            for one in pictures
        ]
        if conversation:
            part = self._part(conversation, "comment", f"<p>{text}</p>", author, files)
            await self.notify("conversation.user.replied", conversation, [part])
            return conversation
        made = str(self.number())
        source = {"id": f"s{made}", "body": f"<p>{text}</p>", "author": author, "attachments": files}
        fields = {"type": "conversation", "id": made, "state": "open", "team_assignee_id": TEAM, "source": source}
        self.conversations[made] = {**fields, "admin_assignee_id": int(LIMNER), "parts": []}
        if tell:
            await self.notify("conversation.user.created", made, [])
        return made

    async def reply(self, conversation: str, text: str, *, private: bool = False) -> None:
        """A colleague writes."""
        part = self._part(
            conversation, "note" if private else "comment", f"<p>{text}</p>", {"type": "admin", "id": AGENT}
        )
        await self.notify(f"conversation.admin.{'noted' if private else 'replied'}", conversation, [part])

    def told(self, conversation: str, *, private: bool = False) -> list[tuple[str, int]]:
        """What Limner has told customers or colleagues, with how many pictures."""
        kind, parts = "note" if private else "comment", self.conversations[conversation]["parts"]
        mine = [one for one in parts if one["part_type"] == kind and one["author"]["id"] == LIMNER]
        return [(one["body"], len(one["attachments"])) for one in mine]

    def with_people(self, conversation: str) -> bool:
        found = self.conversations[conversation]
        return found["admin_assignee_id"] is None and found["team_assignee_id"] == TEAM

    def stranger(self) -> str:
        """A customer's message as a notification tells it."""
        source = {"body": "x", "author": {"type": "user", "id": "u"}}
        item = {"type": "conversation", "id": "5", "source": source}
        return json.dumps({"topic": "conversation.user.created", "data": {"item": item}})

    async def assign(self, conversation: str, admin: str | None) -> None:
        """A colleague assigns the conversation to somebody."""
        self.conversations[conversation]["admin_assignee_id"] = int(admin) if admin else None
        part = self._part(conversation, "assignment", "", {"type": "admin", "id": AGENT})
        await self.notify("conversation.admin.assigned", conversation, [part])

    async def rate(self, conversation: str, rating: int, remark: str = "") -> None:
        self.conversations[conversation]["conversation_rating"] = {"rating": rating, "remark": remark}
        await self.notify("conversation.rating.added", conversation, [])

    async def notify(self, topic: str, conversation: str, parts: list[Json]) -> int:
        item = self._shown(conversation, parts)
        event = {"type": "notification_event", "id": f"notif_{self.number()}", "topic": topic, "data": {"item": item}}
        return await self.tell(json.dumps(event).encode())

    def allowed(self, request: web.Request) -> bool:
        versioned = request.headers.get("Intercom-Version") == "2.14"
        return versioned and request.headers.get("Authorization") == f"Bearer {self.token}"

    def signed(self, body: bytes) -> Mapping[str, str]:
        return {"X-Hub-Signature": f"sha1={hmac.new(self.secret.encode(), body, hashlib.sha1).hexdigest()}"}

    def _part(self, conversation: str, kind: str, body: str, author: Json, files: list[Json] | None = None) -> Json:
        part = {
            "type": "conversation_part",
            "id": str(self.number()),
            "part_type": kind,
            "body": body,
            "author": author,
        }
        self.conversations[conversation]["parts"].append(part | {"attachments": files or []})
        return self.conversations[conversation]["parts"][-1]  # type: ignore[no-any-return]

    def _shown(self, conversation: str, parts: list[Json]) -> Json:
        fields = {name: value for name, value in self.conversations[conversation].items() if name != "parts"}
        return {**fields, "conversation_parts": {"conversation_parts": parts, "total_count": len(parts)}}

    async def get_conversations_id(self, request: web.Request) -> web.Response:
        conversation = request.match_info["id"]
        if conversation not in self.conversations:
            return web.json_response({"errors": [{"code": "not_found"}]}, status=404)
        return web.json_response(self._shown(conversation, self.conversations[conversation]["parts"]))

    async def post_conversations_id_reply(self, request: web.Request) -> web.Response:
        conversation, body = request.match_info["id"], await request.json()
        if body.get("type") != "admin" or body.get("admin_id") != LIMNER or not body.get("body"):
            return self.refuse(422, "a reply needs an admin and a body")
        if len(body.get("attachment_files", [])) > MAX_FILES:
            return self.refuse(422, "more than 10 attachments")
        files = [
            {"name": one["name"], "url": self.keep(base64.b64decode(one["data"]), one["content_type"])}
            for one in body.get("attachment_files", [])
        ]
        for mark in REFERENCE.findall(body["body"]):
            self.marks[f"{body['message_type']} {mark}"] += 1
        # Intercom cleans HTML: comments and scripts are gone.
        html = re.sub(r"<!--.*?-->|<script.*?</script>", "", body["body"], flags=re.DOTALL)
        part = self._part(conversation, body["message_type"], html, {"type": "admin", "id": LIMNER}, files)
        self.happened.append("note" if body["message_type"] == "note" else "said")
        if body["message_type"] == "comment" and self.assigns:
            self.conversations[conversation]["admin_assignee_id"] = int(LIMNER)
        topic = "conversation.admin.noted" if body["message_type"] == "note" else "conversation.admin.replied"
        await self.notify(topic, conversation, [part])
        return web.json_response(self._shown(conversation, self.conversations[conversation]["parts"]))

    async def post_conversations_id_parts(self, request: web.Request) -> web.Response:
        conversation, body = request.match_info["id"], await request.json()
        if body.get("message_type") != "assignment" or body.get("type") not in ("admin", "team"):
            return self.refuse(422, "no such part")
        field = "admin_assignee_id" if body["type"] == "admin" else "team_assignee_id"
        self.conversations[conversation][field] = int(body["assignee_id"]) or None
        if body["type"] == "team":
            self.happened.append("handed over")
        part = self._part(conversation, "assignment", "", {"type": "admin", "id": LIMNER})
        await self.notify("conversation.admin.assigned", conversation, [part])
        return web.json_response(self._shown(conversation, []))

    async def post_conversations_search(self, request: web.Request) -> web.Response:
        wanted = {one["field"]: one["value"] for one in (await request.json())["query"]["value"]}
        found = [
            self._shown(one, [])
            for one, fields in self.conversations.items()
            if fields["state"] == wanted["state"]
            and str(fields["admin_assignee_id"]) == str(wanted["admin_assignee_id"])
        ]
        return web.json_response({"conversations": found, "pages": {}})

    async def get_articles(self, request: web.Request) -> web.Response:
        page, size = int(request.query.get("page", 1)), min(int(request.query.get("per_page", 15)), self.most)
        pages = {"page": page, "per_page": size, "total_pages": -(-len(self.articles) // size)}
        return web.json_response({"data": self.articles[(page - 1) * size : page * size], "pages": pages})
