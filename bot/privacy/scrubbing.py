"""Replaces personal data in a text by placeholders."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.privacy.numbers import CARDS, IBANS, IDENTITY
from bot.privacy.phones import PHONES
from bot.privacy.secrets import SECRETS
from bot.privacy.written import E_MAILS

# In this order: what an earlier one has taken, a later one doesn't see.
RECOGNISERS = SECRETS + E_MAILS + IBANS + IDENTITY + CARDS + PHONES
KINDS = tuple(dict.fromkeys(recogniser.kind for recogniser in RECOGNISERS))
Span = tuple[int, int]
TAKEN = "\0"  # stands for a character that has been recognised; no pattern may match it
MAX_ROUNDS = 5
FULL_WIDTH = "\uff01-\uff5e"
INVISIBLE = rf"(?<=[!-~{FULL_WIDTH}])[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+(?=[!-~{FULL_WIDTH}])"
NUMERALS = "零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
DIGITS = str.maketrans(NUMERALS, "001234567891123456789")


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """A text without personal data.

    Attributes:
        text: The text with a placeholder such as '[phone]' for each thing that was found.
        found: The kind of each, in order of the text; never what it was.
    """

    text: str
    found: tuple[str, ...]


def scrub(text: str) -> Scrubbed:
    """Take personal data out of a text, in time that grows linearly with its length; what is clean stays as it is."""
    joined = re.sub(INVISIBLE, "", text)
    folded = _fold(joined)
    found: dict[Span, str] = {}
    # What stood glued to something is seen once that is taken; the bound keeps the time linear.
    for _ in range(MAX_ROUNDS):
        folded, more = _round(folded)
        found |= more
        if not more:
            break
    if not found:
        return Scrubbed(text, ())
    in_order = dict(sorted(found.items()))
    placeholders = {span: placeholder(kind) for span, kind in in_order.items()}
    return Scrubbed(_replace(joined, placeholders), tuple(in_order.values()))


def _round(folded: str) -> tuple[str, dict[Span, str]]:
    """What each recogniser finds, and the text with that marked as taken."""
    found: dict[Span, str] = {}
    for recogniser in RECOGNISERS:
        if spans := dict.fromkeys(recogniser.spans(folded), recogniser.kind):
            found |= spans
            folded = _replace(folded, {(start, end): TAKEN * (end - start) for start, end in spans})
    return folded, found


def placeholder(kind: str) -> str:
    """What stands for one thing of a kind."""
    return f"[{kind}]"


def without_placeholders(text: str) -> str:
    """A scrubbed text for a reader that would paint a phone for '[phone]'; one that was quoted stays, to be written."""
    return re.sub(rf"(?<![“\"「『‘']) ?\[(?:{'|'.join(KINDS)})\]", "", text)


def _replace(text: str, pieces: Mapping[Span, str]) -> str:
    """The text with pieces put in, which come in order and apart from each other."""
    parts, at = [], 0
    for (start, end), piece in pieces.items():
        parts += [text[at:start], piece]
        at = end
    return "".join([*parts, text[at:]])


def _fold(text: str) -> str:
    """The same number of characters, written in ASCII where they are other forms of it."""
    if text.isascii():
        return text
    plain = "".join(map(_plain, text))
    return re.sub(f"[{NUMERALS}]{{7,}}", lambda run: run[0].translate(DIGITS), plain)


@lru_cache(8192)
def _plain(character: str) -> str:
    if character.isascii():
        return character
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if unicodedata.category(character) == "Pd":
        return "-"
    normal = unicodedata.normalize("NFKC", character)
    return normal if len(normal) == 1 else character
