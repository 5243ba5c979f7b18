"""What the local servers of Zendesk, Sunshine Conversations and Intercom share: a port, faults, webhooks, a tally."""

import asyncio
import hashlib
import itertools
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, Self

import httpx
from aiohttp import web

from tests.discord_server.clock import Clock
from tests.discord_server.faults import Faults

Json = dict[str, Any]


class LocalDesk:
    """A platform on a port of this machine.

    Attributes:
        url: Where it is.
        hook: Where it tells events; empty tells nobody.
        heard: How each webhook was answered, in order.
        problems: What a client did that the platform refuses; a good client leaves it empty.
        requests: Method, path and status of all that was asked.
        marks: The keys of what was posted, as the platform's own record has them.
        most: How long pages are at most.
    """

    routes: tuple[str, ...] = ()
    prefix = ""

    def __init__(self) -> None:
        self.clock, self.faults = Clock(), Faults(self.routes)
        self.url, self.hook, self.is_away = "", "", False
        self.problems: list[str] = []
        self.requests: list[str] = []
        self.heard: list[int] = []
        self.marks: Counter[str] = Counter()
        self.files: dict[str, tuple[bytes, str]] = {}
        self.most = 100
        self._numbers = itertools.count(1_000)
        self._last: tuple[bytes, Mapping[str, str]] = b"", {}

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Self]:
        """Serve on a free port."""
        app = web.Application(middlewares=[self._front], client_max_size=2**27)
        for route in self.routes:
            method, path = route.split(" ")
            name = f"{method.lower()}_{path.removeprefix(self.prefix)}"
            handler = "".join(one if one.isalnum() else "_" for one in name)
            app.router.add_route(method, path, getattr(self, "_".join(filter(None, handler.split("_")))))
        app.router.add_get("/files/{name}", self._file)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        try:
            yield self
        finally:
            await runner.cleanup()

    def number(self) -> int:
        return next(self._numbers)

    def keep(self, data: bytes, media_type: str = "image/png") -> str:
        """A file that the platform hands out; its address."""
        name = hashlib.sha256(data).hexdigest()[:16]
        self.files[name] = data, media_type
        return f"{self.url}/files/{name}"

    def allowed(self, request: web.Request) -> bool:
        """Whether a request has the key."""
        raise NotImplementedError

    def signed(self, body: bytes) -> Mapping[str, str]:
        """The headers that prove a webhook."""
        raise NotImplementedError

    async def tell(self, body: bytes, headers: Mapping[str, str] | None = None) -> int:
        """Tell an event; how it was answered."""
        if not self.hook:
            return 0
        self._last = body, {"Content-Type": "application/json", **(self.signed(body) if headers is None else headers)}
        return await self.again()

    async def again(self) -> int:
        """Tell the last event once more."""
        body, headers = self._last
        status = 0
        async with httpx.AsyncClient(timeout=60, verify=False) as http:
            with suppress(httpx.TransportError):  # nobody listens any more
                status = (await http.post(self.hook, content=body, headers=headers)).status_code
        self.heard.append(status)
        return status

    def duplicates(self) -> list[str]:
        """What was posted more than once."""
        return [key for key, count in self.marks.items() if count > 1]

    def refuse(self, status: int, words: str) -> web.Response:
        """An answer to what the platform does not take."""
        self.problems.append(words)
        return web.json_response({"error": words}, status=status)

    @web.middleware
    async def _front(self, request: web.Request, handler: Any) -> web.StreamResponse:
        template = request.match_info.route.resource.canonical if request.match_info.route.resource else request.path
        fault = self.faults.take(f"{request.method} {template}")
        if fault and fault.status and not fault.after:
            retry = {"Retry-After": f"{fault.retry_after_s:g}"} if fault.status == 429 else {}
            answer: web.StreamResponse = web.json_response({"error": "fault"}, status=fault.status, headers=retry)
        elif self.is_away:
            answer = web.json_response({"error": "away"}, status=503)
        elif not request.path.startswith("/files/") and not self.allowed(request):
            answer = self.refuse(401, f"{request.method} {request.path} without the key")
        elif fault and fault.cut and not fault.after:
            answer = web.Response(status=500)
        else:
            answer = await handler(request)
        if fault and fault.late_s:
            await asyncio.sleep(fault.late_s)
        if fault and fault.cut and request.transport:
            request.transport.abort()
        if fault and fault.status and fault.after:
            answer = web.json_response({"error": "fault"}, status=fault.status)
        self.requests.append(f"{request.method} {request.path} {answer.status}")
        return answer

    async def _file(self, request: web.Request) -> web.Response:
        data, media_type = self.files[request.match_info["name"]]
        return web.Response(body=data, content_type=media_type)
