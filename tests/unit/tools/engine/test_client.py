"""The client against real sockets that misbehave: every failure is an engine's error with something to do."""

import asyncio
import inspect
from contextlib import asynccontextmanager

import httpx
import pytest

from bot.contracts import Engine
from bot.errors import EngineError, EngineLost
from bot.tasks import Painted, PaintTask, Preview, Queued
from tools.engine import wire
from tools.engine.client import PainterClient, RemoteEngine, translated

TASK = PaintTask("1", "sketch", "a cat", "", 256, 256, 8, 2.5, 1)
PAINTED = Painted("/jobs/1/result", "0" * 64, 1, 1, 1, 0.1)
OK = b"HTTP/1.1 200 OK\r\nLimner-Painter: 4\r\n"
RAISED = [
    error
    for _, error in inspect.getmembers(httpx, inspect.isclass)
    if issubclass(error, Exception) and not issubclass(error, httpx.HTTPStatusError)
]


@asynccontextmanager
async def answering(path, answer):
    """A server that reads a request, writes these bytes, and hangs up; and a client to it."""

    async def serve(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_unix_server(serve, path / "s")
    async with server, PainterClient(socket=path / "s") as client:
        yield client


async def paint(client):
    return [event async for event in client.paint(TASK)]


@pytest.mark.parametrize("kind", RAISED, ids=lambda kind: kind.__name__)
def test_no_error_is_left_unmapped(kind):
    """Whatever httpx can raise comes out as an EngineError with a remedy, its cause chained."""
    takes_words = issubclass(kind, (httpx.HTTPError, httpx.InvalidURL, httpx.CookieConflict))
    error = kind("words") if takes_words or kind is httpx.StreamError else kind()
    with pytest.raises(EngineError) as raised, translated("http://painter"):
        raise error
    assert raised.value.__cause__ is error
    assert raised.value.remedy
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "kind", [httpx.RemoteProtocolError, httpx.ReadError, httpx.ConnectError, httpx.WriteError, httpx.ReadTimeout]
)
def test_lost(kind):
    """A broken connection means that the same task may be sent again."""
    with pytest.raises(EngineLost) as raised, translated("http://painter"):
        raise kind("gone")
    assert raised.value.crashed


def test_other_errors_pass():
    """What is not httpx's is not touched."""
    with pytest.raises(KeyError), translated("http://painter"):
        raise KeyError


async def test_nobody_there(tmp_path):
    """No socket, and a stale one, both mean a painter that is gone."""
    server = await asyncio.start_unix_server(lambda reader, writer: None, tmp_path / "stale")
    server.close()
    await server.wait_closed()
    for name in ("missing", "stale"):
        async with PainterClient(socket=tmp_path / name) as client:
            for call in (paint(client), client.fetch(PAINTED), client.cancel("1"), client.describe("sketch")):
                with pytest.raises(EngineLost):
                    await call


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        OK + b"Content-Length: 500\r\n\r\n" + wire.event_line(Queued(1)),
        OK + b'Transfer-Encoding: chunked\r\n\r\n5\r\n{"eve',
        OK + b"\r\n" + wire.event_line(Queued(1)),
    ],
    ids=["no answer", "short body", "cut chunk", "no last event"],
)
async def test_hung_up(tmp_path, answer):
    """A painter that hangs up in the middle is lost, wherever the middle is."""
    async with answering(tmp_path, answer) as client:
        with pytest.raises(EngineLost) as raised:
            await paint(client)
    assert raised.value.crashed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "is no Limner painter"),
        (b"HTTP/1.1 200 OK\r\nLimner-Painter: 1\r\nContent-Length: 0\r\n\r\n", "speaks version 1 .* not 4"),
        (OK + b"Content-Length: 5\r\n\r\nhello", "makes no sense"),
        (b"HTTP/1.1 500 Oh\r\nLimner-Painter: 4\r\nContent-Length: 5\r\n\r\nhello", "makes no sense"),
        (b"HTTP/1.1 500 Oh\r\nLimner-Painter: 4\r\nContent-Length: 2\r\n\r\n{}", "makes no sense"),
        (b"HTTP/1.1 500 Oh\r\nLimner-Painter: 4\r\nContent-Length: 2\r\n\r\n[]", "makes no sense"),
    ],
)
async def test_not_our_painter(tmp_path, answer, words):
    """What answers otherwise than a painter of this version is named as such."""
    async with answering(tmp_path, answer) as client:
        with pytest.raises(EngineError, match=words):
            await paint(client)
    async with answering(tmp_path / ".", answer) as client:
        with pytest.raises(EngineError, match=words):
            await client.describe("sketch")


async def test_damaged_picture(tmp_path):
    """A picture whose bytes are not those that were announced is asked for again."""
    async with answering(tmp_path, OK + b"Content-Length: 3\r\n\r\npng") as client:
        with pytest.raises(EngineLost, match="damaged"):
            await client.fetch(PAINTED)


async def test_preview(tmp_path):
    """A preview's bytes may be a later one's; one that is gone is lost in good order."""
    preview = Preview(3, 8, "/jobs/1/preview/3")
    async with answering(tmp_path, OK + b"Content-Length: 4\r\n\r\njpeg") as client:
        assert await client.fetch(preview) == b"jpeg"
    gone = b"HTTP/1.1 404 Gone\r\nLimner-Painter: 4\r\nContent-Length: 0\r\n\r\n"
    async with answering(tmp_path / ".", gone) as client:
        with pytest.raises(EngineLost) as raised:
            await client.fetch(preview)
    assert not raised.value.crashed


@pytest.mark.parametrize("url", ["gpu-box:8765", "ftp://gpu-box", "http://gpu-box:port", ""])
async def test_wrong_address(tmp_path, url):
    """An address that can't be one is an error to be corrected, not a lost painter."""
    with pytest.raises(EngineError, match=r"Check engines\.remote\.url") as raised:
        async with RemoteEngine(RemoteEngine.Settings(url=url), home=tmp_path, model="sketch") as engine:
            await engine.describe("sketch")
    assert not isinstance(raised.value, EngineLost)


async def test_unreachable_address(tmp_path):
    """A painter that is not up now may be later."""
    settings = RemoteEngine.Settings(url="http://127.0.0.1:9")
    async with RemoteEngine(settings, home=tmp_path, model="sketch") as engine:
        with pytest.raises(EngineLost):
            await engine.describe("sketch")


def test_token_is_not_shown():
    """The token does not appear where settings are printed."""
    settings = RemoteEngine.Settings(url="http://gpu-box:8765", token="hush-hush")
    assert "hush-hush" not in repr(settings) + str(settings) + settings.model_dump_json()


def test_contract(tmp_path):
    """It is an engine."""
    engine: Engine = RemoteEngine(RemoteEngine.Settings(url="http://gpu-box"), home=tmp_path, model="sketch")
    assert engine
