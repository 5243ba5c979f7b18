"""What stands before every route: host names, body sizes and slow senders, and the headers that browsers heed."""

import asyncio
import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adapters.web.errors import Refused, answer, refused
from adapters.web.settings import AT, WebSettings, is_local

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    # Not 'no-referrer': with it browsers send 'Origin: null' with forms, and the login could not tell its own.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "X-Frame-Options": "DENY",
}
HSTS = "max-age=31536000"
MAX_BODY_BYTES = 2**16
UPLOADS = "/api/v1/uploads"
BODY_PATIENCE_S = 30.0


class Guard:
    """Wraps the whole app, so that errors and crashes pass through it too.

    Args:
        patience_s: How long the next piece of a body may take.
    """

    def __init__(self, app: ASGIApp, settings: WebSettings, patience_s: float = BODY_PATIENCE_S) -> None:
        self._app = app
        self._settings = settings
        self._patience_s = patience_s
        self._headers = dict(HEADERS)
        if settings.public_url.startswith("https:"):
            self._headers["Strict-Transport-Security"] = HSTS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return
        request = Request(scope)
        send = self._with_headers(send)
        limit_bytes = self._limit_bytes(request)
        if error := self._refusal(request, limit_bytes):
            await answer(request, error)(scope, receive, send)
        else:
            await self._app(scope, self._measured(receive, limit_bytes), send)

    def _with_headers(self, send: Send) -> Send:
        async def wrapped(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        return wrapped

    def _refusal(self, request: Request, limit_bytes: int) -> Refused | None:
        if not self._is_ours(request.headers):
            return Refused(
                "This host name is not one of mine",
                f"Add it to {AT}.hosts in the settings, or set {AT}.public_url.",
                421,
                "host",
            )
        length = request.headers.get("content-length", "0")
        return refused(413) if length.isdecimal() and int(length) > limit_bytes else None

    def _is_ours(self, headers: Headers) -> bool:
        """Whether a browser was told to come here: not by a stranger's name that resolves to our address."""
        host = host_name(headers.get("host", ""))
        named = {self._settings.public_host, *(name.lower() for name in self._settings.hosts)}
        if host and (host in named or is_local(host)):
            return True
        # Nobody can make a name out of an address.
        return self._settings.exposed and _is_address(host)

    def _limit_bytes(self, request: Request) -> int:
        is_upload = request.method == "POST" and request.url.path == UPLOADS
        return self._settings.upload_bytes if is_upload else MAX_BODY_BYTES

    def _measured(self, receive: Receive, limit_bytes: int) -> Receive:
        received_bytes, whole = 0, False

        async def wrapped() -> Message:
            nonlocal received_bytes, whole
            if whole:
                return await receive()  # only the end of the connection is left to come
            try:
                async with asyncio.timeout(self._patience_s):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408) from None
            received_bytes += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if received_bytes > limit_bytes:
                raise HTTPException(413)
            return message

        return wrapped


def host_name(authority: str) -> str:
    """The host of 'host:port' or '[::1]:port', in lower case; empty where it can't be read."""
    try:
        return urlsplit(f"//{authority}").hostname or ""
    except ValueError:
        return ""


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
