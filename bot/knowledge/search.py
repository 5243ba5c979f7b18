"""Finds passages by words: the database's index gives candidates, and BM25F in Python puts them in order.

Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), section 3.6: what stands in the
title and in headings weighs more. Both databases give the same order, since one formula decides.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.knowledge.tables import passage_words, passages
from bot.knowledge.tokens import Term

CANDIDATES = 200
SEEDS = 30_000
"""Rows that the index may be asked for; the commonest words of a question beyond them only help in the order."""
WEIGHTS = {"title": 3.0, "headings": 2.0, "text": 1.0}
K1, B = 1.6, 0.6
SAME_LANGUAGE = 1.15

_COUNTS = {
    "sqlite": "SELECT term, doc FROM passage_vocabulary WHERE term IN (SELECT value FROM json_each(:tokens))",
    "postgresql": "SELECT token, count(*) FROM unnest(CAST(:tokens AS text[])) AS token"
    " JOIN passage_index ON words @> ARRAY[token] GROUP BY token",
}
_CANDIDATES = {
    "sqlite": "SELECT rowid FROM passage_index WHERE passage_index MATCH :query"
    " ORDER BY bm25(passage_index, 3.0, 2.0, 1.0), rowid LIMIT :limit",
    "postgresql": "SELECT passage FROM unnest(CAST(:tokens AS text[]), CAST(:weights AS float8[]))"
    " AS asked(token, weight) JOIN passage_index ON words @> ARRAY[token] GROUP BY passage ORDER BY sum(weight *"
    " (1 + 2 * (token = ANY(title))::int + (token = ANY(headings))::int)) DESC, passage LIMIT :limit",
}


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare tokens are.

    Attributes:
        passages: How many there are.
        counts: In how many of them each token stands; none where it isn't known.
    """

    passages: int
    counts: Mapping[str, int]

    def count(self, term: Term) -> int:
        """In how many passages a term stands, at most."""
        return max(min(self.counts.get(token, 0) for token in option) for option in term.options)

    def weight(self, count: int) -> float:
        """Inverse document frequency, more than 0."""
        total = max(self.passages, count)
        return math.log(1 + (total - count + 0.5) / (count + 0.5))


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage's row number, how well it fits, and how much of the question it covers."""

    seq: int
    score: float
    covered: float


async def find(connection: AsyncConnection, terms: Sequence[Term], also: Iterable[int] = ()) -> list[Scored]:
    """The passages that fit best, best first; those of the rows `also` are scored with them, though with 0."""
    tokens = sorted({token for term in terms for option in term.options for token in option})
    if not tokens:
        return []
    rarity = await _rarity(connection, tokens)
    seqs = {*await _candidates(connection, rarity), *also}
    query = sa.select(passage_words).where(passage_words.c.passage.in_(seqs))
    rows = [dict(row) for row in (await connection.execute(query)).mappings()]
    return sorted(_scored(rows, terms, rarity, set(tokens)), key=lambda one: (-one.score, one.seq))


async def _rarity(connection: AsyncConnection, tokens: list[str]) -> Rarity:
    dialect = connection.dialect.name
    if dialect == "postgresql":
        # Its planner can't know how rare a token in an unnested array is, and would read the whole table for each.
        await connection.execute(sa.text("SELECT set_config('enable_seqscan', 'off', true)"))
    asked: Any = json.dumps(tokens) if dialect == "sqlite" else tokens
    rows = await connection.execute(sa.text(_COUNTS[dialect]), {"tokens": asked})
    counts = {str(token): int(count) for token, count in rows}
    total = (await connection.execute(sa.select(sa.func.count()).select_from(passages))).scalar_one()
    return Rarity(int(total), counts)


async def _candidates(connection: AsyncConnection, rarity: Rarity) -> list[int]:
    seeds: list[str] = []
    rows = 0
    for count, token in sorted((count, token) for token, count in rarity.counts.items()):
        rows += count
        if seeds and rows > SEEDS:
            break
        seeds.append(token)
    if not seeds:
        return []
    values: dict[str, Any] = {"limit": CANDIDATES}
    if connection.dialect.name == "sqlite":
        values["query"] = " OR ".join(f'"{token}"' for token in seeds)
    else:
        values |= {"tokens": seeds, "weights": [rarity.weight(rarity.counts[token]) for token in seeds]}
    found = await connection.execute(sa.text(_CANDIDATES[connection.dialect.name]), values)
    return [int(seq) for seq in found.scalars()]


def _scored(rows: list[dict[str, Any]], terms: Sequence[Term], rarity: Rarity, tokens: set[str]) -> Iterable[Scored]:
    lengths = {row["passage"]: row["text"].count(" ") + 1 for row in rows}
    usual = sum(lengths.values()) / max(len(lengths), 1)
    weights = [rarity.weight(max(rarity.count(term), 1)) for term in terms]
    counted = _counted(terms, rarity)
    asked = sum(weight for weight, counts in zip(weights, counted, strict=True) if counts)
    for row in rows:
        often = _often(row, tokens, 1 - B + B * lengths[row["passage"]] / usual)
        found = [sum(min(often[token] for token in option) for option in term.options) for term in terms]
        score = sum(
            term.weight * weight * often_here / (K1 + often_here)
            for term, weight, often_here in zip(terms, weights, found, strict=True)
        )
        covered = sum(weight for weight, counts, here in zip(weights, counted, found, strict=True) if counts and here)
        yield Scored(row["passage"], score, covered / asked if asked else 0.0)


def _often(row: Mapping[str, Any], tokens: set[str], long: float) -> Counter[str]:
    """How often each token stands in a passage, what is in its title and headings counting more."""
    often: Counter[str] = Counter()
    for field, weight in WEIGHTS.items():
        for token in row[field].split(" "):
            if token in tokens:
                often[token] += weight / (long if field == "text" else 1)  # type: ignore[assignment]
    return often


def _counted(terms: Sequence[Term], rarity: Rarity) -> list[bool]:
    """Which terms count in what is covered: not the pair of signs that only two neighbouring words make.

    Such a pair is far rarer than both of its neighbours: 器密 in 路由器密码. A word that the knowledge lacks is not
    taken for one, since the pairs beside it are lacking, too.
    """
    counts = [rarity.count(term) for term in terms]
    found = [term.counts for term in terms]
    for at in range(1, len(terms) - 1):
        if terms[at].run == terms[at - 1].run == terms[at + 1].run >= 0:
            found[at] = found[at] and 2 * counts[at] >= min(counts[at - 1], counts[at + 1])
    return found if any(found) else [True] * len(terms)
