"""Keeps what a discriminator learns from: scenes as drawn, and their captions as a pipeline paints them.

Each scene has six pictures, the worst first: painted in 1, 2, 4 and 8 steps from the same noise, the render rebuilt by
the pipeline's autoencoder, and the render itself. The rebuilt one keeps a discriminator from looking for nothing but
the autoencoder's trace, which every painting bears.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt
import torch
from diffusers import StableDiffusionPipeline
from PIL import Image
from torch import Tensor

from training.files import home, write_whole
from training.pictures import draw_scenes, to_images, to_tensor
from training.progress import Progress
from training.text2img import GUIDANCE, paint
from training.world import Domain, Scene, caption, render

STEPS = (1, 2, 4, 8)
PAINTED = len(STEPS)
KINDS = (*(f"{steps} steps" for steps in STEPS), "rebuilt", "drawn")
GUIDANCES = (1.0, GUIDANCE, GUIDANCE, 4.0)
"""Guidance of training pictures: plain, as shipped, and too much."""
_BATCH = 8


@dataclass(frozen=True)
class Paintings:
    """Pixels uint8 (scenes, kinds, 256, 256, 3), kinds in the order of KINDS."""

    pixels: npt.NDArray[np.uint8]

    def tensor(self, rows: list[int] | slice) -> Tensor:
        """The pictures of these scenes as float32 in [-1, 1], shape (scenes, kinds, 3, 256, 256)."""
        return torch.from_numpy(self.pixels[rows]).permute(0, 1, 4, 2, 3).float() / 127.5 - 1


def paintings(
    folder: Path, domain: Domain, count: int, seed: int, *, held: bool, guidances: tuple[float, ...] = (GUIDANCE,)
) -> Paintings:
    """Pictures of `count` random scenes by the pipeline in `folder`; made once, then read from the cache."""
    weights = hashlib.sha256((folder / "unet" / "diffusion_pytorch_model.safetensors").read_bytes()).hexdigest()
    asked = f"{weights}/{domain}/{count}/{seed}/{held}/{guidances}"
    path = home() / "paintings" / f"{hashlib.sha256(asked.encode()).hexdigest()[:16]}.npz"
    if not path.exists():
        made = StableDiffusionPipeline.from_pretrained(folder, dtype=torch.float32)
        made.set_progress_bar_config(disable=True)
        pixels = _made(made, draw_scenes(Random(seed), domain, count, held), seed, guidances)
        write_whole(path, lambda part: _write(part, pixels))
    with np.load(path) as data:
        return Paintings(data["pixels"])


def _write(path: Path, pixels: npt.NDArray[np.uint8]) -> None:
    with path.open("wb") as file:
        np.savez_compressed(file, pixels=pixels)


def _made(
    made: StableDiffusionPipeline, scenes: list[Scene], seed: int, guidances: tuple[float, ...]
) -> npt.NDArray[np.uint8]:
    rng, found = Random(seed), []
    with Progress("paintings", len(scenes)) as progress:
        for start in range(0, len(scenes), _BATCH):
            some = scenes[start : start + _BATCH]
            captions, scale = [caption(scene, rng) for scene in some], rng.choice(guidances)
            drawn = [render(scene).image for scene in some]
            kinds = [paint(made, captions, seed + start, steps, scale) for steps in STEPS]
            kinds += [rebuilt(made, drawn), drawn]
            found += [np.stack([np.asarray(picture) for picture in row]) for row in zip(*kinds, strict=True)]
            progress.update(len(found), {})
    return np.stack(found)


@torch.no_grad()
def rebuilt(made: StableDiffusionPipeline, pictures: list[Image.Image]) -> list[Image.Image]:
    """The pictures through the pipeline's autoencoder and back."""
    return to_images(made.vae.decoder(made.vae.encoder(to_tensor(pictures))))
