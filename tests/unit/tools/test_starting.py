"""What painting starts from when a picture is changed."""

from dataclasses import replace
from typing import Any

import pytest

from bot import Plan, ToolContext
from bot.brief import Brief, Relation, Subject
from bot.brief_arguments import ImagineArguments
from bot.contracts import Earlier
from bot.testing import CARD, PaperEngine
from tests.support import PLAN, message
from tools.starting import CHANGE_STRENGTH, is_small, start

CAT, DOG = Subject("cat", 1, "red"), Subject("dog", 1)
BRIEF = Brief("a red cat and a dog", (CAT, DOG), (Relation("cat", "left of", "dog"),), place="park")
BLUE = replace(BRIEF, words="and blue", subjects=(replace(CAT, colour="blue"), DOG))
ALONE = replace(BRIEF, subjects=(CAT,), relations=(), exclusions=("dog",))
KEEPS = ImagineArguments(follows_up=True, keeps_seed=True)
BEFORE = replace(PLAN, brief=BRIEF)
NOTHING = {"source": None, "strength": None}


def where(previous: Plan | None = BEFORE, sha256: str | None = "aa", **more: Any) -> ToolContext:
    return ToolContext("job/call", message("words"), PaperEngine(), CARD, previous, "here", sha256, **more)


def started(brief: Brief, context: ToolContext, size: tuple[int, int] = (64, 64)) -> dict[str, Any]:
    return start(KEEPS, brief, size, context)


@pytest.mark.parametrize(
    ("change", "small"),
    [
        ({"subjects": BLUE.subjects}, True),
        ({"subjects": (replace(CAT, attributes=("old",)), DOG)}, True),
        ({"time": "night"}, True),
        ({"weather": "rain", "light": "grey light", "added": ("light",)}, True),
        ({"words": "other words"}, True),
        ({}, False),
        ({"subjects": (CAT,), "relations": ()}, False),
        ({"subjects": (replace(CAT, count=2), DOG)}, False),
        ({"relations": ()}, False),
        ({"texts": ("OPEN",)}, False),
        ({"exclusions": ("dog",)}, False),
        ({"place": "beach"}, False),
        ({"style": "watercolour"}, False),
        ({"aspect": "16:9"}, False),
        ({"composition": "close-up"}, False),
    ],
)
def test_small_is_what_moves_nothing(change: dict[str, Any], small: bool) -> None:
    """Colours, attributes and light are small; what comes, goes, moves or is drawn otherwise is not."""
    assert is_small(BRIEF, replace(BRIEF, **change)) is small


def test_a_small_change_starts_from_the_picture() -> None:
    """It keeps what it does not speak of; where there is no picture, or of another size, only the seed does."""
    assert started(BLUE, where()) == {"source": "aa", "strength": CHANGE_STRENGTH}
    assert started(BLUE, where(sha256=None)) == NOTHING
    assert started(BLUE, where(), (96, 64)) == NOTHING
    assert started(BLUE, replace(where(), card=replace(CARD, img2img=False))) == NOTHING
    assert start(ImagineArguments(follows_up=True), BLUE, (64, 64), where()) == {}


def test_a_large_change_does_not_start_from_what_it_takes_out() -> None:
    """After small changes it goes back to what the first of these pictures started from: noise, or another picture."""
    for source in (None, "brought"):
        first = Earlier("first", "a", replace(BEFORE, source=source, strength=source and 0.6), "11")  # type: ignore[arg-type]
        blue = replace(BEFORE, brief=BLUE, source="11", strength=CHANGE_STRENGTH, parent="first")
        found = started(ALONE, where(blue, "22", earlier=(first,)))
        assert found == {"source": source, "strength": source and 0.6}


def test_a_variation_keeps_what_it_started_from() -> None:
    """Another seed is another picture: what it started from is a part of it."""
    first = Earlier("first", "a", BEFORE, "11")
    varied = replace(BEFORE, seed=99, source="11", strength=0.7, parent="first")
    assert started(ALONE, where(varied, "22", earlier=(first,))) == {"source": "11", "strength": 0.7}
