"""The other recipes: each takes a step, keeps what it must keep, and writes what others can load."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file
from transformers import CLIPModel, CLIPTokenizer

from training import bundle, gpu_run
from training.autoencoder import AutoencoderRecipe, Discriminator, new_autoencoder, picture_loss, tidy_latents
from training.captioner import CaptionerRecipe, labels_of
from training.catalogue import RECIPES, listing
from training.clip import ClipRecipe, Size, contrast
from training.controlnet import edges_of
from training.denoiser import new_unet
from training.judge import JudgeEyes, JudgeRecipe
from training.loop import Recipe, Run, Turn
from training.lora import Album, add_lora
from training.tokenizer import captions_of, train_tokenizer
from training.upscaler import Upscaler, UpscalerRecipe, damaged
from training.vae import VaeRecipe
from training.world import STARTER, render, sample_scene

SMALL = Size(32, 1, 32, 1, 32)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run("small", tmp_path, 2, batch=2)


@pytest.fixture(scope="module")
def tokenizer() -> CLIPTokenizer:
    return train_tokenizer(captions_of(STARTER, 200, 1), 600)


def picture(seed: int = 0) -> Image.Image:
    return render(sample_scene(Random(seed), STARTER)).image


def step(recipe: Recipe) -> dict[str, float]:
    torch.manual_seed(0)
    figures = recipe.step(Turn(0, 0.3, Random(0)))
    assert all(np.isfinite(value) for value in figures.values())
    return figures


def test_autoencoder_learns_and_exports(run: Run) -> None:
    """A step changes encoder and decoder, and the exported folder is an AutoencoderTiny with latents of variance 1."""
    recipe = AutoencoderRecipe(run, STARTER, adversarial=False, start=None, anchor=0.0)
    before = {name: value.clone() for name, value in recipe.model.state_dict().items()}
    step(recipe)
    moved = [name for name, value in recipe.model.state_dict().items() if not torch.equal(value, before[name])]
    assert {name.split(".")[0] for name in moved} == {"encoder", "decoder"}
    recipe.export(run.folder / "weights")
    loaded = type(recipe.model).from_pretrained(run.folder / "weights")
    assert loaded.config.scaling_factor > 0


def test_adversarial_stage_leaves_the_encoder(run: Run, tmp_path: Path) -> None:
    """The second stage trains decoder and critic; latents stay what the denoiser knows."""
    new_autoencoder().save_pretrained(tmp_path / "first")
    recipe = AutoencoderRecipe(run, STARTER, adversarial=True, start=tmp_path / "first", anchor=0.0)
    before = {name: value.clone() for name, value in recipe.model.state_dict().items()}
    assert "critic" in step(recipe)
    after = recipe.model.state_dict()
    assert all(torch.equal(after[n], before[n]) for n in before if n.startswith("encoder"))
    assert not all(torch.equal(after[n], before[n]) for n in before if n.startswith("decoder"))


def test_picture_loss_prefers_the_truth() -> None:
    """The loss is 0 for the picture itself and grows with blur and with shift."""
    truth = torch.rand(1, 3, 64, 64)
    near, far = truth + 0.05, truth.roll(9, -1)
    assert picture_loss(truth, truth) == 0
    assert 0 < picture_loss(near, truth) < picture_loss(far, truth)
    assert tidy_latents(torch.randn(8, 4, 32, 32)) < tidy_latents(3 + 2 * torch.randn(8, 4, 32, 32))
    assert Discriminator()(torch.zeros(1, 3, 128, 128)).shape[1] == 1


def test_vae_takes_a_step(run: Run) -> None:
    """Rebuilding and divergence are both finite and reported."""
    assert set(step(VaeRecipe(run, STARTER, 0.001))) == {"pixels", "divergence"}


def test_clip_learns_and_loads(run: Run, tokenizer: CLIPTokenizer) -> None:
    """The exported folder is a CLIPModel, and its text tower is the one for text2img."""
    recipe = ClipRecipe(run, STARTER, SMALL, tokenizer)
    step(recipe)
    recipe.export(run.folder)
    model = CLIPModel.from_pretrained(run.folder / "clip", dtype=torch.float32)
    tower = load_file(run.folder / "text_encoder" / "model.safetensors")
    whole = model.text_model.state_dict()
    shared = [name for name in tower if name.removeprefix("text_model.") in whole]
    assert len(shared) == len(tower)
    assert all(torch.equal(tower[n].float(), whole[n.removeprefix("text_model.")]) for n in shared)


def test_contrast_punishes_wrong_captions() -> None:
    """A hard negative nearer to the picture than the caption costs more than one far away."""
    images = torch.nn.functional.normalize(torch.eye(4), dim=1)
    far, near = -images, images
    scale = torch.tensor(10.0)
    assert contrast(images, images, far, scale) < contrast(images, images, near, scale)


def test_judge_exports_and_looks(run: Run) -> None:
    """A judge read back from its folder gives a probability for every class in every cell."""
    recipe = JudgeRecipe(run, STARTER)
    step(recipe)
    recipe.export(run.folder)
    eyes = JudgeEyes.load(run.folder)
    seen = eyes.look([picture()])
    assert eyes.subjects == STARTER.subjects
    assert seen.shape == (1, 18, 64, 64)
    assert np.allclose(seen.sum(1), 1, atol=1e-4)


@pytest.mark.parametrize("scale", [2, 4])
def test_upscaler_enlarges_and_loads(run: Run, scale: int) -> None:
    """A damaged copy is smaller by the scale; the network gives it back its size, the same after saving."""
    recipe = UpscalerRecipe(run, STARTER, scale)
    step(recipe)
    recipe.export(run.folder)
    loaded = Upscaler.from_pretrained(run.folder)
    small = damaged(picture(), scale, Random(3))
    assert small.size == (256 // scale, 256 // scale)
    values = torch.rand(1, 3, 32, 40)
    assert loaded(values).shape == (1, 3, 32 * scale, 40 * scale)


def test_captioner_takes_a_step(run: Run, tokenizer: CLIPTokenizer) -> None:
    """The loss of words is finite for real captions."""
    assert step(CaptionerRecipe(run, STARTER, tokenizer))["words"] > 0


def test_caption_labels_end_once() -> None:
    """Targets are shifted by one, learn the first end token, and leave out the padding after it."""
    ids = torch.tensor([[0, 5, 6, 1, 1, 1]])
    assert labels_of(ids, end=1).tolist() == [[5, 6, 1, -100, -100]]


def test_edges_are_where_the_picture_changes() -> None:
    """A flat picture has no outlines; a half-and-half one has a line in the middle."""
    plain = Image.new("RGB", (64, 64), (90, 120, 40))
    halves = plain.copy()
    halves.paste((240, 240, 240), (32, 0, 64, 64))
    assert np.asarray(edges_of(plain)).max() == 0
    rows = np.asarray(edges_of(halves))[..., 0]
    assert set(np.nonzero(rows.any(0))[0]) <= set(range(29, 35))
    assert rows.any()


def test_lora_starts_as_no_change() -> None:
    """Fresh low-rank layers sit on every attention projection and alter nothing until they learn."""
    torch.manual_seed(0)
    unet = new_unet((32, 64, 64)).eval()
    inputs = torch.randn(1, 4, 32, 32), torch.tensor([500.0]), torch.randn(1, 40, 256)
    with torch.no_grad():
        before = unet(*inputs).sample
        layers = add_lora(unet, 4)
        assert torch.allclose(unet(*inputs).sample, before, atol=1e-6)
        assert {name.rsplit("attn", 1)[1][2:] for name in layers} == {"to_q", "to_k", "to_v", "to_out.0"}
        next(iter(layers.values())).lora_B.weight.fill_(0.5)
        assert not torch.allclose(unet(*inputs).sample, before, atol=1e-6)


def test_album_needs_a_caption_for_each_picture(tmp_path: Path) -> None:
    """A folder with a bare picture is refused with the picture's name; with captions it is read."""
    picture().save(tmp_path / "one.png")
    with pytest.raises(ValueError, match=r"one\.png"):
        Album.of_folder(tmp_path)
    (tmp_path / "one.txt").write_text("our mascot on a beach\n")
    album = Album.of_folder(tmp_path)
    assert album.captions == ["our mascot on a beach"]
    assert album.pictures[0].size == (256, 256)


def test_bundle_comes_back_whole(tmp_path: Path) -> None:
    """Parts are no larger than allowed and unpack to the same files; a missing part is named."""
    source = tmp_path / "source"
    (source / "deep").mkdir(parents=True)
    noise = Random(1).randbytes(50_000)
    (source / "deep" / "weights.bin").write_bytes(noise)
    parts = bundle.pack(source, tmp_path / "parts", part_bytes=20_000)
    assert len(parts) == 3
    assert max(part.stat().st_size for part in parts) <= 20_000
    bundle.unpack(tmp_path / "parts", tmp_path / "target")
    assert (tmp_path / "target" / "deep" / "weights.bin").read_bytes() == noise
    parts[1].unlink()
    with pytest.raises(FileNotFoundError, match=r"bundle-00\.part"):
        bundle.unpack(tmp_path / "parts", tmp_path / "again")


def test_gpu_run_refuses_a_cpu(tmp_path: Path) -> None:
    """Without a GPU the real run ends at once with one line that names the rehearsal."""
    with pytest.raises(SystemExit, match="--rehearse"):
        gpu_run.main(["--out", str(tmp_path), "--device", "cpu"])


def test_listing_names_modules_that_exist() -> None:
    """Every listed recipe can be run by the name given, with a time for each device."""
    for entry in RECIPES:
        assert find_spec("training." + entry.module.split()[0]), entry
        assert entry.module in listing()
        assert entry.cpu
        assert entry.gpu


def test_listing_needs_no_torch() -> None:
    """`python -m training` prints at once, without importing torch."""
    code = "import runpy, sys; runpy.run_module('training', run_name='__main__'); sys.exit('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "text2img" in done.stdout
