"""What somebody filled in without ground in the person's words, or in words that are no plain description."""

import difflib
import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from bot.brief import FREE, RELATIONS, Brief, Relation
from bot.checker.alike import among, colours_in, heads, means_the_same
from bot.checker.finding import Finding, Kind
from bot.checker.mentions import Mention, has_word, read_mentions
from bot.checker.shown import Shown
from bot.dialects.rendering import is_chinese
from bot.director import scenes
from bot.director.lexicon_kinds_zh import VALUES
from bot.director.noun_words import is_adjective
from bot.director.tokens import corrected, is_ordinary, tokens
from bot.director.tokens_zh import words as chinese_words
from bot.director.traditional import simplified

MOST_CHARACTERS, MOST_FREE_CHARACTERS = 60, 100
SCENE = ("place", "time", "weather", "style")
_TABLES = {"time": scenes.TIMES, "weather": scenes.WEATHER, "style": scenes.STYLES}
# What makes a time or a weather a matter of course.
_IMPLIES = {
    "night": "moon star firefly firework lantern aurora owl campfire", "day": "sun sunny picnic",
    "sunny": "sun beach picnic day", "rain": "umbrella raincoat puddle rainbow",
    "snow": "snowman ski sled igloo winter", "wind": "kite windmill sail", "storm": "lightning thunder",
    "dawn": "rooster breakfast", "sunset": "sun",
}  # fmt: skip
_SHARED_LETTERS = 4
_MOST_UNKNOWN_IN = 3
_AS_GOOD_AS_SPELT = 0.8
_SMALL = frozenset("a an the of in on at with and to its his her their my your our is are for from by as or".split())
_UNPLAIN = re.compile(r"[^\w\s'’.,&/·-]|[_\d\r\n\t]")
_CAMERA = re.compile(r"(?i)\b\d+(?:\.\d+)?\s?(?:mm|°)|\bf/?\d+(?:\.\d+)?\b|\b\d{3,5}\s?K\b|\b3d\b")
_ORDERS = re.compile(
    r"(?i:\b(?:ignore|disregard|override|forget(?!-)|instructions?|prompts?|masterpiece|write)\b)|\bBREAK\b|\bAND\b"
)
_LATIN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def grounded(_: Brief, shown: Shown, allowed: str) -> Iterator[Finding]:
    """What a brief has beside its text is said by the person, or declared and plain."""
    if shown.is_prompt:
        return
    ground, brief = ground_of(allowed), shown.brief
    riddle = ground.has_riddle(brief)
    for kind, about, value in _filled(brief):
        if not ground.holds(about, value, declared=about in brief.added, riddle=riddle):
            yield Finding(kind, shown.where, about, "", value)
    names = [one.name for one in brief.subjects]
    for relation in brief.relations:
        if not ground.relates(relation, names):
            said = f"{relation.subject} {relation.kind} {relation.object}"
            yield Finding(Kind.INVENTED_DETAIL, shown.where, "relations", "", said)


def _filled(brief: Brief) -> Iterator[tuple[Kind, str, str]]:
    """Every value that somebody filled in, with the field that it stands in."""
    for one in brief.subjects:
        yield Kind.INVENTED_ENTITY, "subjects", one.name
        yield Kind.INVENTED_DETAIL, "colour", one.colour or ""
        yield from ((Kind.INVENTED_DETAIL, "attributes", item) for item in one.attributes)
    for about in ("names", "exclusions"):
        yield from ((Kind.INVENTED_DETAIL, about, item) for item in getattr(brief, about))
    yield from ((Kind.INVENTED_DETAIL, about, getattr(brief, about)) for about in (*SCENE, *FREE))


@lru_cache(maxsize=8)
def ground_of(words: str) -> "Ground":
    """What there is ground for in some words; the same words are asked about several times in a row."""
    return Ground(words)


class Ground:
    """What a person's words give ground for.

    Args:
        words: All that they said; of a change, also what the picture showed before.
    """

    def __init__(self, words: str) -> None:
        self._words = words.replace("’", "'")
        self._plain = " ".join(self._words.casefold().split())

    def holds(self, about: str, value: str, *, declared: bool, riddle: bool) -> bool:
        """Whether a value may stand in a field.

        Args:
            about: The field.
            value: What was filled in.
            declared: Whether it is said to be filled in unasked.
            riddle: Whether some of the words are unknown here, so that a plain value may well translate them.
        """
        if not value.strip() or self._is_said(value):
            return True
        own = " ".join(word for word in value.split(" ") if not has_word(word, self._plain))
        if len(value) > MOST_FREE_CHARACTERS or not is_plain(own, free=about in (*FREE, "style")):
            return False
        if declared or about in FREE or about == "exclusions":
            return True
        if about == "names":
            return self._is_spelt(value)
        return (riddle and not (about in _TABLES and self._is_english)) or self._is_meant(about, value)

    def relates(self, relation: Relation, names: list[str]) -> bool:
        """Whether a relation is between things that there are, and says in one or two words what it is."""
        kind = relation.kind.strip()
        known = kind in RELATIONS or self._is_said(kind) or (is_plain(kind) and len(kind.split()) <= 3)
        ends = (relation.subject, relation.object)
        return known and all(end in names or is_plain(end) or self._is_said(end) for end in ends)

    def has_riddle(self, brief: Brief) -> bool:
        """Whether the person used a word that nobody here knows and that the brief does not use itself."""
        things = [text for one in brief.subjects for text in (one.name, *one.attributes)]
        taken = "\n".join([*things, *brief.names, *brief.texts, brief.place])
        return any(not has_word(word, taken) for word in self._unknown)

    def leaves_open(self, brief: Brief) -> tuple[str, ...]:
        """The free items of a brief that the person surely did not speak of."""
        if self.has_riddle(brief):
            return ()
        filled = ((name, getattr(brief, name)) for name in FREE if name not in brief.added)
        return tuple(name for name, value in filled if value and not any(map(self._speaks_of, _content(value))))

    def _is_said(self, value: str) -> bool:
        return " ".join(value.replace("’", "'").casefold().split()) in self._plain

    def _is_spelt(self, name: str) -> bool:
        """Whether a name is written in the words, up to slips; what is in other letters may be it."""
        if not self._words.isascii():
            return name.isascii() != is_chinese(name) and (not name.isupper() or len(name) <= 3)
        spelt = [word.casefold() for word in _LATIN.findall(self._words)]
        parts = [word.casefold() for word in _LATIN.findall(name)]
        return all(difflib.get_close_matches(part, spelt, 1, _AS_GOOD_AS_SPELT) for part in parts)

    def _is_meant(self, about: str, value: str) -> bool:
        match about:
            case "subjects":  # what the lexicon knows is compared where things are compared
                known = all(map(is_ordinary, value.casefold().split()))
                return known or is_chinese(self._words) or self._speaks_of_thing(value)
            case "colour":
                said = colours_in(value)
                return is_chinese(self._words) or not said or bool(said & self._colours)
            case "attributes":  # Chinese has words for looks without end
                content = _content(value)
                return (
                    is_chinese(self._words) or not all(map(is_adjective, content)) or all(map(self._speaks_of, content))
                )
            case "place":  # 星空 is a time to whoever reads the words, and may be a starry sky
                hour = {table[value] for table in (scenes.TIMES, scenes.WEATHER) if value in table}
                return bool(hour & self._meant) or self._speaks_of_thing(value)
        return bool(self._in_table(about)) or any(map(self._speaks_of, (*_content(value), *self._implying(value))))

    def _speaks_of_thing(self, name: str) -> bool:
        said = (*(one.name for one in self.mentions), *self._meant)
        return among(name, said) or any(map(self._speaks_of, heads(name)))

    def _implying(self, value: str) -> Iterable[str]:
        return _IMPLIES.get(scenes.TIMES.get(value, scenes.WEATHER.get(value, value)), "").split()

    def _in_table(self, about: str) -> bool:
        """Whether the words name any time, weather or style at all."""
        if is_chinese(self._words) and any(name in self._plain for name in _TABLES[about]):
            return True
        return any(word in _TABLES[about] for word in self._tokens) or bool(self._meant & set(_TABLES[about].values()))

    def _speaks_of(self, word: str) -> bool:
        """Whether the words have this one, in another form, as a synonym or in Chinese."""
        word = word.casefold()
        if has_word(word, self._plain) or self._meant & {word, corrected(word)}:
            return True
        if any(has_word(form, self._plain) for form in means_the_same(word)):
            return True
        stem = word[: max(_SHARED_LETTERS, len(word) - 4)]
        return len(stem) >= _SHARED_LETTERS and any(one.startswith(stem) for one in self._tokens)

    @cached_property
    def _tokens(self) -> tuple[str, ...]:
        return tuple(one for token in tokens(self._words) for one in (token, *token.split()))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All noun phrases of the words, by line: a conversation may go on in another language."""
        return tuple(one for line in self._words.splitlines() for one in read_mentions(line).mentions)

    @cached_property
    def _colours(self) -> set[str]:
        return colours_in(simplified(self._words)) | set().union(*(one.colours for one in self.mentions))

    @cached_property
    def _meant(self) -> frozenset[str]:
        """The English of everything that a Chinese text may say, in whatever way it falls into words."""
        if not is_chinese(self._words):
            return frozenset()
        plain = simplified(self._words).casefold()
        values = {value for chinese, value in VALUES.items() if chinese in plain}
        return frozenset(part for value in values for part in (value, *value.split()) if part)

    @cached_property
    def _unknown(self) -> tuple[str, ...]:
        if is_chinese(self._words):
            said = chinese_words(simplified(self._words))
            return tuple(one.text for one in said if one.kind == "unknown" and not one.text.isascii())
        return tuple(word for word in self._spoken if len(word) > 1 and not _is_known(word))

    @cached_property
    def _spoken(self) -> tuple[str, ...]:
        return tuple(corrected(word.casefold()) for word in _LATIN.findall(self._words))

    @property
    def _is_english(self) -> bool:
        """Whether hardly a word is unknown, so that a time, weather or style that was named would have been read."""
        return not is_chinese(self._words) and len(self._unknown) * _MOST_UNKNOWN_IN <= len(self._spoken)


def is_plain(value: str, *, free: bool = False) -> bool:
    """Whether a value is one short line of letters, and no order to whoever reads it.

    Args:
        value: What stands in a field.
        free: It says how a picture is to look, and may be longer and name a lens.
    """
    plain = _CAMERA.sub(" ", value) if free else value
    short = len(value) <= (MOST_FREE_CHARACTERS if free else MOST_CHARACTERS)
    return short and not _UNPLAIN.search(plain.strip()) and not _ORDERS.search(value)


def _is_known(word: str) -> bool:
    return is_ordinary(word) or word in _SMALL or is_adjective(word) or word in _PLAIN_ENGLISH


def _content(value: str) -> list[str]:
    return [word for word in _LATIN.findall(value.casefold()) if word not in _SMALL]


_PLAIN_ENGLISH = frozenset(
    """
    i we you he she it they me us him them this that these those there here please draw paint show make give want would
    like need can could will some any no not very one each every picture image of up down out over so just also while
    half dozen couple pair few several many more lot lots bit kind sort
    who which what where when has have had be been being was were do does did too all but if than then
    """.split()
)
