"""A prompt that was edited by hand, with the negative prompt, size, style and seed that were set beside it."""

from dataclasses import replace
from typing import Any

from bot import Plan, RequestError, ToolContext
from bot.limits import MAX_SEED
from bot.messages import Wishes
from bot.style import Library, Style, find, nearest
from bot.tasks import ModelCard
from tools.numbers import first, side, within
from tools.own_words import in_own_words


def edited(plan: Plan, prompt: str, context: ToolContext, library: Library) -> Plan:
    """The plan with this prompt, and with whatever else was set by hand; the rest stays.

    Raises:
        RequestError: There is no such style, or the model can't paint such a size or heeds no negative prompt.
    """
    wishes, card = context.message.wishes, context.card
    style = _style(wishes.style, library) if wishes.style and wishes.style != plan.style else None
    worded = in_own_words(prompt, style, card).prompt
    changes: dict[str, Any] = _size(wishes, card) | ({"style": style.name, "style_by": ""} if style else {})
    seed = within("seed", first(wishes.seed, plan.seed), 0, MAX_SEED, "")
    return replace(plan, prompt=worded, negative_prompt=_negative(wishes, plan, card), seed=seed, **changes)


def _size(wishes: Wishes, card: ModelCard) -> dict[str, int]:
    if wishes.width_px is None or wishes.height_px is None:
        return {}
    return {"width_px": side("width", wishes.width_px, card), "height_px": side("height", wishes.height_px, card)}


def _negative(wishes: Wishes, plan: Plan, card: ModelCard) -> str:
    if wishes.negative_prompt is None:
        return plan.negative_prompt
    if wishes.negative_prompt and not card.negative_prompt:
        raise RequestError(f"{card.model} heeds no negative prompt", "Leave it out, or choose another model.")
    return wishes.negative_prompt


def _style(name: str, library: Library) -> Style:
    if found := find(library.styles, name):
        return found
    raise RequestError(f"There is no style '{name}'", nearest(name, library.styles))
