"""What every Web API request goes through: faults, the token, scopes, rate limits, and errors in Slack's form."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.discord_server.faults import Fault
from tests.slack_server.errors import Refused
from tests.slack_server.state import PLURAL, Channel, Json, Message

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer

STRUCTURED = ("blocks", "attachments", "view", "metadata", "files", "prompts", "chunks", "loading_messages", "file_ids")
FREE = ("oauth.v2.access",)
ARGS: web.RequestKey[Json] = web.RequestKey("args", dict)


class Cut(Exception):
    """The connection is to end without an answer."""


@dataclass(frozen=True)
class Record:
    """What was asked and answered, for tests that count."""

    at: float
    method: str
    args: Json
    status: int
    error: str


@dataclass(frozen=True)
class Call:
    """One call of a method, its arguments read from wherever Slack takes them."""

    server: "SlackServer"
    method: str
    args: Json
    token: str

    def flag(self, name: str) -> bool:
        return str(self.args.get(name, "")).lower() in ("1", "true")

    def given(self, *names: str) -> tuple[Any, ...]:
        for name in names:
            if self.args.get(name) in (None, ""):
                raise Refused("invalid_arguments", f"no {name}", messages=[f"missing required field: {name}"])
        return tuple(self.args[name] for name in names)

    def need(self, *scopes: str) -> None:
        """Any one of these scopes."""
        if not self.server.scopes.intersection(scopes):
            provided = ",".join(sorted(self.server.scopes))
            raise Refused("missing_scope", f"lacks {' or '.join(scopes)}", needed=scopes[0], provided=provided)

    def channel(self, name: str = "channel", *, member: bool = True, scope: str = "") -> Channel:
        """The channel, perhaps by a person's id; `scope` is needed for its kind, such as `history`."""
        world = self.server.world
        (given,) = self.given(name)
        found = world.im(world.users[given]) if given in world.users else world.channels.get(given)
        if found is None or (world.bot not in found.members and found.kind != "channel"):
            raise Refused("channel_not_found")
        if scope:
            self.need(f"{PLURAL[found.kind]}:{scope}")
        if member and world.bot not in found.members:
            raise Refused("not_in_channel", f"the bot is not in {found.name}; only response_url works there")
        if member and found.archived:
            raise Refused("is_archived")
        return found

    def message(self, channel: Channel, name: str = "ts") -> Message:
        (ts,) = self.given(name)
        found = channel.messages.get(ts)
        if found and found.only_for:
            raise Refused("message_not_found", "an ephemeral message can only be changed by response_url")
        if found is None or found.deleted_at:
            raise Refused("message_not_found")
        return found


Handler = Callable[[Call], Awaitable[Json]]
Methods = Mapping[str, tuple[str, Handler]]
Work = Callable[["SlackServer", web.Request], Awaitable[web.Response]]


def door(server: "SlackServer", work: Work, name: str = "") -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """The way to some work: faults before and after it, its record, and errors in Slack's form."""

    async def come(request: web.Request) -> web.StreamResponse:
        there, route, error = server.whose(request), name or request.match_info["method"], ""
        fault = there.faults.take(route)
        try:
            _before(there, fault)
            answer = await work(there, request)
            await _after(there, fault)
        except Cut:
            if request.transport:
                request.transport.abort()
            return web.Response(status=500)
        except Refused as refused:
            if refused.problem:
                there.problem(f"{route}: {refused.problem}")
            answer, error = _answer(refused, 404 if name else 200), refused.error
        there.requests.append(Record(there.clock.now(), route, request.get(ARGS, {}), answer.status, error))
        there.world.changed()
        return answer

    return come


def _answer(refused: Refused, usual: int) -> web.Response:
    if refused.status >= 500:
        return web.Response(status=refused.status, text="<html>Server Error</html>", content_type="text/html")
    return web.json_response(refused.body(), status=refused.status or usual, headers=refused.headers)


def web_api(methods: Methods) -> Work:

    async def work(server: "SlackServer", request: web.Request) -> web.Response:
        request[ARGS] = await arguments(request)
        method = request.match_info["method"]
        if method not in methods:
            raise Refused("unknown_method", f"no such method: {method}")
        call = Call(server, method, request[ARGS], request.headers.get("Authorization", ""))
        answer = {"ok": True, **await _admitted(call, *methods[method])}
        return web.json_response(answer, headers={"X-OAuth-Scopes": ",".join(sorted(server.scopes))})

    return work


async def _admitted(call: Call, scopes: str, handler: Handler) -> Json:
    server = call.server
    if call.method not in FREE:
        token = call.token.removeprefix("Bearer ") or str(call.args.get("token", ""))
        if not token:
            raise Refused("not_authed", "no token")
        wanted = server.app_token if call.method == "apps.connections.open" else server.token
        if token != wanted:
            raise Refused(server.revoked if token == server.token and server.revoked else "invalid_auth")
        if server.revoked:
            raise Refused(server.revoked)
    server.limits.call(call.method)
    if scopes:
        call.need(*scopes.split("|"))
    return await handler(call)


async def arguments(request: web.Request) -> Json:
    """From the query, a form or JSON; what is structured may come as JSON in a text."""
    made: Json = dict(request.query)
    if request.content_type == "application/json":
        made |= await request.json()
    elif request.can_read_body:
        made |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    for name in STRUCTURED:
        if isinstance(made.get(name), str):
            try:
                made[name] = json.loads(made[name])
            except ValueError:
                raise Refused("invalid_arguments", f"{name} is no JSON") from None
    return made


def _before(server: "SlackServer", fault: Fault | None) -> None:
    if fault and not fault.after:
        _fail(server, fault)


async def _after(server: "SlackServer", fault: Fault | None) -> None:
    """What goes wrong when the work is done: a late answer, or none."""
    if fault and fault.after:
        if fault.late_s:
            await asyncio.wait((asyncio.create_task(server.over.wait()),), timeout=fault.late_s)
        _fail(server, fault)


def _fail(server: "SlackServer", fault: Fault) -> None:
    if fault.cut:
        raise Cut
    if fault.status == 429:
        raise server.limits.refusal(fault.retry_after_s)
    if fault.status:
        raise Refused("internal_error", status=fault.status)
