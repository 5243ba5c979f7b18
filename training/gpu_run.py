"""Trains the whole family on a machine that is lent for minutes: `python -m training.gpu_run --out OUT`.

One call renders, trains, checks and packs what it has within its minutes. The next call goes on from the parts that the
last one left (`--start PARTS`) or from the cache, where the machine is still the same: finished stages are skipped,
text2img goes on. Needs torch, diffusers, transformers, numpy, pillow and safetensors. `--rehearse` does it in small.
"""

import json
import os
import shutil
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch

from training import autoencoder, bundle, captioner, clip, judge, latents, text2img, upscaler
from training.checks import Judge
from training.evaluate import Question, measure
from training.files import home
from training.judge import JudgeEyes
from training.options import DOMAINS, folder_of

_MAINS: dict[str, Callable[[list[str]], None]] = {
    "autoencoder": autoencoder.main,
    "judge": judge.main,
    "clip": clip.main,
}
_EXTRAS: dict[str, tuple[Callable[[list[str]], None], list[str]]] = {
    "upscaler-x2": (upscaler.main, ["--scale", "2"]),
    "captioner": (captioner.main, []),
    "clip-small": (clip.main, ["--size", "small"]),
}
_STAGES = ("tokenizer", *_MAINS, "text2img", *_EXTRAS)


@dataclass(frozen=True)
class Plan:
    """Minutes for each stage and sizes; text2img gets what is left, less `closing_min` for figures and packing."""

    minutes: dict[str, float]
    closing_min: float
    shards: int
    batches: dict[str, int]
    pictures: int


REAL = Plan(
    {"autoencoder": 2.6, "judge": 1.4, "clip": 1.6, "upscaler-x2": 2.0, "captioner": 2.5, "clip-small": 2.0},
    0.8,
    400,
    {
        "autoencoder": 64,
        "judge": 128,
        "clip": 512,
        "text2img": 768,
        "upscaler-x2": 32,
        "captioner": 256,
        "clip-small": 512,
    },
    128,
)
REHEARSAL = Plan(
    dict.fromkeys((*_MAINS, *_EXTRAS), 0.3),
    0.4,
    2,
    dict.fromkeys((*_MAINS, *_EXTRAS, "text2img"), 8),
    8,
)


class GpuRun:
    """One call: `go` runs the stages until the time is up."""

    def __init__(self, domain: str, plan: Plan, minutes: float, device: str) -> None:
        self._domain, self._plan, self._device = domain, plan, device
        self._end_s = time.monotonic() + 60 * minutes
        self._workers = max(1, (os.cpu_count() or 2) - 1)
        self._log: list[str] = []

    def left_min(self) -> float:
        """Minutes until this call must have packed."""
        return (self._end_s - time.monotonic()) / 60

    def go(self, extras: bool) -> None:
        """Every stage that is not done yet, in order, as far as the time goes; the smaller models instead if asked."""
        for name, main in _MAINS.items():
            self._stage(name, main, [])
        if extras:
            for name, (main, options) in _EXTRAS.items():
                self._stage(name, main, options)
            return
        self._draw_latents()
        self._text2img()

    def _options(self, stage: str, minutes: float) -> list[str]:
        batch = self._plan.batches[stage]
        common = {"domain": self._domain, "device": self._device, "minutes": f"{minutes:.3f}", "batch": batch}
        common |= {"workers": self._workers, "steps": 1_000_000, "save-every": 100_000, "sheet-every": 1_000_000}
        return [word for name, value in common.items() for word in (f"--{name}", str(value))]

    def _stage(self, name: str, main: Callable[[list[str]], None], options: list[str]) -> None:
        minutes, folder = self._plan.minutes[name], folder_of(self._domain, name)
        if (folder / "weights").exists() or self.left_min() < minutes + self._plan.closing_min:
            return
        words = [*self._options(name, minutes), "--folder", str(folder), *options]
        self._timed(name, lambda: main(words))

    def _draw_latents(self) -> None:
        vae = folder_of(self._domain, "autoencoder") / "weights"
        indices = [latents.VALIDATION_SHARD, *range(self._plan.shards)]
        half_min = (self.left_min() - self._plan.closing_min) / 2
        if not vae.exists() or half_min <= 0:
            return
        self._timed(
            "latents", lambda: latents.build_until(self._domain, vae, indices, self._device, self._workers, half_min)
        )

    def _text2img(self) -> None:
        minutes = self.left_min() - self._plan.closing_min
        folder = folder_of(self._domain, "text2img")
        if minutes <= 0.1 or not (folder_of(self._domain, "clip") / "weights").exists():
            return
        options = [*self._options("text2img", minutes), "--rate", "8e-4", "--chinese", "0.15"]
        if (folder / "weights").exists() and not (folder / "checkpoint.pt").exists():
            start = folder / "start"
            shutil.rmtree(start, ignore_errors=True)
            shutil.copytree(folder / "weights", start)
            options += ["--start", str(start)]
        self._timed("text2img", lambda: text2img.main(options))

    def _timed(self, name: str, work: Callable[[], object]) -> None:
        start_s = time.monotonic()
        work()
        self._log.append(f"{name}: {time.monotonic() - start_s:.0f} s on {self._device}")
        print(self._log[-1], f"({self.left_min():.1f} min left)", flush=True)

    def check(self) -> None:
        """Measure the judge on true renders and the pipeline on held-out combinations, as far as both exist."""
        judged, painted = (folder_of(self._domain, name) / "weights" for name in ("judge", "text2img"))
        if not judged.exists():
            return
        domain = DOMAINS[self._domain]
        seer = Judge(JudgeEyes.load(judged, self._device), domain)
        asked = Question(("one",), self._plan.pictures)
        found = {"judge on true renders": measure(None, domain, seer, asked, self._device)}
        if painted.exists():
            sheet = folder_of(self._domain, "text2img") / "judged.png"
            found["text2img, held out"] = measure(painted, domain, seer, asked, self._device, sheet)
        text = json.dumps({"stages": self._log, **found}, indent=1)
        (home() / self._domain / "figures.json").write_text(text + "\n", encoding="utf-8")
        print(text, flush=True)

    def bring_home(self, out: Path) -> None:
        """Pack weights, sheets, curves and figures of every stage; checkpoints and latents stay behind."""
        root, gathered = home() / self._domain, home() / "gathered"
        shutil.rmtree(gathered, ignore_errors=True)
        painted = (root / "text2img" / "weights").exists()
        for stage in _STAGES:
            for path in (root / stage).rglob("*"):
                inside = path.relative_to(root)
                spare = inside.parts[1] == "start" or (
                    painted and "text_encoder" in inside.parts and stage.startswith("clip")
                )
                if path.is_file() and not spare and path.suffix not in (".pt", ".part") and path.name != "lock":
                    (gathered / inside).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, gathered / inside)
        if (root / "figures.json").exists():
            shutil.copy(root / "figures.json", gathered)
        for path in bundle.pack(gathered, out):
            print(path.name, path.stat().st_size, flush=True)


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    options = ArgumentParser(prog="python -m training.gpu_run", description="Trains the family in minutes on a GPU.")
    options.add_argument("--out", type=Path, required=True, help="folder for the parts to bring home")
    options.add_argument("--start", type=Path, help="folder with the parts of the last call")
    options.add_argument("--domain", choices=DOMAINS, default="world")
    options.add_argument("--minutes", type=float, default=8.5)
    options.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options.add_argument("--extras", action="store_true", help="upscaler, captioner and small CLIP instead of text2img")
    options.add_argument("--rehearse", action="store_true", help="everything in small, on any device")
    given = options.parse_args(arguments)
    if not given.rehearse and given.device == "cpu":
        sys.exit("no CUDA device found; run it where there is one, or give --rehearse to try it in small")
    run = GpuRun(given.domain, REHEARSAL if given.rehearse else REAL, given.minutes, given.device)
    if given.start and not (home() / given.domain / "autoencoder").exists():
        bundle.unpack(given.start, home() / given.domain)
    run.go(given.extras)
    run.check()
    run.bring_home(given.out)


if __name__ == "__main__":
    main()
