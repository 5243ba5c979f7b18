"""What `limner db check` looks at: a line for each thing that a database and its pictures must be."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import schema
from bot.backup import PART, sqlite_file
from bot.database import find_address, open_engine, place
from bot.errors import StoreError
from bot.schema import Standing
from bot.store import Store
from bot.tables import metadata, pictures

STALE_S = 3600.0
RESTORE = "Put a backup in its place; docs/commands.md says how."
REMEDIES = {
    Standing.EMPTY: "limner db upgrade makes the tables.",
    Standing.UNNAMED: "limner db upgrade takes them over if they fit.",
    Standing.OLDER: "Stop all bots on it, then: limner db backup FILE, and limner db upgrade.",
    Standing.NEWER: "Install the newer Limner.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, what was found, and what to do where that is not well (else empty)."""

    name: str
    found: str
    remedy: str = ""

    @property
    def ok(self) -> bool:
        """Whether there is nothing to do."""
        return not self.remedy


async def inspect(url: str, gallery: Path) -> AsyncIterator[Finding]:
    """Look at a database and its pictures; changes nothing, and ends at the first thing that makes the rest moot.

    Raises:
        StoreError: The URL can't be used.
    """
    address = find_address(url)
    if address.get_backend_name() == "sqlite" and sqlite_file(address) is None:
        yield Finding("reachable", f"there is no {place(address)} yet; the first request makes it")
        return
    async with open_engine(url, rebuilding=True) as engine:
        store = Store(engine, away_s=0.0)
        try:
            async with store.read() as connection:
                async for finding in _of_database(connection, place(address)):
                    yield finding
                    if finding.name == "revision" and not finding.ok:
                        return
                names = (await connection.execute(_named())).all()
        except StoreError as error:
            yield Finding("readable", error.problem, error.remedy)
            return
    for finding in await asyncio.to_thread(_of_gallery, gallery, [(name, str(sha256)) for name, sha256 in names]):
        yield finding


async def _of_database(connection: AsyncConnection, where: str) -> AsyncIterator[Finding]:
    from bot.migrations.runner import differences

    dialect = connection.dialect
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[dialect.name]
    number = ".".join(str(part) for part in (dialect.server_version_info or ())[:3])
    yield Finding("reachable", f"{name} {number}, {where}")
    found = await connection.run_sync(schema.look)
    revision = f"{found.standing.value} ({found.revision})" if found.revision else found.standing.value
    yield Finding("revision", revision, REMEDIES.get(found.standing, ""))
    wrong = await connection.run_sync(differences)
    yield _finding("tables", wrong, "as they should be", f"Somebody changed them by hand. {RESTORE}")
    damaged = await (_damage_sqlite if dialect.name == "sqlite" else _damage_postgres)(connection)
    yield _finding("integrity", damaged, "every row can be read, every reference leads somewhere", RESTORE)


async def _damage_sqlite(connection: AsyncConnection) -> list[str]:
    rows = (await connection.exec_driver_sql("PRAGMA integrity_check(10)")).scalars()
    broken = [said for said in rows if said != "ok"]
    lost = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).mappings()
    return broken + [f"row {row['rowid']} of {row['table']} refers to a missing row of {row['parent']}" for row in lost]


async def _damage_postgres(connection: AsyncConnection) -> list[str]:
    """Reads every value of every row, so that a damaged page shows; then the references and the indices."""
    for table in metadata.sorted_tables:
        whole = sa.func.length(sa.cast(sa.literal_column("t"), sa.Text))
        await connection.execute(sa.select(sa.func.sum(whole)).select_from(table.alias("t")))
    found = []
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            other = key.column.table.alias("other")
            known = sa.exists().where(other.c[key.column.name] == key.parent)
            lost = sa.select(sa.func.count()).select_from(table).where(key.parent.is_not(None), ~known)
            if count := (await connection.execute(lost)).scalar_one():
                found.append(f"{count} row(s) of {table.name} refer to a missing row of {key.column.table.name}")
    invalid = sa.text("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")
    return found + [f"index {name} is invalid" for name in (await connection.execute(invalid)).scalars()]


def _named() -> sa.Select[str, str | None]:
    kept = pictures.c.sha256.is_not(None) & pictures.c.deleted_at.is_(None)
    return sa.select(pictures.c.id, pictures.c.sha256).where(kept).order_by(pictures.c.seq)


def _of_gallery(gallery: Path, named: list[tuple[str, str]]) -> list[Finding]:
    gone = [f"picture {key[:8]}" for key, sha256 in named if not (gallery / sha256[:2] / f"{sha256}.png").is_file()]
    well = f"all {len(named)} are there"
    left = sorted(path for path in gallery.rglob(f"{PART}*") if time.time() - path.stat().st_mtime > STALE_S)
    return [
        _finding("pictures", gone, well, "Put the missing files back, or delete those pictures."),
        _finding("leftovers", [str(path) for path in left], "none", "A process died while writing them: delete them."),
    ]


def _finding(name: str, wrong: list[str], well: str, remedy: str) -> Finding:
    if not wrong:
        return Finding(name, well)
    more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
    return Finding(name, f"{wrong[0]}{more}", remedy)
