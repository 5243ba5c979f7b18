"""Backups: the database as it stands at one moment, while Limner works on, and the pictures that it names."""

import asyncio
import os
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing, suppress
from pathlib import Path

import sqlalchemy as sa

from bot.database import SQLITE_BUSY_MS, find_address, place
from bot.errors import StoreError

PART = ".limner-"  # how the names of files begin that are still being written
BY_HAND = "pg_dump --format=custom --file=limner.dump NAME"


async def back_up(url: str, gallery: Path, to: Path, *, pictures: bool, overwrite: bool) -> int:
    """Write an archive with `limner.db` or `limner.dump`, and `gallery/`; it is there whole or not at all.

    Args:
        url: The database.
        gallery: The folder of the pictures.
        to: The archive, a tar file.
        pictures: Whether the pictures belong to it.
        overwrite: Whether a file in its place may go.

    Returns:
        How many pictures it holds.

    Raises:
        StoreError: The database can't be read, `to` is there or can't be written, or pg_dump is missing.
    """
    address = find_address(url)
    if not overwrite:
        _refuse_replacing(to)
    try:
        with tempfile.TemporaryDirectory(dir=to.parent, prefix=PART) as folder:
            # The database first: whatever picture it names is in the folder by then.
            dump = await _dump(address, Path(folder))
            part = Path(folder) / "archive"
            count = await asyncio.to_thread(_pack, part, dump, gallery if pictures else None)
            part.replace(to)
    except OSError as error:
        raise StoreError(
            f"{to} can't be written: {error.strerror or error}", "Choose a place with room that you may write to."
        ) from error
    return count


async def copy_sqlite(file: Path, to: Path) -> None:
    """A copy of an SQLite file, whole or not at all, while others may read and write it.

    Raises:
        StoreError: It can't be read, or the copy not be written.
    """
    try:
        await asyncio.to_thread(_copy, file, to)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(
            f"{file} can't be copied to {to.name}: {error}", "Is the disk full, or the file damaged?"
        ) from error


def _copy(file: Path, to: Path) -> None:
    part = to.with_name(f"{PART}{to.name}")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)) as connection:
            connection.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_MS}")
            connection.execute("VACUUM INTO ?", (str(part),))
        part.chmod(0o600)
        _sync(part)
        part.replace(to)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def sqlite_file(address: sa.URL) -> Path | None:
    """The file of an SQLite database, where there is one already."""
    file = Path(address.database or "")
    return file if file.is_file() else None


def _refuse_replacing(file: Path) -> None:
    if file.exists():
        raise StoreError(f"{file} is there already", "Choose another name, or say --force to replace it.")


async def _dump(address: sa.URL, folder: Path) -> Path:
    if address.get_backend_name() == "postgresql":
        return await _dump_postgres(address, folder / "limner.dump")
    file = sqlite_file(address)
    if file is None:
        raise StoreError(f"There is no database {place(address)} yet", "It is made by the first request.")
    await copy_sqlite(file, folder / "limner.db")
    return folder / "limner.db"


async def _dump_postgres(address: sa.URL, to: Path) -> Path:
    program = shutil.which("pg_dump")
    if program is None:
        raise StoreError(
            "A PostgreSQL database is backed up by pg_dump, which is missing here",
            f"sudo apt-get install postgresql-client, or on the server: {BY_HAND}",
        )
    command = [program, "--format=custom", "--no-owner", "--no-password", f"--file={to}"]
    process = await asyncio.create_subprocess_exec(
        *command, env=os.environ | libpq_environment(address), stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    if process.returncode:
        words = said.decode(errors="replace").strip().splitlines() or ["it failed"]
        raise StoreError(f"The database can't be backed up: {words[0]}", f"Or on the server itself: {BY_HAND}")
    return to


def libpq_environment(address: sa.URL) -> dict[str, str]:
    """The address for PostgreSQL's own programs; in the environment, since arguments can be read by everybody."""
    given = {
        "PGHOST": address.host or address.query.get("host"),
        "PGPORT": address.port or address.query.get("port"),
        "PGUSER": address.username or address.query.get("user"),
        "PGPASSWORD": address.password,
        "PGDATABASE": address.database,
        "PGSSLMODE": address.query.get("ssl"),
    }
    return {name: str(value) for name, value in given.items() if value}


def _pack(to: Path, dump: Path, gallery: Path | None) -> int:
    count = 0
    with tarfile.open(to, "w") as archive:
        archive.add(dump, dump.name)
        dump.unlink()
        for file in sorted(gallery.rglob("*")) if gallery else ():
            if file.is_file() and not file.name.startswith(PART):
                with suppress(FileNotFoundError):  # deleted just now
                    archive.add(file, Path("gallery") / file.relative_to(gallery or file))
                    count += 1
    to.chmod(0o600)
    _sync(to)
    return count


def _sync(file: Path) -> None:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
