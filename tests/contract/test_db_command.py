"""`limner db upgrade`, `check` and `backup`, as an administrator calls them, on both databases."""

import asyncio
import json
import os
import sqlite3
import subprocess
import tarfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot import schema
from bot.backup import libpq_environment
from bot.database import find_address, open_engine
from bot.gallery import Gallery
from bot.inbox import Inbox
from bot.store import open_store
from bot.tables import metadata
from bot.testing import blank_png
from tests.helpers.postgres import Server, binaries
from tests.helpers.terminal import LIMNER, environment, limner, one_line
from tests.support import PLAN, message


@dataclass(frozen=True)
class Place:
    """A home folder and its database."""

    home: Path
    url: str

    def db(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[bytes]:
        return limner(self.home, "db", *arguments, env={"LIMNER_DATABASE": self.url} | env)

    def words(self, *arguments: str) -> str:
        done = self.db(*arguments)
        assert done.stderr == b""
        return done.stdout.decode()

    def execute(self, sql: str) -> None:
        async def change() -> None:
            async with open_engine(self.url, rebuilding=True) as engine, engine.begin() as connection:
                await connection.exec_driver_sql(sql)

        asyncio.run(change())

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        async def read() -> dict[str, list[tuple[Any, ...]]]:
            async with open_store(self.url) as store, store.read() as connection:
                return {
                    table.name: sorted(tuple(map(str, row)) for row in await connection.execute(sa.select(table)))
                    for table in metadata.sorted_tables
                }

        return asyncio.run(read())


def fill(place: Place, count: int = 2) -> list[Path]:
    """A job with painted pictures; their files."""

    async def paint() -> list[Path]:
        async with open_store(place.url) as store:
            inbox, gallery = Inbox(store, ("paper",), 10.0), Gallery(store, place.home / "gallery")
            await inbox.beat()
            await inbox.accept(message("一只红色的猫"))
            job = await inbox.take(turns=1, paintings=1)
            assert job is not None
            async with store.write() as connection:
                await gallery.plan(connection, job, "0-0", (PLAN,) * count)
            for number, (picture_id, plan) in enumerate(await gallery.unpainted(job.id)):
                await gallery.keep(picture_id, plan, blank_png(8, 8, bytes([number] * 3)), 1.0)
            await inbox.leave()
            return [picture.path for picture in await gallery.of_job(job.id)]

    return asyncio.run(paint())


@pytest.fixture
def place(empty_url: str, tmp_path: Path) -> Place:
    return Place(tmp_path / "home", empty_url)


def test_upgrade_says_what_it_did(place: Place) -> None:
    """An empty database is made, one without a revision taken over, and one that is well left alone; each is said."""
    head = schema.LINE.head
    assert place.words("upgrade") == f"Made the database at revision {head}.\n"
    assert place.words("upgrade") == f"Nothing to do: the database is at revision {head}.\n"
    place.execute("DROP TABLE alembic_version")
    assert place.words("upgrade").startswith("The database had no revision written down; its tables are those of")
    assert place.words("upgrade").startswith("Nothing to do")


def test_upgrade_of_a_newer_database_fails_in_one_line(place: Place) -> None:
    """A revision that this program doesn't know is named."""
    place.words("upgrade")
    place.execute("UPDATE alembic_version SET version_num = '9999'")
    done = place.db("upgrade")
    assert done.returncode == 1
    assert "it is at revision 9999" in one_line(done)


def test_all_is_well(place: Place) -> None:
    """Of a good database every check is a line that says ok; in JSON the same."""
    fill(place)
    lines = place.words("check").splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["ok", name] for name in ("reachable", "revision", "tables", "integrity", "pictures", "leftovers")
    ]
    assert "p%40ss" not in lines[0]
    told = json.loads(place.words("check", "--json"))
    assert told["ok"] is True
    assert told["checks"][4] == {"name": "pictures", "ok": True, "found": "all 2 are there", "remedy": ""}


def test_checking_makes_nothing(place: Place) -> None:
    """A check of a database that is not there yet, or is empty, leaves it so."""
    for _ in range(2):
        place.db("check")
    assert list(place.home.parent.glob("limner.db*")) == []

    async def tables() -> list[str]:
        async with open_engine(place.url) as engine, engine.connect() as connection:
            return await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())

    assert asyncio.run(tables()) == []


def lose_a_picture(_place: Place, files: list[Path]) -> None:
    files[0].unlink()


def leave_a_part(_place: Place, files: list[Path]) -> None:
    part = files[0].with_name(".limner-abc")
    part.write_bytes(b"half")
    os.utime(part, (time.time() - 7200,) * 2)


def drop_an_index(place: Place, _files: list[Path]) -> None:
    place.execute("DROP INDEX jobs_of_user")


def be_newer(place: Place, _files: list[Path]) -> None:
    place.execute("UPDATE alembic_version SET version_num = '9999'")


def lose_a_reference(place: Place, _files: list[Path]) -> None:
    if place.url.startswith("postgresql"):
        place.execute("ALTER TABLE pictures DISABLE TRIGGER ALL")
        place.execute("UPDATE pictures SET job_id = 'nobody' WHERE number = 0")
        place.execute("ALTER TABLE pictures ENABLE TRIGGER ALL")
    else:
        place.execute("UPDATE pictures SET job_id = 'nobody' WHERE number = 0")


@pytest.mark.parametrize(
    ("harm", "name", "found", "remedy"),
    [
        (lose_a_picture, "pictures", "picture ", "Put the missing files back"),
        pytest.param(leave_a_part, "leftovers", ".limner-abc", "delete them", marks=pytest.mark.proof),
        pytest.param(
            drop_an_index, "tables", "missing index jobs_of_user", "Put a backup in its place", marks=pytest.mark.proof
        ),
        (be_newer, "revision", "(9999)", "Install the newer Limner"),
        pytest.param(
            lose_a_reference, "integrity", "missing row of jobs", "Put a backup in its place", marks=pytest.mark.proof
        ),
    ],
)
def test_what_is_wrong_is_found(
    place: Place, harm: Callable[[Place, list[Path]], None], name: str, found: str, remedy: str
) -> None:
    """Each kind of harm is one line that is not ok, with its remedy, and the exit code is 1."""
    harm(place, fill(place))
    done = place.db("check", "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert not told["ok"]
    [bad] = [check for check in told["checks"] if not check["ok"]]
    assert bad["name"] == name
    assert found in bad["found"]
    assert remedy in bad["remedy"]
    shown = place.db("check")
    assert shown.returncode == 1
    [line] = [line for line in shown.stdout.decode().splitlines() if not line.startswith("ok ")]
    assert line.split()[:2] == ["BAD", name]
    assert remedy in line


def test_a_torn_file_is_found(tmp_path: Path) -> None:
    """A page of an SQLite file that was overwritten is found by the check."""
    file = tmp_path / "limner.db"
    place = Place(tmp_path / "home", f"sqlite:///{file}")
    fill(place, 4)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'jobs_of_user'"
        page = connection.execute(query).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    content = bytearray(file.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    file.write_bytes(content)
    done = place.db("check", "--json")
    assert done.returncode == 1
    assert {check["name"] for check in json.loads(done.stdout)["checks"] if not check["ok"]} & {"integrity", "readable"}


def test_a_damaged_page_of_the_server_is_found(postgres: Server, tmp_path: Path) -> None:
    """A row that PostgreSQL can't read any more is found by the check."""
    with postgres.database() as url:
        place = Place(tmp_path / "home", url)
        fill(place, 4)
        name = url.rpartition("/")[2]
        table = postgres.run("SELECT pg_relation_filepath('pictures')", name).strip()
        postgres.run("CHECKPOINT")
        with postgres.stopped():
            path = postgres.folder / "data" / table
            content = bytearray(path.read_bytes())
            content[:8192] = b"\xff" * 8192
            path.write_bytes(content)
        done = place.db("check", "--json")
        assert done.returncode == 1
        bad = next(check for check in json.loads(done.stdout)["checks"] if not check["ok"])
        assert "invalid page" in bad["found"]


def test_a_server_that_is_down_is_found(tmp_path: Path) -> None:
    """When nobody listens, the check says where, in one line with its remedy."""
    done = Place(tmp_path / "home", "postgresql://me:hush@127.0.0.1:1/limner").db("check")
    assert done.returncode == 1
    assert done.stdout.decode().count("\n") == 1
    assert "limner on 127.0.0.1:1 can't be reached: nobody listens there" in done.stdout.decode()
    assert "hush" not in done.stdout.decode()


def restore(archive: Path, to: Path, server: Server | None) -> Place:
    """What docs/commands.md says: unpack into a new home; for PostgreSQL pg_restore into a new database."""
    to.mkdir()
    subprocess.run(["tar", "-xf", archive, "-C", to], check=True)
    if server is None:
        return Place(to, f"sqlite:///{to / 'limner.db'}")
    server.run("CREATE DATABASE restored TEMPLATE template0")
    url = server.url("restored")
    command = [binaries() / "pg_restore", "--no-owner", "--exit-on-error", "--dbname=restored", to / "limner.dump"]
    subprocess.run(command, env=os.environ | libpq_environment(find_address(url)), check=True)
    return Place(to, url)


def test_a_backup_can_be_restored(place: Place, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """What was backed up comes back, rows and pictures, by the very commands of the documentation."""
    fill(place)
    (place.home / "gallery" / ".limner-half").write_bytes(b"half")
    before = place.rows()
    archive = tmp_path / "backup.tar"
    assert place.words("backup", str(archive)).endswith("MiB, 2 files of pictures)\n")
    assert archive.stat().st_mode & 0o777 == 0o600
    with tarfile.open(archive) as packed:
        assert not [name for name in packed.getnames() if ".limner" in name]
    server = request.getfixturevalue("postgres") if place.url.startswith("postgresql") else None
    restored = restore(archive, tmp_path / "new home", server)
    try:
        assert restored.rows() == before
        told = json.loads(restored.words("check", "--json"))
        assert told["ok"], told
        assert told["checks"][4]["found"] == "all 2 are there"
    finally:
        if server:
            server.run("DROP DATABASE restored WITH (FORCE)")


def test_a_backup_while_limner_works(place: Place, tmp_path: Path) -> None:
    """Backups made while messages come in are each whole: they hold every message that was kept before."""

    async def accepting() -> list[int]:
        counts = []
        async with open_store(place.url) as store:
            inbox = Inbox(store, ["paper"], 60.0)
            for number in range(3):
                accepted = [await inbox.accept(message(str(n))) for n in range(10)]
                command = [LIMNER, "db", "backup", "--no-pictures", str(tmp_path / f"{number}.tar")]
                process = await asyncio.create_subprocess_exec(
                    *command, env=environment(place.home, LIMNER_DATABASE=place.url), stdout=subprocess.DEVNULL
                )
                while process.returncode is None:
                    accepted.append(await inbox.accept(message("more")))
                    await asyncio.sleep(0.01)
                assert process.returncode == 0
                counts.append(len(accepted))
        return counts

    asyncio.run(accepting())
    for number in range(3):
        with tarfile.open(tmp_path / f"{number}.tar") as archive:
            [member] = archive.getmembers()
            archive.extract(member, tmp_path, filter="data")
        if member.name == "limner.db":
            with closing(sqlite3.connect(tmp_path / "limner.db")) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                kept = connection.execute("SELECT count(*) FROM jobs").fetchone()[0]
        else:
            command = [binaries() / "pg_restore", "--data-only", "--table=jobs", "--file=-", tmp_path / member.name]
            told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            kept = sum("\tpaper\t" in line for line in told.splitlines())
        assert kept >= 10 * (number + 1)


def test_a_backup_replaces_nothing_unasked(place: Place, tmp_path: Path) -> None:
    """A file that is there stays unless --force is said; a place that can't be written is one line."""
    fill(place)
    archive = tmp_path / "backup.tar"
    archive.write_text("precious")
    done = place.db("backup", str(archive))
    assert done.returncode == 1
    assert one_line(done) == f"{archive} is there already. Choose another name, or say --force to replace it."
    assert archive.read_text() == "precious"
    assert place.db("backup", "--force", str(archive)).returncode == 0
    assert tarfile.is_tarfile(archive)
    for where in (tmp_path / "nowhere" / "backup.tar", Path("/proc/backup.tar")):
        done = place.db("backup", str(where))
        assert done.returncode == 1
        assert one_line(done).startswith(f"{where} can't be written: ")
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".limner-")] == []


def test_a_backup_of_nothing_is_one_line(tmp_path: Path) -> None:
    """Before the first request there is nothing to back up, and no file is made."""
    done = Place(tmp_path / "home", f"sqlite:///{tmp_path / 'limner.db'}").db("backup", str(tmp_path / "b.tar"))
    assert done.returncode == 1
    assert "There is no database" in one_line(done)
    assert not (tmp_path / "b.tar").exists()
    assert not (tmp_path / "limner.db").exists()


def test_a_damaged_file_is_not_backed_up(tmp_path: Path) -> None:
    """A file that is no database is told, and leaves no archive that looks like a backup."""
    (tmp_path / "limner.db").write_bytes(b"no database " * 1000)
    done = Place(tmp_path / "home", f"sqlite:///{tmp_path / 'limner.db'}").db("backup", str(tmp_path / "b.tar"))
    assert done.returncode == 1
    assert "file is not a database" in one_line(done)
    assert not (tmp_path / "b.tar").exists()


def test_a_missing_pg_dump_says_what_to_run(postgres: Server, tmp_path: Path) -> None:
    """Without pg_dump the line says what to install, or what to run on the server."""
    with postgres.database() as url:
        done = Place(tmp_path / "home", url).db("backup", str(tmp_path / "b.tar"), PATH="/nowhere")
    assert done.returncode == 1
    assert "pg_dump, which is missing here. sudo apt-get install postgresql-client" in one_line(done)


def test_the_password_is_in_no_argument(postgres: Server, tmp_path: Path) -> None:
    """What is called as pg_dump finds the password in its environment, and none in its arguments."""
    seen = tmp_path / "seen"
    fake = tmp_path / "bin" / "pg_dump"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\necho "$@" > {seen}\necho "$PGPASSWORD" > {seen}.password\nexit 3\n')
    fake.chmod(0o755)
    url = postgres.url("limner")
    done = Place(tmp_path / "home", url).db(
        "backup", str(tmp_path / "b.tar"), PATH=f"{fake.parent}:{os.environ['PATH']}"
    )
    assert done.returncode == 1
    assert "word:1" not in seen.read_text()
    assert Path(f"{seen}.password").read_text() == "p@ss/word:1\n"
    assert "p@ss" not in one_line(done)
