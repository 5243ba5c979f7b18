"""Zendesk as far as a bot can tell: tickets, comments, audits, uploads, search, a help centre, triggers' webhooks."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from tests.desk_servers.local import Json, LocalDesk

LIMNER, AGENT, CUSTOMER = 100, 101, 201
LIMNER_GROUP, PEOPLE = 10, 11
UPLOAD_S = 3_600
UPLOAD_BYTES = 50 * 2**20
TICKET = "/api/v2/tickets/{id}"
HOLE = re.compile(r"{{\s*([\w.]+)\s*}}")
LOOP = re.compile(r"{%\s*for one in ticket.latest_comment.attachments\s*%}(.*?){%\s*endfor\s*%}")


class Zendesk(LocalDesk):
    """One account, whose triggers send what `templates` say (by event), with the holes filled."""

    routes = (
        f"GET {TICKET}",
        f"PUT {TICKET}",
        f"GET {TICKET}/comments",
        f"GET {TICKET}/audits",
        "POST /api/v2/uploads",
        "GET /api/v2/search",
        "GET /api/v2/help_center/{locale}/articles",
    )
    prefix = "/api/v2/"
    posting = f"PUT {TICKET}"

    def __init__(self, templates: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.templates, self.secret, self.token = dict(templates or {}), "whsec", "api-token"
        self.roles = {LIMNER: "agent", AGENT: "agent", CUSTOMER: "end-user"}
        self.tickets: dict[int, Json] = {}
        self.comments: dict[int, list[Json]] = {}
        self.audits: dict[int, list[Json]] = {}
        self.uploads: dict[str, tuple[str, bytes, float]] = {}
        self.articles: list[Json] = []
        self.happened: list[str] = []

    async def ask(self, text: str, conversation: str = "", pictures: tuple[bytes, ...] = (), tell: bool = True) -> str:
        """A customer writes, in a new ticket where none is named; its number."""
        number = int(conversation or self.number())
        if not conversation:
            fields = {"id": number, "status": "new", "group_id": LIMNER_GROUP, "assignee_id": None}
            self.tickets[number] = {**fields, "requester_id": CUSTOMER, "updated_at": self._now()}
            self.comments[number], self.audits[number] = [], []
        links = [{"file_name": "s.png", "content_url": self.keep(one), "content_type": "image/png"} for one in pictures]
        self._comment(number, CUSTOMER, {"body": text, "public": True}, links)
        if tell:
            await self.fire("customer", str(number))
        return str(number)

    async def reply(self, conversation: str, text: str, *, private: bool = False) -> None:
        """A colleague writes."""
        self._comment(int(conversation), AGENT, {"body": text, "public": not private}, [])
        await self.fire("colleague", conversation)

    def told(self, conversation: str, *, private: bool = False) -> list[tuple[str, int]]:
        """What Limner has told customers or colleagues, with how many pictures."""
        mine = [one for one in self.comments[int(conversation)] if one["author_id"] == LIMNER]
        return [(one["html_body"], len(one["attachments"])) for one in mine if one["public"] is not private]

    def with_people(self, conversation: str) -> bool:
        return bool(self.tickets[int(conversation)]["group_id"] == PEOPLE)

    def stranger(self) -> str:
        """A customer's message as a trigger tells it."""
        return json.dumps({"event": "customer", "ticket": "5", "comment": "7", "author": "9", "text": "x"})

    async def fire(self, event: str, conversation: str, **more: str) -> int:
        """What a trigger sends."""
        ticket = int(conversation)
        customers = event == "customer"
        latest = [one for one in self.comments[ticket] if (one["author_id"] == CUSTOMER) is customers][-1]
        values = {
            "ticket.id": ticket,
            "ticket.requester.id": self.tickets[ticket]["requester_id"],
            "ticket.latest_comment.id": latest["id"],
            "ticket.latest_comment.author.id": latest["author_id"],
            "ticket.latest_comment.author.name": f"user {latest['author_id']}",
            "ticket.latest_comment.is_public": str(latest["public"]).lower(),
            "ticket.latest_comment.value": latest.get("body", ""),
            **more,
        }
        urls = [one["content_url"] for one in latest["attachments"]]
        text = LOOP.sub(
            lambda loop: "".join(loop[1].replace("{{one.url}}", url) for url in urls), self.templates[event]
        )
        filled = HOLE.sub(lambda hole: json.dumps(str(values[hole[1]]), ensure_ascii=False)[1:-1], text)
        return await self.tell(filled.encode())

    def allowed(self, request: web.Request) -> bool:
        known = base64.b64encode(f"limner@example.com/token:{self.token}".encode()).decode()
        return request.headers.get("Authorization") == f"Basic {known}"

    def signed(self, body: bytes) -> Mapping[str, str]:
        stamp = self._now()
        mac = hmac.new(self.secret.encode(), stamp.encode() + body, hashlib.sha256).digest()
        signature = base64.b64encode(mac).decode()
        return {"X-Zendesk-Webhook-Signature": signature, "X-Zendesk-Webhook-Signature-Timestamp": stamp}

    def _now(self) -> str:
        return datetime.fromtimestamp(self.clock.now(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _comment(
        self, ticket: int, author: int, comment: Json, attachments: list[Json], mark: Json | None = None
    ) -> None:
        body = {"id": self.number(), "author_id": author, "attachments": attachments, "public": True, **comment}
        self.comments[ticket].append(body)
        events = [{"id": body["id"], "type": "Comment", "public": body["public"]}]
        metadata = {"system": {}, "custom": mark or {}}
        self.audits[ticket].append({"id": self.number(), "author_id": author, "events": events, "metadata": metadata})
        self.tickets[ticket]["updated_at"] = self._now()

    async def get_tickets_id(self, request: web.Request) -> web.Response:
        found = self.tickets.get(int(request.match_info["id"]))
        return (
            web.json_response({"ticket": found})
            if found
            else web.json_response({"error": "RecordNotFound"}, status=404)
        )

    async def put_tickets_id(self, request: web.Request) -> web.Response:
        number, wanted = int(request.match_info["id"]), (await request.json())["ticket"]
        ticket = self.tickets[number]
        if ticket["status"] == "closed":
            return self.refuse(422, "a closed ticket is not updated")
        if wanted.get("safe_update") and wanted.get("updated_stamp") != ticket["updated_at"]:
            return web.json_response({"error": "UpdateConflict"}, status=409)
        comment = wanted.get("comment")
        if comment:
            if not (comment.get("body") or comment.get("html_body")):
                return self.refuse(422, "a comment without words")
            files = [self.uploads.pop(token, ("", b"", 0.0)) for token in comment.pop("uploads", [])]
            if any(until < self.clock.now() for *_, until in files):
                return web.json_response({"error": "RecordInvalid", "description": "upload token"}, status=422)
            links = [{"file_name": name, "content_url": self.keep(data)} for name, data, _ in files]
            mark = wanted.get("metadata", {})
            self.marks[str(mark.get("limner"))] += 1
            self.happened.append("said" if comment["public"] else "note")
            self._comment(number, LIMNER, comment, links, mark)
        if wanted.get("group_id") == PEOPLE:
            self.happened.append("handed over")
        ticket |= {name: wanted[name] for name in ("group_id", "assignee_id", "status") if name in wanted}
        ticket["updated_at"] = self._now()
        answer = web.json_response({"ticket": ticket, "audit": self.audits[number][-1]})
        if comment:
            await self.fire("colleague", str(number))
        return answer

    async def get_tickets_id_comments(self, request: web.Request) -> web.Response:
        found = self.comments[int(request.match_info["id"])]
        found = found[::-1] if request.query.get("sort") == "-created_at" else found
        users = [{"id": one, "role": role} for one, role in self.roles.items()]
        return self._page(
            request, "comments", found, {"users": users} if request.query.get("include") == "users" else {}
        )

    async def get_tickets_id_audits(self, request: web.Request) -> web.Response:
        return self._page(request, "audits", self.audits[int(request.match_info["id"])])

    async def post_uploads(self, request: web.Request) -> web.Response:
        data = await request.read()
        if len(data) > UPLOAD_BYTES or not data or not request.query.get("filename"):
            return self.refuse(422, "an upload without a name, empty or over 50 MB")
        token = f"token{self.number()}"
        self.uploads[token] = request.query["filename"], data, self.clock.now() + UPLOAD_S
        return web.json_response({"upload": {"token": token}}, status=201)

    async def get_search(self, request: web.Request) -> web.Response:
        group = re.search(r"group:(\d+)", request.query["query"])
        states = ("new", "open") if "status<pending" in request.query["query"] else ("new", "open", "pending")
        found = [one for one in self.tickets.values() if one["status"] in states]
        found = [one for one in found if not group or one["group_id"] == int(group[1])]
        return web.json_response({"results": found, "count": len(found), "next_page": None})

    async def get_help_center_locale_articles(self, request: web.Request) -> web.Response:
        return self._page(
            request, "articles", [one for one in self.articles if one["locale"] == request.match_info["locale"]]
        )

    def _page(self, request: web.Request, name: str, found: list[Json], more: Json | None = None) -> web.Response:
        """Cursor pagination: a cursor is where the next page starts."""
        start, size = (
            int(request.query.get("page[after]", 0)),
            min(int(request.query.get("page[size]", 100)), self.most),
        )
        meta: dict[str, Any] = {"has_more": start + size < len(found), "after_cursor": str(start + size)}
        return web.json_response({name: found[start : start + size], "meta": meta, **(more or {})})
