"""A word of a Chinese text as the director reads it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as written, what kind of word it is, and what it stands for in English."""

    text: str
    kind: str
    value: str = ""
