"""How many samples of a model pay off together on this device: a step-time curve, measured once and kept."""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

import platformdirs

BATCHES = (1, 2, 4, 8, 16)
# A bigger batch must finish so many more samples a second than the one below it, or it only makes people wait.
GAIN = 1.05


def measure(step_s: Callable[[int], float]) -> dict[int, float]:
    """Seconds that a step takes for each batch size, up to the first that does not pay off.

    Args:
        step_s: Makes a step of that many samples and says how long it took. Memory may run out: RuntimeError.
    """
    curve = {BATCHES[0]: step_s(BATCHES[0])}
    for smaller, bigger in pairwise(BATCHES):
        with contextlib.suppress(RuntimeError):
            curve[bigger] = step_s(bigger)
        if bigger not in curve or not _pays(curve, smaller, bigger):
            break
    return curve


def cap_of(curve: Mapping[int, float]) -> int:
    """The largest batch that still brings so many more samples a second than the one below it."""
    best = BATCHES[0]
    for smaller, bigger in pairwise(BATCHES):
        if bigger not in curve or not _pays(curve, smaller, bigger):
            break
        best = bigger
    return best


class Curves:
    """Curves by model, size and device, in a folder, so that a restarted painter measures nothing again."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or Path(platformdirs.user_cache_dir("limner")) / "curves"
        self._known: dict[str, dict[int, float]] = {}

    def find(self, what: str) -> dict[int, float] | None:
        """The curve of a model, size and device; None where none was measured, or it can't be read any more."""
        if what not in self._known:
            with contextlib.suppress(OSError, ValueError, AttributeError):
                kept = json.loads(self._path(what).read_text(encoding="utf-8"))
                self._known[what] = {int(batch): float(seconds) for batch, seconds in kept["step_s"].items()}
        return self._known.get(what)

    def keep(self, what: str, curve: Mapping[int, float]) -> None:
        """Keep a curve, whole or not at all; a folder that can't be written only costs measuring it again."""
        self._known[what] = dict(curve)
        path = self._path(what)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_suffix(f".{os.getpid()}")
            beside.write_text(json.dumps({"of": what, "step_s": dict(curve)}), encoding="utf-8")
            beside.replace(path)

    def _path(self, what: str) -> Path:
        return self._folder / f"{hashlib.sha256(what.encode()).hexdigest()[:16]}.json"


def _pays(curve: Mapping[int, float], smaller: int, bigger: int) -> bool:
    return bigger / curve[bigger] >= GAIN * smaller / curve[smaller]
