"""The dialect of tags: short phrases with commas, most important first, for Stable Diffusion 1.5, SDXL and their kin.

A phrase holds a thing with all that is bound to it, or two things in their relation, so that 'two red cats, one blue
dog' can't come apart. CLIP reads 75 tokens, and what stands first weighs most and is cut last.
"""

from dataclasses import replace
from typing import Any

from bot.brief import FREE, Brief
from bot.dialects.phrases import at_time, describe, in_place, in_weather, once_more, related
from bot.dialects.remarks import note_chinese, note_what_differs
from bot.dialects.rendering import Notes, Rendering, is_chinese, joined, kept_out, nothing_to_paint, unwritten
from bot.style import Style
from bot.tasks import ModelCard

# Few-step models are distilled at little or no guidance: a long prompt pulls them in all directions at once.
LITTLE_GUIDANCE = 2.0
MOST_ADDED = 1
MOST_STYLE_TAGS = 2


def tags(brief: Brief, card: ModelCard, style: Style | None) -> Rendering:
    """Render for models that CLIP reads for; what has no subjects is passed on in the asker's words.

    Raises:
        RequestError: There is not a word to paint from.
    """
    short = is_few_step(card)
    brief = _with_few_additions(brief) if short else brief
    locked = _scene(brief)
    texts, names = unwritten(brief, ", ".join(locked))
    locked += [*(f'text "{text}"' for text in texts), *names]
    parts = [*locked, *_around(brief), *_style(brief, style, ", ".join(locked), card, short=short)]
    parts += [getattr(brief, name) for name in FREE]
    prompt = joined(list(dict.fromkeys(parts)))
    if not prompt:
        raise nothing_to_paint()
    notes = Notes(brief.words)
    note_what_differs(notes, brief, card, style)
    note_chinese(notes, brief, card, prompt)
    return Rendering(prompt, kept_out(brief, card, style), tuple(notes.sentences))


def is_few_step(card: ModelCard) -> bool:
    """Whether a model paints in a few steps at little guidance, as Turbo, Lightning and LCM do."""
    return not card.negative_prompt and card.guidance_scale <= LITTLE_GUIDANCE


def _with_few_additions(brief: Brief) -> Brief:
    """The brief with no more than one of the free items that nobody asked for."""
    extra = [name for name in FREE if name in brief.added and getattr(brief, name)][MOST_ADDED:]
    gone: dict[str, Any] = dict.fromkeys(extra, "")
    return replace(brief, **gone)


def _scene(brief: Brief) -> list[str]:
    """Every thing once in full, in the order in which they were named; a relation stands where its first thing does."""
    subjects = [subject for subject in brief.subjects if subject.name.strip()]
    if not subjects:
        return [brief.words.strip()]
    waiting, left, phrases = list(brief.relations), list(subjects), list[str]()

    def mention(name: str) -> str:
        subject = next((one for one in left if one.name == name), None)
        if subject is None:
            return once_more(name, subjects)
        left.remove(subject)
        return describe(subject)

    for subject in subjects:
        while relation := next((one for one in waiting if subject.name in (one.subject, one.object)), None):
            waiting.remove(relation)
            phrases.append(related(mention(relation.subject), relation.kind, mention(relation.object)))
        if any(one is subject for one in left):
            phrases.append(mention(subject.name))
    return phrases


def _around(brief: Brief) -> list[str]:
    """Where and when, unless the words that are passed on say so already."""
    if brief.words.strip() and not brief.subjects and not is_chinese(brief.words):
        return []
    return [in_place(brief.place), at_time(brief.time), in_weather(brief.weather)]


def _style(brief: Brief, style: Style | None, said: str, card: ModelCard, *, short: bool) -> list[str]:
    if style:
        phrases = style.phrase(card.dialect).split(", ")
        return phrases[:MOST_STYLE_TAGS] if short else phrases
    if not brief.style or brief.style.casefold() in said.casefold():
        return []
    return [brief.style if brief.style.casefold().endswith("style") else f"{brief.style} style"]
