"""A contact sheet: the same words and seed in every style that the model can paint, led through the whole chain."""

import asyncio
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from bot.app import App, open_app, open_engine, working
from bot.contracts import Engine, Limner
from bot.errors import LimnerError
from bot.manner import can_paint
from bot.messages import Message, Outcome, Picture, Plan, Progress, Reply, Wishes
from bot.settings import Settings
from bot.style import Library, Style

NAME = "sheet"


@dataclass(frozen=True, slots=True)
class Painted:
    """One style's picture, as PNG, with the plan that it was painted from."""

    style: Style
    plan: Plan
    png: bytes


@dataclass(frozen=True, slots=True)
class Sheet:
    """What came of it.

    Attributes:
        left_out: Styles that the model can't be asked for.
        failed: Style to why there is no picture.
    """

    words: str
    seed: int
    model: str
    painted: tuple[Painted, ...]
    left_out: tuple[Style, ...]
    failed: dict[str, str]


class Collector:
    """The adapter that the words come through: each reply goes to whoever waits for it."""

    name = NAME

    def __init__(self) -> None:
        self._awaited: dict[str, asyncio.Future[Reply]] = {}

    def expect(self, message: Message) -> asyncio.Future[Reply]:
        """The reply to a message, before it is handed to the inbox."""
        self._awaited[message.event_id] = asyncio.get_running_loop().create_future()
        return self._awaited[message.event_id]

    async def run(self, limner: Limner) -> None:
        """Nobody else says anything."""
        await asyncio.Event().wait()

    async def progress(self, progress: Progress) -> None:
        """Whole pictures are counted, not steps."""

    async def deliver(self, reply: Reply) -> str:
        """Hand it over."""
        self._awaited[reply.message.event_id].set_result(reply)
        return reply.key

    async def find(self, reply: Reply) -> str | None:
        """Nothing outlives this process."""
        return None


async def paint_sheet(
    settings: Settings, library: Library, words: str, seed: int, tell: Callable[[str, int, int], None]
) -> Sheet:
    """Paint the words in every style. Requests and pictures are kept in a folder that is thrown away.

    Args:
        settings: Their LLM and painter do the work.
        library: Its styles, in this order.
        words: The request.
        seed: For all pictures.
        tell: Called with a style's name, its number and how many there are, when it is done.

    Raises:
        LimnerError: The model, the painter or the LLM is not to be had, or nothing could be painted.
    """
    painter = open_engine(settings)
    with tempfile.TemporaryDirectory(prefix="limner-") as folder:
        async with painter as engine:
            can, cannot = await _sorted(library, engine, settings.model)
            elsewhere = settings.model_copy(update={"home": Path(folder), "database": ""})
            collector = Collector()
            async with open_app(elsewhere, {NAME: collector}, engine=engine) as app, working(app):
                replies = await _ask(app, collector, words, seed, can, tell)
            painted = [Painted(style, it.plan, it.path.read_bytes()) for style, it in _pictures(can, replies)]
    failed = {style.name: reply.text for style, reply in zip(can, replies, strict=True) if not _good(reply)}
    if not painted:
        raise LimnerError(next(iter(failed.values()), f"{settings.model} has learned none of these styles"))
    return Sheet(words, seed, settings.model, tuple(painted), tuple(cannot), failed)


async def _sorted(library: Library, engine: Engine, model: str) -> tuple[list[Style], list[Style]]:
    """The styles that the model can be asked for, and the others."""
    card = await engine.describe(model)
    can = [style for style in library.styles.values() if can_paint(style, card)]
    return can, [style for style in library.styles.values() if style not in can]


async def _ask(
    app: App,
    collector: Collector,
    words: str,
    seed: int,
    styles: Sequence[Style],
    tell: Callable[[str, int, int], None],
) -> list[Reply]:
    awaited = []
    for style in styles:
        wishes = Wishes(style=style.name, seed=seed, count=1)
        message = Message(NAME, uuid4().hex, "me", words, style.name, wishes=wishes, wants_picture=True, local=True)
        awaited.append(collector.expect(message))
        await app.inbox.accept(message)
    replies = []
    for number, (style, reply) in enumerate(zip(styles, awaited, strict=True), 1):
        replies.append(await reply)
        tell(style.name, number, len(styles))
    return replies


def _good(reply: Reply) -> bool:
    return reply.outcome is Outcome.DONE and bool(reply.pictures)


def _pictures(styles: Sequence[Style], replies: Sequence[Reply]) -> list[tuple[Style, Picture]]:
    return [(style, reply.pictures[0]) for style, reply in zip(styles, replies, strict=True) if _good(reply)]
