"""Fresh renders for each step, drawn in this process or ahead of time in workers; both give the same pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import numpy as np
import numpy.typing as npt
import torch
import torch.distributed as dist
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from training.loop import Run
from training.world import Domain, Scene, render, sample_scene
from training.world.render import Box


@dataclass(frozen=True)
class Batch:
    """Scenes with their truth: pixels uint8 (n, 256, 256, 3), layers uint8 (n, 256, 256), boxes for each thing."""

    scenes: list[Scene]
    pixels: npt.NDArray[np.uint8]
    layers: npt.NDArray[np.uint8]
    boxes: list[tuple[Box, ...]]

    def tensor(self, device: str = "cpu") -> Tensor:
        """The pictures as float32 in [-1, 1], shape (n, 3, 256, 256)."""
        return torch.from_numpy(self.pixels).to(device).permute(0, 3, 1, 2).float() / 127.5 - 1


def draw_batch(rng: Random, domain: Domain, count: int, held: bool | None = False) -> Batch:
    """A batch of random scenes, drawn here and now."""
    scenes = [sample_scene(rng, domain, held) for _ in range(count)]
    pictures = [render(scene) for scene in scenes]
    pixels = np.stack([np.asarray(picture.image) for picture in pictures])
    layers = np.stack([picture.layers for picture in pictures])
    return Batch(scenes, pixels, layers, [picture.boxes for picture in pictures])


class _Batches(Dataset[Batch]):
    def __init__(self, domain: Domain, count: int, held: bool | None, seed: str) -> None:
        self._domain, self._count, self._held, self._seed = domain, count, held, seed

    def __getitem__(self, step: int) -> Batch:
        return draw_batch(Random(f"{self._seed}/{step}"), self._domain, self._count, self._held)


class Feed:
    """Batches by step number. With workers it draws ahead, so ask for steps one after another."""

    def __init__(self, run: Run, domain: Domain, count: int, held: bool | None = False) -> None:
        rank = dist.get_rank() if dist.is_initialized() else 0
        self._batches = _Batches(domain, count, held, f"{run.seed}/{rank}")
        self._run = run
        self._ahead: Iterator[Batch] | None = None

    def batch(self, step: int) -> Batch:
        """The batch of that step."""
        if not self._run.workers:
            return self._batches[step]
        if self._ahead is None:
            steps = range(step, self._run.steps)
            loader = DataLoader(
                self._batches,
                batch_size=None,
                sampler=steps,
                num_workers=self._run.workers,
                prefetch_factor=4,
                multiprocessing_context="spawn",
            )
            self._ahead = iter(loader)
        return next(self._ahead)
