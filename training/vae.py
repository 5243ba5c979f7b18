"""Trains a variational autoencoder (Kingma and Welling 2013, arXiv:1312.6114) as diffusers' AutoencoderKL."""

import functools
from argparse import Namespace
from pathlib import Path
from random import Random
from typing import Any

import torch
from diffusers import AutoencoderKL
from PIL import Image

from training.autoencoder import half_precision, picture_loss
from training.feed import Feed, draw_batch
from training.learner import Learner
from training.loop import Run, Turn, launch
from training.options import DOMAINS, parser, run_from
from training.pictures import psnr_db, to_images
from training.world import Domain
from training.world.sheet import sheet

CROP_PX = 128


def new_vae() -> AutoencoderKL:
    """An untrained VAE: 3 x 256 x 256 to a normal distribution over 4 x 32 x 32."""
    stages = 4
    return AutoencoderKL(
        block_out_channels=(24, 48, 64, 96),
        down_block_types=("DownEncoderBlock2D",) * stages,
        up_block_types=("UpDecoderBlock2D",) * stages,
        layers_per_block=1,
        latent_channels=4,
        norm_num_groups=8,
        mid_block_add_attention=False,
    )


class VaeRecipe:
    """Learns to rebuild crops from samples of its own distribution, kept near the unit normal by `weight` x KL."""

    def __init__(self, run: Run, domain: Domain, weight: float) -> None:
        self._run, self._domain, self._weight = run, domain, weight
        self._feed = Feed(run, domain, run.batch)
        self._learner = Learner({"vae": new_vae().to(run.device)}, 1e-3, weight_decay=1e-4, average=0.998)

    def step(self, turn: Turn) -> dict[str, float]:
        """One batch of crops."""
        top, left = (turn.rng.randrange(17) * 8 for _ in range(2))
        wanted = self._feed.batch(turn.step).tensor(self._run.device)[..., top : top + CROP_PX, left : left + CROP_PX]
        model: AutoencoderKL = self._learner.modules["vae"]
        with half_precision(self._run.device):
            spread = model.encode(wanted).latent_dist
            made = model.decode(spread.sample()).sample.float()
        pixels, divergence = picture_loss(made, wanted), spread.kl().float().mean() / (CROP_PX * CROP_PX)
        self._learner.update(pixels + self._weight * divergence, turn.progress)
        return {"pixels": pixels.item(), "divergence": divergence.item()}

    @torch.no_grad()
    def sheet(self) -> Image.Image:
        """Held-out pictures, what the VAE makes of them, and what it dreams from the unit normal."""
        drawn = draw_batch(Random(5), self._domain, 8, held=True).tensor(self._run.device)
        model: AutoencoderKL = self._learner.averaged["vae"]
        made = model.decode(model.encode(drawn).latent_dist.mode()).sample.clamp(-1, 1)
        dreamt = model.decode(torch.randn(8, 4, 32, 32, device=self._run.device)).sample
        (self._run.folder / "psnr.txt").write_text(f"{psnr_db(made, drawn).mean():.2f} dB on 8 held-out scenes\n")
        return sheet([*to_images(drawn), *to_images(made), *to_images(dreamt)], 8, 128)

    def state(self) -> dict[str, Any]:
        """The learner's state."""
        return self._learner.state()

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a saved state."""
        self._learner.load(state)

    def export(self, folder: Path) -> None:
        """The averaged weights as a diffusers AutoencoderKL."""
        model: AutoencoderKL = self._learner.averaged["vae"]
        model.save_pretrained(folder)


def make(given: Namespace, run: Run) -> VaeRecipe:
    """The recipe that the options describe."""
    return VaeRecipe(run, DOMAINS[given.domain], given.weight)


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    options = parser("vae", "Trains a variational autoencoder.", steps=2000, batch=8)
    options.add_argument("--weight", type=float, default=0.002, help="weight of the divergence from the unit normal")
    given = options.parse_args(arguments)
    launch(run_from(given), functools.partial(make, given))


if __name__ == "__main__":
    main()
