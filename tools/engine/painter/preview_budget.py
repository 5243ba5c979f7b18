"""What previews may cost: a share of the time that a painter paints, held by all requests together."""

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from tools.engine.painter import device as devices

if TYPE_CHECKING:
    import torch

SAVED_S = 2.0
"""Painting time at most whose share may be saved up, so that a quiet hour is not followed by a burst."""


class Budget:
    """Time spent on previews against time painted; any thread may call it.

    Args:
        now: Seconds that have passed since whenever.
    """

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self.now = now
        self._lock = threading.Lock()
        self._cost_s = 0.0
        self._counted_to_s = float("-inf")
        # Painting time of which the share is not spent yet; below 0 when more was spent than was saved.
        self._left_s = 0.0

    def painted(self, since_s: float, until_s: float) -> None:
        """A request was painting between these moments. What several paint at the same time counts once."""
        with self._lock:
            fresh_s = max(until_s - max(since_s, self._counted_to_s), 0.0)
            self._counted_to_s = max(until_s, self._counted_to_s)
            self._left_s += fresh_s

    def take(self, share: float) -> float | None:
        """What the next preview is likely to cost in seconds, taken from the budget; None where it is too dear."""
        with self._lock:
            dear_s = self._cost_s / share
            self._left_s = min(self._left_s, max(SAVED_S, dear_s))
            if self._left_s < dear_s:
                return None
            self._left_s -= dear_s
            return self._cost_s

    def spent(self, taken_s: float, cost_s: float, share: float) -> None:
        """A preview for which `taken_s` were taken cost `cost_s`."""
        with self._lock:
            self._left_s -= (cost_s - taken_s) / share
            self._cost_s = cost_s


def stopwatch(device: "torch.device") -> Callable[[], float]:
    """Begin to measure a piece of work; what comes back tells, at its end, the seconds that it took from the device.

    On a CPU that is this thread's own time: the threads of an operation work as long as the one that began it.
    """
    import torch

    if device.type == "cuda":
        event: Callable[..., torch.cuda.Event] = torch.cuda.Event
        begun, ended = event(enable_timing=True), event(enable_timing=True)
        begun.record()

        def between() -> float:
            ended.record()
            ended.synchronize()
            return float(begun.elapsed_time(ended)) / 1000

        return between
    if device.type == "cpu":
        begun_s = time.thread_time()
        return lambda: time.thread_time() - begun_s
    devices.wait(device)
    begun_s = time.perf_counter()

    def until_idle() -> float:
        devices.wait(device)
        return time.perf_counter() - begun_s

    return until_idle
