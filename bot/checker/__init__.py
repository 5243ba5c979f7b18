"""The checker: compares what is to be painted with what the person asked, and puts right what was lost on the way."""

from typing import TYPE_CHECKING

from bot.checker.finding import Finding, Kind

if TYPE_CHECKING:  # bot.messages holds findings, and the checker reads what is in bot.messages
    from bot.brief import Brief
    from bot.dialects import Rendering
    from bot.tasks import ModelCard

__all__ = ["Finding", "Kind", "check"]


def check(
    request: str, brief: "Brief", rendering: "Rendering", card: "ModelCard", previous: "Brief | None" = None
) -> tuple[Finding, ...]:
    """All that a brief lost or invented against the request, and a prompt against the brief.

    Args:
        request: The person's own words, just now.
        brief: What they were taken to mean.
        rendering: The prompt that was made of it; what its notes say that it leaves out is no fault.
        card: The model that the prompt is for.
        previous: The brief of the picture that the words ask to change, if they do.
    """
    from bot.checker.checks import check_brief, check_prompt

    return (*check_brief(request, brief, previous), *check_prompt(request, brief, rendering, card))
