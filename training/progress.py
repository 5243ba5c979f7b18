"""Says how far a run is: one line redrawn on a terminal, a plain line now and then elsewhere."""

import sys
import time
from types import TracebackType

_BAR = 24
_PLAIN_EVERY_S = 60.0


class Progress:
    """Counts steps from `done` to `total`; use as a context manager and call `update` after each step."""

    def __init__(self, title: str, total: int, done: int = 0, samples_a_step: int = 1) -> None:
        self._title, self._total, self._first, self._samples = title, total, done, samples_a_step
        self._start_s = self._last_s = time.monotonic()
        self._live = sys.stderr.isatty()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            sys.stderr.write("\n")

    def update(self, done: int, figures: dict[str, float]) -> None:
        """Show that `done` steps are behind us, with the latest figures."""
        now_s = time.monotonic()
        if now_s - self._last_s < (0.5 if self._live else _PLAIN_EVERY_S) and done < self._total:
            return
        self._last_s = now_s
        rate = (done - self._first) / max(now_s - self._start_s, 1e-6)
        left_s = (self._total - done) / rate if rate else 0.0
        shown = " ".join(f"{name} {value:.4f}" for name, value in figures.items())
        line = (
            f"{self._title} {done}/{self._total} {shown} {rate * self._samples:.1f} samples/s "
            f"{int(left_s // 3600)}:{int(left_s % 3600 // 60):02d}:{int(left_s % 60):02d} left"
        )
        if self._live:
            filled = _BAR * done // max(self._total, 1)
            line = f"\r[{'#' * filled}{'.' * (_BAR - filled)}] {line}\x1b[K"
        sys.stderr.write(line if self._live else line + "\n")
        sys.stderr.flush()
