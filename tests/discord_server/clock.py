"""The server's clock, which tests can move ahead, and the ids that are made from it."""

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime

DISCORD_EPOCH_MS = 1_420_070_400_000


class Clock:
    """Real time plus what a test has moved it ahead; everything that expires here, expires by it."""

    def __init__(self) -> None:
        self.ahead_s = 0.0
        self._moved = asyncio.Event()

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time() + self.ahead_s

    def move(self, seconds: float) -> None:
        """Let that much time pass at once; whoever waits for a moment before then goes on."""
        self.ahead_s += seconds
        self._moved.set()
        self._moved = asyncio.Event()

    async def until(self, when: float) -> None:
        """Wait until it is `when`."""
        while (left_s := when - self.now()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), left_s)

    def stamp(self, at: float | None = None) -> str:
        """A moment as Discord writes it."""
        return stamp(self.now() if at is None else at)


def stamp(at: float) -> str:
    """A moment as Discord writes it."""
    return datetime.fromtimestamp(at, UTC).isoformat()


class Snowflakes:
    """Ids that grow with the clock, as Discord's do: milliseconds since 2015, then 22 other bits."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def new(self, *, apart: bool = False) -> str:
        """The next id; `apart` from the last by a millisecond at least, so that ids fall into different shards."""
        now = int(self._clock.now() * 1000 - DISCORD_EPOCH_MS) << 22
        least = ((self._last >> 22) + 1) << 22 if apart else self._last + 1
        self._last = max(now, least)
        return str(self._last)
