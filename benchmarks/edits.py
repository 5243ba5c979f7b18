"""How small changes are best painted on Sketch: `python -m benchmarks.edits [--threads 2] [--markdown]`.

Ten changes of a colour or of the time of day, two seeds each. The first picture is painted from noise; its change from
the same noise with the new prompt ('same seed'), and from the first picture at several strengths (img2img). Each way:
- right: the judge of training/ finds all that the changed request asks for;
- things: overlap (intersection over union) of where the judge sees the things before and after;
- edges: correlation of the two pictures' gradients;
- rest: mean difference of pixels (of 255) away from the things.
Pictures are kept in out/edits, so that a run that was cut off goes on.
"""

import argparse
import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from diffusers import StableDiffusionImg2ImgPipeline, StableDiffusionPipeline
from PIL import Image, ImageFilter

from benchmarks.enhanced_arms import SKETCH, sketch_card
from benchmarks.enhanced_judge import Referee
from benchmarks.tables import Rows, printed
from bot import Message, Plan, ToolContext
from bot.director.followup import change
from bot.director.understand import understand
from bot.standing import fields_of
from bot.testing import PaperEngine
from tools.imagine import Imagine
from training.judge import JudgeEyes
from training.options import folder_of
from training.text2img import GUIDANCE, STEPS

KEPT = Path(__file__).parents[1] / "out" / "edits"
SEEDS = (1, 2)
STRENGTHS = (0.5, 0.625, 0.75, 0.875)
SIDE_PX = 256
NEAR_PX = 13
Record = Mapping[str, Any]
Mask = npt.NDArray[np.bool_]


def _thing(subject: str, colour: str = "") -> dict[str, str]:
    return {"subject": subject} | ({"colour": colour} if colour else {})


CHANGES: tuple[tuple[str, str, Record], ...] = (
    ("a red car in the city", "make it blue", {"things": [_thing("car", "blue")], "place": "city"}),
    ("a yellow house on a meadow", "paint the house red", {"things": [_thing("house", "red")], "place": "meadow"}),
    ("a white sailboat on the sea", "make it orange", {"things": [_thing("sailboat", "orange")], "place": "sea"}),
    ("a pink tulip on a meadow", "make it purple", {"things": [_thing("tulip", "purple")], "place": "meadow"}),
    (
        "a green car left of a dog in the city",
        "make the car black",
        {"things": [_thing("car", "black"), _thing("dog")], "relation": "left", "place": "city"},
    ),
    (
        "a cat right of a blue house on a meadow",
        "make the house yellow",
        {"things": [_thing("cat"), _thing("house", "yellow")], "relation": "right", "place": "meadow"},
    ),
    ("a cat on a beach", "same, but at night", {"things": [_thing("cat")], "place": "beach", "time": "night"}),
    ("a castle on a meadow", "at sunset", {"things": [_thing("castle")], "place": "meadow", "time": "sunset"}),
    ("a red car in the city at night", "by day", {"things": [_thing("car", "red")], "place": "city", "time": "day"}),
    ("a penguin in the snow", "at night", {"things": [_thing("penguin")], "place": "snow", "time": "night"}),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What one change kept of one picture."""

    way: str
    kind: str
    right: bool
    things: float
    edges: float
    rest: float


class Painter:
    """Paints with the built-in model from noise or from a picture, or finds what it painted before."""

    @cached_property
    def _pipe(self) -> Any:
        pipe = StableDiffusionPipeline.from_pretrained(SKETCH, dtype=torch.float32)
        pipe.set_progress_bar_config(disable=True)
        return pipe

    @cached_property
    def _img2img(self) -> Any:
        pipe = StableDiffusionImg2ImgPipeline(**self._pipe.components)
        pipe.set_progress_bar_config(disable=True)
        return pipe

    @torch.no_grad()
    def paint(self, name: str, plan: Plan, seed: int, start: tuple[Image.Image, float] | None = None) -> Image.Image:
        """The picture of that name; `start` is a picture and the strength."""
        path = KEPT / f"{name}.png"
        if not path.exists():
            how: dict[str, Any] = {"height": SIDE_PX, "width": SIDE_PX}
            how = how if start is None else {"image": start[0], "strength": start[1]}
            pipe = self._pipe if start is None else self._img2img
            noise = torch.Generator("cpu").manual_seed(seed)
            made = pipe(plan.prompt, num_inference_steps=STEPS, guidance_scale=GUIDANCE, generator=noise, **how)
            path.parent.mkdir(parents=True, exist_ok=True)
            made.images[0].save(path)
        return Image.open(path).convert("RGB")


class Measure:
    """Compares a picture with its change."""

    def __init__(self) -> None:
        self._referee = Referee()
        self._eyes = JudgeEyes.load(folder_of("starter", "judge") / "weights")

    def kept(self, way: str, record: Record, before: Image.Image, after: Image.Image) -> Kept:
        """What the change kept, and whether it shows what was asked."""
        subjects = [one["subject"] for one in record["things"]]
        first, second = (self._where(one, subjects) for one in (before, after))
        either = first | second
        rest = ~np.asarray(Image.fromarray(either).convert("L").filter(ImageFilter.MaxFilter(NEAR_PX)), bool)
        difference = np.abs(np.asarray(before, np.float64) - np.asarray(after, np.float64)).mean(2)
        [answers] = self._referee.answers(record, [after])
        return Kept(
            way,
            "time of day" if "time" in record else "colour",
            all(answers.values()),
            float((first & second).sum() / max(either.sum(), 1)),
            float(np.corrcoef(_edges(before).ravel(), _edges(after).ravel())[0, 1]),
            float(difference[rest].mean()),
        )

    def _where(self, image: Image.Image, subjects: list[str]) -> Mask:
        """Where the judge sees any of the subjects, at the picture's size."""
        labels = self._eyes.look([image])[0].argmax(0)
        seen = np.isin(labels, [2 + self._eyes.subjects.index(one) for one in subjects])
        cell_px = SIDE_PX // len(labels)
        return np.kron(seen, np.ones((cell_px, cell_px))) > 0


def _edges(image: Image.Image) -> npt.NDArray[np.float64]:
    across, down = np.gradient(np.asarray(image.convert("L"), np.float64))
    return np.hypot(across, down)


async def plans(words: str, asked: str) -> tuple[Plan, Plan]:
    """What Limner paints a wish and its change from."""
    card, tool = sketch_card(), Imagine()
    wish = understand(words, None)
    assert not isinstance(wish, str)
    context = ToolContext("bench/call", Message("bench", "event", "ana", words), PaperEngine(), card)
    (first,) = (await tool.run(wish, context)).plans
    changed = change(asked, fields_of(first))
    assert changed is not None
    context = ToolContext(
        "bench/call", Message("bench", "event", "ana", asked), PaperEngine(), card, first, "first", None
    )
    (second,) = (await tool.run(changed, context)).plans
    return first, second


def measured() -> list[Kept]:
    """All ways of all changes."""
    painter, measure, found = Painter(), Measure(), []
    for number, (words, asked, record) in enumerate(CHANGES):
        first, second = asyncio.run(plans(words, asked))
        for seed in SEEDS:
            name = f"{number}-{seed}"
            before = painter.paint(name, first, seed)
            ways = {"same seed": painter.paint(f"{name}-seed", second, seed)}
            for strength in STRENGTHS:
                ways[f"img2img {strength:g}"] = painter.paint(f"{name}-{strength}", second, seed, (before, strength))
            found += [measure.kept(way, record, before, after) for way, after in ways.items()]
        print(f"\r{number + 1} of {len(CHANGES)}", end="", flush=True)
    print()
    return found


def table(found: list[Kept]) -> Rows:
    """A row for each kind and way."""
    rows: Rows = [("change", "painted", "right", "things", "edges", "rest")]
    for kind, way in dict.fromkeys((one.kind, one.way) for one in found):
        group = [one for one in found if (one.kind, one.way) == (kind, way)]
        means = [np.mean([getattr(one, name) for one in group]) for name in ("things", "edges", "rest")]
        figures = (f"{means[0]:.2f}", f"{means[1]:.2f}", f"{means[2]:.1f}")
        rows.append((kind, way, f"{sum(one.right for one in group)} of {len(group)}", *figures))
    return rows


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    print(printed(table(measured()), markdown=options.markdown))


if __name__ == "__main__":
    main()
