"""Text to image: latents on disk, noise that knows the layout, a run that resumes, and weights that others load."""

import json
import warnings
from argparse import Namespace
from pathlib import Path

import pytest
import torch
from diffusers import StableDiffusionPipeline
from PIL import Image

from training import latents
from training.autoencoder import new_autoencoder
from training.coupling import _patch_means, couple
from training.denoiser import TOKENS, new_text_model, new_unet, pipeline, save_half, token_ids
from training.files import load_state
from training.loop import Run, train
from training.text2img import Text2ImageRecipe, centres_of, noise_levels, paint, subject_weights
from training.tokenizer import captions_of, train_tokenizer
from training.world import STARTER


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an untrained pipeline and two small shards of latents made by its autoencoder."""
    folder = tmp_path_factory.mktemp("workshop")
    torch.manual_seed(0)
    tokenizer = train_tokenizer(captions_of(STARTER, 200, 1), 600)
    unet = new_unet((32, 64, 64))
    made = pipeline(new_autoencoder(16), new_text_model(tokenizer, layers=1), tokenizer, unet)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made.save_pretrained(folder / "model")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SKETCH_TRAINING", str(folder))
        latents.build("starter", folder / "model" / "vae", [0, latents.VALIDATION_SHARD], 3, "cpu", 1, size=64)
    return folder


def options(folder: Path) -> Namespace:
    model = folder / "model"
    return Namespace(domain="starter", start=model, vae=model / "vae", text=None, chinese=0.2, rate=1e-3)


@pytest.fixture
def at_home(workshop: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SKETCH_TRAINING", str(workshop))
    return workshop


def test_shards_hold_scenes_with_their_boxes(at_home: Path) -> None:
    """Latents, boxes and scenes of a shard belong together and are read back whole."""
    training, validation = latents.load(latents.shards_folder("starter", at_home / "model" / "vae"))
    assert training.latents.shape == (64, 4, 32, 32)
    assert len(validation.scenes) == 64
    assert training.scenes != validation.scenes
    for scene, boxes in zip(training.scenes, training.boxes, strict=True):
        assert int((boxes[:, 2] > 0).sum()) == len(scene.things)


def test_missing_latents_say_what_to_do(tmp_path: Path) -> None:
    """Training without latents names the command that makes them."""
    with pytest.raises(FileNotFoundError, match=r"python -m training\.latents"):
        latents.load(tmp_path)


def test_another_autoencoder_has_other_shards(at_home: Path, tmp_path: Path) -> None:
    """Latents of two autoencoders never share a folder."""
    new_autoencoder(16).save_pretrained(tmp_path)
    assert latents.shards_folder("starter", tmp_path) != latents.shards_folder("starter", at_home / "model" / "vae")


def test_resumed_text2img_equals_unbroken(at_home: Path) -> None:
    """A run cut into two ends with the weights and averages of one that was never stopped."""
    given = options(at_home)

    def run(name: str, steps: int) -> Run:
        return Run("t", at_home / name, steps, batch=2, save_every=1, sheet_every=100)

    class Quiet(Text2ImageRecipe):
        def sheet(self):
            return Image.new("RGB", (1, 1))

        def export(self, folder):
            folder.mkdir()

    class Stopped(Quiet):
        def step(self, turn):
            if turn.step == 1:
                raise KeyboardInterrupt
            return super().step(turn)

    train(run("unbroken", 2), lambda r: Quiet(r, given))
    with pytest.raises(KeyboardInterrupt):
        train(run("broken", 2), lambda r: Stopped(r, given))
    train(run("broken", 2), lambda r: Quiet(r, given))
    first, second = (load_state(at_home / name / "checkpoint.pt")["recipe"] for name in ("unbroken", "broken"))
    for kind in ("modules", "averaged"):
        for module, weights in first[kind].items():
            assert all(torch.equal(value, second[kind][module][name]) for name, value in weights.items())


# diffusers 0.42 itself warns under numpy 2 when it computes sigmas.
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_saved_pipeline_loads_and_paints(at_home: Path, tmp_path: Path) -> None:
    """Half-precision weights load unchanged as a StableDiffusionPipeline, and a seed fixes the picture."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        source = StableDiffusionPipeline.from_pretrained(at_home / "model", dtype=torch.float32)
        save_half(source, tmp_path)
        made = StableDiffusionPipeline.from_pretrained(tmp_path, dtype=torch.float32)
    made.set_progress_bar_config(disable=True)
    assert json.loads((tmp_path / "text_encoder" / "config.json").read_text())["dtype"] == "float32"
    first, again, other = (paint(made, ["a cat on a beach"], seed)[0] for seed in (1, 1, 2))
    assert first.size == (256, 256)
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()


def test_coupled_noise_peaks_on_the_subject() -> None:
    """Chosen samples have their highest allowed patch near the centre; the others and other channels stay."""
    torch.manual_seed(0)
    noise = torch.randn(64, 4, 32, 32)
    centres = torch.stack([torch.randint(10, 22, (64,)), torch.randint(16, 24, (64,))], 1)
    chosen = torch.arange(64) < 48
    coupled = couple(noise, centres, torch.zeros(64, dtype=torch.bool), chosen)
    assert torch.equal(coupled[48:], noise[48:])
    assert torch.equal(coupled[:, 1:], noise[:, 1:])
    means = _patch_means(coupled[:48, :1])[:, 0]
    here = means[torch.arange(48), centres[:48, 1], centres[:48, 0]]
    assert (here > means.flatten(1).quantile(0.97, 1)).float().mean() > 0.9
    assert abs(coupled[:48, 0].mean()) < 0.02
    assert abs(coupled[:48, 0].std() - 1) < 0.02


def test_subject_weights_lie_on_the_boxes() -> None:
    """Cells in a box weigh three times those outside, the mean stays 1, and empty boxes count for nothing."""
    boxes = torch.zeros(1, 4, 4, dtype=torch.int16)
    boxes[0, 0] = torch.tensor([64, 96, 128, 160])
    weights = subject_weights(boxes)[0, 0]
    assert torch.isclose(weights.mean(), torch.tensor(1.0))
    assert torch.isclose(weights[12, 8] / weights[0, 0], torch.tensor(3.0))
    assert (weights == weights.max()).sum() == 64
    assert centres_of(boxes).tolist() == [[12, 16]]


def test_noise_levels_cover_the_path() -> None:
    """Times lie in (0, 1], and pure noise is among them."""
    torch.manual_seed(0)
    times = noise_levels(4000, "cpu")
    assert times.min() > 0
    assert 0.07 < (times == 1).float().mean() < 0.16
    assert (times < 0.5).float().mean() > 0.15


def test_tokenizer_spells_anything() -> None:
    """Captions of the world are short in tokens, and words never seen survive the way there and back."""
    captions = captions_of(STARTER, 400, 2)
    tokenizer = train_tokenizer(captions, 1500)
    assert token_ids(tokenizer, captions).shape == (400, TOKENS)
    assert max(len(tokenizer(text).input_ids) for text in captions) <= TOKENS
    for text in ("zebra quantum router!", "草地上有一只斑马"):
        ids = tokenizer(text).input_ids
        assert tokenizer.decode(ids, skip_special_tokens=True).replace(" ", "") == text.replace(" ", "")
