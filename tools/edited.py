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
    style = _other_style(wishes.style, plan, library)
    worded = in_own_words(prompt, style, card).prompt
    changes: dict[str, Any] = _size(wishes, card)
    if style or wishes.style == "":
        changes |= {"style": style.name if style else "", "style_by": ""}
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


def _other_style(name: str | None, plan: Plan, library: Library) -> Style | None:
    """The style of that name; None where it is the one whose phrases the prompt has already, or none is named."""
    if not name or name == plan.style:
        return None
    if found := find(library.styles, name):
        return found if found.name != plan.style else None
    raise RequestError(f"There is no style '{name}'", nearest(name, library.styles))
