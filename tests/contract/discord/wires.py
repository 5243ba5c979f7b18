"""A bare WebSocket to the gateway, to say there what no client would."""

import json
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import zstandard

from tests.discord_server import DiscordServer
from tests.discord_server.state import Json

INTENTS = 1 << 0 | 1 << 9 | 1 << 12
PATIENCE_S = 60


class Wire:
    """One connection; frames in and out, the compression undone."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, compress: str | None) -> None:
        self.socket = socket
        self.last: int | None = None
        self._unpack: Callable[[Any], str] = lambda data: data
        if compress == "zlib-stream":
            unzlib = zlib.decompressobj()
            self._unpack = lambda data: unzlib.decompress(data).decode()
        elif compress == "zstd-stream":
            unzstd = zstandard.ZstdDecompressor().decompressobj()
            self._unpack = lambda data: unzstd.decompress(data).decode()

    async def hear(self) -> Json:
        """The next frame.

        Raises:
            EOFError: With the code with which the connection was closed.
        """
        message = await self.socket.receive(timeout=PATIENCE_S)
        if message.type not in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY):
            raise EOFError(self.socket.close_code)
        frame: Json = json.loads(self._unpack(message.data))
        self.last = frame["s"] or self.last
        return frame

    async def event(self, name: str) -> Json:
        """The data of the next event of this name."""
        while (frame := await self.hear())["t"] != name:
            pass
        return dict(frame["d"])

    async def say(self, op: int, data: Any) -> None:
        await self.socket.send_json({"op": op, "d": data})

    async def end(self) -> int | None:
        """The code with which the server closes."""
        try:
            while True:
                await self.hear()
        except EOFError as end:
            return end.args[0]  # type: ignore[no-any-return]


@asynccontextmanager
async def wire(server: DiscordServer, compress: str | None = None, version: str = "10") -> AsyncIterator[Wire]:
    """A connection that has said nothing yet."""
    query = {"v": version, "encoding": "json"} | ({"compress": compress} if compress else {})
    async with aiohttp.ClientSession() as http, http.ws_connect(server.gateway_url, params=query) as socket:
        yield Wire(socket, compress)


def identity(server: DiscordServer, **more: Any) -> Json:
    return {"token": server.token, "intents": INTENTS, "properties": {}} | more


@asynccontextmanager
async def session(server: DiscordServer, **more: Any) -> AsyncIterator[Callable[[str], Awaitable[Json]]]:
    """An identified connection; calling it waits for an event."""
    async with wire(server) as one:
        await one.say(2, identity(server, **more))
        await one.event("READY")
        yield one.event
