"""What of a request can be read in a prompt: every constraint of its truth looked for in the words themselves.

A prompt is read by nothing but its words and where they stand, so that prompts of every dialect, an LLM's and the
asker's own words are judged alike. A count or colour must stand right before the thing it belongs to, an attribute near
it, a relation between its two things in either order; texts and names must stand letter by letter. A noun that is said
in other words than the truth's counts as missed, in every arm. Chinese words count only where the model reads Chinese.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.director import lexicon_zh
from bot.grammar import plural
from tests.craft.alike import stands_in, verb, words_of
from tests.craft.locate import NUMBERS
from tests.craft.score import LISTED, MIRRORED, SCENE

TOLERANCE = 0.1
_NUMERALS_ZH = dict(zip("一两三四五六七八九十", range(1, 11), strict=True)) | {"二": 2, "十一": 11, "十二": 12, "俩": 2}
_NUMBER = re.compile(rf"\d+|\b(?:a|an|{'|'.join(NUMBERS)})\b|{'|'.join(sorted(_NUMERALS_ZH, key=len, reverse=True))}")
_OTHER_NUMBERS = {6: ("half a dozen",), 12: ("a dozen",), 2: ("a pair of", "a couple of", "both")}
_SAID = {
    "left of": ("left of", "on the left"), "right of": ("right of", "on the right"), "above": ("above", "over"),
    "below": ("below", "under", "underneath", "beneath"), "behind": ("behind",),
    "in front of": ("in front of", "before"),
    "inside": ("inside", "in", "within", "into"), "on": ("on", "atop", "onto", "upon"),
    "next to": ("next to", "beside", "by", "near", "alongside"),
}  # fmt: skip
_SAID_ZH = {
    "left of": "左", "right of": "右", "above": "上", "below": "下底", "behind": "后", "in front of": "前",
    "inside": "里中内", "on": "上", "next to": "旁边挨",
}  # fmt: skip
_TABLES_ZH = (
    lexicon_zh.NOUNS, lexicon_zh.PLACES, lexicon_zh.TIMES, lexicon_zh.WEATHER, lexicon_zh.STYLES, lexicon_zh.COLOURS,
    lexicon_zh.ADJECTIVES, lexicon_zh.VERBS,
)  # fmt: skip
# What stands before one of these says nothing of the noun after it.
_LINKS = (
    "and with of to over under on in at by near above below behind inside beside is are wearing holding from".split()
)
_ENDS_BEFORE = re.compile(rf"[,.;:，。；：、(\n在和与跟]| (?:{'|'.join(_LINKS)}) ")
_BEFORE_WORDS, _BEFORE_ZH, _NEAR, _BETWEEN = 6, 10, 60, 90
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Shown:
    """What goes to the painter, and what the asker is told.

    Attributes:
        negative: None where the model heeds none.
        chinese: Whether the model reads Chinese.
    """

    prompt: str
    negative: str | None
    notes: tuple[str, ...]
    width_px: int
    height_px: int
    chinese: bool

    @property
    def text(self) -> str:
        """The prompt in small letters; Chinese is blotted out where nobody reads it."""
        text = self.prompt.casefold()
        return text if self.chinese else _CHINESE.sub("\0", text)


def read_back(shown: Shown, expected: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """Each constraint's kind, and whether the prompt keeps it."""
    return [*_things(shown, expected), *_between(shown, expected), *_said(shown, expected)]


def passed_through(shown: Shown, expected: Mapping[str, Any]) -> bool:
    """Whether a model that reads no Chinese is given some that is neither to be drawn nor a name."""
    text = f"{shown.prompt} {shown.negative or ''}"
    for kept in (*expected.get("texts", []), *(one for name in expected.get("names", []) for one in name.split("|"))):
        text = text.replace(kept, " ")
    return not shown.chinese and _CHINESE.search(text) is not None


def _things(shown: Shown, expected: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    for one in expected.get("subjects", []):
        places = _places(shown, one["name"])
        yield "subject", bool(places)
        if one.get("count"):
            counts = {int(count) for count in str(one["count"]).split("|")}
            yield "count", any(_count_before(shown.text, start) in counts for start, _ in places)
        if one.get("colour"):
            forms = _forms(one["colour"], shown.chinese)
            yield "colour", any(_contains(_before(shown.text, start), forms) for start, _ in places)
        for item in one.get("attributes", []):
            forms = _forms(item, shown.chinese)
            near = (shown.text[max(start - _NEAR, 0) : end + _NEAR] for start, end in places)
            yield "attribute", any(_contains(part, forms) for part in near)


def _between(shown: Shown, expected: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    for first, kinds, second in expected.get("relations", []):
        one, other = (_places(shown, _all_names(name, expected)) for name in (first, second))
        pairs = [(kind, one, other) for kind in kinds.split("|")]
        pairs += [(MIRRORED[kind], other, one) for kind in kinds.split("|") if kind in MIRRORED]
        yield "relation", any(_stands_between(shown, *pair) for pair in pairs)
    for _, kinds, _ in expected.get("actions", []):
        stems = {verb(kind) for kind in kinds.split("|")}
        said = {verb(word) for word in re.findall(r"[a-z]+", shown.text)}
        yield "action", bool(stems & said) or _contains(shown.text, _forms(kinds, shown.chinese))


def _said(shown: Shown, expected: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    for text in expected.get("texts", []):
        yield "text", text in shown.prompt
    for name in expected.get("names", []):
        yield "name", any(stands_in(shown.prompt, one) for one in name.split("|"))
    for item in expected.get("exclusions", []):
        where = " ".join(shown.notes) if shown.negative is None else shown.negative
        yield "exclusion", _contains(where.casefold(), _forms(item, chinese=True))
    for key in ("settings", "look"):
        for item in expected.get(key, []):
            yield LISTED[key], _contains(shown.text, _forms(item, shown.chinese))
    for key in SCENE:
        if item := expected.get(key):
            same = _is_shaped(shown, item) if key == "aspect" else _contains(shown.text, _forms(item, shown.chinese))
            yield key, same


def _is_shaped(shown: Shown, aspect: str) -> bool:
    wide, high = map(float, aspect.split("|")[0].split(":"))
    return abs(math.log(shown.width_px / shown.height_px * high / wide)) < TOLERANCE


def _forms(alternatives: str, chinese: bool) -> list[str]:
    """All that may stand for one of the alternatives, the longest first."""
    forms: set[str] = set()
    for one in str(alternatives).casefold().split("|"):
        forms |= {one, plural(one)} if one.isascii() else {one}
        if chinese:
            forms |= {word for table in _TABLES_ZH for word, english in table.items() if english == one}
    return sorted((one for one in forms if one.isascii() or chinese), key=len, reverse=True)


def _contains(text: str, forms: Iterable[str]) -> bool:
    """English as whole words, in any order where it is several; Chinese as it stands."""
    words = {part for word in re.findall(r"[^\W_]+", text) for part in words_of(word)}
    return any(set(words_of(one)) <= words if one.isascii() else one in text for one in forms)


def _places(shown: Shown, alternatives: str) -> list[tuple[int, int]]:
    """Where a thing stands in the prompt; English is not looked for inside other words."""
    found = []
    for form in _forms(alternatives, shown.chinese):
        pattern = re.escape(form).replace(r"\ ", "[ -]")
        pattern = rf"(?<![\w-]){pattern}(?![\w-])" if form.isascii() else pattern
        found += [match.span() for match in re.finditer(pattern, shown.text)]
    return found


def _before(text: str, start: int) -> str:
    """The noun phrase's words before its noun: no further than the last comma or few words back."""
    part = _ENDS_BEFORE.split(text[:start])[-1]
    if _CHINESE.search(text[start : start + 1]):
        return part[-_BEFORE_ZH:]
    return " ".join(part.split()[-_BEFORE_WORDS:])


def _count_before(text: str, start: int) -> int:
    """The last number before a noun; 1 where none is said."""
    before, whole = _before(text, start), text[:start]
    for number, forms in _OTHER_NUMBERS.items():
        if any(re.search(rf"\b{form} (?:[\w-]+ ){{0,2}}$", whole) for form in forms):
            return number
    found = _NUMBER.findall(before)
    if not found:
        return 1
    word = found[-1]
    return int(word) if word.isdigit() else ({"a": 1, "an": 1} | NUMBERS | _NUMERALS_ZH)[word]


def _all_names(name: str, expected: Mapping[str, Any]) -> str:
    groups = [*(one["name"] for one in expected.get("subjects", [])), *expected.get("names", [])]
    return "|".join([name, *(group for group in groups if set(group.split("|")) & set(name.split("|")))])


def _stands_between(shown: Shown, kind: str, first: list[tuple[int, int]], second: list[tuple[int, int]]) -> bool:
    """Whether a relation's words stand between its things in this order, or in Chinese right after either."""
    for _, end in first:
        for start, _ in second:
            if 0 <= start - end <= _BETWEEN and any(
                re.search(rf"\b{words}\b", shown.text[end:start]) for words in _SAID[kind]
            ):
                return True
    if not shown.chinese:
        return False
    return any(
        re.match(rf"[^，。；]{{0,4}}[{_SAID_ZH[kind]}]", shown.text[end : end + 6]) for _, end in (*first, *second)
    )
