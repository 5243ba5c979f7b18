"""Look and revise: how a picture that does not show what was asked is painted again, changed only in what failed."""

from collections.abc import Sequence
from dataclasses import replace

from bot.checker.budget import tokens_at_most
from bot.checker.checks import check_prompt
from bot.dialects import Rendering
from bot.messages import Plan
from bot.questions import Check
from bot.tasks import ModelCard


def revised(plan: Plan, failed: Sequence[Check], seed: int, card: ModelCard) -> Plan:
    """The plan with what failed said first, and another seed.

    A prompt written by hand stays as it is, and so does one that could not hold more: of a model with a small world of
    words, whose captions never said a thing twice, or one at its limit of tokens.

    Args:
        plan: The plan as it was asked for.
        failed: What a look did not find.
        seed: The other seed.
        card: The model.
    """
    again = replace(plan, seed=seed)
    if card.vocabulary or plan.prompt == plan.request:
        return again
    said = list(dict.fromkeys(check.emphasis for check in failed if check.emphasis))
    prompt = ", ".join([*said, plan.prompt])
    kept_out = [check.about for check in failed if not check.wanted and card.negative_prompt]
    parts = [part.strip() for part in plan.negative_prompt.split(",") if part.strip()]
    negative = ", ".join(dict.fromkeys([*kept_out, *parts]))
    changed = replace(again, prompt=prompt, negative_prompt=negative)
    return changed if _holds(changed, plan, card) else replace(again, negative_prompt=negative)


def _holds(changed: Plan, plan: Plan, card: ModelCard) -> bool:
    """Whether the checker finds no more wrong with a prompt than before, and the model reads it to its end."""
    if tokens_at_most(changed.prompt, card) > card.token_limit:
        return False
    return set(_found(changed, card)) <= set(_found(plan, card))


def _found(plan: Plan, card: ModelCard) -> tuple[object, ...]:
    rendering = Rendering(plan.prompt, plan.negative_prompt, plan.notes)
    return check_prompt(plan.request, plan.brief, rendering, card)
