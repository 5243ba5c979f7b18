"""Rate limits by bucket and over all, and the ban of an address that asks wrongly too often."""

import hashlib
import math
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass

from tests.discord_server.clock import Clock
from tests.discord_server.errors import Refused
from tests.discord_server.state import Json

FREE = ("/interactions/", "/webhooks/")  # these don't count among the bot's 50 requests a second
MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token")
INVALID_WINDOW_S = 600.0
IN_FLIGHT_S = 0.25  # a request may have been on its way when its client was told to wait


@dataclass
class Window:
    """One bucket's requests in its present window; `told_at` is when the client learned that none is left."""

    limit: int
    ends_at: float
    used: int = 0
    told_at: float | None = None


class Limited(Refused):
    """A 429; `retry_after_s` in body and header."""

    def __init__(self, retry_after_s: float, problem: str = "", *, whole: bool = False) -> None:
        super().__init__(429, 0, "You are being rate limited.", problem)
        self.retry_after_s, self.whole = math.ceil(retry_after_s * 1000) / 1000, whole

    def body(self) -> Json:
        return {"message": self.message, "retry_after": self.retry_after_s, "global": self.whole}


class Limits:
    """How many requests are served.

    Discord publishes no limits of single routes, so the default is wide; `set` and `realistic` narrow it.
    """

    def __init__(self, clock: Clock, routes: Collection[str]) -> None:
        self.known = routes
        self.default: tuple[int, float] = (1000, 1.0)
        self.overall: tuple[int, float] = (50, 1.0)
        self.invalid_most = 10_000
        self.hits = 0
        self._clock = clock
        self._routes: dict[str, tuple[int, float]] = {}
        self._windows: dict[str, Window] = {}
        self._invalid: deque[float] = deque()

    def set(self, route: str, limit: int, per_s: float) -> None:
        """Of `POST /channels/{channel_id}/messages`, say, so many in so many seconds, each channel by itself."""
        if route not in self.known:
            raise LookupError(f"no route {route!r}")
        self._routes[route] = (limit, per_s)
        self._windows.clear()

    def realistic(self) -> None:
        """What bots have seen in the wild, near enough; Discord may change them any day."""
        for method in ("POST", "PATCH", "DELETE"):
            self.set(
                f"{method} /channels/{{channel_id}}/messages" + ("" if method == "POST" else "/{message_id}"), 5, 5.0
            )
        self.set("POST /webhooks/{webhook_id}/{webhook_token}", 5, 2.0)
        self.set("PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", 5, 2.0)

    def banned(self) -> bool:
        """Whether the address gave 10,000 answers of 401, 403 and 429 cause in ten minutes."""
        while self._invalid and self._invalid[0] < self._clock.now() - INVALID_WINDOW_S:
            self._invalid.popleft()
        return len(self._invalid) >= self.invalid_most

    def count(self, status: int) -> None:
        """Remember an answer that counts against the address."""
        if status in (401, 403, 429):
            self._invalid.append(self._clock.now())

    def take(self, route: str, params: dict[str, str]) -> dict[str, str]:
        """Headers for one more request.

        Raises:
            Limited: Where there were too many.
        """
        if not route.split(" ", 1)[1].startswith(FREE):
            self._use("*", self.overall, whole=True)
        major = "+".join(params[name] for name in MAJOR if name in params)
        window = self._use(f"{route}:{major}", self._routes.get(route, self.default), whole=False)
        return self.headers(route, window)

    def _use(self, key: str, most: tuple[int, float], *, whole: bool) -> Window:
        now = self._clock.now()
        window = self._windows.get(key)
        if window is None or window.ends_at <= now:
            window = self._windows[key] = Window(most[0], now + most[1])
        if window.used >= window.limit:
            self.hits += 1
            warned = window.told_at is not None and now > window.told_at + IN_FLIGHT_S
            window.told_at = window.told_at or now
            raise Limited(
                window.ends_at - now, f"asked again before the limit of {key} was over" if warned else "", whole=whole
            )
        window.used += 1
        if window.used == window.limit and not whole:
            window.told_at = now
        return window

    def headers(self, route: str, window: Window) -> dict[str, str]:
        """As Discord sends them with every answer of a bucket."""
        left_s = max(0.0, math.ceil((window.ends_at - self._clock.now()) * 1000) / 1000)
        return {
            "X-RateLimit-Limit": str(window.limit),
            "X-RateLimit-Remaining": str(window.limit - window.used),
            "X-RateLimit-Reset": f"{window.ends_at:.3f}",
            "X-RateLimit-Reset-After": f"{left_s:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(route.encode()).hexdigest()[:16],
        }
