"""Tables are made, recognised, upgraded or refused; whichever it is, nothing that was in them is lost."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import schema
from bot.database import open_engine
from bot.errors import StoreError
from bot.gallery import Gallery
from bot.inbox import Inbox
from bot.jobs import Job
from bot.migrations import REVISIONS, runner
from bot.migrations.__main__ import main as write_revision
from bot.schema import LINE, Found, Line, Standing
from bot.store import open_store
from bot.tables import metadata
from bot.turns import Turns
from bot.upgrade import settle
from tests.helpers.postgres import Server, binaries
from tests.support import PLAN, message

NEXT = '''
"""A column that is new, and one that changes: SQLite has to copy the table that all others refer to."""

import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{head}"


def upgrade() -> None:
    with op.batch_alter_table("jobs") as batch:
        batch.add_column(sa.Column("mood", sa.String(16), nullable=False, server_default="calm"))
        batch.alter_column("text", existing_type=sa.Text, nullable=True, server_default=None)
    {last}
'''


@pytest.fixture
def following(tmp_path: Path) -> Line:
    """The line of a program that is one revision ahead of ours."""
    return line_with(tmp_path / "following", "")


def line_with(folder: Path, last: str) -> Line:
    folder.mkdir()
    (folder / "next.py").write_text(NEXT.format(head=LINE.head, last=last))
    return Line((*LINE.revisions, "next"), (*LINE.folders, folder))


async def look(url: str, line: Line = LINE) -> Found:
    async with open_engine(url) as engine, engine.connect() as connection:
        return await connection.run_sync(schema.look, line)


async def filled(url: str) -> Job:
    """A job with a turn and a picture, in a database of today."""
    async with open_store(url) as store:
        inbox = Inbox(store, ["paper"], 60.0)
        await inbox.accept(message("一只猫"))
        job = await inbox.take(turns=1, paintings=1)
        assert job is not None
        await Turns(store).add(job, "human", {"type": "human", "data": {"content": "一只猫"}})
        async with store.write() as connection:
            await Gallery(store, Path("nowhere")).plan(connection, job, "0-0", (PLAN,))
        return job


async def contents(url: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows, in the columns that our revision knows."""
    async with open_engine(url) as engine, engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in await connection.execute(sa.select(table))]
            for table in metadata.sorted_tables
        }


def copies(folder: Path) -> list[Path]:
    return sorted(folder.glob("limner.db.*Z"))


async def shape(connection: AsyncConnection) -> list[str]:
    """What defines the tables, as the database itself tells it; the order of constraints means nothing."""
    if connection.dialect.name == "sqlite":
        query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
        told = "\n".join((await connection.exec_driver_sql(query)).scalars())
        return sorted(line.strip(" ,\t") for line in told.splitlines())
    url = connection.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    command = [str(binaries() / "pg_dump"), "--schema-only", "--no-owner", url]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return sorted(line.strip(" ,\t") for line in told.splitlines() if not line.startswith(("\\", "--")))


async def test_migrations_lead_to_the_tables(empty_url: str) -> None:
    """All migrations after each other make the very tables of bot/tables.py, by Alembic's and the database's word."""
    async with open_engine(empty_url, rebuilding=True) as engine, engine.connect() as connection:
        async with connection.begin():
            await connection.run_sync(runner.to_head, LINE)
            assert await connection.run_sync(runner.differences) == []
            assert (await connection.run_sync(schema.look)).standing is Standing.CURRENT
        migrated = await shape(connection)
        await connection.rollback()
        async with connection.begin():
            await connection.run_sync(metadata.drop_all)
            await connection.run_sync(schema.version.drop)
            await connection.run_sync(schema.create)
        made = await shape(connection)
    assert migrated == made


def test_every_revision_is_named_in_order() -> None:
    """REVISIONS is what Alembic finds in the folder, from the first to the only head."""
    with sa.create_engine("sqlite://").connect() as connection:
        script = ScriptDirectory.from_config(runner.configuration(connection, LINE))
    assert tuple(revision.revision for revision in script.walk_revisions())[::-1] == REVISIONS


async def test_a_new_database_is_made_without_alembic(empty_url: str) -> None:
    """The first start and every other need no import of Alembic, and are at the last revision."""
    script = (
        "import asyncio, sys; from bot.store import open_store\n"
        "async def main():\n    async with open_store(sys.argv[1]): pass\n"
        "asyncio.run(main()); print('alembic' in sys.modules)"
    )
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", script, empty_url], capture_output=True, text=True, check=True)
        assert done.stdout == "False\n"
    assert await look(empty_url) == Found(Standing.CURRENT, LINE.head)


async def without_revision(url: str) -> None:
    async with open_engine(url, rebuilding=True) as engine, engine.begin() as connection:
        await connection.run_sync(schema.version.drop)


async def test_tables_without_a_revision_are_taken_over(database_url: str) -> None:
    """A database from before revisions were written down is recognised by its tables and keeps its rows."""
    await filled(database_url)
    before = await contents(database_url)
    await without_revision(database_url)
    assert (await look(database_url)).standing is Standing.UNNAMED
    async with open_store(database_url):
        pass
    assert (await look(database_url)).standing is Standing.CURRENT
    assert await contents(database_url) == before


async def test_strangers_tables_are_refused(empty_url: str) -> None:
    """A database in which another program has a table 'jobs' is left as it is, with one line on what is wrong."""
    async with open_engine(empty_url) as engine, engine.begin() as connection:
        await connection.exec_driver_sql("CREATE TABLE jobs (id integer PRIMARY KEY, salary integer NOT NULL)")
    with pytest.raises(StoreError, match="tables that are not this Limner's: ") as refused:
        async with open_store(empty_url):
            pass
    assert "\n" not in str(refused.value)
    async with open_engine(empty_url) as engine, engine.connect() as connection:
        assert await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names()) == ["jobs"]


async def test_others_tables_do_not_matter(empty_url: str) -> None:
    """Tables of other programs with other names live beside Limner's."""
    async with open_engine(empty_url) as engine, engine.begin() as connection:
        await connection.exec_driver_sql("CREATE TABLE salaries (id integer PRIMARY KEY)")
    async with open_store(empty_url):
        pass
    async with open_engine(empty_url) as engine, engine.connect() as connection:
        assert await connection.run_sync(runner.differences) == []


async def test_an_older_file_is_upgraded_at_the_start(tmp_path: Path, following: Line) -> None:
    """An SQLite file is copied, then upgraded with all of its rows; the copy opens with the older program."""
    url = f"sqlite:///{tmp_path / 'limner.db'}"
    job = await filled(url)
    before = await contents(url)
    async with open_store(url, following) as store, store.read() as connection:
        moods = await connection.execute(sa.text("SELECT id, mood FROM jobs"))
        assert list(moods) == [(job.id, "calm")]
        assert (await connection.exec_driver_sql("PRAGMA foreign_keys")).scalar_one() == 1
    assert await contents(url) == before
    [copy] = copies(tmp_path)
    assert await contents(f"sqlite:///{copy}") == before
    assert await look(f"sqlite:///{copy}") == Found(Standing.CURRENT, LINE.head)
    assert copy.stat().st_mode & 0o777 == 0o600
    async with open_store(url, following):
        assert copies(tmp_path) == [copy]


async def test_a_server_is_upgraded_when_somebody_says_so(postgres: Server, following: Line) -> None:
    """On PostgreSQL the start is refused with the command to run; it upgrades, and keeps all rows."""
    with postgres.database() as url:
        await filled(url)
        before = await contents(url)
        with pytest.raises(StoreError, match="limner db upgrade"):
            async with open_store(url, following):
                pass
        assert (await look(url)).standing is Standing.CURRENT
        assert await settle(url, following, told=True) == Found(Standing.OLDER, LINE.head)
        assert await contents(url) == before
        async with open_store(url, following) as store, store.read() as connection:
            assert list((await connection.execute(sa.text("SELECT mood FROM jobs"))).scalars()) == ["calm"]


async def test_a_newer_database_is_refused(database_url: str, following: Line) -> None:
    """A program that is older than its database says so in one line and touches nothing."""
    await filled(database_url)
    await settle(database_url, following, told=True)
    before = await contents(database_url)
    with pytest.raises(StoreError) as refused:
        async with open_store(database_url):
            pass
    assert str(refused.value) == (
        f"The database is of a newer Limner: it is at revision next, and this one knows up to {LINE.head}. "
        "Install that Limner again, or put the copy back that was made before the upgrade."
    )
    assert await contents(database_url) == before
    assert await look(database_url) == Found(Standing.NEWER, "next")


@pytest.mark.parametrize(
    "last", ["raise RuntimeError('in the middle')", "op.execute('DROP TABLE processes; nonsense')"]
)
async def test_an_upgrade_that_fails_changes_nothing(database_url: str, tmp_path: Path, last: str) -> None:
    """When a migration breaks down half-way, the database is as it was, and the older program goes on with it."""
    await filled(database_url)
    before = await contents(database_url)
    with pytest.raises((RuntimeError, StoreError)):
        await settle(database_url, line_with(tmp_path / "broken", last), told=True)
    assert await contents(database_url) == before
    async with open_store(database_url) as store, store.read() as connection:
        assert await connection.run_sync(runner.differences) == []


async def test_rows_that_lead_nowhere_stop_an_upgrade(tmp_path: Path) -> None:
    """A migration that would leave turns without their job is undone on SQLite too, where nobody else looks."""
    url = f"sqlite:///{tmp_path / 'limner.db'}"
    await filled(url)
    before = await contents(url)
    with pytest.raises(StoreError, match="would break references, so nothing was changed"):
        await settle(url, line_with(tmp_path / "broken", "op.execute('DELETE FROM jobs')"), told=True)
    assert await contents(url) == before


async def test_nobody_is_upgraded_under(database_url: str, following: Line) -> None:
    """While a process of the older version lives, the upgrade is refused; once it left, it is carried out."""
    async with open_store(database_url) as store:
        inbox = Inbox(store, ["paper"], 60.0)
        await inbox.beat()
        with pytest.raises(StoreError, match=r"processes of an older version work on it \(1\)"):
            await settle(database_url, following, told=True)
        await inbox.leave()
        await settle(database_url, following, told=True)


async def test_many_starts_upgrade_once(tmp_path: Path, following: Line) -> None:
    """Of five programs that start on an older file at the same moment, one copies and upgrades it for all."""
    url = f"sqlite:///{tmp_path / 'limner.db'}"
    await filled(url)

    async def start() -> None:
        async with open_store(url, following):
            pass

    await asyncio.gather(*[start() for _ in range(5)])
    assert len(copies(tmp_path)) == 1
    assert await look(url, following) == Found(Standing.CURRENT, "next")


async def test_a_file_of_the_first_light_is_refused_with_words(tmp_path: Path) -> None:
    """A file whose tables lack a column is not taken for ours; the line names the column."""
    url = f"sqlite:///{tmp_path / 'limner.db'}"
    await filled(url)
    await without_revision(url)
    async with open_engine(url, rebuilding=True) as engine, engine.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE jobs DROP COLUMN tries")
    with pytest.raises(StoreError, match=r"not this Limner's: missing column jobs\.tries\."):
        async with open_store(url):
            pass


def test_a_new_revision_is_written_and_can_be_carried_out(tmp_path: Path) -> None:
    """`python -m bot.migrations` writes a revision after the last one; where nothing differs, it changes nothing."""
    line = Line(LINE.revisions, (*LINE.folders, tmp_path))
    write_revision("What changes", line)
    [file] = tmp_path.glob("*.py")
    following = f"{len(LINE.revisions) + 1:04}"
    assert file.name == f"what_changes_{following}.py"
    with sa.create_engine("sqlite://").begin() as connection:
        runner.to_head(connection, Line((*LINE.revisions, following), line.folders))
        assert schema.look(connection).revision == following
        assert runner.differences(connection) == []


async def test_what_differs_is_named(database_url: str) -> None:
    """A column, an index and a table that somebody dropped or added are named one by one."""
    async with open_store(database_url):
        pass
    async with open_engine(database_url, rebuilding=True) as engine, engine.begin() as connection:
        for change in ("DROP TABLE turns", "DROP INDEX jobs_of_user", "ALTER TABLE jobs ADD COLUMN mood TEXT"):
            await connection.exec_driver_sql(change)
        assert sorted(await connection.run_sync(runner.differences)) == [
            "missing index jobs_of_user",
            "missing index turns_of_conversation",
            "missing table turns",
            "unknown column jobs.mood",
        ]
