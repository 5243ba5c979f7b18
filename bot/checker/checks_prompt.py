"""Checks of a prompt alone: a language that its model reads, and a length that it sees to the end."""

from collections.abc import Iterator

from bot.brief import Brief
from bot.checker.finding import Finding, Kind
from bot.dialects import Rendering
from bot.dialects.rendering import CHINESE_RUN
from bot.tasks import ModelCard


def wrong_language(brief: Brief, rendering: Rendering, card: ModelCard, _: int) -> Iterator[Finding]:
    """No Chinese is left in a prompt for a model that can't read it, but for what is to be drawn and names."""
    if not card.languages or "zh" in card.languages:
        return
    prompt = rendering.prompt
    for kept in sorted((*brief.texts, *brief.names), key=len, reverse=True):
        prompt = prompt.replace(kept, " ")
    if left := list(dict.fromkeys(CHINESE_RUN.findall(prompt))):
        yield Finding(Kind.LANGUAGE, "prompt", "", "English", "、".join(left))


def too_long(_: Brief, __: Rendering, card: ModelCard, tokens: int) -> Iterator[Finding]:
    """The model reads the prompt to its end."""
    if tokens > card.token_limit:
        yield Finding(Kind.TOO_LONG, "prompt", "", str(card.token_limit), str(tokens))
