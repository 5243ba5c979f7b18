"""Leaves out of an English wish what its picture is for, who asks, and why: nothing of that is in the picture."""

import re

from bot.director.lexicon_purposes import (
    A_DAY,
    AGE,
    ASIDES,
    ASKED_FOR,
    LETTER,
    NEVER_MIND,
    OCCASION,
    REASON,
    TO_THE_BOT,
    WHAT_FOR,
    WHO_ASKS,
)
from bot.director.noun_words import is_noun
from bot.director.scenes import STYLES
from bot.director.tokens import DETERMINERS, QUOTE, STOPS, tokens

_HEADINGS = (WHO_ASKS, NEVER_MIND, WHAT_FOR, REASON, OCCASION, ASKED_FOR, A_DAY)
# 'Travel poster for Lyme Regis': whose name it bears belongs to the picture.
_FOR_NAME = re.compile(r"\b(?:poster|postcard)s? for (?:[A-Z]\w+ ?)+,")
_HEAD = re.compile(r"\s+(?:for|to|at|about|from|by|so|please|pls)\b|\W+$")
_STORIES = (NEVER_MIND, WHAT_FOR)
_MOST_HEADINGS, _ENOUGH = 3, 2
# How many characters are looked at: what somebody tells may be longer than a heading.
_LONGEST_HEADING, _LONGEST_STORY = 160, 600
# Styles that are formats as well say nothing of how a heading's picture looks.
_FORMATS_TOO = frozenset("sticker sketch cartoon comic photo photograph storybook outline flat vector abstract".split())


def without_letter(text: str) -> str:
    """An English text without 'hope you're well!' and 'Cheers, Deb'."""
    return LETTER.sub(" ", text)


def without_purpose(text: str) -> str:
    """An English text without headings like 'Poster for the fair:' and asides, as long as something to draw is left.

    A style that a heading names is kept: 'Bauhaus poster. One accordion' asks for Bauhaus.
    """
    bare = ASIDES.sub(" ", AGE.sub(" ", TO_THE_BOT.sub(" ", text)))
    styles: list[str] = []
    text = _left(bare, text)
    for _ in range(_MOST_HEADINGS):
        before = text
        for heading in _HEADINGS:
            match = heading.match(text, 0, _LONGEST_STORY if heading in _STORIES else _LONGEST_HEADING)
            if match is None or QUOTE in match[0] or _FOR_NAME.search(match[0]):
                continue
            if (rest := _left(text[match.end() :], text)) is not text:
                text, styles = rest, styles + _styles(match[0])
        if text == before:
            break
    return f"{text.rstrip(' .')}, in {styles[0]} style" if styles else text


def _styles(heading: str) -> list[str]:
    """What stands before the format in a heading and names a style."""
    said = tokens(_HEAD.split(heading)[0])[:-1]
    return [word for word in said if word in STYLES and word not in _FORMATS_TOO and "icon" not in STYLES[word]]


def _left(shorter: str, text: str) -> str:
    """The shorter text where it still names something that may be drawn."""
    said = tokens(shorter)
    new = [word for word in said if word.isalpha() and word not in STOPS | DETERMINERS]
    return shorter if any(map(is_noun, said)) or len(new) >= _ENOUGH else text
