"""Socket Mode: connections by ticket, hello, envelopes and their acknowledgements, and disconnect messages."""

import asyncio
import json
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.slack_server.delivery import EVENTS, Delivery
from tests.slack_server.state import Json

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer

MOST = 10


@dataclass(eq=False)
class Link:
    """One connection; `ending` was told that it ends, and gets nothing any more."""

    wire: web.WebSocketResponse
    request: web.Request
    ending: bool = False


class SocketMode:
    """All connections of the application, and the envelopes that it has not acknowledged."""

    def __init__(self, server: "SlackServer") -> None:
        self.server = server
        self.links: list[Link] = []
        self.opened = 0
        self._tickets: set[str] = set()
        self._waiting: dict[str, tuple[Delivery, asyncio.Future[str], Link]] = {}
        self._known: set[str] = set()
        self._turn = 0

    @property
    def live(self) -> bool:
        return any(not link.ending for link in self.links)

    def ticket(self) -> str:
        """An address that can be used once."""
        ticket = secrets.token_hex(8)
        self._tickets.add(ticket)
        return f"{self.server.url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={self.server.world.app_id}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=408)
        self._tickets.discard(ticket)
        link = Link(web.WebSocketResponse(timeout=0.2), request)
        await link.wire.prepare(request)
        if len(self.links) >= MOST:
            await link.wire.send_json(farewell("too_many_websockets"))
            return link.wire
        self.links.append(link)
        info = {"app_id": self.server.world.app_id}
        debug = {"host": "applink-1", "approximate_connection_time": 18060}
        hello = {"type": "hello", "num_connections": len(self.links), "debug_info": debug, "connection_info": info}
        await link.wire.send_json(hello)
        self.opened += 1
        self.server.world.changed()
        try:
            async for message in link.wire:
                if message.type is WSMsgType.TEXT:
                    self._heard(message.data)
        finally:
            self._gone(link)
        return link.wire

    def _gone(self, link: Link) -> None:
        self.links.remove(link)
        for _, acked, through in self._waiting.values():
            if through is link and not acked.done():
                acked.set_result("connection_failed")
        self.server.world.changed()

    def _heard(self, text: str) -> None:
        frame: Any = json.loads(text)
        envelope_id = frame.get("envelope_id")
        one, acked, _ = self._waiting.pop(envelope_id, (None, None, None))
        if one is None or acked is None:
            if envelope_id not in self._known:
                self.server.problem(f"acknowledged an envelope that was never sent: {text[:80]}")
            elif envelope_id in self.server.acked:
                self.server.problem(f"acknowledged twice: {envelope_id}")
            return
        self.server.acked.add(envelope_id)
        one.answer = frame.get("payload")
        if one.kind == EVENTS and one.answer:
            self.server.problem(f"an answer to {one.what}, which takes none")
        if not acked.done():
            acked.set_result("")

    async def send(self, one: Delivery) -> str:
        """An envelope, to one connection after the other in turn."""
        links = [link for link in self.links if not link.ending]
        if not links:
            return "connection_failed"
        self._turn += 1
        link, envelope_id = links[self._turn % len(links)], secrets.token_hex(16)
        frame: Json = {"envelope_id": envelope_id, "type": one.kind, "payload": one.payload}
        frame["accepts_response_payload"] = one.kind != EVENTS
        if one.kind == EVENTS:
            frame |= {"retry_attempt": len(one.results), "retry_reason": "".join(one.results[-1:])}
        acked: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = (one, acked, link)
        self._known.add(envelope_id)
        try:
            with suppress(ConnectionError):
                await link.wire.send_json(frame)
            return await acked
        finally:
            self._waiting.pop(envelope_id, None)

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Tell every connection that it ends, as Slack does every few hours, and end it when the client has left."""
        for link in [link for link in self.links if not link.ending]:
            link.ending = True
            with suppress(ConnectionError):
                await link.wire.send_json(farewell(reason))

    def cut(self) -> None:
        """End every connection without a word."""
        for link in list(self.links):
            if link.request.transport:
                link.request.transport.abort()

    async def connected(self, count: int = 1) -> None:
        """Wait until the application has so many connections."""
        await self.server.until(lambda: sum(not link.ending for link in self.links) >= count)


def farewell(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}}
