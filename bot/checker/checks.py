"""The checks, one small function each, in one table; every one reads a brief and a prompt alike."""

from collections.abc import Callable, Iterator

from bot.brief import Brief
from bot.checker.alike import heads
from bot.checker.checks_prompt import too_long, wrong_language
from bot.checker.checks_said import digits, exclusions, invented_entities, names, scene, style, texts
from bot.checker.checks_things import attributes, colours, counts, entities, relations
from bot.checker.finding import Finding, Kind
from bot.checker.shown import Shown, everything, in_words_of, of_brief, of_prompt
from bot.checker.stated import is_stated
from bot.checker.wanted import wanted
from bot.checker.wanted_change import wanted_change
from bot.dialects import Rendering
from bot.tasks import ModelCard

# Each compares what is wanted with what is shown; the third argument is all that may be named at all.
CHECKS: tuple[Callable[[Brief, Shown, str], Iterator[Finding]], ...] = (
    entities,
    counts,
    colours,
    attributes,
    relations,
    texts,
    names,
    digits,
    exclusions,
    scene,
    invented_entities,
)
PROMPT_CHECKS: tuple[Callable[[Brief, Rendering, ModelCard], Iterator[Finding]], ...] = (wrong_language, too_long)
_ABOUT_ONE_THING = {Kind.COUNT, Kind.COLOUR, Kind.ATTRIBUTE}


def check_brief(request: str, brief: Brief, previous: Brief | None = None) -> tuple[Finding, ...]:
    """What a brief lost, changed or invented of what the person said."""
    asked = wanted(request) if previous is None else wanted_change(request, previous)
    allowed = request if previous is None else f"{everything(previous)}\n{request}"
    return _without_consequences(_compare(asked, of_brief(brief, allowed), allowed))


def check_prompt(
    request: str, brief: Brief, rendering: Rendering, card: ModelCard, also: str = ""
) -> tuple[Finding, ...]:
    """What a prompt lost, changed or invented of its brief, other than what its notes say and what style adds."""
    allowed = f"{everything(brief)}\n{request}\n{also}"
    brief = in_words_of(card, brief)
    prompt = of_prompt(brief, rendering, card)
    found = _without_consequences([*_compare(brief, prompt, allowed), *style(brief, prompt, also)])
    stated = tuple(one for one in found if not is_stated(one, rendering))
    return (*stated, *(one for check in PROMPT_CHECKS for one in check(brief, rendering, card)))


def _compare(asked: Brief, shown: Shown, allowed: str) -> list[Finding]:
    return list(dict.fromkeys(one for check in CHECKS for one in check(asked, shown, allowed)))


def _without_consequences(found: list[Finding]) -> tuple[Finding, ...]:
    """One fault is one finding: what is missing has lost its relations too, and what took its place is no invention."""
    missing = [one.about for one in found if one.kind is Kind.ENTITY]
    gone = {head for name in missing for part in name.split("|") for head in heads(part)}
    return tuple(one for one in found if one.kind is not Kind.RELATION or not gone & _things(one))


def _things(finding: Finding) -> set[str]:
    return {head for part in finding.about.split("|") for head in heads(part)}
