"""A real HTTP server that speaks Chat Completions as strictly as the strictest, and fails as it is told."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

Body = dict[str, Any]


@dataclass
class Request:
    """One request, and the connection that its answer goes to."""

    body: Body
    headers: dict[str, str]
    writer: asyncio.StreamWriter

    @property
    def streams(self) -> bool:
        return bool(self.body.get("stream"))

    async def send(self, status: int, data: bytes, kind: str = "application/json", **headers: str) -> None:
        """A whole answer."""
        lines = [f"HTTP/1.1 {status} Told", f"content-type: {kind}", f"content-length: {len(data)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + data)
        await self.writer.drain()

    async def begin(self, kind: str = "text/event-stream") -> None:
        """The head of an answer that comes in pieces."""
        head = f"HTTP/1.1 200 Told\r\ncontent-type: {kind}\r\ntransfer-encoding: chunked\r\n\r\n"
        self.writer.write(head.encode())
        await self.writer.drain()

    async def piece(self, data: bytes) -> None:
        """One piece as it is."""
        self.writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        await self.writer.drain()

    async def event(self, data: Body | str) -> None:
        """One event of a stream."""
        text = data if isinstance(data, str) else json.dumps(data)
        await self.piece(f"data: {text}\n\n".encode())

    async def end(self) -> None:
        """The end of an answer that came in pieces."""
        await self.piece(b"")


Reply = Callable[[Request], Awaitable[None]]


class ChatServer:
    """Replies by its script, the last line of it again and again.

    Attributes:
        script: What to do with the next requests.
        requests: The bodies of all requests so far.
        problems: What was wrong with them by the rules of the strictest servers; such a request is refused.
    """

    def __init__(self) -> None:
        self.script: list[Reply] = [says("hello")]
        self.requests: list[Body] = []
        self.headers: list[dict[str, str]] = []
        self.problems: list[str] = []
        self.url = ""
        self.released = asyncio.Event()
        self.connections: dict[asyncio.StreamWriter, asyncio.Task[None] | None] = {}
        self._served = 0

    def next(self, *script: Reply) -> None:
        """From now on reply like this."""
        self.script, self._served = list(script), 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, for as many requests as come."""
        self.connections[writer] = asyncio.current_task()
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while not writer.is_closing():
                head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
                headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
                data = await reader.readexactly(int(headers.get("content-length", 0)))
                await self._reply(head[0], Request(json.loads(data or b"{}"), headers, writer))
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    async def _reply(self, line: str, request: Request) -> None:
        if "/chat/completions" not in line:
            await request.send(200, b"<html>a page</html>", "text/html")
            return
        self.requests.append(request.body)
        self.headers.append(request.headers)
        if wrong := what_is_wrong(request.body):
            self.problems += wrong
            await request.send(400, json.dumps({"error": {"message": wrong[0]}}).encode())
            return
        reply = self.script[min(self._served, len(self.script) - 1)]
        self._served += 1
        await reply(request)


@asynccontextmanager
async def chat_server() -> AsyncIterator[ChatServer]:
    """A server on a free port of this machine; whoever still waits for it is let go when the block ends."""
    server = ChatServer()
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, limit=2**24)
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1"
    try:
        yield server
    finally:
        server.released.set()
        listening.close()
        for writer in server.connections:
            writer.close()
        await asyncio.gather(*filter(None, server.connections.values()))


def what_is_wrong(body: Body) -> list[str]:  # noqa: C901 - one rule after the other
    """Every rule of the protocol that a request breaks."""
    wrong: list[str] = []
    waiting: set[str] = set()
    seen: set[str] = set()
    before = ""
    for at, message in enumerate(body["messages"]):
        role = message["role"]
        if role == "tool":
            if message["tool_call_id"] not in waiting:
                wrong.append(f"message {at} is the result of no call")
            waiting.discard(message["tool_call_id"])
        elif waiting:
            wrong.append(f"message {at} comes before the results of {waiting}")
        if role == "system" and at:
            wrong.append(f"message {at} is a system message inside")
        if role == "user" and before == "user":
            wrong.append(f"message {at} is the second of the user's in a row")
        if role in ("user", "tool") and not _says_something(message):
            wrong.append(f"message {at} says nothing")
        for call in message.get("tool_calls") or []:
            if not (call["id"] and call["id"] not in seen):
                wrong.append(f"call id {call['id']!r} of message {at} is not unique")
            if not re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", call["function"]["name"]):
                wrong.append(f"a call of message {at} names no function")
            if not isinstance(json.loads(call["function"]["arguments"]), dict):
                wrong.append(f"a call of message {at} has arguments that are no object")
            seen.add(call["id"])
            waiting.add(call["id"])
        before = role
    if waiting or before not in ("user", "tool"):
        wrong.append(f"the last message is the {before}'s, and {len(waiting)} calls wait")
    return wrong


def _says_something(message: Body) -> bool:
    """Words; in the user's messages perhaps with pictures, which must not stand anywhere else."""
    content = message["content"]
    if message["role"] == "user" and isinstance(content, list):
        return all(part["type"] in ("text", "image_url") and part[part["type"]] for part in content)
    return isinstance(content, str) and bool(content)


@dataclass(frozen=True)
class Piece:
    """What an answer consists of, in the protocol's own words."""

    content: str | None = None
    tool_calls: list[Body] = field(default_factory=list)
    refusal: str | None = None
    finish: str | None = "stop"

    def message(self) -> Body:
        made: Body = {"role": "assistant", "content": self.content}
        return made | ({"tool_calls": self.tool_calls} if self.tool_calls else {}) | {"refusal": self.refusal}

    def deltas(self) -> list[Body]:
        """Words in pieces of eight letters; calls with their name first and their arguments in two pieces."""
        text = self.content or ""
        made: list[Body] = [{"content": text[at : at + 8]} for at in range(0, min(len(text), 4000), 8)]
        made += [{"content": text[at : at + 65536]} for at in range(4000, len(text), 65536)]
        for index, call in enumerate(self.tool_calls):
            function, rest = dict(call.get("function", {})), ""
            if isinstance(given := function.get("arguments"), str):
                function["arguments"], rest = given[: len(given) // 2], given[len(given) // 2 :]
            made.append({"tool_calls": [{"index": index, **call, "function": function}]})
            if rest:
                made.append({"tool_calls": [{"index": index, "function": {"arguments": rest}}]})
        return made + ([{"refusal": self.refusal}] if self.refusal else [])


def chunk(delta: Body, finish: str | None = None) -> Body:
    """One event of a stream."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}


def whole(message: Body, finish: str | None = "stop") -> Body:
    """An answer in one piece."""
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}


def answers(piece: Piece) -> Reply:
    """That answer, in pieces or whole, as the request wants it."""

    async def reply(request: Request) -> None:
        if not request.streams:
            await request.send(200, json.dumps(whole(piece.message(), piece.finish)).encode())
            return
        await request.begin()
        await request.event(chunk({"role": "assistant", "content": ""}))
        for delta in piece.deltas():
            await request.event(chunk(delta))
        await request.event(chunk({}, piece.finish))
        await request.event("[DONE]")
        await request.end()

    return reply


def says(text: str | None, finish: str | None = "stop") -> Reply:
    """Words."""
    return answers(Piece(text, finish=finish))


def call(name: Any, arguments: Any, **more: Any) -> Body:
    """One call; arguments that are no text are written as JSON."""
    written = arguments if isinstance(arguments, str) or more.pop("as_is", False) else json.dumps(arguments)
    return {"id": "call_0", "type": "function", "function": {"name": name, "arguments": written}} | more


def calls(*several: Body, text: str | None = None, finish: str = "tool_calls") -> Reply:
    """Tool calls."""
    return answers(Piece(text, list(several), finish=finish))


def fails(status: int, said: str = "no", **headers: str) -> Reply:
    """An error in the protocol's form."""

    async def reply(request: Request) -> None:
        data = json.dumps({"error": {"message": said, "type": "error", "code": None}}).encode()
        await request.send(status, data, **headers)

    return reply


def sends(status: int, data: bytes, kind: str = "application/json", **headers: str) -> Reply:
    """An answer in these very bytes."""

    async def reply(request: Request) -> None:
        await request.send(status, data, kind, **headers)

    return reply


def streams(*pieces: bytes, breaks: bool = False, kind: str = "text/event-stream") -> Reply:
    """A stream of these very bytes, which breaks off or ends well."""

    async def reply(request: Request) -> None:
        await request.begin(kind)
        for piece in pieces:
            await request.piece(piece)
        if breaks:
            request.writer.close()
        else:
            await request.end()

    return reply


def hangs_up(request: Request) -> Awaitable[None]:
    """The connection ends without a word."""
    request.writer.close()
    return request.writer.wait_closed()


def stalls(server: ChatServer, *first: Body) -> Reply:
    """Nothing more comes after these pieces of a stream, or not even its head, for as long as the server lives."""

    async def reply(request: Request) -> None:
        if first:
            await request.begin()
        for delta in first:
            await request.event(chunk(delta))
        await server.released.wait()

    return reply
