"""The plain dialect: one natural sentence that keeps everything that was asked for."""

from bot.brief import FREE, Brief, Subject
from bot.dialects.phrases import at_time, describe, in_place, in_weather, once_more, related
from bot.dialects.remarks import note_chinese, note_what_differs
from bot.dialects.rendering import Notes, Rendering, is_chinese, joined, kept_out, nothing_to_paint, unwritten
from bot.grammar import listed
from bot.style import Style
from bot.tasks import ModelCard


def plain(brief: Brief, card: ModelCard, style: Style | None) -> Rendering:
    """Render for models that read ordinary sentences; what has no subjects is passed on in the asker's words.

    Raises:
        RequestError: There is not a word to paint from.
    """
    sentence = _sentence(brief)
    parts = [sentence, *_written(brief, sentence), *_style(brief, style, card, sentence)]
    parts += [item for name in FREE if (item := getattr(brief, name))]
    prompt = joined(parts)
    if not prompt:
        raise nothing_to_paint()
    notes = Notes(brief.words)
    note_what_differs(notes, brief, card, style)
    note_chinese(notes, brief, card, prompt)
    return Rendering(prompt, kept_out(brief, card, style), tuple(notes.sentences))


def _sentence(brief: Brief) -> str:
    scene = [in_place(brief.place), at_time(brief.time), in_weather(brief.weather)]
    scene = [phrase for phrase in scene if phrase]
    subjects = [subject for subject in brief.subjects if subject.name.strip()]
    if subjects:
        return " ".join([_things(brief, subjects), *scene])
    # The words say the scene already, unless they are Chinese and it was understood in English, or there are none.
    words = brief.words.strip()
    return ", ".join([words, *scene]) if words and is_chinese(words) else words or " ".join(scene)


def _things(brief: Brief, subjects: list[Subject]) -> str:
    """All subjects, each in full the first time: those in relations as clauses, the others listed before."""
    left = list(subjects)
    clauses = []
    for relation in brief.relations:
        first, second = (_mention(name, left, subjects) for name in (relation.subject, relation.object))
        clauses.append(related(first, relation.kind, second))
    return ", ".join([listed([describe(subject) for subject in left])] * bool(left) + clauses)


def _mention(name: str, left: list[Subject], subjects: list[Subject]) -> str:
    """The next subject of that name in full, taken from those that are left; then as 'the cat'."""
    subject = next((one for one in left if one.name == name), None)
    if subject is None:
        return once_more(name, subjects)
    left.remove(subject)
    return describe(subject)


def _written(brief: Brief, sentence: str) -> list[str]:
    texts, names = unwritten(brief, sentence)
    quoted = listed([f'"{text}"' for text in texts])
    return ([f"with the text {quoted}"] if texts else []) + names


def _style(brief: Brief, style: Style | None, card: ModelCard, sentence: str) -> list[str]:
    if style:
        return [style.phrase(card.dialect)]
    if not brief.style or brief.style.casefold() in sentence.casefold():
        return []
    return [brief.style if brief.style.casefold().endswith("style") else f"in {brief.style} style"]
