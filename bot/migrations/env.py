"""What Alembic runs for every command: the migrations, on the connection that it was handed."""

from alembic import context

from bot.tables import metadata

# SQLite can't change a column: the table is copied, changed and put in its place.
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
