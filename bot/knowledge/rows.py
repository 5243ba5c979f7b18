"""Documents and passages as rows of the database: written in the caller's transaction, and read."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.knowledge.chunks import Chunk
from bot.knowledge.passage import Figure, Passage
from bot.knowledge.tables import documents, figures, passage_vectors, passage_words, passages
from bot.knowledge.tokens import tokens_of

READY, WAITING, REJECTED = "ready", "waiting", "rejected"
MANY = 500
"""Values that one statement may name."""


@dataclass(frozen=True, slots=True)
class Document:
    """What the knowledge has of one document.

    Attributes:
        source: A path, a URL, or 'conversation'.
        version: sha256 of it as it was read.
        status: 'ready', or 'waiting' for approval, or 'rejected'; only what is ready is found.
        passages: How many it has.
    """

    id: str
    source: str
    title: str
    url: str
    language: str
    version: str
    status: str
    passages: int = 0


def short_hash(*parts: str) -> str:
    """An id that the same parts always give."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


async def documents_where(connection: AsyncConnection, *conditions: sa.ColumnElement[bool]) -> list[Document]:
    """Documents, by source and title."""
    count = sa.select(sa.func.count()).where(passages.c.document_id == documents.c.id).scalar_subquery()
    columns = [column for column in documents.c if column is not documents.c.changed_at]
    query = sa.select(*columns, count.label("passages")).where(*conditions)
    rows = await connection.execute(query.order_by(documents.c.source, documents.c.title, documents.c.id))
    return [Document(**row) for row in rows.mappings()]


def at_or_below(source: str) -> sa.ColumnElement[bool]:
    """Documents from that source, or from a folder of that path."""
    below = documents.c.source.startswith(f"{source.rstrip('/')}/", autoescape=True)
    return (documents.c.source == source) | (below if source.startswith("/") else sa.false())


async def document_by(connection: AsyncConnection, document_id: str) -> Document | None:
    """The document with that id."""
    return next(iter(await documents_where(connection, documents.c.id == document_id)), None)


async def write(
    connection: AsyncConnection, document: Document, chunks: Sequence[tuple[Chunk, tuple[Figure, ...]]], now: Any
) -> None:
    """Put a document in the place of what was there of it: passages that are the same keep their ids and vectors."""
    before = await document_by(connection, document.id)
    values = {name: getattr(document, name) for name in ("source", "title", "url", "language", "version", "status")}
    if before is None:
        await connection.execute(documents.insert().values(values | {"id": document.id, "changed_at": now}))
    else:
        row = documents.update().where(documents.c.id == document.id)
        await connection.execute(row.values(values | {"changed_at": now}))
        if before.title != document.title:  # it is a part of what vectors were made of
            mine = sa.select(passages.c.seq).where(passages.c.document_id == document.id)
            await connection.execute(passage_vectors.delete().where(passage_vectors.c.passage.in_(mine)))
    named = _named(document, chunks)
    kept = await _kept(connection, document, set(named))
    for number, (passage_id, (chunk, pictures)) in enumerate(named.items()):
        seq = kept.get(passage_id)
        if seq is None:
            new = {"id": passage_id, "document_id": document.id, "number": number, "headings": list(chunk.headings)}
            done = await connection.execute(passages.insert().values(new | {"text": chunk.text}))
            seq = int(done.inserted_primary_key[0]) if done.inserted_primary_key else 0
        else:
            await connection.execute(passages.update().where(passages.c.seq == seq).values(number=number))
        await _illustrate(connection, seq, pictures)
    await index(connection, document)


async def index(connection: AsyncConnection, document: Document) -> None:
    """Let a document's passages be found if it is ready, by the words that they have now, and else not."""
    mine = sa.select(passages.c.seq).where(passages.c.document_id == document.id)
    await connection.execute(passage_words.delete().where(passage_words.c.passage.in_(mine)))
    if document.status != READY:
        return
    captions: dict[int, str] = {}
    for seq, caption in await connection.execute(
        sa.select(figures.c.passage, figures.c.caption).where(figures.c.passage.in_(mine)).order_by(figures.c.number)
    ):
        captions[seq] = f"{captions.get(seq, '')}\n{caption}"
    rows = await connection.execute(sa.select(passages).where(passages.c.document_id == document.id))
    title = " ".join(tokens_of(document.title))
    words = [
        {
            "passage": row["seq"],
            "title": title,
            "headings": " ".join(tokens_of("\n".join(row["headings"]))),
            "text": " ".join(tokens_of(row["text"] + captions.get(row["seq"], ""))),
        }
        for row in rows.mappings()
    ]
    if words:
        await connection.execute(passage_words.insert(), words)


async def read(connection: AsyncConnection, condition: sa.ColumnElement[bool]) -> dict[int, Passage]:
    """Passages with their figures, by row number, in the order of their documents."""
    query = sa.select(passages, documents).join(documents, documents.c.id == passages.c.document_id)
    query = query.where(condition).set_label_style(sa.LABEL_STYLE_TABLENAME_PLUS_COL)
    rows = list((await connection.execute(query.order_by(passages.c.document_id, passages.c.number))).mappings())
    shown: dict[int, tuple[Figure, ...]] = {}
    pictures = sa.select(figures).where(figures.c.passage.in_([row["passages_seq"] for row in rows]))
    for row in (await connection.execute(pictures.order_by(figures.c.number))).mappings():
        figure = Figure(row["id"], row["sha256"], row["caption"], row["is_screenshot"])
        shown[row["passage"]] = (*shown.get(row["passage"], ()), figure)
    return {row["passages_seq"]: _passage(row, shown.get(row["passages_seq"], ())) for row in rows}


def _passage(row: Any, shown: tuple[Figure, ...]) -> Passage:
    of_document = {name: row[f"documents_{name}"] for name in ("source", "title", "url", "version", "language")}
    headings = tuple(row["passages_headings"])
    ids = {"id": row["passages_id"], "document_id": row["passages_document_id"]}
    return Passage(**ids, **of_document, headings=headings, text=row["passages_text"], figures=shown)


def _named(
    document: Document, chunks: Iterable[tuple[Chunk, tuple[Figure, ...]]]
) -> dict[str, tuple[Chunk, tuple[Figure, ...]]]:
    """Each by its id: that of the document, where it stands and what it says; a text that comes again is counted."""
    named: dict[str, tuple[Chunk, tuple[Figure, ...]]] = {}
    for chunk, pictures in chunks:
        again = 0
        while (passage_id := short_hash(document.id, *chunk.headings, "", chunk.text, str(again))) in named:
            again += 1
        named[passage_id] = chunk, pictures
    return named


async def _kept(connection: AsyncConnection, document: Document, named: set[str]) -> dict[str, int]:
    """Row numbers of passages that stay; the others go, with all that hangs on them."""
    query = sa.select(passages.c.id, passages.c.seq).where(passages.c.document_id == document.id)
    stood = {str(passage_id): int(seq) for passage_id, seq in await connection.execute(query)}
    gone = [seq for passage_id, seq in stood.items() if passage_id not in named]
    for at in range(0, len(gone), MANY):
        await connection.execute(passages.delete().where(passages.c.seq.in_(gone[at : at + MANY])))
    return {passage_id: seq for passage_id, seq in stood.items() if passage_id in named}


async def _illustrate(connection: AsyncConnection, seq: int, pictures: tuple[Figure, ...]) -> None:
    await connection.execute(figures.delete().where(figures.c.passage == seq))
    for number, figure in enumerate(pictures):
        values = {"sha256": figure.sha256, "caption": figure.caption, "is_screenshot": figure.is_screenshot}
        figure_id = short_hash(str(seq), str(number), figure.sha256)
        await connection.execute(figures.insert().values(values | {"id": figure_id, "passage": seq, "number": number}))
