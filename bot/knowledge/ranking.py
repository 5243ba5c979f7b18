"""Puts what was found in order: by two orders in one, and by what else of a document fits."""

from dataclasses import replace

from bot.knowledge.passage import Hit
from bot.knowledge.search import Scored

BESIDE = 0.1
"""What the other passages of its document count beside a passage's own score."""
FUSION = 60
"""Constant of reciprocal rank fusion: Cormack, Clarke and Buettcher, SIGIR 2009."""


def together(hits: list[Hit]) -> list[Hit]:
    """A document of which several passages fit is the likelier to answer."""
    sums: dict[str, float] = {}
    for hit in hits:
        sums[hit.passage.document_id] = sums.get(hit.passage.document_id, 0.0) + hit.score
    return [replace(hit, score=(1 - BESIDE) * hit.score + BESIDE * sums[hit.passage.document_id]) for hit in hits]


def fused(scored: list[Scored], near: list[int], most: int) -> list[Scored]:
    """Two orders in one, by reciprocal ranks; of the words' order the first `most` count."""
    ranks = [[one.seq for one in scored if one.score > 0][:most], near]
    points: dict[int, float] = {}
    for order in ranks:
        for rank, seq in enumerate(order, 1):
            points[seq] = points.get(seq, 0.0) + 1 / (FUSION + rank)
    covered = {one.seq: one.covered for one in scored}
    return sorted(
        (Scored(seq, score, covered.get(seq, 0.0)) for seq, score in points.items()),
        key=lambda one: (-one.score, one.seq),
    )
