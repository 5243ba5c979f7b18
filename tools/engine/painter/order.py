"""Who goes next at the meeting, and how many together."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.engine.painter.meeting import Call

# A moment's wait for those who have just been served costs at most this share of a step, and this long.
PATIENCE_SHARE = 0.2
LONGEST_PATIENCE_S = 0.02
SMOOTHING = 0.3


@dataclass(eq=False, slots=True)
class Guest:
    """One request at the meeting.

    Attributes:
        priority: 0 goes before 1, whatever else.
        left: Steps that it has still to make, times `step_work`.
        step_work: What one of its steps counts: pixels, for instance.
        adapters: Names and weights of the LoRAs that it paints with.
        since_s: When it came.
        served_s: Seconds of the device that it had so far.
        away: It was served and has not come back yet.
        stopped: It was cancelled.
    """

    id: str
    left: float
    since_s: float
    step_work: float = 1.0
    priority: int = 0
    adapters: Hashable = ()
    served_s: float = 0.0
    away: bool = False
    stopped: bool = False


class Order:
    """Shortest remaining first, with ageing: who has waited as long as their picture takes goes before all new ones.

    Shortest remaining processing time has the least mean waiting time of all orders (Schrage, 1968). It may starve long
    jobs; here a request's waiting is taken off what is left of it, so that it is outrun for about its own length only.

    Args:
        cap: How many calls of a key may run together.
    """

    def __init__(self, cap: Callable[["Call"], int]) -> None:
        self._cap = cap
        self._pace_s = 0.0
        self.patience_s = 0.0

    def choose(self, waiting: Sequence["Call"], now_s: float) -> list["Call"]:
        """The call that is next, and those that can run with it, in order of their turn."""
        in_turn = sorted(waiting, key=lambda call: self._rank(call, now_s))
        together = [call for call in in_turn if call.key == in_turn[0].key]
        return together[: max(self._cap(in_turn[0]), 1)]

    def served(self, group: Sequence["Call"], seconds: float) -> None:
        """Learn from calls that ran together how long a step takes."""
        self.patience_s = min(seconds * PATIENCE_SHARE, LONGEST_PATIENCE_S)
        for call in group:
            call.guest.served_s += seconds
            if call.work:
                pace_s = seconds / len(group) / call.work
                self._pace_s += (pace_s - self._pace_s) * (SMOOTHING if self._pace_s else 1.0)

    def _rank(self, call: "Call", now_s: float) -> tuple[int, bool, float, float]:
        """Reading words and decoding are short, and begin or end a picture: they go before steps."""
        guest = call.guest
        waited_s = now_s - guest.since_s - guest.served_s
        return guest.priority, call.work > 0, guest.left * self._pace_s - waited_s, guest.since_s
