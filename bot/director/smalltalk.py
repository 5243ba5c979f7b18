"""Small talk: greetings, thanks and questions about Limner, answered in the asker's language."""

import re

from bot.director.lexicon_marks import QUOTED
from bot.director.lexicon_questions import MIXED
from bot.director.lexicon_smalltalk import AND_DRAW, BREAK_OUT, HELLO, HELP, INTERJECTIONS, KINDS, ONLY_DRAWS, THANKS
from bot.director.questions_en import answers_to, is_wish, without_greeting
from bot.director.questions_zh import asks
from bot.director.traditional import simplified

_PATTERNS = tuple((answers, re.compile(pattern, re.IGNORECASE)) for answers, pattern in KINDS)
_EMOJI = re.compile(r"[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]")
_PIECES = re.compile(
    r"[,.!?~;:，。！？～；、\s]+|(?<=[a-z])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[a-z])", re.IGNORECASE
)
LONGEST = 160
LONGEST_BREAK_OUT = 1500
_MOST_PIECES = 8


def reply(text: str) -> str:
    """A short true answer where the text wishes for no picture; an empty string where it may."""
    plain = simplified(_EMOJI.sub(" ", text).replace("’", "'")).strip()
    chinese = re.search(r"[\u3400-\u9fff]", plain) is not None
    if _breaks_out(plain):
        return ONLY_DRAWS[chinese]
    if len(text) > LONGEST:
        return ""
    if not plain:
        return THANKS[0] if text.strip() else HELP[0]
    if chinese and (asks(plain) or (re.search("[A-Za-z]{2}", plain) and MIXED.fullmatch(plain))):
        return HELP[1]
    answers = _kind(plain) or _kind_of_pieces(plain) or _kind(without_greeting(plain))
    if answers in (HELP, None) and not chinese:
        answers = None if is_wish(plain) else answers or answers_to(plain, HELP)
    return answers[chinese] if answers else ""


def _kind(plain: str) -> tuple[str, str] | None:
    return next((answers for answers, pattern in _PATTERNS if pattern.fullmatch(plain)), None)


def _kind_of_pieces(plain: str) -> tuple[str, str] | None:
    """'Ha, lovely, thanks!' and 'hello 你能干嘛': small talk in each piece; more than a greeting is answered first."""
    pieces = [piece for piece in _PIECES.split(plain) if piece]
    spoken = [piece for piece in pieces if not INTERJECTIONS.fullmatch(piece)]
    if not 1 <= len(pieces) <= _MOST_PIECES:
        return None
    kinds = [_kind(piece) for piece in spoken]
    found = [kind for kind in kinds if kind]
    if len(found) < len(kinds):
        return None
    return next((kind for kind in found if kind != HELLO), found[0] if found else THANKS)


def _breaks_out(plain: str) -> bool:
    """Whether somebody tries to talk the director out of its job, and wishes for no picture besides."""
    if len(plain) > LONGEST_BREAK_OUT:
        return False
    unquoted = QUOTED.sub(" ", plain)
    return bool(BREAK_OUT.search(unquoted)) and not AND_DRAW.search(unquoted)
