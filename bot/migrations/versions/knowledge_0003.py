"""The knowledge: documents, their passages with words, figures and vectors, and an index of the words."""

import sqlalchemy as sa
from alembic import op

from bot.knowledge.tables import INDEXES

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add tables; no row changes. Whoever changes `INDEXES` later puts a copy of what it is today here."""
    op.create_table(
        "documents",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("source", sa.String(2048), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("changed_at", sa.Float, nullable=False),
    )
    op.create_table(
        "passages",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("document_id", sa.String(32), sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("headings", sa.JSON, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("passages_of_document", "passages", ["document_id", "number"])
    _of_passages()
    for statement in INDEXES[op.get_bind().dialect.name]:
        op.execute(statement)


def _of_passages() -> None:
    op.create_table(
        "figures",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("passage", sa.Integer, sa.ForeignKey("passages.seq", ondelete="CASCADE"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("caption", sa.Text, nullable=False),
        sa.Column("is_screenshot", sa.Boolean, nullable=False),
    )
    op.create_index("figures_of_passage", "figures", ["passage", "number"])
    op.create_table(
        "passage_words",
        sa.Column("passage", sa.Integer, sa.ForeignKey("passages.seq", ondelete="CASCADE"), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("headings", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "passage_vectors",
        sa.Column("passage", sa.Integer, sa.ForeignKey("passages.seq", ondelete="CASCADE"), primary_key=True),
        sa.Column("model", sa.String(255), primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
