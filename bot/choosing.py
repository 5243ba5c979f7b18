"""Best of n: which seeds the candidates of a picture have, which one is kept, and how long choosing may take."""

from collections.abc import Callable, Sequence

from bot.choice import Score
from bot.limits import MAX_COUNT, MAX_SEED
from bot.messages import Plan


def seed_of(plan: Plan, number: int) -> int:
    """The seed of a candidate: the plan's own for number 0, then `MAX_COUNT` on for each.

    The pictures of one request have seeds one after the other, so none is a candidate of two of them. Rounds of
    revision go on counting after the candidates.
    """
    return (plan.seed + number * MAX_COUNT) % (MAX_SEED + 1)


def total(score: Score, weight: float) -> float:
    """What decides: consistency + weight * quality."""
    return score.consistency + weight * score.quality


def best(scores: Sequence[Score], weight: float) -> int:
    """Index of the highest score, the earlier one's where two are equal."""
    return max(range(len(scores)), key=lambda index: total(scores[index], weight))


class Budget:
    """Seconds that may be spent on a picture beyond painting it once; what has begun is brought to its end.

    Args:
        seconds: So many.
        clock: Seconds that only go forward.
    """

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._ends = clock() + seconds
        self.ran_out = False

    def allows_more(self) -> bool:
        """Whether something more may begin; asked only when there is more to do."""
        self.ran_out = self.ran_out or self._clock() >= self._ends
        return not self.ran_out
