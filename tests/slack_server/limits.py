"""How much is served: about one message a second and channel, and each method so often a minute."""

import math
from collections import deque

from tests.discord_server.clock import Clock
from tests.slack_server.errors import Refused

TIERS = {
    3: "chat.update chat.delete conversations.history conversations.replies conversations.info conversations.open",
    2: "conversations.list chat.startStream chat.stopStream",
}
PER_MINUTE = {2: 20, 3: 50, 4: 100}
UNLIMITED = ("apps.connections.open", "auth.test", "assistant.threads.setStatus", "chat.postMessage")
IN_FLIGHT_S = 0.25  # a request may have been on its way when its client was told to wait


class Limits:
    """Sliding windows by channel and by method.

    Slack promises one message a second and channel and tolerates short bursts; of the tiers it publishes the floors.

    Attributes:
        burst: How many messages may come at once; after them one a second.
        hits: How often a request was refused.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.burst = 5
        self.hits = 0
        self.per_minute = {name: PER_MINUTE[tier] for tier, names in TIERS.items() for name in names.split()}
        self._seen: dict[str, deque[float]] = {}
        self._until: dict[str, float] = {}

    def wide(self) -> None:
        """Let a test ask as fast as it can."""
        self.burst, self.per_minute = 1_000_000, dict.fromkeys(self.per_minute, 1_000_000)

    def post(self, channel_id: str) -> None:
        """One more message into a channel.

        Raises:
            Refused: With 429, where there were too many.
        """
        self._use(f"messages into {channel_id}", self.burst, float(self.burst))

    def call(self, method: str) -> None:
        """One more call of a method."""
        if method not in UNLIMITED:
            self._use(method, self.per_minute.get(method, max(PER_MINUTE[4], min(self.per_minute.values()))), 60.0)

    def _use(self, key: str, most: int, per_s: float) -> None:
        now, seen = self.clock.now(), self._seen.setdefault(key, deque())
        while seen and seen[0] <= now - per_s:
            seen.popleft()
        if len(seen) >= most:
            early = key in self._until and now < self._until[key] - IN_FLIGHT_S
            self._until.setdefault(key, seen[0] + per_s)
            raise self.refusal(
                seen[0] + per_s - now, f"asked again before Retry-After of {key} was over" if early else ""
            )
        self._until.pop(key, None)
        seen.append(now)

    def refusal(self, retry_after_s: float, problem: str = "") -> Refused:
        """A 429 with the seconds, whole ones, in its header."""
        self.hits += 1
        refused = Refused("ratelimited", problem, status=429)
        refused.headers["Retry-After"] = str(max(1, math.ceil(retry_after_s)))
        return refused
