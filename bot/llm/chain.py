"""The LLMs that may read a request, in the order in which they are tried; the built-in director comes last."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel

from bot.llm import providers
from bot.llm.reader import Breaker, Reader
from bot.settings import Settings

DIRECTOR = "director"


@dataclass(frozen=True, slots=True)
class Chain:
    """At least one reader; the last one is always asked, the others only while they work."""

    readers: tuple[Reader, ...]

    @classmethod
    def only(cls, model: BaseChatModel) -> "Chain":
        """A chain of one model, with nothing to fall back on."""
        return cls((Reader(type(model).__name__, model),))

    def is_last(self, reader: Reader) -> bool:
        """Whether there is nobody after this one."""
        return reader is self.readers[-1]

    def after(self, reader: Reader) -> Reader:
        """The next one."""
        return self.readers[self.readers.index(reader) + 1]


@asynccontextmanager
async def open_llm(
    settings: Settings, given: BaseChatModel | Chain | None = None, *, clock: Callable[[], float] = time.monotonic
) -> AsyncIterator[Chain]:
    """Open the LLMs that settings name, and close them with the block.

    Args:
        settings: What they are opened with.
        given: What is to be used instead; it is neither opened nor closed.
        clock: Seconds that only go forward.

    Raises:
        SettingsError: There is no such LLM, its key or its package is missing.
    """
    if given is not None:
        yield given if isinstance(given, Chain) else Chain.only(given)
        return
    async with AsyncExitStack() as stack:
        readers = [await _open(stack, settings, name, key, clock) for name, key in _named(settings)]
        yield Chain((*readers, _director()))


def _named(settings: Settings) -> list[tuple[str, str]]:
    """The LLMs before the director, each once, with the setting that names it."""
    named = {settings.llm: "llm"}
    for name in settings.llm_fallback:
        named.setdefault(name, "llm_fallback")
    names = list(named)
    return list(named.items())[: names.index(DIRECTOR) if DIRECTOR in names else None]


async def _open(stack: AsyncExitStack, settings: Settings, name: str, key: str, clock: Callable[[], float]) -> Reader:
    opened = await stack.enter_async_context(providers.open_model(settings, name, key))
    return Reader(
        name.partition(providers.ADDRESS)[0],  # where it stands is nobody's business but the log's
        opened.model,
        timeout_s=settings.llm_timeout_s,
        secrets=[settings.openai_api_key.get_secret_value()],
        server=opened.server,
        breaker=Breaker(clock),
    )


def _director() -> Reader:
    from bot.director.model import Director

    return Reader(DIRECTOR, Director(), trusted=True)
