"""What words mean the same: a question finds what says it otherwise, also in the other language."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from bot.knowledge.lexicon_meanings import MEANINGS
from bot.knowledge.tokens import Term, fold, tokens_of

BETWEEN = frozenset("a an the it them this that my your our his her".split())
"""'Take it out' is taken for 'take out'."""
ALSO = 0.6
"""What another word for the same counts beside the question's own."""


def meanings_of(text: str) -> frozenset[int]:
    """What of everyday meanings a text names, by their numbers."""
    return frozenset(meaning for found in named(text).values() for meaning in found)


def named(text: str) -> dict[str, tuple[int, ...]]:
    """The words, and the two words together, by which a text names meanings, and which."""
    folded = fold(text)
    tokens = tokens_of(folded)
    bare = [token for token in tokens if token not in BETWEEN]
    words = {*tokens, *(f"{one} {two}" for one, two in [*pairwise(tokens), *pairwise(bare)])}
    found = {word: _english()[word] for word in words & _english().keys()}
    return found | {word: _chinese()[word] for word in chinese_words(folded)[0]}


def chinese_words(text: str) -> tuple[list[str], str]:
    """The Chinese words that name a meaning, and the text without them."""
    return _chinese_words().findall(text), _chinese_words().sub(" ", text)


def pairs_of(word: str) -> tuple[str, ...]:
    """The tokens of a row of signs; a single one is its own."""
    return tuple(word[at : at + 2] for at in range(len(word) - 1)) or (word,)


def other_words(question: str, own: Iterable[Term]) -> list[Term]:
    """A term for each thing that a question means, of all words for it; they count little, and in the order alone."""
    said = {option for term in own for option in term.options}
    found = []
    for meaning in sorted(meanings_of(question)):
        options = tuple(option for option in _options(meaning) if option not in said)
        if options:
            found.append(Term(options, ALSO, counts=False))
    return found


@cache
def _lines() -> list[tuple[list[str], list[str]]]:
    halves = [line.split("|") for line in MEANINGS.split("\n")]
    return [([_stems(word) for word in one.split()], fold(two).split()) for one, two in halves]


def _stems(word: str) -> str:
    return " ".join(tokens_of(part)[0] for part in word.split("_"))


@cache
def _options(meaning: int) -> tuple[tuple[str, ...], ...]:
    english, chinese = _lines()[meaning]
    return tuple(dict.fromkeys([*(tuple(word.split()) for word in english), *map(pairs_of, chinese)]))


@cache
def _english() -> dict[str, tuple[int, ...]]:
    return _numbers(english for english, _ in _lines())


@cache
def _chinese() -> dict[str, tuple[int, ...]]:
    return _numbers(chinese for _, chinese in _lines())


def _numbers(lines: Iterable[list[str]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for at, words in enumerate(lines):
        for word in words:
            found[word] = (*found.get(word, ()), at)
    return found


@cache
def _chinese_words() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _chinese()), key=len, reverse=True)))
