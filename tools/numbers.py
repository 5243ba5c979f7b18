"""The numbers of a plan: sizes, steps, guidance, seed and what painting starts from, each checked against the model."""

import math
import secrets
from typing import Any

from bot import Attachment, Message, ModelCard, RequestError, ToolContext, Wishes
from bot.brief import Brief
from bot.brief_arguments import ImagineArguments
from bot.limits import (
    MAX_GUIDANCE,
    MAX_SEED,
    MAX_STEPS,
    MIN_SIDE_PX,
    MOST_UNEQUAL_SIDES,
    check_strength,
)

STRENGTH = 0.6


def start(arguments: ImagineArguments, context: ToolContext) -> dict[str, Any]:
    """What painting starts from: a picture that came along, or what the picture that is being changed started from."""
    wishes, card = context.message.wishes, context.card
    if context.message.attachments:
        if not card.img2img:
            raise RequestError(f"{card.model} can't start from a picture", "Send the words alone.")
        strength = STRENGTH if wishes.strength is None else check_strength(wishes.strength)
        return {"source": context.message.attachments[0].sha256, "strength": strength}
    if wishes.strength is not None:
        raise RequestError("A strength needs a picture to start from", "Send one along, or leave the strength out.")
    if arguments.keeps_seed and context.previous:
        return {"source": context.previous.source, "strength": context.previous.strength}
    return {}


def shaped(message: Message, arguments: ImagineArguments) -> bool:
    """Whether a size was given, or a picture that gives the shape came along."""
    wishes = message.wishes
    sides = (wishes.width_px, wishes.height_px, arguments.width_px, arguments.height_px)
    return bool(message.attachments) or any(side is not None for side in sides)


def sizes(message: Message, arguments: ImagineArguments, brief: Brief, card: ModelCard) -> dict[str, Any]:
    """Width and height: as set by hand, as asked for, by aspect at the model's own area, or its own size."""
    wishes = message.wishes
    asked = (wishes.width_px, wishes.height_px)
    if asked == (None, None):
        asked = (arguments.width_px, arguments.height_px)
    if asked != (None, None):
        width_px, height_px = asked
        if width_px is None or height_px is None:
            raise RequestError("A size needs both sides", "Say it like 512x512.")
        return {"width_px": _side("width", width_px, card), "height_px": _side("height", height_px, card)}
    if brief.aspect:
        ratio = _ratio(brief.aspect)
    elif message.attachments:
        ratio = _painted_ratio(message.attachments[0])
    else:
        return {"width_px": card.width_px, "height_px": card.height_px}
    area = card.width_px * card.height_px
    return {"width_px": _round(math.sqrt(area * ratio), card), "height_px": _round(math.sqrt(area / ratio), card)}


def _side(name: str, value_px: int, card: ModelCard) -> int:
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


def numbers(wishes: Wishes, arguments: ImagineArguments, card: ModelCard) -> dict[str, Any]:
    """Steps and guidance scale: as set by hand, as asked for, or the model's own."""
    steps = first(wishes.steps, arguments.steps, card.steps)
    guidance = first(wishes.guidance_scale, arguments.guidance_scale, card.guidance_scale)
    return {
        "steps": within("steps", steps, 1, MAX_STEPS, "steps"),
        "guidance_scale": within("guidance scale", guidance, 0.0, MAX_GUIDANCE, ""),
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
