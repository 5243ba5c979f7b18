"""Which of the languages that Limner's own words exist in a person writes."""

from typing import Literal

Language = Literal["en", "zh"]


def language_of(text: str) -> Language:
    """Chinese where there is any Han character, else English: a mixed sentence is written by who reads Chinese."""
    return "zh" if any("\u3400" <= character <= "\u9fff" for character in text) else "en"
