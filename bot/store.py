"""The database: SQLite without any set-up, or PostgreSQL by its URL; short transactions, nothing held while waiting."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import StoreError
from bot.tables import metadata

Thing = TypeVar("Thing")
SQLITE_BUSY_MS = 20_000


class Store:
    """One database. `read` and `write` give a connection inside a transaction."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that sees one state of the database and changes nothing."""
        async with _plainly(), self._engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self, *, once: bool = False) -> AsyncIterator[AsyncConnection]:
        """A transaction that is committed when the block ends well, and undone when it raises.

        Args:
            once: The block carries out exactly one statement. SQLite makes that a transaction by itself, which spares
                a third of the ways to its thread and back.
        """
        async with _plainly(), self._engine.connect() as connection:
            await connection.execution_options(limner_begin="" if once else "BEGIN IMMEDIATE")
            async with connection.begin():
                yield connection

    def clock(self) -> sa.ColumnElement[float]:
        """Seconds since 1970 by the database's clock, the only one that all processes share; used inside statements."""
        if self._engine.dialect.name == "sqlite":
            return sa.literal_column("((julianday('now') - 2440587.5) * 86400.0)", sa.Float)
        return sa.literal_column("extract(epoch FROM clock_timestamp())", sa.Float)


@asynccontextmanager
async def open_store(url: str) -> AsyncIterator[Store]:
    """Open the database at an SQLAlchemy URL and make its tables where they are missing.

    Raises:
        StoreError: It can't be opened or is damaged; the line names the file or address, never a password.
    """
    try:
        address = sa.make_url(url)
        engine = create_async_engine(address, json_serializer=_dump)
    except (sa.exc.ArgumentError, ImportError) as error:
        raise StoreError(
            "The setting 'database' is not a URL that can be used here",
            "Expected for example sqlite+aiosqlite:////path/limner.db, or leave it empty.",
        ) from error
    if address.get_backend_name() == "sqlite":
        _prepare_sqlite(engine, address)
    try:
        async with _plainly(), engine.connect() as connection:
            await connection.execution_options(limner_begin="BEGIN IMMEDIATE")
            async with connection.begin():
                await connection.run_sync(metadata.create_all)
        yield Store(engine)
    finally:
        await engine.dispose()


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


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@asynccontextmanager
async def _plainly() -> AsyncIterator[None]:
    """Turn what the driver raises into one line; a broken constraint passes, since callers decide on it."""
    try:
        yield
    except sa.exc.IntegrityError:
        raise
    except sa.exc.DBAPIError as error:
        reason = str(error.orig).splitlines()[0]
        raise StoreError(f"The database can't be used: {reason}", _remedy(reason)) from error
    except OSError as error:
        raise StoreError(
            f"The database can't be reached: {error}", "Is the server of setting 'database' up?"
        ) from error


def _remedy(reason: str) -> str:
    if "not a database" in reason or "malformed" in reason:
        return "The file is damaged: put a backup in its place, or move it away to start afresh."
    if "full" in reason:
        return "Free some disk space; what was accepted is kept."
    if "unable to open" in reason or "readonly" in reason:
        return "Is its folder there and writable? LIMNER_HOME chooses another."
    return "Run `limner doctor`, or see the log."


def _prepare_sqlite(engine: AsyncEngine, address: sa.URL) -> None:
    """Real transactions on SQLite: the driver's own begin is switched off, and writers take the lock at once.

    A deferred transaction that starts with a read and then writes can fail without waiting when another writer came
    between; BEGIN IMMEDIATE waits in line instead. synchronous=FULL: what was accepted survives a power cut.
    """
    if address.database and address.database != ":memory:":
        try:
            Path(address.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"The folder of the database can't be made: {error.strerror} ({error.filename})",
                "Choose another with LIMNER_HOME.",
            ) from error

    @sa.event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @sa.event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: sa.Connection) -> None:
        if begin := connection.get_execution_options().get("limner_begin", "BEGIN"):
            connection.exec_driver_sql(begin)
