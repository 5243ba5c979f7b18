"""FLUX.2 and Sana are called as their rows in the table say."""

import math

import numpy
import pytest
import torch
from diffusers import Flux2KleinPipeline, SanaPipeline, SanaSprintPipeline

from tests.helpers.studio import Watcher, pixels, task
from tests.helpers.tiny_families import save_flux2_klein, save_sana
from tools.engine.families import FAMILIES, card_for
from tools.engine.painter.previews import Pace
from tools.engine.painter.studio import Studio, Ways

# A scheduler of diffusers hands tensors to NumPy in a way that NumPy frowns at.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
WIDE = {"width_px": 96, "height_px": 64}


@pytest.fixture(scope="module")
def studio():
    studio = Studio(Ways("cpu", 1, pace=Pace(every_s=0, share=math.inf)))
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def sana(tmp_path_factory):
    return save_sana(tmp_path_factory.mktemp("sana"))


def bare(pipeline, folder, **given):
    """The picture of the bare pipeline, in 0 to 255."""
    pipe = pipeline.from_pretrained(folder, dtype=torch.float32)
    pipe.set_progress_bar_config(disable=True)
    wanted = {"width": 96, "height": 64, "generator": torch.Generator("cpu").manual_seed(1)}
    return numpy.asarray(pipe(prompt="a cat", **wanted, **given).images[0]).astype(float)


@pytest.mark.parametrize(
    "is_distilled", [pytest.param(False, marks=pytest.mark.proof), True], ids=["base", "distilled"]
)
def test_klein(studio, tmp_path, is_distilled):
    """It paints what diffusers paints, with previews; guidance is for the base model alone."""
    folder = save_flux2_klein(tmp_path, is_distilled=is_distilled)
    assert (card_for(folder, "m").steps, card_for(folder, "m").img2img) == (4 if is_distilled else 50, False)
    watcher = Watcher()
    ours = studio.paint(task(folder, **WIDE), watcher)
    theirs = bare(Flux2KleinPipeline, folder, num_inference_steps=3, guidance_scale=5.0)
    assert numpy.array_equal(pixels(ours.png), theirs)
    assert [step for step, _, _ in watcher.previews] == [1, 2]
    without = studio.paint(task(folder, **WIDE, guidance_scale=1.0), Watcher())
    assert (without.sha256 == ours.sha256) is is_distilled


def test_sana_paints_the_size_that_was_asked(studio, sana):
    """Sides that are none of its own list are painted, not made from another size; its previews have that shape."""
    watcher = Watcher()
    ours = studio.paint(task(sana, **WIDE, negative_prompt="dog"), watcher)
    exact = {"num_inference_steps": 3, "guidance_scale": 5.0, "use_resolution_binning": False}
    assert numpy.array_equal(pixels(ours.png), bare(SanaPipeline, sana, negative_prompt="dog", **exact))
    assert [step for step, _, _ in watcher.previews] == [1, 2]


def test_what_sana_reads(studio, sana):
    """What comes after its last token changes nothing, what comes just before does, whatever stands before a prompt."""
    letters = "a" * FAMILIES["sana"].token_limit

    def painted(prompt):
        return studio.paint(task(sana, prompt=prompt, guidance_scale=1.0), Watcher()).sha256

    assert painted(letters + "b") == painted(letters)
    assert painted(letters[:-1] + "b") != painted(letters)


@pytest.mark.parametrize("steps", [1, 2])
def test_sana_sprint(studio, tmp_path, steps):
    """Its own two steps have the middle time that they were made for; any other number works as well."""
    folder = save_sana(tmp_path, sprint=True)
    ours = studio.paint(task(folder, **WIDE, steps=steps), Watcher())
    middle = {} if steps == 2 else {"intermediate_timesteps": None}
    exact = {"num_inference_steps": steps, "guidance_scale": 5.0, "use_resolution_binning": False}
    assert numpy.array_equal(pixels(ours.png), bare(SanaSprintPipeline, folder, **exact, **middle))
