"""Trains the judge: a small network that says which subject is seen in each spot of a grey picture.

It never sees colour and never meets the CLIP that chooses among candidates, so that it cannot share that model's taste.
Part of its training pictures hold a subject warped beyond recognition under the label 'smear': a blob earns nothing.
"""

import functools
import json
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from PIL import Image, ImageFilter
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from training.autoencoder import half_precision
from training.feed import Feed
from training.learner import Learner
from training.loop import Run, Turn, launch
from training.options import DOMAINS, parser, run_from
from training.pictures import draw_scenes, to_images, to_tensor
from training.world import Domain, Scene, render
from training.world.sheet import sheet

SEEN_PX = 128
CELLS = 64
_SMEARED = 0.25
_OVERLAPPING = ("behind", "inside")
_BACKDROP_WEIGHT = 0.25


class JudgeNet(nn.Module):
    """Grey (n, 1, 128, 128) in [-1, 1] to class logits (n, 2 + subjects, 64, 64): backdrop, smear, then subjects."""

    def __init__(self, subjects: int, width: int = 32) -> None:
        super().__init__()
        widths = [width, width * 2, width * 3, width * 4, width * 5]
        self.down = nn.ModuleList(
            _block(before, after, 2) for before, after in zip([1, *widths[:-1]], widths, strict=True)
        )
        self.up = nn.ModuleList(
            _block(before + after, after, 1) for before, after in zip(widths[:0:-1], widths[-2::-1], strict=True)
        )
        self.out = nn.Conv2d(width, 2 + subjects, 1)

    def forward(self, grey: Tensor) -> Tensor:
        """Logits for each of 64 x 64 cells."""
        levels: list[Tensor] = []
        x = grey
        for block in self.down:
            x = block(x)
            levels.append(x)
        for block, level in zip(self.up, levels[-2::-1], strict=True):
            x = block(torch.cat([F.interpolate(x, scale_factor=2.0), level], 1))
        logits: Tensor = self.out(x)
        return logits


def _block(before: int, after: int, stride: int) -> nn.Sequential:
    first = [nn.Conv2d(before, after, 3, stride, 1), nn.GroupNorm(8, after), nn.SiLU()]
    return nn.Sequential(*first, nn.Conv2d(after, after, 3, 1, 1), nn.GroupNorm(8, after), nn.SiLU())


def grey_of(pictures: Tensor) -> Tensor:
    """What the judge sees of colour pictures (n, 3, 256, 256): brightness alone, (n, 1, 128, 128)."""
    weights = torch.tensor([0.299, 0.587, 0.114], device=pictures.device)[None, :, None, None]
    return F.avg_pool2d((pictures * weights).sum(1, keepdim=True), 2)


def _disturbed(grey: Tensor) -> Tensor:
    """Random contrast, brightness, blur and noise for each picture."""
    n, device = len(grey), grey.device
    soft = F.avg_pool2d(F.pad(grey, (1, 1, 1, 1), mode="replicate"), 3, 1)
    share = torch.rand(n, 1, 1, 1, device=device)
    mixed = grey + share * (soft - grey)
    changed = mixed * (0.7 + 0.6 * torch.rand(n, 1, 1, 1, device=device)) + 0.3 * torch.randn(n, 1, 1, 1, device=device)
    return changed + 0.06 * torch.rand(n, 1, 1, 1, device=device) * torch.randn_like(grey)


def _smear(rng: Random, image: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    """The picture with the box's content made unrecognisable: warped by a strong random field, or melted to a blob."""
    tile = image.crop(box)
    smeared = image.copy()
    smeared.paste(_warped(rng, tile) if rng.random() < 0.6 else _melted(rng, tile), box[:2])
    return smeared


def _warped(rng: Random, tile: Image.Image) -> Image.Image:
    cells, size = rng.randint(3, 5), (tile.height, tile.width)
    field = torch.from_numpy(np.random.default_rng(rng.getrandbits(32)).normal(0, 0.42, (1, 2, cells, cells))).float()
    shift = F.interpolate(field, size, mode="bicubic", align_corners=True)
    identity = F.affine_grid(torch.eye(2, 3)[None], [1, 3, *size], align_corners=False)
    grid = identity + shift.permute(0, 2, 3, 1)
    return to_images(F.grid_sample(to_tensor([tile]), grid, padding_mode="reflection", align_corners=False))[0]


def _melted(rng: Random, tile: Image.Image) -> Image.Image:
    """A few patches of colour with soft rims, as an unfinished model paints."""
    few = rng.randint(5, 8)
    small = tile.resize((few, few), Image.Resampling.BOX).resize(tile.size, Image.Resampling.BICUBIC)
    return small.filter(ImageFilter.ModeFilter(7)) if rng.random() < 0.5 else small


def labels_of(
    scene: Scene, layers: npt.NDArray[np.uint8], subjects: tuple[str, ...], smeared: int | None = None
) -> Tensor:
    """The class of each of 64 x 64 cells, taken from a picture's layers; `smeared` is the thing that was warped."""
    things = enumerate(scene.things)
    table = [0] + [1 if index == smeared else 2 + subjects.index(thing.subject) for index, thing in things]
    step = layers.shape[0] // CELLS
    return torch.tensor(table)[torch.from_numpy(layers[step // 2 :: step, step // 2 :: step].astype(np.int64))]


class JudgeRecipe:
    """Learns the map of subjects from fresh renders, held-out combinations included: the judge must know them all."""

    def __init__(self, run: Run, domain: Domain) -> None:
        self._run, self._domain = run, domain
        self._feed = Feed(run, domain, run.batch, held=None)
        self._net = JudgeNet(len(domain.subjects)).to(run.device)
        self._learner = Learner({"net": self._net}, 1.5e-3, average=0.995)

    def step(self, turn: Turn) -> dict[str, float]:
        """One batch of disturbed pictures."""
        pictures, labels = self._batch(turn)
        with half_precision(self._run.device):
            logits = self._net(_disturbed(grey_of(pictures)))
        weights = torch.ones(logits.shape[1], device=self._run.device)
        weights[0] = _BACKDROP_WEIGHT
        loss = F.cross_entropy(logits.float(), labels, weights)
        self._learner.update(loss, turn.progress)
        right = (logits.argmax(1) == labels)[labels > 0].float().mean().item()
        return {"loss": loss.item(), "cells right": right}

    def _batch(self, turn: Turn) -> tuple[Tensor, Tensor]:
        batch = self._feed.batch(turn.step)
        images, labels = [], []
        for row, scene in enumerate(batch.scenes):
            image, thing = Image.fromarray(batch.pixels[row]), turn.rng.randrange(len(scene.things))
            box = batch.boxes[row][thing]
            apart = scene.relation not in _OVERLAPPING and box[2] - box[0] > 8 and box[3] - box[1] > 8
            smeared = thing if apart and turn.rng.random() < _SMEARED else None
            images.append(image if smeared is None else _smear(turn.rng, image, box))
            labels.append(labels_of(scene, batch.layers[row], self._domain.subjects, smeared))
        return to_tensor(images, self._run.device), torch.stack(labels).to(self._run.device)

    def sheet(self) -> Image.Image:
        """Pictures above the cells that the judge takes for a subject."""
        scenes = draw_scenes(Random(9), self._domain, 8, held=None)
        images = [render(scene).image for scene in scenes]
        seen = JudgeEyes(self._learner.averaged["net"], self._domain.subjects).look(images)
        masks = [Image.fromarray((255 * (1 - cells[0])).astype(np.uint8)) for cells in seen]
        return sheet([*images, *masks], 8, 160)

    def state(self) -> dict[str, Any]:
        """The learner's state."""
        return self._learner.state()

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a saved state."""
        self._learner.load(state)

    def export(self, folder: Path) -> None:
        """The averaged weights and the list of subjects."""
        folder.mkdir(parents=True, exist_ok=True)
        save_file(self._learner.averaged["net"].state_dict(), folder / "judge.safetensors")
        (folder / "subjects.json").write_text(json.dumps(self._domain.subjects) + "\n", encoding="utf-8")


class JudgeEyes:
    """A trained judge that looks at pictures."""

    def __init__(self, net: nn.Module, subjects: tuple[str, ...]) -> None:
        self._net, self.subjects = net.eval(), subjects
        self._device = str(next(net.parameters()).device)

    @staticmethod
    def load(folder: Path, device: str = "cpu") -> "JudgeEyes":
        """The judge that `export` wrote."""
        subjects = tuple(json.loads((folder / "subjects.json").read_text(encoding="utf-8")))
        net = JudgeNet(len(subjects))
        net.load_state_dict(load_file(folder / "judge.safetensors"))
        return JudgeEyes(net.to(device), subjects)

    @torch.no_grad()
    def look(self, images: list[Image.Image]) -> npt.NDArray[np.float32]:
        """Class probabilities of each cell, shape (n, 2 + subjects, 64, 64)."""
        parts = [
            F.softmax(self._net(grey_of(to_tensor(images[start : start + 32], self._device))), 1).cpu().numpy()
            for start in range(0, len(images), 32)
        ]
        return np.concatenate(parts)


def make(given: Namespace, run: Run) -> JudgeRecipe:
    """The recipe that the options describe."""
    return JudgeRecipe(run, replace(DOMAINS[given.domain], kinds={"one": 0.5, "pair": 0.2, "count": 0.3}))


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    given = parser("judge", "Trains the judge.", steps=1500, batch=24).parse_args(arguments)
    launch(run_from(given), functools.partial(make, given))


if __name__ == "__main__":
    main()
