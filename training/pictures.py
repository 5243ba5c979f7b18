"""Pictures as tensors: fresh renders for a step, and the way back to something one can look at."""

from collections.abc import Sequence
from random import Random

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from training.world import Domain, Scene, render, sample_scene


def to_tensor(images: Sequence[Image.Image], device: str = "cpu") -> Tensor:
    """RGB images of one size as float32 in [-1, 1], shape (n, 3, height, width)."""
    stacked = torch.from_numpy(np.stack([np.asarray(image.convert("RGB")) for image in images]))
    return stacked.to(device).permute(0, 3, 1, 2).float() / 127.5 - 1


def to_images(values: Tensor) -> list[Image.Image]:
    """The reverse of `to_tensor`; values outside [-1, 1] are cut off."""
    bytes_ = ((values.detach().float().cpu().clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
    return [Image.fromarray(picture.permute(1, 2, 0).numpy()) for picture in bytes_]


def draw_scenes(rng: Random, domain: Domain, count: int, held: bool | None = False) -> list[Scene]:
    """Fresh random scenes."""
    return [sample_scene(rng, domain, held) for _ in range(count)]


def psnr_db(first: Tensor, second: Tensor) -> Tensor:
    """Peak signal-to-noise ratio of each picture in decibels, for values in [-1, 1]; shape (n,)."""
    error = ((first - second) / 2).pow(2).mean((1, 2, 3)).clamp_min(1e-10)
    return -10 * torch.log10(error)


def rendered(scenes: Sequence[Scene], device: str = "cpu") -> Tensor:
    """The scenes' pictures, shape (n, 3, 256, 256)."""
    return to_tensor([render(scene).image for scene in scenes], device)
