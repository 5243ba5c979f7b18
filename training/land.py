"""Puts trained weights where Limner finds them, with a model card: `python -m training.land WEIGHTS FOLDER`."""

import json
import subprocess
from argparse import ArgumentParser, Namespace
from pathlib import Path

import torch
from diffusers import StableDiffusionPipeline

from training.denoiser import save_half

_CARD = """---
license: apache-2.0
library_name: diffusers
pipeline_tag: text-to-image
---
# {name}

{about}

| | |
|---|---|
| Data | {data} |
| Recipe | {recipe} |
| Training | {training} |
| Seed | {seed} |
| Commit | {commit} |
| Size | {size} |
| Licence | Apache-2.0. Glyphs of the drawn world come from Noto Color Emoji (SIL Open Font License 1.1). |

## Figures

{figures}

## Limits

{limits}
"""


def commit() -> str:
    """The commit that the working tree stands on, or 'unknown' outside a repository."""
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def figures_table(figures: dict[str, dict[str, float]]) -> str:
    """Figures of the judge as a Markdown table."""
    rows = [f"| {name} | {100 * entry['right']:.1f} % | {entry['of']:.0f} |" for name, entry in figures.items()]
    return "\n".join(["| asked | right | of |", "|---|---|---|", *rows])


def card(given: Namespace, folder: Path) -> str:
    """The model card's text."""
    bytes_ = sum(path.stat().st_size for path in folder.rglob("*.safetensors"))
    figures = json.loads(given.figures.read_text(encoding="utf-8"))["figures"]
    return _CARD.format(
        name=given.name,
        about=given.about,
        data=given.data,
        recipe=given.recipe,
        training=given.training,
        seed=given.seed,
        commit=commit(),
        size=f"{bytes_ / 1e6:.1f} MB in float16",
        figures=figures_table(figures),
        limits=given.limits,
    )


def land(weights: Path, folder: Path) -> None:
    """Write the pipeline in float16, one file a part, under the names that StableDiffusionPipeline looks for."""
    made = StableDiffusionPipeline.from_pretrained(weights, dtype=torch.float32)
    save_half(made, folder, "5GB")


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    options = ArgumentParser(prog="python -m training.land", description="Puts weights and a card in place.")
    options.add_argument("weights", type=Path, help="folder of the trained pipeline")
    options.add_argument("folder", type=Path, help="where to put it")
    options.add_argument("--figures", type=Path, required=True, help="what training.evaluate printed")
    options.add_argument("--name", default="Sketch")
    options.add_argument("--about", default="A small text-to-image model, trained from scratch on a drawn world.")
    options.add_argument("--data", default="Scenes drawn by training/world: 16 subjects, 8 places, 3 styles.")
    options.add_argument("--recipe", default="training/autoencoder.py, training/text2img.py (flow matching)")
    options.add_argument("--training", required=True, help="hours, device and samples")
    options.add_argument("--seed", default="0")
    options.add_argument("--limits", default="It knows nothing but the world's subjects; see docs/sketch.md.")
    given = options.parse_args(arguments)
    land(given.weights, given.folder)
    (given.folder / "README.md").write_text(card(given, given.folder), encoding="utf-8")


if __name__ == "__main__":
    main()
