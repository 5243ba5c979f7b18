"""Fetching: servers that lie, drip and redirect for ever; certificates; and which addresses are public."""

import asyncio
import gzip
import ipaddress
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.addresses import Target, is_public, join, matches, parse
from bot.errors import FetchError, RequestError
from bot.fetch import Fetched, Fetcher
from tests.helpers.forged import PICTURE, PUBLIC, Names, answer, listening
from tests.helpers.hostile import jpeg
from tests.support import PATIENCE_S

KIB = 1024
PICTURES = ("image/png", "image/jpeg")


class Site:
    """A server that answers every request with the same bytes, and remembers the heads of the requests."""

    def __init__(self, *parts: bytes, forever: bytes = b"") -> None:
        self.parts = parts
        self.forever = forever
        self.heads: list[str] = []

    async def serve(self, head: str, writer: asyncio.StreamWriter) -> None:
        self.heads.append(head)
        for part in self.parts:
            writer.write(part)
        while self.forever:
            writer.write(self.forever)
            await writer.drain()
            await asyncio.sleep(0.01)


@asynccontextmanager
async def site(*parts: bytes, forever: bytes = b"") -> AsyncIterator[tuple[Site, Fetcher, str]]:
    """A site, a fetcher that may reach it, and its address."""
    it = Site(*parts, forever=forever)
    async with listening(it.serve) as port:
        fetcher = Fetcher(own={"site.example": ["127.0.0.0/8"]}, ports={port}, plain_http=True, resolve=Names({}))
        yield it, fetcher, f"http://site.example:{port}/a%20b.png?x=1#part"


async def get(fetcher: Fetcher, url: str, **more: Any) -> Fetched:
    return await fetcher.get(url, **({"media_types": PICTURES, "max_bytes": 64 * KIB} | more))


async def failure(*parts: bytes, forever: bytes = b"", **more: Any) -> str:
    """The one line that fetching such an answer ends in."""
    async with site(*parts, forever=forever) as (_, fetcher, url):
        with pytest.raises(RequestError) as failed:
            async with asyncio.timeout(PATIENCE_S):
                await get(fetcher, url, **more)
    assert not getattr(failed.value, "refused", False)
    assert failed.value.remedy
    assert "\n" not in str(failed.value)
    return str(failed.value)


async def test_a_file_is_fetched_without_leaving_traces() -> None:
    """The file, its media type and its address come back; the request has no cookie, referrer or encoding."""
    async with site(answer(PICTURE, "Image/PNG; charset=x", "Set-Cookie: a=b")) as (it, fetcher, url):
        for _ in range(2):
            fetched = await get(fetcher, url)
        assert fetched == Fetched(PICTURE, "image/png", url.removesuffix("#part"))
    lines = it.heads[1].lower().split("\r\n")
    assert lines[0] == "get /a%20b.png?x=1 http/1.1"
    assert {line.partition(":")[0] for line in lines[1:] if line} == {
        *("host", "user-agent", "accept", "accept-encoding", "connection")
    }
    assert "accept-encoding: identity" in lines
    assert next(line for line in lines if line.startswith("host:")).startswith("host: site.example:")


async def test_too_many_bytes_are_not_read() -> None:
    """A file over the cap is given up: by its own word, when it says less than it sends, and when it never ends."""
    assert "too large" in await failure(answer(b"", length=64 * KIB + 1))
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n"
    endless = b"4000\r\n" + bytes(0x4000) + b"\r\n"
    assert "too large" in await failure(chunked, forever=endless)
    until_close = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"
    assert "too large" in await failure(until_close, forever=bytes(0x4000))


async def test_a_lying_length_gives_what_it_says_at_most() -> None:
    """More bytes than declared are not part of the file, fewer are an error."""
    async with site(answer(PICTURE + b"more", length=len(PICTURE))) as (_, fetcher, url):
        assert (await get(fetcher, url)).data == PICTURE
    assert "could not be read" in await failure(answer(PICTURE, length=len(PICTURE) + 1))


@pytest.mark.parametrize("encoding", ["gzip", "br", "identity, gzip", "deflate"])
async def test_compressed_answers_are_refused(encoding: str) -> None:
    """A zip bomb is never unpacked: we asked for plain bytes."""
    bomb = gzip.compress(bytes(1024 * KIB))
    assert "compressed" in await failure(answer(bomb, "image/png", f"Content-Encoding: {encoding}"))


async def test_compressed_transfer_is_refused() -> None:
    """Nor by the other header that can announce it."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
    assert "could not be read" in await failure(head)


@pytest.mark.parametrize(
    ("at_first", "then"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 60000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: 1\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["body", "headers", "informational"],
)
async def test_a_slow_drip_is_cut(at_first: bytes, then: bytes) -> None:
    """A server that sends a little now and then, and so never times out by itself, is cut off as a whole."""
    assert "took longer than 0.3 s" in await failure(at_first, forever=then, timeout_s=0.3)


async def test_endless_headers_are_cut() -> None:
    """Headers have a bound of their own."""
    assert "could not be read" in await failure(b"HTTP/1.1 200 OK\r\n", forever=b"X-A: " + bytes([65]) * 8000 + b"\r\n")


async def test_a_slow_resolver_is_cut() -> None:
    """The time for everything holds for the name as well."""

    async def never(host: str, port: int) -> list[str]:
        await asyncio.Event().wait()
        return []

    with pytest.raises(FetchError, match=r"slow\.example took longer than 0\.1 s"):
        await get(Fetcher(resolve=never), "https://slow.example/", timeout_s=0.1)


async def test_only_wanted_kinds_are_taken() -> None:
    """A file is what its server says, and a picture by its first bytes too; PNG and JPEG may be mixed up."""
    assert "another kind" in await failure(answer(b"<html>", "text/html"))
    assert "another kind" in await failure(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")
    assert "another kind" in await failure(answer(PICTURE, "image/png", "Content-Type: text/html"))
    assert "not a picture" in await failure(answer(b"<html>", "image/png"))
    assert "image/jpeg" in await failure(answer(jpeg(), "image/png"), media_types=("image/png",))
    async with site(answer(jpeg(), "image/png")) as (_, fetcher, url):
        assert (await get(fetcher, url)).media_type == "image/jpeg"
    async with site(answer(b"hello", "text/plain; charset=utf-8")) as (_, fetcher, url):
        assert (await get(fetcher, url, media_types=("text/plain",))).data == b"hello"


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oops", "206 Partial Content", "304 Not Modified", "204 None"])
async def test_only_whole_answers_are_taken(status: str) -> None:
    """Whatever is not the whole file is told with its status."""
    assert f"status {status[:3]}" in await failure(answer(b"", status=status))


async def test_what_is_no_http_is_told() -> None:
    """A server that speaks something else, or hangs up, gives one line."""
    assert "could not be read" in await failure(b"SSH-2.0-OpenSSH_9.2\r\n")
    assert "could not be read" in await failure()


async def test_redirects_end() -> None:
    """After three redirects it is enough; one without a place, or with two, is told."""
    loop = answer(b"", "text/plain", "Location: /again", status="302 Found")
    async with site(loop) as (it, fetcher, url):
        with pytest.raises(FetchError, match="redirects too often"):
            await get(fetcher, url)
        assert len(it.heads) == 4
    assert "nowhere" in await failure(answer(b"", status="302 Found"))
    assert "nowhere" in await failure(answer(b"", "a/b", "Location: /a", "Location: /b", status="302 Found"))


async def test_only_allowed_hosts_are_asked() -> None:
    """The allow-list holds for the first address and for every redirect; nothing is sent to others."""
    away = answer(b"", "text/plain", "Location: http://other.example:{}/", status="302 Found").decode()
    here, there = Site(), Site(answer(PICTURE))
    async with listening(here.serve) as port, listening(there.serve) as other:
        here.parts = (away.format(other).encode(),)
        own = {"site.example": ["127.0.0.1/32"], "other.example": ["127.0.0.1/32"]}
        fetcher = Fetcher(own=own, ports={port, other}, plain_http=True, resolve=Names({}))
        url = f"http://site.example:{port}/"
        assert (await get(fetcher, url, hosts=("site.example", "*.example"))).data == PICTURE
        for hosts in [("site.example",), ("*.site.example", "asite.example"), ()]:
            with pytest.raises(FetchError, match="not among the allowed hosts") as refused:
                await get(fetcher, url, hosts=hosts)
            assert refused.value.refused
    assert (len(here.heads), len(there.heads)) == (2, 1)


async def test_https_only_unless_told() -> None:
    """Plain http is refused by default, before the name is even looked up."""
    names = Names({})
    with pytest.raises(FetchError, match="https://") as refused:
        await get(Fetcher(resolve=names), "http://site.example/")
    assert refused.value.refused
    assert names.asked == []


async def test_names_that_are_not_there() -> None:
    """An unknown name, and one without addresses, is told as such."""

    async def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    for resolver in (unknown, Names({"none.example": [[]]})):
        with pytest.raises(FetchError, match=r"There is no none\.example") as failed:
            await get(Fetcher(resolve=resolver), "https://none.example/")
        assert not failed.value.refused


async def test_errors_do_not_repeat_the_address() -> None:
    """The path and query of an address often hold a key; the error names the host at most."""
    for url in ("https://site.example/secret", "http://site.example/?secret", "https://secret@site.example/"):
        with pytest.raises(FetchError) as refused:
            await get(Fetcher(resolve=Names({})), url)
        assert "secret" not in str(refused.value)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh self-signed certificate for site.example, with its key in the same file."""
    path = tmp_path_factory.mktemp("tls") / "site.pem"
    command = (
        f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout {path} -out {path}.crt"
        " -subj /CN=site.example -addext subjectAltName=DNS:site.example"
    )
    try:
        subprocess.run(command.split(), check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    with path.open("a") as file:
        file.write(Path(f"{path}.crt").read_text())
    return path


@asynccontextmanager
async def secure(certificate: Path) -> AsyncIterator[tuple[int, list[str | None], ssl.SSLContext]]:
    """A TLS server; its port, the names that clients asked it for, and a context that trusts it."""
    server, client, asked = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context(), []
    server.load_cert_chain(certificate)
    server.sni_callback = lambda _, name, __: asked.append(name)
    client.load_verify_locations(certificate)
    async with listening(Site(answer(PICTURE)).serve, ssl=server) as port:
        yield port, asked, client


async def test_the_certificate_is_the_names(certificate: Path) -> None:
    """Although the connection goes to an address, TLS asks for the name and checks its certificate."""
    own = {"site.example": ["127.0.0.1/32"], "other.example": ["127.0.0.1/32"]}
    async with secure(certificate) as (port, asked, client):
        fetcher = Fetcher(own=own, ports={port}, resolve=Names({}), tls=client)
        assert (await get(fetcher, f"https://site.example:{port}/")).data == PICTURE
        assert asked == ["site.example"]
        with pytest.raises(FetchError, match="could not be read"):  # the same server by another name
            await get(fetcher, f"https://other.example:{port}/")
        with pytest.raises(FetchError, match="could not be read"):  # nobody vouches for the certificate
            await get(Fetcher(own=own, ports={port}, resolve=Names({})), f"https://site.example:{port}/")


async def test_https_never_becomes_http(certificate: Path) -> None:
    """A redirect from https to http is refused even where http is allowed."""
    async with secure(certificate) as (port, _, client):
        site_ = Site(answer(b"", "text/plain", "Location: http://site.example/", status="302 Found"))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        async with listening(site_.serve, ssl=context) as redirecting:
            fetcher = Fetcher(
                own={"site.example": ["127.0.0.1/32"]},
                ports={port, redirecting},
                plain_http=True,
                resolve=Names({}),
                tls=client,
            )
            with pytest.raises(FetchError, match="plain http") as refused:
                await get(fetcher, f"https://site.example:{redirecting}/")
            assert refused.value.refused


PUBLIC_ADDRESSES = (PUBLIC, "1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "192.0.1.1", "223.255.255.254")
PUBLIC_ADDRESSES_6 = ("2606:4700:4700::1111", "2a00:1450:4001::200e", "2001:4860:4860::8888", "2400::1")


@pytest.mark.parametrize("address", [*PUBLIC_ADDRESSES, *PUBLIC_ADDRESSES_6])
def test_public_addresses_are_public(address: str) -> None:
    """The guard lets the internet through, up to the edges of the forbidden blocks."""
    assert is_public(address)


@given(st.ip_addresses())
def test_nothing_that_python_calls_private_is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """Python's own registry, read another way, never finds a public address to be something else."""
    if is_public(str(address)):
        assert address.is_global
        assert not any((address.is_multicast, address.is_reserved, address.is_loopback, address.is_link_local))
        assert getattr(address, "ipv4_mapped", None) is None
        assert getattr(address, "sixtofour", None) is None
        assert getattr(address, "teredo", None) is None


@given(st.ip_addresses(v=4))
def test_no_address_is_public_inside_another(inner: ipaddress.IPv4Address) -> None:
    """IPv4 wrapped in IPv6 in any of the known ways is never taken, not even a public one."""
    number = int(inner)
    wrapped = (
        0xFFFF << 32 | number,  # mapped
        number,  # compatible
        0x64FF9B << 96 | number,  # NAT64
        0x2002 << 112 | number << 80,  # 6to4
        0x20010000 << 96 | (number ^ 0xFFFFFFFF),  # Teredo
        0x26064700 << 96 | 0x5EFE << 32 | number,  # ISATAP
        0x26064700 << 96 | 0x02005EFE << 32 | number,
    )
    assert [str(ipaddress.IPv6Address(one)) for one in wrapped if is_public(str(ipaddress.IPv6Address(one)))] == []


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://CDN.Example.com", Target("https", "cdn.example.com", 443, "/")),
        ("https://cdn.example.com:8443/a/../b?q=ü#f", Target("https", "cdn.example.com", 8443, "/b?q=%C3%BC")),
        ("http://bücher.example/", Target("http", "xn--bcher-kva.example", 80, "/")),
        ("https://图片.example/猫.png", Target("https", "xn--wcsw84d.example", 443, "/%E7%8C%AB.png")),
        ("https://93.184.216.34/", Target("https", "93.184.216.34", 443, "/")),
        ("https://[2606:4700::1]:444/", Target("https", "2606:4700::1", 444, "/")),
        ("https://a_b.example.com/@x", Target("https", "a_b.example.com", 443, "/@x")),
    ],
)
def test_honest_addresses_are_read(url: str, target: Target) -> None:
    """Ordinary addresses, other scripts included, are taken as they are."""
    assert parse(url) == target
    assert parse(str(target)) == target
    assert target.literal == (target.host[0].isdigit())


@pytest.mark.parametrize(
    "url",
    [
        "https://user@cdn.example/",
        "https://user:word@cdn.example/",
        "https://@cdn.example/",
        "https://cdn.example\\@files.example/",
        "https://cdn.example/a\\b",
        "https://cdn.example/a b",
        "https://cdn.example/\u200b",
        "https://cdn.exa\u00admple/",
        "https://cdn.example./",
        "https://cdn..example/",
        "https://-cdn.example/",
        "https://cdn%2eexample/",
        "https://cdn.example:65536x/",
        "https://[2606:4700::1%25eth0]/",
        "https://[2606:4700::1/",
        "https://93.184.216.034/",
        "https://93.12114978/",
        "https://1572395042/",
        "https://0x5db8d822/",
        "https://93.184.216.0x22/",
        "https:///cdn.example/",
        "https:cdn.example/",
        "ftp://cdn.example/",
        "https://cdn.example/" + "a" * 9000,
    ],
)
def test_what_two_readers_could_read_differently_is_refused(url: str) -> None:
    """Odd spellings are refused even where the host would be a public one."""
    with pytest.raises(FetchError) as refused:
        parse(url)
    assert refused.value.refused
    assert refused.value.remedy


@given(st.text(max_size=40), st.sampled_from(["", "https://", "http://127.0.0.1", "https://a.example/"]))
def test_any_text_is_an_address_or_one_line(text: str, start: str) -> None:
    """Whatever is typed, reading it gives a target that reads as itself, or FetchError."""
    with suppress(FetchError):
        target = parse(start + text)
        assert parse(str(target)) == target
        assert target.host.isascii()
    with suppress(FetchError):
        assert join(Target("https", "a.example", 443, "/b/c"), text).scheme in ("https", "http")


def test_redirects_are_joined() -> None:
    """A place without a host is one of the same server."""
    base = Target("https", "a.example", 443, "/b/c?d")
    assert str(join(base, "e")) == "https://a.example/b/e"
    assert str(join(base, "/e?f")) == "https://a.example/e?f"
    assert str(join(base, "//b.example/e")) == "https://b.example/e"
    for location in ("\\\\b.example/e", "/\\b.example", "ftp://b.example/", "https://c@b.example/", "https://[/"):
        with pytest.raises(FetchError):
            join(base, location)


def test_hosts_match_as_written() -> None:
    """A pattern with a star is what is below a name, and nothing else is a pattern."""
    patterns = ("cdn.example.com", "*.files.example")
    assert matches("cdn.example.com", patterns)
    assert matches("a.b.files.example", patterns)
    assert not any(matches(host, patterns) for host in ("a.cdn.example.com", "files.example", "xfiles.example"))
