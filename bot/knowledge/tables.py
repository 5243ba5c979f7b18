"""The knowledge's tables, which belong to bot/tables.py's; how its words are indexed differs between the databases."""

from typing import Any

import sqlalchemy as sa

from bot.tables import metadata

documents = sa.Table(
    "documents",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    # A path, a URL, or 'conversation'.
    sa.Column("source", sa.String(2048), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("version", sa.String(64), nullable=False),
    # 'ready' counts in search; 'waiting' for somebody's approval and 'rejected' don't.
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("changed_at", sa.Float, nullable=False),
)

passages = sa.Table(
    "passages",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String(32), nullable=False, unique=True),
    sa.Column("document_id", sa.String(32), sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("headings", sa.JSON, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Index("passages_of_document", "document_id", "number"),
)

figures = sa.Table(
    "figures",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("passage", sa.Integer, sa.ForeignKey("passages.seq", ondelete="CASCADE"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("caption", sa.Text, nullable=False),
    sa.Column("is_screenshot", sa.Boolean, nullable=False),
    sa.Index("figures_of_passage", "passage", "number"),
)

# Tokens of what counts in search, with a space between; a passage that has no row here is not found.
passage_words = sa.Table(
    "passage_words",
    metadata,
    sa.Column("passage", sa.Integer, sa.ForeignKey("passages.seq", ondelete="CASCADE"), primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("headings", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)

# float32, of length 1, one after the other.
passage_vectors = sa.Table(
    "passage_vectors",
    metadata,
    sa.Column("passage", sa.Integer, sa.ForeignKey("passages.seq", ondelete="CASCADE"), primary_key=True),
    sa.Column("model", sa.String(255), primary_key=True),
    sa.Column("vector", sa.LargeBinary, nullable=False),
)

# By dialect; these are made beside the metadata. Our tokens are taken as they stand: only a space separates them.
INDEXES = {
    "sqlite": (
        "CREATE VIRTUAL TABLE passage_index USING fts5(title, headings, text, content='passage_words',"
        " content_rowid='passage', tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'\")",
        "CREATE VIRTUAL TABLE passage_vocabulary USING fts5vocab(passage_index, 'row')",
        "CREATE TRIGGER passage_indexed AFTER INSERT ON passage_words BEGIN INSERT INTO"
        " passage_index (rowid, title, headings, text) VALUES (new.passage, new.title, new.headings, new.text); END",
        "CREATE TRIGGER passage_left AFTER DELETE ON passage_words BEGIN INSERT INTO passage_index"
        " (passage_index, rowid, title, headings, text) VALUES"
        " ('delete', old.passage, old.title, old.headings, old.text); END",
    ),
    "postgresql": (
        "CREATE TABLE passage_index (passage integer PRIMARY KEY REFERENCES passage_words ON DELETE CASCADE,"
        " title text[] NOT NULL, headings text[] NOT NULL, words text[] NOT NULL)",
        "CREATE INDEX passages_by_word ON passage_index USING gin (words)",
        "CREATE FUNCTION index_passage() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO passage_index VALUES"
        " (new.passage, string_to_array(new.title, ' '), string_to_array(new.headings, ' '), string_to_array("
        "concat_ws(' ', new.title, new.headings, new.text), ' ')); RETURN NULL; END $$",
        "CREATE TRIGGER passage_indexed AFTER INSERT ON passage_words FOR EACH ROW EXECUTE FUNCTION index_passage()",
    ),
}
_DROPS = {
    "sqlite": ("DROP TABLE passage_vocabulary", "DROP TABLE passage_index"),
    "postgresql": ("DROP TABLE passage_index", "DROP FUNCTION index_passage CASCADE"),
}
_index: Any = sa.DDL  # untyped in SQLAlchemy
for _event, _statements in (("after_create", INDEXES), ("before_drop", _DROPS)):
    for _dialect, _lines in _statements.items():
        for _line in _lines:
            sa.event.listen(passage_words, _event, _index(_line).execute_if(dialect=_dialect))
