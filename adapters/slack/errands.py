"""Work that Slack need not wait for: begun at once, watched, and ended with the session."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot import log

logger = log.get("slack")


class Errands:
    """A set of tasks; what fails in one is logged and disturbs no other."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "Errands":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """End all of them."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def run(self, work: Coroutine[Any, Any, Any]) -> None:
        """Begin."""
        task = asyncio.create_task(_watched(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: work.close())  # it may have been cancelled before it began


async def _watched(work: Coroutine[Any, Any, Any]) -> None:
    try:
        await work
    except Exception:
        logger.exception("something for Slack failed")
