"""Puts trained weights where Limner finds them, with a model card: `python -m training.land WEIGHTS FOLDER`.

A folder with a model_index.json lands as a StableDiffusionPipeline in float16; any other one file by file, its large
tensors in float8 (e4m3), which transformers and diffusers read as float32, and the rest in float16.
"""

import json
import shutil
import subprocess
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from diffusers import StableDiffusionPipeline
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from training.denoiser import save_half
from training.vocabulary import compact

_LEAST_VALUES, _MOST_MOVED = 4096, 0.04
_CARD = """---
license: apache-2.0
library_name: {library}
pipeline_tag: {task}
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

Measured with `{measured}`.

## Limits

{limits}
"""


def commit() -> str:
    """The commit that the working tree stands on, or 'unknown' outside a repository."""
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def figures_table(found: dict[str, Any]) -> str:
    """What was measured as a Markdown table: over all, then for each style where styles are told apart."""
    groups = {"": found["figures"], **{f" ({style})": rows for style, rows in found.get("styles", {}).items()}}
    rows = [
        f"| {name}{group} | {_said(entry)} | {entry['of']:.0f} |"
        for group, some in groups.items()
        for name, entry in some.items()
    ]
    return "\n".join(["| asked | found | of |", "|---|---|---|", *rows])


def _said(entry: dict[str, float]) -> str:
    """A share of right answers, or decibels."""
    return f"{100 * entry['right']:.1f} %" if "right" in entry else f"{entry['db']:.2f} dB"


def card(given: Namespace, folder: Path) -> str:
    """The model card's text."""
    bytes_ = sum(path.stat().st_size for path in _weights(folder))
    tables = [figures_table(json.loads(path.read_text(encoding="utf-8"))) for path in given.figures]
    named = ("name", "about", "data", "recipe", "training", "seed", "limits", "library", "task", "measured")
    said = {name: getattr(given, name) for name in named}
    kept = "float16" if (folder / "model_index.json").exists() else "float8 (large tensors) and float16"
    size = f"{bytes_ / 1e6:.2f} MB in {kept}"
    return _CARD.format(commit=given.commit or commit(), size=size, figures="\n\n".join(tables), **said)


def _weights(folder: Path) -> list[Path]:
    """The weights of this model: in a pipeline those of its parts, not of other models that lie in folders beside."""
    index = folder / "model_index.json"
    parts = json.loads(index.read_text(encoding="utf-8")) if index.exists() else {}
    folders = [folder / name for name in parts if (folder / name).is_dir()] or [folder]
    return [path for one in folders for path in sorted(one.glob("*.safetensors"))]


def land(weights: Path, folder: Path) -> None:
    """Write the model, one file a part, under the names that its library looks for."""
    folder.mkdir(parents=True, exist_ok=True)
    is_pipeline = (weights / "model_index.json").exists()
    if is_pipeline:
        save_half(StableDiffusionPipeline.from_pretrained(weights, dtype=torch.float32), folder, "5GB")
    else:
        for path in sorted(weights.iterdir()):
            shutil.copyfile(path, folder / path.name)
    for path in _weights(folder):
        shrink(path, half if is_pipeline else rounded)
    for path in folder.rglob("*.json"):
        if path.name != "limner.json":
            _tidy(path)
    reader = (folder / "tokenizer", folder / "text_encoder") if is_pipeline else (folder, folder)
    if (reader[1] / "model.safetensors").exists() and (reader[0] / "tokenizer.json").exists():
        compact(*reader)


def shrink(path: Path, lower: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Store every floating-point tensor of a safetensors file as `lower` gives it; what is said of the file stays."""
    with safe_open(path, "pt") as file:
        told = file.metadata() or {"format": "pt"}
    held = {name: lower(value) if value.is_floating_point() else value for name, value in load_file(path).items()}
    save_file(held, path, metadata=told)
    path.chmod(0o644)


def half(value: torch.Tensor) -> torch.Tensor:
    """The tensor in float16."""
    return value.half()


def rounded(value: torch.Tensor) -> torch.Tensor:
    """A matrix or kernel of 4,096 values and more in float8, unless that moves it by over 4 %; else in float16.

    Common weights move by 2.7 % of their norm; values below 2^-6 lose more, those above 448 have no place in it. Small
    tensors weigh little and count: the kernels that see and make pixels are among them.
    """
    if value.ndim < 2 or value.numel() < _LEAST_VALUES:
        return value.half()
    small = value.to(torch.float8_e4m3fn)
    moved = (small.float() - value.float()).norm()
    return small if moved <= _MOST_MOVED * value.float().norm() else value.half()


def _tidy(path: Path) -> None:
    """Leave out where the weights once lay; word lists in one line, since they weigh three times as much in many.

    A config that says float16 would have transformers compute in it, which is slow on a CPU: it says float32.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    for part in (data, *(value for value in data.values() if isinstance(value, dict))):
        part.pop("_name_or_path", None)
        if part.get("dtype") == "float16":
            part["dtype"] = "float32"
    form: dict[str, Any] = {"separators": (",", ":")} if path.name == "tokenizer.json" else {"indent": 2}
    path.write_text(json.dumps(data, ensure_ascii=False, **form) + "\n", encoding="utf-8")


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    options = ArgumentParser(prog="python -m training.land", description="Puts weights and a card in place.")
    options.add_argument("weights", type=Path, help="folder of the trained model")
    options.add_argument("folder", type=Path, help="where to put it")
    options.add_argument("--figures", type=Path, required=True, nargs="+", help="what the measuring commands printed")
    options.add_argument("--measured", required=True, help="the commands that printed them")
    options.add_argument("--name", default="Sketch")
    options.add_argument("--about", default="A small text-to-image model, trained from scratch on a drawn world.")
    options.add_argument("--data", default="Scenes drawn by training/world: 16 subjects, 8 places, 3 styles.")
    options.add_argument("--recipe", default="training/autoencoder.py, training/text2img.py (flow matching)")
    options.add_argument("--training", required=True, help="hours, device and samples")
    options.add_argument("--seed", default="0")
    options.add_argument("--commit", default="", help="the commit it was trained at (default: the one checked out)")
    options.add_argument("--limits", default="It knows nothing but the world's subjects; see docs/sketch.md.")
    options.add_argument("--library", default="diffusers")
    options.add_argument("--task", default="text-to-image", help="the hub's name for what it does")
    given = options.parse_args(arguments)
    land(given.weights, given.folder)
    (given.folder / "README.md").write_text(card(given, given.folder), encoding="utf-8")


if __name__ == "__main__":
    main()
