"""Numbers as words and digits, in English and Chinese."""

from bot.director.lexicon import NUMBERS
from bot.director.lexicon_zh import NUMBERS as NUMBERS_ZH


def value_of(said: str) -> int | None:
    """The number that a word or digits stand for."""
    said = said.casefold()
    if said.isdigit():
        return int(said)
    return 2 if said == "a couple" else NUMBERS.get(said) or NUMBERS_ZH.get(said)
