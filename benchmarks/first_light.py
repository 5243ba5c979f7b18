"""What the way of a request costs, against the bare pipeline, side by side: `python benchmarks/first_light.py`.

Prints a Markdown table. Every ratio is the median of pairs that were taken in turn; nothing else should run meanwhile.
`make bench` gives both arms OMP_WAIT_POLICY=passive, which the painter's child process has anyway.
"""

import argparse
import asyncio
import io
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import torch
from diffusers import StableDiffusionPipeline

from bot.inbox import Inbox
from bot.jobs import State
from bot.messages import Message
from bot.store import open_store
from bot.tasks import Painted, PaintTask
from tools.engine.local import LocalEngine

SKETCH = Path(__file__).resolve().parents[1] / "tools" / "sketch"
LIMNER = str(Path(sys.executable).parent / "limner")
WORDS = "a red car on a beach at sunset"
BARE_SCRIPT = f"""
import torch
from diffusers import StableDiffusionPipeline
pipe = StableDiffusionPipeline.from_pretrained({str(SKETCH)!r}, local_files_only=True)
pipe.set_progress_bar_config(disable=True)
generator = torch.Generator().manual_seed(7)
pipe({WORDS!r}, num_inference_steps=8, guidance_scale=2.5, generator=generator).images[0].save(OUT)
"""
Row = tuple[str, str, str]


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=2, help="CPU threads of each painter")
    parser.add_argument("--runs", type=int, default=15, help="pairs behind each ratio")
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = str(options.threads)
    torch.set_num_threads(options.threads)
    with tempfile.TemporaryDirectory(prefix="limner-bench-") as folder:
        rows = _start_up(options.runs) + _whole_command(Path(folder), max(3, options.runs // 5))
        rows += asyncio.run(_painter(Path(folder), options.runs, options.threads))
        rows += asyncio.run(_inbox(Path(folder), jobs=200))
    print(f"{_cpu()}, {options.threads} threads, Python {platform.python_version()}, torch {torch.__version__}\n")
    print("| what | measured | goal |\n|---|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


def _start_up(runs: int) -> list[Row]:
    limner = [LIMNER, "--help"]
    empty = [sys.executable, "-c", "pass"]
    pairs = [(_seconds(limner), _seconds(empty)) for _ in range(runs)]
    help_s, python_s = (statistics.median(column) for column in zip(*pairs, strict=True))
    return [("`limner --help`, whole process", f"{help_s:.2f} s (Python alone {python_s:.2f} s)", "at most 0.3 s")]


def _whole_command(folder: Path, runs: int) -> list[Row]:
    """`limner imagine` against a script that does the same with diffusers alone; both load everything anew."""
    out = folder / "out.png"
    environment = os.environ | {"LIMNER_HOME": str(folder / "home")}
    command = [LIMNER, "imagine", WORDS, "--seed", "7", "-o", str(out)]
    bare = [sys.executable, "-c", BARE_SCRIPT.replace("OUT", repr(str(folder / "bare.png")))]
    _seconds(command, environment)
    pairs = [(_seconds(command, environment), _seconds(bare)) for _ in range(runs)]
    if not (out.is_file() and (folder / "bare.png").is_file()):
        raise RuntimeError("one of the two painted nothing")
    limner_s, bare_s = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(limner / plain for limner, plain in pairs)
    return [
        ("`limner imagine` on Sketch, imports included", f"{limner_s:.1f} s", "at most 12 s"),
        ("the same against a bare diffusers script", f"{ratio:.2f} (bare {bare_s:.1f} s)", "-"),
    ]


async def _painter(folder: Path, runs: int, threads: int) -> list[Row]:
    """From POST to the PNG's bytes against the same pipeline called bare plus PNG encoding, warm, in turn."""
    pipe = StableDiffusionPipeline.from_pretrained(str(SKETCH), local_files_only=True)
    pipe.set_progress_bar_config(disable=True)
    engine = LocalEngine(LocalEngine.Settings(threads=threads), home=folder / "painter", model="sketch")
    lags: list[float] = []
    async with engine:
        await _through_engine(engine, 0)
        _bare(pipe, 0)
        pairs = []
        for seed in range(1, runs + 1):
            watching = asyncio.create_task(_watch_lag(lags))
            through_s = await _timed(lambda seed=seed: _through_engine(engine, seed))
            watching.cancel()
            bare_s = await _timed(lambda seed=seed: asyncio.to_thread(_bare, pipe, seed))
            pairs.append((through_s, bare_s))
    ratio = statistics.median(through / bare for through, bare in pairs)
    through_s, bare_s = (statistics.median(column) for column in zip(*pairs, strict=True))
    lags.sort()
    return [
        (
            "POST to the PNG's bytes against the bare pipeline plus encoding",
            f"{ratio:.3f} ({through_s * 1000:.0f} ms to {bare_s * 1000:.0f} ms)",
            "at most 1.05",
        ),
        (
            "event-loop lag while painting, p95 (longest)",
            f"{lags[int(len(lags) * 0.95)] * 1000:.1f} ms ({lags[-1] * 1000:.1f} ms)",
            "p95 at most 5 ms",
        ),
    ]


async def _through_engine(engine: LocalEngine, seed: int) -> bytes:
    task = PaintTask(f"bench-{seed}", "sketch", WORDS, "", 256, 256, 8, 2.5, seed)
    async for event in engine.paint(task):
        if isinstance(event, Painted):
            return await engine.fetch(event)
    raise RuntimeError("the painter ended without a picture")


def _bare(pipe: Any, seed: int) -> bytes:
    generator = torch.Generator().manual_seed(seed)
    image = pipe(WORDS, num_inference_steps=8, guidance_scale=2.5, generator=generator).images[0]
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


async def _watch_lag(lags: list[float]) -> None:
    """How much later than asked for the event loop comes back, asked every 5 ms."""
    while True:
        begun = time.perf_counter()
        await asyncio.sleep(0.005)
        lags.append(time.perf_counter() - begun - 0.005)


async def _inbox(folder: Path, jobs: int) -> list[Row]:
    """All that the database does for a job that paints: accepted, taken twice, moved through every state."""
    async with open_store(f"sqlite+aiosqlite:///{folder / 'inbox.db'}") as store:
        inbox = Inbox(store, ["bench"], lease_s=60)
        await inbox.beat()
        begun = time.perf_counter()
        for number in range(jobs):
            await inbox.accept(Message("bench", str(number), f"user{number % 10}", WORDS, channel=str(number)))
            job = await inbox.take(turns=1, paintings=1)
            await inbox.move(job, State.ANSWERED, keep=False)
            job = await inbox.take(turns=1, paintings=1)
            for state in (State.PAINTED, State.POSTING):
                job = await inbox.move(job, state, keep=True)
            await inbox.move(job, State.POSTED, keep=False)
        each_ms = (time.perf_counter() - begun) * 1000 / jobs
    return [("inbox cost of a job, accepted to posted (SQLite, synced to disk)", f"{each_ms:.1f} ms", "at most 10 ms")]


async def _timed(work: Callable[[], Awaitable[object]]) -> float:
    begun = time.perf_counter()
    await work()
    return time.perf_counter() - begun


def _seconds(command: list[str], environment: dict[str, str] | None = None) -> float:
    begun = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def _cpu() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    name = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    return f"{name}, {os.cpu_count()} cores"


if __name__ == "__main__":
    main()
