"""Tests of bot/variety.py: what is locked stays, what is open varies, and nothing contradicts the words."""

from dataclasses import fields, replace
from itertools import pairwise

import pytest

from bot.brief import FREE, Brief, Relation, Subject
from bot.director.understand import understand
from bot.variety import vary

CATS = Brief(
    "three red cats under a table",
    subjects=(Subject("cat", 3, "red"), Subject("table", 1)),
    relations=(Relation("cat", "below", "table"),),
    texts=("HELLO",),
    exclusions=("shadow", "dog"),
)
LOCKED = [item.name for item in fields(Brief) if item.name not in (*FREE, "added")]


def said(briefs: tuple[Brief, ...]) -> str:
    """All free items of several briefs."""
    return "\n".join(getattr(brief, name) for brief in briefs for name in FREE)


def read(words: str) -> Brief:
    """What the director makes of words."""
    understood = understand(words, None)
    assert not isinstance(understood, str)
    return understood.to_brief()


@pytest.mark.parametrize("count", [1, 2, 4, 300])
def test_what_is_locked_stays(count: int) -> None:
    """There are as many as were asked for, the first unchanged, and all agree in what the asker said."""
    briefs = vary(CATS, count, 7)
    assert len(briefs) == count
    assert briefs[0] == CATS
    assert all(getattr(brief, name) == getattr(CATS, name) for brief in briefs for name in LOCKED)


def test_all_differ_and_say_what_was_added() -> None:
    """No two are alike, each lists exactly the free items that it added, and there are one to three of them."""
    briefs = vary(CATS, 300, 7)
    assert len(set(briefs)) == 300
    for brief in briefs[1:]:
        assert set(brief.added) == {name for name in FREE if getattr(brief, name)}
        assert 1 <= len(brief.added) <= 3


def test_a_grid_differs_in_all_that_is_added() -> None:
    """In a grid of four, neighbours share neither light nor mood nor view."""
    _, *grid = vary(read("a cat"), 4, 3)
    for one, other in pairwise(grid):
        assert not {getattr(one, name) for name in FREE} & {
            getattr(other, name) for name in FREE if getattr(other, name)
        }


def test_the_seed_decides() -> None:
    """The same seed gives the same briefs, another seed others."""
    assert vary(CATS, 4, 7) == vary(CATS, 4, 7) != vary(CATS, 4, 8)


def test_it_repeats_when_there_is_no_more() -> None:
    """Where everything is settled, the brief comes back as often as asked."""
    settled = replace(CATS, light="lamplight", composition="close view", camera="35mm lens", mood="calm mood")
    assert vary(settled, 3, 1) == (settled, settled, settled)


@pytest.mark.parametrize(
    ("words", "never"),
    [
        ("a cat at night", ["golden hour", "midday", "morning", "bright even"]),
        ("夜晚的一只猫", ["golden hour", "midday", "morning", "bright even"]),
        ("a watercolour of a fox", ["lens", "film grain", "focus"]),
        ("a fox", ["lens", "film grain", "focus", "moonlight", "window", "water"]),
        ("a chair in a kitchen", ["golden hour", "moonlight", "overcast day"]),
        ("a ship in heavy rain", ["golden hour", "midday"]),
        ("a fish underwater", ["golden hour", "moonlight", "overcast day", "cosy light"]),
        ("seven sheep", ["close view", "medium view"]),
        ("an angry bear", ["calm", "cheerful", "tender"]),
        ("a patient in a hospital", ["playful", "mysterious", "golden"]),
        ("a cat, no shadows", ["shadow"]),
        ("a dog on a sunny beach", ["mysterious", "lamplight", "overcast"]),
    ],
)
def test_nothing_contradicts_the_words(words: str, never: list[str]) -> None:
    """Of hundreds of briefs none adds what goes against the words."""
    found = said(vary(read(words), 400, 5))
    assert found
    assert not [item for item in never if item in found]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("a cat seen from above", "composition"),
        ("一只猫的特写", "composition"),
        ("a cat with a glowing ball", "light"),
        ("一只逆光的猫", "light"),
        ("a photo of a cat, 85mm lens", "camera"),
        ("a cat, spooky atmosphere", "mood"),
    ],
)
def test_what_the_words_settle_is_not_varied(words: str, name: str) -> None:
    """A viewpoint, a light or a mood in the words is theirs, also where no field of the brief holds it."""
    before = read(words)
    assert {getattr(brief, name) for brief in vary(before, 200, 5)} == {getattr(before, name)}


def test_a_photograph_varies_the_camera() -> None:
    """Only a photograph gets words about lenses."""
    assert "lens" in said(vary(replace(read("a cat"), style="photo"), 40, 5))


def test_filled_fields_vary_only_where_they_may() -> None:
    """House rules stay; an LLM's own idea is varied once it is named as free."""
    filled = replace(read("a cat"), light="studio light", added=("light",))
    assert {brief.light for brief in vary(filled, 50, 5)} == {"studio light"}
    freed = vary(filled, 50, 5, free=filled.added)
    assert freed[0] == filled
    assert len({brief.light for brief in freed}) > 5
    assert all(("light" in brief.added) == bool(brief.light) for brief in freed)


def test_styles_vary_only_where_none_was_asked_for() -> None:
    """Training data comes in many media, unless the words name one."""
    many = vary(read("a cat"), 60, 5, styles=("ink", "oil"))
    assert {brief.style for brief in many} == {"", "ink", "oil"}
    assert len(set(many)) == 60
    drawn = vary(read("a watercolour of a cat"), 60, 5, styles=("ink", "oil"))
    assert {brief.style for brief in drawn} == {"watercolour"}
