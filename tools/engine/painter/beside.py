"""What the painter does beside painting, each in a thread of its own, so that no picture waits for it."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.errors import EngineBusy, EngineLost
from bot.tasks import JudgeTask, Verdict
from tools.engine.cards import Cards
from tools.engine.painter.counting import Counting
from tools.engine.painter.judges import Judges

WAITING_LIMIT = 64
T = TypeVar("T")


class Beside:
    """Counts tokens and judges pictures, both first come first served.

    Args:
        judges: Used in one thread that this class owns.
        on_lost: Called when the device is broken for good, so that the process can end.
        cards: Know what settings say of models.
    """

    def __init__(self, judges: Judges, on_lost: Callable[[], None], cards: Cards | None = None) -> None:
        self._judges = judges
        self._on_lost = on_lost
        self._counting = Counting(cards)
        self._count_thread = ThreadPoolExecutor(1, "counting")
        self._judge_thread = ThreadPoolExecutor(1, "judging")
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def tokens(self, model: str, texts: tuple[str, ...]) -> tuple[int, ...]:
        """As `Counting.count`."""
        return await _in(self._count_thread, self._counting.count, model, texts)

    async def judge(self, task: JudgeTask, is_gone: Callable[[], Awaitable[bool]]) -> Verdict | None:
        """As `Judges.judge`; None for whoever is gone when the turn comes, which costs the others nothing.

        Raises:
            EngineBusy: Too many wait.
            EngineError, ModelUnavailable, EngineLost: As `Judges.judge`.
        """
        if self._waiting >= WAITING_LIMIT:
            raise EngineBusy(f"The judge's line is full ({self._waiting} wait)", "Try again later.")
        self._waiting += 1
        try:
            async with self._turn:
                if await is_gone():
                    return None
                return await _in(self._judge_thread, self._judges.judge, task)
        except EngineLost:
            self._on_lost()
            raise
        finally:
            self._waiting -= 1

    def stop(self) -> None:
        """Take on nothing more."""
        for thread in (self._count_thread, self._judge_thread):
            thread.shutdown(wait=False, cancel_futures=True)


async def _in(thread: ThreadPoolExecutor, function: Callable[..., T], *arguments: object) -> T:
    return await asyncio.get_running_loop().run_in_executor(thread, function, *arguments)
