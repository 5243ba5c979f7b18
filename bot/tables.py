"""The database's tables: jobs are the truth, and everything else hangs on them."""

import sqlalchemy as sa

metadata = sa.MetaData()

# A process owns jobs only while it is alive; it says so every third of a lease.
processes = sa.Table(
    "processes",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("alive_until", sa.Float, nullable=False),
)

jobs = sa.Table(
    "jobs",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String(32), nullable=False, unique=True),
    sa.Column("adapter", sa.String(64), nullable=False),
    sa.Column("event_id", sa.String(255), nullable=False),
    sa.Column("conversation", sa.String(512), nullable=False),
    sa.Column("user", sa.String(255), nullable=False),
    sa.Column("home", sa.String(32)),
    sa.Column("message", sa.JSON, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("outcome", sa.String(16), nullable=False, server_default="done"),
    sa.Column("text", sa.Text, nullable=False, server_default=""),
    sa.Column("notes", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("tag", sa.Float, nullable=False),
    sa.Column("admitted", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("owner", sa.String(32)),
    sa.Column("fence", sa.Integer, nullable=False, server_default="0"),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("available_at", sa.Float, nullable=False, server_default="0"),
    sa.Column("posted_as", sa.String(255)),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.UniqueConstraint("adapter", "event_id", name="one_job_an_event"),
    sa.Index("jobs_in_line", "state", "tag", "seq"),
    sa.Index("jobs_of_conversation", "conversation", "seq"),
    sa.Index("jobs_of_user", "user", "tag"),
    # A message on the platform leads to what it answers.
    sa.Index("jobs_by_post", "adapter", "posted_as"),
    sa.Index(
        "jobs_served",
        "tag",
        sqlite_where=sa.text("admitted"),
        postgresql_where=sa.text("admitted"),
    ),
    # The lock on a conversation: at most one of its messages is being answered at a time.
    sa.Index(
        "one_turn_a_conversation",
        "conversation",
        unique=True,
        sqlite_where=sa.text("state = 'received' AND owner IS NOT NULL"),
        postgresql_where=sa.text("state = 'received' AND owner IS NOT NULL"),
    ),
)

# How far a job is, for pages that another process shows; a row lives as long as its job does.
progress = sa.Table(
    "progress",
    metadata,
    sa.Column("job_id", sa.String(32), sa.ForeignKey("jobs.id"), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("progress", sa.JSON, nullable=False),
    sa.Column("preview", sa.LargeBinary),
)

turns = sa.Table(
    "turns",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("job_id", sa.String(32), sa.ForeignKey("jobs.id"), nullable=False),
    sa.Column("conversation", sa.String(512), nullable=False),
    sa.Column("user", sa.String(255), nullable=False),
    sa.Column("key", sa.String(64), nullable=False),
    sa.Column("message", sa.JSON, nullable=False),
    # 'human', 'ai:N' for the N-th answer of the LLM, 'tool:CALL', 'end': saving the same thing again is refused.
    sa.UniqueConstraint("job_id", "key", name="one_turn_a_key"),
    sa.Index("turns_of_conversation", "conversation", "user", "id"),
)

# Who brought which picture: the same one may be brought by many, and each may use and see only their own.
uploads = sa.Table(
    "uploads",
    metadata,
    sa.Column("owner", sa.String(320), primary_key=True),
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("attachment", sa.JSON, nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
)

pictures = sa.Table(
    "pictures",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String(32), nullable=False, unique=True),
    sa.Column("job_id", sa.String(32), sa.ForeignKey("jobs.id"), nullable=False),
    sa.Column("call_id", sa.String(64), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("plan", sa.JSON, nullable=False),
    # Proposed, and painted only when the asker says so.
    sa.Column("held", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("parent", sa.String(32)),
    # Whose tastes are learned from it; none since that began anew.
    sa.Column("team", sa.String(320)),
    sa.Column("sha256", sa.String(64)),
    sa.Column("seconds", sa.Float),
    sa.Column("choice", sa.JSON),
    sa.Column("kept_at", sa.Float),
    sa.Column("painter_deaths", sa.Integer, nullable=False, server_default="0"),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("deleted_at", sa.Float),
    sa.UniqueConstraint("job_id", "call_id", "number", name="one_picture_a_plan"),
    sa.Index("pictures_by_content", "sha256"),
    sa.Index("pictures_of_team", "team", "seq"),
)

# What is set in a scope such as 'user:web/anna' (bot/preferences.py).
preferences = sa.Table(
    "preferences",
    metadata,
    sa.Column("scope", sa.String(512), primary_key=True),
    sa.Column("preferences", sa.JSON, nullable=False),
    sa.Column("changed_at", sa.Float, nullable=False),
)

# What was done with pictures: what a team's use teaches is counted from these; of a picture's the last one weighs.
uses = sa.Table(
    "uses",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("picture_id", sa.String(32), sa.ForeignKey("pictures.id"), nullable=False),
    # 'keep', 'reroll' or 'delete', once each a picture.
    sa.Column("kind", sa.String(16), nullable=False),
    sa.UniqueConstraint("picture_id", "kind", name="one_use_a_kind"),
)

# Small facts that adapters want to find again: what they have seen last, which commands a platform knows.
notes = sa.Table(
    "notes",
    metadata,
    sa.Column("adapter", sa.String(64), primary_key=True),
    sa.Column("key", sa.String(255), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("changed_at", sa.Float, nullable=False),
)

# What is proposed to a desk's customer, one for the job of the last message that it answers.
drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("id", sa.String(32), sa.ForeignKey("jobs.id"), primary_key=True),
    sa.Column("adapter", sa.String(64), nullable=False),
    sa.Column("conversation", sa.String(255), nullable=False),
    sa.Column("customer", sa.String(255), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("draft", sa.JSON, nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Index("drafts_by_status", "status", "created_at"),
    sa.Index("drafts_of_conversation", "adapter", "conversation"),
)

# Conversations of desks in which a person speaks, and Limner does not.
silences = sa.Table(
    "silences",
    metadata,
    sa.Column("adapter", sa.String(64), primary_key=True),
    sa.Column("conversation", sa.String(255), primary_key=True),
    sa.Column("person", sa.String(255), nullable=False),
    sa.Column("since", sa.Float, nullable=False),
)

# What happened at desks, for whoever has to answer for it.
desk_events = sa.Table(
    "desk_events",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("adapter", sa.String(64), nullable=False),
    sa.Column("conversation", sa.String(255), nullable=False),
    sa.Column("customer", sa.String(255), nullable=False, server_default=""),
    sa.Column("job_id", sa.String(32)),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("who", sa.String(255), nullable=False, server_default=""),
    sa.Column("data", sa.JSON, nullable=False, server_default="{}"),
    sa.Index("desk_events_by_time", "at"),
    sa.Index("desk_events_of_conversation", "adapter", "conversation", "id"),
    sa.Index("desk_events_of_customer", "adapter", "customer"),
)
