"""What every REST request goes through: faults, the ban, the token, rate limits, and errors in Discord's form."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.discord_server.asked import Asked, Record, read
from tests.discord_server.errors import Refused
from tests.discord_server.faults import Fault
from tests.discord_server.limits import FREE, Limited

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

Handler = Callable[["DiscordServer", Asked], Awaitable[Any]]
VIA = {"Via": "1.1 google"}  # discord.py takes a 429 without it for a ban


class Cut(Exception):
    """The connection is to end without an answer."""


def door(
    server: "DiscordServer", method: str, template: str, handler: Handler
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """The way to one handler."""
    route = f"{method} {template}"

    async def come(request: web.Request) -> web.StreamResponse:
        fault = server.faults.take(route)
        try:
            answer = await _through(server, request, route, handler, fault)
        except Cut:
            if request.transport:
                request.transport.abort()
            return web.Response(status=500)
        server.limits.count(answer.status)
        return answer

    return come


async def _through(
    server: "DiscordServer", request: web.Request, route: str, handler: Handler, fault: Fault | None
) -> web.Response:
    if server.limits.banned():
        return web.Response(status=429, text="error code: 1015", headers={"Retry-After": "600"})
    asked = Asked(route, dict(request.match_info), {}, None)
    headers: dict[str, str] = {}
    try:
        asked = await read(request, route)
        _before(fault)
        _admit(server, asked)
        headers = server.limits.take(route, asked.params)
        status, made = _status(await handler(server, asked))
        await _after(server, asked, fault)
    except Refused as refused:
        if refused.problem:
            server.problem(f"{request.method} {request.path}: {refused.problem}")
        status, made, headers = refused.status, refused.body(), headers | _waiting(refused)
    server.requests.append(Record(server.clock.now(), route, request.path, status, asked.body))
    body = b"" if made is None else json.dumps(made).encode()
    kind = {"Content-Type": "application/json"} if made is not None else {}
    return web.Response(status=status, body=body, headers=headers | kind | VIA)


def _status(answer: Any) -> tuple[int, Any]:
    """What a handler gave: nothing, a body, or a status and a body."""
    if isinstance(answer, tuple):
        return answer[0], answer[1]
    return (204, None) if answer is None else (200, answer)


def _admit(server: "DiscordServer", asked: Asked) -> None:
    """Interactions carry their own token; all else needs the bot's."""
    if not asked.route.split(" ", 1)[1].startswith(FREE) and asked.token != server.token:
        raise Refused(401, 0, "401: Unauthorized")


def _before(fault: Fault | None) -> None:
    if fault and not fault.after:
        _fail(fault)


async def _after(server: "DiscordServer", asked: Asked, fault: Fault | None) -> None:
    if not fault or not fault.after:
        return
    if asked.route.endswith("/callback"):
        server.interactions.all[asked.params["webhook_id"]].unsure = True
    if fault.late_s:
        await asyncio.wait((asyncio.create_task(server.over.wait()),), timeout=fault.late_s)
    _fail(fault)


def _fail(fault: Fault) -> None:
    if fault.cut:
        raise Cut
    if fault.status == 429:
        raise Limited(fault.retry_after_s, whole=fault.whole)
    if fault.status:
        raise Refused(fault.status, 0, f"{fault.status}: Internal Server Error")


def _waiting(refused: Refused) -> dict[str, str]:
    """The headers of a 429."""
    if not isinstance(refused, Limited):
        return {}
    made = {"Retry-After": str(refused.retry_after_s), "X-RateLimit-Scope": "global" if refused.whole else "user"}
    return made | ({"X-RateLimit-Global": "true"} if refused.whole else {})
