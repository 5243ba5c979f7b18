"""The team's knowledge: documents put in, approved, listed and removed, and passages found in them."""

import asyncio
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import log
from bot.errors import LimnerError, RequestError
from bot.fetch import Fetcher
from bot.gallery import Gallery
from bot.knowledge.chunks import cut
from bot.knowledge.conversations import SOURCE, Pair
from bot.knowledge.images import Images
from bot.knowledge.language import told
from bot.knowledge.meanings import other_words
from bot.knowledge.parsed import Parsed
from bot.knowledge.passage import Hit, Passage
from bot.knowledge.ranking import fused, together
from bot.knowledge.reading import PICTURES, decoded, read, read_picture
from bot.knowledge.rows import (
    MANY,
    READY,
    REJECTED,
    WAITING,
    Document,
    at_or_below,
    document_by,
    documents_where,
    index,
    short_hash,
    write,
)
from bot.knowledge.rows import read as read_rows
from bot.knowledge.search import SAME_LANGUAGE, find
from bot.knowledge.sources import Source, found_at, load, place_of
from bot.knowledge.tables import documents, passages
from bot.knowledge.tokens import terms_of
from bot.knowledge.vectors import Vectors, open_vectors
from bot.store import Store

if TYPE_CHECKING:
    from bot.settings import Settings

MOST_HITS = 50
LONGEST_QUESTION = 2_000
"""Characters that are read of a question."""

_log = log.get("knowledge")


@dataclass(slots=True)
class Report:
    """What adding did: names of sources, and a line for each that could not be read."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class Library:
    """The knowledge in one database, its pictures in the gallery.

    Args:
        vectors: Finds passages by meaning too.
        fetcher: For pages that are added by their address.
    """

    def __init__(
        self, store: Store, gallery: Gallery, *, vectors: Vectors | None = None, fetcher: Fetcher | None = None
    ) -> None:
        self._store = store
        self._vectors = vectors
        self._fetcher = fetcher or Fetcher()
        self._images = Images(gallery, self._fetcher)

    async def search(self, question: str, limit: int = 5, language: str = "") -> list[Hit]:
        """The passages that fit a question best, best first; none where they share nothing with it.

        Args:
            question: In anybody's own words.
            limit: 1 to 50.
            language: Of two passages that fit alike, one in this language goes first; ISO 639-1.
        """
        own = terms_of(question[:LONGEST_QUESTION])
        terms = [*own, *other_words(question[:LONGEST_QUESTION], own)]
        near = await self._vectors.nearest(question, MOST_HITS) if self._vectors and question.strip() else []
        async with self._store.read() as connection:
            scored = {one.seq: one for one in await find(connection, terms, near)}
            best = fused(list(scored.values()), near, MOST_HITS) if near else list(scored.values())[:MOST_HITS]
            found = await read_rows(connection, passages.c.seq.in_([one.seq for one in best]))
        hits = [Hit(found[one.seq], one.score, one.covered) for one in best if one.seq in found and one.score > 0]
        if language:
            hits = [
                replace(hit, score=hit.score * (SAME_LANGUAGE if hit.passage.language == language else 1.0))
                for hit in hits
            ]
        return sorted(together(hits), key=lambda hit: -hit.score)[:limit]

    async def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Passages by their ids; those that are gone are missing."""
        async with self._store.read() as connection:
            found = await read_rows(connection, passages.c.id.in_(list(ids)))
        return {passage.id: passage for passage in found.values()}

    async def add(self, place: str | Path, *, prune: bool = False, url_base: str = "") -> Report:
        """Read a file, a folder or a page into the knowledge; what has not changed since is left as it is.

        Each document is a transaction, so that whatever stops this leaves whole ones.

        Args:
            place: A path or a URL.
            prune: Remove documents of that folder, or that file, that are not there any more.
            url_base: Address that paths within the folder are appended to, for documents that don't tell theirs.

        Raises:
            RequestError: There is nothing to read at that place, or the only document there can't be read.
        """
        name = place_of(str(place))
        sources = await asyncio.to_thread(found_at, name, prune=prune)
        report = Report()
        for source in sources:
            try:
                getattr(report, await self._add(source, url_base)).append(source.name)
            except RequestError as error:
                if len(sources) == 1:
                    raise
                report.problems.append(f"{source.name}: {error}")
        if prune:
            report.removed = await self._prune(name, {source.name for source in sources})
        await self.fill()
        return report

    async def put(self, document: Parsed, source: str, url: str = "", *, status: str = READY, version: str = "") -> str:
        """Put a document in, in the place of what came from that source before; its id.

        Args:
            document: Pictures without data are left out.
            source: A path or a URL; 'conversation' for pairs of question and answer, which each stay.
            url: Where a customer can read it.
            status: 'waiting' for one that somebody must approve before it counts.
            version: sha256 of what it was read from; empty takes that of its words.
        """
        words = "\0".join([document.title, *(" / ".join(one.headings) for one in document.sections), document.text])
        version = version or hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
        document_id = short_hash(source, *([document.text] if source == SOURCE else []))
        row = Document(
            document_id,
            source,
            document.title,
            url or document.url,
            document.language or told(document.text),
            version,
            status,
        )
        chunks = await self._images.keep(cut(await self._images.read(document, None, "")))
        async with self._store.write() as connection:
            await write(connection, row, chunks, self._store.clock())
        return document_id

    async def documents(self, status: str = "") -> list[Document]:
        """All documents, or those with a status, by source and title."""
        async with self._store.read() as connection:
            return await documents_where(connection, *([documents.c.status == status] if status else []))

    async def remove(self, name: str) -> list[Document]:
        """Remove the document with that id, or all from that path (also of a folder) or URL.

        Returns:
            What was removed.

        Raises:
            RequestError: There is none.
        """
        mine = (documents.c.id == name) | (documents.c.source == name) | at_or_below(place_of(name))
        async with self._store.write() as connection:
            found = await documents_where(connection, mine)
            if not found:
                raise RequestError(f"The knowledge has no document '{name}'", "`limner knowledge list` names them.")
            await connection.execute(documents.delete().where(mine))
        return found

    async def approve(self, document_id: str) -> Document:
        """Let a document that waits count in search from now on. Raises RequestError where none waits by that id."""
        async with self._store.write() as connection:
            document = replace(await _waiting(connection, document_id), status=READY)
            row = documents.update().where(documents.c.id == document.id)
            await connection.execute(row.values(status=READY, changed_at=self._store.clock()))
            await index(connection, document)
        await self.fill()
        return document

    async def reject(self, document_id: str) -> Document:
        """Drop what a waiting document says; the same pair doesn't come back. Raises RequestError where none waits."""
        async with self._store.write() as connection:
            document = await _waiting(connection, document_id)
            await connection.execute(passages.delete().where(passages.c.document_id == document.id))
            row = documents.update().where(documents.c.id == document.id)
            await connection.execute(row.values(status=REJECTED, changed_at=self._store.clock()))
        return document

    async def add_conversations(self, pairs: Iterable[Pair]) -> list[str]:
        """Keep pairs of question and answer until somebody approves them; ids of those that are new."""
        async with self._store.read() as connection:
            known = {one.id for one in await documents_where(connection, documents.c.source == SOURCE)}
        new = []
        for pair in pairs:
            document = pair.document()
            if (document_id := short_hash(SOURCE, document.text)) not in known:
                known.add(document_id)
                new.append(await self.put(document, SOURCE, pair.url, status=WAITING))
        return new

    async def _add(self, source: Source, url_base: str) -> str:
        """What became of one source: 'added', 'changed' or 'unchanged'."""
        data, name = await load(source, self._fetcher)
        caption = b""
        if source.file and source.file.suffix.lower() in PICTURES:
            caption, _ = await load(replace(source, file=source.file.with_suffix(".txt")), self._fetcher)
        version = _sha256(data, caption)
        async with self._store.read() as connection:
            before = await document_by(connection, short_hash(source.name))
        url = source.url(url_base) or (before.url if before else "")
        if before and (before.version, before.url) == (version, url):
            return "unchanged"
        if caption:
            document = read_picture(data, decoded(caption), name)
        else:
            document = await asyncio.to_thread(read, data, name)
        filled = await self._images.read(document, source.folder, "" if source.file else source.name)
        if any(not image.data for image in document.images):
            version = _sha256(data, *(image.data for image in filled.images))
        url = document.url or url
        if before and (before.version, before.url) == (version, url):
            return "unchanged"
        await self.put(filled, source.name, url, version=version)
        return "changed" if before else "added"

    async def _prune(self, place: str, there: set[str]) -> list[str]:
        async with self._store.write() as connection:
            gone = [one for one in await documents_where(connection, at_or_below(place)) if one.source not in there]
            for at in range(0, len(gone), MANY):
                ids = [one.id for one in gone[at : at + MANY]]
                await connection.execute(documents.delete().where(documents.c.id.in_(ids)))
        return [one.source for one in gone]

    async def fill(self) -> None:
        """Get the vectors that are missing, such as after `put`; while their server is away, words find what is new."""
        try:
            await self._vectors.fill() if self._vectors else None
        except LimnerError as error:
            _log.warning("new passages are found by words alone for now: %s", error)


async def _waiting(connection: AsyncConnection, document_id: str) -> Document:
    found = await document_by(connection, document_id)
    if found is None or found.status != WAITING:
        raise RequestError(f"No document '{document_id}' waits", "`limner knowledge list --waiting` names them.")
    return found


def open_library(store: Store, gallery: Gallery, settings: "Settings") -> Library:
    """The knowledge as the settings want it."""
    fetcher = Fetcher(own=settings.knowledge.networks)
    return Library(store, gallery, vectors=open_vectors(store, settings), fetcher=fetcher)


def _sha256(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()
