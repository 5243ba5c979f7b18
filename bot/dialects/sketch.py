"""The Sketch dialect: a brief in the small world of words that a model knows, with notes on the rest."""

from bot.brief import FREE, MIRRORED, Brief
from bot.dialects.rendering import Notes, Rendering
from bot.dialects.sketch_scene import choose_place, choose_style, choose_time, find_place
from bot.dialects.sketch_things import Thing, choose_things, nothing_known, without_colours
from bot.dialects.vocabulary import Vocabulary, find
from bot.grammar import listed
from bot.style import Style
from bot.tasks import ModelCard


def sketch(brief: Brief, card: ModelCard, style: Style | None) -> Rendering:
    """Render in the grammar of the captions that the model learned from: style, things, place, time.

    Raises:
        RequestError: The brief names nothing that the model knows, nor anything near.
        ModelUnavailable: The model's folder does not say which words it knows.
    """
    vocabulary = Vocabulary.of(card)
    notes = Notes(brief.words)
    things, unknown = choose_things(brief, vocabulary, notes)
    asked_place = find_place(brief, unknown, vocabulary)
    # An empty place is a picture for whoever asked for nothing else, but not for someone who asked for coffee in it.
    painted = bool(things) or all(find(vocabulary.places, name) for name in unknown)
    place = choose_place(brief, asked_place, things, vocabulary, notes) if painted else None
    if place is None:
        raise nothing_known(vocabulary, [name for name in unknown if not find(vocabulary.places, name)], notes)
    manner = choose_style(brief, style, vocabulary, notes)
    if manner and manner.colourless:
        things = without_colours(things, vocabulary, notes)
    parts = [manner.phrase if manner else "", _related(brief, things, vocabulary, notes)]
    parts += [vocabulary.places[place].phrase, choose_time(brief, place, vocabulary, notes)]
    prompt = " ".join(filter(None, parts))
    left_out = [name for name in (*unknown, brief.weather) if name not in (asked_place, "sunny")]
    _note_left_out(brief, things, left_out, vocabulary, notes)
    _note_exclusions(brief, vocabulary, notes)
    if not brief.subjects:
        notes.add(
            f"What {vocabulary.name} understood of your words: {prompt}.", f"{vocabulary.name} 听懂的只有：{prompt}。"
        )
    negative = _negative(brief, things, vocabulary) if card.negative_prompt else ""
    return Rendering(prompt, negative, tuple(notes.sentences))


def _related(brief: Brief, things: list[Thing], vocabulary: Vocabulary, notes: Notes) -> str:
    """One thing, or two in the relation that was asked for."""
    if len(things) < 2:
        return "".join(thing.phrase(vocabulary) for thing in things)
    for relation in brief.relations:
        first = next((one for one in things if one.stands_for(relation.subject)), None)
        second = next((one for one in things if one.stands_for(relation.object) and one is not first), None)
        if first and second:
            kind = relation.kind
            if things.index(second) < things.index(first) and MIRRORED.get(kind) in vocabulary.relations:
                first, kind, second = second, MIRRORED[kind], first  # as the person named them
            between = _relation(kind, vocabulary, notes)
            return f"{first.phrase(vocabulary)} {between} {second.phrase(vocabulary)}"
    return " and ".join(thing.phrase(vocabulary) for thing in things)


def _relation(kind: str, vocabulary: Vocabulary, notes: Notes) -> str:
    if kind in vocabulary.relations:
        return vocabulary.relations[kind]
    notes.add(
        f"{vocabulary.name} has not learned '{kind}', so the two stand side by side.",
        f"{vocabulary.name} 没学过“{notes.said(kind)}”这种位置，所以两样东西并排放。",
    )
    return "and"


def _note_left_out(brief: Brief, things: list[Thing], names: list[str], vocabulary: Vocabulary, notes: Notes) -> None:
    """Say in one sentence what else was asked for that the model has no words for; not what nobody asked for."""
    unasked = {getattr(brief, name) for name in ("weather", *FREE) if name in brief.added}
    left = [*names, *(word for thing in things for subject, _ in thing.parts for word in subject.attributes)]
    left += [f"'{text}'" for text in brief.texts]
    left += brief.names
    left += [getattr(brief, name) for name in FREE]
    if left := [name for name in dict.fromkeys(left) if name and name not in unasked]:
        notes.add(
            f"{vocabulary.name} leaves out what it has no words for: {', '.join(left)}.",
            f"{vocabulary.name} 没学过这些，所以没有画：{'、'.join(map(notes.said, left))}。",
        )


def _note_exclusions(brief: Brief, vocabulary: Vocabulary, notes: Notes) -> None:
    if brief.exclusions:
        notes.add(
            f"{vocabulary.name} hardly heeds what is to be left out, so a picture without "
            f"{listed(list(brief.exclusions), 'or')} can't be promised.",
            f"{vocabulary.name} 几乎不懂排除要求，无法保证画面里没有{'、'.join(map(notes.said, brief.exclusions))}。",
        )


def _negative(brief: Brief, things: list[Thing], vocabulary: Vocabulary) -> str:
    """Things only: a place or time of day in the negative prompt washes the picture's colours out."""
    painted = {thing.known for thing in things}
    meant = [meaning for name in brief.exclusions if (meaning := find(vocabulary.subjects, name)) and meaning.itself]
    return ", ".join(dict.fromkeys(meaning.known for meaning in meant if meaning.known not in painted))
