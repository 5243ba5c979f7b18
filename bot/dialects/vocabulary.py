"""The small world of words of a model that knows only some: read from the model's own folder, asked here."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.dialects.rendering import CHINESE, is_chinese
from bot.errors import ModelUnavailable
from bot.grammar import plural, singular
from bot.tasks import ModelCard

LONGEST_NAME_WORDS = 3


class Known(BaseModel):
    """One word that the model learned.

    Attributes:
        phrase: How the captions said it, where that is not the word itself.
        words: Other names for the same, in any language; the first Chinese one names it to Chinese askers.
        near: What it can stand in for, each with all its names in a list of its own.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    phrase: str = ""
    words: tuple[str, ...] = ()
    near: tuple[tuple[str, ...], ...] = ()


class KnownSubject(Known):
    """A thing that the model can paint; `home` is the place where it is painted when none is named."""

    home: str
    plural: str = ""
    takes_colour: bool = False


class KnownPlace(Known):
    """A place that the model can paint; at a `timeless` one its captions named no time of day."""

    timeless: bool = False


class KnownStyle(Known):
    """A style that the model learned; `phrase` stands before the thing. A `colourless` one has only shades of grey."""

    colourless: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name was found to mean: the known word, whether it is the thing itself, and all names of what was said."""

    known: str
    itself: bool
    names: tuple[str, ...]

    def said(self, name: str, words: str) -> str:
        """What the asker called it: `name`, or for those who write Chinese the Chinese name, best from their words."""
        if not is_chinese(words) or is_chinese(name):
            return name
        chinese = [one for one in self.names if is_chinese(one)]
        return max((one for one in chinese if one in words), key=len, default=chinese[0] if chinese else name)


class Vocabulary(BaseModel):
    """All that the model knows.

    Attributes:
        styles: Its `phrase` stands before the thing ('pixel art of'); empty for how it paints anyway.
        relations: Kind of relation, as briefs name it, to how captions said it.
        most: How many of one subject it can count to.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    subjects: dict[str, KnownSubject] = Field(min_length=1)
    places: dict[str, KnownPlace] = Field(min_length=1)
    times: dict[str, Known]
    colours: dict[str, Known]
    styles: dict[str, KnownStyle]
    relations: dict[str, str]
    most: int = Field(3, ge=1, le=10)

    @classmethod
    def of(cls, card: ModelCard) -> "Vocabulary":
        """The vocabulary on a model's card.

        Raises:
            ModelUnavailable: It has none, or not in this form.
        """
        try:
            return _vocabulary(_Same(card.vocabulary))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(["vocabulary", *map(str, first["loc"])])
            raise ModelUnavailable(
                f"The limner.json of {card.model} does not say which words it knows: '{where}': {first['msg']}",
                "Correct it, or name another dialect there.",
                card.model,
            ) from error

    @property
    def tables(self) -> tuple[Mapping[str, Known], ...]:
        """All words, by what they can be."""
        return self.subjects, self.places, self.times, self.colours, self.styles

    @model_validator(mode="after")
    def _homes_are_places(self) -> "Vocabulary":
        for name, subject in self.subjects.items():
            if subject.home not in self.places:
                raise ValueError(f"the home of '{name}' is '{subject.home}', which is no place here")
        return self


class _Same:
    """A mapping that is the same key as long as it is the same object; nobody changes a model's vocabulary."""

    def __init__(self, value: Mapping[str, Any]) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value


@lru_cache(maxsize=4)
def _vocabulary(written: _Same) -> Vocabulary:
    return Vocabulary.model_validate(written.value)


K = TypeVar("K", bound=Known)


def find(table: Mapping[str, K], name: str) -> Meaning | None:
    """The word of a table that a name means or comes nearest to; None where nothing is near.

    'Old police cars' may be a police car; if that is unknown it comes near whatever a car is.
    """
    meanings = _meanings(table)
    for form in _forms(name):
        if form in meanings:
            return meanings[form]
    for tail in _tails(name):
        for form in _forms(tail):
            meaning = meanings.get(form)
            # One Chinese character is often no word of its own: a snail, 蜗牛, is no kind of 牛.
            if meaning and (meaning.itself or len(form) > 1):
                return replace(meaning, itself=False, names=(name,))
    return None


def heard(table: Mapping[str, K], words: str) -> Iterator[tuple[str, Meaning]]:
    """Every word of a table that occurs in a text, longest names first, each stretch of text read once."""
    tokens = re.findall(r"[a-z0-9][a-z0-9'-]*|[\u3400-\u9fff]", words.casefold())
    meanings = _meanings(table)
    start = 0
    while start < len(tokens):
        for end in range(min(len(tokens), start + _longest(tokens[start])), start, -1):
            stretch = tokens[start:end]
            name = ("" if CHINESE.match(stretch[0]) else " ").join(stretch)
            form = next((form for form in _forms(name) if form in meanings), None)
            if form:
                yield name, meanings[form]
                start = end - 1
                break
        start += 1


def said_in(language_of: str, known: str, entry: Known) -> str:
    """The name of a known word for someone who writes like `language_of`."""
    chinese = next((word for word in entry.words if is_chinese(word)), known)
    return chinese if is_chinese(language_of) else known


def several(name: str, subject: KnownSubject) -> str:
    """The plural that the captions used."""
    return subject.plural or plural(name)


def _meanings(table: Mapping[str, K]) -> dict[str, Meaning]:
    """What each name means; one that is listed twice means the thing itself rather than what it is near to."""
    return _meanings_of(_Same(table))


@lru_cache(maxsize=32)
def _meanings_of(written: _Same) -> dict[str, Meaning]:
    table: Mapping[str, Known] = written.value
    near = {
        name: Meaning(known, False, names) for known, entry in table.items() for names in entry.near for name in names
    }
    itself: dict[str, Meaning] = {}
    for known, entry in table.items():
        names = (known, *entry.words)
        itself |= dict.fromkeys(names, Meaning(known, True, names))
    return near | itself


def _longest(token: str) -> int:
    """A Chinese token is one character, an English one a word."""
    return LONGEST_NAME_WORDS * (2 if CHINESE.match(token) else 1)


def _forms(name: str) -> tuple[str, ...]:
    name = " ".join(name.casefold().split())
    front, space, last = name.rpartition(" ")
    return name, f"{front}{space}{singular(last)}"


def _tails(name: str) -> list[str]:
    """What is left of a name when its first words, in Chinese its first characters, are dropped: its head is last."""
    if is_chinese(name):
        return [name[start:] for start in range(1, len(name))]
    words = name.split()
    return [" ".join(words[start:]) for start in range(1, len(words))]
