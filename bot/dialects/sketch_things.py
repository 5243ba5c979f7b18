"""Which of the things in a brief a model of few words paints, and as what: the nearest it knows, said plainly."""

from dataclasses import dataclass, replace

from bot.brief import Brief, Subject
from bot.dialects.phrases import NUMBERS
from bot.dialects.rendering import Notes
from bot.dialects.vocabulary import Meaning, Vocabulary, find, heard, said_in, several
from bot.errors import RequestError
from bot.grammar import listed, with_article

MOST_KINDS = 2


Part = tuple[Subject, Meaning]


@dataclass(frozen=True, slots=True)
class Thing:
    """One kind of thing as it will be painted.

    Attributes:
        known: The model's word for it.
        count: At least 1.
        parts: The subjects that it stands for, and what each was found to mean.
    """

    known: str
    count: int
    colour: str
    parts: tuple[Part, ...]

    def stands_for(self, name: str) -> bool:
        """Whether a subject of this name is painted by it."""
        return any(subject.name == name for subject, _ in self.parts)

    def phrase(self, vocabulary: Vocabulary) -> str:
        """'A red car', 'two cactuses'."""
        if self.count == 1:
            return with_article(f"{self.colour} {self.known}".strip())
        name = several(self.known, vocabulary.subjects[self.known])
        return " ".join(filter(None, [NUMBERS[self.count], self.colour, name]))


def choose_things(brief: Brief, vocabulary: Vocabulary, notes: Notes) -> tuple[list[Thing], list[str]]:
    """At most two things to paint, and the names of the subjects that the model knows nothing near to."""
    subjects = [one for one in brief.subjects if one.name.strip()] or _heard(brief, vocabulary)
    meant = [(subject, find(vocabulary.subjects, subject.name)) for subject in subjects]
    themselves = {meaning.known for _, meaning in meant if meaning and meaning.itself}
    # A cable beside a router, which is the nearest thing to it, would be a second router.
    parts = [(one, it) for one, it in meant if it and (it.itself or it.known not in themselves)]
    things = _merged([_thing(subject, meaning, vocabulary) for subject, meaning in parts])
    unknown = [subject.name for subject, meaning in meant if (subject, meaning) not in parts]
    painted = things[:MOST_KINDS]
    _note_nearest(painted, vocabulary, notes)
    _note_too_many(things[MOST_KINDS:], vocabulary, notes)
    for thing in painted:
        for subject, _ in thing.parts:
            if subject.colour:
                _note_colour(subject.colour, thing, vocabulary, notes)
    return _counted(painted, vocabulary, notes), unknown


def without_colours(things: list[Thing], vocabulary: Vocabulary, notes: Notes) -> list[Thing]:
    """The things for a style that has only shades of grey; a red and a blue car become two cars."""
    colours = list(dict.fromkeys(thing.colour for thing in things if thing.colour))
    if not colours:
        return things
    said = [said_in(notes.words, colour, vocabulary.colours[colour]) for colour in colours]
    notes.add(
        f"{vocabulary.name} knows this style in shades of grey only, so {listed(said)} is left out.",
        f"{vocabulary.name} 的这种风格只有黑白灰，所以没有画{'、'.join(said)}。",
    )
    return _merged([replace(thing, colour="") for thing in things])


def nothing_known(vocabulary: Vocabulary, names: list[str], notes: Notes) -> RequestError:
    """The refusal: what was not understood, and all that would be."""
    name, subjects = vocabulary.name, vocabulary.subjects
    if notes.in_chinese:
        known = "、".join(said_in(notes.words, known, entry) for known, entry in subjects.items())
        what = f"“{'、'.join(map(notes.said, names))}”" if names else "这些话里要画的东西"
        remedy = f"它只认识：{known}。要画别的，请把 `model` 设成真正的模型"
        return RequestError(f"小模型 {name} 不认识{what}", remedy)
    what = f"nothing like {listed(names, 'or')}" if names else "nothing in these words that it could paint"
    known = listed(list(subjects))
    return RequestError(
        f"{name}, a small model, knows {what}", f"It knows {known}. Set `model` to a real one for anything else."
    )


def _heard(brief: Brief, vocabulary: Vocabulary) -> list[Subject]:
    """Things named in words that nothing was read from, each once; not those that were to be left out."""
    said = {meaning.known: name for name, meaning in reversed(list(heard(vocabulary.subjects, brief.words)))}
    for name in brief.exclusions:
        if meaning := find(vocabulary.subjects, name):
            said.pop(meaning.known, None)
    return [Subject(name) for name in reversed(said.values())]


def _thing(subject: Subject, meaning: Meaning, vocabulary: Vocabulary) -> Thing:
    colour = find(vocabulary.colours, subject.colour or "")
    takes = colour is not None and vocabulary.subjects[meaning.known].takes_colour
    painted = colour.known if colour and takes else ""
    return Thing(meaning.known, max(subject.count or 1, 1), painted, ((subject, meaning),))


def _merged(things: list[Thing]) -> list[Thing]:
    """A lion and a tiger, both painted as a cat, are two cats; a red and a blue car stay two things."""
    merged: dict[tuple[str, str], Thing] = {}
    for thing in things:
        key = (thing.known, thing.colour)
        if same := merged.get(key):
            thing = replace(thing, count=same.count + thing.count, parts=same.parts + thing.parts)
        merged[key] = thing
    return list(merged.values())


def _counted(things: list[Thing], vocabulary: Vocabulary, notes: Notes) -> list[Thing]:
    if len(things) > 1 and any(thing.count > 1 for thing in things):
        notes.add(
            f"{vocabulary.name} counts only where there is one kind of thing, so it paints one of each.",
            f"{vocabulary.name} 只会数同一种东西，所以每种画一个。",
        )
        return [replace(thing, count=1) for thing in things]
    most = vocabulary.most
    if things and things[0].count > most:
        notes.add(
            f"{vocabulary.name} counts to {most}, so it paints {most} instead of {things[0].count}.",
            f"{vocabulary.name} 最多数到 {most}，所以画 {most} 个而不是 {things[0].count} 个。",
        )
        return [replace(things[0], count=most)]
    return things


def _note_nearest(things: list[Thing], vocabulary: Vocabulary, notes: Notes) -> None:
    instead = [part for thing in things for part in thing.parts if not part[1].itself]
    if not instead:
        return
    asked = [_said(part, notes) for part in instead]
    known = list(dict.fromkeys(meaning.known for _, meaning in instead))
    painted = [said_in(notes.words, name, vocabulary.subjects[name]) for name in known]
    notes.add(
        f"{vocabulary.name} knows no {listed(asked, 'and no')}; it paints "
        f"{listed([with_article(one) for one in painted])} instead. Plug in a real model for anything.",
        f"{vocabulary.name} 不认识{'、'.join(asked)}，改画{'、'.join(painted)}。换成真正的模型，什么都能画。",
    )


def _note_too_many(things: list[Thing], vocabulary: Vocabulary, notes: Notes) -> None:
    left = [_said(part, notes) for thing in things for part in thing.parts]
    if left:
        notes.add(
            f"{vocabulary.name} paints two kinds of things at most, so it leaves out {listed(left)}.",
            f"{vocabulary.name} 一幅画最多画两种东西，所以没有画{'、'.join(left)}。",
        )


def _said(part: Part, notes: Notes) -> str:
    subject, meaning = part
    return meaning.said(subject.name, notes.words)


def _note_colour(asked: str, thing: Thing, vocabulary: Vocabulary, notes: Notes) -> None:
    meaning = find(vocabulary.colours, asked)
    said = meaning.said(asked, notes.words) if meaning else notes.said(asked)
    name = said_in(notes.words, thing.known, vocabulary.subjects[thing.known])
    if not thing.colour:
        notes.add(
            f"{vocabulary.name} can't paint {with_article(f'{said} {name}')}, so the colour is left out.",
            f"{vocabulary.name} 画不出{said}的{name}，所以没有写颜色。",
        )
    elif meaning and not meaning.itself:
        nearest = said_in(notes.words, thing.colour, vocabulary.colours[thing.colour])
        notes.add(
            f"The nearest to {said} that {vocabulary.name} knows is {nearest}.",
            f"{vocabulary.name} 认识的颜色里，最接近{said}的是{nearest}。",
        )
