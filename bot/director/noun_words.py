"""Which English words are nouns, adjectives and adverbs, and what a noun phrase says."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from bot.director.lexicon import ADJECTIVES, COLOURS, SHADES, SYNONYMS
from bot.director.scenes import PLACES
from bot.director.tokens import ADVERBS, COMPOUNDS, KNOWN, NOUNS
from bot.grammar import singular

_ADJECTIVAL = re.compile(
    r".{3,}(ful|ous|ish|less|ive|able|ible|ic|ian|ese|like|coloured|colored|shaped|themed|sized)$|.{2,}-.+ed$"
)
ADVERBIAL_PLACES = frozenset("underwater outdoors indoors downtown uptown backstage offshore".split())
_SHORTEST_COMPOUND = 7
INDEFINITE = frozenset("something anything nothing everything".split())
INTRANSITIVE = frozenset(
    """
    sitting standing lying sleeping flying running walking swimming jumping leaping dancing singing smiling laughing
    crying floating crawling rolling spinning hanging shining glowing burning blinking flashing melting blooming
    barking howling roaring yawning hiking rocking steaming smoking boiling flaming wandering erupting exploding
    sunbathing leaking drooling sulking snoozing dozing hibernating blushing shivering trembling limping tumbling
    soaring drifting overflowing
    bouncing galloping falling dripping grinning sneezing snoring
    """.split()
)


@dataclass(slots=True)
class NounPhrase:
    """What one noun phrase says; `head` is singular and empty where there were only adjectives."""

    head: str = ""
    determiner: str = ""
    count: int | None = None
    colours: list[str] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)
    scenery: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    known: bool = False
    plural: bool = False
    alone: bool = False
    product: str = ""
    content: "NounPhrase | None" = None
    end: int = 0

    @property
    def definite(self) -> bool:
        """Whether it speaks of something that was named before, or that goes without saying."""
        return self.determiner in {"the", "this", "that", "these", "those"}

    def phrase(self) -> str:
        """Adjectives and head, for a place or an exclusion."""
        return " ".join([*self.attributes, *self.colours, self.head])


def is_person(word: str) -> bool:
    """Whether an unknown word names somebody by its ending: 'harpist', 'lighthouse keeper', 'dustman'."""
    return (
        re.search(
            r"(?:.{2}(?:man|woman|lady|boy|girl|maid|smith|keeper|maker|seller|player|walker|worker|rider|fighter|ologist|ician)|[^aeiou](?:rist|nist|list|tist))$",
            word,
        )
        is not None
    )


def is_noun(word: str) -> bool:
    """Whether the director knows this word as something to be seen."""
    single = SYNONYMS.get(singular(word), singular(word))
    return (
        bool({word, single} & NOUNS)
        or word in COMPOUNDS
        or singular(word) in COMPOUNDS
        or single in PLACES
        or word in PLACES
        or bool(coined(word))
    )


@lru_cache(maxsize=4096)
def coined(word: str) -> str:
    """The noun at the end of an unknown compound of two known words: 'fish' of 'lanternfish'; '' for any other word."""
    if word in KNOWN or not word.isalpha() or not word.islower() or len(word) < _SHORTEST_COMPOUND:
        return ""
    cuts = range(3, len(word) - 3)
    return next((singular(word[at:]) for at in cuts if singular(word[at:]) in NOUNS and word[:at] in NOUNS), "")


def colour_of(word: str) -> str:
    """What a brief calls a colour: a shade by its own name, 'grey' for 'gray'."""
    return word if word in SHADES else COLOURS[word]


def is_hyphenated(word: str) -> bool:
    """Whether words are joined into one that describes: 'fed-up', 'hi-vis', 'returns-processing'."""
    return re.fullmatch(r"[a-z]+(?:-[a-z]+)+", word) is not None and not is_noun(word)


def is_adverb(word: str) -> bool:
    """Whether a word says how much or in what way something is as it is: 'very', 'beautifully'."""
    made_of_adjective = word.endswith("ly") and len(word) > len("ugly") and not is_noun(word) and not is_adjective(word)
    return word in ADVERBS or made_of_adjective


def is_adjective(word: str) -> bool:
    """Whether this word describes: known, or by its ending."""
    if word in ADJECTIVES or word in COLOURS:
        return True
    return not is_noun(word) and (word.startswith("mid-") or _ADJECTIVAL.match(word) is not None or _is_compared(word))


def _is_compared(word: str) -> bool:
    """'Smallest', 'bigger', 'happier': known adjectives in another degree."""
    match = re.fullmatch(r"(.{2,}?)(?:er|est)", word)
    if match is None:
        return False
    stem = match[1]
    return bool({stem, f"{stem}e", stem[:-1], f"{stem[:-1]}y"} & ADJECTIVES) and stem[-1] != "e"
