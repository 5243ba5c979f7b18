"""The server for webhooks: reads them up to a size, hands them on, and answers once they are kept for good."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from adapters.desk.api import Refused, Showed
from bot import alive, log
from bot.contracts import Limner
from bot.errors import FetchError, LimnerError, RequestError, SettingsError
from bot.fetch import Fetcher
from bot.messages import Attachment

if TYPE_CHECKING:  # the web server takes a while to import, and `limner plugins` needs none of it
    from starlette.requests import Request
    from starlette.responses import Response

Take = Callable[[Mapping[str, str], bytes], Awaitable[None]]
LATER, RETRY_S = 429, 3
READ_S = 20.0
MAX_PICTURES = 4
MAX_PICTURE_BYTES = 20 * 2**20
MEDIA_TYPES = ("image/png", "image/jpeg", "image/webp", "image/gif")

logger = log.get("desk")


class HookSettings(BaseModel):
    """What can be set of every desk's webhooks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field("127.0.0.1", description="Address that webhooks are listened for at.")
    port: int = Field(
        3001, ge=0, le=65535, description="Port that webhooks are listened for at; each desk has its own."
    )
    path: str = Field("/", pattern="^/", description="Path that the desk calls.")
    max_body_bytes: int = Field(2**20, ge=1024, description="Largest webhook that is read, in bytes.")
    attachment_hosts: list[str] = Field(
        default_factory=list,
        description="Hosts that customers' pictures are fetched from, such as 'files.example.com:8443'; empty: none.",
    )
    attachment_networks: list[str] = Field(
        default_factory=list,
        description="Networks such as '10.0.0.0/8' in which those hosts may stand; empty: the public internet only.",
    )
    attachments_s: float = Field(
        2.0, ge=0, le=10, description="Seconds that fetching a message's pictures may take before it is taken without."
    )
    sweep_s: float = Field(
        300.0, ge=0, description="Seconds between two looks for what no webhook told of; 0 looks at the start only."
    )


async def serve(take: Take, settings: HookSettings, at: str, told: Callable[[str], None]) -> None:
    """Serve webhooks until cancelled.

    One is answered with 200 once `take` has returned, with what Refused says, or with 429, upon which desks send it
    again; Zendesk does not after a 500.

    Args:
        take: Keeps it for good. Names of its headers are in lower case.
        settings: Where to listen.
        at: Their table, such as 'adapters.chatwoot'.
        told: Is told the address that is listened at.

    Raises:
        SettingsError: Nothing can listen there.
    """
    from starlette.applications import Starlette
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    from adapters.web import health, server

    async def endpoint(request: "Request") -> "Response":
        if request.method != "POST":
            return PlainTextResponse("Webhooks are posted here.")  # Intercom looks whether anybody is there
        status, line = await _answered(take, request, settings.max_body_bytes)
        return PlainTextResponse(line, status, {"Retry-After": str(RETRY_S)} if status == LATER else None)

    try:
        listener = server.bind(settings.host, settings.port)
    except SettingsError as error:
        raise SettingsError(
            error.problem, f"Set {at}.host and {at}.port to what is free here.", f"{at}.port"
        ) from error
    with closing(listener):
        told(server.address_of(listener) + settings.path)
        routes = [Route(settings.path, endpoint, methods=["POST", "HEAD"]), Route(alive.PATH, health.lives)]
        await server.serve(Starlette(routes=routes), listener, lambda: None)


def parsed(body: bytes) -> dict[str, Any]:
    """The JSON object in a webhook. Raises Refused (400) where there is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Refused("The webhook is no JSON object", "", 400)
    return found


async def _answered(take: Take, request: "Request", max_body_bytes: int) -> tuple[int, str]:
    """Status and one line."""
    from starlette.requests import ClientDisconnect

    try:
        await take(request.headers, await _body(request, max_body_bytes))
    except Refused as refusal:
        logger.warning("a webhook was refused: %s", refusal)
        return refusal.status, str(refusal)
    except (TimeoutError, ClientDisconnect):
        return 408, "The webhook did not come whole."
    except LimnerError as error:
        logger.warning("a webhook could not be kept: %s", error)
        return LATER, "It could not be kept. Send it again."
    return 200, "ok"


async def _body(request: "Request", max_body_bytes: int) -> bytes:
    declared = request.headers.get("content-length", "")
    body = bytearray()
    async with asyncio.timeout(READ_S):
        async for part in request.stream():
            body += part
            if len(body) > max_body_bytes or (declared.isdecimal() and int(declared) > max_body_bytes):
                raise Refused(f"The webhook is over {max_body_bytes} bytes", "", 413)
    return bytes(body)


class Brought:
    """Fetches pictures that customers bring, from the desk's own hosts only."""

    def __init__(self, limner: Limner, settings: HookSettings) -> None:
        self._limner, self._limit_s = limner, settings.attachments_s
        places = [urlsplit(f"//{host}") for host in settings.attachment_hosts]
        self._hosts = [place.hostname for place in places if place.hostname]
        networks = settings.attachment_networks
        self._fetcher = Fetcher(
            own=dict.fromkeys(self._hosts, networks) if networks else None,
            ports=[place.port for place in places if place.port],
            plain_http=bool(networks),
        )

    async def take(self, said: Showed) -> tuple[tuple[Attachment, ...], str]:
        """A message's pictures, kept, as far as that is soon done; and what is missing, one line, or nothing."""
        taken: list[Attachment] = []
        try:
            async with asyncio.timeout(self._limit_s):
                for url in said.urls[:MAX_PICTURES]:
                    taken.append(await self._one(url))  # noqa: PERF401 - those before the time is up count
        except TimeoutError:
            return tuple(taken), f"fetching them took longer than {self._limit_s:g} s"
        except (FetchError, RequestError) as error:
            return tuple(taken), error.problem
        return tuple(taken), "" if len(said.urls) <= MAX_PICTURES else f"only {MAX_PICTURES} are taken"

    async def _one(self, url: str) -> Attachment:
        fetched = await self._fetcher.get(
            url, media_types=MEDIA_TYPES, max_bytes=MAX_PICTURE_BYTES, hosts=self._hosts, timeout_s=self._limit_s or 1
        )
        return await self._limner.upload(fetched.data, urlsplit(url).path.rpartition("/")[2] or "picture")
