"""`python -m bot.migrations "what changes"`: a new revision, from what the tables have and the last one lacks."""

import sys

import sqlalchemy as sa
from alembic import command

from bot.migrations.runner import configuration, to_head
from bot.schema import LINE, Line


def main(message: str, line: Line = LINE) -> None:
    """Write the file of the next revision into the last folder of the line."""
    with sa.create_engine("sqlite://").begin() as connection:
        to_head(connection, line)
        command.revision(
            configuration(connection, line),
            message,
            autogenerate=True,
            head=line.head,
            rev_id=f"{len(line.revisions) + 1:04}",
            version_path=str(line.folders[-1]),
        )


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
