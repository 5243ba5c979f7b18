"""The questions that the smaller models are asked, and how answers are counted."""

from random import Random

import pytest

from training.assess import distinct_scenes, names_subject
from training.world import STARTER, held_out


def test_no_two_scenes_of_a_group_are_told_alike() -> None:
    """32 held-out scenes differ in what a caption could say, so that each has one right caption."""
    scenes = distinct_scenes(Random(1), STARTER, 32)
    told = {
        (tuple((t.subject, t.colour) for t in s.things), s.place, s.time, s.style, s.relation) for s in scenes
    }  # fmt: skip
    assert len(told) == 32
    assert all(any(held_out(thing.subject, scene.place) for thing in scene.things) for scene in scenes)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("a cat on a beach", True),
        ("flat illustration of a kitten, indoors", True),
        ("a cat and a dog on a beach", False),
        ("a dog on a beach", False),
        ("a catalogue on a beach", False),
        ("", False),
    ],
)
def test_a_subject_is_named_alone_or_not(text: str, right: bool) -> None:
    """Any of its names counts, as a word of its own; another subject beside it does not go unnoticed."""
    assert names_subject(text, "cat", STARTER) is right
