"""SQLite files: made with care, read with care, and said plainly what is wrong; packing of what travels."""

import asyncio
import resource
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot.brief import Brief, Relation, Subject
from bot.errors import StoreError
from bot.messages import Attachment, Message, Plan, Wishes
from bot.store import open_store, pack, unpack
from tests.support import PLAN, database, until


async def opened(url: str) -> None:
    async with open_store(url):
        pass


async def refused(url: str) -> str:
    """The one line that opening this database ends with."""
    with pytest.raises(StoreError) as raised:
        await opened(url)
    # aiosqlite ends the thread of a connection that failed without waiting for it, and the thread needs the loop.
    await until(lambda: not any("_connection_worker_thread" in thread.name for thread in threading.enumerate()))
    assert "\n" not in str(raised.value)
    return str(raised.value)


async def test_what_was_accepted_survives_a_power_cut(tmp_path: Path) -> None:
    """SQLite runs with a write-ahead log and full synchronisation, on every connection."""
    async with open_store(database(tmp_path)) as store, store.read() as one, store.write() as two:
        for connection in (one, two):
            assert (await connection.execute(sa.text("PRAGMA journal_mode"))).scalar_one() == "wal"
            assert (await connection.execute(sa.text("PRAGMA synchronous"))).scalar_one() == 2
            assert (await connection.execute(sa.text("PRAGMA foreign_keys"))).scalar_one() == 1


async def test_the_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    """A folder that Limner makes for its database can't be read by others."""
    await opened(database(tmp_path / "home"))
    assert (tmp_path / "home").stat().st_mode & 0o777 == 0o700


def damage(file: Path) -> None:
    file.write_bytes(b"this is no database, however long it may be " * 200)


def tear(file: Path) -> None:
    """Overwrite the middle of a good database."""
    asyncio.run(opened(f"sqlite+aiosqlite:///{file}"))
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    content = bytearray(file.read_bytes())
    content[100:4096] = b"\xff" * 3996
    file.write_bytes(content)


@pytest.mark.parametrize("harm", [damage, tear])
async def test_a_damaged_database_is_one_line(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    """A file that is no database, or a torn one, is named as damaged with what to do, and left as it is."""
    file = tmp_path / "limner.db"
    await asyncio.to_thread(harm, file)
    before = file.read_bytes()
    said = await refused(database(tmp_path))
    assert said.startswith("The database can't be used: ")
    assert "The file is damaged" in said
    assert file.read_bytes() == before


async def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    """A home below a plain file is named with LIMNER_HOME as the way out."""
    (tmp_path / "file").write_text("")
    assert "LIMNER_HOME" in await refused(database(tmp_path / "file" / "home"))
    assert "LIMNER_HOME" in await refused("sqlite+aiosqlite:////proc/limner/limner.db")


async def test_a_folder_in_the_place_of_the_database_is_one_line(tmp_path: Path) -> None:
    """A database that can't be opened is one line."""
    (tmp_path / "limner.db").mkdir()
    assert (await refused(database(tmp_path))).startswith("The database can't be used: unable to open database file.")


@pytest.mark.parametrize("url", ["nonsense", "postgresql+nodriver://me:hush@host/db", "sqlite+nodriver:///x"])
async def test_an_address_that_cannot_be_used_is_one_line(url: str) -> None:
    """An address that is no URL, or needs a driver that is missing, is named without its password."""
    said = await refused(url)
    assert said.startswith("The setting 'database' is not a URL that can be used here.")
    assert "hush" not in said


FULL = """
import asyncio, resource, sys
from pathlib import Path
from bot import LimnerError
from bot.inbox import Inbox
from bot.store import open_store
from tests.support import message

async def main(folder: Path) -> None:
    async with open_store(f"sqlite+aiosqlite:///{folder / 'limner.db'}") as store:
        inbox = Inbox(store, ["paper"], 60.0)
        limit = (folder / "limner.db-wal").stat().st_size + 400_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        for number in range(100):
            try:
                print(await inbox.accept(message("x" * 4000, channel=str(number))), flush=True)
            except LimnerError as error:
                print(error, file=sys.stderr)
                return

asyncio.run(main(Path(sys.argv[1])))
"""


async def test_a_full_disk_is_one_line_and_loses_nothing(tmp_path: Path) -> None:
    """When the disk takes no more, a message is refused in one line, and all that were accepted before are kept."""
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    accepted = done.stdout.split()
    assert len(accepted) > 1
    assert done.stderr.startswith("The database can't be used: ")
    assert done.stderr.count("\n") == 1
    with sqlite3.connect(tmp_path / "limner.db") as connection:
        assert [row[0] for row in connection.execute("SELECT id FROM jobs ORDER BY seq")] == accepted
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


sizes = st.integers(1, 4096)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
briefs = st.builds(
    Brief,
    words=texts,
    subjects=st.tuples(st.builds(Subject, texts, st.none() | st.integers(0, 9), st.none() | texts, st.tuples(texts))),
    relations=st.tuples(st.builds(Relation, texts, texts, texts)),
    texts=st.lists(texts, max_size=2).map(tuple),
)
messages = st.builds(
    Message,
    texts,
    texts,
    texts,
    texts,
    wishes=st.builds(Wishes, seed=st.none() | st.integers(0, 2**32 - 1), guidance_scale=st.none() | st.floats(0, 30)),
    attachments=st.lists(st.builds(Attachment, texts, texts, sizes, sizes), max_size=2).map(tuple),
    local=st.booleans(),
)


@given(messages)
def test_messages_come_back_as_they_were(said: Message) -> None:
    """Whatever a message holds comes back equal from plain JSON values."""
    assert unpack(Message, pack(said)) == said


@given(briefs, texts, st.integers(0, 2**32 - 1))
def test_plans_come_back_as_they_were(brief: Brief, prompt: str, seed: int) -> None:
    """A plan with any brief comes back equal from plain JSON values."""
    plan = Plan("r", brief, prompt, "", "m", "f", 64, 64, 4, 1.0, seed, notes=("a", "b"))
    assert unpack(Plan, pack(plan)) == plan


def test_fields_that_are_new_get_their_defaults() -> None:
    """A row that an older Limner wrote is read with the defaults of fields it did not know."""
    old = pack(PLAN)
    del old["notes"], old["parent"]
    assert unpack(Plan, old) == PLAN
