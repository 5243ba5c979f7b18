"""Trains the autoencoder that turns pictures into latents an eighth as wide, and back.

Stage 1 (`--stage pixels`) learns by pixel and outline error. Stage 2 (`--stage adversarial`) freezes the encoder and
adds a patch discriminator with hinge loss (as in VQGAN, Esser et al. 2021, arXiv:2012.09841) to sharpen the decoder.
"""

import contextlib
import functools
from argparse import Namespace
from pathlib import Path
from random import Random
from typing import Any

import torch
import torch.nn.functional as F
from diffusers import AutoencoderTiny
from PIL import Image
from torch import Tensor, nn

from training.feed import Feed
from training.learner import Learner
from training.loop import Run, Turn, launch
from training.options import DOMAINS, parser, run_from
from training.pictures import draw_scenes, psnr_db, rendered, to_images
from training.world import Domain
from training.world.sheet import sheet

WIDTH = 48
CROP_PX = 128
_LATENT_NOISE = 0.06
_HELD_SEED = 20_001


def new_autoencoder(width: int = WIDTH) -> AutoencoderTiny:
    """An untrained autoencoder: 3 x 256 x 256 to 4 x 32 x 32."""
    return AutoencoderTiny(
        encoder_block_out_channels=(width,) * 4,
        decoder_block_out_channels=(width,) * 4,
        num_encoder_blocks=(0, 1, 2, 2),
        num_decoder_blocks=(3, 2, 1, 0),
        latent_channels=4,
    )


def half_precision(device: str) -> contextlib.AbstractContextManager[Any]:
    """bfloat16 where it is safe, on either device."""
    return torch.autocast(device.split(":")[0], torch.bfloat16)


def _slopes(x: Tensor) -> tuple[Tensor, Tensor]:
    return x[..., 1:] - x[..., :-1], x[..., 1:, :] - x[..., :-1, :]


def picture_loss(made: Tensor, wanted: Tensor) -> Tensor:
    """Absolute and squared error of the pixels, and absolute error of their slopes, which keeps outlines crisp."""
    loss = (made - wanted).abs().mean() + 4 * (made - wanted).pow(2).mean()
    for a, b in zip(_slopes(made), _slopes(wanted), strict=True):
        loss = loss + 0.5 * (a - b).abs().mean()
    return loss


def tidy_latents(latents: Tensor) -> Tensor:
    """Penalty that keeps each channel near mean 0 and variance 1 and values within 2.5, as diffusion wants them."""
    spread = latents.mean((0, 2, 3)).pow(2).mean() + (latents.var((0, 2, 3)) - 1).pow(2).mean()
    return spread + 0.1 * F.relu(latents.abs() - 2.5).pow(2).mean()


class Discriminator(nn.Sequential):
    """Judges patches of 34 pixels: positive for drawn, negative for decoded."""

    def __init__(self, width: int = 32) -> None:
        def block(before: int, after: int, stride: int) -> list[nn.Module]:
            return [nn.Conv2d(before, after, 4, stride, 1), nn.GroupNorm(8, after), nn.LeakyReLU(0.2)]

        first = [nn.Conv2d(3, width, 4, 2, 1), nn.LeakyReLU(0.2)]
        rest = [*block(width, width * 2, 2), *block(width * 2, width * 4, 1)]
        super().__init__(*first, *rest, nn.Conv2d(width * 4, 1, 4, 1, 1))


class AutoencoderRecipe:
    """Both stages; `start` is a folder with weights to go on from, `anchor` holds latents near those it gave."""

    def __init__(self, run: Run, domain: Domain, adversarial: bool, start: Path | None, anchor: float) -> None:
        self._run, self._domain, self._adversarial, self._anchor = run, domain, adversarial, anchor
        self._feed = Feed(run, domain, -(-run.batch // 2))
        self.model = AutoencoderTiny.from_pretrained(start).float() if start else new_autoencoder()
        self.model.to(run.device)
        learning: dict[str, nn.Module] = {"decoder": self.model.decoder}
        if adversarial:
            self.model.encoder.requires_grad_(False)
        else:
            learning["encoder"] = self.model.encoder
        self._first = None
        if anchor and start and not adversarial:
            self._first = AutoencoderTiny.from_pretrained(start).float().to(run.device).encoder.requires_grad_(False)
        self._learner = Learner(learning, 2e-4 if adversarial else 8e-4, weight_decay=1e-4, average=0.998)
        self._critic = Discriminator().to(run.device) if adversarial else None
        self._critic_learner = None
        if self._critic is not None:
            self._critic_learner = Learner({"critic": self._critic}, 4e-4, betas=(0.5, 0.9), weight_decay=0.0)

    def step(self, turn: Turn) -> dict[str, float]:
        """Learn from random crops of fresh renders."""
        wanted = self._crops(turn)
        with half_precision(self._run.device):
            latents = self.model.encoder(wanted)
        latents = latents.float()
        with half_precision(self._run.device):
            made = self.model.decoder(latents + _LATENT_NOISE * torch.randn_like(latents)).float()
        loss = picture_loss(made, wanted)
        figures = {"pixels": loss.item()}
        if self._critic is not None:
            return figures | self._against_critic(turn, loss, made, wanted)
        loss = loss + 0.02 * tidy_latents(latents)
        if self._first is not None:
            with torch.no_grad(), half_precision(self._run.device):
                before = self._first(wanted).float()
            loss = loss + self._anchor * (latents - before).pow(2).mean()
        self._learner.update(loss, turn.progress)
        return figures

    def _against_critic(self, turn: Turn, loss: Tensor, made: Tensor, wanted: Tensor) -> dict[str, float]:
        assert self._critic is not None
        assert self._critic_learner is not None
        fooled = -self._critic(made).mean()
        self._learner.update(loss + 0.004 * fooled, turn.progress)
        drawn, decoded = self._critic(wanted), self._critic(made.detach())
        judged = F.relu(1 - drawn).mean() + F.relu(1 + decoded).mean()
        self._critic_learner.update(judged, turn.progress)
        return {"critic": judged.item()}

    def _crops(self, turn: Turn) -> Tensor:
        """Two random crops of each picture, at corners that lie on latent cells."""
        pictures = self._feed.batch(turn.step).tensor(self._run.device)
        corners = [(turn.rng.randrange(17) * 8, turn.rng.randrange(17) * 8) for _ in range(self._run.batch)]
        crops = [
            pictures[index // 2, :, top : top + CROP_PX, left : left + CROP_PX]
            for index, (top, left) in enumerate(corners)
        ]
        return torch.stack(crops).contiguous(memory_format=torch.channels_last)

    @torch.no_grad()
    def decoded(self, pictures: Tensor) -> Tensor:
        """The pictures through the averaged weights."""
        encoder = self._learner.averaged.get("encoder", self.model.encoder)
        decoded: Tensor = self._learner.averaged["decoder"](encoder(pictures))
        return decoded.clamp(-1, 1)

    def sheet(self) -> Image.Image:
        """Held-out pictures above what the autoencoder makes of them; writes their mean PSNR beside the curve."""
        drawn = rendered(draw_scenes(Random(_HELD_SEED), self._domain, 16, held=True), self._run.device)
        made = self.decoded(drawn)
        (self._run.folder / "psnr.txt").write_text(f"{psnr_db(made, drawn).mean():.2f} dB on 16 held-out scenes\n")
        rows = [*to_images(drawn[:8]), *to_images(made[:8]), *to_images(drawn[8:]), *to_images(made[8:])]
        return sheet(rows, 8, 160)

    def state(self) -> dict[str, Any]:
        """Both learners and the encoder."""
        critic = self._critic_learner.state() if self._critic_learner else {}
        return {"learner": self._learner.state(), "critic": critic, "encoder": self.model.encoder.state_dict()}

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a saved state."""
        self.model.encoder.load_state_dict(state["encoder"])
        self._learner.load(state["learner"])
        if self._critic_learner:
            self._critic_learner.load(state["critic"])

    def export(self, folder: Path) -> None:
        """The averaged weights as a diffusers AutoencoderTiny, with the scale that gives latents variance 1."""
        made = new_autoencoder()
        made.encoder.load_state_dict(self._learner.averaged.get("encoder", self.model.encoder).state_dict())
        made.decoder.load_state_dict(self._learner.averaged["decoder"].state_dict())
        drawn = rendered(draw_scenes(Random(7), self._domain, 64))
        with torch.no_grad():
            made.register_to_config(scaling_factor=round(1 / float(made.encoder(drawn).std()), 4))
        made.save_pretrained(folder)


def make(given: Namespace, run: Run) -> AutoencoderRecipe:
    """The recipe that the options describe."""
    return AutoencoderRecipe(run, DOMAINS[given.domain], given.stage == "adversarial", given.start, given.anchor)


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    options = parser("autoencoder", "Trains the autoencoder.", steps=8000, batch=16)
    options.add_argument("--stage", choices=("pixels", "adversarial"), default="pixels")
    options.add_argument("--start", type=Path, help="folder of an AutoencoderTiny to go on from")
    options.add_argument("--anchor", type=float, default=0.0, help="how strongly latents stay near the start's")
    given = options.parse_args(arguments)
    launch(run_from(given), functools.partial(make, given))


if __name__ == "__main__":
    main()
