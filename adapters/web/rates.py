"""How often somebody may do something: token buckets for each person, and growing delays after wrong passphrases."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

Clock = Callable[[], float]
MOST_REMEMBERED = 10_000
FREE_FAILURES = 3
FIRST_DELAY_S = 1.0
LONGEST_DELAY_S = 300.0
FORGET_AFTER_S = 3600.0


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at_s: float


class Buckets:
    """A token bucket for each name: `a_minute` at once, and as many again within a minute.

    Args:
        clock: Seconds that never go back.
    """

    def __init__(self, a_minute: int, clock: Clock) -> None:
        self._size = float(a_minute)
        self._rate = a_minute / 60
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, name: str) -> float:
        """Take one token; 0 where there was one, else the seconds until there is."""
        now_s = self._clock()
        bucket = self._buckets.setdefault(name, _Bucket(self._size, now_s))
        bucket.tokens = min(self._size, bucket.tokens + (now_s - bucket.filled_at_s) * self._rate)
        bucket.filled_at_s = now_s
        _keep_latest(self._buckets, name)
        if bucket.tokens < 1:
            return (1 - bucket.tokens) / self._rate
        bucket.tokens -= 1
        return 0.0


@dataclass(slots=True)
class _Record:
    failures: int = 0
    failed_at_s: float = 0.0


class Delays:
    """How long an address must wait after failures: three are free, then 1 s, 2 s, 4 s up to 5 minutes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._records: OrderedDict[str, _Record] = OrderedDict()

    def wait_s(self, name: str) -> float:
        """Seconds that this one must still wait; 0 when it may try."""
        record = self._records.get(name)
        if record is None or record.failures < FREE_FAILURES:
            return 0.0
        delay_s = min(FIRST_DELAY_S * 2.0 ** min(record.failures - FREE_FAILURES, 30), LONGEST_DELAY_S)
        return max(0.0, record.failed_at_s + delay_s - self._clock())

    def failed(self, name: str) -> None:
        """Count one more failure; an hour without any forgets the earlier ones."""
        record = self._records.setdefault(name, _Record())
        if self._clock() - record.failed_at_s > FORGET_AFTER_S:
            record.failures = 0
        record.failures += 1
        record.failed_at_s = self._clock()
        _keep_latest(self._records, name)

    def succeeded(self, name: str) -> None:
        """Forget the failures."""
        self._records.pop(name, None)


def _keep_latest(remembered: OrderedDict[str, _Bucket] | OrderedDict[str, _Record], name: str) -> None:
    """Who was not seen for longest is forgotten first, so that made-up names can't fill the memory."""
    remembered.move_to_end(name)
    if len(remembered) > MOST_REMEMBERED:
        remembered.popitem(last=False)
