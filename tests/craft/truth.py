"""The requests by another hand and their truth: read from the files, and turned into the brief that is just right.

The books (packed: `zcat` shows them) `requests`, `requests_more`, `requests_wide` and `requests_broad` are open to
whoever writes the rules; `requests_closed` and `requests_fresh` are held out: only their figures count. A line is an
object with `id`, `lang` (en, zh, mx), `kinds` (the first is the main one), `turns`, where the words allow it
`reordered` (the same wish with its parts in another order), and `expect` (see score.py).
"""

import json
from collections.abc import Mapping
from typing import Any

from bot.brief import Brief, Relation, Subject
from tests.craft.packed import FOLDER, text_of
from tests.craft.score import SCENE

Record = dict[str, Any]
BOOKS = ("requests", "requests_closed")
MOST_FREE_ITEMS = 3


def read(*names: str) -> list[Record]:
    """The records of files of this folder, in order."""
    return [json.loads(line) for name in names for line in text_of(FOLDER / f"{name}.jsonl").splitlines()]


def first(alternatives: object) -> str:
    """The first of the alternatives between '|'."""
    return str(alternatives).split("|")[0]


def as_brief(record: Record) -> Brief | None:
    """The brief that a truth describes, with the first of all alternatives; None where a reply is wished for."""
    expected = record["expect"]
    if expected.get("reply"):
        return None
    settings = [first(one) for one in expected.get("settings", [])]
    place = first(expected["place"]) if expected.get("place") else "".join(settings[:1])
    scenery = tuple(Subject(one) for one in settings if one != place)
    scene = {key: first(expected[key]) for key in SCENE if expected.get(key)} | {"place": place}
    return Brief(
        record["turns"][-1],
        subjects=(*(_subject(one) for one in expected.get("subjects", [])), *scenery),
        relations=_relations(expected),
        camera=", ".join(first(one) for one in expected.get("look", [])),
        **{key: tuple(first(one) for one in expected.get(key, [])) for key in ("names", "exclusions", "texts")},
        **scene,
    )


def adds_what_is_open(brief: Brief, expected: Mapping[str, Any]) -> bool | None:
    """Whether one to three free items were added; None where the words leave nothing of light, composition, medium."""
    return 1 <= len(brief.added) <= MOST_FREE_ITEMS if expected.get("open") else None


def _subject(one: Mapping[str, Any]) -> Subject:
    count = int(first(one["count"])) if one.get("count") else None
    colour = first(one["colour"]) if one.get("colour") else None
    return Subject(first(one["name"]), count, colour, tuple(first(item) for item in one.get("attributes", [])))


def _relations(expected: Mapping[str, Any]) -> tuple[Relation, ...]:
    stated = [*expected.get("relations", []), *expected.get("actions", [])]
    return tuple(Relation(first(who), first(kind), first(what)) for who, kind, what in stated)
