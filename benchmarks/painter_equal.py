"""Latents of requests that meet at the denoiser, against those of the unmodified pipeline alone; prints one JSON line.

Started by benchmarks/painter_checks.py, in a process of its own.
"""

import argparse
import json
import math
import threading
import time
from collections.abc import Sequence
from typing import Any

import torch
from diffusers import DiffusionPipeline

from bot.bench.measuring import WORDS
from tools.engine.painter.meeting import Meeting
from tools.engine.painter.order import Guest, Order
from tools.engine.painter.seats import Seats


class Counting(Order):
    """Remembers how many steps ran together."""

    def __init__(self, cap: int) -> None:
        super().__init__(lambda _call: cap)
        self.batches: list[int] = []

    def served(self, group: Any, seconds: float) -> None:
        """See `Order`."""
        super().served(group, seconds)
        if group[0].seat.steps:
            self.batches.append(len(group))


def main() -> None:
    """Paint all of them alone, then together."""
    options = _options()
    # On a GPU, TF32 would round inputs of convolutions to 10 bits, differently for each batch size.
    torch.backends.cudnn.allow_tf32 = False
    torch.set_num_threads(options.threads)
    pipe = DiffusionPipeline.from_pretrained(
        options.model, dtype=getattr(torch, options.dtype), use_safetensors=True, local_files_only=True
    ).to(options.device)
    pipe.set_progress_bar_config(disable=True)
    kinds = [int(steps) for steps in options.steps.split(",")]
    steps = [kinds[number % len(kinds)] for number in range(options.users)]
    alone = [_latents(pipe, number, count, options) for number, count in enumerate(steps)]
    together, batches = _together(pipe, steps, options)
    if not all(bool(one.isfinite().all()) for one in (*alone, *together)):
        raise SystemExit("the numbers overflow: nothing can be compared")
    batch = {"mean_batch": sum(batches) / len(batches), "largest_batch": max(batches)}
    print(json.dumps(_difference(alone, together) | batch))


def _together(pipe: Any, steps: Sequence[int], options: argparse.Namespace) -> tuple[list[torch.Tensor], list[int]]:
    order = Counting(len(steps))
    meeting = Meeting(order)
    seats = Seats(meeting)
    ends: dict[int, torch.Tensor] = {}

    def run(number: int) -> None:
        guest = Guest(str(number), steps[number], time.monotonic(), away=True)
        with meeting.guest(guest):
            ends[number] = _latents(seats.pipe(pipe), number, steps[number], options)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(steps))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    meeting.close()
    return [ends[number] for number in range(len(steps))], order.batches


def _latents(pipe: Any, number: int, steps: int, options: argparse.Namespace) -> torch.Tensor:
    latents: torch.Tensor = pipe(
        WORDS[number % len(WORDS)],
        width=options.side,
        height=options.side,
        num_inference_steps=steps,
        guidance_scale=options.guidance,
        generator=torch.Generator("cpu").manual_seed(number),
        output_type="latent",
    ).images
    return latents.float().cpu()


def _difference(alone: Sequence[torch.Tensor], together: Sequence[torch.Tensor]) -> dict[str, float | None]:
    """The largest difference as a share of the largest number, and the least PSNR; None where all are equal."""
    largest, psnr_db = 0.0, math.inf
    for one, other in zip(alone, together, strict=True):
        peak = float(one.abs().max())
        largest = max(largest, float((one - other).abs().max()) / peak)
        error = float(((one - other) ** 2).mean())
        psnr_db = min(psnr_db, 10 * math.log10(peak**2 / error) if error else math.inf)
    return {"largest": largest, "psnr_db": None if math.isinf(psnr_db) else psnr_db}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="folder of a diffusers pipeline")
    parser.add_argument("--device", required=True)
    parser.add_argument("--dtype", required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--users", type=int, required=True)
    parser.add_argument("--side", type=int, required=True, help="pixels")
    parser.add_argument("--guidance", type=float, required=True)
    parser.add_argument("--steps", required=True, help="numbers of steps, in turn")
    return parser.parse_args()


if __name__ == "__main__":
    main()
