"""The judge's checks: true renders pass, and pictures that are wrong in one thing fail for that thing."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
import torch

from training.checks import Judge, PlaceFinder, Verdict, colour_of, count_of, figures, patches, relation_holds
from training.judge import CELLS, JudgeEyes, JudgeNet, _smear, grey_of, labels_of
from training.pictures import psnr_db, to_images, to_tensor
from training.world import STARTER, Scene, render, sample_scene

STEP = 256 // CELLS


def cells_of(scene: Scene, thing: int = 1) -> np.ndarray:
    """The truth's mask of one thing, as the judge would give it."""
    return render(scene).layers[STEP // 2 :: STEP, STEP // 2 :: STEP] == thing


def some(count: int, seed: int, **changes: object) -> list[Scene]:
    rng = Random(seed)
    domain = replace(STARTER, **changes)
    return [sample_scene(rng, domain, held=None) for _ in range(count)]


@pytest.fixture(scope="module")
def places() -> PlaceFinder:
    return PlaceFinder(STARTER, count=1200)


def test_colour_is_read_from_the_subject() -> None:
    """True renders of coloured subjects are given their colour, nearly always."""
    drawn = some(80, 1, kinds={"one": 1.0}, styles={"flat": 0.7, "pixel": 0.3}, coloured=1.0)
    asked = [scene for scene in drawn if scene.things[0].colour]
    right = [colour_of(render(s).image, cells_of(s), s.things[0].subject) == s.things[0].colour for s in asked]
    assert len(asked) > 15
    assert np.mean(right) >= 0.95


def test_wrong_colour_fails() -> None:
    """A picture painted in another colour is not given the colour that was asked for."""
    for scene in some(40, 2, kinds={"one": 1.0}, styles={"flat": 1.0}, subjects=("car", "house"), coloured=1.0):
        asked = scene.things[0].colour
        other = "blue" if asked != "blue" else "red"
        wrong = replace(scene, things=(replace(scene.things[0], colour=other),))
        assert colour_of(render(wrong).image, cells_of(wrong), scene.things[0].subject) != asked


def test_place_and_time_are_read_from_the_backdrop(places: PlaceFinder) -> None:
    """True renders are given their place, nearly always, and most times of day."""
    drawn = some(80, 3, kinds={"one": 1.0})
    found = [places.find(render(s).image, cells_of(s), s.style) for s in drawn]
    assert np.mean([place == s.place for s, (place, _) in zip(drawn, found, strict=True)]) >= 0.96


def test_wrong_place_fails(places: PlaceFinder) -> None:
    """A picture of a beach never passes for the city that was asked for."""
    for scene in some(30, 4, kinds={"one": 1.0}, places=("beach",)):
        assert places.find(render(scene).image, cells_of(scene), scene.style)[0] != "city"


@pytest.mark.parametrize("count", [2, 3])
def test_count_is_the_number_of_patches(count: int) -> None:
    """Alike things are counted right, and one more or less is noticed."""
    for scene in some(12, 5, kinds={"count": 1.0}, most=3):
        if scene.count == count:
            together = render(scene).layers[STEP // 2 :: STEP, STEP // 2 :: STEP] > 0
            assert count_of(together) == count
            assert count_of(together & ~cells_of(scene)) == count - 1


def test_patches_ignores_specks() -> None:
    """A few stray cells are no thing of their own; the largest patch comes first."""
    mask = np.zeros((64, 64), bool)
    mask[2:10, 2:10] = mask[30:50, 30:50] = True
    mask[60, 60] = True
    assert [int(p.sum()) for p in patches(mask)] == [400, 64]


def test_a_part_seen_apart_is_no_thing_of_its_own() -> None:
    """An antenna cut off from its router does not count; a second router half as large does; nothing is none."""
    mask = np.zeros((64, 64), bool)
    mask[40:54, 4:24] = mask[20:38, 6:8] = True
    assert len(patches(mask)) == 2
    assert count_of(mask) == 1
    mask[40:50, 40:54] = True
    assert count_of(mask) == 2
    assert count_of(np.zeros((64, 64), bool)) == 0


@pytest.mark.parametrize("relation", ["left", "right", "above", "below"])
def test_turned_relation_fails(relation: str) -> None:
    """A relation holds for a true render and fails once the two things change places."""
    for scene in some(10, 6, kinds={"pair": 1.0}, relations=(relation,)):
        first, second = cells_of(scene, 1), cells_of(scene, 2)
        assert relation_holds(relation, first, second)
        assert not relation_holds(relation, second, first)


def test_side_by_side_asks_for_no_relation(places: PlaceFinder) -> None:
    """'A dog and a cat' is asked whether both are there; 'left of' is asked for the relation too."""
    judge = Judge(JudgeEyes(JudgeNet(len(STARTER.subjects)), STARTER.subjects), STARTER, places)
    scenes = [some(1, 11, kinds={"pair": 1.0}, relations=(relation,))[0] for relation in ("and", "left")]
    together, left = judge.judge(scenes, [render(scene).image for scene in scenes])
    assert together.second is not None
    assert together.relation is None
    assert left.relation is not None


def test_labels_name_subject_or_smear() -> None:
    """Cells of a thing carry its class; those of a warped thing carry the smear's."""
    scene = some(1, 7, kinds={"one": 1.0})[0]
    layers = render(scene).layers
    plain, smeared = (labels_of(scene, layers, STARTER.subjects, warped) for warped in (None, 0))
    assert plain.shape == (CELLS, CELLS)
    assert set(plain.unique().tolist()) == {0, 2 + STARTER.subjects.index(scene.things[0].subject)}
    assert set(smeared.unique().tolist()) == {0, 1}
    pair = some(1, 7, kinds={"pair": 1.0})[0]
    second = labels_of(pair, render(pair).layers, STARTER.subjects, 1)
    assert set(second.unique().tolist()) == {0, 1, 2 + STARTER.subjects.index(pair.things[0].subject)}


def test_smear_changes_the_box_and_nothing_else() -> None:
    """Warping for the judge's training leaves the rest of the picture as it was."""
    scene = some(1, 8, kinds={"one": 1.0})[0]
    picture = render(scene)
    left, top, right, bottom = picture.boxes[0]
    before, after = np.asarray(picture.image), np.asarray(_smear(Random(1), picture.image, picture.boxes[0]))
    changed = (before != after).any(2)
    assert changed[top:bottom, left:right].mean() > 0.3
    changed[top:bottom, left:right] = False
    assert not changed.any()


def test_judge_is_colour_blind() -> None:
    """The network's input is the same for pictures that differ in hue alone."""
    red = torch.tensor([0.6, 0.0, 0.0])[None, :, None, None].expand(1, 3, 256, 256)
    green = torch.tensor([0.0, 0.6 * 0.299 / 0.587, 0.0])[None, :, None, None].expand(1, 3, 256, 256)
    assert torch.allclose(grey_of(red), grey_of(green), atol=1e-5)
    assert JudgeNet(16)(grey_of(red)).shape == (1, 18, CELLS, CELLS)


def test_figures_count_only_what_was_asked() -> None:
    """Shares are of the pictures that a question applies to."""
    right = Verdict(True, None, True, True, None, None, None, "cat", "beach")
    wrong = replace(right, subject=False, colour=False)
    assert figures([right, wrong]) == {"subject": (0.5, 2), "place": (1.0, 2), "time": (1.0, 2), "colour": (0.0, 1)}


def test_pictures_come_back_from_tensors() -> None:
    """The way to a tensor and back loses nothing."""
    image = render(some(1, 9)[0]).image
    values = to_tensor([image])
    assert (np.asarray(to_images(values)[0]) == np.asarray(image)).all()
    assert psnr_db(values, values).item() > 90
