"""`limner desk`: drafts and decisions from a terminal, the record as JSON Lines, and forgetting a customer."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.cli import Session, run, user_name

if TYPE_CHECKING:  # SQLAlchemy would slow `limner --help` down
    from bot.desk.office import Office
    from bot.settings import Settings

Found = TypeVar("Found")
SHORT_ID = 8


@click.group()
def desk() -> None:
    """Support desks: drafts that wait, decisions, the record."""


@desk.command("drafts")
@click.pass_obj
def list_drafts(session: Session) -> None:
    """List the drafts that wait for a person, oldest first."""
    from bot.console import console, table
    from bot.desk.draft import Status

    waiting = _with_office(session, lambda office: office.drafts(Status.OPEN, limit=1000))[::-1]
    rows = [[one.id[:SHORT_ID], one.adapter, f"{one.confidence:.2f}", one.question, one.text] for one in waiting]
    if rows:
        table(console(), ["id", "desk", "sure", "question", "answer"], rows)
    else:
        click.echo("No draft waits.")


@desk.command()
@click.argument("draft_id", metavar="ID")
@click.pass_obj
def approve(session: Session, draft_id: str) -> None:
    """Send a draft as it is."""
    _rule(session, draft_id, "approve", "")


@desk.command()
@click.argument("draft_id", metavar="ID")
@click.argument("reason")
@click.pass_obj
def reject(session: Session, draft_id: str, reason: str) -> None:
    """Drop a draft, and say why."""
    _rule(session, draft_id, "reject", reason)


@desk.command()
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only from this day on (UTC).")
@click.option("--output", "-o", type=click.File("w", encoding="utf-8", lazy=True), default="-", help="File to write.")
@click.pass_obj
def export(session: Session, since: datetime | None, output: Any) -> None:
    """Write the record as JSON Lines."""

    async def written(office: "Office") -> None:
        async for line in office.archive.export(since=since.replace(tzinfo=UTC).timestamp() if since else 0):
            click.echo(line, output)

    _with_office(session, written)


@desk.command()
@click.argument("adapter")
@click.argument("customer")
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.pass_obj
def forget(session: Session, adapter: str, customer: str, yes: bool) -> None:
    """Remove for good what a customer of a desk said and got; counts stay."""
    if not yes and not click.confirm(f"Forget all that {customer} of {adapter} said, for good?", err=True):
        click.echo("Kept.")
        return
    forgotten = _with_office(session, lambda office: office.archive.forget(adapter, customer))
    click.echo(f"Forgotten: {forgotten} messages.")


def _rule(session: Session, prefix: str, verdict: str, text: str) -> None:
    async def decided(office: "Office") -> str:
        from bot.desk.draft import Status
        from bot.desk.events import Verdict
        from bot.errors import RequestError

        waiting = [one.id for one in await office.drafts(Status.OPEN, limit=1000) if one.id.startswith(prefix)]
        if len(waiting) > 1:
            raise RequestError(f"More than one draft's id starts with '{prefix}'", "`limner desk drafts` lists them.")
        draft = await office.rule(waiting[0] if waiting else prefix, Verdict(verdict), user_name(), text)
        return f"{draft.id[:SHORT_ID]}: {draft.status}."

    click.echo(_with_office(session, decided))


def _with_office(session: Session, use: "Callable[[Office], Awaitable[Found]]") -> Found:
    settings = session.start()

    async def opened() -> Found:
        async with _open(settings) as office:
            return await use(office)

    return run(opened())


@asynccontextmanager
async def _open(settings: "Settings") -> "AsyncIterator[Office]":
    from bot.desk.drafts import Drafts
    from bot.desk.office import Office
    from bot.desk.pictures import DraftPictures
    from bot.gallery import Gallery
    from bot.inbox import Inbox
    from bot.store import open_store

    async with open_store(settings.database_url) as store:
        gallery = Gallery(store, settings.home / "gallery", learning=settings.learning)
        inbox = Inbox(store, (), settings.lease_s)
        yield Office(store, inbox, Drafts(store), DraftPictures(store, gallery), settings.desk)
