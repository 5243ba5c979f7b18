"""The checks, one small function each, in one table; every one reads a brief and a prompt alike."""

from collections.abc import Callable, Iterator

from bot.brief import Brief
from bot.checker.alike import heads
from bot.checker.budget import tokens_at_most
from bot.checker.checks_prompt import too_long, wrong_language
from bot.checker.checks_said import digits, exclusions, invented_entities, names, scene, style, texts
from bot.checker.checks_things import attributes, colours, counts, entities, relations
from bot.checker.finding import Finding, Kind
from bot.checker.grounded import grounded
from bot.checker.shown import Shown, everything, in_words_of, of_brief, of_prompt
from bot.checker.stated import is_stated
from bot.checker.wanted import wanted
from bot.checker.wanted_change import wanted_change
from bot.dialects import Rendering
from bot.dialects.vocabulary import Vocabulary, find
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
    grounded,
)
PROMPT_CHECKS: tuple[Callable[[Brief, Rendering, ModelCard, int], Iterator[Finding]], ...] = (wrong_language, too_long)
_ABOUT_ONE_THING = {Kind.COUNT, Kind.COLOUR, Kind.ATTRIBUTE}


def check_brief(request: str, brief: Brief, previous: Brief | None = None) -> tuple[Finding, ...]:
    """What a brief lost, changed or invented of what the person said."""
    asked = wanted(request) if previous is None else wanted_change(request, previous)
    allowed = request if previous is None else f"{everything(previous)}\n{request}"
    return _without_consequences(_compare(asked, of_brief(brief, allowed), allowed))


def check_prompt(
    request: str, brief: Brief, rendering: Rendering, card: ModelCard, also: str = "", tokens: int | None = None
) -> tuple[Finding, ...]:
    """What a prompt lost, changed or invented of its brief, other than what its notes say and what style adds.

    Args:
        request: The person's own words.
        brief: What they were taken to mean.
        rendering: The prompt, and notes on what it leaves out.
        card: What the prompt is for.
        also: What style and house rules add to every prompt.
        tokens: Those that the prompt takes, where they were counted; else they are estimated.
    """
    asked, brief = brief, in_words_of(card, brief)
    allowed = "\n".join(dict.fromkeys((everything(asked), everything(brief), request, also)))
    prompt = of_prompt(brief, rendering, card)
    found = _without_consequences([*_compare(brief, prompt, allowed), *style(brief, prompt, also)])
    stated = tuple(one for one in found if not is_stated(one, rendering, _names(one, asked, card)))
    tokens = tokens_at_most(rendering.prompt, card) if tokens is None else tokens
    return (*stated, *(one for check in PROMPT_CHECKS for one in check(brief, rendering, card, tokens)))


def _names(finding: Finding, asked: Brief, card: ModelCard) -> tuple[str, ...]:
    """Other names of what is missing, which notes may use: the person's, and those that the model's own words have."""
    said = {finding.wanted, str(getattr(asked, finding.about)) if finding.kind is Kind.SCENE else ""} - {""}
    if not card.vocabulary:
        return tuple(said)
    meanings = [find(table, name) for table in Vocabulary.of(card).tables for name in said]
    return (*said, *(name for meaning in meanings if meaning for name in meaning.names))


def _compare(asked: Brief, shown: Shown, allowed: str) -> list[Finding]:
    return list(dict.fromkeys(one for check in CHECKS for one in check(asked, shown, allowed)))


def _without_consequences(found: list[Finding]) -> tuple[Finding, ...]:
    """One fault is one finding: what is missing has lost its relations too, and what took its place is no invention."""
    missing = [one.about for one in found if one.kind is Kind.ENTITY]
    gone = {head for name in missing for part in name.split("|") for head in heads(part)}
    return tuple(one for one in found if one.kind is not Kind.RELATION or not gone & _things(one))


def _things(finding: Finding) -> set[str]:
    return {head for part in finding.about.split("|") for head in heads(part)}
