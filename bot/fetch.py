"""Fetches addresses that people and platforms give, and never anything inside the network that Limner stands in."""

import asyncio
import ipaddress
import ssl
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from socket import SOCK_STREAM

import httpcore
import httpx

from bot.addresses import DEFAULT_PORTS, Target, is_public, join, matches, parse, refusal, within
from bot.errors import FetchError
from bot.image_headers import read_header

MAX_REDIRECTS = 3
CONNECT_S = 5.0
"""For each of a host's addresses, so that one that does not answer leaves time for the next."""
MAX_ADDRESSES = 4
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""From a host name and port to the IP addresses that it has now; raises OSError where there is none."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: `url` is where the last redirect led, `media_type` is proven for pictures, else as told."""

    data: bytes
    media_type: str
    url: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    hosts: Collection[str] | None
    media_types: Collection[str]
    max_bytes: int
    authorization: str
    authorized: tuple[str, str, int]


async def resolve(host: str, port: int) -> list[str]:
    """Ask the system. Raises OSError where it knows no such name."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))


class Fetcher:
    """Fetches files over https from the public internet.

    Each hop is checked anew: the URL is read strictly, the name is resolved once, every address that it has must be
    public, and the connection goes to the very address that was checked, while Host header and certificate stay the
    name's. Cookies, proxies from the environment, compressed answers and other ports don't exist here. Nothing is
    kept between two fetches, so there is nothing to close.

    Args:
        own: Hosts of one's own that may stand on private addresses, each with its networks ('10.0.0.0/8'); such a
            host is reached in these networks only, and no other host is reached there.
        ports: Ports that are allowed beside 443 (and 80).
        plain_http: Allow http as well.
        resolve: Another resolver than the system's.
        tls: Another TLS context than one that trusts the usual authorities (and those of SSL_CERT_FILE).
    """

    def __init__(
        self,
        *,
        own: Mapping[str, Iterable[str]] | None = None,
        ports: Collection[int] = (),
        plain_http: bool = False,
        resolve: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._own = {
            host.lower(): [ipaddress.ip_network(network) for network in networks]
            for host, networks in (own or {}).items()
        }
        self._ports = frozenset(ports)
        self._schemes = ("https", "http") if plain_http else ("https",)
        self._resolve = resolve
        self._tls = tls or httpx.create_ssl_context()

    async def get(
        self,
        url: str,
        *,
        media_types: Collection[str],
        max_bytes: int,
        hosts: Collection[str] | None = None,
        timeout_s: float = 30.0,
        authorization: str = "",
    ) -> Fetched:
        """Fetch one file.

        Args:
            url: As somebody gave it.
            media_types: What is taken, such as 'image/png'. Pictures must be what they are said to be by their first
                bytes too.
            max_bytes: Counted while it comes in.
            hosts: 'cdn.example.com', '*.example.com', or None for any; holds for redirects too.
            timeout_s: For everything together, redirects included.
            authorization: A header of that name, for the host of `url` alone: no redirect takes it elsewhere.

        Raises:
            FetchError: The address is refused (`refused`), or gave nothing that can be taken.
            RequestError: What came is not the picture that it was said to be.
        """
        target = parse(url)
        wanted = _Wanted(hosts, media_types, max_bytes, authorization, (target.scheme, target.host, target.port))
        try:
            async with asyncio.timeout(timeout_s):
                for _ in range(MAX_REDIRECTS + 1):
                    answer = await self._ask(target, await self._addresses(target, hosts), wanted)
                    if isinstance(answer, Fetched):
                        return answer
                    target = answer
        except TimeoutError as error:
            raise FetchError(f"{target.host} took longer than {timeout_s:g} s", "Attach the file itself") from error
        raise FetchError("This address redirects too often", "Give the address that it leads to")

    async def _addresses(self, target: Target, hosts: Collection[str] | None) -> list[str]:
        """The addresses to connect to, every one of them allowed. Raises FetchError."""
        if target.scheme not in self._schemes:
            raise refusal("it does not start with https://")
        if target.port != DEFAULT_PORTS[target.scheme] and target.port not in self._ports:
            raise refusal(f"port {target.port} is not allowed")
        if hosts is not None and not matches(target.host, hosts):
            raise refusal(f"{target.host} is not among the allowed hosts")
        networks = self._own.get(target.host)
        found = [target.host] if target.literal else await self._resolved(target)
        if not all(is_public(one) if networks is None else within(one, networks) for one in found):
            raise refusal(f"{target.host} is not on the public internet")
        return found[:MAX_ADDRESSES]

    async def _resolved(self, target: Target) -> list[str]:
        try:
            found = list(await self._resolve(target.host, target.port))
        except (OSError, UnicodeError) as error:
            raise FetchError(f"There is no {target.host}", "Check the address") from error
        if not found:
            raise FetchError(f"There is no {target.host}", "Check the address")
        return found

    async def _ask(self, target: Target, addresses: list[str], wanted: _Wanted) -> Fetched | Target:
        """One request on a connection of its own; where a redirect leads, or the file."""
        url = httpcore.URL(
            scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=target.path.encode()
        )
        headers = {
            "Host": target.authority,
            "User-Agent": "Limner",
            "Accept": ", ".join(wanted.media_types),
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        if wanted.authorization and (target.scheme, target.host, target.port) == wanted.authorized:
            headers["Authorization"] = wanted.authorization
        try:
            async with (
                httpcore.AsyncConnectionPool(ssl_context=self._tls, network_backend=_Pinned(addresses)) as pool,
                pool.stream("GET", url, headers=list(headers.items())) as response,
            ):
                if response.status in _REDIRECTS:
                    return _next(target, response)
                media_type = _checked(target, response, wanted)
                data = await _body(target, response, wanted.max_bytes)
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as error:
            if isinstance(error, TimeoutError):
                raise
            raise FetchError(f"{target.host} could not be read from", "Try again, or attach the file itself") from error
        return Fetched(data, _proven(media_type, data, wanted), str(target))


class _Pinned(httpcore.AsyncNetworkBackend):
    """Connects to addresses that have been checked, whatever name the connection is for."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self._addresses = addresses
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """The first address that answers. Raises what httpcore raises where none does."""
        *others, last = self._addresses
        for address in others:
            try:
                return await self._network.connect_tcp(address, port, CONNECT_S, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._network.connect_tcp(last, port, CONNECT_S, local_address, socket_options)


def _next(target: Target, response: httpcore.Response) -> Target:
    locations = _values(response, b"location")
    if len(locations) != 1:
        raise FetchError(f"{target.host} redirects to nowhere", "Give the address that it should lead to")
    following = join(target, locations[0])
    if (target.scheme, following.scheme) == ("https", "http"):
        raise refusal(f"{target.host} redirects to plain http")
    return following


def _checked(target: Target, response: httpcore.Response, wanted: _Wanted) -> str:
    """The media type that the answer's head tells. Raises FetchError for an answer that can't be taken."""
    if response.status != 200:
        raise FetchError(f"{target.host} answered with status {response.status}", "Check the address")
    if any(value.lower() not in ("", "identity") for value in _values(response, b"content-encoding")):
        raise FetchError(f"{target.host} sent a compressed answer without being asked", "Attach the file itself")
    media_type = ", ".join(_values(response, b"content-type")).partition(";")[0].strip().lower()
    if media_type not in wanted.media_types:
        kinds = ", ".join(wanted.media_types)
        raise FetchError(f"{target.host} sent another kind of file than {kinds}", "Give the address of the file itself")
    if any(value.isdecimal() and int(value) > wanted.max_bytes for value in _values(response, b"content-length")):
        raise _too_large(target, wanted.max_bytes)
    return media_type


async def _body(target: Target, response: httpcore.Response, max_bytes: int) -> bytes:
    data = bytearray()
    async for part in response.aiter_stream():
        data += part
        if len(data) > max_bytes:
            raise _too_large(target, max_bytes)
    return bytes(data)


def _proven(media_type: str, data: bytes, wanted: _Wanted) -> str:
    """The media type by the first bytes, for pictures; servers often mix PNG and JPEG up."""
    if not media_type.startswith("image/"):
        return media_type
    real = read_header(data).media_type
    if real not in wanted.media_types:
        raise FetchError(f"This is {real}", f"Give one of {', '.join(wanted.media_types)}")
    return real


def _too_large(target: Target, max_bytes: int) -> FetchError:
    return FetchError(f"The file at {target.host} is too large", f"Give one of at most {max_bytes / 2**20:.3g} MiB")


def _values(response: httpcore.Response, name: bytes) -> list[str]:
    return [value.decode("latin-1").strip() for key, value in response.headers if key.lower() == name]
