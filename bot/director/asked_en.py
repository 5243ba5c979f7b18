"""Says as a command what a polite English question asks to have changed: 'could it be brown?' is 'make it brown'."""

import re

from bot.director.lexicon import WORN
from bot.director.lexicon_asked import ASKED, IMAGINED, POSSIBLE, SEEN, THE_SAME
from bot.director.tokens import VERB_FORMS

_WHERE = frozenset("top behind inside it them him her underneath below above".split())
_WHOM = {"he": "him", "she": "her", "they": "them"}


def as_told(text: str) -> str:
    """A question after a picture as what is to be done to it; any other text as it is."""
    if match := POSSIBLE.match(text):
        return match["rest"]
    if match := SEEN.match(text):
        return f"show {match['rest']}"
    if match := THE_SAME.match(text):
        return match["rest"] or "again"
    if match := IMAGINED.match(text):
        return _imagined(match)
    match = ASKED.match(text)
    return (_told(match) or text) if match else text


def _told(match: re.Match[str]) -> str:
    who, does, rest = (match["who"] or match["whom"]).casefold(), match["does"].casefold(), match["rest"]
    whom = _WHOM.get(who, who)
    if does in {"be", "become", "look", "get", "turn"}:
        return f"make {whom} {rest}"
    if does == "have" and set(rest.split()[-1:]) & WORN:
        does = "wear"
    if does == "have":
        return f"give {whom} {rest}"
    if does not in VERB_FORMS:
        return ""
    return f"{who} {'are' if who == 'they' else 'is'} {VERB_FORMS[does]} {rest}"


def _imagined(match: re.Match[str]) -> str:
    who, did, rest = match["who"].casefold(), match["did"].casefold(), match["rest"]
    if did in {"had", "got"}:
        where = rest.split()[-1].casefold() in _WHERE
        return f"put {rest}" if where else f"give {_WHOM.get(who, who)} {rest}"
    if did in {"wore", "held"}:
        return f"{who} is {'wearing' if did == 'wore' else 'holding'} {rest}"
    return f"make {_WHOM.get(who, who)} {rest}"
