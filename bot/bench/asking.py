"""Asks a painter as people do: alone, all at once, or one by one at given times; and tells how long each waited."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.errors import EngineBusy, EngineError, EngineLost
from bot.tasks import Painted, PaintEvent, PaintTask, Preview


class Paints(Protocol):
    """What is needed of an engine here; `bot.contracts.Engine` has it."""

    def paint(self, task: PaintTask) -> AsyncIterator[PaintEvent]:
        """See `bot.contracts.Engine`."""

    async def fetch(self, painted: Painted | Preview) -> bytes:
        """See `bot.contracts.Engine`."""

    async def cancel(self, task_id: str) -> None:
        """See `bot.contracts.Engine`."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request, as whoever made it saw it.

    Attributes:
        came_s: When it was sent, counted from the first request of its run.
        waited_s: From there until its picture was here, as PNG.
        preview_s: From there until its first preview was here; None where there was none.
        painting_s: What the painter says that it took.
    """

    task: PaintTask
    came_s: float
    waited_s: float
    preview_s: float | None
    painting_s: float
    png: bytes = field(repr=False)

    @property
    def left_s(self) -> float:
        """When its picture was here, counted from the first request of its run."""
        return self.came_s + self.waited_s


Tell = Callable[[Visit], None]


async def visit(engine: Paints, task: PaintTask, since_s: float | None = None) -> Visit:
    """Ask for one picture; whoever is turned away comes again when told to, and all of that counts as waiting.

    Args:
        engine: What paints.
        task: With an id that nobody else has.
        since_s: When the run began (`time.perf_counter`); now if not given.

    Raises:
        EngineError: There is no picture.
    """
    came_s = time.perf_counter()
    while True:
        try:
            painted, png, preview_s = await _watch(engine, task)
        except EngineBusy as busy:
            await asyncio.sleep(busy.retry_after_s)
            continue
        except asyncio.CancelledError:
            with contextlib.suppress(EngineError):  # a painter that is gone paints nothing any more
                await engine.cancel(task.id)
            raise
        waited_s = time.perf_counter() - came_s
        seen_s = None if preview_s is None else preview_s - came_s
        return Visit(task, came_s - (came_s if since_s is None else since_s), waited_s, seen_s, painted.seconds, png)


async def visits(
    engine: Paints, tasks: Sequence[PaintTask], at_s: Sequence[float] | None = None, tell: Tell | None = None
) -> list[Visit]:
    """Ask for all of them, each at its own time after now, whether those before are done or not; at once without times.

    Raises:
        EngineError: One of them got no picture; the others are taken back.
    """
    since_s = time.perf_counter()

    async def later(task: PaintTask, delay_s: float) -> Visit:
        await asyncio.sleep(max(since_s + delay_s - time.perf_counter(), 0))
        made = await visit(engine, task, since_s)
        if tell:
            tell(made)
        return made

    delays_s = at_s or [0.0] * len(tasks)
    asked = [asyncio.create_task(later(task, delay)) for task, delay in zip(tasks, delays_s, strict=True)]
    try:
        return await asyncio.gather(*asked)
    finally:
        for one in asked:
            one.cancel()
        await asyncio.gather(*asked, return_exceptions=True)


def per_minute(made: Sequence[Visit]) -> float:
    """Pictures a minute, from the first request of a run to its last picture."""
    return 60 * len(made) / max(one.left_s for one in made)


async def _watch(engine: Paints, task: PaintTask) -> tuple[Painted, bytes, float | None]:
    preview_s: float | None = None
    stream: Any = engine.paint(task)
    async with aclosing(stream) as events:
        async for event in events:
            if isinstance(event, Preview) and preview_s is None:
                with contextlib.suppress(EngineLost):  # the picture was faster
                    await engine.fetch(event)
                    preview_s = time.perf_counter()
            elif isinstance(event, Painted):
                return event, await engine.fetch(event), preview_s
    raise EngineLost("The painter ended without a picture", "See its log.")
