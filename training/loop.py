"""The one training loop: seeded steps, checkpoints, loss curves, sample sheets, one or several processes."""

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
import torch.distributed as dist
from PIL import Image
from torch.multiprocessing.spawn import spawn

from training.curves import draw_curves
from training.files import load_state, save_state, sole_use
from training.progress import Progress

Curves = dict[str, list[tuple[int, float]]]


@dataclass(frozen=True)
class Run:
    """How long and where a recipe trains.

    batch counts samples a step in each process; workers draw ahead. With minutes above 0 the run ends by the clock (or
    at `steps`) and the learning rate follows the clock too, so that it can't be repeated bit by bit.
    """

    name: str
    folder: Path
    steps: int
    batch: int
    seed: int = 0
    device: str = "cpu"
    processes: int = 1
    workers: int = 0
    save_every: int = 200
    sheet_every: int = 1000
    minutes: float = 0.0


@dataclass(frozen=True)
class Turn:
    """One step: its number, how far the run is in [0, 1), and a generator seeded for this step and process."""

    step: int
    progress: float
    rng: random.Random


class Recipe(Protocol):
    """What the loop needs of a recipe."""

    def step(self, turn: Turn) -> dict[str, float]:
        """Learn from one batch; returns figures for the curve."""

    def state(self) -> dict[str, Any]:
        """Tensors and plain values that `load` takes up."""

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a saved state."""

    def sheet(self) -> Image.Image:
        """Samples of what was learnt so far."""

    def export(self, folder: Path) -> None:
        """Write the weights in the formats that others load."""


def seed_everything(seed: int, step: int, rank: int) -> random.Random:
    """Seed every generator from the three numbers alone, so that a resumed run draws what an unbroken one would."""
    mixed = int(np.random.SeedSequence((seed, step, rank)).generate_state(1)[0])
    torch.manual_seed(mixed)
    return random.Random(mixed)


def train(run: Run, make: Callable[[Run], Recipe]) -> Recipe:
    """Train in this process from the last checkpoint to the run's last step; returns the recipe as it then is."""
    seed_everything(run.seed, 0, 0)
    recipe = make(run)
    path = run.folder / "checkpoint.pt"
    done, curve = 0, Curves()
    if path.exists():
        saved = load_state(path)
        done, curve = saved["step"], {k: [(int(s), float(v)) for s, v in c] for k, c in saved["curve"].items()}
        recipe.load(saved["recipe"])
    rank = dist.get_rank() if dist.is_initialized() else 0
    start_s = time.monotonic()
    with Progress(run.name, run.steps, done, run.batch * run.processes) as progress:
        for step in range(done, run.steps):
            share = _share(run, step, start_s)
            if share >= 1:
                break
            figures = recipe.step(Turn(step, share, seed_everything(run.seed, step + 1, rank)))
            done = step + 1
            for name, value in figures.items():
                curve.setdefault(name, []).append((step, value))
            if rank == 0:
                progress.update(done, _recent(curve))
                _keep(run, recipe, done, curve)
    if rank == 0:
        _finish(run, recipe, done, curve)
    return recipe


def _share(run: Run, step: int, start_s: float) -> float:
    """How much of the run is behind us, by steps or, where there is a time limit, by the clock if that is further."""
    by_clock = (time.monotonic() - start_s) / (60 * run.minutes) if run.minutes else 0.0
    return max(step / run.steps, by_clock)


def _recent(curve: Curves, window: int = 50) -> dict[str, float]:
    return {name: sum(v for _, v in points[-window:]) / len(points[-window:]) for name, points in curve.items()}


def _keep(run: Run, recipe: Recipe, done: int, curve: Curves) -> None:
    if done % run.save_every == 0 and done < run.steps:
        _save(run, recipe, done, curve)
    if done % run.sheet_every == 0 and done < run.steps:
        recipe.sheet().save(run.folder / "samples.png")


def _save(run: Run, recipe: Recipe, done: int, curve: Curves) -> None:
    save_state(run.folder / "checkpoint.pt", {"step": done, "recipe": recipe.state(), "curve": curve})
    draw_curves(curve, run.folder / "curve.png", f"{run.name}, seed {run.seed}, {done} steps")


def _finish(run: Run, recipe: Recipe, done: int, curve: Curves) -> None:
    _save(run, recipe, done, curve)
    recipe.sheet().save(run.folder / "samples.png")
    recipe.export(run.folder / "weights")


def launch(run: Run, make: Callable[[Run], Recipe]) -> None:
    """Train in as many processes as the run asks for; `make` must be importable by name."""
    with sole_use(run.folder):
        if run.processes == 1:
            train(run, make)
            return
        os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
        rendezvous = run.folder / "rendezvous"
        rendezvous.unlink(missing_ok=True)
        spawn(_worker, (run, make, str(rendezvous)), nprocs=run.processes)  # type: ignore[no-untyped-call]


def _worker(rank: int, run: Run, make: Callable[[Run], Recipe], rendezvous: str) -> None:
    torch.set_num_threads(1)
    dist.init_process_group("gloo", init_method=f"file://{rendezvous}", rank=rank, world_size=run.processes)
    try:
        train(run, make)
    finally:
        dist.destroy_process_group()
