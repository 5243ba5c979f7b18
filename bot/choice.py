"""How the best of several candidates came out: what the judge says of each, and which one was kept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """What the judge says of one candidate.

    Attributes:
        seed: The candidate's.
        consistency: 0 to 1; how well it shows what the prompt says.
        quality: 0 to 1; how well it is made, whatever it shows.
        missing: What a look at it did not find, one sentence each; None where nobody looked.
    """

    seed: int
    consistency: float
    quality: float
    missing: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """How a picture was chosen among candidates.

    Attributes:
        judge: Who scored them; empty where nobody did, and then the figures say nothing.
        weight: Lambda: the score is consistency + weight * quality.
        scores: Of all candidates, in the order in which they were painted.
        chosen: Index of the one that was kept.
        rounds: How often it was painted again after a look at it.
        notes: What the asker is told of it, one sentence each.
    """

    judge: str
    weight: float
    scores: tuple[Score, ...]
    chosen: int
    rounds: int = 0
    notes: tuple[str, ...] = ()
