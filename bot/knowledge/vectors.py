"""Passages found by meaning: vectors from any OpenAI-compatible server, compared by their cosine."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from bot import log
from bot.errors import LimnerError
from bot.knowledge.rows import read
from bot.knowledge.tables import documents, passage_vectors, passage_words, passages
from bot.store import Store

if TYPE_CHECKING:
    import numpy as np

    from bot.settings import Settings

    Matrix = np.ndarray[Any, np.dtype[np.float32]]

BATCH = 64
LONGEST_CHARACTERS = 8_000
LOOPBACK = ("localhost", "127.0.0.1", "::1")

_log = log.get("knowledge")


class VectorsAway(LimnerError):
    """The server of embeddings can't be asked now, or answers with what is none."""


class Vectors:
    """The vectors of one model.

    All of them are kept in memory while they are searched, 4 bytes a dimension and passage, and read anew only when
    some were added or removed.

    Args:
        model: As the server names it.
        base_url: The server; empty is OpenAI's.
        timeout_s: For one call, its retries included.
    """

    def __init__(self, store: Store, model: str, base_url: str, api_key: str, timeout_s: float) -> None:
        self._store = store
        self._model = model
        self._base_url = base_url
        self._api_key = api_key
        self._timeout_s = timeout_s
        self._standing: tuple[int, float, int] = (0, 0.0, 0)
        self._seqs: list[int] = []
        self._matrix: Matrix | None = None

    async def fill(self) -> int:
        """Get the vectors that are missing for passages that count in search; how many those were.

        Raises:
            VectorsAway: The server can't be used; what was there before it failed is kept.
        """
        done = 0
        mine = (passage_vectors.c.passage == passage_words.c.passage) & (passage_vectors.c.model == self._model)
        query = sa.select(passage_words.c.passage).where(~sa.exists().where(mine)).limit(BATCH)
        while True:
            async with self._store.read() as connection:
                seqs = list((await connection.execute(query)).scalars())
                found = await read(connection, passages.c.seq.in_(seqs))
            if not found:
                return done
            texts = ["\n".join([one.title, *one.headings, one.text]) for one in found.values()]
            vectors = await self._embed(texts)
            rows = [
                {"passage": seq, "model": self._model, "vector": vector.tobytes()}
                for seq, vector in zip(found, vectors, strict=True)
            ]
            await self._keep(rows)
            done += len(rows)

    async def nearest(self, question: str, limit: int) -> list[int]:
        """Row numbers of the passages that mean most nearly the same, the nearest first; none while it is away."""
        try:
            asked = (await self._embed([question]))[0]
        except VectorsAway as error:
            _log.warning("passages are found by words alone: %s", error)
            return []
        await self._load(len(asked))
        if self._matrix is None:
            return []
        likeness = await asyncio.to_thread(self._matrix.__matmul__, asked)
        return [self._seqs[at] for at in likeness.argsort(kind="stable")[::-1][:limit]]

    async def _load(self, dimensions: int) -> None:
        import numpy as np

        mine = passage_vectors.c.model == self._model
        # Row numbers are given again after a removal, so they don't tell that another document is there now.
        changed = sa.select(sa.func.coalesce(sa.func.max(documents.c.changed_at), 0.0)).scalar_subquery()
        standing = sa.select(sa.func.count(), changed).where(mine)
        rows = sa.select(passage_vectors.c.passage, passage_vectors.c.vector).where(mine)
        rows = rows.join(passage_words, passage_words.c.passage == passage_vectors.c.passage)
        async with self._store.read() as connection:
            found = (await connection.execute(standing)).one()
            if (*found, dimensions) == self._standing:
                return
            vectors = [row for row in await connection.execute(rows) if len(row.vector) == 4 * dimensions]
        self._standing = found[0], found[1], dimensions
        self._seqs = [row.passage for row in vectors]
        data = b"".join(row.vector for row in vectors)
        self._matrix = np.frombuffer(data, np.float32).reshape(-1, dimensions) if vectors else None

    async def _embed(self, texts: Sequence[str]) -> "list[Matrix]":
        """Vectors of length 1."""
        import numpy as np
        from openai import AsyncOpenAI, DefaultAsyncHttpxClient, OpenAIError

        # A proxy of the environment's leads out of the house, where this machine's own addresses mean nothing.
        inside = urlsplit(self._base_url).hostname in LOOPBACK
        try:
            async with (
                asyncio.timeout(self._timeout_s),
                DefaultAsyncHttpxClient(trust_env=not inside) as http,
                AsyncOpenAI(
                    api_key=self._api_key, base_url=self._base_url or None, http_client=http, max_retries=1
                ) as client,
            ):
                short = [text[:LONGEST_CHARACTERS] for text in texts]
                answer = await client.embeddings.create(model=self._model, input=short, encoding_format="float")
            vectors = [np.asarray(one.embedding, np.float32) for one in sorted(answer.data, key=lambda one: one.index)]
            lengths = [float(np.linalg.norm(vector)) for vector in vectors]
        except (OpenAIError, TimeoutError, TypeError, ValueError, AttributeError) as error:
            reason = " ".join(f"{type(error).__name__} {error}".split())[:200]
            raise VectorsAway(f"The server of embeddings can't be used: {reason}", "Is it up?") from error
        if len(vectors) != len(texts) or not all(0 < length < float("inf") for length in lengths):
            raise VectorsAway("The server of embeddings sent something else than a vector a text")
        return [vector / np.float32(length) for vector, length in zip(vectors, lengths, strict=True)]

    async def _keep(self, rows: list[dict[str, Any]]) -> None:
        """Passages may have gone while their vectors were made, or another process been quicker."""
        async with self._store.write() as connection:
            seqs = [row["passage"] for row in rows]
            there = set(
                (await connection.execute(sa.select(passage_words.c.passage).where(passage_words.c.passage.in_(seqs))))
                .scalars()
                .all()
            )
            mine = (passage_vectors.c.model == self._model) & passage_vectors.c.passage.in_(seqs)
            await connection.execute(passage_vectors.delete().where(mine))
            if left := [row for row in rows if row["passage"] in there]:
                await connection.execute(passage_vectors.insert(), left)


def open_vectors(store: Store, settings: "Settings") -> Vectors | None:
    """What the settings want; None where passages are found by words alone."""
    model = settings.knowledge.embeddings.removeprefix("openai:")
    if not model:
        return None
    key = settings.openai_api_key.get_secret_value() or "none"
    return Vectors(store, model, settings.openai_base_url, key, settings.knowledge.embeddings_timeout_s)
