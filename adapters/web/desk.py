"""What every route is handed: the site, who is asking, and only what is theirs."""

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlsplit
from uuid import uuid4

from fastapi import Depends, Path, Request
from fastapi.security import APIKeyCookie, HTTPBearer

from adapters.web.errors import Refused, not_found, too_many
from adapters.web.identity import Doorman, Person
from adapters.web.rates import Buckets, Delays
from adapters.web.sessions import COOKIE, Sessions
from adapters.web.settings import WebSettings
from adapters.web.streams import Streams
from adapters.web.taken import ID
from bot import Exchange, Limner, Message, Picture, RequestError
from bot.errors import GalleryError
from bot.language import Language
from bot.style import Style

ADAPTER = "web"
MARK = "X-Limner"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that lives as long as the server."""

    settings: WebSettings
    limner: Limner
    sessions: Sessions
    doorman: Doorman
    messages: Buckets
    uploads: Buckets
    logins: Delays
    streams: Streams
    incoming: Streams
    styles: dict[str, Style]


def site_of(request: Request) -> Site:
    """The site that a request came to."""
    site: Site = request.app.state.site
    return site


def language_of_browser(request: Request) -> Language:
    """The first language in Accept-Language that there are words in (RFC 9110 12.5.4), else English."""
    wanted: list[tuple[float, str]] = []
    for choice in request.headers.get("accept-language", "").split(","):
        tag, _, parameter = choice.strip().partition(";")
        quality = parameter.strip().removeprefix("q=")
        wanted.append((-float(quality) if quality.replace(".", "", 1).isdecimal() else -1.0, tag.lower()))
    for _, tag in sorted(wanted, key=lambda choice: choice[0]):
        if tag.startswith("zh"):
            return "zh"
        if tag.startswith("en"):
            return "en"
    return "en"


def check_same_site(request: Request, site: Site) -> None:
    """Refuse what another site's page sent with this browser's cookies.

    Raises:
        Refused: Sec-Fetch-Site or Origin say so.
    """
    fetched_from = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    # A browser that hides the origin (a form under no-referrer) must at least say that the site is the same.
    hidden = origin == "null"
    ours = origin is None or origin == site.settings.public_url or _netloc(origin) == request.headers.get("host")
    if fetched_from not in (None, "same-origin", "none") or not (ours or (hidden and fetched_from == "same-origin")):
        raise Refused("This request comes from another site's page", "Use Limner's own page.", 403, "forbidden")


def _netloc(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


async def _asker(request: Request, site: Annotated[Site, Depends(site_of)]) -> Person:
    person = site.doorman.person(request)
    if person is None:
        raise Refused(
            "You are not logged in", "Log in on the page, or send a key that the settings name.", 401, "login"
        )
    if person.how != "key" and request.method not in SAFE:
        check_same_site(request, site)
        if request.headers.get(MARK) != "1":
            raise Refused(f"The header {MARK} is missing", f"Send {MARK}: 1, or a key.", 403, "forbidden")
    return person


# These two only describe, for OpenAPI, what `Doorman` reads.
_bearer = HTTPBearer(auto_error=False, scheme_name="key", description="A key from the table [adapters.web.keys].")
_cookie = APIKeyCookie(
    name=COOKIE, auto_error=False, scheme_name="session", description=f"The page's own; changes need {MARK}: 1 as well."
)
SIGNED = [Depends(_bearer), Depends(_cookie)]

OurSite = Annotated[Site, Depends(site_of)]
Asker = Annotated[Person, Depends(_asker)]
Tongue = Annotated[Language, Depends(language_of_browser)]


@dataclass(frozen=True, slots=True)
class Found:
    """A picture of the asker's, and what they said when they asked for it."""

    picture: Picture
    said: Message


async def _own_exchange(job: Annotated[str, Path(pattern=ID)], asker: Asker, site: OurSite) -> Exchange:
    exchange = await site.limner.exchange(job)
    if exchange is None or not is_own(exchange.message, asker):
        raise not_found("message")
    return exchange


async def _own_picture(picture: Annotated[str, Path(pattern=ID)], asker: Asker, site: OurSite) -> Found:
    said = await site.limner.asked(picture)
    if said is None or not is_own(said, asker):
        raise not_found("picture")
    try:
        return Found(await site.limner.picture(picture), said)
    except GalleryError as error:
        raise not_found("picture") from error


OwnExchange = Annotated[Exchange, Depends(_own_exchange)]
OwnPicture = Annotated[Found, Depends(_own_picture)]


def is_own(said: Message, asker: Person) -> bool:
    """Whether somebody said this themselves, here."""
    return (said.adapter, said.channel) == (ADAPTER, asker.id)


def conversation(asker: Person, thread: str) -> str:
    """Key of one of somebody's conversations."""
    return Message(text="", **place(asker, thread, "")).conversation


async def accepted(site: Site, asker: Person, message: Message) -> Exchange:
    """Keep a message for good.

    Raises:
        Refused: They send too many.
        RequestError: It can't be taken as it is.
    """
    if wait_s := site.messages.take(asker.id):
        raise too_many("messages within a minute", wait_s)
    exchange = await site.limner.exchange(await site.limner.accept(message))
    if exchange is None:
        raise not_found("message")
    return exchange


def check_prompt(prompt: str) -> None:
    """Refuse an empty prompt before anything is kept. Raises RequestError."""
    if not prompt.strip():
        raise RequestError("The prompt is empty", "Write what is to be painted.")


def place(asker: Person, thread: str, event_id: str | None) -> dict[str, Any]:
    """Where and by whom something is said; an event id of the sender's making counts for that sender only."""
    return {
        "adapter": ADAPTER,
        "event_id": f"{asker.id}/{event_id or uuid4().hex}",
        "user": asker.id,
        "channel": asker.id,
        "thread": thread,
    }
