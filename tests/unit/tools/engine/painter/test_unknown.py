"""A pipeline that no table knows is loaded, painted from and watched as it is, and never joined with another."""

import math

import numpy
import pytest
import torch
from diffusers import AuraFlowPipeline

from tests.helpers.studio import Watcher, pixels, task
from tests.helpers.tiny_families import save_auraflow
from tools.engine.painter.pipelines import Shelf
from tools.engine.painter.previews import Pace
from tools.engine.painter.seats import can_meet
from tools.engine.painter.studio import Studio, Ways

WIDE = {"width_px": 96, "height_px": 64}
# A scheduler of diffusers hands tensors to NumPy in a way that NumPy frowns at.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return save_auraflow(tmp_path_factory.mktemp("auraflow"))


def test_it_is_described_by_plain_defaults(folder):
    """Its card has what nearly every pipeline can do, and nothing that might be wrong for it."""
    loaded = Shelf(torch.device("cpu")).take(str(folder))
    card = loaded.card
    assert (card.family, card.dialect, card.negative_prompt, card.img2img) == ("unknown", "plain", False, False)
    assert (card.width_px, card.height_px, card.size_multiple_px, card.token_limit) == (1024, 1024, 32, 75)
    assert loaded.img2img is None
    assert not can_meet(loaded.pipe)


def test_it_paints_what_diffusers_paints(folder):
    """The picture is that of the bare pipeline, step by step, with previews."""
    pipe = AuraFlowPipeline.from_pretrained(folder, dtype=torch.float32)
    pipe.set_progress_bar_config(disable=True)
    seed = torch.Generator("cpu").manual_seed(1)
    wanted = pipe("a cat", width=96, height=64, num_inference_steps=3, guidance_scale=5.0, generator=seed).images[0]
    studio, watcher = Studio(Ways("cpu", 1, pace=Pace(every_s=0, share=math.inf))), Watcher()
    ours = studio.paint(task(folder, **WIDE), watcher)
    studio.close()
    assert numpy.array_equal(pixels(ours.png), numpy.asarray(wanted).astype(float))
    assert watcher.steps == [(1, 3), (2, 3), (3, 3)]
    assert [step for step, _, _ in watcher.previews] == [1, 2]
