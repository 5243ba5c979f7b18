"""The drawn world: the same seed gives the same pictures, and every picture's truth agrees with its pixels."""

import itertools
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from training.world import STARTER, SUBJECTS, WORLD, Domain, Scene, Thing, held_out, render, sample_scene
from training.world.render import backdrop
from training.world.sheet import sheet
from training.world.sprites import sprite
from training.world.words import COLOURS, GREY_STYLES, PLACES, STYLES, WEATHER


def scenes(count: int, domain: Domain = WORLD, seed: int = 1, held: bool | None = False) -> list[Scene]:
    rng = Random(seed)
    return [sample_scene(rng, domain, held) for _ in range(count)]


def lone(subject: str, **changes: object) -> Scene:
    thing = Thing(subject, None, 128, 220, 130, SUBJECTS[subject].floats)
    scene = Scene(
        (replace(thing, base_px=110) if thing.floats else thing,), "meadow", "day", "clear", "flat", "", (0.5,) * 10
    )
    return replace(scene, **changes)


def test_world_is_as_large_as_promised() -> None:
    """It has at least 100 subjects, 12 places, 10 colours and 6 styles, with names in both languages."""
    assert len(SUBJECTS) >= 100
    assert len(PLACES) >= 12
    assert len(COLOURS) == 10
    assert len(STYLES) >= 6
    assert all(s.english and s.chinese and s.measure for s in SUBJECTS.values())


def test_english_names_are_unambiguous() -> None:
    """No English name means two subjects, or a caption could not be told apart."""
    names = [name for subject in SUBJECTS.values() for name in subject.english]
    assert sorted(names) == sorted(set(names))


def test_same_seed_gives_same_pixels() -> None:
    """Sampling and drawing depend on the seed alone."""
    first, second = (scenes(12, seed=5) for _ in range(2))
    assert first == second
    assert all(
        (np.asarray(render(a).image) == np.asarray(render(b).image)).all() for a, b in zip(first, second, strict=True)
    )
    assert scenes(12, seed=6) != first


def test_scene_survives_json() -> None:
    """A scene read back from its JSON is equal to the one written."""
    assert all(Scene.from_json(scene.to_json()) == scene for scene in scenes(20))


@pytest.mark.parametrize("name", sorted(SUBJECTS))
def test_layers_are_where_the_pixels_changed(name: str) -> None:
    """A subject alters the backdrop inside its layer, and nowhere but there and in its shadow."""
    scene = lone(name)
    picture = render(scene)
    changed = np.abs(np.asarray(picture.image).astype(int) - np.asarray(backdrop(scene))).max(2) > 12
    inside = picture.layers == 1
    left, top, right, bottom = picture.boxes[0]
    assert inside.sum() > 900
    assert changed[inside].mean() > 0.55
    outside = changed.copy()
    outside[max(0, top - 1) : bottom + 8, max(0, left - 8) : right + 8] = False
    assert not outside.any()


def test_boxes_hold_their_layers() -> None:
    """Each thing's visible cells lie in its box, and alike things have a box each."""
    for scene in scenes(60, seed=3):
        picture = render(scene)
        assert len(picture.boxes) == len(scene.things)
        for index, (left, top, right, bottom) in enumerate(picture.boxes, 1):
            rows, columns = np.nonzero(picture.layers == index)
            assert len(rows)
            assert columns.min() >= left
            assert columns.max() < right
            assert rows.min() >= top
            assert rows.max() < bottom


@pytest.mark.parametrize("relation", ["left", "right", "above", "below", "behind", "inside"])
def test_relations_hold_in_the_layers(relation: str) -> None:
    """What a scene says of two things is true of where their pixels are."""
    for scene in scenes(12, replace(WORLD, kinds={"pair": 1.0}, relations=(relation,)), seed=8):
        picture = render(scene)
        (y1, x1), (y2, x2) = (np.argwhere(picture.layers == label).mean(0) for label in (1, 2))
        first, second = picture.boxes
        truths = {
            "left": x1 < x2,
            "right": x1 > x2,
            "above": y1 < y2,
            "below": y1 > y2,
            "behind": first[3] < second[3] and first[0] < second[2] and second[0] < first[2],
            "inside": second[0] < x1 < second[2] and second[1] < first[3] <= second[3],
        }
        assert truths[relation], scene


def test_alike_things_do_not_touch() -> None:
    """Things to be counted are drawn apart from one another."""
    for scene in scenes(40, replace(WORLD, kinds={"count": 1.0}), seed=4):
        edges = sorted((box[0], box[2]) for box in render(scene).boxes)
        assert all(before[1] <= after[0] + 2 for before, after in itertools.pairwise(edges)), scene


@pytest.mark.parametrize("style", sorted(STYLES))
@pytest.mark.parametrize("place", sorted(PLACES))
def test_every_place_can_be_drawn_in_every_style(place: str, style: str) -> None:
    """Each pair gives a full picture that is not one colour."""
    pixels = np.asarray(render(lone("cat", place=place, style=style, time="sunset")).image)
    assert pixels.shape == (256, 256, 3)
    assert pixels.std() > 8


@pytest.mark.parametrize("weather", [w for w in WEATHER if w != "clear"])
def test_weather_shows(weather: str) -> None:
    """Rain, snowfall and fog change a good part of the picture."""
    clear, other = (np.asarray(render(lone("cat", weather=w)).image).astype(int) for w in ("clear", weather))
    assert (np.abs(clear - other).max(2) > 10).mean() > 0.05


def test_each_colour_looks_different() -> None:
    """A car painted in each of the ten colours gives ten clearly different pictures."""
    means = []
    for colour in COLOURS:
        pixels = np.asarray(sprite("car", colour)).astype(float)
        means.append(pixels[pixels[..., 3] > 200][:, :3].mean(0))
    gaps = [np.abs(a - b).max() for i, a in enumerate(means) for b in means[:i]]
    assert min(gaps) > 8


def test_grey_styles_name_no_colour() -> None:
    """Pencil and ink pictures have no coloured things, since nobody could see it."""
    drawn = scenes(60, replace(WORLD, styles=dict.fromkeys(GREY_STYLES, 1.0)))
    assert not any(thing.colour for scene in drawn for thing in scene.things)


def test_held_out_combinations_are_kept_apart() -> None:
    """Training scenes never hold a held-out combination; test scenes always do."""
    assert not any(held_out(t.subject, s.place) for s in scenes(300, STARTER) for t in s.things)
    assert all(any(held_out(t.subject, s.place) for t in s.things) for s in scenes(60, STARTER, held=True))


def test_a_domain_without_such_scenes_says_so() -> None:
    """Asking for what can't be had raises one clear line instead of looping for ever."""
    place = next(p for p in PLACES if not held_out("cat", p))
    with pytest.raises(ValueError, match="allow more subjects or places"):
        sample_scene(Random(0), Domain(subjects=("cat",), places=(place,), kinds={"one": 1.0}), held=True)


def test_a_sheet_shows_every_picture() -> None:
    """A contact sheet has a cell for each picture, and none is refused."""
    pictures = [render(scene).image for scene in scenes(5)]
    assert sheet(pictures, 3, 100).size == (304, 202)
    with pytest.raises(ValueError, match="at least one"):
        sheet([], 3)
