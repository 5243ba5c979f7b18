"""Tells a vision transformer what each of its patches shows, so that it learns to see from far fewer pictures.

After token labelling (Jiang et al. 2021, arXiv:2104.10858), with the renderer's truth in place of a teacher. The head
serves training alone and is not exported.
"""

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.feed import Batch
from training.latents import MOST_THINGS
from training.world import Domain

_LEAST_SHARE = 0.12
_STEP_PX = 4


def patch_labels(batch: Batch, domain: Domain, across: int) -> Tensor:
    """The class of each patch, shape (n, across * across): 0 for backdrop, else 1 + the subject's place in the list."""
    seen = batch.layers[:, ::_STEP_PX, ::_STEP_PX]
    cells = seen.reshape(len(seen), across, seen.shape[1] // across, across, -1)
    shares = np.stack([(cells == thing).mean((2, 4)) for thing in range(1, MOST_THINGS + 1)], -1)
    classes = np.zeros((len(seen), MOST_THINGS), np.int64)
    for row, scene in enumerate(batch.scenes):
        classes[row, : len(scene.things)] = [1 + domain.subjects.index(thing.subject) for thing in scene.things]
    most: npt.NDArray[np.int64] = shares.argmax(-1)
    named = classes[np.arange(len(seen))[:, None, None], most]
    return torch.from_numpy(np.where(shares.max(-1) > _LEAST_SHARE, named, 0)).flatten(1)


class PatchNamer(nn.Module):
    """A linear head over patch tokens (n, patches, width); gives class logits."""

    def __init__(self, width: int, domain: Domain) -> None:
        super().__init__()
        self._domain = domain
        self.out = nn.Linear(width, 1 + len(domain.subjects))

    def forward(self, tokens: Tensor) -> Tensor:
        """Class logits, shape (n, patches, 1 + subjects)."""
        logits: Tensor = self.out(tokens)
        return logits

    def loss(self, hidden: Tensor, batch: Batch) -> Tensor:
        """Cross-entropy of what each patch shows; `hidden` holds the class token first, then the patches."""
        tokens = hidden[:, 1:].float()
        labels = patch_labels(batch, self._domain, round(tokens.shape[1] ** 0.5)).to(tokens.device)
        return F.cross_entropy(self(tokens).flatten(0, 1), labels.flatten())
