"""From a brief to a prompt that has passed the checker: mended once, else the person's own words, else a refusal."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.brief import FREE, Brief
from bot.checker.budget import Budget, Count
from bot.checker.checks import check_brief, check_prompt
from bot.checker.checks_prompt import wrong_language
from bot.checker.finding import Finding, Kind
from bot.checker.grounded import ground_of
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


async def checked(
    request: str,
    brief: Brief,
    card: ModelCard,
    render: Render,
    previous: Brief | None = None,
    also: str = "",
    *,
    bare: Render | None = None,
    count: Count | None = None,
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
        bare: Makes a prompt without anything that nobody asked for, where there is no room for it.
        count: Counts tokens with the model's own tokenizer, where the careful estimate is too much.

    Raises:
        RequestError: The model reads English only, and nobody can say it in English; or `render` refuses.
    """
    task = _Task(request, card, render, bare or render, previous, also, Budget(card, count), Notes(brief.words))
    brief, found = task.mended(brief)
    rendering = render(brief)
    left = await task.faults(brief, rendering)
    if left:
        brief, rendering = task.rendered_again(brief, left)
        rendering = await task.within_budget(brief, rendering)
    if left or found:
        known = replace(rendering, notes=(*rendering.notes, *task.notes.sentences))
        if check_brief(request, brief, previous) or await task.faults(brief, known):
            task.notes.sentences.clear()
            rendering = await task.own_words(brief, rendering)
    told = replace(rendering, notes=tuple(dict.fromkeys((*rendering.notes, *task.notes.sentences))))
    return Checked(brief, told, (*found, *left))


@dataclass(frozen=True, slots=True)
class _Task:
    """One wish on its way to a prompt; `notes` gathers what the asker is to be told."""

    request: str
    card: ModelCard
    render: Render
    bare: Render
    previous: Brief | None
    also: str
    budget: Budget
    notes: Notes

    async def faults(self, brief: Brief, rendering: Rendering) -> tuple[Finding, ...]:
        tokens = await self.budget.tokens(rendering.prompt)
        return check_prompt(self.request, brief, rendering, self.card, self.also, tokens)

    def mended(self, brief: Brief) -> tuple[Brief, tuple[Finding, ...]]:
        """The brief put right, and all that was wrong with it."""
        asked = wanted(self.request) if self.previous is None else wanted_change(self.request, self.previous)
        found: tuple[Finding, ...] = ()
        if self.previous is None:
            brief = replace(brief, added=(*brief.added, *ground_of(self.request).leaves_open(brief)))
        for _ in range(MOST_ROUNDS):
            if not (more := check_brief(self.request, brief, self.previous)):
                break
            found = tuple(dict.fromkeys((*found, *more)))
            brief = mend_brief(brief, asked, more)
        tell_mended(self.notes, found, asked)
        return brief, found

    def rendered_again(self, brief: Brief, left: tuple[Finding, ...]) -> tuple[Brief, Rendering]:
        """A second try: Chinese put into English, and what is forbidden no longer named."""
        kinds = {one.kind for one in left}
        if Kind.LANGUAGE in kinds:
            brief = in_english(brief if brief.subjects else _understood(self.request, brief))
        words = brief.words
        if not brief.subjects and Kind.EXCLUSION in kinds:
            words = without_forbidding(words)
        if not brief.subjects and Kind.LANGUAGE in kinds and any((brief.place, brief.time, brief.weather)):
            words = ""  # the scene says in English what they say in Chinese
        return brief, self.render(replace(brief, words=words))

    async def within_budget(self, brief: Brief, rendering: Rendering) -> Rendering:
        """A prompt that its model reads to the end: first without what was left free, then cut, which is said."""
        if await self.budget.fits(rendering.prompt):
            return rendering
        nothing_free: dict[str, Any] = {name: "" for name in FREE if name in brief.added}
        return await shortened(self.bare(replace(brief, **nothing_free)), self.card, self.budget, self.notes)

    async def own_words(self, brief: Brief, rendering: Rendering) -> Rendering:
        """The person's own words, the earlier ones first where these change a picture."""
        words = self.request if self.previous is None else f"{self.previous.words}, {self.request}"
        own = Rendering(" ".join(words.split()), rendering.negative_prompt, ())
        unread = [*wrong_language(brief, rendering, self.card, 0), *wrong_language(brief, own, self.card, 0)]
        if unread:
            raise not_in_english(self.notes, self.card, unread[0].found)
        tell_own_words(self.notes)
        return await shortened(own, self.card, self.budget, self.notes)


async def shortened(rendering: Rendering, card: ModelCard, budget: Budget, notes: Notes) -> Rendering:
    """The rendering, cut where its model would not read it to the end; the notes say what is left out."""
    if await budget.fits(rendering.prompt):
        return rendering
    kept, left_out = await budget.cut(rendering.prompt)
    tell_shortened(notes, card, left_out)
    return replace(rendering, prompt=kept)


def _understood(request: str, brief: Brief) -> Brief:
    """What the director makes of words of which an LLM has filled in nothing."""
    read = understand(request, None)
    return brief if isinstance(read, str) else replace(read.to_brief(), words=brief.words)
