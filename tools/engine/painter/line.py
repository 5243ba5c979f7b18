"""Who waits, who is being painted, and what each of them is told of when they will be done."""

import bisect
import time
from collections.abc import Iterable

from bot.tasks import Queued
from tools.engine.painter.job import Job
from tools.engine.painter.order import Order


class Line:
    """The painter's line and those that left it to be painted. Belongs to the event loop.

    Args:
        order: Knows how long pictures take.

    Attributes:
        waiting: In the order they will be begun: by arrival, what can wait as if it had come later.
        running: Those that are painted, or whose model is being loaded.
    """

    def __init__(self, order: Order) -> None:
        self._order = order
        self.waiting: list[Job] = []
        self.running: list[Job] = []

    def join(self, job: Job) -> None:
        """Take a job in."""
        bisect.insort(self.waiting, job, key=lambda other: other.guest.since_s)
        self._tell(self.waiting[self.waiting.index(job) :])

    def leave(self, job: Job) -> bool:
        """Let go of a job that waits; False if it doesn't."""
        if job not in self.waiting:
            return False
        self.waiting.remove(job)
        self._tell(self.waiting)
        return True

    def begin(self, job: Job) -> None:
        """A job's turn has come."""
        self.waiting.remove(job)
        self.running.append(job)
        self._tell(self.waiting)

    def put_back(self, job: Job) -> None:
        """A job must be begun again, before all others."""
        self.running.remove(job)
        self.waiting.insert(0, job)
        self._tell(self.waiting)

    def end(self, job: Job) -> None:
        """A job is over, however it went."""
        self.running = [other for other in self.running if other is not job]

    def clear(self) -> list[Job]:
        """Let go of all; those that are being painted stay until they end."""
        gone, self.waiting = [*self.waiting, *self.running], []
        return gone

    def left_s(self, job: Job) -> float | None:
        """Seconds until a job that is being painted is likely to be done; None before anything was measured."""
        guests = [other.guest for other in self.running]
        return _rounded(self._order.estimate_s(job.guest, self._order.before(job.guest, guests, time.monotonic())))

    def next_s(self) -> float | None:
        """Seconds until one more may be taken in: when the first of those that are painted is likely to be done."""
        ends = [seconds for job in self.running if (seconds := self.left_s(job)) is not None]
        return min(ends, default=None)

    def _tell(self, jobs: Iterable[Job]) -> None:
        for job in jobs:
            place = self.waiting.index(job)
            ahead = [other.guest for other in (*self.running, *self.waiting[:place])]
            job.tell(Queued(place + 1, _rounded(self._order.estimate_s(job.guest, ahead))))


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 2)
