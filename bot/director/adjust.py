"""Carries out clauses of a follow-up that are sums, moves or a new shape, and leaves the others to be read."""

import re
from collections.abc import Callable, Iterator, Sequence

from bot.director import amounts, arrange
from bot.director.draft import Draft
from bot.director.lexicon_adjust import (
    ADD_WEATHER,
    ALLOWED,
    CLAUSES,
    FEWER,
    GRADE_WEATHER,
    JUST,
    LESS,
    MORE,
    MOVE,
    MOVE_TO,
    NO_STYLE,
    NOT_SO,
    ONE_OF_THEM,
    ONLY,
    PLACE_BESIDE,
    REMOVE_LIKE,
    REMOVE_ONE,
    SQUARE,
    SWAP_COLOURS,
    SWAP_PLACES,
    TALLER,
    USED_UP,
    WEATHER,
    WEATHER_GRADES,
    WIDER,
    ZOOM,
)
from bot.director.lexicon_marks import QUOTED
from bot.director.reader import read
from bot.grammar import singular

LADDER = ("9:16", "2:3", "3:4", "1:1", "4:3", "3:2", "16:9")
_SQUARE = LADDER.index("1:1")
_MAY_END = ("time", "weather", "style")
Match = re.Match[str]
Steps = Sequence[tuple[Sequence[re.Pattern[str]], Callable[[Match, Draft], bool]]]


def adjust(text: str, draft: Draft) -> str:
    """Change the draft as those clauses say that this module understands.

    Args:
        text: Simplified Chinese, English or both.
        draft: The picture to change.

    Returns:
        What is left to be read.
    """
    if _swapped(text, draft):
        return ""
    left = ""
    for clause, after in _clauses(text):
        if not _carried_out(clause.strip(), draft):
            left += clause + after
    return left.strip(" ,，;；")


def begins(text: str, draft: Draft) -> bool:
    """Whether a message as a whole, or its first clause, is such a change; the draft is changed by it."""
    first, _ = next(_clauses(text), ("", ""))
    return _swapped(text, draft) or _carried_out(first.strip(), draft)


def _clauses(text: str) -> Iterator[tuple[str, str]]:
    """Each clause, and the separator after it; what stands in quotes is never parted."""
    masked = QUOTED.sub(lambda match: "\0" * len(match[0]), text)
    at = 0
    for separator in CLAUSES.finditer(masked):
        if separator.start() > at:
            yield text[at : separator.start()], separator[0]
        at = separator.end()
    if at < len(text):
        yield text[at:], ""


def _swapped(text: str, draft: Draft) -> bool:
    """Whether the whole text asks for a swap, which may name two things with 'and' between them."""
    return _first(_SWAPS, text.strip(" .!！。"), draft)


def _carried_out(clause: str, draft: Draft) -> bool:
    return _reshaped(clause, draft) or _zoomed(clause, draft) or _first(_STEPS, clause, draft)


def _first(steps: Steps, clause: str, draft: Draft) -> bool:
    return any(carry(match, draft) for patterns, carry in steps for one in patterns if (match := one.fullmatch(clause)))


def _reshaped(clause: str, draft: Draft) -> bool:
    """'Wider' goes to square and then to the widest, 'a bit wider' one rung up the ladder; 'taller' the other way.

    A picture whose shape nobody named counts as square.
    """
    aspect = draft.aspect or draft.standing.get("aspect", "")
    if SQUARE.fullmatch(clause):
        draft.aspect = LADDER[_SQUARE]
        return True
    for pattern, step in ((WIDER, 1), (TALLER, -1)):
        if match := pattern.fullmatch(clause):
            at = LADDER.index(aspect) if aspect in LADDER else _SQUARE
            if match["bit"] or match["bit_zh"]:
                at = min(max(at + step, 0), len(LADDER) - 1)
            else:
                at = _SQUARE if (at - _SQUARE) * step < 0 else (len(LADDER) - 1 if step > 0 else 0)
            draft.aspect = LADDER[at]
            return True
    return False


def _zoomed(clause: str, draft: Draft) -> bool:
    composition = next((name for name, pattern in ZOOM if pattern.fullmatch(clause)), "")
    draft.composition = composition or draft.composition
    return bool(composition)


def _no_style(_: Match, draft: Draft) -> bool:
    draft.cleared.add("style")
    return True


def _not_so(match: Match, draft: Draft) -> bool:
    """'Not at night': what of the scene the words name, and nothing else, no longer holds."""
    what = match["what"].casefold()
    said = read(what)
    words = {getattr(said, name) for name in _MAY_END} | {one.name for one in said.things} | {WEATHER.get(what, "")}
    stands = {name: draft.standing.get(name, "") for name in _MAY_END}
    ended = {name for name, value in stands.items() if value and {value, *value.split()} & words}
    if not ended or any(one.name in words for one in draft.things):
        return False
    draft.cleared |= ended
    return True


def _add_weather(match: Match, draft: Draft) -> bool:
    draft.weather = WEATHER[match["what"].casefold()]
    return True


def _grade_weather(match: Match, draft: Draft) -> bool:
    """'Less fog' leaves a light one, 'more rain' is heavy; none is left where there was little."""
    what, grade = match["what"].casefold(), (match["grade"] or "less").casefold()
    less = grade in {"less", "lighter", "thinner", "weaker"}
    graded = WEATHER_GRADES["less" if less else "more"][what]
    standing = draft.standing.get("weather", "")
    if less and graded == standing:
        draft.cleared.add("weather")
    elif less and standing == WEATHER_GRADES["more"][what]:
        draft.weather = WEATHER[what]
    else:
        draft.weather = graded
    return True


def _move_to(match: Match, draft: Draft) -> bool:
    """Another place for it all; what is no place is left to be read."""
    said = read(f"在{match['what']}")
    place = said.place or (said.things[0].name if len(said.things) == 1 else "")
    if place and not any(one.name == place for one in draft.things):
        draft.place = place
        return True
    return False


def _allow(match: Match, draft: Draft) -> bool:
    what = match["what"].casefold()
    names = {what, singular(what), *(one.name for one in read(what).things)}
    lifted = [one for one in draft.exclusions if one in names]
    draft.exclusions = [one for one in draft.exclusions if one not in names]
    return bool(lifted)


_SWAPS: Steps = ((SWAP_COLOURS, arrange.swap_colours), (SWAP_PLACES, arrange.swap_places))
_STEPS: Steps = (
    (ONLY, amounts.only),
    (JUST, amounts.just),
    (LESS, amounts.less),
    (GRADE_WEATHER, _grade_weather),
    (USED_UP, amounts.less),
    (MORE, amounts.more),
    (FEWER, amounts.fewer),
    *_SWAPS,
    (PLACE_BESIDE, arrange.place_beside),
    (MOVE, arrange.move),
    (MOVE_TO, _move_to),
    (ADD_WEATHER, _add_weather),
    (ONE_OF_THEM, arrange.one_of_them),
    (REMOVE_ONE, arrange.remove_one),
    (REMOVE_LIKE, arrange.remove_like),
    (ALLOWED, _allow),
    ((NO_STYLE,), _no_style),
    (NOT_SO, _not_so),
)
