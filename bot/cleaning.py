"""What people send, without what no person means."""

import unicodedata
from dataclasses import asdict, replace
from typing import Any

from bot.errors import RequestError
from bot.messages import Wishes

MAX_TEXT_CHARACTERS = 8_000


def clean(text: str) -> str:
    """A message's text without what no person means: control characters and marks that reorder what is read.

    Raises:
        RequestError: Nothing is left, or it is longer than `MAX_TEXT_CHARACTERS`.
    """
    kept = _without_noise(text)
    if not kept:
        raise RequestError("The message is empty", "Say what you would like to see, such as: a red car on a beach.")
    return kept


def clean_wishes(wishes: Wishes) -> Wishes:
    """The wishes, with every text in them cleaned. Raises RequestError."""
    given = asdict(wishes).items()
    texts: dict[str, Any] = {name: _without_noise(wish) for name, wish in given if isinstance(wish, str)}
    return replace(wishes, **texts)


def _without_noise(text: str) -> str:
    if len(text) > MAX_TEXT_CHARACTERS:
        raise RequestError(
            f"The message has {len(text):,} characters", f"Say it in at most {MAX_TEXT_CHARACTERS:,} characters."
        )
    return "".join(character for character in text if character in "\n\t" or is_visible(character)).strip()


def is_visible(character: str) -> bool:
    """Whether a character is one that a person means: no control character, no mark that reorders what is read."""
    # Zero-width joiners stay: emoji and several scripts are spelled with them.
    return character in "\u200c\u200d" or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
