"""Who is asking: a key, a reverse proxy's word, or a session cookie makes a person; nothing else does."""

import hashlib
import hmac
import ipaddress
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from starlette.requests import HTTPConnection

from adapters.web.sessions import COOKIE, Opened, Sessions
from adapters.web.settings import WebSettings
from bot.addresses import IPNetwork, within
from bot.errors import RequestError

How = Literal["key", "proxy", "session"]
MAX_NAME_CHARACTERS = 64
BEARER = "bearer "


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with conversations of their own.

    Attributes:
        id: Letters, digits and dashes; the channel of their messages.
        how: What they showed.
        opened: Their session, if that is what they showed.
    """

    id: str
    name: str
    how: How
    opened: Opened | None = None


class Doorman:
    """Tells from a request who sent it.

    Of keys and passphrase only hashes are kept, salted anew in every process.
    """

    def __init__(self, settings: WebSettings, sessions: Sessions) -> None:
        self._sessions = sessions
        self._salt = secrets.token_bytes(16)
        self._keys = {name: self._hash(key.get_secret_value()) for name, key in settings.keys.items()}
        self._passphrase = self._hash(settings.passphrase.get_secret_value())
        self._user_header = settings.proxy_user_header
        self._proxies: tuple[IPNetwork, ...] = tuple(ipaddress.ip_network(net) for net in settings.trusted_proxies)
        self._sessions_count = settings.anonymous or settings.has_login
        self._has_passphrase = settings.has_passphrase
        # The name that goes with the shared passphrase is anybody's choice, so it makes nobody a colleague.
        self._colleagues = {person_id(how, name) for name in settings.desk_people for how in ("key", "proxy")}

    def person(self, request: HTTPConnection) -> Person | None:
        """Who sent a request; None where it shows nothing that is good. A wrong key is not made up for by a cookie."""
        authorization = request.headers.get("authorization")
        if authorization is not None:
            return self._by_key(authorization)
        return self._by_proxy(request) or self._by_session(request)

    def logged_in(self, name: str, given: str) -> Person | None:
        """Who comes with the shared passphrase, under any name, or with a colleague's key under its own."""
        by_key = self._by_key(BEARER + given)
        if by_key and by_key.id == person_id("key", name) and self.may_decide(by_key):
            return by_key
        is_right = hmac.compare_digest(self._hash(given), self._passphrase) and self._has_passphrase
        return Person(person_id("name", name), name, "session") if is_right else None

    def may_decide(self, person: Person | None) -> bool:
        """Whether somebody may see and decide what customers are told."""
        return person is not None and person.id in self._colleagues

    def address(self, request: HTTPConnection) -> str:
        """The address that a request comes from, as far as it can be trusted; an IPv6 network counts as one."""
        address = request.client.host if request.client else ""
        for hop in reversed(_split(request.headers.getlist("x-forwarded-for"))):
            if not within(address, self._proxies):
                break
            address = hop
        return _network(address)

    def is_secure(self, request: HTTPConnection) -> bool:
        """Whether the browser speaks https, with us or with a proxy that we believe."""
        forwarded = request.headers.get("x-forwarded-proto", "") if self._is_proxied(request) else ""
        return "https" in (request.url.scheme, forwarded)

    def _by_key(self, authorization: str) -> Person | None:
        if authorization[: len(BEARER)].lower() != BEARER:
            return None
        given = self._hash(authorization[len(BEARER) :].strip())
        # All are compared, whichever fits: the time must not tell which.
        fitting = [name for name, key in self._keys.items() if hmac.compare_digest(given, key)]
        return Person(person_id("key", fitting[0]), fitting[0], "key") if fitting else None

    def _by_proxy(self, request: HTTPConnection) -> Person | None:
        user = request.headers.get(self._user_header, "") if self._user_header else ""
        if not user or not self._is_proxied(request):
            return None
        try:
            name = clean_name(user)
        except RequestError:
            return None
        return Person(person_id("proxy", user), name, "proxy")

    def _by_session(self, request: HTTPConnection) -> Person | None:
        cookie = request.cookies.get(COOKIE, "") if self._sessions_count else ""
        opened = self._sessions.open(cookie) if cookie else None
        return Person(opened.session.person, opened.session.name, "session", opened) if opened else None

    def _is_proxied(self, request: HTTPConnection) -> bool:
        return request.client is not None and within(request.client.host, self._proxies)

    def _hash(self, words: str) -> bytes:
        return hashlib.sha256(self._salt + words.encode("utf-8", "surrogatepass")).digest()


def clean_name(name: str) -> str:
    """A name as people see it: normal letters, single spaces.

    Raises:
        RequestError: Nothing is left of it, or it is too long.
    """
    visible = "".join(letter for letter in unicodedata.normalize("NFKC", name) if _is_visible(letter))
    cleaned = " ".join(visible.split())
    if not cleaned:
        raise RequestError("A name is missing", "Choose any; it keeps your pictures together.")
    if len(cleaned) > MAX_NAME_CHARACTERS:
        raise RequestError("This name is too long", f"Choose one of at most {MAX_NAME_CHARACTERS} characters.")
    return cleaned


def person_id(how: str, name: str) -> str:
    """The same for the same name, in whatever case of letters, so that it finds the same history anywhere."""
    digest = hashlib.sha256(f"{how} {name.casefold()}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{how}-{digest[:24]}"


def anonymous_id() -> str:
    """An id for a browser that needs no login."""
    return f"browser-{secrets.token_hex(12)}"


def _is_visible(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter)[0] != "C"


def _split(headers: Iterable[str]) -> list[str]:
    return [part.strip() for header in headers for part in header.split(",") if part.strip()]


def _network(address: str) -> str:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)
