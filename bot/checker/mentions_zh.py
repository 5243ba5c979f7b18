"""Reads the mentions of a Chinese or mixed text, word by word."""

from bot.brief import RELATIONS
from bot.checker.mentions import Mention, Said, Standing
from bot.director.lexicon_zh import NUMBERS, PAIRED
from bot.director.tokens_zh import words
from bot.director.traditional import simplified
from bot.director.word_zh import Word

_NOUNS = frozenset({"noun", "place", "body"})
_KEEPS = frozenset({"的", "skip", "shade", "classifier", "picture", "is"})
_BETWEEN = frozenset({"的", "skip", "is", "verb", "number", "vague", "classifier", "colour", "adjective", "shade"})
_SIDES = {"left of": "left", "right of": "right"}


def read_chinese(text: str) -> Said:
    """All nouns of a text with what stands right before each, and the relations that a location word makes."""
    said = words(simplified(text))
    mentions = _mentions(said)
    return Said(tuple(mentions), tuple(_standings(said, mentions)))


class _Pending:
    """What was said before the noun that it belongs to."""

    def __init__(self) -> None:
        self.count: int | None = None
        self.counted = False
        self.colours: set[str] = set()
        self.attributes: set[str] = set()


def _mentions(said: list[Word]) -> list[Mention]:
    found, pending, negated = list[Mention](), _Pending(), False
    for at, word in enumerate(said):
        if _is_noun(word, pending):
            if not _goes_on(said, at):
                found.append(_mention(said, at, pending, negated=negated))
                pending = _Pending()
        elif word.kind in {"not", "isnt"}:
            negated, pending = True, _Pending()
        elif word.kind == "mark":
            _say_of(found, pending)
            negated, pending = False, _Pending()
        else:
            pending = _with(pending, said, at)
    _say_of(found, pending)
    return found


def _with(pending: _Pending, said: list[Word], at: int) -> _Pending:
    """What waits for its noun after one more word, which may end all waiting."""
    word = said[at]
    if word.kind == "number":
        pending = _Pending()
        pending.count, pending.counted = _number(said, at), True
    elif word.kind == "colour":
        pending.colours.add(word.value)
    elif word.kind == "adjective":
        pending.attributes.add(word.value)
    elif word.text in PAIRED and pending.count:
        pending.count *= 2
    elif not (word.kind in _KEEPS or (word.kind == "and" and pending.colours) or _is_participle(said, at)):
        pending = _Pending()
    return pending


def _is_participle(said: list[Word], at: int) -> bool:
    """Whether a verb describes the noun that follows: 'standing' in 站着的消防员."""
    return said[at].kind == "verb" and at + 1 < len(said) and said[at + 1].kind == "的"


def _goes_on(said: list[Word], at: int) -> bool:
    """Whether a compound goes on: its head comes last."""
    return said[at].kind != "body" and at + 1 < len(said) and said[at + 1].kind in _NOUNS


def _is_noun(word: Word, pending: _Pending) -> bool:
    return word.kind in _NOUNS or (word.kind == "unknown" and (pending.counted or word.text.isascii()))


def _mention(said: list[Word], at: int, pending: _Pending, *, negated: bool) -> Mention:
    start = at
    while start and said[start - 1].kind in _NOUNS and said[start - 1].kind != "body":
        start -= 1
    run = said[start : at + 1]
    name = " ".join(word.value for word in run) if all(word.value for word in run) else run[-1].value or run[-1].text
    mention = Mention(name, pending.count, pending.colours, pending.attributes, negated=negated)
    # Glued to what no lexicon knows it may be a part of another word: 红薯 in 红薯摊.
    glued = any(_is_riddle(said, beside) for beside in (start - 1, at + 1))
    mention.known, mention.start, mention.end = run[-1].kind != "unknown" and not glued, start, at + 1
    return mention


def _is_riddle(said: list[Word], at: int) -> bool:
    return 0 <= at < len(said) and said[at].kind == "unknown" and not said[at].text.isascii()


def _number(said: list[Word], at: int) -> int | None:
    """The number that ends here: '十' after '二' counts tens."""
    value = NUMBERS.get(said[at].text) or (int(said[at].value) if said[at].value.isdigit() else None)
    before = NUMBERS.get(said[at - 1].text) if at and said[at - 1].kind == "number" else None
    if value is None or before is None:
        return value
    return before + value if before == 10 else before * value


def _say_of(found: list[Mention], pending: _Pending) -> None:
    """'猫是黑色的': what finds no noun is said of the mention before."""
    if found:
        found[-1].said_of |= pending.colours | pending.attributes


def _standings(said: list[Word], mentions: list[Mention]) -> list[Standing]:
    found: list[Standing] = []
    ends = {mention.end: mention for mention in mentions}
    starts = {mention.start: mention for mention in mentions}
    for at, word in enumerate(said):
        if word.kind != "where" or (word.value not in RELATIONS):
            continue
        bearer = ends.get(at) or (ends.get(at - 1) if said[at - 1].kind == "的" else None)
        if bearer is None:
            _side(word, at, said, mentions)
            continue
        sentence = max((mark for mark in range(at) if said[mark].kind == "mark"), default=-1)
        located = [back for back in range(sentence + 1, bearer.start) if said[back].kind == "在"]
        before = [one.name for one in reversed(mentions) if one.end <= bearer.start]
        after = _next(said, at + 1, starts)
        if located and before:
            found.append(Standing(tuple(before), word.value, bearer.name))
        elif after:
            found.append(Standing((after.name,), word.value, bearer.name))
        elif before:
            found.append(Standing(tuple(before), word.value, bearer.name))
    return found


def _next(said: list[Word], at: int, starts: dict[int, Mention]) -> Mention | None:
    """The mention that follows, with nothing but small words between."""
    while at < len(said) and at not in starts and said[at].kind in _BETWEEN:
        at += 1
    return starts.get(at)


def _side(word: Word, at: int, said: list[Word], mentions: list[Mention]) -> None:
    """'左边是猫' says it of the cat; '猫在左边' too."""
    side = _SIDES.get(word.value, "")
    before = next((one for one in reversed(mentions) if one.end <= at), None)
    after = next((one for one in mentions if one.start > at), None)
    located = at > 0 and said[at - 1].kind == "在"
    target = before if located else after
    if side and target and not target.side:
        target.side = side
