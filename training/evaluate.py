"""Measures a pipeline with the judge: `python -m training.evaluate PIPELINE --count 200 --sheet OUT.png`."""

import json
from argparse import ArgumentParser
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import torch
from diffusers import StableDiffusionPipeline
from PIL import Image, ImageDraw

from training.checks import Judge, Verdict, figures
from training.judge import JudgeEyes
from training.options import DOMAINS, folder_of
from training.pictures import draw_scenes
from training.progress import Progress
from training.text2img import GUIDANCE, STEPS, paint
from training.world import Domain, Scene, caption, render
from training.world.sheet import sheet

_BATCH = 8


@dataclass(frozen=True)
class Question:
    """What to measure: how many pictures of which kinds, from seen or held-out combinations.

    With no kinds true renders are of all kinds, as often as the domain has them.
    """

    kinds: tuple[str, ...] = ("one",)
    count: int = 200
    held: bool = True
    seed: int = 4242
    steps: int = STEPS
    guidance: float = GUIDANCE


def asked_scenes(domain: Domain, kind: str, count: int, seed: int, held: bool | None) -> list[Scene]:
    """Scenes of one kind, from combinations that training never met where held is True.

    Kinds are 'one', 'pair', 'count', and 'colour': one thing in a colour that was asked for.
    """
    rng = Random(seed)
    if kind != "colour":
        return draw_scenes(rng, replace(domain, kinds={kind: 1.0}), count, held)
    asked = replace(domain, kinds={"one": 1.0}, coloured=1.0)
    scenes: list[Scene] = []
    while len(scenes) < count:
        scenes += [scene for scene in draw_scenes(rng, asked, count, held) if scene.things[0].colour]
    return scenes[:count]


def painted(made: StableDiffusionPipeline, prompts: list[str], asked: Question) -> list[Image.Image]:
    """One picture a prompt."""
    pictures: list[Image.Image] = []
    with Progress("painting", len(prompts)) as progress:
        for start in range(0, len(prompts), _BATCH):
            pictures += paint(made, prompts[start : start + _BATCH], asked.seed + start, asked.steps, asked.guidance)
            progress.update(len(pictures), {})
    return pictures


def error_sheet(pictures: list[Image.Image], verdicts: list[Verdict]) -> Image.Image:
    """The pictures, with a red frame and what the judge took them for where it found fault."""
    tiles = []
    for picture, verdict in zip(pictures, verdicts, strict=True):
        tile = picture.resize((160, 160))
        wrong = [
            n for n in ("subject", "second", "place", "colour", "count", "relation") if getattr(verdict, n) is False
        ]
        if wrong:
            pen = ImageDraw.Draw(tile)
            pen.rectangle((0, 0, 159, 159), outline=(230, 20, 20), width=4)
            pen.text((6, 6), f"{' '.join(wrong)}: {verdict.named}, {verdict.seen_place}", fill=(230, 20, 20))
        tiles.append(tile)
    return sheet(tiles, 8)


def measure(
    pipeline: Path | None, domain: Domain, judge: Judge, asked: Question, device: str, sheet_path: Path | None = None
) -> dict[str, Any]:
    """Figures of a pipeline folder, or of true renders (the judge's own error) where there is none."""
    held = True if asked.held and pipeline else None
    scenes = [s for kind in asked.kinds for s in asked_scenes(domain, kind, asked.count, asked.seed, held)]
    if pipeline is None:
        scenes = scenes or draw_scenes(Random(asked.seed), domain, asked.count, held)
        pictures = [render(scene).image for scene in scenes]
    else:
        rng = Random(asked.seed)
        made = StableDiffusionPipeline.from_pretrained(pipeline, dtype=torch.float32).to(device)
        made.set_progress_bar_config(disable=True)
        pictures = painted(made, [caption(scene, rng) for scene in scenes], asked)
    verdicts = judge.judge(scenes, pictures)
    if sheet_path:
        error_sheet(pictures[:64], verdicts[:64]).save(sheet_path)
    by_style = {
        style: [v for s, v in zip(scenes, verdicts, strict=True) if s.style == style] for style in domain.styles
    }
    styles = {style: _shares(some) for style, some in by_style.items() if some}
    return {"figures": _shares(verdicts), "styles": styles, "confused": _confused(scenes, verdicts)}


def _shares(verdicts: list[Verdict]) -> dict[str, dict[str, float]]:
    return {name: {"right": round(share, 4), "of": of} for name, (share, of) in figures(verdicts).items()}


def _confused(scenes: list[Scene], verdicts: list[Verdict]) -> dict[str, int]:
    pairs = zip(scenes, verdicts, strict=True)
    counted = Counter(f"{s.things[0].subject} as {v.named}" for s, v in pairs if v.subject is False)
    return dict(counted.most_common(12))


def main(arguments: list[str] | None = None) -> None:
    """Command line: prints one JSON object with the figures."""
    options = ArgumentParser(prog="python -m training.evaluate", description="Measures a pipeline with the judge.")
    options.add_argument("pipeline", type=Path, nargs="?", help="folder; without it, the judge itself on true renders")
    options.add_argument("--domain", choices=DOMAINS, default="starter")
    options.add_argument("--judge", type=Path, help="folder of the judge (default: this domain's)")
    options.add_argument("--kinds", nargs="+", choices=("one", "pair", "count", "colour"))
    options.add_argument("--count", type=int, default=200, help="pictures of each kind")
    options.add_argument("--seen", action="store_true", help="ask for any combination, not only held-out ones")
    options.add_argument("--style", help="one style only")
    options.add_argument("--seed", type=int, default=4242)
    options.add_argument("--steps", type=int, default=STEPS)
    options.add_argument("--guidance", type=float, default=GUIDANCE)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options.add_argument("--sheet", type=Path, help="where to keep a sheet of the first 64 pictures")
    given = options.parse_args(arguments)
    torch.set_num_threads(given.threads)
    domain = DOMAINS[given.domain]
    if given.style:
        domain = replace(domain, styles={given.style: 1.0})
    eyes = JudgeEyes.load(given.judge or folder_of(given.domain, "judge") / "weights", given.device)
    judge = Judge(eyes, domain)
    kinds = tuple(given.kinds or (["one"] if given.pipeline else []))
    asked = Question(kinds, given.count, not given.seen, given.seed, given.steps, given.guidance)
    print(json.dumps(measure(given.pipeline, domain, judge, asked, given.device, given.sheet), indent=1))


if __name__ == "__main__":
    main()
