"""The words of an answer, shown while the LLM still writes them."""

import time
from collections.abc import Awaitable, Callable

from langchain_core.messages import BaseMessage

from bot.llm import spoken

Tell = Callable[[str], Awaitable[None]]
PAUSE_S = 0.2


class Telling:
    """Tells the words so far as they change, some times a second at most.

    Args:
        tell: Called with all words so far, not with what is new.
        clock: Seconds that only go forward.
    """

    def __init__(self, tell: Tell, clock: Callable[[], float] = time.monotonic) -> None:
        self._tell = tell
        self._clock = clock
        self._next = 0.0
        self._answer: str | None = None
        self._heard = ""
        self._told = ""

    def start_anew(self) -> None:
        """What comes next belongs to another answer."""
        self._heard = ""

    async def hear(self, piece: BaseMessage) -> None:
        """Take the next piece of an answer."""
        if piece.id != self._answer:
            self._answer = piece.id
            self.start_anew()
        self._heard += piece.text
        if self._clock() < self._next:
            return
        self._next = self._clock() + PAUSE_S
        words = spoken.so_far(self._heard)
        if words and words != self._told:
            self._told = words
            await self._tell(words)


async def to_nobody(words: str) -> None:
    """For turns that nobody watches."""
