"""How many calls of a kind may run together: measured when the first two of them meet, and kept."""

import os
import platform
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import torch

from tools.engine.painter import device as devices
from tools.engine.painter.curve import BATCHES, Curves, at, cap_of, measure

if TYPE_CHECKING:
    from tools.engine.painter.calls import Call

# Short calls are measured more often, since a moment's load on the machine weighs more on them.
_RUNS = (3, 12)
_ENOUGH_S = 0.3


class Caps:
    """The caps of one device.

    One request alone needs no cap, so that nothing is measured before two meet: a picture that nobody shares the
    painter with is not kept waiting for figures that it has no use for.

    Args:
        device: What is measured.
        curves: Keeps what was measured.
        alone: Nobody shares a call, so that a picture never depends on company, not even in its last bit.
    """

    def __init__(self, device: torch.device, curves: Curves | None = None, *, alone: bool = False) -> None:
        machine = f"{devices.name_of(device)} {platform.machine()} {os.cpu_count()} cores"
        self._machine = f"{machine} {torch.get_num_threads()} threads torch {torch.__version__}"
        self._device = device
        self._curves = curves or Curves()
        self._alone = alone
        self._lowered: dict[str, int] = {}

    def __call__(self, call: "Call") -> int:
        """The cap of calls like this one; the largest there is where none was measured yet."""
        if self._alone:
            return 1
        what = self._what(call)
        curve = self._curves.find(what)
        cap = cap_of(curve) if curve else BATCHES[-1]
        return min(cap, self._lowered.get(what, cap))

    def measure(self, call: "Call", run: Callable[[int], Any]) -> None:
        """Measure calls like this one, unless that was done.

        Args:
            call: One that waits.
            run: Makes that call so many times over, in one.
        """
        what = self._what(call)
        if self._alone or self._curves.find(what):
            return
        self._curves.keep(what, measure(lambda batch: self._least_s(run, batch)))

    def takes_s(self, call: "Call", number: int) -> float | None:
        """Seconds that so many calls like this one take together; None where nothing was measured."""
        curve = self._curves.find(self._what(call))
        return at(curve, number) if curve else None

    def lower(self, call: "Call", failed: int) -> None:
        """So many together were too many for the memory."""
        self._lowered[self._what(call)] = max(failed // 2, 1)

    def _least_s(self, run: Callable[[int], Any], batch: int) -> float:
        least, most = _RUNS
        times_s: list[float] = []
        while len(times_s) < least or (len(times_s) < most and sum(times_s) < _ENOUGH_S):
            times_s.append(self._timed(run, batch))
        return min(times_s)

    def _timed(self, run: Callable[[int], Any], batch: int) -> float:
        devices.wait(self._device)
        begun_s = time.perf_counter()
        run(batch)
        devices.wait(self._device)
        return time.perf_counter() - begun_s

    def _what(self, call: "Call") -> str:
        loras = len(call.seat.worn(call.guest))
        return f"{call.seat.name}{f' with {loras} LoRAs' * bool(loras)} {call.share.size} on {self._machine}"
