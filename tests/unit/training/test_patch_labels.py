"""What each patch of a picture shows: taken from the renderer's truth, and learnt by a head that is thrown away."""

from dataclasses import replace
from random import Random

import torch

from training.feed import draw_batch
from training.patch_labels import PatchNamer, patch_labels
from training.world import STARTER

PAIRS = replace(STARTER, kinds={"pair": 1.0})


def test_patches_are_labelled_where_the_things_are() -> None:
    """The middle patch of each box carries its thing's class, and no patch outside the boxes carries any."""
    batch = draw_batch(Random(3), PAIRS, 6)
    labels = patch_labels(batch, STARTER, 8).reshape(6, 8, 8)
    for scene, boxes, cells in zip(batch.scenes, batch.boxes, labels, strict=True):
        classes = [1 + STARTER.subjects.index(thing.subject) for thing in scene.things]
        assert set(cells.unique().tolist()) == {0, *classes}
        for wanted, (left, top, right, bottom) in zip(classes, boxes, strict=True):
            assert wanted in cells[top // 32 : bottom // 32 + 1, left // 32 : right // 32 + 1].unique()
        reached = max(box[2] for box in boxes) // 32 + 1
        assert not cells[:, reached:].any()


def test_the_head_learns_what_the_tokens_say() -> None:
    """With tokens that hold the answer the loss falls towards none; the class token in front is left out."""
    torch.manual_seed(0)
    batch = draw_batch(Random(4), PAIRS, 4)
    answers = torch.nn.functional.one_hot(patch_labels(batch, STARTER, 8), 17).float()
    hidden = torch.cat([torch.randn(4, 1, 17), answers], 1)
    head = PatchNamer(17, STARTER)
    before = head.loss(hidden, batch)
    with torch.no_grad():
        head.out.weight.copy_(20 * torch.eye(17))
        head.out.bias.zero_()
    assert head.loss(hidden, batch) < 0.01 < before
