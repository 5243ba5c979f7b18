"""What the painter promises besides speed: equal pictures in company, a cheap line, places that are freed at once."""

import asyncio
import io
import json
import statistics
import sys
import time
from collections.abc import Sequence
from contextlib import aclosing
from itertools import pairwise
from typing import Any

from benchmarks.painter_arms import ROOT, Host, Painter, dtype_of
from benchmarks.painter_load import Asker
from benchmarks.painter_models import Shape
from benchmarks.painter_report import Section, at_least, at_most, tell
from bot.bench.asking import visit, visits
from bot.bench.figures import p50, p95
from bot.errors import EngineError
from bot.tasks import Painted, PaintTask, Started, Step
from tools.engine.families import folder_of

LATENTS_LIMIT = 1e-4
LEAST_MEAN_BATCH = 1.5
QUEUE_LIMIT_MS = 0.3


async def equal_latents(shape: Shape, host: Host, users: int, dtype: str | None = None) -> Section:
    """Latents of requests that meet, against the unmodified pipeline alone; in a process of its own."""
    dtype = dtype or dtype_of(shape, host.device)
    tell(f"{shape.label}: equal latents in {dtype}")
    command = ["-m", "benchmarks.painter_equal", "--model", str(folder_of(shape.name)), "--dtype", dtype]
    command += ["--device", host.device, "--threads", str(host.threads), "--users", str(users)]
    command += ["--side", str(shape.side_px), "--guidance", str(shape.guidance_scale)]
    command += ["--steps", ",".join(map(str, shape.mixed_steps))]
    process = await asyncio.create_subprocess_exec(sys.executable, *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    if process.returncode:
        raise EngineError(f"Latents of {shape.name} could not be compared: exit code {process.returncode}")
    said: dict[str, Any] = json.loads(out.splitlines()[-1])
    exact = dtype == "float32"
    form = "{:.0e}" if exact else "{:.3f}"
    goal = at_most(said["largest"], LATENTS_LIMIT if exact else None, "{:g}")
    return Section(
        f"The same picture in company, {dtype}. {shape.label}",
        (
            ("what", "measured", "goal"),
            ("largest difference of latents, of their largest", form.format(said["largest"]), goal),
            ("least PSNR of latents", "equal" if said["psnr_db"] is None else f"{said['psnr_db']:.1f} dB", ""),
            ("mean batch", f"{said['mean_batch']:.2f}", at_least(said["mean_batch"], LEAST_MEAN_BATCH)),
        ),
        said,
        f"{users} requests of mixed steps, from words; alone: the unmodified pipeline.",
    )


async def equal_pictures(painter: Painter, asker: Asker, users: int) -> Section:
    """PNGs of the painter, asked for alone and then all at once."""
    tell(f"{asker.shape.label}: equal pictures")
    kinds = asker.shape.mixed_steps
    steps = [kinds[number % len(kinds)] for number in range(users)]
    alone = [await visit(painter.engine, task) for task in asker.tasks(steps)]
    company = await visits(painter.engine, asker.tasks(steps))
    levels = [_levels(one.png, other.png) for one, other in zip(alone, company, strict=True)]
    health = await painter.client.health()
    met = health.get("mean_batch")
    rows: tuple[tuple[str, ...], ...] = (
        ("what", "measured", "goal"),
        ("pictures equal to the byte", f"{sum(not level for level in levels)} of {users}", ""),
        ("largest difference, of 255", f"{max(levels)}", at_most(max(levels), 1, "{:.0f}")),
        (
            "at once at most, mean batch",
            f"{health.get('batch_cap')}, {'not told' if met is None else f'{met:.2f}'}",
            "",
        ),
    )
    return Section(f"The painter's pictures in company. {asker.shape.label}", rows, {"levels": levels})


async def queue_cost(painter: Painter, asker: Asker, rounds: int) -> Section:
    """From POST to 'started' on an idle painter, beyond a bare GET on the same socket: an upper bound."""
    tell(f"{asker.shape.label}: cost of the line")
    post_ms, get_ms = [], []
    for _ in range(rounds + 1):
        begun_s = time.perf_counter()
        await painter.client.health()
        get_ms.append(1000 * (time.perf_counter() - begun_s))
        post_ms.append(1000 * await _start_s(painter, asker.task(1)))
    cost = statistics.median(post - get for post, get in zip(post_ms[1:], get_ms[1:], strict=True))
    return Section(
        f"The painter's line. {asker.shape.label}",
        (
            ("what", "measured", "goal"),
            ("a job in the line, upper bound", f"{cost:.2f} ms", at_most(cost, QUEUE_LIMIT_MS)),
        ),
        {"cost_ms": cost, "post_ms": post_ms[1:], "get_ms": get_ms[1:]},
        f"Median of {rounds}: POST to 'started' less a GET /health; reading the form and the stream are in it.",
    )


async def cancelling(painter: Painter, asker: Asker, users: int, rounds: int) -> Section:
    """Among several that paint, one is cancelled: how many more steps it makes, and how long its stream goes on."""
    tell(f"{asker.shape.label}: cancelling")
    trials = [await _cancel_one(painter, asker, users) for _ in range(rounds)]
    late = max(steps for steps, _, _ in trials)
    ends = [end_s / step_s for _, end_s, step_s in trials if step_s]
    ended = f"p50 {p50(ends):.2f}, p95 {p95(ends):.2f}" if ends else "-"
    return Section(
        f"Cancelled among {users}. {asker.shape.label}",
        (
            ("what", "measured", "goal"),
            ("steps made after DELETE was answered, most", f"{late}", at_most(late, 1, "{:.0f}")),
            ("its stream ends, in steps of that company", ended, ""),
        ),
        {"steps_after": [steps for steps, _, _ in trials], "ends_steps": ends},
        f"{rounds} trials.",
    )


async def _start_s(painter: Painter, task: PaintTask) -> float:
    begun_s = time.perf_counter()
    started_s = 0.0
    async with aclosing(painter.engine.paint(task)) as events:
        async for event in events:
            if isinstance(event, Started) and not started_s:
                started_s = time.perf_counter() - begun_s
            elif isinstance(event, Painted):
                await painter.engine.fetch(event)
    return started_s


async def _cancel_one(painter: Painter, asker: Asker, users: int) -> tuple[int, float, float]:
    """Steps after the cancel, seconds to the end of its stream, and seconds of a step in that company."""
    longest = max(asker.shape.mixed_steps)
    company = asyncio.create_task(visits(painter.engine, asker.tasks([longest] * (users - 1))))
    victim = asker.task(longest)
    stepped_s: list[float] = []
    answered_s = ended_s = 0.0
    try:
        async with aclosing(painter.engine.paint(victim)) as events:
            async for event in events:
                if isinstance(event, Step):
                    stepped_s.append(time.perf_counter())
                if len(stepped_s) == 3 and not answered_s:
                    await painter.engine.cancel(victim.id)
                    answered_s = time.perf_counter()
    except EngineError:
        ended_s = time.perf_counter()
    company.cancel()  # which takes their pictures back
    await asyncio.wait({company})
    steps_s = [after - before for before, after in pairwise(stepped_s)]
    late = sum(at_s > answered_s for at_s in stepped_s)
    return late, max(ended_s - answered_s, 0.0), statistics.median(steps_s[:2])


def _levels(one: bytes, other: bytes) -> int:
    """The largest difference of two pictures, of 255."""
    from PIL import Image, ImageChops

    extremes: Sequence[Any] = ImageChops.difference(
        Image.open(io.BytesIO(one)).convert("RGB"), Image.open(io.BytesIO(other)).convert("RGB")
    ).getextrema()
    return int(max(high for _, high in extremes))
