"""'大叔，不对，是大婶': what somebody says instead takes the place of what it corrects."""

from bot.director.lexicon_turns_zh import INSTEAD
from bot.director.word_zh import Word

_BEFORE = frozenset("adjective colour shade 的 number vague classifier".split())
_NAMES = frozenset("noun place unknown".split())


def corrected(said: list[Word]) -> list[Word]:
    """The words with every correction carried out on what stands before it."""
    at = next((at for at, word in enumerate(said) if word.text == INSTEAD), None)
    if at is None:
        return [word for word in said if word.text != INSTEAD]
    end = next((end for end in range(at + 1, len(said)) if said[end].kind == "mark"), len(said))
    before = said[: at - 1] if at and said[at - 1].kind == "mark" else said[:at]
    end = _head(said, at + 1, end)
    return corrected([*_put_in(before, said[at + 1 : end]), *said[end:]])


def _head(said: list[Word], start: int, end: int) -> int:
    """Where the first noun ends, with all that belongs to it; what it does or where it is may follow."""
    at = start
    while at < end and said[at].kind in _BEFORE | {"skip"}:
        at += 1
    while at < end and said[at].kind in _NAMES:
        at += 1
    return at if at > start else end


def _put_in(before: list[Word], new: list[Word]) -> list[Word]:
    """A noun with what describes it for the last noun, a number for the last number, a colour for the last colour."""
    kinds = {word.kind for word in new}
    if not kinds <= _NAMES | _BEFORE | {"skip"} or not kinds & (_NAMES | {"number", "colour", "adjective"}):
        return [*before, Word("，", "mark"), *new]
    wanted = _NAMES if kinds & _NAMES else kinds & {"number"} or kinds & {"colour"} or {"adjective"}
    last = next((at for at in range(len(before) - 1, -1, -1) if before[at].kind in wanted), None)
    if last is None:
        return [*before, Word("，", "mark"), *new]
    if not wanted <= _NAMES:
        return [*before[:last], next(word for word in new if word.kind in wanted), *before[last + 1 :]]
    first = last
    while first and before[first - 1].kind in _NAMES:
        first -= 1
    counted = bool(kinds & {"number", "classifier"})
    while counted and first and before[first - 1].kind in _BEFORE - {"的"}:
        first -= 1
    return [*before[:first], *(word for word in new if word.kind != "skip"), *before[last + 1 :]]
