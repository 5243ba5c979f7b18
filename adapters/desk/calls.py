"""Calls of a desk's web API: made again where that does no harm, and failing as Limner's own errors."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.errors import DeliveryError

TRIES = 4
FIRST_DELAY_S = 0.25
LONGEST_WAIT_S = 30.0
CALL_S = 60.0
# What an administrator puts right, such as a token; or what somebody else has just changed.
PASSING = frozenset({401, 403, 408, 409, 423, 425, 429})


class Refusal(DeliveryError):
    """A desk does not take a call as it stands; `status` is HTTP's."""

    status: int = 0


class Calls:
    """One account's API.

    Args:
        platform: Its name, for errors.
        base_url: What paths are put after.
        more: What httpx's client takes besides, such as `auth` and `headers`.
    """

    def __init__(self, platform: str, base_url: str, **more: Any) -> None:
        self._platform = platform
        is_here = urlsplit(base_url).hostname in ("127.0.0.1", "::1", "localhost")
        self._http = httpx.AsyncClient(base_url=base_url.rstrip("/"), timeout=CALL_S, trust_env=not is_here, **more)

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.aclose()

    async def get(self, path: str, **params: Any) -> Any:
        """What is at a path. Raises Refusal and DeliveryError."""
        return await self.call("GET", path, again=True, params=params)

    async def pages(self, path: str, **params: Any) -> AsyncIterator[Any]:
        """All pages of a list with cursors as Zendesk has them (page[size], page[after], meta.has_more)."""
        cursor: dict[str, Any] = {"page[size]": 100}
        while True:
            page = await self.get(path, **params, **cursor)
            yield page
            if not page["meta"]["has_more"]:
                return
            cursor["page[after]"] = page["meta"]["after_cursor"]

    async def call(self, method: str, path: str, *, again: bool = False, **more: Any) -> Any:
        """Make a call; the JSON that it gives.

        Args:
            method: GET, POST, PUT.
            path: After the base URL.
            again: It does no harm twice, so it is repeated even where it may have come through.
            more: What httpx takes: `json`, `content`, `files`, `params`.

        Raises:
            Refusal: The platform does not take it as it stands.
            DeliveryError: The platform is not to be had; unless `again`, the call may have come through.
        """
        delay_s = FIRST_DELAY_S
        for attempt in range(1, TRIES + 1):
            try:
                answer = await self._http.request(method, path, **more)
                if answer.is_success:
                    return answer.json() if answer.content else None
                wait_s = self._wait_s(answer, delay_s, again=again)
            except httpx.TransportError as error:
                unheard = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
                if attempt == TRIES or not (again or unheard):
                    raise DeliveryError(f"{self._platform} does not answer ({type(error).__name__})") from error
                wait_s = delay_s
            if attempt == TRIES or wait_s > LONGEST_WAIT_S:
                raise DeliveryError(f"{self._platform} is not to be had (status {answer.status_code})")
            await asyncio.sleep(wait_s)
            delay_s *= 2
        raise AssertionError

    def _wait_s(self, answer: httpx.Response, delay_s: float, *, again: bool) -> float:
        """Seconds after which a refused call may be made again. Raises Refusal and DeliveryError where never."""
        status = answer.status_code
        if status == 429 or (status >= 500 and again):
            told = answer.headers.get("Retry-After", "")
            return float(told) if told.isdecimal() else delay_s
        if status >= 500:
            raise DeliveryError(f"{self._platform} failed (status {status})")
        refusal = Refusal(f"{self._platform} refuses a call (status {status})", lasting=status not in PASSING)
        refusal.status = status
        raise refusal
