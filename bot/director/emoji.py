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
_CALLED = {
    "slice": "pizza slice",
    "automobile": "car",
    "hot beverage": "cup of coffee",
    "smiling": "smiley",
    "tanabata tree": "bamboo",
}


_SIGN = r"[\U0001f300-\U0001faff\u2600-\u27bf][\ufe0f\u200d\U0001f3fb-\U0001f3ff]*"
# Signs that begin a message and stand somewhere or do something: '🦊🎻 on a rooftop'.
_FIRST = re.compile(
    rf"^\s*(?P<signs>(?:{_SIGN}\s*)+)"
    r"(?=(?:on|in|under|at|with|next to|behind|inside|near|by|over|above|riding|holding|eating|wearing|playing)\b)",
    re.IGNORECASE,
)
# Signs right before or behind what somebody does: '🐼吃🎋'.
_IN_CHINESE = re.compile(rf"{_SIGN}(?=[吃喝坐骑抱戴穿拿看追站躺趴跑跳睡举牵])|(?<=[吃喝骑抱戴穿拿看追举牵]){_SIGN}")


def spelt_out(text: str) -> str:
    """The text with each emoji after a number, an article or a preposition replaced by its name in Unicode."""
    if match := _FIRST.match(text):
        names = [_name(sign[0]) for sign in re.findall(_SIGN, match["signs"])]
        text = f"a {' and a '.join(names)} {text[match.end() :]}" if all(names) else text
    text = _IN_CHINESE.sub(lambda match: f" {_name(match[0][0])} " if _name(match[0][0]) else match[0], text)
    return _EMOJI.sub(lambda match: match["before"] + (_name(match["sign"]) or match["sign"]), text)


def _name(sign: str) -> str:
    said = " ".join(_DRAWN.sub(" ", unicodedata.name(sign, "").casefold().replace("-", " ")).split())
    name = _CALLED.get(said, said)
    return name if name and is_noun(name.split()[-1]) else ""
