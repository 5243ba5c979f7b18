"""What words a text is found by: Chinese, Japanese and Korean by single signs and pairs, words elsewhere.

The tables hold what this made of each passage: whoever changes it writes a migration that makes them anew.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.knowledge.lexicon_words import LITTLE, SAME, SAME_SIGNS, STOP, STOP_SIGNS

HAN = "\u3005\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA, HIRAGANA, HANGUL = "\u30a1-\u30fa\u30fc-\u30ff", "\u3041-\u309f", "\uac00-\ud7af"
_LETTER = rf"[^\W_{HAN}{KANA}{HIRAGANA}{HANGUL}]"
_PIECE = re.compile(
    rf"(?P<signs>[{HAN}]+|[{KANA}]+|[{HIRAGANA}]+|[{HANGUL}]+)|{_LETTER}[\u0300-\u036f]*(?:[-.'’_]?{_LETTER})*"
)
_PART = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")
LONGEST_TOKEN = 64
BESIDE = 0.3
"""What a single sign counts beside the pairs that it stands in."""
SAYS_LITTLE = 0.3
"""What a word counts that customers say in any question."""
# Ends of English and German words, tried in this order; what is left has at least so many letters.
_ENDS = (("s", 3), ("ation", 4), ("ung", 4), ("ing", 3), ("ion", 4), ("ed", 4), ("ern", 4), ("en", 4), ("er", 4))
_ENDS_LATER = (("s", 3), ("ung", 4), ("ing", 3), ("er", 4), ("e", 3))
_SAME = dict(pair.split("=") for pair in SAME.split())
_SAME_SIGNS = dict(pair.split("=") for pair in SAME_SIGNS.split())
_STOP = frozenset(STOP.split())
_NOTHING_ASKED = re.compile(STOP_SIGNS)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a question asks about.

    Attributes:
        options: Ways to say it; each is the tokens that a passage must all have.
        weight: How much it counts in the order of passages, beside its rarity.
        counts: Whether it counts in how much of the question a passage covers.
        run: Pairs of the same row of signs share it; -1 for a word.
    """

    options: tuple[tuple[str, ...], ...]
    weight: float = 1.0
    counts: bool = True
    run: int = -1


def tokens_of(text: str) -> list[str]:
    """All tokens of a text, in order, each as often as it stands there."""
    found: list[str] = []
    for piece, signs in _pieces(fold(text)):
        found += (*piece, *_pairs(piece)) if signs else (token for option in _options(piece) for token in option)
    return found


def terms_of(question: str) -> list[Term]:
    """What a question asks about, stop words left out; each once."""
    folded = _NOTHING_ASKED.sub(" ", fold(question))
    found: list[Term] = []
    for run, (piece, signs) in enumerate(_pieces(folded)):
        if signs:
            found += _terms_of_signs(piece, run)
        elif piece.replace("'", "").replace("’", "") not in _STOP:
            options = _options(piece)
            found.append(Term(options, SAYS_LITTLE if options[0][0] in _little() else 1.0))
    return list({term.options: term for term in reversed(found)}.values())[::-1]


def fold(text: str) -> str:
    """The same words in one way of writing: width, case, traditional characters, names of the same thing."""
    text = unicodedata.normalize("NFKC", text).casefold()
    if re.search(f"[{HAN}]", text):
        text = _sames().sub(lambda found: _SAME_SIGNS[found[0]], text.translate(_simplifications()))
    return text


@lru_cache(65_536)
def stem(word: str) -> str:
    """A word without the usual endings of English and German; what has digits stays as it is."""
    if len(word) <= 3 or not word.isalpha() or not word.isascii():
        return word
    word = f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word
    for ends in (_ENDS, _ENDS_LATER):
        end = next((end for end, least in ends if word.endswith(end) and len(word) - len(end) >= least), "")
        word = word if word.endswith("ss") else word.removesuffix(end) if end else word
        if end in ("ed", "ing", "er", "en") and word[-1:] == word[-2:-1] and word[-1:] not in "lsz":
            word = word[:-1]
    return word


def _terms_of_signs(piece: str, run: int) -> list[Term]:
    """Pairs say what is asked; Japanese writes what binds the words in hiragana, Korean at their end."""
    grammar = "\u3041" <= piece[0] <= "\u309f"
    if len(piece) == 1:
        return [Term(((piece,),), BESIDE if grammar else 1.0, not grammar)]
    pairs = [Term(((pair,),), BESIDE if grammar else 1.0, not grammar, run) for pair in _pairs(piece)]
    if "\uac00" <= piece[0] <= "\ud7af" and len(piece) > 2:
        pairs[-1] = Term(pairs[-1].options, BESIDE, counts=False)
    return [*pairs, *(Term(((sign,),), BESIDE, counts=False) for sign in piece if not grammar)]


def _pairs(piece: str) -> list[str]:
    return [piece[at : at + 2] for at in range(len(piece) - 1)]


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Words, and rows of signs of one script; the second says which."""
    for found in _PIECE.finditer(text):
        yield found[0], found["signs"] is not None


def _options(piece: str) -> tuple[tuple[str, ...], ...]:
    """A word as a whole and, where it is put together, by its parts: 'AX-3000' is 'ax3000', and 'ax' with '3000'."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", piece) if not unicodedata.combining(sign))
    whole = _token(re.sub("[-'’_]", "", plain))
    parts = tuple(_token(part) for part in _PART.findall(plain.replace("'", "").replace("’", "")))
    return ((whole,), parts) if len(parts) > 1 else ((whole,),)


def _token(word: str) -> str:
    stemmed = stem(word[:LONGEST_TOKEN])
    return _SAME.get(stemmed, stemmed)


@cache
def _little() -> frozenset[str]:
    return frozenset(stem(word) for word in LITTLE.split())


@cache
def _sames() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_SAME_SIGNS, key=len, reverse=True)))


@cache
def _simplifications() -> dict[int, str]:
    from bot.director.dictionary import simplifications

    return simplifications()
