"""How many samples of a model pay off together on this device: a step-time curve, measured once and kept."""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import platformdirs

BATCHES = (1, 2, 4, 8, 16)
# A bigger batch must finish so many times the samples a second of the best one below it, or it only makes people wait.
GAIN = 1.05
PATIENCE = 2


def measure(step_s: Callable[[int], float]) -> dict[int, float]:
    """Seconds that a step takes for each batch size, until two in a row don't pay off (see `cap_of`).

    One alone says little: where a bigger batch is the first that is worth several threads, waking them costs more than
    it brings until there is still more to do.

    Args:
        step_s: Makes a step of that many samples and says how long it took. Memory may run out: RuntimeError.
    """
    curve = {BATCHES[0]: step_s(BATCHES[0])}
    failed = 0
    for batch in BATCHES[1:]:
        with contextlib.suppress(RuntimeError):
            curve[batch] = step_s(batch)
        failed = 0 if cap_of(curve) == batch else failed + 1
        if batch not in curve or failed == PATIENCE:
            break
    return curve


def cap_of(curve: Mapping[int, float]) -> int:
    """The largest batch that pays off: it finishes more samples a second than any smaller one."""
    best = BATCHES[0]
    for batch in sorted(curve):
        if batch / curve[batch] >= GAIN * best / curve[best]:
            best = batch
    return best


def at(curve: Mapping[int, float], batch: int) -> float:
    """Seconds that a step takes for any number of samples: on the straight line between those that were measured."""
    known = sorted(curve)
    above = next((one for one in known if one >= batch), known[-1])
    below = next((one for one in reversed(known) if one < above), above)
    if above == below or batch >= above:
        return curve[above] * max(batch / above, 1.0)
    return curve[below] + (curve[above] - curve[below]) * (batch - below) / (above - below)


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
