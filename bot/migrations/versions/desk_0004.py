"""What support desks need: drafts, who has a conversation, and the record."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add three tables; no row changes."""
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(32), sa.ForeignKey("jobs.id"), primary_key=True),
        sa.Column("adapter", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(255), nullable=False),
        sa.Column("customer", sa.String(255), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("draft", sa.JSON, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
    )
    op.create_index("drafts_by_status", "drafts", ["status", "created_at"])
    op.create_index("drafts_of_conversation", "drafts", ["adapter", "conversation"])
    op.create_table(
        "silences",
        sa.Column("adapter", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(255), nullable=False),
        sa.Column("person", sa.String(255), nullable=False),
        sa.Column("since", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("adapter", "conversation"),
    )
    op.create_table(
        "desk_events",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("adapter", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(255), nullable=False),
        sa.Column("customer", sa.String(255), nullable=False, server_default=""),
        sa.Column("job_id", sa.String(32)),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("who", sa.String(255), nullable=False, server_default=""),
        sa.Column("data", sa.JSON, nullable=False, server_default="{}"),
    )
    op.create_index("desk_events_by_time", "desk_events", ["at"])
    op.create_index("desk_events_of_conversation", "desk_events", ["adapter", "conversation", "id"])
    op.create_index("desk_events_of_customer", "desk_events", ["adapter", "customer"])
