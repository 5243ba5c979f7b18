"""Plays a written conversation and compares each turn with what must hold of the picture that it brings.

A conversation is a JSON object with `id` and `turns`, or `turns` only. A turn is an object with what one person does:

    say         Their words, or
    press       a button's kind, such as 'undo', of the picture `reply_to`.
    reply_to    Number of the picture that the message replies to; pictures are counted from 1, those shown again too.

and with what must hold, each only where it is given:

    shows       The brief of every picture of the turn, as `tests.helpers.briefs.shown` writes it.
    of          Number of the picture that it is a change of (its plan's parent); 0 for a picture of its own.
    again       Number of the picture that is shown again without painting.
    seed        'kept' as that of the picture it is a change of, or 'new'.
    from        Number of the picture that painting starts from (img2img); 0 for none.
    pictures    How many pictures the turn brings; 1 where `says` is not given, else 0.
    says        Words that the answer holds.
    not_in      Words that no prompt of the turn may have.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.brief_arguments import arguments_of
from bot.contracts import Earlier
from tests.helpers.briefs import shown

Turn = dict[str, Any]


@dataclass
class Played:
    """What came of one turn: its answer's words and its pictures."""

    text: str
    pictures: Sequence[Earlier] = ()


# Says or presses something (the turn) about a picture (its id), or about none.
Ask = Callable[[Turn, str | None], Awaitable[Played]]


@dataclass
class Told:
    """The pictures of a conversation so far, and every way in which it did not go as it must."""

    pictures: list[Earlier] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def number(self, picture_id: str | None) -> int:
        """Of the picture of that id, counted from 1; 0 for none."""
        return next((at for at, one in enumerate(self.pictures, 1) if one.id == picture_id), 0)

    def root(self, number: int) -> int:
        """Number of the picture that picture `number` shows again, or its own."""
        while number and (same := self.pictures[number - 1].plan.same_as):
            number = self.number(same)
        return number


def conversations(path: Path) -> list[dict[str, Any]]:
    """The conversations of a file, one on each line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


async def play(turns: Sequence[Turn], ask: Ask) -> list[str]:
    """Play the turns in order; one line for everything that did not hold."""
    told = Told()
    for at, turn in enumerate(turns, 1):
        reply_to = told.pictures[turn["reply_to"] - 1].id if "reply_to" in turn else None
        played = await ask(turn, reply_to)
        told.pictures += played.pictures
        told.faults += [f"{at} {turn.get('say') or turn['press']!r}: {fault}" for fault in _faults(turn, played, told)]
    return told.faults


def _faults(turn: Turn, played: Played, told: Told) -> list[str]:
    faults = []
    if turn.get("says", "").casefold() not in played.text.casefold():
        faults.append(f"said {played.text!r}")
    wanted = turn.get("pictures", 0 if "says" in turn else 1)
    if len(played.pictures) != wanted:
        return [*faults, f"{len(played.pictures)} pictures instead of {wanted} ({played.text!r})"]
    for picture in played.pictures:
        found = _found(picture, told)
        faults += [
            f"{name} is {found[name]!r} instead of {turn[name]!r}"
            for name in found
            if name in turn and found[name] != turn[name]
        ]
        named = [word for word in turn.get("not_in", ()) if word in picture.plan.prompt]
        faults += [f"the prompt names {named}"] * bool(named)
    return faults


def _found(picture: Earlier, told: Told) -> dict[str, Any]:
    """What is true of a picture, by the names that a turn gives it."""
    plan = picture.plan
    parent = told.number(plan.parent)
    kept = bool(parent) and told.pictures[parent - 1].plan.seed == plan.seed
    sources = [at for at, one in enumerate(told.pictures, 1) if plan.source and one.sha256 == plan.source]
    return {
        "shows": shown(arguments_of(plan.brief)),
        "of": told.root(parent),
        "again": told.root(told.number(plan.same_as)),
        "seed": "kept" if kept else "new",
        "from": sources[0] if sources else 0,
    }
