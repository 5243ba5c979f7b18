"""Brings a database to this program's revision: makes it, recognises it, or upgrades it; what it can't, it refuses."""

from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import log, schema
from bot.backup import copy_sqlite
from bot.database import open_engine, place
from bot.errors import StoreError
from bot.schema import Found, Line, Standing
from bot.store import Store
from bot.tables import processes

logger = log.get("store")


async def settle(url: str, line: Line = schema.LINE, *, told: bool = False) -> Found:
    """Bring a database to the head of `line`, in one transaction; how it stood before.

    An SQLite file belongs to one person's Limner and is upgraded at its next start, once a copy was put next to it. On
    a PostgreSQL server several bots may be running, so that somebody has to choose the moment: `told` says so.

    Raises:
        StoreError: It is newer, unknown, in use by an older version, or must be upgraded by hand.
    """
    async with open_engine(url, rebuilding=True) as engine:
        store = Store(engine, away_s=0.0)
        async with store.write() as connection:
            found = await connection.run_sync(schema.look, line)
            if found.standing is Standing.EMPTY:
                await _create(connection, line)
            elif found.standing is Standing.UNNAMED:
                await _recognise(connection, line)
            elif found.standing is Standing.OLDER:
                await _upgrade(store, connection, found, line, told=told)
            elif found.standing is Standing.NEWER:
                raise _newer(found, line)
    return found


async def _create(connection: AsyncConnection, line: Line) -> None:
    if connection.dialect.name == "postgresql":
        encoding = (await connection.execute(sa.text("SHOW server_encoding"))).scalar_one()
        if encoding != "UTF8":
            raise StoreError(
                f"The database keeps texts as {encoding}, which can't hold what people write",
                "Make it anew: createdb --encoding UTF8 --template template0 NAME.",
            )
    await connection.run_sync(schema.create, line)


async def _recognise(connection: AsyncConnection, line: Line) -> None:
    """Tables that were made before revisions were written down are taken as they are, where they fit."""
    from bot.migrations.runner import differences  # Alembic takes a while to import, and is hardly ever needed

    if wrong := await connection.run_sync(differences):
        raise StoreError(
            f"The database has tables that are not this Limner's: {wrong[0]}",
            "Give Limner a database of its own, or move the old one away.",
        )
    await connection.run_sync(schema.stamp, line)


async def _upgrade(store: Store, connection: AsyncConnection, found: Found, line: Line, *, told: bool) -> None:
    from bot.migrations.runner import to_head

    on_sqlite = connection.dialect.name == "sqlite"
    if not on_sqlite and not told:
        raise StoreError(
            f"The database is at revision {found.revision}, and this Limner needs {line.head}",
            "Stop all bots on it, then: limner db backup FILE, and limner db upgrade.",
        )
    await _refuse_company(store, connection)
    if on_sqlite:
        file = Path(store.address.database or "")
        copy = file.with_name(f"{file.name}.{found.revision}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
        await copy_sqlite(file, copy)
        logger.warning("upgrading %s to revision %s; as it was, it is kept as %s", file, line.head, copy.name)
    await connection.run_sync(to_head, line)
    if on_sqlite and (await connection.execute(sa.text("PRAGMA foreign_key_check"))).first():
        raise StoreError(f"The upgrade of {place(store.address)} would break references, so nothing was changed")


async def _refuse_company(store: Store, connection: AsyncConnection) -> None:
    alive = sa.select(sa.func.count()).where(processes.c.alive_until > store.clock())
    if count := (await connection.execute(alive)).scalar_one():
        raise StoreError(
            f"The database must be upgraded, and Limner processes of an older version work on it ({count})",
            "Stop them; one that was killed counts for some seconds more.",
        )


def _newer(found: Found, line: Line) -> StoreError:
    return StoreError(
        f"The database is of a newer Limner: it is at revision {found.revision}, and this one knows up to {line.head}",
        "Install that Limner again, or put the copy back that was made before the upgrade.",
    )
