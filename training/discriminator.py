"""Trains the discriminator: how near a painting comes to a true render, whatever it shows.

Two networks were tried (`--net`): a small convolutional one, which ships, and a head on the features of the shipped
CLIP's image tower. Either learns to tell renders, as drawn and rebuilt by the autoencoder, from paintings in 1, 2, 4
and 8 steps, and that of two pictures of the same scene the one with more steps is better (RankNet, Burges et al. 2005).
"""

import copy
import functools
import math
from argparse import Namespace
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import CLIPModel

from tools.engine.painter.discriminator import Discriminator
from tools.engine.painter.heads import DISCRIMINATOR, KIND
from training.clip import SEEN_PX
from training.feed import Feed
from training.land import rounded
from training.learner import Learner
from training.loop import Run, Turn, launch
from training.options import DOMAINS, folder_of, parser, run_from
from training.paintings import GUIDANCES, KINDS, PAINTED, Paintings, paintings
from training.pictures import to_images
from training.world import Domain
from training.world.sheet import sheet

BUILT_IN = Path(__file__).parent.parent / "tools" / "sketch"
FILE = "discriminator.safetensors"
SCENES, SEED = 192, 0
RATES = {"conv": 3e-3, "head": 1e-3}
_CROP_PX = 224
_LOW, _HIGH = 0.1, 0.9


class HeadNet(nn.Module):
    """A head on a frozen CLIP: the image's embedding, mean and spread of its patches in each layer, to a score."""

    def __init__(self, folder: Path = BUILT_IN / "clip", width: int = 64) -> None:
        super().__init__()
        clip = CLIPModel.from_pretrained(folder, dtype=torch.float32).requires_grad_(False).eval()
        self._clip = (clip,)  # in a tuple, so that it is no part of this module
        config = clip.config.vision_config
        features = clip.config.projection_dim + 2 * config.hidden_size * (config.num_hidden_layers + 1)
        first = [nn.LayerNorm(features), nn.Linear(features, width), nn.SiLU()]
        self.head = nn.Sequential(*first, nn.Dropout(0.1), nn.Linear(width, 1))

    def forward(self, pictures: Tensor) -> Tensor:
        """Scores (n, 1) of pictures (n, 3, height, width) in [-1, 1]."""
        clip = self._clip[0]
        with torch.no_grad():
            seen = F.interpolate(pictures, (SEEN_PX, SEEN_PX), mode="area")
            out = clip.vision_model(seen, output_hidden_states=True)
            parts = [clip.visual_projection(out.pooler_output)]
            for layer in out.hidden_states:
                parts += [layer[:, 1:].mean(1), layer[:, 1:].std(1)]
        score: Tensor = self.head(torch.cat(parts, 1))
        return score


NETS = {"conv": Discriminator, "head": HeadNet}


class DiscriminatorRecipe:
    """Learns from kept paintings and from fresh renders; `net` is a name in NETS."""

    def __init__(self, run: Run, domain: Domain, net: str, kept: Paintings) -> None:
        self._run, self._kept, self._crops = run, kept, net == "conv"
        self._feed = Feed(run, domain, 2 * run.batch)
        self._net = NETS[net]().to(run.device)
        self._learner = Learner({"net": self._net}, RATES[net], weight_decay=0.05, average=0.99)

    def step(self, turn: Turn) -> dict[str, float]:
        """A few scenes in all their kinds, and fresh renders."""
        rows = turn.rng.sample(range(len(self._kept.pixels)), self._run.batch)
        kept, drawn = self._kept.tensor(rows).flatten(0, 1), self._feed.batch(turn.step).tensor()
        pictures = torch.cat([kept, drawn]).to(self._run.device)
        scores = self._net(self._disturbed(pictures, turn)).squeeze(1)
        told = _telling_loss(scores, len(rows))
        order = ranking_loss(scores[: len(kept)].view(len(rows), len(KINDS)))
        self._learner.update(told + order, turn.progress)
        return {"told": told.item(), "order": order.item()}

    def _disturbed(self, pictures: Tensor, turn: Turn) -> Tensor:
        """The same crop, mirroring and brightness for all, so that nothing but quality differs; CLIP sees no crops."""
        left, top = (turn.rng.randrange(pictures.shape[-1] - _CROP_PX + 1) for _ in range(2))
        if self._crops:
            pictures = pictures[..., top : top + _CROP_PX, left : left + _CROP_PX]
        if turn.rng.random() < 0.5:
            pictures = pictures.flip(-1)
        return (pictures * (0.9 + 0.2 * turn.rng.random()) + 0.2 * (turn.rng.random() - 0.5)).clamp(-1, 1)

    def sheet(self) -> Image.Image:
        """What it learns from: a scene in each row, from one step to the render."""
        return sheet(to_images(self._kept.tensor(slice(6)).flatten(0, 1)), len(KINDS), 128)

    def state(self) -> dict[str, Any]:
        """The learner's state."""
        return self._learner.state()

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a saved state."""
        self._learner.load(state)

    def export(self, folder: Path) -> None:
        """The averaged weights as they ship, their scores shifted and scaled so that sigmoid makes a mark of them."""
        net = copy.deepcopy(self._learner.averaged["net"]).cpu().eval()
        net.load_state_dict({name: rounded(value).float() for name, value in net.state_dict().items()})
        scores = scores_of(net, self._kept)
        scale, shift = marks(scores[:, 0].median().item(), scores[:, PAINTED:].median().item())
        held = dict(net.state_dict())
        last = max(name for name in held if name.endswith("weight") and held[name].shape[0] == 1).removesuffix("weight")
        held[f"{last}weight"] = held[f"{last}weight"] * scale
        held[f"{last}bias"] = held[f"{last}bias"] * scale + shift
        folder.mkdir(parents=True, exist_ok=True)
        kind = DISCRIMINATOR if isinstance(net, Discriminator) else "head"
        save_file({name: rounded(value) for name, value in held.items()}, folder / FILE, metadata={KIND: kind})


def _telling_loss(scores: Tensor, scenes: int) -> Tensor:
    """Cost of taking paintings for renders and renders for paintings, both sides weighing the same."""
    kinds = torch.arange(len(KINDS), device=scores.device).repeat(scenes) >= PAINTED
    true = torch.ones_like(scores, dtype=torch.bool)
    true[: len(kinds)] = kinds
    weight = torch.where(true, 0.5 / true.float().mean(), 0.5 / (~true).float().mean())
    return F.binary_cross_entropy_with_logits(scores, true.float(), weight)


def ranking_loss(scores: Tensor) -> Tensor:
    """Cost of pairs out of order among the painted kinds and the rebuilt one, worst first, (scenes, kinds)."""
    better, worse = scores[:, 1 : PAINTED + 1], scores[:, :PAINTED]
    return F.softplus(worse - better).mean()


def marks(worst: float, best: float) -> tuple[float, float]:
    """Scale and shift that make sigmoid give 0.1 to the score of the middle one-step painting, 0.9 to a render's."""
    ends = math.log(_LOW / (1 - _LOW)), math.log(_HIGH / (1 - _HIGH))
    scale = (ends[1] - ends[0]) / (best - worst)
    return scale, ends[0] - scale * worst


@torch.no_grad()
def scores_of(net: nn.Module, kept: Paintings) -> Tensor:
    """Scores of all pictures, (scenes, kinds)."""
    rows = range(0, len(kept.pixels), 4)
    return torch.cat([net(kept.tensor(slice(row, row + 4)).flatten(0, 1)).view(-1, len(KINDS)) for row in rows])


def load_discriminator(folder: Path) -> nn.Module:
    """The network that `export` wrote, whichever it is."""
    held = {name: value.float() for name, value in load_file(folder / FILE).items()}
    net: nn.Module = HeadNet() if any(name.startswith("head.") for name in held) else Discriminator()
    net.load_state_dict(held)
    return net.eval()


def make(given: Namespace, run: Run) -> DiscriminatorRecipe:
    """The recipe that the options describe."""
    domain = DOMAINS[given.domain]
    kept = paintings(given.pipeline, domain, given.scenes, SEED, held=False, guidances=GUIDANCES)
    return DiscriminatorRecipe(run, domain, given.net, kept)


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    options = parser("discriminator", "Trains the discriminator.", steps=1200, batch=4)
    options.add_argument("--net", choices=NETS, default="conv")
    options.add_argument("--pipeline", type=Path, default=BUILT_IN, help="folder of the pipeline that paints")
    options.add_argument("--scenes", type=int, default=SCENES, help="scenes that are painted, in four ways each")
    given = options.parse_args(arguments)
    given.folder = given.folder or folder_of(given.domain, f"discriminator-{given.net}")
    launch(run_from(given), functools.partial(make, given))


if __name__ == "__main__":
    main()
