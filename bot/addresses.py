"""Reads addresses (URLs and IP) as an attacker would write them, and tells which lead to the public internet."""

import ipaddress
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import httpx

from bot.errors import FetchError

MAX_URL_CHARACTERS = 8_192
DEFAULT_PORTS = {"http": 80, "https": 443}

IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

_FORBIDDEN = tuple(
    ipaddress.ip_network(block)
    for block in (
        # IANA's IPv4 special-purpose registry (RFC 6890 and its updates), whatever of it is not for everyone
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",  # Azure's host, which answers its virtual machines only
        # of IPv6's global unicast: protocol assignments with Teredo, documentation, 6to4
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All that IPv6 has given out for the public internet; loopback, mapped, NAT64, link-local, private are elsewhere."""
_ISATAP = 0x00005EFE  # RFC 5214: an IPv4 address follows in the last 32 bits

_LABEL = re.compile(r"[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?", re.ASCII)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
_START = re.compile(r"https?://([^/?#]+)", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that is what it looks like.

    Attributes:
        host: A name in ASCII and lower case, or a literal address without brackets.
        path: With the query, starting with a slash.
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def literal(self) -> bool:
        """Whether the host is an address, not a name."""
        return ":" in self.host or self.host.replace(".", "").isdigit()

    @property
    def authority(self) -> str:
        """Host, and the port unless it is the scheme's own, as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def parse(url: str) -> Target:
    """Read an http or https URL, refusing whatever two readers could understand differently.

    Raises:
        FetchError: Another scheme, user name or password, hidden characters, a host that is neither a plain name nor
            an address in its usual form (decimal, octal, hex and short forms are not, nor is a dot at the end).
    """
    if len(url) > MAX_URL_CHARACTERS:
        raise refusal("it is too long")
    start = _START.match(url)
    if start is None:
        raise refusal("it does not start with https://")
    if "\\" in url or any(unicodedata.category(character)[0] in "CZ" for character in url):
        raise refusal("it has spaces, backslashes or hidden characters")
    if "@" in start[1]:
        raise refusal("it has a user name in it")
    try:
        parts = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise refusal("it can't be read") from error
    host = parts.raw_host.decode("ascii")
    _check_host(host)
    return Target(parts.scheme, host, parts.port or DEFAULT_PORTS[parts.scheme], parts.raw_path.decode("ascii"))


def join(base: Target, location: str) -> Target:
    """Where a redirect from `base` leads. Raises FetchError as `parse` does."""
    try:
        return parse(str(httpx.URL(str(base)).join(location)))
    except (httpx.InvalidURL, ValueError) as error:
        raise refusal("it redirects to what can't be read") from error


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet; False for what is no address at all."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        isatap = int(ip) >> 32 & 0xFDFFFFFF == _ISATAP
        if ip.scope_id is not None or ip not in _GLOBAL_UNICAST or isatap:
            return False
    return not within(address, _FORBIDDEN)


def within(address: str, networks: Iterable[IPNetwork]) -> bool:
    """Whether an IP address is in one of the networks; False for what is no address at all."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(ip.version == network.version and ip in network for network in networks)


def matches(host: str, patterns: Iterable[str]) -> bool:
    """Whether a host is one of 'cdn.example.com' (itself only) or '*.example.com' (what is below it, at any depth)."""
    return any(host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern for pattern in patterns)


def refusal(reason: str) -> FetchError:
    """An error for an address that is not fetched, without repeating the address: it may hold a secret."""
    return FetchError(f"This address is not fetched: {reason}", "Attach the picture itself", refused=True)


def _check_host(host: str) -> None:
    if ":" in host:  # in brackets, and read by `ipaddress` already
        if "%" in host:
            raise refusal("it names a network interface")
        return
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise refusal("its host is not a plain name")
    # A last label that is a number makes the host an address (WHATWG URL 3.5), in however odd a form.
    if _NUMBER.fullmatch(labels[-1]):
        try:
            ipaddress.IPv4Address(host)
        except ValueError as error:
            raise refusal("its host is an address in an unusual form") from error
