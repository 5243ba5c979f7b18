"""Drafts as rows: made with their job, decided once, found again after every restart."""

from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk.draft import Draft, Status
from bot.store import Store, pack, unpack
from bot.tables import desk_events, drafts

UNDECIDED = (Status.MADE, Status.OPEN)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the record.

    Attributes:
        at: Seconds since 1970.
        kind: asked, merged, retrieved, drafted, shown, approved, rejected, repainted, withdrawn, sent, handed over,
            unknown, person spoke, released, rated or picture missed.
        who: The colleague who did it, if anybody did.
        data: What there is to know besides.
    """

    at: float
    adapter: str
    conversation: str
    kind: str
    customer: str = ""
    job_id: str = ""
    who: str = ""
    data: dict[str, Any] = field(default_factory=dict)


class Drafts:
    """All drafts of one database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def get(self, draft_id: str) -> Draft | None:
        """One draft."""
        async with self._store.read() as connection:
            return await self.get_in(connection, draft_id)

    async def get_in(self, connection: AsyncConnection, draft_id: str) -> Draft | None:
        """One draft, within a transaction."""
        row = (await connection.execute(sa.select(drafts).where(drafts.c.id == draft_id))).mappings().one_or_none()
        return _draft(row) if row else None

    async def find(
        self, statuses: tuple[Status, ...], adapter: str, conversation: str, limit: int, before: float
    ) -> list[Draft]:
        """Drafts, the newest first; an empty argument leaves nothing out."""
        query = sa.select(drafts).order_by(drafts.c.created_at.desc(), drafts.c.id).limit(limit)
        wanted = (
            (statuses, drafts.c.status.in_(statuses)),
            (adapter, drafts.c.adapter == adapter),
            (conversation, drafts.c.conversation == conversation),
            (before, drafts.c.created_at < before),
        )
        for given, condition in wanted:
            query = query.where(condition) if given else query
        async with self._store.read() as connection:
            return [_draft(row) for row in (await connection.execute(query)).mappings()]

    async def add_in(self, connection: AsyncConnection, draft: Draft) -> None:
        """Keep a new draft, within a transaction."""
        values = {"draft": pack(draft), "status": draft.status, "created_at": self._store.clock()}
        named = {name: getattr(draft, name) for name in ("id", "adapter", "conversation", "customer")}
        await connection.execute(drafts.insert().values(values | named))

    async def change_in(
        self, connection: AsyncConnection, draft: Draft, of: tuple[Status, ...], **changes: Any
    ) -> bool:
        """Change a draft if it has one of these statuses still; whether it had."""
        changed = replace(draft, **changes)
        here = (drafts.c.id == draft.id) & drafts.c.status.in_(of)
        done = await connection.execute(drafts.update().where(here).values(draft=pack(changed), status=changed.status))
        return done.rowcount == 1

    async def undecided_in(self, connection: AsyncConnection, adapter: str, conversation: str) -> list[Draft]:
        """What waits in a conversation, within a transaction."""
        here = (drafts.c.adapter == adapter) & (drafts.c.conversation == conversation)
        query = sa.select(drafts).where(here, drafts.c.status.in_(UNDECIDED))
        return [_draft(row) for row in (await connection.execute(query)).mappings()]

    async def record_in(self, connection: AsyncConnection, event: Event) -> None:
        """Write down what happened, within a transaction; the time is the database's."""
        values = {name: getattr(event, name) for name in ("adapter", "conversation", "customer", "kind", "who", "data")}
        await connection.execute(
            desk_events.insert().values(values | {"at": self._store.clock(), "job_id": event.job_id or None})
        )


def of(draft: Draft, kind: str, who: str = "", **data: Any) -> Event:
    """An event about a draft."""
    return Event(0.0, draft.adapter, draft.conversation, kind, draft.customer, draft.id, who, data)


def _draft(row: RowMapping) -> Draft:
    return replace(unpack(Draft, row["draft"]), status=Status(row["status"]), created_at=row["created_at"])
