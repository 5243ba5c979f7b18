"""The discriminator learns from paintings in order, is exported as the painter reads it, and cosines become shares."""

from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from tools.engine.painter.heads import read_head
from training.assess import area
from training.calibrate import fitted
from training.discriminator import (
    BUILT_IN,
    NETS,
    DiscriminatorRecipe,
    load_discriminator,
    marks,
    ranking_loss,
    scores_of,
)
from training.loop import Run, Turn
from training.paintings import KINDS, PAINTED, Paintings, paintings
from training.world import STARTER


@pytest.fixture(scope="module")
def kept() -> Paintings:
    """Noise instead of paintings, the worst kinds the noisiest."""
    rng = np.random.default_rng(0)
    clean = rng.integers(60, 200, (4, 1, 8, 8, 3)).repeat(32, 2).repeat(32, 3)
    noise = rng.normal(0, 1, (4, len(KINDS), 256, 256, 3)) * np.array([90, 60, 40, 20, 4, 0])[:, None, None, None]
    return Paintings((clean + noise).clip(0, 255).astype(np.uint8))


def test_order_costs_what_is_out_of_order() -> None:
    """Scores that rise with the steps cost little, falling ones much; the render itself is in no pair."""
    rising = torch.arange(len(KINDS)).float()[None] * 3
    assert ranking_loss(rising) < 0.1 < 2 < ranking_loss(-rising)
    other = rising.clone()
    other[:, -1] = -99
    assert ranking_loss(other) == ranking_loss(rising)


def test_marks_have_two_fixed_points() -> None:
    """The worst score becomes 0.1 and the best 0.9."""
    scale, shift = marks(-14.0, 2.0)
    worst, best = (torch.tensor([-14.0, 2.0]) * scale + shift).sigmoid().tolist()
    assert (worst, best) == pytest.approx((0.1, 0.9))


@pytest.mark.parametrize("net", NETS)
def test_learns_exports_and_loads(tmp_path: Path, kept: Paintings, net: str) -> None:
    """A step changes the weights; what is exported gives the middle of the worst 0.1 and of the renders 0.9."""
    torch.manual_seed(0)
    recipe = DiscriminatorRecipe(Run("small", tmp_path, 2, batch=2), STARTER, net, kept)
    before = {name: value.clone() for name, value in recipe.state()["modules"]["net"].items()}
    for step in range(2):
        figures = recipe.step(Turn(step, 0.3, Random(step)))
        assert all(np.isfinite(value) for value in figures.values())
    after = recipe.state()["modules"]["net"]
    assert all(not torch.equal(after[name], before[name]) for name in before if name.endswith("weight"))
    recipe.export(tmp_path)
    told = scores_of(load_discriminator(tmp_path), kept).sigmoid()
    assert told[:, 0].median().item() == pytest.approx(0.1, abs=0.03)
    assert told[:, PAINTED:].median().item() == pytest.approx(0.9, abs=0.03)
    held = load_file(tmp_path / "discriminator.safetensors")
    assert {value.dtype for value in held.values()} <= {torch.float16, torch.float8_e4m3fn}


def test_the_painter_reads_what_training_wrote() -> None:
    """The shipped file as the painter reads it gives the marks that training's own network gives."""
    rng = np.random.default_rng(1)
    pixels = rng.integers(0, 256, (1, len(KINDS), 256, 256, 3)).astype(np.uint8)
    expected = scores_of(load_discriminator(BUILT_IN / "clip"), Paintings(pixels)).sigmoid()[0].tolist()
    head = read_head(BUILT_IN / "clip" / "discriminator.safetensors", torch.device("cpu"))
    with torch.no_grad():
        told = [head(Image.fromarray(picture), torch.zeros(1, 80)) for picture in pixels[0]]
    assert told == pytest.approx(expected, abs=1e-4)


def test_area_under_the_curve() -> None:
    """1 where all are above, a half where none can be told apart, in between by counting pairs."""
    assert area(torch.tensor([2.0, 3.0]), torch.tensor([0.0, 1.0])) == 1
    assert area(torch.ones(3), torch.ones(5)) == 0.5
    assert area(torch.tensor([0.5, 3.0]), torch.tensor([0.0, 1.0])) == 0.75


def test_cosines_become_shares() -> None:
    """The fitted curve finds again the one that decided which captions are right."""
    generator = torch.Generator().manual_seed(3)
    values = torch.rand(40_000, generator=generator) * 2 - 1
    is_right = torch.rand(40_000, generator=generator) < (6 * values - 1).sigmoid()
    right, wrong = values[is_right], values[~is_right]
    balance = float(np.log(len(wrong) / len(right)))
    assert fitted(right, wrong) == pytest.approx((6, -1 + balance), abs=0.3)


@pytest.mark.proof
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_paintings_are_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scene has all its kinds, all different, and the second time they come from the cache, bit for bit."""
    monkeypatch.setenv("SKETCH_TRAINING", str(tmp_path))
    first = paintings(BUILT_IN, STARTER, 1, 7, held=True)
    [file] = (tmp_path / "paintings").iterdir()
    written = file.stat().st_mtime_ns
    again = paintings(BUILT_IN, STARTER, 1, 7, held=True)
    assert first.pixels.shape == (1, len(KINDS), 256, 256, 3)
    assert len({first.pixels[0, kind].tobytes() for kind in range(len(KINDS))}) == len(KINDS)
    assert np.array_equal(first.pixels, again.pixels)
    assert file.stat().st_mtime_ns == written
