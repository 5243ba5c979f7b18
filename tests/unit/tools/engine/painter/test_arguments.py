"""Each family's pipeline is called by its own names, as its row in the table has them."""

import numpy
import pytest
import torch
from diffusers import QwenImagePipeline, ZImagePipeline

from tests.helpers.studio import Watcher, pixels, task
from tests.helpers.tiny_models import save_zimage
from tools.engine.families import card_for
from tools.engine.painter.studio import Studio, Ways

# A scheduler of diffusers hands tensors to NumPy in a way that NumPy frowns at.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@pytest.fixture(scope="module")
def studio():
    return Studio(Ways("cpu", threads=1))


def sha(studio, wanted):
    return studio.paint(wanted, Watcher()).sha256


def bare(pipeline, folder, **given):
    """The picture of the bare pipeline, in 0 to 255."""
    pipe = pipeline.from_pretrained(folder, dtype=torch.float32)
    pipe.set_progress_bar_config(disable=True)
    generator = torch.Generator("cpu").manual_seed(1)
    sizes = {"width": 64, "height": 64, "num_inference_steps": 3}
    return numpy.asarray(pipe("a cat", generator=generator, **sizes, **given).images[0]).astype(float)


@pytest.mark.parametrize("family", ["sd3", "qwen_image", "zimage"])
def test_guidance_and_negative_prompt_arrive(studio, models, family):
    """Guidance changes the picture also where there is no negative prompt, and a negative prompt changes it again."""
    folder = models / family
    card = card_for(folder, str(folder))
    assert card.negative_prompt
    wanted = [
        task(folder, guidance_scale=1.5),
        task(folder, guidance_scale=6.0),
        task(folder, guidance_scale=6.0, negative_prompt="dog"),
    ]
    assert len({sha(studio, each) for each in wanted}) == len(wanted)


def test_qwen_image_as_diffusers_paints_it(studio, models):
    """Its guidance is `true_cfg_scale`, which only works beside a negative prompt, so that a blank one goes along."""
    folder = models / "qwen_image"
    ours = pixels(studio.paint(task(folder, guidance_scale=4.0), Watcher()).png)
    assert numpy.array_equal(ours, bare(QwenImagePipeline, folder, true_cfg_scale=4.0, negative_prompt=" "))


def test_zimage_turbo_has_no_guidance(studio, tmp_path):
    """The Turbo's card asks for no guidance, and what it does not heed is not even sent."""
    folder = save_zimage(tmp_path, shift=3.0)
    card = card_for(folder, str(folder))
    plain = task(folder, guidance_scale=card.guidance_scale)
    ours = studio.paint(plain, Watcher())
    assert numpy.array_equal(pixels(ours.png), bare(ZImagePipeline, folder, guidance_scale=0.0))
    assert sha(studio, task(folder, guidance_scale=5.0)) == sha(
        studio, task(folder, guidance_scale=5.0, negative_prompt="dog")
    )


def test_text_beyond_what_the_pipeline_is_told_to_read(studio, models):
    """FLUX.1 schnell reads 255 tokens: what comes after them changes nothing, what comes before does."""
    whole = "a " * 400
    beyond, within = whole[:-1] + "b", "b" + whole[1:]
    first, second, third = (sha(studio, task(models / "schnell", prompt=prompt)) for prompt in (whole, beyond, within))
    assert first == second != third
