"""Carries out what a follow-up says of how many: one more, two less, fewer, only one of them, only the fox."""

import re

from bot.director.draft import Draft, Thing
from bot.director.numbers import value_of
from bot.director.pointing import IT, of_colour, several, take_out, thing_called
from bot.director.reader import read

Match = re.Match[str]


def only(match: Match, draft: Draft) -> bool:
    """'Only one of them'."""
    thing = several(draft) or next(iter(draft.things), None)
    if thing is not None:
        thing.count = value_of(match["number"])
    return thing is not None


def just(match: Match, draft: Draft) -> bool:
    """'Only the fox', 'only the red one': it stays, and the others go."""
    said = match.groupdict()
    thing = of_colour(said["how"], draft) if "how" in said else thing_called(said["what"], draft)
    if thing is None:
        return False
    for other in [one for one in draft.things if one is not thing]:
        take_out(other, draft)
    return True


def more(match: Match, draft: Draft) -> bool:
    """So many more, or half as many again; of what was not there yet so many, or many."""
    thing, number = _counted(match, draft), value_of(match["number"].strip())
    if thing is None:
        return _one_kind(match["what"], number, "many", draft)
    if number:
        thing.count = (thing.count or 1) + number
    elif thing.count:
        thing.count += max(1, thing.count // 2)
    else:
        _vaguely(thing, "many")
    return True


def less(match: Match, draft: Draft) -> bool:
    """So many fewer of a thing that there are more of; else it is for others to take it away."""
    said = match["number"].casefold()
    thing, number = _counted(match, draft), 1 if said in {"a", "an"} else value_of(said)
    if thing is None or number is None or (thing.count or 0) <= number:
        return False
    thing.count = (thing.count or 0) - number
    return True


def fewer(match: Match, draft: Draft) -> bool:
    """Half as many; 'few' where nobody said how many there are."""
    thing = _counted(match, draft)
    if thing is None:
        return _one_kind(match["what"], None, "few", draft)
    if thing.count:
        thing.count = (thing.count + 1) // 2
    else:
        _vaguely(thing, "few")
    return True


def _counted(match: Match, draft: Draft) -> Thing | None:
    what = (match["what"] or "").strip()
    return (None if what and what.casefold() not in IT else several(draft)) or thing_called(what, draft)


def _one_kind(what: str, number: int | None, vaguely: str, draft: Draft) -> bool:
    """Add what was not there yet, where the words name one kind of thing and nothing else."""
    named = read(what).things
    if len(named) != 1 or not named[0].name.isascii():
        return False
    thing = draft.add(named[0])
    thing.count = number
    if not number:
        _vaguely(thing, vaguely)
    return True


def _vaguely(thing: Thing, word: str) -> None:
    thing.describe(word)
    thing.plural = True
