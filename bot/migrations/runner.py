"""Alembic at work: bringing tables to the last revision, and comparing them with bot/tables.py."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from bot.migrations import FOLDER
from bot.schema import Line
from bot.tables import metadata


def configuration(connection: sa.Connection, line: Line) -> Config:
    """What Alembic's commands need: no file, and a connection whose transaction is the caller's."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", _escaped(FOLDER))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("file_template", "%%(slug)s_%%(rev)s")  # a module's name starts with no digit
    config.set_main_option("version_locations", "\n".join(map(_escaped, line.folders)))
    return config


def to_head(connection: sa.Connection, line: Line) -> None:
    """Carry out all migrations that are still missing."""
    command.upgrade(configuration(connection, line), line.head)


def differences(connection: sa.Connection) -> list[str]:
    """In which ways Limner's tables are not those of bot/tables.py, a phrase each; others' tables don't count."""
    options = {"include_name": lambda name, kind, _parents: kind != "table" or name in metadata.tables}
    context = MigrationContext.configure(connection, opts=options)
    return [_phrase(step) for step in compare_metadata(context, metadata)]


def _escaped(folder: Path) -> str:
    return str(folder).replace("%", "%%")


def _phrase(step: Any) -> str:
    """One of Alembic's steps from what is there to what should be, said as what is wrong now."""
    if isinstance(step, list):  # changes of one column
        return _phrase(step[0])
    kind, *what = step
    if kind.startswith("modify_"):
        return f"other {kind.removeprefix('modify_')} of {what[1]}.{what[2]}"
    name = f"{what[1]}.{what[2].name}" if kind.endswith("column") else str(what[0].name)
    return f"{'missing' if kind.startswith('add_') else 'unknown'} {kind.partition('_')[2]} {name}"
