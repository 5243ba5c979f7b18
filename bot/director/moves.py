"""Reads what a message does with pictures that are there: back to one, undo, redo, more like one, a change to one."""

import re
from dataclasses import dataclass

from bot.brief import Subject
from bot.contracts import Earlier
from bot.director.draft import Draft, Thing
from bot.director.lexicon_marks import QUOTED
from bot.director.lexicon_moves import (
    AND_THEN,
    BACK,
    BACK_AND,
    BACK_TO_LIKE,
    MARK,
    NAMES_A_PICTURE,
    ONCE_MORE,
    PICTURE,
    REDO,
    REDO_OR_AGAIN,
    REDO_OR_UNDO,
    RESTORES,
    UNDO,
    UNDO_AND,
    VARY,
)
from bot.director.numbers import value_of
from bot.director.reader import read
from bot.director.traditional import simplified
from bot.errors import RequestError
from bot.lineage import Lineage, number_of

LONGEST = 200
_OF_ONE = frozenset({"left", "right", "middle", "centre", "center"})
_TIMES = {"twice": 2, "thrice": 3}
_IN_IT = re.compile(rf"\s*\b(?:to|of|in|from|on|for|into)\s+{MARK}\s*$", re.IGNORECASE)
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Move:
    """What is to be done.

    Attributes:
        action: Of the repaint tool; '' for a change to the picture `which`.
        which: As `Lineage.pick` takes it.
        count: Pictures to paint, or steps to undo.
        rest: The change, without the words that name the picture.
    """

    action: str
    which: str = ""
    count: int = 1
    rest: str = ""


def move_in(text: str, lineage: Lineage) -> Move | None:
    """What a message does with earlier pictures; None where it names none and takes nothing back."""
    if len(text) > LONGEST:
        return None
    plain = simplified(text.replace("’", "'")).strip()
    if REDO.fullmatch(plain) or (REDO_OR_AGAIN.fullmatch(plain) and _can_redo(lineage)):
        return Move("redo")
    if REDO_OR_UNDO.fullmatch(plain):
        return Move("redo" if _can_redo(lineage) else "undo")
    if match := UNDO.fullmatch(plain):
        return Move("undo", count=_steps(match))
    if match := UNDO_AND.fullmatch(plain):
        return _undone_and(match["rest"] or match["rest_zh"], lineage)
    if named := _named(plain, lineage):
        move = _about(*named)
        return move if move.action or lineage.here else None
    return _more_like_this(plain) or _back_to_like(plain, lineage) or _restored(plain, lineage)


def _can_redo(lineage: Lineage) -> bool:
    """Whether the picture here was shown again, and something that was made of it is still to be had."""
    if lineage.here is None or not lineage.here.plan.same_as:
        return False
    try:
        return bool(lineage.redo())
    except RequestError:
        return False


def _steps(match: re.Match[str]) -> int:
    said = next((match[name] for name in ("steps", "many", "zh_steps", "zh_many") if match[name]), "")
    return _TIMES.get(said.casefold()) or value_of(said) or 1


def _undone_and(rest: str, lineage: Lineage) -> Move | None:
    """A change to what was there before the last one."""
    try:
        return Move("", lineage.undo().id, rest=rest)
    except RequestError:
        return Move("undo")


def _named(plain: str, lineage: Lineage) -> tuple[str, str] | None:
    """The text with a mark in the place of the picture that it names, and what that is called; None if it names none.

    'The left one' is a thing in the picture unless several pictures were shown together; so is 'the second one' while
    there is one picture only, and it shows several things.
    """
    masked = QUOTED.sub(lambda match: "\0" * len(match[0]), plain)
    match = PICTURE.search(masked)
    if match is None:
        return None
    which, is_picture = _called(match)
    if (match["number"] or match["zh_number"]) and not NAMES_A_PICTURE.search(plain[: match.start()]):
        return None
    if not is_picture and not _has_several(which, lineage):
        return None
    return f"{plain[: match.start()]}{MARK}{plain[match.end() :]}", which


def _called(match: re.Match[str]) -> tuple[str, bool]:
    """What the picture is called, as `Lineage.pick` takes it, and whether it is outright called a picture."""
    said = match.groupdict()
    if number := said["zh"] or said["zh_number"] or said["zh_after"] or said["number"]:
        return str(number_of(number.casefold())), True
    names = {"zh_last": "last", "zh_previous": "previous", "before": "previous", "zh_next": "next"}
    names |= {"zh_original": "original", "original": "original"}
    for group, name in names.items():
        if said[group]:
            return name, True
    if side := said["zh_side"]:
        sides = {"左": "left", "右": "right", "中间": "middle", "左上": "top left", "右上": "top right"}
        return (sides | {"左下": "bottom left", "右下": "bottom right"})[side], True
    which = (said["ordinal"] or said["bare"] or said["side"] or "").casefold()
    which = re.sub(r"-?most$| hand$", "", which).replace("upper", "top").replace("lower", "bottom")
    noun = (said["noun"] or said["bare_noun"] or "").casefold()
    return which, noun not in ("", "one") or which in {"last", "latest", "newest", "previous", "original"}


def _has_several(which: str, lineage: Lineage) -> bool:
    things = lineage.here.plan.brief.subjects if lineage.here else ()
    several_things = len(things) > 1 or any((one.count or 1) > 1 for one in things)
    if which in _OF_ONE or "left" in which or "right" in which:
        return lineage.together > 1 or (lineage.has_group and not several_things)
    return lineage.count > 1 or not several_things


def _about(marked: str, which: str) -> Move:
    """What a text wants of the picture that it names."""
    for pattern in VARY:
        if match := pattern.fullmatch(marked):
            return Move("vary", which, _pictures(match))
    if ONCE_MORE.fullmatch(marked):
        return Move("again", which)
    if BACK.fullmatch(marked):
        return Move("back", which)
    if match := BACK_AND.fullmatch(marked):
        return Move("", which, rest=AND_THEN.sub("", match["rest"]))
    bare = _IN_IT.sub("", marked)
    it = "它" if _CHINESE.search(marked) else "it"
    return Move("", which, rest=bare.replace(MARK, it))


def _more_like_this(plain: str) -> Move | None:
    match = next((match for pattern in VARY if (match := pattern.fullmatch(plain))), None)
    return Move("vary", count=_pictures(match)) if match else None


def _pictures(match: re.Match[str]) -> int:
    said = next((value for name, value in match.groupdict().items() if value and name != "rest"), "")
    return value_of(said) or 1


def _back_to_like(plain: str, lineage: Lineage) -> Move | None:
    """'Back to the blue one': the latest picture but this one that shows what the words name."""
    match = BACK_TO_LIKE.fullmatch(plain)
    if match is None or lineage.here is None:
        return None
    said = match["like"] or match["like_zh"]
    like = _like(said)
    found = [one for one in lineage.pictures if one.id != lineage.here.id and _shows(one, like)]
    if found:
        return Move("back", found[-1].id)
    return Move("back", said) if match["noun"] or match["noun_zh"] else None


def _like(said: str) -> Draft:
    """What words such as 'the blue one' or '晚上' say; a colour alone is that of any thing."""
    alone = Draft(things=[Thing("one")])
    alone.focus = alone.things[0]
    read(said, alone)
    return alone


def _restored(plain: str, lineage: Lineage) -> Move | None:
    """'Bring the dog back': it is added as the latest picture that had it shows it."""
    match = RESTORES.fullmatch(plain)
    if match is None or lineage.here is None:
        return None
    wanted = read(next(filter(None, match.groups()))).things
    here = {one.name for one in lineage.here.plan.brief.subjects}
    for picture in reversed(lineage.pictures):
        for one in picture.plan.brief.subjects:
            if len(wanted) == 1 and one.name == wanted[0].name and one.name not in here:
                said = [str(one.count or "the"), *one.attributes, one.colour or "", one.name]
                return Move("", rest=f"add {' '.join(filter(None, said))}{_standing(one.name, picture, here)}")
    return None


def _standing(name: str, picture: Earlier, here: set[str]) -> str:
    """How it stood to what is still there."""
    relations = [one for one in picture.plan.brief.relations if {one.subject, one.object} <= {name, *here}]
    return "".join(
        f", the {one.subject} {one.kind} the {one.object}" for one in relations if name in (one.subject, one.object)
    )


def _shows(picture: Earlier, like: Draft) -> bool:
    brief = picture.plan.brief
    scene = [(name, getattr(like, name)) for name in ("place", "time", "weather", "style") if getattr(like, name)]
    things = [(thing.name if thing.name != "one" else "", thing.colour) for thing in like.things]
    named = [(name, colour) for name, colour in things if name or colour]
    shown = all(any(_fits(one, name, colour) for one in brief.subjects) for name, colour in named)
    return bool(named or scene) and shown and all(getattr(brief, name) == said for name, said in scene)


def _fits(one: Subject, name: str, colour: str) -> bool:
    return (name in ("", one.name) or one.name.endswith(f" {name}")) and colour in ("", one.colour)
