"""The database: whether it answers, takes a write, is at this program's revision, and keeps the right time."""

import time
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from bot.doctor.aside import aside
from bot.doctor.finding import Case, Check, Finding, ok, problem, together, warning
from bot.errors import StoreError

if TYPE_CHECKING:
    from bot.store import Store

APART_S = 30.0


async def look_at_database(case: Case) -> Finding:
    """Whether the database answers, takes a write and has the right tables; a database that isn't there isn't made."""
    await aside(lambda: import_module("bot.store"))
    from bot.backup import sqlite_file
    from bot.database import find_address, open_engine, place, plainly
    from bot.store import Store

    address = find_address(case.settings.database_url)
    where = place(address)
    if address.get_backend_name() == "sqlite" and sqlite_file(address) is None:
        return ok(f"{where} is not there yet; the first request makes it")
    try:
        async with open_engine(case.settings.database_url) as engine:
            async with plainly(engine.url), engine.connect():
                pass  # a server that is away is told at once: the store would wait for it
            return await _examine(Store(engine), where)
    except StoreError as error:
        return problem(f"{where}: {error.problem}", error.remedy or "`limner db check` shows more.")


CHECKS = (Check("database", look_at_database, 60.0),)


async def _examine(store: "Store", where: str) -> Finding:
    import sqlalchemy as sa

    from bot import schema
    from bot.inspection import REMEDIES

    async with store.read() as connection:
        dialect: Any = connection.dialect
        found = await connection.run_sync(schema.look)
        told_s = float((await connection.execute(sa.select(store.clock()))).scalar_one())
    findings = []
    if remedy := REMEDIES.get(found.standing, ""):
        revision = f" ({found.revision})" if found.revision else ""
        findings.append(problem(f"{where} has {found.standing.value}{revision}", remedy))
    findings += judge_clock(told_s, time.time())
    await _write(store)
    number = ".".join(str(part) for part in (dialect.server_version_info or ())[:3])
    return together(findings, f"{where}, {dialect.name} {number}, writable, revision {found.revision}")


async def _write(store: "Store") -> None:
    """Make a table in a transaction that is taken back. Raises StoreError where that can't be done."""
    import sqlalchemy as sa

    async with store.write() as connection:
        await connection.execute(sa.text(f"CREATE TABLE doctor_{uuid4().hex} (number INTEGER)"))
        await connection.rollback()


def judge_clock(told_s: float, now_s: float) -> list[Finding]:
    """A finding where the database's clock and this machine's are far apart; both in seconds since 1970."""
    apart_s = abs(told_s - now_s)
    if apart_s <= APART_S:
        return []
    return [
        warning(
            f"the database's clock and this machine's are {apart_s:.0f} s apart",
            "Set both by NTP: timedatectl set-ntp true",
        )
    ]
