"""Drafts that wait at a desk of paper, put into an open app's database for pages to show."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from bot.app import App
from bot.desk.draft import Citation, Draft, Illustration, Kind, Status
from bot.desk.drafts import Drafts
from bot.desk.events import CustomerSaid
from bot.jobs import Job, State
from bot.knowledge.parsed import Block, Parsed, Section
from bot.knowledge.passage import Figure
from bot.messages import Message
from bot.tables import jobs
from bot.testing import blank_png
from tests.support import PLAN

DESK = "paper-desk"
KEYS = {"mia": "a-key-that-is-mia's-own", "bob": "a-key-that-is-bob's-own"}
SETTINGS: dict[str, Any] = {"keys": KEYS, "desk_people": ["mia"]}
QUESTION = "How do I reset my Heron 5?"
TEXT = "Hold the small button on the back for ten seconds.\n\nThe lamp turns white when it is done."
_NUMBERS: Iterator[int] = count()


async def cite(app: App) -> Citation:
    """A citation of a passage that the knowledge has."""
    block = Block("Hold the reset button for ten seconds.")
    await app.service.knowledge.put(Parsed("Factory reset", (Section(("Heron 5",), (block,)),)), "reset.md")
    [hit] = await app.service.knowledge.search("reset button")
    return Citation(hit.passage.id, "Factory reset", ("Heron 5",), "https://example.com/reset")


async def put_draft(app: App, question: str = QUESTION, text: str = TEXT, *, picture: str = "", **more: Any) -> str:
    """A draft that waits, with a picture that was 'painted' or is an 'article''s; its id."""
    fields: dict[str, Any] = {"conversation": f"c{next(_NUMBERS)}", "customer": "lin", "language": "en"} | more
    said = Message(DESK, f"e{next(_NUMBERS)}", fields["customer"], question, channel=fields["conversation"])
    job_id = await app.inbox.accept(said, after_s=3600)
    job = await app.inbox.get(job_id)
    assert job is not None
    if picture == "article":
        sha256 = await app.gallery.keep_source(blank_png(96, 64, b"\x88\xaa\xcc"))
        fields |= {"illustration": Illustration.ARTICLE, "figure": Figure("f", sha256, "The back of the Heron 5")}
    elif picture:
        fields |= {"illustration": Illustration.PAINTED}
    values = {"kind": Kind.ANSWER, "status": Status.OPEN, "confidence": 0.82} | fields
    draft = Draft(job_id, DESK, question=question, text=text, **values)
    async with app.store.write() as connection:
        await Drafts(app.store).add_in(connection, draft)
        await app.gallery.plan(connection, job, "desk", (PLAN,) if picture == "painted" else ())
        waits = {"state": State.AWAITING, "available_at": 0.0, "text": text}
        await connection.execute(jobs.update().where(jobs.c.id == job_id).values(waits))
    await _paint(app, job)
    office = app.service.desk
    for kind in ("asked", "drafted", "shown"):
        await office.record(DESK, draft.conversation, kind, customer=draft.customer, job_id=job_id)
    return job_id


async def say_more(app: App, draft_id: str) -> None:
    """The customer writes on, which withdraws what waits."""
    draft = await app.service.desk.draft(draft_id)
    assert draft is not None
    said = CustomerSaid(f"e{next(_NUMBERS)}", draft.conversation, draft.customer, "Never mind!")
    await app.service.desk.took(DESK, said)


async def _paint(app: App, job: Job) -> None:
    for picture_id, plan in await app.gallery.unpainted(job.id):
        await app.gallery.keep(picture_id, plan, blank_png(96, 64, b"\xcc\x88\x66"), 1.5)
