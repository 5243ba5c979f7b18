"""The imagine tool: a checked request becomes plans of pictures; painting comes after the turn."""

import math
import secrets
from dataclasses import replace
from typing import Any

from bot import Attachment, Message, Plan, RequestError, ToolContext, ToolResult, Wishes
from bot.brief import Brief
from bot.brief_arguments import ImagineArguments
from bot.checker.checked import Checked, checked
from bot.dialects import Rendering, render
from bot.limits import (
    MAX_COUNT,
    MAX_GUIDANCE,
    MAX_SEED,
    MAX_STEPS,
    MIN_SIDE_PX,
    MOST_UNEQUAL_SIDES,
    check_strength,
)
from bot.manner import Manner, choose
from bot.style import Library, load_library
from bot.tasks import ModelCard

STRENGTH = 0.6


class Imagine:
    """Plans one to four pictures of one wish.

    Args:
        library: The styles and packs that there are; those that are installed where none are given.
    """

    name = "imagine"
    description = (
        "Plan pictures from what the person asked for. Call it once per message that wishes for a picture, with "
        "everything they said in the fields it belongs to. Painting starts by itself when your turn is over."
    )
    arguments = ImagineArguments

    def __init__(self, library: Library | None = None) -> None:
        self._library = library or load_library()

    async def run(self, arguments: ImagineArguments, context: ToolContext) -> ToolResult:
        """Check the request and plan its pictures.

        Raises:
            RequestError: A number is out of range, the style is unknown, or the model can't paint such a thing.
        """
        wishes, card = context.message.wishes, context.card
        by_hand = _by_hand(context)
        done = Checked(arguments.to_brief(), by_hand) if by_hand else self._checked(arguments, context)
        brief, rendering = _as_set(done.brief, wishes), done.rendering
        manner = choose(self._library, wishes.style, brief, card)
        if by_hand is None:
            brief = manner.fill(brief, shaped=_shaped(context.message, arguments))
        first = Plan(
            request=context.message.text,
            brief=brief,
            prompt=rendering.prompt,
            negative_prompt=_negative(wishes, arguments, rendering, card),
            model=card.model,
            family=card.family,
            **_sizes(context.message, arguments, brief, card),
            **_numbers(wishes, arguments, card),
            seed=_seed(wishes, arguments, context),
            style=manner.style.name if manner.style else "",
            notes=rendering.notes + manner.caution(brief),
            findings=done.findings,
            parent=context.previous_id if arguments.follows_up else None,
            **_start(arguments, context),
        )
        count = _within("count", _first(wishes.count, arguments.count), 1, MAX_COUNT, "pictures at once")
        plans = tuple(replace(first, seed=(first.seed + number) % (MAX_SEED + 1)) for number in range(count))
        what = "1 picture" if count == 1 else f"{count} pictures"
        return ToolResult(f"{what} will be painted from: {first.prompt}", plans, ends_turn=True)

    def _checked(self, arguments: ImagineArguments, context: ToolContext) -> Checked:
        """The brief and its prompt, in the style and by the house rules, with all that the person said still in it."""
        wishes, card, shaped = context.message.wishes, context.card, _shaped(context.message, arguments)

        def rendered(brief: Brief) -> Rendering:
            asked = _as_set(brief, wishes)
            manner = choose(self._library, wishes.style, asked, card)
            return _in_manner(manner, asked, manner.fill(asked, shaped=shaped), card)

        brief = arguments.to_brief()
        previous = context.previous.brief if arguments.follows_up and context.previous else None
        also = _added_by(choose(self._library, wishes.style, _as_set(brief, wishes), card), card)
        return checked(context.message.text, brief, card, rendered, previous, also)


def _as_set(brief: Brief, wishes: Wishes) -> Brief:
    """A brief with the shape that was set by hand."""
    return replace(brief, aspect=wishes.aspect) if wishes.aspect else brief


def _added_by(manner: Manner, card: ModelCard) -> str:
    """What a style and a pack say in every prompt."""
    said = [manner.style.phrase(card.dialect)] if manner.style else []
    return ", ".join([*said, *(manner.pack.adds.model_dump().values() if manner.pack else ())])


def _in_manner(manner: Manner, asked: Brief, filled: Brief, card: ModelCard) -> Rendering:
    """The prompt in the style and by the house rules, which add and keep out only what was left open."""
    rendering = render(filled, card, manner.heeding(asked))
    avoid = manner.avoid(asked) if card.negative_prompt and not card.vocabulary else ""
    negative = ", ".join(filter(None, [rendering.negative_prompt, avoid]))
    return Rendering(rendering.prompt, negative, rendering.notes + manner.rules(filled))


def _by_hand(context: ToolContext) -> Rendering | None:
    """The prompt that the person wrote, or their words where they want them painted as they are."""
    if context.message.wishes.prompt is not None:
        return Rendering(_written(context.message.wishes.prompt), "", ("Painted from the prompt as you wrote it.",))
    if context.message.wishes.as_is:
        return Rendering(context.message.text, "", ("Painted from your words as they are, as you asked.",))
    return None


def _written(prompt: str) -> str:
    if not prompt.strip():
        raise RequestError("The prompt is empty", "Write what is to be painted.")
    return prompt.strip()


def _start(arguments: ImagineArguments, context: ToolContext) -> dict[str, Any]:
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


def _negative(wishes: Wishes, arguments: ImagineArguments, rendering: Rendering, card: ModelCard) -> str:
    said = wishes.negative_prompt if wishes.negative_prompt is not None else arguments.negative_prompt
    if said and not card.negative_prompt:
        raise RequestError(f"{card.model} heeds no negative prompt", "Leave it out, or choose another model.")
    return ", ".join(part for part in (said, rendering.negative_prompt) if part)


def _shaped(message: Message, arguments: ImagineArguments) -> bool:
    """Whether a size was given, or a picture that gives the shape came along."""
    wishes = message.wishes
    sides = (wishes.width_px, wishes.height_px, arguments.width_px, arguments.height_px)
    return bool(message.attachments) or any(side is not None for side in sides)


def _sizes(message: Message, arguments: ImagineArguments, brief: Brief, card: ModelCard) -> dict[str, Any]:
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


def _numbers(wishes: Wishes, arguments: ImagineArguments, card: ModelCard) -> dict[str, Any]:
    steps = _first(wishes.steps, arguments.steps, card.steps)
    guidance = _first(wishes.guidance_scale, arguments.guidance_scale, card.guidance_scale)
    return {
        "steps": _within("steps", steps, 1, MAX_STEPS, "steps"),
        "guidance_scale": _within("guidance scale", guidance, 0.0, MAX_GUIDANCE, ""),
    }


def _seed(wishes: Wishes, arguments: ImagineArguments, context: ToolContext) -> int:
    """As asked for; a change to a picture keeps its seed, so that the rest stays as it was; else any."""
    kept = context.previous.seed if arguments.keeps_seed and context.previous else None
    seed = _first(wishes.seed, arguments.seed, kept, secrets.randbelow(MAX_SEED + 1))
    return int(_within("seed", seed, 0, MAX_SEED, ""))


def _first(*values: Any) -> Any:
    return next(value for value in values if value is not None)


def _within(name: str, value: Any, lowest: Any, highest: Any, unit: str) -> Any:
    if not lowest <= value <= highest:
        raise RequestError(
            f"The {name} {value:,} is out of range", f"Choose {lowest} to {highest:,} {unit}".rstrip() + "."
        )
    return value
