"""Finds where a prompt says a locked item: noun phrases with their number and adjectives, relations, comma phrases."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.grammar import plural, with_article

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13,
}  # fmt: skip
SPELLED = {number: word for word, number in NUMBERS.items()}
RELATION_WORDS = {
    "left of": ("to the left of",), "right of": ("to the right of",), "above": ("above", "over"), "below": ("below",),
    "behind": ("behind",), "in front of": ("in front of",), "inside": ("inside",), "on": ("on",),
    "next to": ("next to",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun with what stands before it; `start`, `head` and `end` are positions in the prompt."""

    start: int
    head: int
    end: int
    opener: str
    adjectives: str


def masked(prompt: str) -> str:
    """The prompt with all quoted text blotted out, each character kept in its place."""
    return re.sub(r'"[^"]*"', lambda found: "\0" * len(found[0]), prompt)


def noun_phrase(prompt: str, subject: Mapping[str, Any], names: Iterable[str] = ()) -> NounPhrase | None:
    """Where a subject of a truth stands, by the longest of its names; None where it isn't found with its colour."""
    text, colours = masked(prompt), str(subject.get("colour", "")).split("|")
    bound = [one for item in subject.get("attributes", []) for one in item.split("|")]
    known = sorted({"very", "super", *names, *colours, *bound} - {""}, key=len, reverse=True)
    before = "|".join(re.escape(word).replace(r"\ ", "[ -]") for word in known)
    pattern = rf"(?i)(?:\b(a|an|the|{'|'.join(NUMBERS)})\s+)?((?:(?:{before})\s+)*)$"
    for form in _forms(subject["name"]):
        for found in re.finditer(rf"(?i)(?<![\w-]){re.escape(form)}(?![\w-])", text):
            left = re.search(pattern, text[: found.start()])
            if left and any(colour.casefold() in left[2].casefold() for colour in colours):
                return NounPhrase(left.start(), found.start(), found.end(), left[1] or "", left[2])
    return None


def _forms(names: str) -> Iterator[str]:
    for name in sorted(names.split("|"), key=len, reverse=True):
        if name.isascii():
            yield from (plural(name), name)


def relation_words(prompt: str, first: NounPhrase, kind: str, second: NounPhrase) -> re.Match[str] | None:
    """The words of a relation after the first noun phrase and right before the second one's noun."""
    noun = re.escape(prompt[second.head : second.end])
    for words in RELATION_WORDS.get(kind, ()):
        pattern = rf"(?<!\w){words}(?= (?:[\w-]+ ){{0,4}}?{noun})"
        if found := re.compile(pattern).search(masked(prompt), first.end):
            return found
    return None


def comma_phrases(prompt: str) -> list[str]:
    """The phrases between commas; a comma inside quoted text parts nothing."""
    cuts = [found.span() for found in re.finditer(r", ", masked(prompt))]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(prompt)]
    return [prompt[start:end] for start, end in zip(starts, ends, strict=True)]


def tidied(prompt: str) -> str:
    """One space between words, and 'a' or 'an' by the word that follows now."""

    def article(found: re.Match[str]) -> str:
        new = with_article(found[2]).split()[0]
        return f"{new.capitalize() if found[1][0].isupper() else new} {found[2]}"

    parts = re.split(r'("[^"]*")', prompt)
    parts[::2] = [re.sub(r"\b([Aa]n?) ([\w-]+)", article, re.sub(r" {2,}", " ", part)) for part in parts[::2]]
    return "".join(parts).strip(" ,")
