"""Slips of the pen in English words: which known word an unknown one stands for, where only one is that near."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.grammar import plural, singular

LONGEST_WORD = 20
SHORTEST_WORD = 4
# From these lengths on, one slip of any kind is put right, and two are.
LONG_ENOUGH, LONG_ENOUGH_FOR_TWO = 6, 8
# Shorter words that only lack their last letter are more often word forms: 'thirst' is not 'thirsty'.
LONG_FOR_AN_ENDING = 8
_INFLECTED = re.compile(
    r".{3,}(?:ed|er|ers|or|ors|ly|ings?|est|ness|ment|tion|s|al|ism|ate|ive|[ae]nce|[ae]ncy|ity|ery|ize|ise|ous|ful|ward|[ai]ble|ic)$"
)
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUND_ALIKE = ("aeiouy", "cks", "sz", "fv", "mn", "gj", "bp", "dt")
_VOWELS = "aeiou"
_DOUBLED = re.compile(r"(.)\1")


class Spelling:
    """The words that are known, ready to be compared with.

    Args:
        known: Words that are right as they are.
        targets: Those of them that a slip may stand for.
        nouns: Those of which a plural may be misspelt.
        misspelt: Common slips that are too far from their word, or near another one.
        right: English words that look like slips of known ones.
        same: What a word is only another spelling of, so that two near ones may be one.
    """

    def __init__(
        self,
        known: Iterable[str],
        targets: Iterable[str],
        nouns: Iterable[str],
        misspelt: Mapping[str, str],
        right: Iterable[str],
        same: Mapping[str, str],
    ) -> None:
        self._known, self._nouns, self._right = frozenset(known), frozenset(nouns), frozenset(right)
        self._misspelt, self._same = dict(misspelt), dict(same)
        fit = {word for word in targets if len(word) >= SHORTEST_WORD and word.isalpha()}
        # A plural in s is put right as its singular is.
        self._targets = frozenset(
            word for word in fit if word[-1] != "s" or singular(word) == word or word in self._nouns
        )
        self._by_first: dict[str, list[tuple[str, frozenset[str]]]] = {}
        self._by_skeleton: dict[tuple[str, str], list[str]] = {}
        for word in sorted(self._targets):
            self._by_first.setdefault(word[0], []).append((word, frozenset(word)))
            self._by_skeleton.setdefault((word[0], _skeleton(word)), []).append(word)
        self._undoubled: dict[str, set[str]] = {}
        for word in self._targets:
            self._undoubled.setdefault(_undoubled(word), set()).add(word)
        self.corrected = lru_cache(maxsize=4096)(self._corrected)

    def _corrected(self, word: str) -> str:
        """A word with a slip put right, where exactly one known word is that near; else the word itself.

        An inflected word is left alone but for swapped letters: it is more often one that the tables lack than one
        that was misspelt. Distances are Damerau's (optimal string alignment).
        """
        if word in self._known or len(word) > LONGEST_WORD or not word.isalpha() or not word.isascii():
            return word
        if word in self._misspelt:
            return self._misspelt[word]
        if word in self._right or singular(word) in self._right or singular(word) in self._known:
            return word
        if word.endswith("s") and f"{word}s" in self._known:
            return f"{word}s"
        if word.endswith("s") and (single := self.corrected(word[:-1])) in self._nouns:
            return plural(single)
        if word.endswith("in") and f"{word}g" in self._targets:
            return f"{word}g"
        if len(word) < SHORTEST_WORD:
            return word
        return self._nearest(word)

    def _nearest(self, word: str) -> str:
        near = self._one(_swaps(word) & self._targets)
        if _INFLECTED.search(word):
            near = near if near[:1] == word[:1] else self._one(self._other_vowel(word) or self._other_double(word))
            return near if near and len(word) >= LONG_ENOUGH else word
        near = near or self._one(self._undoubled.get(_undoubled(word), set()))
        if not near and len(word) >= LONG_ENOUGH:
            near = self._one(self._one_slip_away(word))
        if not near and len(word) >= LONG_ENOUGH_FOR_TWO:
            near = self._one(self._two_slips_away(word))
        return near or word

    def _other_vowel(self, word: str) -> set[str]:
        """Targets with one other vowel in the middle, as unstressed ones are misheard: 'elevator' for 'elavator'."""
        if len(word) < LONG_FOR_AN_ENDING or word.endswith(("ed", "ing", "s", "er")):
            return set()
        forms = {
            f"{word[:at]}{other}{word[at + 1 :]}"
            for at in range(1, len(word) - 2)
            for other in _VOWELS
            if word[at] in _VOWELS
        }
        return forms & self._targets

    def _other_double(self, word: str) -> set[str]:
        """Targets with a letter doubled that is not, or the other way round: 'alotment', 'carying'."""
        return self._undoubled.get(_undoubled(word), set()) if len(word) > LONG_ENOUGH else set()

    def _one_slip_away(self, word: str) -> set[str]:
        """Targets of the same first letter; one slip changes at most two of the letters that there are."""
        letters = frozenset(word)
        return {
            target
            for target, others in self._by_first.get(word[0], [])
            if len(letters ^ others) <= 2 and distance(word, target, 1) <= 1 and _is_slip(word, target)
        }

    def _two_slips_away(self, word: str) -> set[str]:
        """Targets of the same first letter and the same consonants, which two slips in one word rarely change."""
        near = self._by_skeleton.get((word[0], _skeleton(word)), [])
        return {target for target in near if distance(word, target, 2) <= 2}

    def _one(self, near: set[str]) -> str:
        """The only word among these, spellings of the same word and its plural counted once; else an empty string."""
        meant = {self._same.get(word, word): word for word in sorted(near, reverse=True)}
        singles = {singular(word) for word in meant}
        if len(singles) != 1:
            return ""
        return next(iter(meant.values())) if len(meant) == 1 else singles.pop()


def distance(one: str, other: str, most: int) -> int:
    """Letters to change, add, leave out or swap with their neighbour; `most` + 1 for all that is farther."""
    before, last = list(range(len(other) + 1)), list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return last[-1]


def _skeleton(word: str) -> str:
    """Its consonants without their order and doubles."""
    return "".join(sorted(set(word) - set("aeiouy")))


def _is_slip(word: str, target: str) -> bool:
    """Whether one letter is wrong as pens and keyboards get it wrong, rather than in another word or word form."""
    if len(word) != len(target):
        return len(word) >= LONG_FOR_AN_ENDING or not (word.startswith(target) or target.startswith(word))
    wrong = [pair for pair in zip(word, target, strict=True) if pair[0] != pair[1]]
    return len(wrong) > 1 or all(_are_near(*pair) for pair in wrong)


def _are_near(one: str, other: str) -> bool:
    beside = any(one in row and other in row and abs(row.index(one) - row.index(other)) == 1 for row in _ROWS)
    return beside or any(one in group and other in group for group in _SOUND_ALIKE)


def _undoubled(word: str) -> str:
    """The word with doubled letters written once: 'parott' and 'parrot' are both 'parot'."""
    return _DOUBLED.sub(r"\1", word)


def _swaps(word: str) -> set[str]:
    return {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
