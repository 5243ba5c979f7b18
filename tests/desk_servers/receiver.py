"""A desk of somebody's own: signs what it tells, believes only signed callbacks, and drops those it has already."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from uuid import uuid4

from aiohttp import web

from tests.desk_servers.local import Json, LocalDesk


class Receiver(LocalDesk):
    """Speaks the webhook's protocol as docs/support-desk.md tells it.

    Attributes:
        got: Callbacks, each once, oldest first.
        taken: Whether a person speaks, so that answers are refused.
    """

    routes = ("POST /callback",)
    prefix = "/"

    def __init__(self, scheme: str = "hex") -> None:
        super().__init__()
        self.scheme, self.secret = scheme, "whsec_" + base64.b64encode(b"a secret of both").decode()
        self.got: list[Json] = []
        self.taken = False
        self._ids: set[str] = set()

    async def event(self, **told: object) -> int:
        """Tell Limner something; how it was answered."""
        return await self.tell(json.dumps({"id": uuid4().hex, **told}).encode())

    def of(self, kind: str, conversation: str) -> list[Json]:
        """The callbacks of a kind about a conversation."""
        return [one for one in self.got if (one["type"], one["conversation"]) == (kind, conversation)]

    def allowed(self, request: web.Request) -> bool:
        return True

    def signed(self, body: bytes, delivery: str = "", stamp: str = "") -> Mapping[str, str]:
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        delivery, stamp = delivery or uuid4().hex, stamp or str(int(self.clock.now()))
        told = {"hex": f"{stamp}.", "base64": f"{stamp}.", "github": "", "standard-webhooks": f"{delivery}.{stamp}."}
        mac = hmac.new(key, told[self.scheme].encode() + body, hashlib.sha256)
        in_base64 = base64.b64encode(mac.digest()).decode()
        ours = {"X-Limner-Timestamp": stamp, "X-Limner-Delivery": delivery}
        return {
            "hex": {**ours, "X-Limner-Signature": mac.hexdigest()},
            "base64": {**ours, "X-Limner-Signature": in_base64},
            "github": {"X-Hub-Signature-256": f"sha256={mac.hexdigest()}", "X-Limner-Delivery": delivery},
            "standard-webhooks": {
                "webhook-id": delivery,
                "webhook-timestamp": stamp,
                "webhook-signature": f"v1,{in_base64}",
            },
        }[self.scheme]

    async def post_callback(self, request: web.Request) -> web.Response:
        body, headers = await request.read(), request.headers
        delivery = headers.get("webhook-id") or headers.get("X-Limner-Delivery", "")
        stamp = headers.get("webhook-timestamp") or headers.get("X-Limner-Timestamp", "")
        expected = self.signed(body, delivery, stamp)
        if any(headers.get(name) != value for name, value in expected.items() if "imestamp" not in name):
            return self.refuse(401, "a callback that is not signed")
        told = await request.json()
        if told["type"] == "answer" and self.taken:
            return web.json_response({"error": "a person speaks"}, status=409)
        if delivery not in self._ids:
            self._ids.add(delivery)
            self.got.append(told)
        self.marks[delivery] = 1
        return web.json_response({"id": f"posted-{told['id']}"})
