"""Who comes to the widget's server, how often, and with how much: what stands before its routes."""

import asyncio
import hashlib
import re
import time
from collections import defaultdict
from typing import Annotated

from fastapi import Depends, Request
from starlette.types import ASGIApp

from adapters.web.desk import check_same_site
from adapters.web.errors import Refused, too_many
from adapters.web.guard import MAX_BODY_BYTES, Guard
from adapters.web.rates import Buckets
from adapters.web.settings import WebSettings
from adapters.web.streams import Streams
from adapters.widget.people import People
from adapters.widget.settings import WidgetSettings
from adapters.widget.talk import NAME
from bot.addresses import within
from bot.contracts import Limner

API = "/widget/api"
SECRET = "X-Limner-Secret"  # noqa: S105 - the header's name
REQUESTS_OF_ADDRESS, STREAMS_OF_ADDRESS = 1_200, 200
OF_OTHER_PAGES = {"Content-Security-Policy", "X-Frame-Options", "Cross-Origin-Resource-Policy"}


class Site:
    """Everything that lives as long as the server; `woken` is told what a colleague changes in a conversation."""

    def __init__(self, settings: WidgetSettings, limner: Limner) -> None:
        self.settings, self.limner = settings, limner
        self.people = People(limner, settings.colleague_key.get_secret_value())
        self.visitors = Buckets(settings.messages_per_minute, time.monotonic)
        self.addresses = Buckets(settings.address_messages_per_minute, time.monotonic)
        self.requests = Buckets(REQUESTS_OF_ADDRESS, time.monotonic)
        self.streams = Streams(STREAMS_OF_ADDRESS)
        self.woken: defaultdict[str, set[asyncio.Event]] = defaultdict(set)


class Door(Guard):
    """The web app's guard, for pages that other sites may embed and that no cookie opens."""

    def __init__(self, app: ASGIApp, settings: WidgetSettings) -> None:
        given = {"public_url": settings.public_url, "upload_bytes": settings.upload_bytes}
        super().__init__(app, WebSettings.model_validate(given))
        self._headers = {name: value for name, value in self._headers.items() if name not in OF_OTHER_PAGES}

    def _is_ours(self, headers: object) -> bool:
        return True  # nothing is kept under a stranger's name for this address

    def _limit_bytes(self, request: Request) -> int:
        return self._settings.upload_bytes if request.url.path == f"{API}/pictures" else MAX_BODY_BYTES


def address_of(request: Request) -> str:
    """Where a request comes from, behind proxies that are believed; an IPv6 network counts as one address."""
    forwarded = [one.strip() for one in request.headers.get("x-forwarded-for", "").split(",") if one.strip()]
    hops = [*forwarded, request.client.host if request.client else ""][::-1]
    proxies = request.app.state.site.settings.trusted_proxies
    address = next((one for one in hops if not within(one, proxies)), hops[-1])
    return ":".join(address.split(":")[:4])[:64]


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    if wait_s := site.requests.take(address_of(request)):
        raise too_many("requests within a minute", wait_s)
    check_same_site(request, request.app.state.site)
    return site


def _visitor(request: Request, site: "OurSite") -> str:
    """The conversation that a visitor's secret opens.

    The secret is 128 random bits, and SHA-256 makes the conversation's id of it: nothing is compared, so no time tells
    how much of a guess was right, and whoever knows the id (colleagues, records) does not know the secret.
    """
    secret = request.headers.get(SECRET, "")
    if not re.fullmatch(r"[0-9a-f]{32}", secret):
        raise Refused("A visitor's secret is missing", f"Send {SECRET}: 32 random hexadecimal digits.", 401)
    return hashlib.sha256(f"{NAME} {secret}".encode()).hexdigest()[:32]


def _sender(request: Request, site: "OurSite", visitor: "Visitor") -> str:
    """A visitor who sends something. Raises Refused (429) where they, or all of their address, send too much."""
    for bucket, name in ((site.visitors, visitor), (site.addresses, address_of(request))):
        if wait_s := bucket.take(name):
            raise too_many("messages within a minute", wait_s)
    return visitor


def _people(request: Request, site: "OurSite") -> People:
    site.people.check(request, address_of(request))
    return site.people


def _reader(request: Request, site: "OurSite") -> str:
    """A visitor, or nothing for a colleague, who may see all."""
    return "" if "authorization" in request.headers and _people(request, site) else _visitor(request, site)


OurSite = Annotated[Site, Depends(_site)]
Visitor = Annotated[str, Depends(_visitor)]
Sender = Annotated[str, Depends(_sender)]
Reader = Annotated[str, Depends(_reader)]
Colleagues = Annotated[People, Depends(_people)]
