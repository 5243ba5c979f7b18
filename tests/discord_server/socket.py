"""One WebSocket of the gateway: compression, order, heartbeats and the client's own limits."""

import asyncio
import json
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

import zstandard
from aiohttp import WSMsgType, web

from tests.discord_server.state import Json

PAYLOAD_BYTES, SENDS, SENDS_PER_S = 4096, 120, 60.0
PATIENCE = 1.5  # heartbeats may be late by this factor


class Close(Exception):
    """The connection ends with a code."""

    def __init__(self, code: int, problem: str = "") -> None:
        super().__init__(code)
        self.code, self.problem = code, problem


def compressor(kind: str | None) -> Callable[[str], str | bytes]:
    """How frames are written: one stream of zlib or zstd for a whole connection, or plain text."""
    if kind == "zlib-stream":
        zlibbed = zlib.compressobj()
        return lambda text: zlibbed.compress(text.encode()) + zlibbed.flush(zlib.Z_SYNC_FLUSH)
    if kind == "zstd-stream":
        packed = zstandard.ZstdCompressor().compressobj()
        return lambda text: packed.compress(text.encode()) + packed.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
    return lambda text: text


class Socket:
    """A connection; frames leave it in the order in which they were given."""

    def __init__(self, request: web.Request, heartbeat_s: float) -> None:
        self.web = web.WebSocketResponse(max_msg_size=0, timeout=0.2)
        self.query = request.query
        self._request = request
        self._pack = compressor(request.query.get("compress"))
        self._out: asyncio.Queue[Json | int] = asyncio.Queue()
        self._patience_s = heartbeat_s * PATIENCE
        self._sent_at: list[float] = []
        self._writer: asyncio.Task[None] | None = None

    async def open(self) -> None:
        await self.web.prepare(self._request)
        self._writer = asyncio.create_task(self._write())

    async def _write(self) -> None:
        with suppress(ConnectionError, RuntimeError):
            while True:
                frame = await self._out.get()
                if isinstance(frame, int):
                    await self.web.close(code=frame)
                    return
                packed = self._pack(json.dumps(frame))
                await (self.web.send_str(packed) if isinstance(packed, str) else self.web.send_bytes(packed))

    async def frames(self) -> AsyncIterator[Json]:
        """What the client says.

        Raises:
            Close: When it says what it mustn't, too much, or nothing at all for too long.
        """
        if self.query.get("v") not in ("9", "10"):
            raise Close(4012, "another version than 9 or 10")
        beaten_at = asyncio.get_running_loop().time()
        while True:
            left_s = beaten_at + self._patience_s - asyncio.get_running_loop().time()
            try:
                message = await self.web.receive(timeout=max(0.0, left_s))
            except TimeoutError:
                raise Close(4009, "no heartbeat came in time") from None
            if message.type is not WSMsgType.TEXT:
                if self._writer:
                    self._writer.cancel()
                return
            frame = self._decoded(message.data)
            if frame["op"] == 1:
                beaten_at = asyncio.get_running_loop().time()
            yield frame

    def _decoded(self, text: str) -> Json:
        now = asyncio.get_running_loop().time()
        self._sent_at = [at for at in self._sent_at if at > now - SENDS_PER_S] + [now]
        if len(self._sent_at) > SENDS:
            raise Close(4008, f"over {SENDS} frames a minute")
        try:
            frame = json.loads(text)
        except ValueError:
            raise Close(4002, "a frame that is no JSON") from None
        if len(text.encode()) > PAYLOAD_BYTES or not isinstance(frame, dict) or not isinstance(frame.get("op"), int):
            raise Close(4002, f"a frame of {len(text)} characters or without an opcode")
        return frame

    def send(self, frame: Json) -> None:
        """Put a frame behind those that are still to leave."""
        self._out.put_nowait(frame)

    async def close(self, code: int) -> None:
        """Say all that is still to be said, then end with this code."""
        self._out.put_nowait(code)
        if self._writer:
            await asyncio.wait([self._writer], timeout=2)

    def abort(self) -> None:
        """End without a word."""
        if self._writer:
            self._writer.cancel()
        if self._request.transport:
            self._request.transport.abort()
