"""Trains an upscaler, x2 or x4, on pictures made worse on purpose: blur, noise and JPEG, so that it restores as well.

A plain residual network with sub-pixel convolution (Shi et al. 2016, arXiv:1609.05158): transformers are too slow on a
CPU. The order of damage follows the second-order idea of Real-ESRGAN (Wang et al. 2021, arXiv:2107.10833), once over.
"""

import functools
import io
from argparse import Namespace
from pathlib import Path
from random import Random
from typing import Any

import torch
import torch.nn.functional as F
from diffusers import ConfigMixin, ModelMixin
from diffusers.configuration_utils import register_to_config
from PIL import Image, ImageFilter
from torch import Tensor, nn

from training.autoencoder import half_precision, picture_loss
from training.feed import Feed, draw_batch
from training.learner import Learner
from training.loop import Run, Turn, launch
from training.options import DOMAINS, folder_of, parser, run_from
from training.pictures import psnr_db, to_images, to_tensor
from training.world import Domain
from training.world.sheet import sheet

CROP_PX = 128


class Upscaler(ModelMixin, ConfigMixin):  # type: ignore[misc]
    """Pictures (n, 3, h, w) in [-1, 1] to (n, 3, h * scale, w * scale)."""

    @register_to_config  # type: ignore[untyped-decorator]
    def __init__(self, scale: int = 2, width: int = 32, depth: int = 5) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, width, 3, 1, 1)
        self.blocks = nn.ModuleList(
            nn.Sequential(nn.Conv2d(width, width, 3, 1, 1), nn.ReLU(), nn.Conv2d(width, width, 3, 1, 1))
            for _ in range(depth)
        )
        self.last = nn.Sequential(nn.Conv2d(width, 3 * scale * scale, 3, 1, 1), nn.PixelShuffle(scale))
        self.scale = scale

    def forward(self, pictures: Tensor) -> Tensor:
        """The picture enlarged: bilinear, plus what the network adds."""
        x = self.first(pictures)
        for block in self.blocks:
            x = x + block(x)
        enlarged = F.interpolate(pictures, scale_factor=float(self.scale), mode="bilinear", align_corners=False)
        grown: Tensor = enlarged + self.last(x)
        return grown


def damaged(picture: Image.Image, scale: int, rng: Random) -> Image.Image:
    """The picture smaller by `scale`, at random blurred, noisy and squeezed through JPEG."""
    if rng.random() < 0.5:
        picture = picture.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 1.6)))
    small = picture.resize((picture.width // scale, picture.height // scale), Image.Resampling.BICUBIC)
    if rng.random() < 0.4:
        noise = Image.effect_noise(small.size, rng.uniform(4, 28)).convert("RGB")
        small = Image.blend(small, noise, 0.12)
    if rng.random() < 0.5:
        file = io.BytesIO()
        small.save(file, "JPEG", quality=rng.randint(40, 92))
        small = Image.open(file).convert("RGB")
    return small


class UpscalerRecipe:
    """Learns on random crops of fresh renders."""

    def __init__(self, run: Run, domain: Domain, scale: int) -> None:
        self._run, self._domain, self._scale = run, domain, scale
        self._feed = Feed(run, domain, run.batch)
        self._learner = Learner({"upscaler": Upscaler(scale).to(run.device)}, 1e-3, weight_decay=0.0, average=0.998)

    def step(self, turn: Turn) -> dict[str, float]:
        """One batch of crops and their damaged copies."""
        wanted, given = [], []
        for pixels in self._feed.batch(turn.step).pixels:
            left, top = (turn.rng.randrange(0, 256 - CROP_PX + 1, 4) for _ in range(2))
            crop = Image.fromarray(pixels).crop((left, top, left + CROP_PX, top + CROP_PX))
            wanted.append(crop)
            given.append(damaged(crop, self._scale, turn.rng))
        with half_precision(self._run.device):
            made = self._learner.modules["upscaler"](to_tensor(given, self._run.device)).float()
        loss = picture_loss(made, to_tensor(wanted, self._run.device))
        self._learner.update(loss, turn.progress)
        return {"pixels": loss.item()}

    @torch.no_grad()
    def sheet(self) -> Image.Image:
        """Held-out pictures: damaged and enlarged plainly, restored by the network, and as they were."""
        rng = Random(6)
        drawn = [Image.fromarray(pixels) for pixels in draw_batch(rng, self._domain, 6, held=True).pixels]
        small = [damaged(picture, self._scale, rng) for picture in drawn]
        made = self._learner.averaged["upscaler"](to_tensor(small, self._run.device)).cpu()
        plain = [picture.resize((256, 256), Image.Resampling.BICUBIC) for picture in small]
        before, after = (psnr_db(p, to_tensor(drawn)).mean() for p in (to_tensor(plain), made.clamp(-1, 1)))
        (self._run.folder / "psnr.txt").write_text(
            f"x{self._scale}: bicubic {before:.2f} dB, restored {after:.2f} dB\n"
        )
        return sheet([*plain, *to_images(made), *drawn], 6, 256)

    def state(self) -> dict[str, Any]:
        """The learner's state."""
        return self._learner.state()

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a saved state."""
        self._learner.load(state)

    def export(self, folder: Path) -> None:
        """The averaged weights in diffusers' format."""
        self._learner.averaged["upscaler"].save_pretrained(folder)  # type: ignore[operator]


def make(given: Namespace, run: Run) -> UpscalerRecipe:
    """The recipe that the options describe."""
    return UpscalerRecipe(run, DOMAINS[given.domain], given.scale)


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    options = parser("upscaler", "Trains an upscaler that restores.", steps=3000, batch=8)
    options.add_argument("--scale", type=int, choices=(2, 4), default=2)
    given = options.parse_args(arguments)
    given.folder = given.folder or folder_of(given.domain, f"upscaler-x{given.scale}")
    launch(run_from(given), functools.partial(make, given))


if __name__ == "__main__":
    main()
