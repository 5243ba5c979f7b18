"""How a database is reached: its address, the engine that speaks to it, and its errors in plain words."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import StoreError

SQLITE_CACHE_KIB = 256
SQLITE_BUSY_MS = 20_000
CONNECT_S = 10.0
# Longer than a writer waits in line, so that waiting ends with the server's own words.
STATEMENT_S = 30.0
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+asyncpg", "postgresql": "postgresql+asyncpg"}
ABSENT = frozenset({"57P01", "57P02", "57P03", "53300", "08001", "08003", "08006"})  # stopping, starting, full, cut off
_REFUSED = "Connect call failed"  # asyncio's words where a name has several addresses and none is listened at
REMEDIES = {
    "28P01": "Check user and password in the setting 'database'.",
    "26000": "Behind PgBouncer in transaction mode add ?prepared_statement_cache_size=0 to the setting 'database'.",
    "28000": "Check the user in the setting 'database', and what pg_hba.conf on the server lets in.",
    "3D000": "Make it on the server: createdb --owner USER NAME.",
    "42501": "Let the bot's user own the database: ALTER DATABASE NAME OWNER TO USER.",
    "53300": "Raise max_connections on the server, or run fewer bots on it.",
    "53100": "Free some disk space on the server; what was accepted is kept.",
    "55P03": "Another process held the database for too long; try again.",
    "57P03": "Try again when the server is up.",
}


@asynccontextmanager
async def open_engine(url: str, *, rebuilding: bool = False) -> AsyncIterator[AsyncEngine]:
    """The engine for a database, which need not be there yet; it is closed with the block.

    Args:
        url: An SQLAlchemy URL; `sqlite:`, `postgres:` and `postgresql:` without a driver will do.
        rebuilding: For changing tables and reading all of them: statements may take as long as they need, and SQLite
            doesn't check foreign keys while a table is replaced by a copy.

    Raises:
        StoreError: The URL can't be used; the line doesn't show its password.
    """
    address = find_address(url)
    try:
        engine = create_async_engine(address, json_serializer=_dump, **_options(address, rebuilding=rebuilding))
    except (sa.exc.ArgumentError, ImportError) as error:
        raise _unusable(address.drivername) from error
    if address.get_backend_name() == "sqlite":
        _prepare_sqlite(engine, foreign_keys=not rebuilding)
    else:
        sa.event.listen(engine.sync_engine, "checkout", _refuse_closed)
    sa.event.listen(engine.sync_engine, "begin", _begin)
    sa.event.listen(engine.sync_engine, "before_cursor_execute", _make_storable, retval=True)
    try:
        yield engine
    finally:
        await engine.dispose()


def find_address(url: str) -> sa.URL:
    """The address in the setting 'database', with the driver that Limner uses.

    Raises:
        StoreError: It is none.
    """
    try:
        address = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise _unusable("") from error
    address = address.set(drivername=DRIVERS.get(address.drivername, address.drivername))
    if address.drivername == "postgresql+asyncpg" and "sslmode" in address.query:  # libpq's name for it
        mode = address.query["sslmode"]
        address = address.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
    return address


def place(address: sa.URL) -> str:
    """Where a database is, for people to read: a file, or a name and a server; never a password."""
    if address.get_backend_name() == "sqlite":
        return address.database or ":memory:"
    host = address.host or str(address.query.get("host", "localhost"))
    return f"{address.database or address.username} on {host}" + (f":{address.port}" if address.port else "")


def is_absent(error: BaseException) -> bool:
    """Whether an error at the beginning of a transaction says that the server is away for now."""
    if isinstance(error, sa.exc.DBAPIError):
        return error.connection_invalidated or _sqlstate(error) in ABSENT
    return isinstance(error, ConnectionError | FileNotFoundError) or _REFUSED in str(error)


@asynccontextmanager
async def plainly(address: sa.URL) -> AsyncIterator[None]:
    """Turn what the driver raises into one line; a broken constraint passes, since callers decide on it."""
    try:
        yield
    except sa.exc.IntegrityError:
        raise
    except sa.exc.DBAPIError as error:
        reason = (str(error.orig).splitlines() or [type(error.orig).__name__])[0]
        raise StoreError(f"The database can't be used: {reason}", _remedy(reason, _sqlstate(error))) from error
    except sa.exc.TimeoutError as error:
        raise StoreError("The database is too busy: no connection became free in 30 s") from error
    except OSError as error:
        raise StoreError(
            f"The database {place(address)} can't be reached: {_why(error)}",
            "Is the server of setting 'database' up, and its address right?",
        ) from error
    except TypeError as error:
        if "unexpected keyword argument" not in str(error):
            raise
        name = str(error).rpartition("argument")[2].strip()
        raise StoreError(f"The setting 'database' has an option that the driver doesn't know: {name}") from error


def _options(address: sa.URL, *, rebuilding: bool) -> dict[str, Any]:
    if address.drivername != "postgresql+asyncpg":
        return {}
    arguments = {
        "timeout": CONNECT_S,
        "command_timeout": None if rebuilding else STATEMENT_S,
        "server_settings": {"application_name": "limner"},
        # Names of their own let several clients share a connection behind PgBouncer.
        "statement_cache_size": 0,
        "prepared_statement_name_func": lambda: f"limner_{uuid4().hex}",
    }
    # Writers stand in line anyway, so that few connections do.
    return {"pool_size": 5, "max_overflow": 5, "connect_args": arguments}


def _unusable(driver: str) -> StoreError:
    if driver == "postgresql+asyncpg":
        return StoreError("PostgreSQL needs the package asyncpg", "pip install 'limner[postgres]'")
    return StoreError(
        "The setting 'database' is not a URL that can be used here",
        "Expected for example postgresql://user:password@host/name, or leave it empty for SQLite in the home folder.",
    )


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _sqlstate(error: sa.exc.DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _why(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return "it does not answer"
    if isinstance(error, ConnectionRefusedError) or _REFUSED in str(error):
        return "nobody listens there"
    return error.strerror or str(error) or type(error).__name__


def _remedy(reason: str, sqlstate: str) -> str:
    if sqlstate in REMEDIES:
        return REMEDIES[sqlstate]
    if "not a database" in reason or "malformed" in reason:
        return "The file is damaged: put a backup in its place, or move it away to start afresh."
    if "full" in reason:
        return "Free some disk space; what was accepted is kept."
    if "unable to open" in reason or "readonly" in reason:
        return "Is its folder there and writable? LIMNER_HOME chooses another."
    return "Run `limner db check`, or see the log."


def _prepare_sqlite(engine: AsyncEngine, *, foreign_keys: bool) -> None:
    """Real transactions on SQLite: the driver's own begin is switched off, and writers take the lock at once.

    A deferred transaction that starts with a read and then writes can fail without waiting when another writer came
    between; BEGIN IMMEDIATE waits in line instead. synchronous=FULL: what was accepted survives a power cut.
    """
    file = engine.url.database
    if file and file != ":memory:":
        try:
            Path(file).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
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
        # Each connection of the pool has a cache of its own, 2 MiB where nothing is said; the system caches the file.
        cursor.execute(f"PRAGMA cache_size=-{SQLITE_CACHE_KIB}")
        cursor.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        cursor.close()


def _begin(connection: sa.Connection) -> None:
    """How this transaction begins: see `Store`."""
    if begin := connection.get_execution_options().get("limner_begin"):
        connection.exec_driver_sql(begin)


def _refuse_closed(connection: Any, _record: Any, _proxy: Any) -> None:
    """Let the pool replace a connection that the server has closed; asking the server would take three ways there."""
    if connection.driver_connection.is_closed():
        raise sa.exc.DisconnectionError


def _make_storable(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> Any:
    """PostgreSQL takes neither NUL nor half a surrogate pair in a text; SQLite is given the same."""
    return statement, _storable(parameters)


def _storable(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return type(value)(map(_storable, value))
    if not isinstance(value, str):
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value.replace("\0", "\ufffd")
