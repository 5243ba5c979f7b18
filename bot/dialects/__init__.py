"""Dialects: how each family of models wants to be asked; `render` turns a brief into a prompt."""

from collections.abc import Callable

from bot.brief import Brief
from bot.dialects.bilingual import bilingual
from bot.dialects.phrases import said_once
from bot.dialects.plain import plain
from bot.dialects.rendering import Rendering
from bot.dialects.sketch import sketch
from bot.dialects.tags import tags
from bot.style import Style
from bot.tasks import ModelCard

__all__ = ["DIALECTS", "Rendering", "render"]

DIALECTS: dict[str, Callable[[Brief, ModelCard, Style | None], Rendering]] = {
    "plain": plain,
    "tags": tags,
    "bilingual": bilingual,
    "sketch": sketch,
}


def render(brief: Brief, card: ModelCard, style: Style | None = None) -> Rendering:
    """The prompt for a brief in the dialect of a model; one without a dialect of its own is asked plainly.

    Raises:
        RequestError: The model can't be asked for such a thing.
    """
    return DIALECTS.get(card.dialect, plain)(said_once(brief), card, style)
