"""Who is asking: keys, proxies, names and addresses."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from starlette.requests import Request

from adapters.web.identity import MAX_NAME_CHARACTERS, Doorman, anonymous_id, clean_name, person_id
from adapters.web.sessions import COOKIE, Sessions
from adapters.web.settings import WebSettings
from bot import RequestError

KEY = "a-key-that-is-long-enough"
PROXY: dict[str, Any] = {"proxy_user_header": "Remote-User", "trusted_proxies": ("10.0.0.0/8", "fd00::1")}


def request(client: str = "127.0.0.1", scheme: str = "http", **headers: str) -> Request:
    listed = [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": "/", "headers": listed, "scheme": scheme, "query_string": b""}
    return Request(scope | {"client": (client, 1), "server": ("127.0.0.1", 8080)})


def doorman(home: Path, **options: Any) -> tuple[Doorman, Sessions]:
    sessions = Sessions(home, "", 30)
    return Doorman(WebSettings(**options), sessions), sessions


def test_a_key_is_a_person(tmp_path: Path) -> None:
    """Each key is somebody of its own, however 'Bearer' is written; what is no key is nobody."""
    door, sessions = doorman(tmp_path, keys={"ana": KEY, "bob": f"{KEY}-2"})
    ana, bob = (
        door.person(request(authorization=f"Bearer {KEY}")),
        door.person(request(authorization=f"bearer {KEY}-2")),
    )
    assert ana is not None
    assert bob is not None
    assert (ana.name, bob.name, ana.how) == ("ana", "bob", "key")
    assert ana.id != bob.id
    cookie = f"{COOKIE}={sessions.begin('browser-1')}"
    for wrong in (f"Bearer {KEY}x", "Bearer ", KEY, f"Basic {KEY}", ""):
        assert door.person(request(authorization=wrong, cookie=cookie)) is None


def test_no_secret_is_kept(tmp_path: Path) -> None:
    """What compares keys and passphrase holds neither."""
    door, _ = doorman(tmp_path, keys={"ana": KEY}, passphrase="open sesame please")
    assert KEY not in repr(vars(door))
    assert "open sesame" not in repr(vars(door))
    assert door.logged_in("ana", "open sesame please")
    assert not door.logged_in("ana", "open sesame pleas")
    assert not door.logged_in("ana", "\ud800")


def test_a_proxys_word(tmp_path: Path) -> None:
    """The header counts from a trusted address only, and never what is no name."""
    door, sessions = doorman(tmp_path, **PROXY)
    person = door.person(request("10.9.8.7", remote_user="Ana"))
    assert person is not None
    assert (person.name, person.how) == ("Ana", "proxy")
    assert door.person(request("fd00::1", remote_user="Ana")) is not None
    assert door.person(request("11.0.0.1", remote_user="Ana")) is None
    assert door.person(request("10.9.8.7", remote_user="x" * 65)) is None
    assert door.person(request("10.9.8.7")) is None
    assert door.person(request("10.9.8.7", cookie=f"{COOKIE}={sessions.begin('browser-1')}")) is None


def test_sessions_count_where_they_are_given_out(tmp_path: Path) -> None:
    """A cookie of ours makes a person on this machine, and none where nobody gets one."""
    door, sessions = doorman(tmp_path)
    cookie = f"{COOKIE}={sessions.begin('browser-1')}"
    person = door.person(request(cookie=cookie))
    assert person is not None
    assert (person.id, person.how) == ("browser-1", "session")
    closed, _ = doorman(tmp_path, host="0.0.0.0", keys={"ana": KEY})
    assert closed.person(request(cookie=cookie)) is None


@pytest.mark.parametrize(
    ("client", "forwarded", "expected"),
    [
        ("198.51.100.1", "", "198.51.100.1"),
        ("198.51.100.1", "1.2.3.4", "198.51.100.1"),
        ("10.0.0.1", "1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "nonsense", "nonsense"),
        ("10.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_addresses(tmp_path: Path, client: str, forwarded: str, expected: str) -> None:
    """The last address that no trusted proxy stands behind; an IPv6 network is one."""
    door, _ = doorman(tmp_path, **PROXY)
    headers = {"x_forwarded_for": forwarded} if forwarded else {}
    assert door.address(request(client, **headers)) == expected


def test_https_is_believed_from_proxies(tmp_path: Path) -> None:
    """X-Forwarded-Proto counts from a trusted address only."""
    door, _ = doorman(tmp_path, **PROXY)
    assert door.is_secure(request("10.0.0.1", x_forwarded_proto="https"))
    assert not door.is_secure(request("11.0.0.1", x_forwarded_proto="https"))
    assert door.is_secure(request("11.0.0.1", scheme="https"))


@given(st.text(max_size=100))
def test_names_are_plain(typed: str) -> None:
    """A cleaned name has no hidden characters, stays as it is when cleaned again, and is short; else it is refused."""
    try:
        name = clean_name(typed)
    except RequestError as error:
        assert error.remedy  # noqa: PT017 - what is refused is refused with a remedy
        return
    assert 0 < len(name) <= MAX_NAME_CHARACTERS
    assert name == " ".join(name.split())
    assert clean_name(name) == name


@given(st.text(max_size=40), st.text(max_size=40))
def test_ids_are_the_same_for_the_same_name(one: str, other: str) -> None:
    """The id depends on the name alone, in any case of letters, and can stand in a conversation's key."""
    assume(one.casefold() != other.casefold())
    assert re.fullmatch(r"name-[0-9a-f]{24}", person_id("name", one))
    assert person_id("name", one) == person_id("name", one.casefold())
    assert person_id("name", one) != person_id("name", other)
    assert person_id("name", one) != person_id("key", one)


def test_browsers_are_told_apart() -> None:
    """Every browser gets an id that nobody can guess."""
    assert len({anonymous_id() for _ in range(100)}) == 100
