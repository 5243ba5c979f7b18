"""The widget's server: its script, its pages, and the API of visitors and colleagues."""

import asyncio
import html
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, Field
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from adapters.web import health
from adapters.web.errors import HANDLERS, Refused, not_found
from adapters.widget import talk
from adapters.widget.door import API, Colleagues, Door, OurSite, Reader, Sender, Site, Visitor, address_of
from adapters.widget.people import ID, MOST_CHARACTERS, Said
from adapters.widget.talk import NAME
from bot import alive
from bot.cleaning import is_visible
from bot.desk.events import CustomerSaid, Rated
from bot.desk.office import key
from bot.errors import GalleryError
from bot.language import Language

STATIC = Path(__file__).parent / "static"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src blob:; connect-src 'self'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors "
)
ANYWHERE = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "no-cache"}
LOOK_S = 15.0

router = APIRouter(prefix=API)


class Ask(BaseModel):
    """A visitor's message; `picture` is the sha256 of one that they brought."""

    id: str = Field(pattern=ID)
    text: str = Field("", max_length=MOST_CHARACTERS)
    picture: str = Field("", pattern=r"^([0-9a-f]{64})?$")
    language: Language = "en"


class Rating(BaseModel):
    """Whether an answer helped."""

    helped: bool
    reason: str = Field("", max_length=1_000)


def make_app(site: Site) -> ASGIApp:
    """The whole app around one site."""
    settings = site.settings
    given = json.dumps({name: getattr(settings, name) for name in ("title", "greeting", "colour", "upload_bytes")})
    script = (STATIC / "widget.js").read_text(encoding="utf-8").replace("{/*settings*/}", given)
    chat = (STATIC / "chat.html").read_text(encoding="utf-8").replace("{{settings}}", html.escape(given))
    framed = ANYWHERE | {"Content-Security-Policy": CSP + (" ".join(settings.sites) or "*")}
    alone = {"Content-Security-Policy": f"{CSP}'none'", "Cache-Control": "no-cache"}
    app = FastAPI(openapi_url=None, exception_handlers=HANDLERS, redirect_slashes=False)
    app.state.site = site
    app.include_router(router)
    app.router.routes += [
        Route(alive.PATH, health.lives),
        Route("/widget.js", lambda _: Response(script, headers=ANYWHERE, media_type="text/javascript")),
        Route("/widget/", lambda _: Response(chat, headers=framed, media_type="text/html")),
        Route("/widget/desk", lambda _: FileResponse(STATIC / "desk.html", headers=alone)),
        Mount("/widget/static", StaticFiles(directory=STATIC)),
    ]
    return Door(app, settings)


@router.get("/messages")
async def history(visitor: Visitor, site: OurSite) -> dict[str, Any]:
    """The conversation as it is."""
    return await talk.talk(site.limner, visitor)


@router.post("/messages", status_code=202)
async def ask(said: Ask, visitor: Sender, site: OurSite) -> dict[str, str]:
    """Keep a message for good; the same id again is the same message."""
    brought = await site.limner.uploaded(f"{NAME}/{visitor}", said.picture) if said.picture else None
    if said.picture and not brought:
        raise not_found("picture")
    has_words = any(is_visible(one) and not one.isspace() for one in said.text)
    if not has_words and not brought:
        raise Refused("The message is empty", "Write something.", 422)
    more = (brought[0],) if brought else (), None if has_words else said.language
    await site.limner.desk.took(NAME, CustomerSaid(f"{visitor}/{said.id}", visitor, visitor, said.text, *more))
    if await site.limner.desk.is_silent(NAME, visitor):
        site.people.theirs.add(visitor)
    return {"id": said.id}


@router.post("/pictures", status_code=201)
async def bring(request: Request, visitor: Sender, site: OurSite) -> dict[str, str]:
    """Keep a picture, to be named by a message."""
    brought = await site.limner.upload(await request.body(), "picture", f"{NAME}/{visitor}")
    return {"sha256": brought.sha256}


@router.get("/pictures/{path:path}")
async def picture(path: str, reader: Reader, site: OurSite) -> Response:
    """A picture of one's own conversation, or of any for a colleague."""
    exchange = await site.limner.exchange(path.partition("/")[0])
    is_seen = exchange and exchange.message.adapter == NAME and reader in ("", exchange.message.channel)
    with suppress(GalleryError, OSError):
        if exchange and is_seen and (png := await talk.picture(site.limner, exchange, path)):
            return Response(png, media_type="image/png")
    raise not_found("picture")


@router.post("/messages/{job}/rating", status_code=204)
async def rate(job: str, rating: Rating, visitor: Sender, site: OurSite) -> None:
    """Say whether an answer helped."""
    exchange = await site.limner.exchange(job)
    if exchange is None or exchange.message.conversation != key(NAME, visitor) or not talk.told(exchange):
        raise not_found("answer")
    await site.limner.desk.took(NAME, Rated(visitor, rating.helped, rating.reason, exchange.job_id))


async def _woken(request: Request, visitor: Visitor, site: OurSite) -> AsyncIterator[asyncio.Event]:
    """What is set whenever a conversation has changed."""

    async def wake() -> None:
        async for _ in changes:
            woken.set()

    woken = asyncio.Event()
    with site.streams.place(address_of(request)):
        async with site.limner.changes(key(NAME, visitor)) as changes:
            waking = asyncio.create_task(wake())
            site.woken[visitor].add(woken)
            try:
                yield woken
            finally:
                waking.cancel()
                site.woken[visitor].discard(woken)
                if not site.woken[visitor]:
                    del site.woken[visitor]


@router.get("/stream", response_class=EventSourceResponse)
async def follow(
    woken: Annotated[asyncio.Event, Depends(_woken)], visitor: Visitor, site: OurSite
) -> AsyncIterator[ServerSentEvent]:
    """The conversation at once, and again whenever it has changed."""
    async for talked in site.streams.until_closed(_talks(site, visitor, woken)):
        yield ServerSentEvent(data=talked)


@router.get("/colleague")
async def conversations(people: Colleagues) -> list[dict[str, Any]]:
    """The conversations that are people's."""
    return await people.conversations()


@router.get("/colleague/{conversation}")
async def read(conversation: str, _: Colleagues, site: OurSite) -> dict[str, Any]:
    """One conversation as its visitor sees it, and what Limner wrote about it for colleagues."""
    drafts = await site.limner.desk.drafts(adapter=NAME, conversation=conversation, limit=1)
    note = (drafts[0].summary or drafts[0].why) if drafts else ""
    return await talk.talk(site.limner, conversation) | {"note": note}


@router.post("/colleague", status_code=204)
async def reply(said: Said, people: Colleagues, site: OurSite) -> None:
    """Tell the visitor something, or give the conversation back to Limner."""
    await people.say(said)
    for woken in site.woken.get(said.conversation, ()):
        woken.set()


async def _talks(site: Site, visitor: str, woken: asyncio.Event) -> AsyncIterator[dict[str, Any]]:
    last = None
    while True:
        woken.clear()
        if (now := await talk.talk(site.limner, visitor)) != last:
            yield (last := now)
        with suppress(TimeoutError):  # what another process's colleague says is seen by then, too
            async with asyncio.timeout(LOOK_S):
                await woken.wait()
