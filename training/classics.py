"""Two classics on the same world, small enough for a few minutes on a CPU: a DCGAN and a plain autoencoder.

DCGAN after Radford et al. 2015 (arXiv:1511.06434), autoencoder after Hinton and Salakhutdinov 2006, both at 64 pixels.
"""

import functools
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import save_file
from torch import Tensor, nn

from training.feed import Feed, draw_batch
from training.learner import Learner
from training.loop import Recipe, Run, Turn, launch
from training.options import folder_of, parser, run_from
from training.pictures import to_images
from training.world import STARTER, Domain
from training.world.sheet import sheet

SIDE_PX, CODE = 64, 64
_HAZE = 0.35
SCENES: Domain = replace(
    STARTER, subjects=("car", "house", "tree"), places=("meadow", "snow"), styles={"flat": 1.0}, kinds={"one": 1.0}
)


def _small(pictures: Tensor) -> Tensor:
    return F.interpolate(pictures, (SIDE_PX, SIDE_PX), mode="area")


def _grow(before: int, after: int) -> list[nn.Module]:
    return [nn.ConvTranspose2d(before, after, 4, 2, 1), nn.BatchNorm2d(after), nn.ReLU()]


def _shrink(before: int, after: int) -> list[nn.Module]:
    return [nn.Conv2d(before, after, 4, 2, 1), nn.BatchNorm2d(after), nn.LeakyReLU(0.2)]


def generator(width: int = 32) -> nn.Sequential:
    """Codes (n, 64, 1, 1) to pictures (n, 3, 64, 64) in [-1, 1]."""
    first = [nn.ConvTranspose2d(CODE, width * 8, 4), nn.BatchNorm2d(width * 8), nn.ReLU()]
    middle = [*_grow(width * 8, width * 4), *_grow(width * 4, width * 2), *_grow(width * 2, width)]
    return nn.Sequential(*first, *middle, nn.ConvTranspose2d(width, 3, 4, 2, 1), nn.Tanh())


def critic(outputs: int = 1, width: int = 32) -> nn.Sequential:
    """Pictures (n, 3, 64, 64) to (n, outputs, 1, 1): a verdict, or a code."""
    first = [nn.Conv2d(3, width, 4, 2, 1), nn.LeakyReLU(0.2)]
    rest = [*_shrink(width, width * 2), *_shrink(width * 2, width * 4), *_shrink(width * 4, width * 8)]
    return nn.Sequential(*first, *rest, nn.Conv2d(width * 8, outputs, 4))


def _hazy(judge: nn.Module, strength: float) -> Callable[[Tensor], Tensor]:
    """The critic behind noise: without it, it tells drawn from made at once, and the generator learns nothing."""
    return lambda pictures: judge(pictures + strength * torch.randn_like(pictures))


class DcganRecipe:
    """Generator against discriminator with the non-saturating loss, the critic seeing through fading noise."""

    def __init__(self, run: Run) -> None:
        self._run, self._feed = run, Feed(run, SCENES, run.batch)
        self._maker = Learner({"generator": generator().to(run.device)}, 4e-4, betas=(0.5, 0.999), weight_decay=0.0)
        self._critic = Learner({"critic": critic().to(run.device)}, 1e-4, betas=(0.5, 0.999), weight_decay=0.0)

    def step(self, turn: Turn) -> dict[str, float]:
        """The critic learns from drawn and made pictures, then the generator from the critic."""
        drawn = _small(self._feed.batch(turn.step).tensor(self._run.device))
        haze = _HAZE * (1 - turn.progress)
        judge = _hazy(self._critic.modules["critic"], haze)
        made = self._maker.modules["generator"](torch.randn(len(drawn), CODE, 1, 1, device=self._run.device))
        doubt = F.softplus(-judge(drawn)).mean() + F.softplus(judge(made.detach())).mean()
        self._critic.update(doubt, 0.3)
        caught = F.softplus(-judge(made)).mean()
        self._maker.update(caught, 0.3)
        return {"critic": doubt.item(), "generator": caught.item()}

    @torch.no_grad()
    def sheet(self) -> Image.Image:
        """Pictures from fixed codes."""
        codes = torch.randn(24, CODE, 1, 1, generator=torch.Generator().manual_seed(3)).to(self._run.device)
        return sheet(to_images(self._maker.modules["generator"](codes)), 8, 96)

    def state(self) -> dict[str, Any]:
        """Both learners."""
        return {"maker": self._maker.state(), "critic": self._critic.state()}

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a saved state."""
        self._maker.load(state["maker"])
        self._critic.load(state["critic"])

    def export(self, folder: Path) -> None:
        """The generator's weights."""
        folder.mkdir(parents=True, exist_ok=True)
        save_file(self._maker.modules["generator"].state_dict(), folder / "generator.safetensors")


class PlainAutoencoderRecipe:
    """Pictures through a code of 64 numbers and back, by squared error."""

    def __init__(self, run: Run) -> None:
        self._run, self._feed = run, Feed(run, SCENES, run.batch)
        self._model = nn.Sequential(critic(CODE), generator()).to(run.device)
        self._learner = Learner({"model": self._model}, 1e-3, weight_decay=0.0)

    def step(self, turn: Turn) -> dict[str, float]:
        """One batch."""
        drawn = _small(self._feed.batch(turn.step).tensor(self._run.device))
        loss = F.mse_loss(self._model(drawn), drawn)
        self._learner.update(loss, turn.progress)
        return {"squared error": loss.item()}

    @torch.no_grad()
    def sheet(self) -> Image.Image:
        """Pictures above their reconstructions."""
        self._model.eval()
        drawn = _small(draw_batch(Random(2), SCENES, 8, held=None).tensor(self._run.device))
        made = self._model(drawn)
        self._model.train()
        return sheet([*to_images(drawn), *to_images(made)], 8, 96)

    def state(self) -> dict[str, Any]:
        """The learner's state."""
        return self._learner.state()

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a saved state."""
        self._learner.load(state)

    def export(self, folder: Path) -> None:
        """The model's weights."""
        folder.mkdir(parents=True, exist_ok=True)
        save_file(self._model.state_dict(), folder / "autoencoder.safetensors")


def make(given: Namespace, run: Run) -> Recipe:
    """The recipe that the options describe."""
    return DcganRecipe(run) if given.system == "dcgan" else PlainAutoencoderRecipe(run)


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    options = parser("classics", "Trains a DCGAN or a plain autoencoder.", steps=1500, batch=32)
    options.add_argument("system", choices=("dcgan", "autoencoder"))
    given = options.parse_args(arguments)
    given.folder = given.folder or folder_of("classics", given.system)
    launch(run_from(given), functools.partial(make, given))


if __name__ == "__main__":
    main()
