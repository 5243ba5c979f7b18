"""What painting starts from: a picture that came along, the picture that is changed a little, or noise."""

from dataclasses import replace
from typing import Any

from bot import Plan, RequestError, ToolContext
from bot.brief import Brief
from bot.brief_arguments import ImagineArguments
from bot.limits import check_strength

STRENGTH = 0.6
# Measured on Sketch by benchmarks/edits.py: far enough for another colour, near enough that the rest stays.
CHANGE_STRENGTH = 0.75


def start(arguments: ImagineArguments, brief: Brief, size: tuple[int, int], context: ToolContext) -> dict[str, Any]:
    """The fields `source` and `strength` of a plan.

    Args:
        arguments: What was asked for.
        brief: What will be painted.
        size: Its width and height in px.
        context: Of the call.

    Raises:
        RequestError: The model can't start from a picture, or a strength is given without one or out of range.
    """
    wishes, card = context.message.wishes, context.card
    if context.message.attachments:
        if not card.img2img:
            raise RequestError(f"{card.model} can't start from a picture", "Send the words alone.")
        strength = STRENGTH if wishes.strength is None else check_strength(wishes.strength)
        return {"source": context.message.attachments[0].sha256, "strength": strength}
    if wishes.strength is not None:
        raise RequestError("A strength needs a picture to start from", "Send one along, or leave the strength out.")
    before = context.previous if arguments.keeps_seed else None
    if before is None:
        return {}
    same_shape = size == (before.width_px, before.height_px)
    if card.img2img and context.previous_sha256 and same_shape and is_small(before.brief, brief):
        return {"source": context.previous_sha256, "strength": CHANGE_STRENGTH}
    first = _before_changes(before, context)
    return {"source": first.source, "strength": first.strength}


def is_small(before: Brief, after: Brief) -> bool:
    """Whether only colours, attributes, time of day, weather or what goes with them change: all is where it was."""
    return before != after and _layout(before) == _layout(after)


def _layout(brief: Brief) -> Brief:
    things = tuple(replace(one, colour=None, attributes=()) for one in brief.subjects)
    return replace(brief, words="", subjects=things, time="", weather="", light="", mood="", added=())


def _before_changes(plan: Plan, context: ToolContext) -> Plan:
    """The plan that the changes to a picture began with: what it started from is no picture that they changed."""
    plans = {one.id: one.plan for one in context.earlier}
    while (parent := plans.get(plan.parent or "")) and parent.seed == plan.seed:
        plan = parent
    return plan
