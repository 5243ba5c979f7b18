"""What chat platforms need: the way from a message there to its job, and adapters' own notes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add an index and a table; no row changes."""
    op.create_index("jobs_by_post", "jobs", ["adapter", "posted_as"])
    op.create_table(
        "notes",
        sa.Column("adapter", sa.String(64), nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("adapter", "key"),
    )
