"""Fits what a CLIP's cosine means: `python -m training.calibrate FOLDER` writes scale and shift into its limner.json.

Consistency is sigmoid(scale x cosine + shift), the share of such cosines that belong to a right caption when half of
all captions are wrong (Platt 1999): half of the wrong ones tell of another scene, the others of the same scene with
one thing changed. Fitted on renders of combinations that CLIP may have met, measured on held-out ones.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from random import Random

import torch
import torch.nn.functional as F
from torch import Tensor
from transformers import CLIPImageProcessor, CLIPModel, CLIPTokenizer

from training.options import DOMAINS
from training.pictures import draw_scenes
from training.world import Domain, caption, render
from training.world.altering import altered

_GROUP = 32


@torch.no_grad()
def cosines(folder: Path, domain: Domain, count: int, seed: int, *, held: bool) -> tuple[Tensor, Tensor]:
    """Cosines of `count` renders with their own captions (count,), and with two wrong ones each (2 x count,)."""
    model = CLIPModel.from_pretrained(folder, dtype=torch.float32)
    processor, tokenizer = CLIPImageProcessor.from_pretrained(folder), CLIPTokenizer.from_pretrained(folder)
    rng, right, wrong = Random(seed), list[Tensor](), list[Tensor]()
    for _ in range(0, count, _GROUP):
        scenes = draw_scenes(rng, domain, _GROUP, held)
        texts = [caption(scene, rng) for scene in scenes] + [
            caption(altered(scene, rng, domain), rng) for scene in scenes
        ]
        pixels = processor(images=[render(scene).image for scene in scenes], return_tensors="pt").pixel_values
        words = tokenizer(texts, padding=True, truncation=True, return_tensors="pt")
        out = model(pixel_values=pixels, **words)
        near = out.image_embeds @ out.text_embeds.T
        own, others = near[:, :_GROUP], near[:, :_GROUP].roll(1, 1)
        right.append(own.diagonal())
        wrong += [others.diagonal(), near[:, _GROUP:].diagonal()]
    return torch.cat(right), torch.cat(wrong)


def fitted(right: Tensor, wrong: Tensor) -> tuple[float, float]:
    """Scale and shift of the logistic curve with the least cross-entropy; right and wrong weigh the same."""
    values = torch.cat([right, wrong]).double()
    truth = torch.cat([torch.ones(len(right)), torch.zeros(len(wrong))]).double()
    weight = torch.where(truth > 0, 0.5 / len(right), 0.5 / len(wrong)).double()
    line = torch.zeros(2, dtype=torch.double, requires_grad=True)
    search = torch.optim.LBFGS([line], max_iter=200, line_search_fn="strong_wolfe")

    def cost() -> Tensor:
        search.zero_grad()
        loss = F.binary_cross_entropy_with_logits(line[0] * values + line[1], truth, weight, reduction="sum")
        torch.autograd.backward(loss)
        return loss

    search.step(cost)  # type: ignore[no-untyped-call]
    scale, shift = line.detach().tolist()
    return scale, shift


def figures(right: Tensor, wrong: Tensor, scale: float, shift: float) -> dict[str, float]:
    """What the curve gives to right captions, to those of other scenes and to altered ones."""
    told = [(scale * values + shift).sigmoid() for values in (right, wrong)]
    groups = told[1].view(-1, 2, _GROUP)
    return {
        "right caption, mean": round(told[0].mean().item(), 3),
        "another scene's, mean": round(groups[:, 0].mean().item(), 3),
        "altered caption, mean": round(groups[:, 1].mean().item(), 3),
        "on the right side of a half": round(
            ((told[0] > 0.5).float().mean() + (told[1] < 0.5).float().mean()).item() / 2, 3
        ),
    }


def main(arguments: list[str] | None = None) -> None:
    """Command line: writes limner.json and prints one JSON object with the figures on held-out scenes."""
    options = ArgumentParser(prog="python -m training.calibrate", description="Fits what a CLIP's cosine means.")
    options.add_argument("folder", type=Path, help="folder of the CLIPModel")
    options.add_argument("--domain", choices=DOMAINS, default="starter")
    options.add_argument("--count", type=int, default=1024)
    options.add_argument("--seed", type=int, default=9090)
    given = options.parse_args(arguments)
    torch.set_num_threads(1)
    domain = DOMAINS[given.domain]
    scale, shift = fitted(*cosines(given.folder, domain, given.count, given.seed, held=False))
    path = given.folder / "limner.json"
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    told = kept | {"scale": round(scale, 3), "shift": round(shift, 3)}
    path.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    held = figures(*cosines(given.folder, domain, given.count, given.seed + 1, held=True), scale, shift)
    print(json.dumps({"scale": scale, "shift": shift, "held out": held, "of": given.count}, indent=1))


if __name__ == "__main__":
    main()
