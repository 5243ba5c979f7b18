"""The network that says how near a picture comes to a render of Sketch's world; training/discriminator.py trains it.

Imports torch, so it is imported where a judge is loaded and nowhere else.
"""

import torch
from torch import Tensor, nn


class Discriminator(nn.Sequential):
    """Pictures (n, 3, height, width) in [-1, 1], about 256 px wide, to a score each, (n, 1); 0 lies half way."""

    def __init__(self, widths: tuple[int, ...] = (12, 20, 28, 40, 48)) -> None:
        blocks: list[nn.Module] = []
        for before, after in zip((3, *widths[:-1]), widths, strict=True):
            blocks += [nn.Conv2d(before, after, 3, 2, 1), nn.GroupNorm(4, after), nn.SiLU()]
        super().__init__(*blocks, _Pool(), nn.Linear(2 * widths[-1], 1))


class _Pool(nn.Module):
    """Mean and spread of each channel over the picture: (n, channels, height, width) to (n, 2 x channels)."""

    def forward(self, x: Tensor) -> Tensor:
        """Both, side by side."""
        return torch.cat([x.mean((2, 3)), x.var((2, 3)).add(1e-5).sqrt()], 1)
