"""Addresses forged to lead a fetcher into the network that it stands in, with real listeners that count who comes."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote, unquote

import httpcore
import httpx

from bot.fetch import Fetcher, resolve
from bot.testing import blank_png

PICTURE = blank_png(16, 16, b"abc")
PUBLIC = "93.184.216.34"
Serve = Callable[[str, asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Forged:
    """One forged fetch.

    Attributes:
        url: `{victim}` stands for the port of what must not be reached, `{door}` for that of the server that may.
        answers: What the resolver says of a name, each time it is asked; the last answer repeats.
        hosts: The allow-list of the fetch.
        ports: Whether the victim's port is among the allowed ones, so that nothing but the address stands against it.
    """

    name: str
    url: str
    answers: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    hosts: tuple[str, ...] | None = None
    ports: bool = True


def _named(name: str, *answers: Sequence[str]) -> Forged:
    return Forged(name, "http://files.example:{victim}/a.png", {"files.example": answers})


def _redirected(name: str, location: str, status: int = 302, **more: Any) -> Forged:
    return Forged(name, f"http://door.example:{{door}}/{status}/{quote(location, safe='{}')}", **more)


LITERALS = {
    "loopback": "127.0.0.1",
    "the rest of loopback": "127.0.0.2",
    "short form": "127.1",
    "decimal": "2130706433",
    "hexadecimal": "0x7f000001",
    "dotted hexadecimal": "0x7f.0.0.1",
    "octal": "017700000001",
    "dotted octal": "0177.0.0.01",
    "dot at the end": "127.0.0.1.",
    "wide digits": "１２７.０.０.１",
    "circled digits": "①②⑦.⓪.⓪.①",
    "ideographic full stops": "127。0。0。1",
    "percent-encoded": "%31%32%37.0.0.1",
    "unspecified": "0.0.0.0",
    "zero": "0",
    "localhost": "localhost",
    "this host by name": "LocalHost",
    "ipv6 loopback": "[::1]",
    "ipv6 loopback written out": "[0:0:0:0:0:0:0:1]",
    "ipv6 unspecified": "[::]",
    "ipv4-mapped": "[::ffff:127.0.0.1]",
    "ipv4-mapped in hexadecimal": "[::ffff:7f00:1]",
    "ipv4-compatible": "[::127.0.0.1]",
    "ipv4-translated": "[::ffff:0:127.0.0.1]",
    "nat64": "[64:ff9b::127.0.0.1]",
    "local nat64": "[64:ff9b:1::127.0.0.1]",
    "6to4": "[2002:7f00:1::1]",
    "teredo": "[2001:0:7f00:1:0:0:80ff:fffe]",
    "isatap": "[2606:4700::5efe:7f00:1]",
    "ipv6 link-local": "[fe80::1]",
    "zone": "[fe80::1%25lo]",
    "zone on loopback": "[::1%lo]",
    "unique local": "[fd00:ec2::254]",
    "ipv6 multicast": "[ff02::1]",
    "ipv6 documentation": "[2001:db8::1]",
    "future ip": "[v1.127.0.0.1]",
    "cloud metadata": "169.254.169.254",
    "azure's host": "168.63.129.16",
    "private 10": "10.0.0.1",
    "private 172": "172.16.0.1",
    "private 192": "192.168.0.1",
    "shared by carriers": "100.100.100.200",
    "ietf": "192.0.0.192",
    "documentation": "192.0.2.2",
    "benchmarking": "198.18.0.1",
    "multicast": "224.0.0.1",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
}

TRICKS = (
    Forged("user name", "http://cdn.example@127.0.0.1:{victim}/"),
    Forged("user name and password", "http://cdn.example:80@127.0.0.1:{victim}/"),
    Forged("two at signs", "http://a@cdn.example@127.0.0.1:{victim}/"),
    Forged("backslash", "http://127.0.0.1:{victim}\\@cdn.example/"),
    Forged("backslashes for slashes", "http:\\\\127.0.0.1:{victim}\\"),
    Forged("three slashes", "http:///127.0.0.1:{victim}/"),
    Forged("one slash", "http:/127.0.0.1:{victim}/"),
    Forged("no scheme", "//127.0.0.1:{victim}/"),
    Forged("tab in the host", "http://127.0.\t0.1:{victim}/"),
    Forged("line break", "http://127.0.0.1:{victim}/\r\nHost: cdn.example"),
    Forged("null byte", "http://127.0.0.1\0.cdn.example:{victim}/"),
    Forged("soft hyphen", "http://127.0.0.1\u00ad:{victim}/"),
    Forged("space first", " http://127.0.0.1:{victim}/"),
    Forged("file", "file:///etc/passwd"),
    Forged("gopher", "gopher://127.0.0.1:{victim}/_GET"),
    Forged("ftp", "ftp://127.0.0.1:{victim}/"),
    Forged("data", "data:image/png;base64,AAAA"),
    Forged("unix socket", "http+unix://%2Frun%2Fdocker.sock/images"),
    Forged("port of another service", "http://files.example:22/", {"files.example": [[PUBLIC]]}, ports=False),
    Forged("port in unicode digits", "http://files.example:２２/", {"files.example": [[PUBLIC]]}, ports=False),
)

NAMES = (
    _named("name of loopback", ["127.0.0.1"]),
    _named("name of ipv6 loopback", ["::1"]),
    _named("name of mapped loopback", ["::ffff:127.0.0.1"]),
    _named("name of a private address", ["10.1.2.3"]),
    _named("name of a link-local address with a zone", ["fe80::1%lo"]),
    _named("public address first, loopback second", [PUBLIC, "127.0.0.1"]),
    _named("loopback first, public address second", ["127.0.0.1", PUBLIC]),
    _named("name of something else than an address", ["localhost"]),
    Forged(
        "address within a name", "http://127.0.0.1.wild.example:{victim}/", {"127.0.0.1.wild.example": [["127.0.0.1"]]}
    ),
    Forged("foreign name on an own network", "http://evil.example:{door}/picture", {"evil.example": [["127.0.0.1"]]}),
    Forged(
        "own name on a foreign network",
        "http://door.example:{victim}/",
        {"door.example": [["127.0.0.2"], ["127.0.0.2"]]},
    ),
)

REDIRECTS = (
    *(
        _redirected(f"redirect by {status}", "http://127.0.0.1:{victim}/", status)
        for status in (301, 302, 303, 307, 308)
    ),
    _redirected("redirect to ipv6", "http://[::1]:{victim}/"),
    _redirected("redirect without scheme", "//127.0.0.1:{victim}/"),
    _redirected("redirect with backslashes", "\\\\127.0.0.1:{victim}/"),
    _redirected("redirect with a user name", "http://door.example@127.0.0.1:{victim}/"),
    _redirected("redirect to a file", "file:///etc/passwd"),
    _redirected("redirect to decimal", "http://2130706433:{victim}/"),
    _redirected(
        "redirect to a private name", "http://files.example:{victim}/", answers={"files.example": [["127.0.0.1"]]}
    ),
    _redirected("redirect twice", "/302/" + quote("http://127.0.0.1:{victim}/", safe="{}")),
    _redirected(
        "rebinding between two hops",
        "http://door.example:{victim}/",
        answers={"door.example": [["127.0.0.1"], ["127.0.0.2"]]},
    ),
    _redirected("redirect away from the allowed hosts", "http://files.example:{victim}/", hosts=("door.example",)),
)

HOSTS = (
    Forged("name that ends like an allowed one", "http://evilcdn.example:{victim}/", hosts=("*.cdn.example",)),
    Forged("name that starts like an allowed one", "http://cdn.example.evil.example:{victim}/", hosts=("cdn.example",)),
    Forged("parent of an allowed name", "http://example:{victim}/", hosts=("*.example",)),
    Forged("look-alike letters", "http://сdn.example:{victim}/", hosts=("cdn.example",)),
)

FORGED = (
    *(Forged(name, f"http://{host}:{{victim}}/") for name, host in LITERALS.items()),
    *TRICKS,
    *NAMES,
    *REDIRECTS,
    *HOSTS,
)


class Names:
    """A resolver with answers of its own: loopback for other names, and the system's for what is no name."""

    def __init__(self, answers: Mapping[str, Sequence[Sequence[str]]]) -> None:
        self._answers = {"door.example": [["127.0.0.1"]]} | dict(answers)
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        answers = self._answers.get(host)
        if answers is None:
            return ["127.0.0.1"] if host.endswith("example") else await resolve(host.rstrip("."), port)
        return answers[min(self.asked.count(host), len(answers)) - 1]


@dataclass
class World:
    """A door that may be reached, victims that may not, and everybody who came."""

    door: int
    victim: int
    visits: list[str]
    connects: list[tuple[Any, ...]]

    def fetcher(self, forged: Forged, names: Names) -> Fetcher:
        """A fetcher to which nothing is forbidden but what the forged fetch is about."""
        ports = {self.door, *([self.victim] if forged.ports else [])}
        return Fetcher(own={"door.example": ["127.0.0.1/32"]}, ports=ports, plain_http=True, resolve=names)

    def url(self, forged: Forged) -> str:
        return forged.url.replace("{victim}", str(self.victim)).replace("{door}", str(self.door))

    def escaped(self) -> list[tuple[Any, ...]]:
        """Every connection of this process that did not go to the door."""
        return [address for address in self.connects if address[:2] != ("127.0.0.1", self.door)]


@asynccontextmanager
async def world() -> AsyncIterator[World]:
    """The door on loopback, and victims on one port of every loopback address that there is."""
    visits: list[str] = []

    async def victim(_: str, writer: asyncio.StreamWriter) -> None:
        visits.append("victim")
        writer.write(answer(PICTURE))

    async with AsyncExitStack() as stack:
        door = await stack.enter_async_context(listening(_door))
        port = await stack.enter_async_context(listening(victim))
        for host in ("127.0.0.2", "::1"):
            try:
                await stack.enter_async_context(listening(victim, host, port))
            except OSError:  # macOS has one IPv4 loopback address, and some machines have no IPv6
                continue
        heard = connects()
        del heard[:]
        yield World(door, port, visits, heard)


@asynccontextmanager
async def listening(serve: Serve, host: str = "127.0.0.1", port: int = 0, **more: Any) -> AsyncIterator[int]:
    """A real server that reads one request's head and lets `serve(head, writer)` answer; its port."""

    async def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve((await reader.readuntil(b"\r\n\r\n")).decode(), writer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            return  # the client went away, which is what many of these tests are about
        finally:
            writer.close()

    server = await asyncio.start_server(met, host, port, **more)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def answer(
    body: bytes, kind: str = "image/png", *more: str, status: str = "200 OK", length: int | None = None
) -> bytes:
    """A whole HTTP answer."""
    size = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {size}", *more, "", ""]
    return "\r\n".join(lines).encode() + body


async def _door(head: str, writer: asyncio.StreamWriter) -> None:
    path = head.split(" ")[1]
    _, status, location = path.split("/", 2) if path.count("/") > 1 else ("", "", "")
    if status:
        writer.write(answer(b"", "text/plain", f"Location: {unquote(location)}", status=f"{status} Moved"))
    else:
        writer.write(answer(PICTURE))


@cache
def connects() -> list[tuple[Any, ...]]:
    """Every address that this process connects a socket to, as Python itself reports it (PEP 578)."""
    heard: list[tuple[Any, ...]] = []

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            heard.append(arguments[1])

    sys.addaudithook(hear)
    return heard


class NaiveTransport(httpx.AsyncBaseTransport):
    """What a plain client does: resolve, connect. Tells where to, and really connects to loopback only."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self.reached: list[tuple[str, int]] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host, port = request.url.host, request.url.port or 80
        address = (await self._names(host, port))[0]
        self.reached.append((address, port))
        if not ip_address(address).is_loopback:
            raise httpx.ConnectError("not outside this machine")
        async with httpcore.AsyncConnectionPool() as pool:
            url = httpcore.URL(scheme=b"http", host=address.encode(), port=port, target=request.url.raw_path)
            response = await pool.request("GET", url, headers=request.headers.raw)
        return httpx.Response(response.status, headers=response.headers, content=response.content)


async def naively(world: World, forged: Forged) -> bool:
    """Whether a plain client that follows redirects would connect elsewhere than to the door."""
    transport = NaiveTransport(Names(forged.answers))
    async with httpx.AsyncClient(transport=transport, follow_redirects=True, trust_env=False) as client:
        with suppress(httpx.HTTPError, httpx.InvalidURL, httpcore.ConnectError, OSError, ValueError):
            await client.get(world.url(forged))
    return any(reached != ("127.0.0.1", world.door) for reached in transport.reached)
