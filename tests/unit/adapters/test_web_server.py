"""What stands around the app: the socket, slow and large bodies, words for errors."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from fastapi import FastAPI, Request

from adapters.web.errors import HANDLERS, answer, on_crash
from adapters.web.guard import Guard, host_name
from adapters.web.server import address_of, bind, serve
from adapters.web.settings import WebSettings
from bot import EngineError, LimnerError, RequestError
from bot.errors import EngineBusy, GalleryError, SettingsError, StoreError
from tests.support import PATIENCE_S


@asynccontextmanager
async def serving(patience_s: float = PATIENCE_S) -> AsyncIterator[str]:
    """A small app behind the guard; its address."""
    app = FastAPI(exception_handlers=HANDLERS)

    @app.post("/api/echo")
    async def echo(request: Request) -> int:
        return len(await request.body())

    @app.get("/crash")
    async def crash() -> None:
        raise ZeroDivisionError

    listener = bind("127.0.0.1", 0)
    running = asyncio.create_task(serve(Guard(app, WebSettings(), patience_s), listener, lambda: None))
    try:
        yield address_of(listener)
    finally:
        running.cancel()
        await asyncio.wait([running])


async def test_a_body_that_never_comes() -> None:
    """Who sends half a body and then nothing is answered 408."""
    async with serving(patience_s=0.05) as url:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
        writer.write(b"POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf")
        await writer.drain()
        assert b"408" in await reader.readline()
        writer.close()


async def test_a_crash_is_one_line_too(caplog: pytest.LogCaptureFixture) -> None:
    """A fault of ours shows no details to who asked, carries the headers, and is logged."""
    async with serving() as url, httpx.AsyncClient(base_url=url, trust_env=False) as http:
        crashed = await http.get("/crash")
        assert (crashed.status_code, "ZeroDivisionError" in crashed.text) == (500, False)
        assert crashed.headers["x-content-type-options"] == "nosniff"
        assert (await http.post("/api/echo", content=b"x" * 2**16)).json() == 2**16
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (RequestError("a", "b"), 422, "request"),
        (EngineError("a", "b"), 503, "engine"),
        (EngineBusy("a", "b", 2.5), 503, "engine"),
        (StoreError("a", "b"), 503, "store"),
        (GalleryError("a", "b"), 503, "store"),
        (LimnerError("a", "b"), 500, "internal"),
    ],
)
def test_every_error_has_a_status(error: LimnerError, status: int, code: str) -> None:
    """Each of our errors becomes a status, its words, and when to come again where it says so."""
    scope = {"type": "http", "method": "GET", "headers": [], "query_string": b"", "server": ("localhost", 80)}
    said = answer(Request(scope | {"path": "/api/x"}), error)
    assert said.status_code == status
    assert bytes(said.body) == f'{{"error": {{"code": "{code}", "problem": "a", "remedy": "b"}}}}'.encode()
    assert said.headers.get("retry-after") == ("3" if isinstance(error, EngineBusy) else None)
    assert bytes(answer(Request(scope | {"path": "/"}), error).body) == b"a. b.\n"


async def test_a_crash_under_the_api_is_json() -> None:
    """Programs get the one shape of errors for a crash as well."""
    scope = {"type": "http", "method": "GET", "headers": [], "query_string": b"", "path": "/api/x"}
    said = await on_crash(Request(scope | {"server": ("localhost", 80)}), ZeroDivisionError())
    assert (said.status_code, said.headers["content-type"]) == (500, "application/json")


@pytest.mark.parametrize(
    ("host", "said"), [("no such host.invalid", "is no address to listen at"), ("192.0.2.1", "can't listen at port 0")]
)
def test_addresses_that_are_not_ours(host: str, said: str) -> None:
    """An address that is none, or another machine's, is named."""
    with pytest.raises(SettingsError, match=said) as raised:
        bind(host, 0)
    assert raised.value.key == "adapters.web.host"


def test_addresses_are_shown_as_they_are_opened() -> None:
    """What listens everywhere is opened at this machine; IPv6 stands in brackets."""
    with bind("127.0.0.1", 0) as listener:
        assert address_of(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}"
    with bind("0.0.0.0", 0) as listener:
        assert address_of(listener).startswith("http://127.0.0.1:")
    if socket.has_ipv6:
        with bind("::1", 0) as listener:
            assert address_of(listener).startswith("http://[::1]:")


async def test_answers_are_sent_at_once() -> None:
    """A connection holds nothing back until the reader has confirmed what came before."""
    with bind("127.0.0.1", 0) as listener:
        listener.setblocking(False)
        loop = asyncio.get_running_loop()
        _, client = await asyncio.open_connection(*listener.getsockname())
        accepted, _ = await loop.sock_accept(listener)
        transport, _ = await loop.connect_accepted_socket(asyncio.Protocol, accepted)
        assert transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        transport.close()
        client.close()


@pytest.mark.parametrize(
    ("authority", "expected"),
    [
        ("Localhost:80", "localhost"),
        ("[::1]:80", "::1"),
        ("a.example", "a.example"),
        ("", ""),
        ("[", ""),
        ("user@evil.example:80", "evil.example"),
    ],
)
def test_host_names(authority: str, expected: str) -> None:
    """The host without port and brackets, in lower case."""
    assert host_name(authority) == expected
