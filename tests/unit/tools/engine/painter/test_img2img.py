"""Painting from a picture: the same weights, whole steps, and the nearer to it the lower the strength."""

import inspect
import io
import json
import shutil

import numpy
import pytest
import torch
from diffusers import StableDiffusionImg2ImgPipeline
from diffusers.pipelines import auto_pipeline
from PIL import Image

from bot.errors import EngineError
from tests.helpers.studio import Watcher, from_picture, pixels, png_of, task
from tools.engine.families import card_for
from tools.engine.painter.arguments import steps_of
from tools.engine.painter.pipelines import Shelf
from tools.engine.painter.studio import Studio, Ways
from tools.engine.wire import Cancelled

# A scheduler of diffusers hands tensors to NumPy in a way that NumPy frowns at.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
START = png_of(Image.linear_gradient("L").convert("RGB"))
FAMILIES = ["sd15", "sdxl", "sd3", "flux1", "schnell", "qwen_image"]


@pytest.fixture(scope="module")
def studio():
    return Studio(Ways("cpu", threads=1, pace=None))


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_starts_from_a_picture(studio, models, family):
    """Each paints in the size asked for, the same each time, and other pictures, strengths and seeds give others."""
    wanted = [
        from_picture(models / family, START, 0.5, steps=4, width_px=96),
        from_picture(models / family, START, 0.75, steps=4, width_px=96),
        from_picture(models / family, START, 0.5, steps=4, width_px=96, seed=2),
        from_picture(models / family, png_of(Image.new("RGB", (9, 9))), 0.5, steps=4, width_px=96),
    ]
    results = [studio.paint(each, Watcher()) for each in wanted]
    assert len({result.sha256 for result in results}) == len(wanted)
    assert (results[0].width_px, results[0].height_px) == (96, 64)
    assert Image.open(io.BytesIO(results[0].png)).size == (96, 64)
    assert studio.paint(wanted[0], Watcher()).png == results[0].png


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(("strength", "steps"), [(0.001, 1), (0.29, 2), (0.5, 5), (0.99, 9), (1.0, 10)])
def test_steps_that_are_made(studio, models, family, strength, steps):
    """Every family leaves out the same first steps, tells those that are made, and makes one at least."""
    watcher = Watcher()
    wanted = from_picture(models / family, START, strength, steps=10)
    result = studio.paint(wanted, watcher)
    assert watcher.steps == [(step, steps) for step in range(1, steps + 1)]
    assert result.steps == steps == steps_of(wanted)


def test_words_alone_are_as_ever(studio, models):
    """A picture from words alone is bit for bit the same before and after one from a picture."""
    for family in ("sd15", "flux1"):
        before = studio.paint(task(models / family), Watcher())
        studio.paint(from_picture(models / family, START, 0.5), Watcher())
        assert studio.paint(task(models / family), Watcher()).png == before.png


def test_weights_are_shared(models):
    """Starting from a picture needs no second copy of the weights."""
    loaded = Shelf(torch.device("cpu")).take(str(models / "sd15"))
    assert isinstance(loaded.img2img, StableDiffusionImg2ImgPipeline)
    assert loaded.img2img.unet is loaded.pipe.unet
    assert loaded.img2img.vae is loaded.pipe.vae


def test_same_as_diffusers_alone(studio, models):
    """The picture is the one that diffusers' own pipeline paints from the same picture, words and seed."""
    wanted = from_picture(models / "sd15", START, 0.5, steps=4, negative_prompt="dog")
    pipe = StableDiffusionImg2ImgPipeline.from_pretrained(models / "sd15", dtype=torch.float32)
    bare = pipe(
        wanted.prompt,
        negative_prompt="dog",
        image=Image.open(io.BytesIO(START)).resize((64, 64), Image.Resampling.BICUBIC),
        strength=0.5,
        num_inference_steps=4,
        guidance_scale=5.0,
        generator=torch.Generator("cpu").manual_seed(1),
    ).images[0]
    assert numpy.array_equal(pixels(studio.paint(wanted, Watcher()).png), numpy.asarray(bare))


def test_strength_on_sketch(studio):
    """The built-in model keeps more of the picture the lower the strength, and most of it at the lowest."""
    size = {"width_px": 128, "height_px": 128, "steps": 8, "guidance_scale": 2.5}
    start = studio.paint(task("sketch", prompt="a red car on the beach", **size), Watcher()).png
    far = []
    for strength in (0.01, 0.4, 0.7, 1.0):
        wanted = from_picture("sketch", start, strength, prompt="a blue house on a meadow", **size | {"seed": 3})
        far.append(numpy.abs(pixels(studio.paint(wanted, Watcher()).png) - pixels(start)).mean())
    assert far == sorted(far)
    assert 2 * far[0] < far[-1]


def test_cancelled_within_a_step(studio, models):
    """A cancelled picture takes no further step here too."""
    watcher = Watcher(last=2)
    with pytest.raises(Cancelled):
        studio.paint(from_picture(models / "sd15", START, 0.5, steps=50), watcher)
    assert watcher.steps == [(1, 25), (2, 25)]


def test_damaged_picture(studio, models):
    """A picture that can't be decoded is one line, and the studio goes on."""
    with pytest.raises(EngineError, match="damaged"):
        studio.paint(from_picture(models / "sd15", START[:100], 0.5), Watcher())
    studio.paint(from_picture(models / "sd15", START, 0.5), Watcher())


def test_model_that_can_not(studio, models, tmp_path):
    """A model whose own words say that it can't is not made to, and still paints from words."""
    folder = tmp_path / "words only"
    shutil.copytree(models / "sd15", folder)
    (folder / "limner.json").write_text(json.dumps({"img2img": False}))
    with pytest.raises(EngineError, match="can't start from a picture"):
        studio.paint(from_picture(folder, START, 0.5), Watcher())
    studio.paint(task(folder), Watcher())


def test_cards_tell_what_diffusers_can(tmp_path):
    """A card says yes for the pipelines of one part that diffusers can turn and that can be watched, and no other."""
    for kind, from_words in auto_pipeline.AUTO_TEXT2IMAGE_PIPELINES_MAPPING.items():
        (tmp_path / "model_index.json").write_text(json.dumps({"_class_name": from_words.__name__}))
        turned = auto_pipeline.AUTO_IMAGE2IMAGE_PIPELINES_MAPPING.get(kind)
        has_callback = "callback_on_step_end" in inspect.signature(from_words.__call__).parameters
        needs = {"image", "control_image", "prior_num_inference_steps"} & inspect.signature(
            from_words.__call__
        ).parameters.keys()
        can = (
            bool(turned) and has_callback and not needs and "strength" in inspect.signature(turned.__call__).parameters
        )
        assert card_for(tmp_path, "m").img2img is can, from_words.__name__
