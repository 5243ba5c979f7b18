"""A conversation as its visitor may see it: what was said, what was told for certain, and nothing that still waits."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from adapters.desk import rendering
from bot.contracts import Limner
from bot.desk.draft import Draft, Illustration, Kind, Status
from bot.desk.office import NO_WORDS, key
from bot.exchange import Exchange
from bot.messages import Outcome

NAME = "widget"
PERSON_SAID = "person said"
MOST = 100  # exchanges that a page shows
DECIDED = (Status.APPROVED, Status.AUTOMATIC)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was said.

    Attributes:
        by: 'visitor', 'limner' or 'person', then `who` is their name.
        at: Seconds since 1970; of an answer, its question's.
        label: That AI wrote it, in the visitor's language.
        pictures: Of each its path below /widget/api/pictures/, alt text, and label where AI made it.
        sources: Name and address of each document that it rests on.
        job: What a rating is about.
    """

    id: str
    by: str
    at: float
    text: str
    who: str = ""
    label: str = ""
    pictures: tuple[tuple[str, str, str], ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    job: str = ""
    rated: bool | None = None


async def talk(limner: Limner, conversation: str) -> dict[str, Any]:
    """`items`, oldest first, and the `state`: 'person', 'waiting', 'typing' or nothing."""
    desk = limner.desk
    found = await limner.history(key(NAME, conversation), limit=MOST)
    since = found[0].created_at if len(found) == MOST else 0.0
    exchanges = [one for one in found if one.message.user]  # of what was forgotten only the row is left
    events = await desk.archive.events(adapter=NAME, conversation=conversation, since=since)
    rated = {one.job_id: bool(one.data.get("helped")) for one in events if one.kind == "rated"}
    items = [item for one in exchanges for item in _items(one, rated.get(one.job_id))]
    persons = [one for one in events if one.kind == PERSON_SAID and "text" in one.data]
    items += [Item(one.data["id"], "person", one.at, one.data["text"], one.who) for one in persons]
    items.sort(key=lambda item: item.at)
    waits = await desk.drafts(Status.OPEN, adapter=NAME, conversation=conversation, limit=1)
    is_silent = await desk.is_silent(NAME, conversation)
    state = "person" if is_silent else "waiting" if waits else _state(exchanges, items)
    return {"items": [asdict(item) for item in items], "state": state}


async def picture(limner: Limner, exchange: Exchange, path: str) -> bytes | None:
    """The PNG of a picture that `talk` shows; None for any other. Raises GalleryError or OSError where it is gone."""
    if path not in {one[0] for item in _items(exchange) for one in item.pictures}:
        return None
    _, side, number = path.split("/")
    if side == "brought":
        return await limner.source(exchange.message.attachments[int(number)].sha256)
    draft, reply = told(exchange), exchange.reply
    if side == "painted" and reply:
        return await asyncio.to_thread(reply.pictures[int(number)].path.read_bytes)
    return await limner.source(draft.figure.sha256) if draft and draft.figure else None


def told(exchange: Exchange) -> Draft | None:
    """The draft that a visitor was told: decided, sent, and booked as sent; None where there is none."""
    reply = exchange.reply
    if reply is None or reply.draft is None or reply.outcome is not Outcome.DONE:
        return None
    return reply.draft if reply.posted_as == exchange.job_id and reply.draft.status in DECIDED else None


def _items(exchange: Exchange, rated: bool | None = None) -> Iterator[Item]:
    said, job = exchange.message, exchange.job_id
    text = "" if said.attachments and said.text == NO_WORDS else said.text
    brought = tuple((f"{job}/brought/{n}", "", "") for n in range(len(said.attachments)))
    yield Item(said.event_id.rpartition("/")[2], "visitor", exchange.created_at, text, pictures=brought)
    if draft := told(exchange):
        about = rendering.word("ai", draft.language), tuple(_pictures(exchange, draft))
        sources = {(one.title, one.url): " › ".join((one.title, *one.headings)) for one in draft.citations}
        named = tuple((name, url) for (_, url), name in sources.items())
        rating = ("", None) if draft.kind is Kind.HAND_OVER else (job, rated)
        yield Item(f"a{job}", "limner", exchange.created_at, draft.words, "", *about, named, *rating)


def _pictures(exchange: Exchange, draft: Draft) -> Iterator[tuple[str, str, str]]:
    for n, one in enumerate(exchange.reply.pictures if exchange.reply else ()):
        alt = rendering.word("alt", draft.language, prompt=one.plan.request)
        yield f"{exchange.job_id}/painted/{n}", alt, rendering.word("painted", draft.language)
    if draft.illustration is Illustration.ARTICLE and draft.figure:
        yield f"{exchange.job_id}/article/0", draft.figure.caption, ""


def _state(exchanges: Sequence[Exchange], items: Sequence[Item]) -> str:
    """What is under way where no draft waits and no person has it; what was rejected is a person's to answer."""
    if not exchanges or (reply := exchanges[-1].reply) is None or reply.draft is None:
        return "typing" if exchanges and exchanges[-1].reply is None else ""
    if reply.draft.status is Status.REJECTED:
        return "waiting" if items[-1].by == "visitor" else ""
    is_sent = reply.draft.status not in DECIDED or reply.outcome is not Outcome.DONE or told(exchanges[-1])
    return "" if is_sent else "typing"
