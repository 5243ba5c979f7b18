"""Whether two names mean the same thing: as sure as a lexicon can be, and 'perhaps' where it can't tell."""

from collections.abc import Iterable
from functools import lru_cache

from bot.checker.lexicon_alike import ADJECTIVES, KINDS, SYNONYMS
from bot.director import lexicon
from bot.director.lexicon_zh import COLOURS as CHINESE_COLOURS
from bot.director.lexicon_zh import NOUNS as CHINESE_NOUNS
from bot.director.noun_words import is_noun
from bot.director.traditional import simplified
from bot.grammar import singular

_SHORTEST_HEAD = 4


@lru_cache(maxsize=4096)
def heads(name: str) -> frozenset[str]:
    """The nouns that a name turns on: of 'small cups of coffee', cup and coffee; of a Chinese name, its English one."""
    name = english(name.casefold().strip())
    parts = [part.split()[-1] for part in name.split(" of ") if part.split()]
    return frozenset(_single(part) for part in parts)


def english(name: str) -> str:
    """The English of a Chinese name, by its longest known ending; another name as it is."""
    if name.isascii():
        return name
    name = simplified(name)
    return next((CHINESE_NOUNS[name[at:]] for at in range(len(name)) if name[at:] in CHINESE_NOUNS), name)


def alike(one: str, other: str) -> bool:
    """Whether two names may mean one thing: the same head noun, or a synonym of it, or its kind."""
    return any(_alike(first, second) for first in heads(one) for second in heads(other))


def colours_in(text: str) -> set[str]:
    """The plain colours that words stand for: of 'dark green and crimson', green and red."""
    if not text.isascii():
        text = simplified(text)
        return {colour for word, colour in CHINESE_COLOURS.items() if word in text}
    return {lexicon.COLOURS[word] for word in text.casefold().replace("-", " ").split() if word in lexicon.COLOURS}


def same(one: str, other: str) -> bool:
    """Whether two names turn on the same noun."""
    return bool(heads(one) & heads(other))


def is_known(name: str) -> bool:
    """Whether the lexicon knows what a name is, so that another known one is certainly something else."""
    return bool(name.strip()) and all(is_noun(head) or head in lexicon.ABSTRACT | lexicon.MASS for head in heads(name))


def among(name: str, names: Iterable[str]) -> bool:
    """Whether some name of several may mean the same."""
    return any(alike(name, one) for one in names)


def _single(word: str) -> str:
    single = singular(word)
    return lexicon.SYNONYMS.get(single, single)


@lru_cache(maxsize=8192)
def _alike(one: str, other: str) -> bool:
    if one == other or any(one in group and other in group for group in SYNONYMS):
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= _SHORTEST_HEAD and longer.endswith(shorter):  # a birdcage is a cage
        return True
    return one in KINDS.get(other, ()) or other in KINDS.get(one, ())


def means_the_same(adjective: str) -> frozenset[str]:
    """An adjective and those that say the same."""
    return frozenset({adjective}).union(*(group for group in ADJECTIVES if adjective in group))
