"""What takes long: so much of it for each person at a time, and all of it ended when the server stops."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import TypeVar

from adapters.web.errors import too_many

Item = TypeVar("Item")
COME_BACK_S = 10.0


class Streams:
    """Counts streams, those of events and those of bodies.

    Args:
        most: Streams that one person may have open at a time.
        called: What there are too many of, for who has them.
    """

    def __init__(self, most: int, called: str = "streams") -> None:
        self._most = most
        self._called = called
        self._open: Counter[str] = Counter()
        self._closing = asyncio.Event()

    def __len__(self) -> int:
        return self._open.total()

    @contextmanager
    def place(self, person: str) -> Iterator[None]:
        """A place for one stream, for as long as the block takes.

        Raises:
            Refused: This person has as many as they may have.
        """
        if self._open[person] >= self._most:
            raise too_many(f"{self._called} at a time", COME_BACK_S)
        self._open[person] += 1
        try:
            yield
        finally:
            self._open[person] -= 1
            if not self._open[person]:
                del self._open[person]

    async def until_closed(self, items: AsyncIterator[Item]) -> AsyncIterator[Item]:
        """The same items, until the server stops."""
        closing = asyncio.create_task(self._closing.wait())
        try:
            while True:
                following = asyncio.create_task(_next(items))
                try:
                    await asyncio.wait({closing, following}, return_when=asyncio.FIRST_COMPLETED)
                    if not following.done():
                        return
                finally:
                    following.cancel()
                item = following.result()
                if item is None:
                    return
                yield item
        finally:
            closing.cancel()

    def close(self) -> None:
        """End all streams, those to come as well."""
        self._closing.set()


async def _next(items: AsyncIterator[Item]) -> Item | None:
    return await anext(items, None)
