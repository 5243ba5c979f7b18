"""Which preferences decided something about a plan, and so are told with it."""

from collections.abc import Iterator

from bot import Plan, ToolContext
from bot.brief_arguments import ImagineArguments
from bot.manner import Manner
from bot.preferences import Preferences
from tools.numbers import kept


def style_by(manner: Manner, wants: Preferences) -> str:
    """Who set the style where the asker did not: 'pack', or one of `Preferences.sources`."""
    if manner.style is None or manner.chosen:
        return ""
    return wants.sources.get("style", "") if manner.preferred else "pack"


def reasons(plan: Plan, manner: Manner, arguments: ImagineArguments, context: ToolContext) -> tuple[str, ...]:
    """The sentences of the preferences that the plan goes by; that of rewriting only where it is held."""
    return tuple(
        said for field in _used(plan, manner, arguments, context) if (said := context.preferences.notes.get(field))
    )


def _used(plan: Plan, manner: Manner, arguments: ImagineArguments, context: ToolContext) -> Iterator[str]:
    wishes, wants, card = context.message.wishes, context.preferences, context.card
    if plan.held:
        yield "rewriting"
    if manner.preferred:
        yield "style"
    if manner.shape and plan.brief.aspect == manner.shape and "aspect" in plan.brief.added:
        yield "aspect"
    if wants.model and wishes.model is None:
        yield "model"
    said = wishes.steps is not None or arguments.steps is not None or kept(arguments, context)
    if wants.steps and not said and plan.steps != card.steps:
        yield "steps"
    if wants.best_of > 1 and wishes.best_of is None:
        yield "best_of"
    if wants.revisions > 0 and wishes.revisions is None:
        yield "revisions"
