"""What every request to the painter must pass: the protocol's version, the token, bounds on its size and time."""

import asyncio
import hmac
import json

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.errors import EngineError
from tools.engine import wire

BODY_LIMIT_BYTES = 64 * 2**20
# A slow line brings the largest request within it; whoever takes longer only holds a place.
BODY_LIMIT_S = 120.0


class Guard:
    """Plain ASGI middleware, so that a client's disconnect reaches the stream at once.

    Args:
        token: What `Authorization: Bearer ...` must hold; empty where the socket's folder is the guard.
    """

    def __init__(
        self,
        app: ASGIApp,
        token: str = "",
        body_limit_bytes: int = BODY_LIMIT_BYTES,
        body_limit_s: float = BODY_LIMIT_S,
    ) -> None:
        self._app = app
        self._token = token.encode()
        self._body_limit_bytes = body_limit_bytes
        self._body_limit_s = body_limit_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, as ASGI has it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[wire.HEADER] = wire.VERSION
            await send(message)

        refusal = self._refusal(Headers(scope=scope))
        if refusal is not None:
            await _refuse(*refusal, send_marked)
            return
        await self._app(scope, _bounded(receive, self._body_limit_bytes, self._body_limit_s), send_marked)

    def _refusal(self, headers: Headers) -> tuple[int, EngineError] | None:
        """Status and reason, or None. The token first: a stranger learns nothing else."""
        given = headers.get("authorization", "").removeprefix("Bearer ").encode()
        if self._token and not hmac.compare_digest(given, self._token):
            return 401, EngineError("The painter refuses this token", "Set engines.remote.token to the painter's own.")
        version = headers.get(wire.HEADER)
        if version != wire.VERSION:
            return 400, EngineError(
                f"The painter speaks version {wire.VERSION} of its protocol, the request "
                + (f"version {version[:20]}" if version else f"names none in its {wire.HEADER} header"),
                "Install the same version of Limner on both sides.",
            )
        if int(headers.get("content-length", "0")) > self._body_limit_bytes:
            return 413, too_large(self._body_limit_bytes)
        return None


def too_large(limit_bytes: int) -> EngineError:
    """The refusal of a body over the limit."""
    return EngineError(f"The request is larger than {limit_bytes // 2**20} MiB", "Send smaller pictures.")


def _bounded(receive: Receive, limit_bytes: int, limit_s: float) -> Receive:
    read_bytes = 0
    until_s: float | None = asyncio.get_running_loop().time() + limit_s

    async def receive_some() -> Message:
        nonlocal read_bytes, until_s
        try:
            async with asyncio.timeout_at(until_s):
                message = await receive()
        except TimeoutError:
            raise EngineError(f"The request did not arrive within {limit_s:g} s", "Send it again.") from None
        read_bytes += len(message.get("body", b""))
        if read_bytes > limit_bytes:
            raise too_large(limit_bytes)
        if not message.get("more_body"):
            until_s = None  # it is here; what comes now is only that somebody hangs up
        return message

    return receive_some


async def _refuse(status: int, error: EngineError, send: Send) -> None:
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(wire.problem_of(error)).encode()})
