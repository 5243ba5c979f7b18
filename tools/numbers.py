"""The numbers of a plan: sizes, steps, guidance, seed and what painting starts from, each checked against the model."""

import math
import secrets
from typing import Any

from bot import Attachment, Message, ModelCard, Plan, RequestError, ToolContext, Wishes
from bot.brief import Brief
from bot.brief_arguments import ImagineArguments
from bot.limits import (
    MAX_BEST_OF,
    MAX_GUIDANCE,
    MAX_REVISIONS,
    MAX_SEED,
    MAX_STEPS,
    MIN_SIDE_PX,
    MOST_UNEQUAL_SIDES,
)
from bot.preferences import Preferences


def shaped(message: Message, arguments: ImagineArguments) -> bool:
    """Whether a size was given, or a picture that gives the shape came along."""
    wishes = message.wishes
    sides = (wishes.width_px, wishes.height_px, arguments.width_px, arguments.height_px)
    return bool(message.attachments) or any(side is not None for side in sides)


def kept(arguments: ImagineArguments, context: ToolContext) -> Plan | None:
    """The plan of the picture that is changed, where the rest of it stays as it was."""
    previous = context.previous if arguments.keeps_seed else None
    return previous if previous and previous.model == context.card.model else None


def sizes(
    message: Message, arguments: ImagineArguments, brief: Brief, card: ModelCard, before: Plan | None = None
) -> dict[str, Any]:
    """Width and height: as set by hand, as asked for, as before, by aspect at the model's own area, or its own size."""
    wishes = message.wishes
    asked = (wishes.width_px, wishes.height_px)
    if asked == (None, None):
        asked = (arguments.width_px, arguments.height_px)
    if asked != (None, None):
        width_px, height_px = asked
        if width_px is None or height_px is None:
            raise RequestError("A size needs both sides", "Say it like 512x512.")
        return {"width_px": side("width", width_px, card), "height_px": side("height", height_px, card)}
    if before and before.brief.aspect == brief.aspect and not message.attachments:
        return {"width_px": before.width_px, "height_px": before.height_px}
    if brief.aspect:
        ratio = _ratio(brief.aspect)
    elif message.attachments:
        ratio = _painted_ratio(message.attachments[0])
    else:
        return {"width_px": card.width_px, "height_px": card.height_px}
    area = card.width_px * card.height_px
    return {"width_px": _round(math.sqrt(area * ratio), card), "height_px": _round(math.sqrt(area / ratio), card)}


def side(name: str, value_px: int, card: ModelCard) -> int:
    """The side itself. Raises RequestError where the model can't paint it."""
    step = card.size_multiple_px
    if not MIN_SIDE_PX <= value_px <= card.max_side_px:
        raise RequestError(
            f"A {name} of {value_px} px can't be painted by {card.model}",
            f"Choose {MIN_SIDE_PX} to {card.max_side_px} px.",
        )
    if value_px % step:
        below = value_px - value_px % step
        raise RequestError(
            f"A {name} of {value_px} px is no multiple of {step}", f"Choose {below} or {below + step} px."
        )
    return value_px


def _ratio(aspect: str) -> float:
    try:
        wide, high = (float(part) for part in aspect.replace("/", ":").replace("x", ":").split(":"))
        ratio = wide / high
    except (ValueError, ZeroDivisionError):
        ratio = 0.0
    if not 1 / MOST_UNEQUAL_SIDES <= ratio <= MOST_UNEQUAL_SIDES:
        raise RequestError(f"'{aspect}' is no aspect ratio that can be painted", "Say it like 3:2, from 1:4 to 4:1.")
    return ratio


def _painted_ratio(source: Attachment) -> float:
    return min(max(source.width_px / source.height_px, 1 / MOST_UNEQUAL_SIDES), MOST_UNEQUAL_SIDES)


def _round(side_px: float, card: ModelCard) -> int:
    step = card.size_multiple_px
    return min(max(round(side_px / step) * step, MIN_SIDE_PX), card.max_side_px)


def numbers(
    wishes: Wishes, arguments: ImagineArguments, card: ModelCard, share: float = 0.0, before: Plan | None = None
) -> dict[str, Any]:
    """Steps and guidance scale: as set by hand, as asked for, as before, or `share` (0: all) of the model's own."""
    steps, scale = (before.steps, before.guidance_scale) if before else (None, None)
    steps = first(wishes.steps, arguments.steps, steps, max(round(card.steps * (share or 1.0)), 1))
    guidance = first(wishes.guidance_scale, arguments.guidance_scale, scale, card.guidance_scale)
    return {
        "steps": within("steps", steps, 1, MAX_STEPS, "steps"),
        "guidance_scale": within("guidance scale", guidance, 0.0, MAX_GUIDANCE, ""),
    }


def quality(wishes: Wishes, preferences: Preferences) -> dict[str, Any]:
    """How many candidates are painted and how often they are mended: as set by hand, as preferred, or once."""
    best_of = first(wishes.best_of, preferences.best_of or 1)
    revisions = first(wishes.revisions, max(preferences.revisions, 0))
    return {
        "best_of": within("number of candidates", best_of, 1, MAX_BEST_OF, "candidates"),
        "revisions": within("number of revisions", revisions, 0, MAX_REVISIONS, "revisions"),
    }


def seed(wishes: Wishes, arguments: ImagineArguments, context: ToolContext) -> int:
    """As asked for; a change to a picture keeps its seed, so that the rest stays as it was; else any."""
    kept = context.previous.seed if arguments.keeps_seed and context.previous else None
    seed = first(wishes.seed, arguments.seed, kept, secrets.randbelow(MAX_SEED + 1))
    return int(within("seed", seed, 0, MAX_SEED, ""))


def first(*values: Any) -> Any:
    """The first that is not None."""
    return next(value for value in values if value is not None)


def within(name: str, value: Any, lowest: Any, highest: Any, unit: str) -> Any:
    """The value, if it is in range. Raises RequestError, which says what the range is."""
    if not lowest <= value <= highest:
        raise RequestError(
            f"The {name} {value:,} is out of range", f"Choose {lowest} to {highest:,} {unit}".rstrip() + "."
        )
    return value
