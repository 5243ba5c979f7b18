"""What a text mentions, phrase by phrase: nouns with the number and colours that stand right beside them.

A second, simpler reading than the director's: it binds nothing across a verb or a mark, so that where both agree there
is little doubt. Reads requests, prompts and the loose phrases of a brief, in English, Chinese or both.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.director.lexicon_marks import QUOTED
from bot.director.tokens import QUOTE
from bot.grammar import plural, singular

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_LETTER = r"[^\W\u3400-\u9fff]"  # a word may stand between Chinese without a space
_WEIGHT = re.compile(r":\s*\d+(?:\.\d+)?\s*(?=[)\]])|(?<=[)\]])\d+(?:\.\d+)?|(?<=\w)[+-]{2,}|(?<=\))[+-]+|[()\[\]{}]")


@dataclass(slots=True)
class Mention:
    """One noun phrase.

    Attributes:
        name: In English, singular, where the word is known; else as written.
        count: How many, where a number stands with it.
        colours: Plain colours within the phrase.
        attributes: Its other adjectives.
        said_of: Colours and adjectives that are said of it outside its phrase: 'the cat is black'.
        negated: 'No', 'without' or the like stands before it.
        known: The lexicon knows its noun.
        plural: It is certainly more than one.
        definite: 'The' or the like says that it was named before.
        side: 'left' or 'right' where it is said to be on that side.
        start, end: Words of the text that it takes.
    """

    name: str
    count: int | None = None
    colours: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    said_of: set[str] = field(default_factory=set)
    negated: bool = False
    known: bool = True
    plural: bool = False
    definite: bool = False
    side: str = ""
    start: int = 0
    end: int = 0

    @property
    def own(self) -> set[str]:
        """All that stands within its phrase, the words of its name included."""
        return self.colours | self.attributes | set(self.name.split())

    @property
    def qualities(self) -> set[str]:
        """All that is said of it anywhere."""
        return self.own | self.said_of


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand to each other in a text: any of `subjects`, nearest first, `kind` `object`."""

    subjects: tuple[str, ...]
    kind: str
    object: str


@dataclass(frozen=True, slots=True)
class Said:
    """All mentions of a text, and how they stand to each other."""

    mentions: tuple[Mention, ...] = ()
    standings: tuple[Standing, ...] = ()

    @property
    def sides(self) -> Iterator[Standing]:
        """What sides say: of 'a cat on the left, a dog on the right' the cat is left of the dog."""
        for left in self.mentions:
            for right in self.mentions:
                if left.side == "left" and right.side == "right":
                    yield Standing((left.name,), "left of", right.name)

    def __add__(self, other: "Said") -> "Said":
        return Said(self.mentions + other.mentions, self.standings + other.standings)


def read_mentions(text: str) -> Said:
    """What a text says, in English or Chinese; words in quotes are passed over."""
    from bot.checker.mentions_en import read_english
    from bot.checker.mentions_zh import read_chinese

    text = _WEIGHT.sub(" ", QUOTED.sub(f" {QUOTE}1{QUOTE} ", text))
    # 'A cat on a laptop, 汤圆' is English with a name in it.
    mostly_chinese = len(_CHINESE.findall(text)) > len(_LATIN_WORD.findall(text))
    return read_chinese(text) if mostly_chinese else read_english(text)


def has_word(word: str, text: str) -> bool:
    """Whether a word or phrase stands in a text, in singular or plural and in any case."""
    word, text = word.casefold(), text.casefold()
    if not word.isascii():
        return word in text
    front, space, last = word.rpartition(" ")
    forms = {word, plural(word), f"{word}es", f"{front}{space}{singular(last)}"}
    return any(form in text and re.search(rf"(?<!{_LETTER}){re.escape(form)}(?!{_LETTER})", text) for form in forms)
