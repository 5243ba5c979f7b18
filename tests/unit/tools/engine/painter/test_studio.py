"""The studio loads what diffusers saved, paints it the same way each time, and says what it can't."""

import io
import shutil

import numpy
import pytest
import torch
from diffusers import StableDiffusionPipeline
from PIL import Image

from bot.errors import EngineError, ModelUnavailable
from tests.helpers.studio import Watcher, task
from tools.engine.painter import memory
from tools.engine.painter.studio import Studio, Ways
from tools.engine.wire import Cancelled

# A scheduler of diffusers hands tensors to NumPy in a way that NumPy frowns at.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@pytest.fixture(scope="module")
def studio():
    return Studio(Ways("cpu", threads=1))


def paint(studio, wanted, watcher=None):
    return studio.paint(wanted, watcher or Watcher())


@pytest.mark.parametrize("family", ["sd15", "sdxl", "sd3", "flux1", "schnell", "qwen_image", "zimage"])
def test_every_family_paints(studio, models, family):
    """A pipeline of each family paints from its folder, in the size that was asked for, telling each step."""
    watcher = Watcher()
    wanted = task(models / family, width_px=96)
    result = paint(studio, wanted, watcher)
    picture = Image.open(io.BytesIO(result.png))
    assert picture.format == "PNG"
    assert picture.size == (96, 64) == (result.width_px, result.height_px)
    assert watcher.steps == [(1, 3), (2, 3), (3, 3)]
    assert result.steps == 3
    assert paint(studio, wanted).png == result.png


def test_same_as_diffusers_alone(studio, models):
    """The picture is the one that the bare pipeline paints from the same words and seed."""
    wanted = task(models / "sd15", negative_prompt="dog")
    pipe = StableDiffusionPipeline.from_pretrained(models / "sd15", dtype=torch.float32)
    bare = pipe(
        wanted.prompt,
        negative_prompt="dog",
        width=64,
        height=64,
        num_inference_steps=3,
        guidance_scale=5.0,
        generator=torch.Generator("cpu").manual_seed(1),
    ).images[0]
    ours = Image.open(io.BytesIO(paint(studio, wanted).png))
    assert numpy.array_equal(numpy.asarray(ours), numpy.asarray(bare))


def test_wishes_are_heeded(studio, models):
    """Prompt, negative prompt, seed, steps and guidance each change the picture."""
    folder = models / "sd15"
    wanted = [
        task(folder),
        task(folder, prompt="a dog"),
        task(folder, negative_prompt="a dog"),
        task(folder, seed=2),
        task(folder, steps=4),
        task(folder, guidance_scale=2.0),
    ]
    assert len({paint(studio, each).sha256 for each in wanted}) == len(wanted)


def test_cancelled_within_a_step(studio, models):
    """A cancelled picture takes no further step, and the next one is painted bit for bit as ever."""
    before = paint(studio, task(models / "sd15")).png
    watcher = Watcher(last=2)
    with pytest.raises(Cancelled):
        paint(studio, task(models / "sd15", steps=50), watcher)
    assert watcher.steps == [(1, 50), (2, 50)]
    assert paint(studio, task(models / "sd15")).png == before


def test_models_stay_as_long_as_there_is_room(models):
    """When the memory for models is full, the one that was not used for the longest time goes first."""
    sd15, sdxl, flux1 = (str(models / name) for name in ("sd15", "sdxl", "flux1"))
    both = sum(memory.files_bytes(models / name) for name in ("sd15", "flux1"))
    studio = Studio(Ways("cpu", threads=1, memory_gib=both / 2**30))
    seen = []
    for name in (sd15, flux1, sd15, sdxl):
        studio.load(name)
        seen.append([studio.ready(name) for name in (sd15, sdxl, flux1)])
    assert seen[:3] == [[True, False, False], [True, False, True], [True, False, True]]
    assert seen[3][1:] == [True, False]


def test_a_model_larger_than_its_share(models):
    """A model that takes more than it may is loaded all the same, alone."""
    sd15, flux1 = (str(models / name) for name in ("sd15", "flux1"))
    studio = Studio(Ways("cpu", threads=1, memory_gib=1e-6))
    for name, other in ((sd15, flux1), (flux1, sd15)):
        studio.load(name)
        assert studio.ready(name)
        assert not studio.ready(other)


def test_weights_of_another_kind(studio, models):
    """Weights for inpainting are refused by name when they are loaded, not in the middle of a picture."""
    with pytest.raises(ModelUnavailable, match="does not paint pictures from words alone"):
        studio.load(str(models / "inpainting"))


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("unet/diffusion_pytorch_model.safetensors", b"\x00" * 64),
        ("text_encoder/model.safetensors", b"not weights"),
        ("vae/config.json", b"{"),
        ("tokenizer/tokenizer.json", b"[]"),
        ("unet/diffusion_pytorch_model.safetensors", None),
    ],
    ids=["unet", "text encoder", "autoencoder's config", "tokenizer", "missing"],
)
def test_damaged_files(studio, models, tmp_path, part, content):
    """A damaged or missing file is one plain line, and the studio goes on."""
    folder = tmp_path / "damaged"
    shutil.copytree(models / "sd15", folder)
    if content is None:
        (folder / part).unlink()
    else:
        (folder / part).write_bytes(content)
    with pytest.raises(ModelUnavailable) as raised:
        studio.load(str(folder))
    assert "again" in raised.value.remedy
    assert "\n" not in str(raised.value)
    paint(studio, task(models / "sd15"))


def test_cut_off_weights(studio, models, tmp_path):
    """Weights that were cut off while being copied are not painted with."""
    folder = tmp_path / "cut"
    shutil.copytree(models / "sd15", folder)
    weights = folder / "unet" / "diffusion_pytorch_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1000])
    with pytest.raises(ModelUnavailable, match="damaged or incomplete"):
        studio.load(str(folder))


def test_pickled_weights_are_not_read(studio, models, tmp_path):
    """A pickle can run code, so weights in one are not loaded, even where nothing else is there."""
    folder = tmp_path / "pickled"
    shutil.copytree(models / "sd15", folder)
    weights = folder / "unet" / "diffusion_pytorch_model.safetensors"
    torch.save({}, folder / "unet" / "diffusion_pytorch_model.bin")
    weights.unlink()
    with pytest.raises(ModelUnavailable):
        studio.load(str(folder))


def test_overflowed_numbers(studio, models, tmp_path):
    """A model whose numbers overflow gets words, not a black picture."""
    folder = tmp_path / "overflow"
    pipe = StableDiffusionPipeline.from_pretrained(models / "sd15", dtype=torch.float32)
    pipe.vae.decoder.conv_out.bias.data.fill_(float("nan"))
    pipe.save_pretrained(folder)
    with pytest.raises(EngineError, match="overflowed"):
        paint(studio, task(folder))


def test_missing_device():
    """A device that the machine lacks is named."""
    if torch.backends.mps.is_available():
        pytest.skip("this machine has one")
    with pytest.raises(EngineError, match="no 'mps' device"):
        Studio(Ways("mps")).load("sketch")
