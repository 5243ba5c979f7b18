"""The database's transactions, alike on SQLite and PostgreSQL: short ones, with nothing held while waiting."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot import schema
from bot.database import is_absent, open_engine, plainly

Thing = TypeVar("Thing")
AWAY_S = 20.0  # a server that restarts is waited for; SQLite's busy timeout is the same
# PostgreSQL's writers stand in line like SQLite's: no deadlocks, and what is counted stays true until it is written.
# A writer that was stopped in mid-transaction loses its place before the others give up waiting.
IN_LINE = (
    "SELECT set_config('lock_timeout', '20s', true), set_config('idle_in_transaction_session_timeout', '10s', true),"
    f" pg_advisory_xact_lock({int.from_bytes(b'limner')})"
)
OPTIONS: dict[str, dict[str, dict[str, Any]]] = {
    "sqlite": {
        "read": {"limner_begin": "BEGIN"},
        "write": {"limner_begin": "BEGIN IMMEDIATE"},
        "once": {},  # a single statement is a transaction by itself
    },
    "postgresql": {
        # The first statement finds out whether the server is still there.
        "read": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True, "limner_begin": "SELECT 1"},
        "write": {"isolation_level": "READ COMMITTED", "limner_begin": IN_LINE},
        "once": {"isolation_level": "READ COMMITTED", "limner_begin": IN_LINE},
    },
}


class Store:
    """One database. `read` and `write` give a connection inside a transaction.

    Args:
        engine: From `open_engine`.
        away_s: How long a server that went away is waited for.
    """

    def __init__(self, engine: AsyncEngine, away_s: float = AWAY_S) -> None:
        self.address = engine.url
        self._engine = engine
        self._away_s = away_s

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that sees one state of the database and changes nothing."""
        async with self._begun("read") as connection:
            yield connection

    @asynccontextmanager
    async def write(self, *, once: bool = False) -> AsyncIterator[AsyncConnection]:
        """A transaction that is committed when the block ends well, and undone when it raises; one at a time.

        Args:
            once: The block carries out exactly one statement. SQLite makes that a transaction by itself, which spares
                a third of the ways to its thread and back.
        """
        async with self._begun("once" if once else "write") as connection:
            yield connection

    def clock(self) -> sa.ColumnElement[float]:
        """Seconds since 1970 by the database's clock, the only one that all processes share; used inside statements."""
        if self._engine.dialect.name == "sqlite":
            return sa.literal_column("((julianday('now') - 2440587.5) * 86400.0)", sa.Float)
        return sa.literal_column("CAST(extract(epoch FROM clock_timestamp()) AS double precision)", sa.Float)

    @asynccontextmanager
    async def _begun(self, kind: str) -> AsyncIterator[AsyncConnection]:
        async with plainly(self.address):
            connection, ending = await self._begin(OPTIONS[self.address.get_backend_name()][kind])
            async with ending:
                yield connection

    async def _begin(self, options: dict[str, Any]) -> tuple[AsyncConnection, AsyncExitStack]:
        """A transaction, begun on a living connection; while the server restarts, it is waited for."""
        clock = asyncio.get_running_loop().time
        patience_ends = clock() + self._away_s
        while True:
            async with AsyncExitStack() as stack:
                try:
                    connection = await stack.enter_async_context(self._engine.connect())
                    await connection.execution_options(**options)
                    await stack.enter_async_context(connection.begin())
                    return connection, stack.pop_all()
                except (OSError, sa.exc.DBAPIError) as error:
                    if not is_absent(error) or clock() > patience_ends:
                        raise
            await asyncio.sleep(0.2)


@asynccontextmanager
async def open_store(url: str, line: schema.Line = schema.LINE) -> AsyncIterator[Store]:
    """Open the database at an SQLAlchemy URL; an empty one gets its tables, and an older one on SQLite is upgraded.

    Raises:
        StoreError: It can't be opened, is damaged, or was made by another version; the line names the file or address,
            never a password.
    """
    async with open_engine(url) as engine:
        # A server that is not up at the start is told at once: the address may be wrong.
        async with plainly(engine.url), engine.connect() as connection:
            found = await connection.run_sync(schema.look, line)
        if found.standing is not schema.Standing.CURRENT:
            from bot.upgrade import settle

            await settle(url, line)
        yield Store(engine)


def pack(thing: Any) -> Any:
    """A frozen dataclass of bot.messages as plain JSON values."""
    kind: Any = type(thing)
    return _adapter(kind).dump_python(thing, mode="json")


def unpack(kind: type[Thing], values: Any) -> Thing:
    """What `pack` made, as the dataclass it was; fields that are new since then get their defaults."""
    key: Any = kind
    thing: Thing = _adapter(key).validate_python(values)
    return thing


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
