"""The doctor on the database: absent, damaged, at another revision, out of reach; on SQLite and PostgreSQL."""

import socket
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.doctor.database import judge_clock, look_at_database
from bot.doctor.finding import Finding, Level
from bot.schema import LINE, version
from bot.store import Store, open_store
from tests.helpers.postgres import Server
from tests.helpers.sick import case
from tests.support import database


async def looked_at(folder: Path, **settings: object) -> Finding:
    return await look_at_database(case(folder, **{"database": database(folder)} | settings))


async def tables(store: Store) -> list[str]:
    async with store.read() as connection:
        return await connection.run_sync(lambda plain: sorted(sa.inspect(plain).get_table_names()))


async def test_a_good_database(tmp_path: Path, database_url: str) -> None:
    """It is written to, and nothing of that stays."""
    async with open_store(database_url) as store:
        before = await tables(store)
        found = await looked_at(tmp_path, database=database_url)
        assert found.level is Level.OK, found
        assert f"writable, revision {LINE.head}" in found.found
        assert await tables(store) == before


async def test_no_database_yet(tmp_path: Path) -> None:
    """One that is not there yet is well, and the doctor doesn't make it."""
    found = await looked_at(tmp_path)
    assert found.level is Level.OK
    assert "the first request makes it" in found.found
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kept", [0.5, 0.01], ids=["half", "a hundredth"])
async def test_a_truncated_database(tmp_path: Path, kept: float) -> None:
    """A file that lost its end is told as damaged, with what to do."""
    async with open_store(database(tmp_path)):
        pass
    for beside in ("-wal", "-shm"):
        (tmp_path / f"limner.db{beside}").unlink(missing_ok=True)
    file = tmp_path / "limner.db"
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * kept)])
    found = await looked_at(tmp_path)
    assert found.level is Level.PROBLEM
    assert str(file) in found.found
    assert "put a backup in its place" in found.remedy


async def test_something_else_in_the_place_of_the_database(tmp_path: Path) -> None:
    """A text file is told as no database."""
    (tmp_path / "limner.db").write_text("Dear diary, " * 100)
    found = await looked_at(tmp_path)
    assert found.level is Level.PROBLEM
    assert "not a database" in found.found
    assert found.remedy


@pytest.mark.parametrize(("revision", "remedy"), [("9999", "Install the newer Limner"), ("", "limner db upgrade")])
async def test_another_revision(tmp_path: Path, database_url: str, revision: str, remedy: str) -> None:
    """Tables of another Limner, or without a revision, are told with what brings them together."""
    async with open_store(database_url) as store, store.write() as connection:
        await connection.execute(version.delete())
        if revision:
            await connection.execute(version.insert().values(version_num=revision))
    found = await looked_at(tmp_path, database=database_url)
    assert found.level is Level.PROBLEM
    assert revision in found.found
    assert remedy in found.remedy


async def test_a_database_that_another_process_holds_open_for_reading(tmp_path: Path) -> None:
    """A Limner that works on the database doesn't make it unwell."""
    async with open_store(database(tmp_path)) as store, store.read() as connection:
        await connection.execute(sa.select(version.c.version_num))
        assert (await looked_at(tmp_path)).level is Level.OK


async def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    """A wrong address is told as such, without the password."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"postgresql://limner:tell-nobody@127.0.0.1:{free.getsockname()[1]}/limner"
    found = await look_at_database(case(tmp_path, database=url))
    assert found.level is Level.PROBLEM
    assert "nobody listens there" in found.found
    assert "its address right" in found.remedy
    assert "tell-nobody" not in f"{found}"


async def test_a_wrong_password(tmp_path: Path, postgres: Server) -> None:
    """What the server says of a password comes with the setting to correct."""
    found = await look_at_database(case(tmp_path, database=postgres.url("postgres", password="tell-nobody")))
    assert found.level is Level.PROBLEM
    assert found.remedy == "Check user and password in the setting 'database'."
    assert "tell-nobody" not in f"{found}"


async def test_an_address_that_is_none(tmp_path: Path) -> None:
    """Something that is no URL is told by the settings' own words."""
    with pytest.raises(Exception, match="not a URL"):
        await look_at_database(case(tmp_path, database="my database"))


def test_clocks_that_are_apart() -> None:
    """Leases are counted by the database's clock; a minute's difference is told, a second's is not."""
    now = time.time()
    assert judge_clock(now - 1, now) == []
    [found] = judge_clock(now + 61, now)
    assert found.level is Level.WARNING
    assert "61 s apart" in found.found
    assert "timedatectl" in found.remedy
