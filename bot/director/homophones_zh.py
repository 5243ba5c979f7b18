"""Chinese words typed with a character that only sounds right: 钢情 for 钢琴, by the dictionary's pinyin."""

import itertools
import re
from collections.abc import Iterator
from functools import cache

from bot.director.dictionary import entries, is_word
from bot.director.lexicon_heads_zh import HEADS, STUFFS
from bot.director.lexicon_kinds_zh import KINDS
from bot.director.lexicon_verbs_zh import SINGLE_VERBS

_MEANT = frozenset("noun place weather body".split())
_READING = re.compile(r"^\[([a-zA-Z:]+)\d\]", re.MULTILINE)
_FUZZY = re.compile(r"(?<=[zcs])h|(?<=[aeiou]n)g")
# What a person's name may begin with.
_BEFORE_NAMES = frozenset("阿小老")
_LONGEST, _MOST_READINGS = 3, 8


def heard(text: str, at: int) -> tuple[int, str, str] | None:
    """(where, as written, as meant) of the one known word that sounds like what stands around this character.

    Only a character that belongs to no word is heard like this, and the word must share another character with it.
    """
    if not "\u4e00" <= text[at] <= "\u9fff" or not _is_stray(text, at):
        return None
    found = {
        (start, text[start : start + size], word)
        for start, size in _windows(text, at)
        for word in _sounding_like(text[start : start + size])
    }
    longest = max((len(word) for _, _, word in found), default=0)
    best = [one for one in found if len(one[2]) == longest]
    return best[0] if len(best) == 1 else None


def _is_stray(text: str, at: int) -> bool:
    """Whether a character is part of no word of the lexicon or the dictionary, and none of its own."""
    character = text[at]
    if character in KINDS or character in HEADS or character in SINGLE_VERBS or character in STUFFS:
        return False
    if not is_word(character):
        return False
    around = (text[start : start + size] for start, size in _windows(text, at, longest=4))
    return not any(piece in KINDS or is_word(piece) for piece in around)


def _windows(text: str, at: int, longest: int = _LONGEST) -> Iterator[tuple[int, int]]:
    for size in range(2, longest + 1):
        for start in range(max(0, at - size + 1), min(at, len(text) - size) + 1):
            yield start, size


def _sounding_like(piece: str) -> set[str]:
    """Known words that sound like the piece and share a character with it."""
    if piece[0] in _BEFORE_NAMES or not all("\u4e00" <= character <= "\u9fff" for character in piece):
        return set()
    heard_as = {word for sound in _sounds(piece) for word in _by_sound().get(sound, ())}
    return {word for word in heard_as if any(one == other for one, other in zip(word, piece, strict=True))}


def _sounds(word: str) -> list[tuple[str, ...]]:
    readings = [_readings(character) for character in word]
    return list(itertools.islice(itertools.product(*readings), _MOST_READINGS)) if all(readings) else []


@cache
def _readings(character: str) -> tuple[str, ...]:
    """How a character may be read, without tones, and with sounds made one that many people don't tell apart."""
    found = _READING.findall(entries().get(character, ""))
    return tuple(dict.fromkeys(_FUZZY.sub("", one.casefold()) for one in found))


@cache
def _by_sound() -> dict[tuple[str, ...], tuple[str, ...]]:
    """The lexicon's words by how they sound, made once."""
    index: dict[tuple[str, ...], tuple[str, ...]] = {}
    for word, kind in KINDS.items():
        if kind in _MEANT and 2 <= len(word) <= _LONGEST and word.isalpha() and not word.isascii():
            for sound in _sounds(word):
                index[sound] = (*index.get(sound, ()), word)
    return index
