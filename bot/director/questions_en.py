"""English that wants an answer and no picture: questions about Limner and the world, errands that are no drawing."""

import re

from bot.director.lexicon_questions import (
    ABOUT_LIMNER,
    ALL_RIGHT,
    DISMISSES,
    ERRAND,
    ERRANDS,
    GREETING,
    NOT_MINE,
    QUESTIONS,
    SAME_AS_EVER,
    WISH,
    WORLD,
    YES_OR_NO,
)

_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
_MARKS = re.compile(r"[\s.!?]+$")


def without_greeting(text: str) -> str:
    """The text without 'hi there, quick question:' before it."""
    return GREETING.sub("", text, count=1)


def is_wish(text: str) -> bool:
    """Whether a picture is wished for in plain words, whatever is asked besides."""
    return WISH.search(text) is not None


def answers_to(text: str, help_: tuple[str, str]) -> tuple[str, str] | None:
    """What an English question, errand or dismissal is answered with, in both languages; None where it may be a wish.

    Args:
        text: What was said.
        help_: The answer to a question about Limner itself.
    """
    if is_wish(text) or re.search(r"[\u3400-\u9fff]", text):
        return None
    pieces = [piece for piece in map(without_greeting, _SENTENCES.split(text.strip())) if piece.strip()]
    found = [_answer(piece.strip(), help_) for piece in pieces]
    spoken = [one for one in found if one]
    return spoken[0] if spoken and len(spoken) == len(found) else None


def _answer(sentence: str, help_: tuple[str, str]) -> tuple[str, str] | None:
    if DISMISSES.fullmatch(sentence):
        return ALL_RIGHT
    if SAME_AS_EVER.match(sentence):
        return None
    if ERRAND.fullmatch(sentence):
        return NOT_MINE
    asks = sentence.rstrip().endswith("?") and YES_OR_NO.fullmatch(_MARKS.sub("", sentence))
    if asks or QUESTIONS.fullmatch(sentence) or QUESTIONS.fullmatch(_MARKS.sub("", sentence)):
        own = ABOUT_LIMNER.search(sentence) and not WORLD.search(sentence) and not re.search(ERRANDS, sentence)
        return help_ if own else NOT_MINE
    return None
