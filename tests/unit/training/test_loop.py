"""The training loop: a resumed run ends with the very weights of an unbroken one, and files are whole or absent."""

import math
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from training.classics import PlainAutoencoderRecipe
from training.curves import smooth
from training.feed import Feed
from training.files import home, load_state, save_state, sole_use, write_whole
from training.learner import Learner, schedule
from training.loop import Run, launch, train
from training.world import STARTER


def run_in(folder: Path, steps: int, seed: int = 0) -> Run:
    return Run("small", folder, steps, batch=2, seed=seed, save_every=2, sheet_every=1000)


def weights_after(folder: Path) -> dict[str, torch.Tensor]:
    return load_state(folder / "checkpoint.pt")["recipe"]["modules"]["model"]


def test_resumed_run_equals_unbroken_run(tmp_path: Path) -> None:
    """Stopping after a checkpoint and starting again changes no weight, whatever was lost in between."""
    train(run_in(tmp_path / "unbroken", 5), PlainAutoencoderRecipe)
    broken = tmp_path / "broken"

    class Stopped(PlainAutoencoderRecipe):
        def step(self, turn):
            if turn.step == 3:
                raise KeyboardInterrupt
            return super().step(turn)

    with pytest.raises(KeyboardInterrupt):
        train(run_in(broken, 5), Stopped)
    assert load_state(broken / "checkpoint.pt")["step"] == 2
    train(run_in(broken, 5), PlainAutoencoderRecipe)
    first, second = weights_after(tmp_path / "unbroken"), weights_after(broken)
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_seed_decides_the_weights(tmp_path: Path) -> None:
    """The same seed trains the same weights; another seed does not."""
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        train(run_in(tmp_path / name, 2, seed), PlainAutoencoderRecipe)
    a, b, c = (weights_after(tmp_path / name) for name in "abc")
    assert all(torch.equal(a[name], b[name]) for name in a)
    assert not all(torch.equal(a[name], c[name]) for name in a)


def test_run_leaves_curve_samples_and_weights(tmp_path: Path) -> None:
    """After a run its folder holds a checkpoint, a curve, a sample sheet and exported weights."""
    train(run_in(tmp_path, 2), PlainAutoencoderRecipe)
    found = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert found == {"checkpoint.pt", "curve.png", "samples.png", "weights/autoencoder.safetensors"}


def test_clock_ends_a_run(tmp_path: Path) -> None:
    """With a time limit that is over at once, a run saves and exports without training on."""
    train(replace(run_in(tmp_path, 1000), minutes=1e-9), PlainAutoencoderRecipe)
    assert load_state(tmp_path / "checkpoint.pt")["step"] == 0
    assert (tmp_path / "weights" / "autoencoder.safetensors").exists()


def test_feed_draws_the_same_for_the_same_step(tmp_path: Path) -> None:
    """A step's batch depends on seed and step alone, so that a resumed run sees what it would have seen."""
    first, second = (Feed(run_in(tmp_path, 9), STARTER, 3) for _ in range(2))
    first.batch(0)
    assert (first.batch(4).pixels == second.batch(4).pixels).all()
    assert (first.batch(4).pixels != second.batch(5).pixels).any()


def test_interrupted_write_leaves_the_old_file(tmp_path: Path) -> None:
    """A checkpoint that fails half-way neither replaces the last one nor leaves rubbish."""
    path = tmp_path / "checkpoint.pt"
    save_state(path, {"step": 1})

    def fail(part: Path) -> None:
        part.write_bytes(b"half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_whole(path, fail)
    assert load_state(path) == {"step": 1}
    assert list(tmp_path.iterdir()) == [path]


def test_two_runs_cannot_share_a_folder(tmp_path: Path) -> None:
    """A second run on the same folder is refused with a remedy, and the folder is free again afterwards."""
    with sole_use(tmp_path), pytest.raises(RuntimeError, match="--folder"):
        launch(run_in(tmp_path, 1), PlainAutoencoderRecipe)
    launch(run_in(tmp_path, 1), PlainAutoencoderRecipe)
    assert (tmp_path / "checkpoint.pt").exists()


def test_home_follows_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of training is SKETCH_TRAINING where set, else inside the user's cache."""
    monkeypatch.setenv("SKETCH_TRAINING", str(tmp_path))
    assert home() == tmp_path
    monkeypatch.delenv("SKETCH_TRAINING")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert home() == tmp_path / "cache" / "limner" / "training"


def test_schedule_rises_holds_and_falls() -> None:
    """The rate starts near 0, stays at 1, and ends near a hundredth."""
    assert schedule(0.0) < 0.02
    assert schedule(0.3) == 1.0
    assert schedule(0.8) < 1.0
    assert math.isclose(schedule(1.0), 0.01, abs_tol=1e-6)


def test_averaged_weights_follow_slowly() -> None:
    """The moving average lies between where the weights began and where they are."""
    model = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.constant_(model.weight, 1.0)
    learner = Learner({"model": model}, 0.1, weight_decay=0.0, average=0.9)
    for _ in range(5):
        learner.update(model.weight.pow(2).sum(), 0.3)
    now, averaged = model.weight.item(), learner.averaged["model"].weight.item()
    assert now < averaged < 1.0


def test_smooth_keeps_the_ends_of_a_curve() -> None:
    """A long curve is cut to few points that keep its trend and last step."""
    points = smooth([(step, float(step)) for step in range(1000)], 50)
    assert len(points) == 50
    assert points[-1][0] == 999
    assert points[0][1] < points[-1][1]
