"""One LLM that may read requests: its model, how long it may take, and how long it is left alone after a failure."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

from langchain_core.language_models import BaseChatModel

from bot import log
from bot.errors import LimnerError
from bot.llm.trouble import LASTING, LlmError, Trouble, translated

Answer = TypeVar("Answer")
FIRST_PAUSE_S = 15.0
LONGEST_PAUSE_S = 300.0
# No client raises these over what a server sent: they are faults of our own, and must show as such.
_OUR_FAULTS = (ArithmeticError, AssertionError, NameError)

logger = log.get("llm")


class Server(Protocol):
    """What serves an LLM, where it is ours."""

    async def ready(self) -> None:
        """Wait until it answers. Raises LimnerError where it can't be started."""

    def did_well(self) -> None:
        """It answered."""


class Breaker:
    """Leaves an LLM alone after a failure, twice as long after each further one.

    When the pause is over one turn tries it, and the others go on doing without until that one has succeeded.

    Args:
        clock: Seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until = 0.0
        self._pause_s = 0.0
        self._trouble: Trouble | None = None

    def refuses(self) -> Trouble | None:
        """Why it is not to be asked now; None lets this one caller through."""
        if self._trouble is None:
            return None
        if self._clock() < self._until:
            return self._trouble
        self._until = self._clock() + self._pause_s
        return None

    def failed(self, trouble: Trouble, retry_after_s: float = 0.0) -> None:
        """It failed, in a way that lasts or in one that only this request met."""
        if trouble not in LASTING:
            return
        doubled = min(max(FIRST_PAUSE_S, 2 * self._pause_s), LONGEST_PAUSE_S)
        self._pause_s = max(doubled, min(retry_after_s, LONGEST_PAUSE_S))
        self._until = self._clock() + self._pause_s
        self._trouble = trouble

    def did_well(self) -> None:
        """It answered."""
        self._trouble, self._pause_s = None, 0.0


class Reader:
    """An LLM in the chain.

    Args:
        name: As settings name it.
        model: What is asked.
        trusted: It is the built-in director: rules that say nothing untrue and whose errors are bugs of ours.
        timeout_s: For one call, retries of its client included.
        secrets: Words that must not come into the log.
        server: What serves it, where Limner started that.
    """

    def __init__(
        self,
        name: str,
        model: BaseChatModel,
        *,
        trusted: bool = False,
        timeout_s: float = 120.0,
        secrets: Sequence[str] = (),
        server: Server | None = None,
        breaker: Breaker | None = None,
    ) -> None:
        self.name = name
        self.model = model
        self.trusted = trusted
        self.breaker = breaker or Breaker()
        self._timeout_s = timeout_s
        self._secrets = secrets
        self._server = server

    async def call(self, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """Ask it, with all that may go wrong told in one way.

        Raises:
            LlmError: It could not be asked.
        """
        if self.trusted:
            return await ask()
        trouble = Trouble.NOT_STARTED
        try:
            async with asyncio.timeout(self._timeout_s):
                if self._server is not None:
                    await self._server.ready()
                trouble = Trouble.SLOW
                answer = await ask()
        except TimeoutError:
            raise LlmError.of(trouble, f"no answer in {self._timeout_s:g} s") from None
        except LlmError:
            raise
        except LimnerError as error:
            raise LlmError.of(Trouble.NOT_STARTED, str(error)) from None
        except _OUR_FAULTS:
            raise
        except Exception as error:  # noqa: BLE001 - clients raise what they like over a broken answer
            # Not chained: a client's own words may quote the key, and a log shows the whole chain.
            raise translated(error, self._secrets) from None
        self.breaker.did_well()
        if self._server is not None:
            self._server.did_well()
        return answer

    def failed(self, error: LlmError) -> None:
        """Note that a turn could not be led with it, and why, for whoever runs Limner."""
        logger.warning("the LLM %s could not be used: %s (%s)", self.name, error.trouble, error.detail)
        self.breaker.failed(error.trouble, error.retry_after_s)
