"""Which revision a database's tables are at; read at every start, so that nothing heavy is imported for it."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import sqlalchemy as sa

import bot.knowledge.tables  # noqa: F401 - they belong to the metadata too
from bot import migrations
from bot.tables import metadata

# Alembic's own table, as it makes it.
version = sa.Table(
    "alembic_version",
    sa.MetaData(),
    sa.Column("version_num", sa.String(32), nullable=False),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """Revisions from the first to that of bot/tables.py, and the folders that hold their migrations."""

    revisions: tuple[str, ...]
    folders: tuple[Path, ...]

    @property
    def head(self) -> str:
        """The revision that this program works on."""
        return self.revisions[-1]


LINE = Line(migrations.REVISIONS, (migrations.FOLDER / "versions",))


class Standing(Enum):
    """How a database stands to this program."""

    EMPTY = "no tables"
    UNNAMED = "tables without a revision"
    OLDER = "an older revision"
    CURRENT = "this program's revision"
    NEWER = "a revision that this program doesn't know"


@dataclass(frozen=True, slots=True)
class Found:
    """What `look` saw; `revision` is empty where none is written down."""

    standing: Standing
    revision: str = ""


def look(connection: sa.Connection, line: Line = LINE) -> Found:
    """How a database stands; changes nothing."""
    tables = set(sa.inspect(connection).get_table_names())
    named = connection.execute(sa.select(version.c.version_num)).scalar() if version.name in tables else None
    if named is None:
        return Found(Standing.UNNAMED if tables & set(metadata.tables) else Standing.EMPTY)
    if named == line.head:
        return Found(Standing.CURRENT, named)
    return Found(Standing.OLDER if named in line.revisions else Standing.NEWER, named)


def create(connection: sa.Connection, line: Line = LINE) -> None:
    """Make all tables at once, as the migrations would one after the other."""
    metadata.create_all(connection)
    stamp(connection, line)


def stamp(connection: sa.Connection, line: Line = LINE) -> None:
    """Write down that the tables are this program's."""
    version.create(connection, checkfirst=True)
    connection.execute(version.delete())
    connection.execute(version.insert().values(version_num=line.head))
