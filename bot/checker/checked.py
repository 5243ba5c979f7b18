"""From a brief to a prompt that has passed the checker: mended once, else the person's own words, else a refusal."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.brief import FREE, Brief
from bot.checker.budget import tokens_at_most
from bot.checker.checks import check_brief, check_prompt
from bot.checker.checks_prompt import wrong_language
from bot.checker.finding import Finding, Kind
from bot.checker.mend import in_english, mend_brief, without_forbidding
from bot.checker.sentences import not_in_english, tell_mended, tell_own_words, tell_shortened
from bot.checker.wanted import wanted
from bot.checker.wanted_change import wanted_change
from bot.dialects import Rendering
from bot.dialects.rendering import Notes
from bot.director.understand import understand
from bot.tasks import ModelCard

# A thing that is put back may have lost its relation too, which shows only then.
MOST_ROUNDS = 2
Render = Callable[[Brief], Rendering]


@dataclass(frozen=True, slots=True)
class Checked:
    """What is painted from.

    Attributes:
        brief: What was asked, put right where it had to be.
        rendering: Its notes say what was put right.
        findings: All that was wrong at first.
    """

    brief: Brief
    rendering: Rendering
    findings: tuple[Finding, ...] = ()


def checked(
    request: str, brief: Brief, card: ModelCard, render: Render, previous: Brief | None = None, also: str = ""
) -> Checked:
    """Render a brief so that nothing locked is lost, changed or invented.

    Code mends first: it is exact and costs no call. Only what it can't put right, words that nobody here can translate,
    is refused, and an LLM reads that refusal as the tool's answer and may call again, within its limit of calls.

    Args:
        request: The person's words, just now.
        brief: What they were taken to mean.
        card: What paints.
        render: Makes a prompt of a brief.
        previous: The brief of the picture that is to be changed, if one is.
        also: What style and house rules add to every prompt.

    Raises:
        RequestError: The model reads English only, and nobody can say it in English; or `render` refuses.
    """
    asked = wanted(request) if previous is None else wanted_change(request, previous)
    notes = Notes(brief.words)
    found: tuple[Finding, ...] = ()
    for _ in range(MOST_ROUNDS):
        if not (more := check_brief(request, brief, previous)):
            break
        found = tuple(dict.fromkeys((*found, *more)))
        brief = mend_brief(brief, asked, more)
    tell_mended(notes, found, asked)
    rendering = render(brief)
    left = check_prompt(request, brief, rendering, card, also)
    if left:
        brief, rendering = _rendered_again(request, brief, card, render, left)
        rendering = _within_budget(brief, rendering, card, render, notes)
    if left or found:
        known = replace(rendering, notes=(*rendering.notes, *notes.sentences))
        if check_brief(request, brief, previous) or check_prompt(request, brief, known, card, also):
            notes.sentences.clear()
            rendering = _own_words(request, brief, rendering, card, previous, notes)
    told = replace(rendering, notes=tuple(dict.fromkeys((*rendering.notes, *notes.sentences))))
    return Checked(brief, told, (*found, *left))


def _rendered_again(
    request: str, brief: Brief, card: ModelCard, render: Render, left: tuple[Finding, ...]
) -> tuple[Brief, Rendering]:
    """A second try: Chinese put into English, and what is forbidden no longer named."""
    kinds = {one.kind for one in left}
    if Kind.LANGUAGE in kinds:
        brief = in_english(brief if brief.subjects else _understood(request, brief))
    words = brief.words
    if not brief.subjects and Kind.EXCLUSION in kinds:
        words = without_forbidding(words)
    if not brief.subjects and Kind.LANGUAGE in kinds and any((brief.place, brief.time, brief.weather)):
        words = ""  # the scene says in English what they say in Chinese
    return brief, render(replace(brief, words=words))


def _understood(request: str, brief: Brief) -> Brief:
    """What the director makes of words of which an LLM has filled in nothing."""
    read = understand(request, None)
    return brief if isinstance(read, str) else replace(read.to_brief(), words=brief.words)


def _within_budget(brief: Brief, rendering: Rendering, card: ModelCard, render: Render, notes: Notes) -> Rendering:
    """A prompt that its model reads to the end: first without what was left free, then cut, which is said."""
    if tokens_at_most(rendering.prompt, card) <= card.token_limit:
        return rendering
    nothing_free: dict[str, Any] = {name: "" for name in FREE if name in brief.added}
    bare = render(replace(brief, **nothing_free))
    if tokens_at_most(bare.prompt, card) <= card.token_limit:
        return bare
    kept = bare.prompt
    while kept and tokens_at_most(kept, card) > card.token_limit:
        kept = kept[: max(kept.rfind(mark, 0, -1) for mark in " ,，。、")] if " " in kept[:-1] else kept[:-1]
    tell_shortened(notes, card, bare.prompt[len(kept) :].strip(" ,，"))
    return replace(bare, prompt=kept.rstrip(" ,，"))


def _own_words(
    request: str, brief: Brief, rendering: Rendering, card: ModelCard, previous: Brief | None, notes: Notes
) -> Rendering:
    """The person's own words, the earlier ones first where these change a picture."""
    words = request if previous is None else f"{previous.words}, {request}"
    own = Rendering(" ".join(words.split()), rendering.negative_prompt, ())
    if unread := next(wrong_language(brief, rendering, card), None) or next(wrong_language(brief, own, card), None):
        raise not_in_english(notes, card, unread.found)
    tell_own_words(notes)
    return _within_budget(brief, own, card, lambda _: own, notes)
