"""What a model of few words can be held to: the part of a truth that its vocabulary has words for."""

from collections.abc import Mapping
from typing import Any

from bot.dialects.vocabulary import Known, Vocabulary, find
from bot.tasks import ModelCard

Expected = Mapping[str, Any]
SCENE = {"place": "places", "time": "times", "style": "styles"}


def judged_in(card: ModelCard, expected: Expected) -> Expected:
    """The constraints that a prompt for this model is judged by: all of them, or those that it has words for."""
    return within(Vocabulary.of(card), expected) if card.vocabulary else expected


def within(vocabulary: Vocabulary, expected: Expected) -> Expected:
    """Things that it knows themselves, the scene and relations that it learned; colours, counts where it has them.

    It counts one kind of thing only, and writes nothing.
    """
    subjects = [one for one in expected.get("subjects", []) if _known(vocabulary.subjects, one["name"])]
    alone = len(subjects) == 1
    names = {name for one in subjects for name in one["name"].split("|")}
    relations = [
        one
        for one in expected.get("relations", [])
        if {one[0], one[2]} <= names and set(one[1].split("|")) & set(vocabulary.relations)
    ]
    scene = {
        key: expected[key]
        for key, table in SCENE.items()
        if expected.get(key) and _known(getattr(vocabulary, table), expected[key])
    }
    return {"subjects": [_part(vocabulary, one, alone) for one in subjects], "relations": relations} | scene


def _known(table: Mapping[str, Known], alternatives: str) -> str:
    """The model's own word for one of the names, if it is the thing itself."""
    meanings = (find(table, name) for name in alternatives.split("|"))
    return next((meaning.known for meaning in meanings if meaning and meaning.itself), "")


def _part(vocabulary: Vocabulary, one: Expected, alone: bool) -> dict[str, Any]:
    """The thing under the model's word too, without what it can't show of it."""
    known = _known(vocabulary.subjects, one["name"])
    kept: dict[str, Any] = {"name": f"{one['name']}|{known}"}
    if one.get("colour") and vocabulary.subjects[known].takes_colour and _known(vocabulary.colours, one["colour"]):
        kept["colour"] = one["colour"]
    if one.get("count") and alone and int(str(one["count"]).split("|")[0]) <= vocabulary.most:
        kept["count"] = one["count"]
    return kept
