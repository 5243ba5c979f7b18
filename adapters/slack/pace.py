"""Slack's limits, kept by the client itself: each method so often a minute, one message a second and channel."""

import asyncio
import time
from collections import deque
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.trouble import retry_after_s

# https://docs.slack.dev/apis/web-api/rate-limits: tier 3 is 50 a minute, tier 4 is 100.
A_MINUTE = dict.fromkeys(
    "chat.update chat.delete conversations.history conversations.replies conversations.info conversations.open".split(),
    50,
)
OTHERS_A_MINUTE = 100
# "One message per second per channel": so many may come at once, if none come for as long afterwards.
POSTS = 5
# A request may take a while to get there, and is counted there when it does.
SLACK_S = 1.0
WINDOWS = 1_000
CALL_S = 30.0


class Window:
    """At most so many in any span of time; who comes too early waits, in order."""

    def __init__(self, most: int, span_s: float) -> None:
        self._most, self._span_s = most, span_s
        self._taken: deque[float] = deque()
        self._line = asyncio.Lock()
        self._shut_until = 0.0

    @property
    def is_roomy(self) -> bool:
        """Whether more than half of it is left, and nobody waits."""
        return not self._line.locked() and self._wait_s() == 0 and len(self._taken) < self._most / 2

    @property
    def is_idle(self) -> bool:
        """Whether it could as well be new."""
        return not self._line.locked() and self._wait_s() == 0 and not self._taken

    async def take(self) -> None:
        """Wait until it is one's turn."""
        async with self._line:
            while True:
                wait_s = self._wait_s()
                if not wait_s:
                    break
                await asyncio.sleep(wait_s)
            self._taken.append(time.monotonic())

    def shut(self, for_s: float) -> None:
        """Let nobody through for a while."""
        self._shut_until = max(self._shut_until, time.monotonic() + for_s)

    def _wait_s(self) -> float:
        now = time.monotonic()
        while self._taken and self._taken[0] <= now - self._span_s:
            self._taken.popleft()
        full_until = self._taken[0] + self._span_s if len(self._taken) >= self._most else 0.0
        return max(full_until - now, self._shut_until - now, 0.0)


class PacedClient(AsyncWebClient):
    """The Web API within its limits: calls wait for their turn, and after a 429 as long as Slack says.

    Args:
        rate: How many times the published limits Slack serves.
        session: What calls go through.
    """

    def __init__(self, token: str, base_url: str, session: aiohttp.ClientSession, rate: float = 1.0) -> None:
        # The SDK's own second tries post twice after a cut connection: ours look first.
        super().__init__(token, base_url, session=session, retry_handlers=[])
        self._rate = rate
        self._windows: dict[str, Window] = {}

    def is_roomy(self, method: str, channel: str = "") -> bool:
        """Whether there is room for what can be left out, such as progress: half is kept for answers."""
        return self._window(method, channel).is_roomy

    async def api_call(self, api_method: str, **more: Any) -> Any:
        """A call when its turn has come. Raises SlackApiError, and what aiohttp raises."""
        sent = more.get("json") or more.get("params") or {}
        channel = str(sent.get("channel", "")) if api_method == "chat.postMessage" else ""
        window = self._window(api_method, channel)
        await window.take()
        try:
            return await super().api_call(api_method, **more)
        except SlackApiError as error:
            window.shut(retry_after_s(error))
            raise

    def _window(self, method: str, channel: str) -> Window:
        key = f"{method} {channel}"
        if key not in self._windows:
            if len(self._windows) >= WINDOWS:
                self._windows = {one: window for one, window in self._windows.items() if not window.is_idle}
            most, span_s = (POSTS, float(POSTS)) if channel else (A_MINUTE.get(method, OTHERS_A_MINUTE), 60.0)
            self._windows[key] = Window(max(int(most * self._rate), 1), span_s + SLACK_S)
        return self._windows[key]
