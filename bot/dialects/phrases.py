"""The English phrases of a scene, and a subject with all that is bound to it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.brief import Brief, Subject
from bot.dialects.rendering import is_chinese
from bot.grammar import PAIRS, is_plural, plural, with_article

SIDES = ("left of", "right of")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_IN_THE_PARTS_OF_DAY = frozenset("morning afternoon evening".split())
_WEATHER = {
    "sunny": "in bright sunshine",
    "rain": "in the rain",
    "snow": "in falling snow",
    "fog": "in fog",
    "storm": "in a storm",
    "cloudy": "under a cloudy sky",
    "wind": "in strong wind",
}
_SUBSTANCES = frozenset("rain snow fog wind".split())
_STORMS = frozenset("snowstorm blizzard hurricane tornado typhoon sandstorm thunderstorm rainstorm".split())
_PLACES = {
    "sea": "at sea",
    "orbit": "in orbit",
    "moon": "on the moon",
    "mars": "on Mars",
    "mountain": "in the mountains",
    "underwater": "under water",
    "indoors": "indoors",
    "outdoors": "outdoors",
    "downtown": "downtown",
}
_IN_THE = frozenset("grass snow sky rain countryside desert mountains arctic antarctic wilderness subway".split())
_BARE = frozenset("space ice water heaven antarctica".split())
_ON = frozenset(
    """
    beach meadow street road highway motorway path trail farm island hill hillside cliff rooftop balcony porch terrace
    lake bridge stage riverbank riverside lakeside planet pier ship table desk playground field floor shelf volcano ice
    """.split()
)
_AT = frozenset("airport station stop harbour school party door window".split())
_BEGINS_WITH_PREPOSITION = re.compile(
    r"(?i)(in|on|at|under|by|near|inside|outside|among|above|below|behind|over|through|during|before|after|with)\b"
)


def in_place(place: str) -> str:
    """'On a beach', 'in the snow', 'in Paris': a place as it stands after a thing."""
    if not place or _BEGINS_WITH_PREPOSITION.match(place) or place.casefold() in _PLACES:
        return _PLACES.get(place.casefold(), place)
    head = place.casefold().split()[-1]
    preposition = "on" if head in _ON else "at" if head in _AT else "in"
    bare = place[0].isupper() or re.match(r"(?i)(the|an?|my|your|our|his|her|their)\b", place)
    if bare or head in _BARE or is_chinese(place):
        return f"{preposition} {place}"
    definite = head in _IN_THE or is_plural(head)
    return f"{preposition} the {place}" if definite else f"{preposition} {with_article(place)}"


def at_time(time: str) -> str:
    """'At night', 'in the early morning'."""
    if not time or _BEGINS_WITH_PREPOSITION.match(time):
        return time
    if time.casefold() == "day":
        return "in daylight"
    return f"in the {time}" if time.casefold().split()[-1] in _IN_THE_PARTS_OF_DAY else f"at {time}"


def in_weather(weather: str) -> str:
    """'In the rain', 'in a blizzard'; what is none of the usual is named as weather."""
    if not weather or _BEGINS_WITH_PREPOSITION.match(weather):
        return weather
    if weather.casefold().split()[-1] in _SUBSTANCES and " " in weather:
        return f"in {weather}"
    if weather.casefold() in _STORMS:
        return f"in {with_article(weather)}"
    return _WEATHER.get(weather.casefold(), f"in {weather} weather")


def said_once(brief: Brief) -> Brief:
    """The brief without attributes that its relations say: who is feeding pigeons is not 'feeding' besides."""
    doing = {(one.subject, one.kind) for one in brief.relations}
    subjects = tuple(
        replace(one, attributes=tuple(item for item in one.attributes if (one.name, item) not in doing))
        for one in brief.subjects
    )
    return replace(brief, subjects=subjects)


def describe(subject: Subject) -> str:
    """A subject with all that is bound to it: 'two small red cars'."""
    words = [*subject.attributes, *([subject.colour] if subject.colour else [])]
    count, name = subject.count, subject.name
    if is_chinese(name):
        return " ".join([*([str(count)] if count else []), *words, name])
    if count is None and subject.plural:
        return " ".join([*words, name if _is_plural(name) else plural(name)])
    if count is None or count == 1 or count < 0:
        phrase = " ".join([*words, name])
        proper = name[0].isupper() and not name.isupper()
        return phrase if _is_plural(name) or (proper and (count or not words)) else with_article(phrase)
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return " ".join([number, *words, name if _is_plural(name) else plural(name)])


def related(first: str, kind: str, second: str) -> str:
    """Two things in their relation: 'a cat to the left of a dog'."""
    return f"{first} {'to the ' if kind in SIDES else ''}{kind} {second}"


def _is_plural(name: str) -> bool:
    last = name.casefold().partition(" of ")[0].split()[-1]
    return last in PAIRS or is_plural(last)


def once_more(name: str, subjects: Sequence[Subject]) -> str:
    """A subject that was described before: 'the cat', or 'the cats' where there are several."""
    several = any(one.name == name and ((one.count or 1) > 1 or one.plural) for one in subjects)
    return f"the {plural(name) if several and not _is_plural(name) and not is_chinese(name) else name}"
