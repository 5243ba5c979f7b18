"""Streams: so many for each person, and all ended at once."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.web.errors import Refused
from adapters.web.streams import Streams


async def numbers(stop_at: int, finished: asyncio.Event | None = None) -> AsyncIterator[int]:
    """Numbers from 1, then nothing for ever, or the end."""
    try:
        for number in range(1, stop_at + 1):
            yield number
        if finished:
            await asyncio.Event().wait()
    finally:
        if finished:
            finished.set()


def test_places_are_counted_for_each_person() -> None:
    """One person's streams leave others theirs; a place is free again when its block ends, however it ends."""
    streams = Streams(2)
    with streams.place("ana"), streams.place("ana"), streams.place("bob"):
        assert len(streams) == 3
        with pytest.raises(Refused) as raised, streams.place("ana"):
            pass
        assert (raised.value.status, raised.value.retry_after_s) == (429, 10.0)
        with pytest.raises(ZeroDivisionError), streams.place("bob"):
            raise ZeroDivisionError
        with streams.place("bob"):
            pass
    assert len(streams) == 0


async def test_items_come_through_to_their_end() -> None:
    """All items come in order, and the end is the end."""
    assert [number async for number in Streams(1).until_closed(numbers(3))] == [1, 2, 3]


async def test_closing_ends_those_that_wait() -> None:
    """A stream that waits for its next item ends when the server stops, and lets go of its source."""
    streams, finished = Streams(1), asyncio.Event()
    seen = []

    async def read() -> None:
        async for number in streams.until_closed(numbers(2, finished)):
            seen.append(number)
            if number == 2:
                asyncio.get_running_loop().call_soon(streams.close)

    await read()
    assert seen == [1, 2]
    await finished.wait()
    assert [number async for number in streams.until_closed(numbers(0, asyncio.Event()))] == []


async def test_an_error_of_the_source_comes_through() -> None:
    """What goes wrong in the source is not swallowed."""

    async def broken() -> AsyncIterator[int]:
        yield 1
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        [number async for number in Streams(1).until_closed(broken())]
