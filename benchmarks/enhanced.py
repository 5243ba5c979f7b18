"""Enhanced against raw on Sketch: `python -m benchmarks.enhanced [--threads 2] [--sheet OUT.webp] [--markdown]`.

100 requests in the words that the built-in model knows (tests/craft/enhanced.jsonl, written before any of their
pictures was seen), four seeds. Raw paints from the person's words with synonyms replaced by words that the model
learned; enhanced from what director, dialect and checker make of them. Both arms of a seed start from the same noise;
the judge of training/ decides. Pictures are kept by prompt, seed and weights, so that a run that was cut off goes on.
"""

import argparse
import asyncio
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from diffusers import StableDiffusionPipeline
from PIL import Image

from benchmarks.enhanced_arms import ARMS, SKETCH, Prompt, Record, prompts, read, sketch_card
from benchmarks.enhanced_judge import CATEGORIES, Answers, Referee, asked, own_errors
from benchmarks.enhanced_sheet import write
from benchmarks.tables import Rows, printed, share
from training.text2img import GUIDANCE, STEPS

REQUESTS = Path(__file__).parents[1] / "tests" / "craft" / "enhanced.jsonl"
KEPT = Path(__file__).parents[1] / "out" / "enhanced"
SEEDS = (1, 2, 3, 4)
RESAMPLES = 10_000
MOST_WORSE_POINTS = 2.0
LANGUAGES = {"en": "English", "zh": "Chinese", "mx": "mixed"}


class Painter:
    """Paints with the built-in model, or finds what it painted before."""

    def __init__(self, folder: Path) -> None:
        weights = [SKETCH / part / "diffusion_pytorch_model.safetensors" for part in ("unet", "vae")]
        weights.append(SKETCH / "text_encoder" / "model.safetensors")
        self._weights = hashlib.sha256(b"".join(path.read_bytes() for path in weights)).hexdigest()[:12]
        self._folder = folder / self._weights
        self._folder.mkdir(parents=True, exist_ok=True)
        self._made: StableDiffusionPipeline | None = None

    def pictures(self, prompt: Prompt, seeds: tuple[int, ...]) -> list[Image.Image]:
        """One picture a seed; none where there is nothing to paint."""
        if not prompt.text:
            return []
        paths = [self._folder / f"{_key(prompt)}-{seed}.png" for seed in seeds]
        left = [(seed, path) for seed, path in zip(seeds, paths, strict=True) if not path.exists()]
        if left:
            for (_, path), image in zip(left, self._paint(prompt, [seed for seed, _ in left]), strict=True):
                image.save(path.with_suffix(".part"), "PNG")
                path.with_suffix(".part").rename(path)
        return [Image.open(path).convert("RGB") for path in paths]

    @torch.no_grad()
    def _paint(self, prompt: Prompt, seeds: list[int]) -> list[Image.Image]:
        if self._made is None:
            self._made = StableDiffusionPipeline.from_pretrained(SKETCH, dtype=torch.float32)
            self._made.set_progress_bar_config(disable=True)
        output = self._made(
            [prompt.text] * len(seeds),
            negative_prompt=[prompt.negative] * len(seeds),
            num_inference_steps=STEPS,
            guidance_scale=GUIDANCE,
            generator=[torch.Generator("cpu").manual_seed(seed) for seed in seeds],
            height=256,
            width=256,
        )
        return list(output.images)


def _key(prompt: Prompt) -> str:
    return hashlib.sha256(json.dumps([prompt.text, prompt.negative]).encode()).hexdigest()[:20]


Result = dict[str, Any]


async def run(records: list[Record], painter: Painter, referee: Referee) -> list[Result]:
    """Both arms of every request: the prompts, and what was right about each picture."""
    card, results = sketch_card(), []
    for number, record in enumerate(records, 1):
        made = await prompts(record, card)
        pictures = {arm: painter.pictures(made[arm], SEEDS) for arm in ARMS}
        right = {arm: _answers(referee, record, pictures[arm]) for arm in ARMS}
        results.append({"record": record, "prompts": {arm: asdict(made[arm]) for arm in ARMS}, "right": right})
        print(f"\r{number} of {len(records)}", end="", flush=True)
    print()
    return results


def _answers(referee: Referee, record: Record, pictures: list[Image.Image]) -> list[Answers]:
    """A request that no picture came of has nothing right."""
    return referee.answers(record, pictures) if pictures else [dict.fromkeys(asked(record), False)] * len(SEEDS)


def shares(results: list[Result], arm: str, category: str = "") -> np.ndarray[Any, Any]:
    """Of each request that is judged in a category (or in any) the share of right answers, over seeds; shape (n,)."""
    rows = [
        [right for picture in one["right"][arm] for name, right in picture.items() if category in ("", name)]
        for one in results
    ]
    return np.array([np.mean(row) for row in rows if row])


def interval(differences: np.ndarray[Any, Any]) -> tuple[float, float]:
    """The 95 % bootstrap interval of the mean over requests, by percentiles (Efron, 1979)."""
    rng = np.random.default_rng(7)
    drawn = rng.integers(0, len(differences), (RESAMPLES, len(differences)))
    low, high = np.percentile(differences[drawn].mean(1), (2.5, 97.5))
    return float(low), float(high)


def row(name: str, results: list[Result], category: str = "") -> tuple[str, ...]:
    """One line of the table: both arms, and their difference with its interval, in points."""
    raw, enhanced = (shares(results, arm, category) for arm in ARMS)
    low, high = interval(100 * (enhanced - raw))
    difference = f"{100 * (enhanced - raw).mean():+.1f} ({low:+.1f} to {high:+.1f})"
    return f"{name} ({len(raw)})", f"{100 * raw.mean():.1f} %", f"{100 * enhanced.mean():.1f} %", difference


def table(results: list[Result]) -> Rows:
    """All requests, each category, each language."""
    rows: Rows = [("what (requests)", "raw", "enhanced", "points (95 %)"), row("everything asked", results)]
    present = [name for name in CATEGORIES if any(name in one["right"]["raw"][0] for one in results)]
    rows += [row(f"- {name}", results, name) for name in present]
    for lang, name in LANGUAGES.items():
        if some := [one for one in results if one["record"]["lang"] == lang]:
            rows.append(row(f"all in {name}", some))
    return rows


def verdict(results: list[Result]) -> str:
    """Whether enhanced wins, and which categories are worse by more than the two points that are allowed."""
    raw, enhanced = (shares(results, arm) for arm in ARMS)
    low, _ = interval(100 * (enhanced - raw))
    losses = {name: (shares(results, "enhanced", name), shares(results, "raw", name)) for name in CATEGORIES}
    worse = [
        f"{name} ({100 * (ours - theirs).mean():+.1f})"
        for name, (ours, theirs) in losses.items()
        if len(ours) and 100 * (ours - theirs).mean() < -MOST_WORSE_POINTS
    ]
    empty = sum(not one["prompts"]["enhanced"]["text"] for one in results)
    return (
        f"Enhanced {'wins' if low > 0 else 'does not win'}. Worse by more than {MOST_WORSE_POINTS:.0f} points: "
        f"{', '.join(worse) or 'nothing'}. Requests without a picture: {empty}."
    )


def faults(results: list[Result]) -> str:
    """Every request in which enhanced has more wrong than raw, with both prompts."""
    lines = []
    for one in results:
        wrong: Mapping[str, list[str]] = {
            arm: [name for picture in one["right"][arm] for name, right in picture.items() if not right] for arm in ARMS
        }
        if len(wrong["enhanced"]) > len(wrong["raw"]):
            lines.append(f"{one['record']['id']} {one['record']['words']}")
            lines += [f"  {arm}: {one['prompts'][arm]['text']} -> {', '.join(wrong[arm])}" for arm in ARMS]
    return "\n".join(lines)


def _firsts(one: Result, painter: Painter) -> dict[str, Image.Image]:
    """The first seed's picture of each arm that has one."""
    kept = {arm: painter.pictures(Prompt(**one["prompts"][arm]), SEEDS[:1]) for arm in ARMS}
    return {arm: pictures[0] for arm, pictures in kept.items() if pictures}


def main() -> None:
    """Paint what is not painted yet, judge everything, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--faults", action="store_true", help="list the requests in which raw is better")
    parser.add_argument(
        "--truth", type=int, metavar="COUNT", help="measure the judge on so many true renders, and stop"
    )
    parser.add_argument("--sheet", type=Path, help="write a contact sheet of every eighth request here, as WebP")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    if options.truth:
        errors = own_errors(Referee(), options.truth)
        rows: Rows = [("true renders judged wrong", ""), *((name, share(*error)) for name, error in errors.items())]
        print(printed(rows, markdown=options.markdown))
        return
    painter = Painter(KEPT)
    results = asyncio.run(run(read(REQUESTS), painter, Referee()))
    (KEPT / "results.json").write_text(json.dumps(results, ensure_ascii=False), encoding="utf-8")
    print(printed(table(results), markdown=options.markdown))
    print(verdict(results))
    if options.faults:
        print(faults(results))
    if options.sheet:
        write([(one["record"]["words"], _firsts(one, painter)) for one in results], ARMS, options.sheet)


if __name__ == "__main__":
    main()
