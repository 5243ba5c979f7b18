"""Where, when and in what style a model of few words paints: as asked, the nearest it knows, or at home."""

from bot.brief import Brief
from bot.dialects.rendering import Notes
from bot.dialects.sketch_things import Thing
from bot.dialects.vocabulary import KnownStyle, Vocabulary, find, heard, said_in
from bot.grammar import listed
from bot.style import Style


def find_place(brief: Brief, unknown: list[str], vocabulary: Vocabulary) -> str:
    """What the asker called the place, which may be named as weather ('falling snow') or as a thing ('on a sofa')."""
    if brief.place:
        return brief.place
    words = [] if brief.subjects else [name for name, _ in heard(vocabulary.places, brief.words)]
    return next((name for name in (brief.weather, *unknown, *words) if find(vocabulary.places, name)), "")


def choose_place(brief: Brief, asked: str, things: list[Thing], vocabulary: Vocabulary, notes: Notes) -> str | None:
    """The place to paint, since without one a thing is smeared over the whole picture; None if there is none to guess.

    A place alone makes a picture too, and so does a time of day.
    """
    # In 'mountain landscape' the last word, where a name's meaning is looked for, says nothing.
    meaning = find(vocabulary.places, asked) or next((it for _, it in heard(vocabulary.places, asked)), None)
    if meaning is None:
        return _at_home(brief, things, vocabulary, notes)
    entry = vocabulary.places[meaning.known]
    if not meaning.itself or asked == brief.weather:
        near, said = said_in(notes.words, entry.phrase, entry), meaning.said(asked, notes.words)
        notes.add(f"{vocabulary.name} paints '{said}' as '{near}'.", f"{vocabulary.name} 把“{said}”画成“{near}”。")
    return meaning.known


def choose_time(brief: Brief, place: str, vocabulary: Vocabulary, notes: Notes) -> str:
    """The phrase for the time of day; empty where none was asked for or none can be seen."""
    asked = _time(brief, vocabulary)
    if not asked:
        return ""
    meaning = find(vocabulary.times, asked)
    said = meaning.said(asked, notes.words) if meaning else notes.said(asked)
    if meaning is None:
        notes.add(
            f"{vocabulary.name} knows no '{said}', so no time of day is painted.",
            f"{vocabulary.name} 不认识“{said}”这个时间，所以没有画。",
        )
        return ""
    if vocabulary.places[place].timeless:
        where = said_in(notes.words, vocabulary.places[place].phrase, vocabulary.places[place])
        notes.add(
            f"{vocabulary.name} paints no time of day {where}, so '{said}' is left out.",
            f"{vocabulary.name} 在“{where}”里画不出时间，所以没有画“{said}”。",
        )
        return ""
    if not meaning.itself:
        near = said_in(notes.words, meaning.known, vocabulary.times[meaning.known])
        notes.add(
            f"{vocabulary.name} knows no {said}, so it paints {near}.",
            f"{vocabulary.name} 不认识{said}，改画{near}。",
        )
    return vocabulary.times[meaning.known].phrase


def choose_style(brief: Brief, style: Style | None, vocabulary: Vocabulary, notes: Notes) -> KnownStyle | None:
    """The style that was asked for or the nearest that the model learned; None where it paints as it always does."""
    names = [style.name, *style.title.values(), *style.words] if style else [brief.style] * bool(brief.style)
    meanings = [meaning for name in names if (meaning := find(vocabulary.styles, name))]
    meaning = next((one for one in meanings if one.itself), meanings[0] if meanings else None)
    if meaning and meaning.itself:
        return vocabulary.styles[meaning.known]
    if not names or (style is None and "style" in brief.added):
        return None
    said = style.title.get("zh" if notes.in_chinese else "en", style.name) if style else notes.said(brief.style)
    if meaning:
        entry = vocabulary.styles[meaning.known]
        near = said_in(notes.words, meaning.known, entry)
        notes.add(
            f"The nearest to '{said}' that {vocabulary.name} has learned is {near}.",
            f"{vocabulary.name} 学过的风格里，最接近“{said}”的是{near}。",
        )
        return entry
    known = [said_in(notes.words, name, entry) for name, entry in vocabulary.styles.items()]
    notes.add(
        f"{vocabulary.name} has learned {listed(known)} pictures only, so '{said}' is left out.",
        f"{vocabulary.name} 只学过{'、'.join(known)}风格，所以没有用“{said}”。",
    )
    return None


def _time(brief: Brief, vocabulary: Vocabulary) -> str:
    if brief.time or brief.subjects:
        return brief.time
    return next((name for name, _ in heard(vocabulary.times, brief.words)), "")


def _at_home(brief: Brief, things: list[Thing], vocabulary: Vocabulary, notes: Notes) -> str | None:
    """Where things are painted when no known place is named: at home, or where the hour can be seen if it was asked."""
    homes = [vocabulary.subjects[thing.known].home for thing in things]
    if find(vocabulary.times, _time(brief, vocabulary)):
        homes += vocabulary.places
        homes = [home for home in homes if not vocabulary.places[home].timeless] or homes
    if not homes:
        return None
    phrase = said_in(notes.words, vocabulary.places[homes[0]].phrase, vocabulary.places[homes[0]])
    if brief.place:
        notes.add(
            f"{vocabulary.name} knows no place like '{brief.place}', so it paints '{phrase}' instead.",
            f"{vocabulary.name} 不认识“{notes.said(brief.place)}”这样的地方，改画“{phrase}”。",
        )
    else:
        notes.add(
            f"You named no place and {vocabulary.name} needs one: '{phrase}'.",
            f"你没有说地点，而 {vocabulary.name} 需要一个，所以加上了“{phrase}”。",
        )
    return homes[0]
