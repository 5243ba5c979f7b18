"""Emoji that stand for a thing in a sentence: 'a 🐶 next to a 🎂'; those that only add colour are left alone."""

import re
import unicodedata

from bot.director.noun_words import is_noun

_EMOJI = re.compile(
    r"(?P<before>\b(?:an?|the|one|two|three|four|five|\d+|of|with|on|in|under|behind|beside|next to|and|riding|holding)"
    r"[ ]+)"
    r"(?P<sign>[\U0001f300-\U0001faff\u2600-\u27bf])[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*",
    re.IGNORECASE,
)
# Words of an emoji's name that say how it is drawn.
_DRAWN = re.compile(r"\b(?:face|symbol|sign|with [a-z ]+|of [a-z ]+|black|white|heavy|smiling|grinning)\b")
_CALLED = {"slice": "pizza slice", "automobile": "car", "hot beverage": "cup of coffee", "smiling": "smiley"}


def spelt_out(text: str) -> str:
    """The text with each emoji after a number, an article or a preposition replaced by its name in Unicode."""
    return _EMOJI.sub(lambda match: match["before"] + (_name(match["sign"]) or match["sign"]), text)


def _name(sign: str) -> str:
    said = " ".join(_DRAWN.sub(" ", unicodedata.name(sign, "").casefold().replace("-", " ")).split())
    name = _CALLED.get(said, said)
    return name if name and is_noun(name.split()[-1]) else ""
