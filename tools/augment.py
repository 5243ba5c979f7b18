"""Many prompts of one wish: what is locked stays, what is open varies; each is checked like a picture's."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from bot import Plan, ToolContext
from bot.brief import FREE, Brief
from bot.brief_arguments import arguments_of
from bot.lora_settings import LoraSettings
from bot.manner import can_paint
from bot.modest import modest_items
from bot.style import Library
from bot.variety import vary
from tools.imagine import Imagine
from tools.loras import NO_LORAS

VARIED = (*FREE, "style")
# What a style without colours avoids: 'colour', 'bright colours', 'colour fill'; but 'muted colours' is a loud style.
_COLOURLESS = re.compile(r"(?:^|, )(?:bright )?colours?(?: fill)?(?:,|$)")


async def augmented(
    plan: Plan,
    count: int,
    seed: int,
    library: Library,
    context: ToolContext,
    loras: Mapping[str, LoraSettings] = NO_LORAS,
) -> tuple[Plan, ...]:
    """The plan itself, and others of the same wish, for training data and for a choice of words.

    Every one but the first is planned by the tool that plans pictures, so that dialect and checker are the same. The
    medium varies too where none was asked for and the model knows several.

    Args:
        plan: What the wish was taken to mean.
        count: 1 to `bot.limits.MAX_PROMPTS`, all together.
        seed: The same one gives the same prompts.
        library: The styles there are.
        context: The call that the plan came from.
        loras: Those that settings name.

    Raises:
        RequestError: The model can't be asked for such a thing.
    """
    imagine = Imagine(library, loras)
    plans = [plan]
    styles = () if plan.style else _media(plan.brief, library, context)
    for brief in vary(plan.brief, count, seed, free=modest_items(plan.brief), styles=styles)[1:]:
        arguments = arguments_of(brief).model_copy(update={"added": list(brief.added)})
        result = await imagine.run(arguments, context)
        plans.append(replace(result.plans[0], seed=plan.seed))
    return tuple(plans)


def _media(brief: Brief, library: Library, context: ToolContext) -> list[str]:
    """Styles that the model can paint; those without colours only where no colour is asked for."""
    coloured = any(one.colour for one in brief.subjects)
    return [
        name
        for name, style in library.styles.items()
        if can_paint(style, context.card) and not (coloured and _COLOURLESS.search(style.avoid))
    ]


def varied(plan: Plan, first: Plan) -> dict[str, str]:
    """The free items in which a plan differs from the first one, by field."""
    return {
        name: getattr(plan.brief, name) for name in VARIED if getattr(plan.brief, name) != getattr(first.brief, name)
    }


def record(plan: Plan, first: Plan) -> dict[str, Any]:
    """One line of training data as JSON values."""
    return {
        "request": plan.request,
        "brief": asdict(plan.brief),
        "prompt": plan.prompt,
        "negative_prompt": plan.negative_prompt,
        "varied": varied(plan, first),
    }


def different(plans: Sequence[Plan]) -> int:
    """How many of the prompts are not the same as another."""
    return len({(plan.prompt, plan.negative_prompt) for plan in plans})
