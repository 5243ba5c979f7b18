"""Carries out what a follow-up says of where things are: swap them, to the right, make the left one red."""

import re

from bot.director.draft import Draft, Thing
from bot.director.lexicon_adjust import BESIDE, WHERE
from bot.director.pointing import called, likeness, of_colour, take_out, thing_called

Match = re.Match[str]
_SIDES = {"左": "left", "右": "right", "first": "left", "second": "right", "last": "right"}
_PREPOSITIONS = {"middle": "in", "background": "in", "foreground": "in", "top": "at", "bottom": "at"}


def swap_colours(match: Match, draft: Draft) -> bool:
    """Each of two things gets the other's colour."""
    found = _two(match, draft)
    if found is None:
        return False
    one, other = found
    one.colour, other.colour = other.colour, one.colour
    return True


def swap_places(match: Match, draft: Draft) -> bool:
    """Where they stand to each other, the other way round; where nobody said how, the order they are named in."""
    found = _two(match, draft)
    if found is None:
        return False
    one, other = found
    ends = {id(one): other, id(other): one}
    if any(id(thing) in ends for relation in draft.relations for thing in (relation[0], relation[2])):
        draft.relations = [(ends.get(id(a), a), kind, ends.get(id(b), b)) for a, kind, b in draft.relations]
    else:
        first, second = draft.things.index(one), draft.things.index(other)
        draft.things[first], draft.things[second] = other, one
    return True


def move(match: Match, draft: Draft) -> bool:
    """A side of the picture; of two things it is said as a relation."""
    thing, where = thing_called(match["what"], draft), WHERE.get(match["where"], match["where"].casefold())
    if thing is None:
        return False
    others = [one for one in draft.things if one is not thing]
    if where in {"left", "right"} and len(others) == 1:
        pair = {thing, others[0]}
        draft.relations = [one for one in draft.relations if {one[0], one[2]} != pair or one[1].split()[-1] != "of"]
        draft.relate(thing, f"{where} of", others[0])
    else:
        draft.composition = f"the {thing.name} {_PREPOSITIONS.get(where, 'on')} the {where}"
    draft.focus = thing
    return True


def one_of_them(match: Match, draft: Draft) -> bool:
    """'Make the left one red': the one on that side, or one of several of a kind, which then stands on that side."""
    like = likeness(match["how"])
    thing = like and (_on_side(match, draft) or _parted(match, draft))
    if like is None or thing is None:
        return False
    thing.colour = like.colour or thing.colour
    for attribute in like.attributes:
        thing.describe(attribute)
    return True


def remove_one(match: Match, draft: Draft) -> bool:
    """'Remove the left one'; of several of a kind one goes."""
    if thing := _on_side(match, draft):
        take_out(thing, draft)
        return True
    several = [one for one in draft.things if (one.count or 0) > 1]
    if len(several) != 1:
        return False
    several[0].count = (several[0].count or 2) - 1
    return True


def remove_like(match: Match, draft: Draft) -> bool:
    """'The white one' goes, where there is one of that colour."""
    thing = of_colour(match["how"], draft)
    if thing is not None:
        take_out(thing, draft)
    return thing is not None


def place_beside(match: Match, draft: Draft) -> bool:
    """'Move the car behind the house': how the two stood to each other before no longer holds."""
    thing, other = thing_called(match["what"], draft), thing_called(match["other"], draft)
    if thing is None or other is None or thing is other:
        return False
    draft.relations = [one for one in draft.relations if {one[0], one[2]} != {thing, other}]
    draft.relate(thing, BESIDE[match["where"].casefold()], other)
    draft.focus = thing
    return True


def _two(match: Match, draft: Draft) -> tuple[Thing, Thing] | None:
    """The two things that are named, or the only two that there are."""
    names = match.groupdict()
    if names.get("one") and names.get("other"):
        one, other = (thing_called(names[key], draft) for key in ("one", "other"))
    elif len(draft.things) == 2:
        one, other = draft.things
    else:
        return None
    return (one, other) if one and other and one is not other else None


def _on_side(match: Match, draft: Draft) -> Thing | None:
    """The thing that stands on a side by what was said, or is named there among two."""
    side, what = _side(match), match["what"]
    named = draft.things if what in ("", "one", "thing") else called(what, draft)
    for subject, kind, other in draft.relations:
        if kind in {"left of", "right of"}:
            first, second = (subject, other) if kind == "left of" else (other, subject)
            meant = {"left": first, "right": second}.get(side)
            if meant in named:
                return meant
    if len(named) == 2 and not any((one.count or 1) > 1 for one in named):
        return named[0] if side == "left" else named[1] if side in {"right", "other"} else None
    return None


def _side(match: Match) -> str:
    said = match.groupdict().get("side") or ""
    return _SIDES.get(said, said.casefold())


def _parted(match: Match, draft: Draft) -> Thing | None:
    """One of several of a kind, taken from among them and put on its side."""
    what, side = match["what"], _side(match)
    several = [one for one in draft.things if (one.count or 0) > 1]
    if what not in ("", "one"):
        several = [one for one in several if one in called(what, draft)]
    if len(several) != 1:
        return None
    (rest,) = several
    rest.count = (rest.count or 2) - 1
    one = Thing(rest.name, 1, rest.colour, list(rest.attributes))
    draft.things.insert(draft.things.index(rest), one)
    if side in {"left", "right"} and rest.count == 1:
        draft.relate(one, f"{side} of", rest)
    return one
