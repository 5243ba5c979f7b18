"""How much of a question a text speaks of, also where customers and articles use other words for the same."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge.lexicon_words import LITTLE_SIGNS, STOP_SIGNS
from bot.knowledge.meanings import chinese_words, meanings_of, named, pairs_of
from bot.knowledge.passage import Passage
from bot.knowledge.tokens import HAN, fold, terms_of, tokens_of

_NOTHING = re.compile(f"{STOP_SIGNS}|{LITTLE_SIGNS}")
OTHERWISE = 0.7
"""What it counts that a thing is said in another word for it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that is asked about: any of these tokens says it, and less well a word for any of these meanings."""

    tokens: frozenset[str]
    meanings: frozenset[str]
    weight: float = 1.0

    def said(self, words: frozenset[str]) -> float:
        """0 to 1: how well what a text speaks of says it."""
        return 1.0 if words & self.tokens else OTHERWISE if words & self.meanings else 0.0


class Coverage:
    """Weighs what a question asks about by how rare it is among the passages that were found for it: 0 to 1 each."""

    def __init__(self, question: str, passages: Sequence[Passage]) -> None:
        self._units = _units(question)
        said = [said_in(whole(passage)) for passage in passages]
        self._weights = [unit.weight * self._rarity(unit, said) for unit in self._units]

    def of(self, text: str) -> float:
        """0 to 1."""
        asked = sum(self._weights)
        return self.evidence(text) / asked if asked else 0.0

    def evidence(self, text: str) -> float:
        """How much rare a text says of what is asked, however long the question is: each rare thing counts 1."""
        have = said_in(text)
        return sum(weight * unit.said(have) for unit, weight in zip(self._units, self._weights, strict=True))

    def share(self, text: str) -> float:
        """0 to 1: how many of the things that are asked about a text speaks of, rare or not."""
        have = said_in(text)
        asked = sum(unit.weight for unit in self._units)
        return sum(unit.weight * unit.said(have) for unit in self._units) / asked if asked else 0.0

    @staticmethod
    def _rarity(unit: Unit, said: Sequence[frozenset[str]]) -> float:
        count, total = sum(unit.said(one) > 0 for one in said), max(len(said), 10)
        return math.log(1 + (total - count + 0.5) / (count + 0.5)) / math.log(2 * total + 2)


def whole(passage: Passage) -> str:
    """A passage with its title and headings."""
    return "\n".join([passage.title, *passage.headings, passage.text])


@lru_cache(4096)
def said_in(text: str) -> frozenset[str]:
    """All that a text speaks of: its tokens, and what they mean."""
    return frozenset({*tokens_of(text), *_marked(meanings_of(text))})


def _units(question: str) -> list[Unit]:
    folded = fold(question)
    units = [Unit(frozenset(), _marked(found)) for phrase, found in named(folded).items() if " " in phrase]
    for term in terms_of(folded):
        if term.run < 0:
            tokens = frozenset(token for option in term.options for token in option)
            units.append(
                Unit(tokens, _marked(meaning for token in tokens for meaning in meanings_of(token)), term.weight)
            )
    words, rest = chinese_words(folded)
    units += [Unit(frozenset(pairs_of(word)), _marked(meanings_of(word))) for word in words]
    for run in re.findall(f"[{HAN}]+", _NOTHING.sub(" ", rest)):
        pairs = pairs_of(run)
        units += [Unit(frozenset(pairs[max(at - 1, 0) : at + 1]), frozenset(), 0.5) for at in range(len(run))]
    return units


def _marked(meanings: Iterable[int]) -> frozenset[str]:
    return frozenset(f"#{meaning}" for meaning in meanings)
