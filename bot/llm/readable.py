"""Whether a text may be somebody's words at all, told by its form, in whatever language."""

import re
import string
import unicodedata
import zlib
from collections import Counter

_ADDRESS_OR_CODE = re.compile(r"https?://\S+|`{1,3}[^`]{1,2000}`{1,3}")
_SIGN_WITHIN = re.compile(r"""[A-Za-z0-9][<>{}\[\]^`|\\$!?"=;]+[A-Za-z0-9]""")
_CASE_CHANGES = re.compile(r"[a-z][A-Z]")
_SCRIPTS = {
    name: name for name in "LATIN CJK HANGUL CYRILLIC GREEK ARABIC HEBREW DEVANAGARI BENGALI TAMIL THAI".split()
}
_SCRIPTS |= {"HIRAGANA": "CJK", "KATAKANA": "CJK"}  # Japanese is written in all three
_MOST_SCRIPTS = 3
_LONGEST_WORD = 50
_MOST_SIGNS = 0.28
_MOST_REPEATS = 12
# Below these lengths hardly anything is impossible: emoji, numbers and 'Hm?' are words too.
_SIGNS_COUNT_FROM = 12
_SHORT = 30


def is_readable(text: str) -> bool:
    """Whether it can be words.

    Words that merely make no sense pass. Refused is text that repeats itself without end, with signs instead of letters
    or amid them, in a jumble of scripts, with words of impossible length, or Latin words without vowels.
    """
    text = _ADDRESS_OR_CODE.sub(" ", text)
    shown = [sign for sign in text if not sign.isspace()]
    if "\ufffd" in text or _is_code_like(text.split()) or _is_signs(shown):
        return False
    if len(shown) < _SHORT:
        return any(sign.isalnum() or unicodedata.category(sign) == "So" for sign in shown)
    data = text.encode()
    repeats = len(data) > _MOST_REPEATS * len(zlib.compress(data))
    return not (repeats or _is_jumbled(shown) or _is_no_words(re.findall(r"[^\W\d_]+", text)))


def _is_code_like(words: list[str]) -> bool:
    odd = [word for word in words if _SIGN_WITHIN.search(word) or len(_CASE_CHANGES.findall(word)) > 1]
    return len(odd) > len(words) / 2


def _is_signs(shown: list[str]) -> bool:
    signs = sum(sign in string.punctuation for sign in shown)
    return len(shown) > _SIGNS_COUNT_FROM and signs > _MOST_SIGNS * len(shown)


def _is_jumbled(shown: list[str]) -> bool:
    letters = [script for sign in shown if sign.isalpha() and (script := _script(sign))]
    return sum(count > len(letters) / 20 for count in Counter(letters).values()) > _MOST_SCRIPTS


def _is_no_words(words: list[str]) -> bool:
    latin = [word.lower() for word in words if word[0] < "\u0250"]
    long = [word for word in latin if len(word) > 1]
    mute = [word for word in long if not any(_is_vowel(sign) for sign in word)]
    single = [word for word in latin if len(word) == 1]
    endless = any(len(word) > _LONGEST_WORD for word in latin)
    return endless or len(mute) > max(2, len(long) / 2) or len(single) > max(8, len(words) / 2)


def _is_vowel(sign: str) -> bool:
    return unicodedata.normalize("NFD", sign)[0] in "aeiouyæøœı"


def _script(sign: str) -> str:
    return _SCRIPTS.get(unicodedata.name(sign, "").partition(" ")[0], "")
