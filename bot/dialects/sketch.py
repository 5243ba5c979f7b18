"""The Sketch dialect: a brief in the small world of words that the built-in model knows."""

from bot.brief import Brief
from bot.dialects.plain import plain
from bot.dialects.rendering import Rendering
from bot.messages import ModelCard
from bot.style import Style


def sketch(brief: Brief, card: ModelCard, style: Style | None) -> Rendering:
    """Placeholder until the vocabulary is there."""
    return plain(brief, card, style)
