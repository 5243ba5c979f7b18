"""What Alembic runs for every command: the migrations, on the connection that it was handed."""

from alembic import context

from bot.tables import metadata


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether the metadata should know it: indexes of words (bot/knowledge/tables.py) are made beside it."""
    return kind != "table" or not str(name).startswith(("passage_index", "passage_vocabulary"))


# SQLite can't change a column: the table is copied, changed and put in its place.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_name=_is_ours,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
