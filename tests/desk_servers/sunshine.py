"""Zendesk Messaging as far as a bot can tell: messages, attachments, activities, the switchboard."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from tests.desk_servers.local import Json, LocalDesk

APP, LIMNER, PEOPLE, CUSTOMER = "app1", "limner", "zd-agentWorkspace", "5963c0d6"
MAX_JSON_BYTES = 100 * 1024
MAX_FILE_BYTES = 50 * 2**20
MAX_TEXT = 4_096
AT = "/v2/apps/{app}/conversations/{id}"
FINAL = frozenset({400, 401, 403, 404, 406})


class Sunshine(LocalDesk):
    """One app with a switchboard of two integrations: Limner's, then people's."""

    routes = (
        f"GET {AT}",
        f"GET {AT}/messages",
        f"POST {AT}/messages",
        f"POST {AT}/activity",
        f"POST {AT}/passControl",
        "POST /v2/apps/{app}/attachments",
    )
    prefix = "/v2/apps/"
    posting = f"POST {AT}/messages"

    def __init__(self) -> None:
        super().__init__()
        self.secret, self.key = "shared-secret", ("key-id", "key-secret")
        self.active: dict[str, str] = {}
        self.messages: dict[str, list[Json]] = {}
        self.activities: list[Json] = []
        self.happened: list[str] = []

    async def ask(self, text: str, conversation: str = "", pictures: tuple[bytes, ...] = ()) -> str:
        """A customer writes, in a new conversation where none is named; its id."""
        if not conversation:
            conversation = f"c{self.number()}"
            self.active[conversation], self.messages[conversation] = LIMNER, []
        author = {"type": "user", "userId": CUSTOMER, "user": {"id": CUSTOMER}}
        for one in pictures:
            content = {"type": "image", "mediaUrl": self.keep(one), "mediaType": "image/png", "text": text}
            await self._said(conversation, author, content, "web")
        if not pictures:
            await self._said(conversation, author, {"type": "text", "text": text}, "web")
        return conversation

    async def reply(self, conversation: str, text: str) -> None:
        """A colleague writes in the agent workspace."""
        author = {"type": "business", "displayName": "Mara"}
        await self._said(conversation, author, {"type": "text", "text": text}, "zd:agentWorkspace")

    def told(self, conversation: str, *, private: bool = False) -> list[tuple[str, int]]:
        """What Limner has told the customer: a post with its pictures is one."""
        posts: dict[str, list[Json]] = {}
        for one in self.messages[conversation]:
            if one["source"]["type"] == "api:conversations" and not private:
                posts.setdefault(one["metadata"]["limner"], []).append(one["content"])
        images = [[one for one in post if one["type"] == "image"] for post in posts.values()]
        texts = ["".join(one.get("text", "") for one in post) for post in posts.values()]
        return [(text, len(some)) for text, some in zip(texts, images, strict=True)]

    def with_people(self, conversation: str) -> bool:
        return self.active[conversation] == PEOPLE

    def stranger(self) -> str:
        """A customer's message as a webhook tells it."""
        message = {"id": "m1", "author": {"type": "user", "userId": "u"}, "content": {"type": "text", "text": "x"}}
        payload = {"conversation": {"id": "c1"}, "message": message}
        return json.dumps({"events": [{"type": "conversation:message", "payload": payload}]})

    async def pass_control(self, conversation: str, to: str) -> None:
        self.active[conversation] = to
        await self.event("switchboard:passControl", {"conversation": self._conversation(conversation)})

    async def event(self, kind: str, payload: Json) -> int:
        events = [{"id": f"e{self.number()}", "type": kind, "createdAt": self.clock.stamp(), "payload": payload}]
        return await self.tell(
            json.dumps({"app": {"id": APP}, "webhook": {"version": "v2"}, "events": events}).encode()
        )

    def allowed(self, request: web.Request) -> bool:
        known = base64.b64encode(":".join(self.key).encode()).decode()
        return request.headers.get("Authorization") == f"Basic {known}" and request.path.startswith(f"/v2/apps/{APP}/")

    def signed(self, body: bytes) -> Mapping[str, str]:
        return {"X-API-Key": self.secret}

    async def _said(
        self, conversation: str, author: Json, content: Json, source: str, metadata: Json | None = None
    ) -> Json:
        received = self.clock.stamp()
        message = {"id": f"m{self.number()}", "received": received, "author": author, "content": content}
        message |= {"source": {"type": source}, "metadata": metadata or {}}
        self.messages[conversation].append(message)
        await self.event("conversation:message", {"conversation": self._conversation(conversation), "message": message})
        return message

    def _conversation(self, conversation: str) -> Json:
        active = self.active[conversation]
        return {
            "id": conversation,
            "type": "personal",
            "activeSwitchboardIntegration": {"id": f"i-{active}", "name": active},
        }

    async def get_app_conversations_id(self, request: web.Request) -> web.Response:
        if request.match_info["id"] not in self.messages:
            return web.json_response({"errors": [{"code": "conversation_not_found"}]}, status=404)
        return web.json_response({"conversation": self._conversation(request.match_info["id"])})

    async def get_app_conversations_id_messages(self, request: web.Request) -> web.Response:
        """The newest hundred, or those before a cursor, the oldest first."""
        found = self.messages[request.match_info["id"]]
        end = int(request.query.get("page[before]", len(found)))
        start = max(end - 100, 0)
        meta: dict[str, Any] = {"hasMore": start > 0, "beforeCursor": str(start)}
        return web.json_response({"messages": found[start:end], "meta": meta})

    async def post_app_conversations_id_messages(self, request: web.Request) -> web.Response:
        raw = await request.read()
        body = json.loads(raw)
        content, author = body["content"], body["author"]
        if len(raw) > MAX_JSON_BYTES:
            return self.refuse(413, "JSON over 100 KB")
        if len(content.get("text", "")) > MAX_TEXT or (content["type"] == "text" and not content.get("text")):
            return self.refuse(400, "a text that is empty or over 4,096 characters")
        if (
            content["type"] == "image"
            and content.get("mediaUrl", "").removeprefix(f"{self.url}/files/") not in self.files
        ):
            return self.refuse(400, "an image that is not there")
        if author.get("subtypes") != ["AI"]:
            self.problems.append("a bot's message without the subtype AI")
        metadata = body.get("metadata", {})
        self.marks[f"{metadata.get('limner')} {metadata.get('part')}"] += 1
        self.happened.append("said")
        message = await self._said(request.match_info["id"], author, content, "api:conversations", metadata)
        return web.json_response({"messages": [message]}, status=201)

    async def post_app_conversations_id_activity(self, request: web.Request) -> web.Response:
        self.activities.append(await request.json())
        return web.json_response({})

    async def post_app_conversations_id_passControl(self, request: web.Request) -> web.Response:  # noqa: N802
        wanted = (await request.json())["switchboardIntegration"]
        target = PEOPLE if wanted == "next" else wanted
        if target not in (LIMNER, PEOPLE):
            return self.refuse(400, "no such switchboard integration")
        self.happened.append("handed over")
        await self.pass_control(request.match_info["id"], target)
        return web.json_response({})

    async def post_app_attachments(self, request: web.Request) -> web.Response:
        form = await request.post()
        source = form.get("source")
        if not isinstance(source, web.FileField):
            return self.refuse(400, "an attachment without a source")
        data = source.file.read()
        if len(data) > MAX_FILE_BYTES:
            return self.refuse(413, "an attachment over 50 MB")
        media = {"mediaUrl": self.keep(data, source.content_type), "mediaType": source.content_type}
        return web.json_response({"attachment": media}, status=201)
