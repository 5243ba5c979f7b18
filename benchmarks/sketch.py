"""Seconds a picture and memory of the built-in model, in the painter as it ships: `python benchmarks/sketch.py`.

The painter's own process is looked at (Linux only); nothing else should run meanwhile, so the load is printed too.
"""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from pathlib import Path

from bot.tasks import Painted, PaintTask
from tools.engine.local import LocalEngine

WORDS = ("a red car on a beach at sunset", "pencil sketch of a castle on a beach", "pixel art of a dog in the snow")
GOAL_S, GOAL_MB = 1.5, 800


def main() -> None:
    """Measure and print one Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=2, help="CPU threads of the painter")
    parser.add_argument("--pictures", type=int, default=15)
    options = parser.parse_args()
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="limner-bench-") as folder:
        seconds, resident_mb, most_mb = asyncio.run(_paint(Path(folder), options.threads, options.pictures))
    print(f"256 x 256, 8 steps, {options.threads} threads, {options.pictures} pictures after the first; ", end="")
    print(f"load of the machine {before:.1f} before, {os.getloadavg()[0]:.1f} after, {os.cpu_count()} cores\n")
    print("| what | measured | goal |\n|---|---|---|")
    print(f"| a picture, median (longest) | {statistics.median(seconds):.2f} s ({max(seconds):.2f} s) | {GOAL_S} s |")
    print(f"| painter's memory after them, resident (most) | {resident_mb} MB ({most_mb} MB) | {GOAL_MB} MB |")


async def _paint(folder: Path, threads: int, count: int) -> tuple[list[float], int, int]:
    """Seconds of each picture from POST to PNG, and the painter process's memory in MB at the end and at most."""
    engine = LocalEngine(LocalEngine.Settings(threads=threads), home=folder, model="sketch")
    seconds = []
    async with engine:
        await _one(engine, 0)
        for number in range(1, count + 1):
            begun = time.perf_counter()
            await _one(engine, number)
            seconds.append(time.perf_counter() - begun)
        memory = [max(figures) for figures in zip(*map(_memory_mb, _children()), strict=True)]
    return seconds, memory[0], memory[1]


async def _one(engine: LocalEngine, number: int) -> bytes:
    task = PaintTask(f"bench-{number}", "sketch", WORDS[number % len(WORDS)], "", 256, 256, 8, 2.5, number)
    async for event in engine.paint(task):
        if isinstance(event, Painted):
            return await engine.fetch(event)
    raise RuntimeError("the painter ended without a picture")


def _children() -> list[int]:
    return [int(pid) for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()]


def _memory_mb(pid: int) -> tuple[int, int]:
    """Resident memory of a process now and at most, in MB of a million bytes."""
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    now, most = (round(int(fields[name].split()[0]) * 1.024 / 1000) for name in ("VmRSS", "VmHWM"))
    return now, most


if __name__ == "__main__":
    main()
