"""The API's messages: asking, following, looking back, cancelling."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from adapters.web import models, shapes, taken
from adapters.web.desk import (
    SIGNED,
    Asker,
    OurSite,
    OwnExchange,
    accepted,
    check_prompt,
    conversation,
    is_own,
    place,
)
from adapters.web.errors import not_found
from adapters.web.models import failures, link
from adapters.web.taken import ID, THREAD
from bot import Attachment, Exchange, LoraWish, Message, Wishes

router = APIRouter(prefix="/api/v1", tags=["messages"], dependencies=SIGNED, responses=failures(401, 421, 500, 503))
ThreadQuery = Annotated[str, Query(pattern=THREAD, description="The conversation; an empty one is the first.")]
ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {
        "description": "It is kept for good.",
        "links": link("message", "job", "/id") | link("cancel", "job", "/id") | link("follow_one", "job", "/id"),
    }
}
_FIRST = "/reply/pictures/0/id"
LEADS_ON: dict[int | str, dict[str, Any]] = {
    200: {
        "links": link("picture", "picture", _FIRST)
        | link("image", "picture", _FIRST)
        | link("act", "picture", _FIRST)
        | link("delete", "picture", _FIRST)
        | link("keep", "picture", _FIRST)
    }
}
STREAM: dict[int | str, dict[str, Any]] = {
    200: {"description": "Server-sent events; a comment every 15 s keeps the connection open."}
}


@router.get("/threads", summary="My conversations, the latest first")
async def threads(asker: Asker, site: OurSite) -> models.Conversations:
    """Each conversation, by its first message."""
    firsts = await site.limner.threads("web", asker.id)
    return models.Conversations(threads=[shapes.conversation(first) for first in firsts])


@router.get("/messages", summary="A conversation's messages, oldest first", responses=failures(404, 422))
async def history(
    asker: Asker,
    site: OurSite,
    thread: ThreadQuery = "",
    before: Annotated[str | None, Query(pattern=ID, description="Only what was said before this message.")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
) -> models.Exchanges:
    """The last messages with what has come of them; `before` pages back."""
    if before:
        mark = await site.limner.exchange(before)
        if mark is None or not is_own(mark.message, asker):
            raise not_found("message")
    found = await site.limner.history(conversation(asker, thread), before=before, limit=limit)
    return models.Exchanges(messages=[shapes.exchange(exchange) for exchange in found])


@router.post(
    "/messages",
    status_code=202,
    summary="Ask",
    responses=ACCEPTED | failures(400, 403, 404, 408, 413, 422, 429),
)
async def ask(asked: taken.Ask, asker: Asker, site: OurSite) -> models.Exchange:
    """Keep a message for good; painting starts by itself. The same `id` again gives the same exchange."""
    if asked.reply_to:
        said = await site.limner.asked(asked.reply_to)
        if said is None or not is_own(said, asker):
            raise not_found("picture")
    if asked.wishes.prompt is not None:
        check_prompt(asked.wishes.prompt)
    message = Message(
        text=asked.text,
        wishes=_wishes(asked.wishes),
        attachments=tuple([await _brought(site, asker, sha256) for sha256 in asked.uploads]),
        reply_to=asked.reply_to,
        **place(asker, asked.thread, asked.id),
    )
    return shapes.exchange(await accepted(site, asker, message))


def _wishes(taken_in: taken.Wishes) -> Wishes:
    loras = tuple(LoraWish(one.name, one.weight) for one in taken_in.loras)
    return Wishes(**taken_in.model_dump(exclude={"loras"}), loras=loras)


async def _brought(site: OurSite, asker: Asker, sha256: str) -> Attachment:
    found = await site.limner.uploaded(f"web/{asker.id}", sha256)
    if found is None:
        raise not_found("upload")
    return found[0]


@router.get("/messages/{job}", summary="One message and what has come of it", responses=LEADS_ON | failures(404, 422))
async def message(exchange: OwnExchange) -> models.Exchange:
    """How far it is, or its answer."""
    return shapes.exchange(exchange)


@router.delete("/messages/{job}", summary="Cancel", responses=failures(403, 404, 422))
async def cancel(exchange: OwnExchange, site: OurSite) -> models.Cancelled:
    """Stop it, also in mid-painting; what is over stays as it is."""
    return models.Cancelled(cancelled=await site.limner.cancel(exchange.job_id))


@router.get(
    "/messages/{job}/preview",
    summary="How the picture looks so far",
    response_class=Response,
    responses=failures(404, 422)
    | {
        200: {
            "content": {
                kind: {"schema": {"type": "string", "format": "binary"}} for kind in ("image/png", "image/jpeg")
            }
        }
    },
)
async def preview(
    exchange: OwnExchange, v: Annotated[str, Query(max_length=20, description="Which one.")] = ""
) -> Response:
    """The latest preview; 404 before the first one and after the last step."""
    shown = exchange.progress.preview if exchange.progress else b""
    if not shown:
        raise not_found("preview")
    return Response(shown, media_type="image/png" if shown.startswith(b"\x89PNG") else "image/jpeg")


async def _changes_of_thread(
    asker: Asker, site: OurSite, thread: ThreadQuery = ""
) -> AsyncIterator[AsyncIterator[Exchange]]:
    with site.streams.place(asker.id):
        async with site.limner.changes(conversation(asker, thread)) as changes:
            yield site.streams.until_closed(changes)


async def _changes_around(exchange: OwnExchange, asker: Asker, site: OurSite) -> AsyncIterator[AsyncIterator[Exchange]]:
    with site.streams.place(asker.id):
        async with site.limner.changes(exchange.message.conversation) as changes:
            yield site.streams.until_closed(changes)


@router.get(
    "/events",
    summary="Follow a conversation",
    response_class=EventSourceResponse,
    responses=STREAM | failures(422, 429),
)
async def follow(
    changes: Annotated[AsyncIterator[Exchange], Depends(_changes_of_thread)],
) -> AsyncIterator[ServerSentEvent]:
    """`ready` first: from then on nothing is missed. Then an `exchange` whenever something about one changes."""
    yield ServerSentEvent(event="ready", data={})
    async for exchange in changes:
        yield _event(exchange)


@router.get(
    "/messages/{job}/events",
    summary="Follow one message until it is over",
    response_class=EventSourceResponse,
    responses=STREAM | failures(404, 422, 429),
)
async def follow_one(
    exchange: OwnExchange, site: OurSite, changes: Annotated[AsyncIterator[Exchange], Depends(_changes_around)]
) -> AsyncIterator[ServerSentEvent]:
    """An `exchange` at once and at each change; the stream ends with the one that has the reply."""
    current = await site.limner.exchange(exchange.job_id) or exchange  # it may have moved before we watched
    yield _event(current)
    if current.reply:
        return
    async for changed in changes:
        if changed.job_id == exchange.job_id:
            yield _event(changed)
            if changed.reply:
                return


def _event(exchange: Exchange) -> ServerSentEvent:
    return ServerSentEvent(event="exchange", data=shapes.exchange(exchange))
