"""The Sketch dialect: a brief in the small world of words that the built-in model knows, with notes on the rest."""

from dataclasses import dataclass, field, replace

from bot.brief import Brief, Subject
from bot.dialects.plain import NUMBERS
from bot.dialects.rendering import Rendering, in_language_of
from bot.dialects.vocabulary import Vocabulary
from bot.errors import RequestError
from bot.grammar import listed, plural, with_article
from bot.messages import ModelCard
from bot.style import Style

MOST_KINDS = 2


@dataclass(slots=True)
class Notes:
    """Collects one sentence for each thing that the picture will not show as it was asked for."""

    brief: Brief
    sentences: list[str] = field(default_factory=list)

    def add(self, english: str, chinese: str) -> None:
        """Note it in the asker's language, once."""
        sentence = in_language_of(self.brief, english, chinese)
        if sentence not in self.sentences:
            self.sentences.append(sentence)


def sketch(brief: Brief, card: ModelCard, style: Style | None) -> Rendering:
    """Render in the grammar of the captions that the model learned from: things, relation, place, time.

    Raises:
        RequestError: The brief names nothing that the model knows, or anything near.
    """
    vocabulary = Vocabulary.model_validate(card.vocabulary)
    notes = Notes(brief)
    subjects = _subjects(brief, vocabulary, notes)
    place = _place(brief, subjects, vocabulary, notes)
    parts = [_things(subjects, brief, vocabulary, notes), vocabulary.places[place].phrase]
    parts.append(_time(brief, place, vocabulary, notes))
    _left_out(brief, style, vocabulary, notes)
    return Rendering(" ".join(filter(None, parts)), "", tuple(notes.sentences))


def _subjects(brief: Brief, vocabulary: Vocabulary, notes: Notes) -> list[Subject]:
    if not brief.subjects:
        raise RequestError(
            f"I found nothing in these words that {vocabulary.name}, the small built-in model, could paint",
            f"It knows {listed(list(vocabulary.subjects))}. Set `model` to a real one for anything else.",
        )
    known = [_subject(subject, vocabulary, notes) for subject in brief.subjects[:MOST_KINDS]]
    if len(brief.subjects) > MOST_KINDS:
        rest = listed([subject.name for subject in brief.subjects[MOST_KINDS:]])
        notes.add(
            f"{vocabulary.name} paints two kinds of things at most; it left out {rest}.",
            f"{vocabulary.name} 一幅画最多画两种东西，省略了：{rest}。",
        )
    if len(known) > 1 and any((subject.count or 1) > 1 for subject in known):
        notes.add(
            f"{vocabulary.name} counts only where there is one kind of thing; it paints one of each.",
            f"{vocabulary.name} 只会数同一种东西，这里每种画一个。",
        )
        known = [replace(subject, count=1) for subject in known]
    return known


def _subject(subject: Subject, vocabulary: Vocabulary, notes: Notes) -> Subject:
    name, itself = vocabulary.subject(subject.name)
    if not itself:
        notes.add(
            f"{vocabulary.name} knows no {subject.name}; it paints {with_article(name)} instead."
            " Set `model` to a real one for anything.",
            f"{vocabulary.name} 不认识{subject.name}，改画了{name}。换成真正的模型就什么都能画。",
        )
    count = subject.count or 1
    if count > vocabulary.most:
        notes.add(
            f"{vocabulary.name} counts to {vocabulary.most}; {count} were asked for.",
            f"{vocabulary.name} 最多数到 {vocabulary.most}，你要的是 {count} 个。",
        )
        count = vocabulary.most
    if subject.attributes:
        said = listed(list(subject.attributes))
        notes.add(
            f"{vocabulary.name} has no word for '{said}', so it is left out.",
            f"{vocabulary.name} 不懂“{said}”，所以没有写进去。",
        )
    return Subject(name, count, _colour(subject, name, vocabulary, notes))


def _colour(subject: Subject, name: str, vocabulary: Vocabulary, notes: Notes) -> str | None:
    if not subject.colour:
        return None
    if vocabulary.subjects[name].takes_colour and subject.colour in vocabulary.colours:
        return vocabulary.colours[subject.colour]
    notes.add(
        f"{vocabulary.name} has never seen {with_article(f'{subject.colour} {name}')}, so the colour is left out.",
        f"{vocabulary.name} 没见过 {subject.colour} 的 {name}，所以没有写颜色。",
    )
    return None


def _place(brief: Brief, subjects: list[Subject], vocabulary: Vocabulary, notes: Notes) -> str:
    home = _home(brief, subjects, vocabulary)
    phrase = vocabulary.places[home].phrase
    if not brief.place:
        # Without a place the model smears the thing over the whole picture: every caption it learned from had one.
        notes.add(
            f"You named no place and {vocabulary.name} needs one, so it is {phrase}.",
            f"你没有说地点，而 {vocabulary.name} 需要一个，所以加上了“{phrase}”。",
        )
        return home
    found = vocabulary.place(brief.place)
    if found is None:
        notes.add(
            f"{vocabulary.name} knows no place like '{brief.place}', so it is {phrase}.",
            f"{vocabulary.name} 不认识“{brief.place}”这样的地方，所以画成“{phrase}”。",
        )
        return home
    place, itself = found
    if not itself:
        phrase = vocabulary.places[place].phrase
        notes.add(
            f"For '{brief.place}' the nearest that {vocabulary.name} knows is '{phrase}'.",
            f"“{brief.place}”最接近 {vocabulary.name} 认识的“{phrase}”。",
        )
    return place


def _home(brief: Brief, subjects: list[Subject], vocabulary: Vocabulary) -> str:
    """Where the things are painted when no place is named: at home, but where night can be seen if it is night."""
    homes = [vocabulary.subjects[subject.name].home for subject in subjects]
    if brief.time:
        homes += [place for place, it in vocabulary.places.items() if not it.timeless]
        homes = [home for home in homes if not vocabulary.places[home].timeless]
    return homes[0]


def _things(subjects: list[Subject], brief: Brief, vocabulary: Vocabulary, notes: Notes) -> str:
    if len(subjects) == 1:
        return _phrase(subjects[0])
    asked = next((one for one in brief.relations), None)
    first, second = subjects
    if asked is not None:
        # The relation may name the second subject first.
        if asked.subject == brief.subjects[1].name:
            first, second = second, first
        if asked.kind in vocabulary.relations:
            return f"{_phrase(first)} {vocabulary.relations[asked.kind]} {_phrase(second)}"
        notes.add(
            f"{vocabulary.name} has not learned '{asked.kind}', so the two stand side by side.",
            f"{vocabulary.name} 没学过“{asked.kind}”，所以把两者并排放。",
        )
        return f"{_phrase(first)} next to {_phrase(second)}"
    return f"{_phrase(first)} and {_phrase(second)}"


def _phrase(subject: Subject) -> str:
    named = " ".join(filter(None, [subject.colour, subject.name]))
    count = subject.count or 1
    return with_article(named) if count == 1 else f"{NUMBERS[count]} {plural(named)}"


def _time(brief: Brief, place: str, vocabulary: Vocabulary, notes: Notes) -> str:
    if brief.time and vocabulary.places[place].timeless:
        phrase = vocabulary.places[place].phrase
        notes.add(
            f"{vocabulary.name} paints no time of day {phrase}.",
            f"{vocabulary.name} 在“{phrase}”画不出一天里的时间。",
        )
        return ""
    phrase = vocabulary.times.get(brief.time, "")
    if brief.time and brief.time != "day" and (not phrase or brief.time not in phrase):
        painted = phrase or "by day"
        notes.add(
            f"{vocabulary.name} knows no {brief.time}; it is painted {painted}.",
            f"{vocabulary.name} 不认识“{brief.time}”，画成“{painted}”。",
        )
    return phrase


def _left_out(brief: Brief, style: Style | None, vocabulary: Vocabulary, notes: Notes) -> None:
    """Say what else was asked for and can't be had from so small a model."""
    wanted = style.name if style else brief.style
    missing = {
        "style": wanted if wanted and wanted not in vocabulary.styles else "",
        "weather": brief.weather if brief.weather != "sunny" else "",
        "text": listed(list(brief.texts)),
        "name": listed(list(brief.names)),
        "wish to leave out": listed(list(brief.exclusions)),
    }
    chinese = {"style": "风格", "weather": "天气", "text": "文字", "name": "名字", "wish to leave out": "排除要求"}
    for kind, value in missing.items():
        if value:
            notes.add(
                f"{vocabulary.name} can't do the {kind} '{value}'.",
                f"{vocabulary.name} 做不到这个{chinese[kind]}：“{value}”。",
            )
