"""Who goes next at the meeting, how many together, and when everybody is likely to be done."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.engine.painter.calls import Call

# A moment's wait for those who have just been served costs at most this share of what it brings, and this long.
PATIENCE_SHARE = 0.5
LONGEST_PATIENCE_S = 0.02
# Where nobody knows what it brings: this share of a step.
USUAL_SHARE = 0.2
# Whoever has at most so many times as much left as the one whose turn it is shares their steps in any case; others do
# where that makes a step at most so much slower.
ALIKE = 2.5
SLOWER = 1.25
SMOOTHING = 0.3


@dataclass(eq=False, slots=True)
class Guest:
    """One request at the meeting.

    Attributes:
        left: Steps that it has still to make, times `step_work`.
        since_s: When it came, or is taken to have come.
        step_work: What one of its steps counts: pixels, for instance.
        model: What it paints with.
        adapters: Names and weights of the LoRAs that it paints with.
        served_s: Seconds that the device worked for it so far, alone or with others.
        beside_s: Its share of those that were no steps: reading words and decoding.
        kind: Key of its last step; the next one is likely to be of the same.
        away: It was served and has not come back yet.
        stopped: It was cancelled.
    """

    id: str
    left: float
    since_s: float
    step_work: float = 1.0
    model: str = ""
    adapters: tuple[tuple[str, float], ...] = ()
    served_s: float = 0.0
    beside_s: float = 0.0
    kind: Hashable = None
    away: bool = False
    stopped: bool = False


@dataclass(slots=True)
class Tempo:
    """What one model's pictures take, smoothed over the last ones.

    Attributes:
        shared_s: Seconds of the device for each unit of work, where several share a step.
        step_s: Seconds that a request waits for each unit of its work while it is served.
        beside_s: Seconds of a picture that are no steps.
    """

    shared_s: float
    step_s: float
    beside_s: float = 0.0


class Order:
    """Shortest remaining first, with ageing: who has waited as long as their picture takes goes before all new ones.

    Shortest remaining processing time has the least mean waiting time of all orders (Schrage, 1968). It may starve long
    jobs; here a request's waiting is taken off what is left of it, so that it is outrun for about its own length only.

    Sharing steps makes all faster together and the first of them slower; who has little left is spared that for the
    sake of those who have much.

    Args:
        cap: How many calls like this one may run together.
        takes_s: Seconds that so many of them take together; None where that is not known.
    """

    def __init__(
        self, cap: Callable[["Call"], int], takes_s: Callable[["Call", int], float | None] = lambda *_: None
    ) -> None:
        self._cap = cap
        self._takes_s = takes_s
        self._tempos: dict[str, Tempo] = {}
        self._step_s = 0.0
        self._calls = self._steps = 0

    @property
    def mean_batch(self) -> float:
        """How many steps were made together, on average."""
        return self._steps / self._calls if self._calls else 0.0

    def choose(self, waiting: Sequence["Call"], now_s: float) -> list["Call"]:
        """The call that is next, and those that can run with it, in order of their turn."""
        in_turn = sorted(waiting, key=lambda call: self._turn(call, now_s))
        first = in_turn[0]
        alike = [call for call in in_turn if call.key == first.key][: self._room(first)]
        if not first.work:
            return alike
        close = [call for call in alike if call.guest.left <= ALIKE * first.guest.left]
        return close + [call for call in alike if call not in close][: self._harmless(first, len(close), len(alike))]

    def _harmless(self, call: "Call", some: int, most: int) -> int:
        """How many more may share the steps of so many without making them much slower."""
        usual_s = self._takes_s(call, some)
        if usual_s is None:
            return most - some
        slower = [(self._takes_s(call, number) or 0.0) <= SLOWER * usual_s for number in range(some + 1, most + 1)]
        return slower.index(False) if False in slower else len(slower)

    def patience_s(self, group: Sequence["Call"], away: Sequence[Guest], now_s: float) -> float:
        """How long a group should wait for those who are about to come back: to be more, or to let them go first."""
        usual_s = self._step_s * USUAL_SHARE
        likes = ALIKE * group[0].guest.left
        more = sum(guest.kind == group[0].key and guest.left <= likes for guest in away)
        more = min(more, self._room(group[0]) - len(group))
        wait_s = 0.0
        if more > 0:
            saved_s = self._saved_s(group[0], len(group), more)
            wait_s = usual_s if saved_s is None else max(saved_s, 0.0) * PATIENCE_SHARE
        first = self._turn(group[0], now_s)
        if any((True, *self._rank(guest, now_s)) < first for guest in away):
            wait_s = max(wait_s, usual_s)
        return min(wait_s, LONGEST_PATIENCE_S)

    def served(self, group: Sequence["Call"], seconds: float) -> None:
        """Learn from calls that ran together how long they take."""
        if group[0].work:
            self._calls += 1
            self._steps += len(group)
        for call in group:
            call.guest.served_s += seconds
            if call.work:
                self._step_s, call.guest.kind = seconds, call.key
                self._learn(call.guest.model, seconds / call.work, seconds / len(group) / call.work)
            else:
                call.guest.beside_s += seconds / len(group)

    def done(self, guest: Guest) -> None:
        """Learn from a picture that is finished what it took besides its steps."""
        if tempo := self._tempos.get(guest.model):
            tempo.beside_s = _smoothed(tempo.beside_s, guest.beside_s)

    def before(self, guest: Guest, others: Iterable[Guest], now_s: float) -> list[Guest]:
        """Those of the others whose turn comes first, as things stand."""
        own = self._rank(guest, now_s)
        return [one for one in others if one is not guest and self._rank(one, now_s) < own]

    def estimate_s(self, guest: Guest, ahead: Iterable[Guest]) -> float | None:
        """Seconds until a request is likely to be done behind those ahead; None before anything was measured."""
        tempo = self._tempos.get(guest.model)
        if tempo is None:
            return None
        queue_s = sum(self._share_s(one) for one in (*ahead, guest))
        return max(queue_s, guest.left * tempo.step_s + max(tempo.beside_s - guest.beside_s, 0.0))

    def _saved_s(self, call: "Call", some: int, more: int) -> float | None:
        """What is saved when so many run together with so many more, instead of one lot after the other."""
        times_s = [self._takes_s(call, number) for number in (some, more, some + more)]
        if times_s[0] is None or times_s[1] is None or times_s[2] is None:
            return None
        return times_s[0] + times_s[1] - times_s[2]

    def _share_s(self, guest: Guest) -> float:
        tempo = self._tempos.get(guest.model)
        return guest.left * tempo.shared_s + max(tempo.beside_s - guest.beside_s, 0.0) if tempo else 0.0

    def _learn(self, model: str, step_s: float, shared_s: float) -> None:
        tempo = self._tempos.setdefault(model, Tempo(shared_s, step_s))
        tempo.step_s = _smoothed(tempo.step_s, step_s)
        tempo.shared_s = _smoothed(tempo.shared_s, shared_s)

    def _room(self, call: "Call") -> int:
        return max(self._cap(call), 1)

    def _turn(self, call: "Call", now_s: float) -> tuple[bool, float, float]:
        """Reading words and decoding are short, and begin or end a picture: they go before steps."""
        return call.work > 0, *self._rank(call.guest, now_s)

    def _rank(self, guest: Guest, now_s: float) -> tuple[float, float]:
        tempo = self._tempos.get(guest.model)
        waited_s = now_s - guest.since_s - guest.served_s
        return guest.left * (tempo.shared_s if tempo else 0.0) - waited_s, guest.since_s


def _smoothed(before: float, now: float) -> float:
    return before + (now - before) * SMOOTHING if before else now
