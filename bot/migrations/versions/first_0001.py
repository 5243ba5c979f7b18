"""The first release: jobs, what was said, and the pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table, those that others refer to first."""
    _jobs()
    _processes()
    _uploads()
    _pictures()
    _progress()
    _turns()
    _preferences()
    _uses()


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("seq", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("adapter", sa.String(64), nullable=False),
        sa.Column("event_id", sa.String(255), nullable=False),
        sa.Column("conversation", sa.String(512), nullable=False),
        sa.Column("user", sa.String(255), nullable=False),
        sa.Column("home", sa.String(32)),
        sa.Column("message", sa.JSON, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16), server_default="done", nullable=False),
        sa.Column("text", sa.Text, server_default="", nullable=False),
        sa.Column("notes", sa.JSON, server_default="[]", nullable=False),
        sa.Column("tag", sa.Float, nullable=False),
        sa.Column("admitted", sa.Boolean, server_default=sa.false(), nullable=False),
        sa.Column("owner", sa.String(32)),
        sa.Column("fence", sa.Integer, server_default="0", nullable=False),
        sa.Column("tries", sa.Integer, server_default="0", nullable=False),
        sa.Column("available_at", sa.Float, server_default="0", nullable=False),
        sa.Column("posted_as", sa.String(255)),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("adapter", "event_id", name="one_job_an_event"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("jobs_in_line", "jobs", ["state", "tag", "seq"])
    op.create_index("jobs_of_conversation", "jobs", ["conversation", "seq"])
    op.create_index("jobs_of_user", "jobs", ["user", "tag"])
    op.create_index(
        "jobs_served", "jobs", ["tag"], sqlite_where=sa.text("admitted"), postgresql_where=sa.text("admitted")
    )
    op.create_index(
        "one_turn_a_conversation",
        "jobs",
        ["conversation"],
        unique=True,
        sqlite_where=sa.text("state = 'received' AND owner IS NOT NULL"),
        postgresql_where=sa.text("state = 'received' AND owner IS NOT NULL"),
    )


def _processes() -> None:
    op.create_table(
        "processes",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("alive_until", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("owner", sa.String(320), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("attachment", sa.JSON, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("owner", "sha256"),
    )


def _pictures() -> None:
    op.create_table(
        "pictures",
        sa.Column("seq", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("job_id", sa.String(32), nullable=False),
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("plan", sa.JSON, nullable=False),
        sa.Column("held", sa.Boolean, server_default=sa.false(), nullable=False),
        sa.Column("parent", sa.String(32)),
        sa.Column("team", sa.String(320)),
        sa.Column("sha256", sa.String(64)),
        sa.Column("seconds", sa.Float),
        sa.Column("choice", sa.JSON),
        sa.Column("kept_at", sa.Float),
        sa.Column("painter_deaths", sa.Integer, server_default="0", nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("deleted_at", sa.Float),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"]),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("job_id", "call_id", "number", name="one_picture_a_plan"),
    )
    op.create_index("pictures_by_content", "pictures", ["sha256"])
    op.create_index("pictures_of_team", "pictures", ["team", "seq"])


def _progress() -> None:
    op.create_table(
        "progress",
        sa.Column("job_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("progress", sa.JSON, nullable=False),
        sa.Column("preview", sa.LargeBinary),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"]),
        sa.PrimaryKeyConstraint("job_id"),
    )


def _turns() -> None:
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("job_id", sa.String(32), nullable=False),
        sa.Column("conversation", sa.String(512), nullable=False),
        sa.Column("user", sa.String(255), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("message", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("job_id", "key", name="one_turn_a_key"),
    )
    op.create_index("turns_of_conversation", "turns", ["conversation", "user", "id"])


def _preferences() -> None:
    op.create_table(
        "preferences",
        sa.Column("scope", sa.String(512), nullable=False),
        sa.Column("preferences", sa.JSON, nullable=False),
        sa.Column("changed_at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("scope"),
    )


def _uses() -> None:
    op.create_table(
        "uses",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("picture_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(["picture_id"], ["pictures.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("picture_id", "kind", name="one_use_a_kind"),
    )
