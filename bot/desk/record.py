"""The record of what happened at desks: read, exported as JSON Lines, and emptied of what customers said."""

import json
from collections.abc import AsyncIterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.brief import Brief
from bot.desk.draft import Draft, Status
from bot.desk.drafts import UNDECIDED, Event
from bot.desk.report import Report, report
from bot.errors import RequestError
from bot.gallery import Gallery
from bot.jobs import LIVE, State
from bot.knowledge import rows
from bot.knowledge.tables import figures, passages
from bot.messages import Message, Outcome, Picture, Plan
from bot.store import Store, pack, unpack
from bot.tables import desk_events, drafts, jobs, pictures, progress, turns, uploads

DAY_S = 86_400
PAGE = 500
BATCH = 100
# What reports count from; the rest of an event's data may quote people.
COUNTED = ("edited", "confidence", "helped", "tokens", "forgotten")
FORGOTTEN = {"forgotten": True}
STOPPED: dict[str, Any] = {"state": State.CANCELLED, "outcome": Outcome.CANCELLED, "owner": None}
WORDLESS: dict[str, Any] = dict.fromkeys(("customer", "question", "text", "sent", "summary", "reason", "why"), "")


class Record:
    """Reads and empties the rows of desks.

    Args:
        store: The database.
        gallery: Where pictures for customers are, and those that they brought.
    """

    def __init__(self, store: Store, gallery: Gallery) -> None:
        self._store, self._gallery = store, gallery

    async def events(
        self, *, since: float = 0, until: float = 0, adapter: str = "", conversation: str = "", limit: int = 0
    ) -> list[Event]:
        """What happened, oldest first; an empty argument leaves nothing out."""
        query = _events(since, until, adapter, conversation).limit(limit or None)
        async with self._store.read() as connection:
            return [_event(row)[1] for row in (await connection.execute(query)).mappings()]

    async def export(self, *, since: float = 0) -> AsyncIterator[str]:
        """Every event as one line of JSON, oldest first, times in ISO 8601 (UTC); read a page at a time."""
        last = 0
        while True:
            query = _events(since, 0, "", "").where(desk_events.c.id > last).limit(PAGE)
            async with self._store.read() as connection:
                rows = [_event(row) for row in (await connection.execute(query)).mappings()]
            for _, event in rows:
                at = datetime.fromtimestamp(event.at, UTC).isoformat(timespec="milliseconds")
                yield json.dumps(asdict(event) | {"at": at}, ensure_ascii=False)
            if len(rows) < PAGE:
                return
            last = rows[-1][0]

    async def desks(self) -> list[str]:
        """Names of the desks that drafts were made for."""
        async with self._store.read() as connection:
            return list(await connection.scalars(sa.select(drafts.c.adapter).distinct().order_by(drafts.c.adapter)))

    async def pictures(self, draft_id: str) -> list[Picture]:
        """What was painted for a draft."""
        return await self._gallery.of_job(draft_id)

    async def report(self, days: int) -> Report:
        """What desks did in the last so many days by UTC, today included."""
        return await report(self._store, days)

    async def texts(self, document_ids: list[str]) -> dict[str, str]:
        """The words of documents of the knowledge."""
        async with self._store.read() as connection:
            found = (await rows.read(connection, passages.c.document_id.in_(document_ids))).values()
        return {one: "\n\n".join(p.text for p in found if p.document_id == one) for one in document_ids}

    async def forget(self, adapter: str, customer: str) -> int:
        """Empty all that one customer of a desk said and got, and stop what waits; how many messages that were.

        Rows and their times stay, so that reports still count them, and so does a message's event id, so that a desk
        that tells it again is not answered again. Pictures that were painted for them or brought by them are deleted.

        Raises:
            RequestError: The customer's name is empty.
        """
        if not customer:
            raise RequestError("No customer is named", "Name one as the desk does.")
        theirs = (drafts.c.adapter == adapter) & (drafts.c.customer == customer)
        here = sa.select(drafts.c.conversation).where(theirs)
        said = (desk_events.c.adapter == adapter) & (
            (desk_events.c.customer == customer) | desk_events.c.conversation.in_(here)
        )
        await self._empty_events(said)
        return await self._empty_jobs((jobs.c.adapter == adapter) & (jobs.c.user == customer))

    async def expire(self, days: int) -> int:
        """Empty all that customers said more than so many days ago; how many messages that were."""
        before = self._store.clock() - days * DAY_S
        of_desks = sa.select(desk_events.c.job_id).where(desk_events.c.job_id.is_not(None))
        forgotten = await self._empty_jobs(jobs.c.id.in_(of_desks) & (jobs.c.created_at < before) & (jobs.c.user != ""))
        named = (desk_events.c.customer != "") | (desk_events.c.kind == "rated")
        await self._empty_events(named & (desk_events.c.at < before))
        return forgotten

    async def _empty_events(self, which: sa.ColumnElement[bool]) -> None:
        query = sa.select(desk_events.c.id, desk_events.c.data).where(which)
        async with self._store.read() as connection:
            rows = [(row.id, row.data) for row in await connection.execute(query)]
        full = [row for row in rows if "forgotten" not in row[1]]
        for start in range(0, len(full), PAGE):
            async with self._store.write() as connection:
                for event_id, data in full[start : start + PAGE]:
                    kept = {name: value for name, value in data.items() if name in COUNTED} | FORGOTTEN
                    row = desk_events.update().where(desk_events.c.id == event_id)
                    await connection.execute(row.values(customer="", data=kept))

    async def _empty_jobs(self, which: sa.ColumnElement[bool]) -> int:
        emptied = 0
        while True:
            async with self._store.write() as connection:
                query = sa.select(jobs.c.id, jobs.c.message).where(which).limit(BATCH)
                found = {row.id: unpack(Message, row.message) for row in await connection.execute(query)}
                live = jobs.c.id.in_(list(found)) & jobs.c.state.in_(LIVE)
                await connection.execute(jobs.update().where(live).values(STOPPED | {"fence": jobs.c.fence + 1}))
            # Files first: whoever is stopped in between finds the rows again.
            await self._delete_files(found)
            async with self._store.write() as connection:
                await _empty_in(connection, found)
            emptied += len(found)
            if len(found) < BATCH:
                return emptied

    async def _delete_files(self, found: dict[str, Message]) -> None:
        """What was painted and brought, painted again and replaced too; not what is somebody else's as well."""
        here = pictures.c.job_id.in_(list(found))
        theirs = {one.sha256 for message in found.values() for one in message.attachments}
        others = sa.select(pictures.c.sha256).where(~here, pictures.c.deleted_at.is_(None))
        async with self._store.write() as connection:
            theirs |= set(await connection.scalars(sa.select(pictures.c.sha256).where(here)))
            await connection.execute(pictures.update().where(here).values(deleted_at=self._store.clock()))
            used = set(await connection.scalars(others.union(sa.select(figures.c.sha256))))
        for sha256 in theirs - used - {None}:
            await self._gallery.drop_source(sha256)


async def _empty_in(connection: AsyncConnection, found: dict[str, Message]) -> None:
    ids = list(found)
    for table in (turns, progress):
        await connection.execute(table.delete().where(table.c.job_id.in_(ids)))
    for job_id, message in found.items():
        empty = pack(replace(message, text="", user="", attachments=()))
        values: dict[str, Any] = {"user": "", "message": empty, "text": "", "notes": []}
        await connection.execute(jobs.update().where(jobs.c.id == job_id).values(values))
        await connection.execute(uploads.delete().where(uploads.c.owner == f"{message.adapter}/{message.user}"))
    for row in (await connection.execute(sa.select(pictures).where(pictures.c.job_id.in_(ids)))).mappings().all():
        plan = unpack(Plan, row["plan"])
        wordless = replace(plan, request="", brief=Brief(""), prompt="", negative_prompt="", notes=(), findings=())
        await connection.execute(pictures.update().where(pictures.c.id == row["id"]).values(plan=pack(wordless)))
    for row in (await connection.execute(sa.select(drafts).where(drafts.c.id.in_(ids)))).mappings().all():
        status = Status.WITHDRAWN if row["status"] in UNDECIDED else Status(row["status"])
        draft = replace(unpack(Draft, row["draft"]), status=status, figure=None, citations=(), **WORDLESS)
        values = {"customer": "", "status": status, "draft": pack(draft)}
        await connection.execute(drafts.update().where(drafts.c.id == row["id"]).values(values))


def _events(since: float, until: float, adapter: str, conversation: str) -> sa.Select[Any]:
    query = sa.select(desk_events).order_by(desk_events.c.id)
    wanted = (
        (since, desk_events.c.at >= since),
        (until, desk_events.c.at < until),
        (adapter, desk_events.c.adapter == adapter),
        (conversation, desk_events.c.conversation == conversation),
    )
    return query.where(*(condition for given, condition in wanted if given))


def _event(row: sa.RowMapping) -> tuple[int, Event]:
    fields = {name: row[name] for name in ("at", "adapter", "conversation", "customer", "kind", "who", "data")}
    return row["id"], Event(**fields, job_id=row["job_id"] or "")
