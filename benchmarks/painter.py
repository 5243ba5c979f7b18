"""The painter's goals, side by side in one run: `python -m benchmarks.painter --device cpu`.

Three arms on the same models: plain diffusers first come first served, plain diffusers with like requests in static
batches, and Limner's painter as bots reach it. Prints Markdown with the goal beside each figure; nothing else should
run meanwhile. A rehearsal (`--quick`) shows that all of it runs, and its figures mean nothing.
"""

import argparse
import asyncio
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import painter_checks as checks
from benchmarks import painter_models as models
from benchmarks import painter_scenarios as scenarios
from benchmarks.painter_arms import Host, open_arms, open_painter
from benchmarks.painter_load import Asker
from benchmarks.painter_models import Shape
from benchmarks.painter_plot import draw
from benchmarks.painter_report import Section, tell, write_json
from benchmarks.painter_scenarios import Goals, Mixed
from bot.bench.machine import cores, processor


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured on one model.

    Attributes:
        alone: Pairs of one user's pictures.
        users, rounds: People at once, and how often.
        loads, requests: Mixed load, of serial capacity.
        longs_rounds: How often short ones come among long ones.
        preview_users, preview_rounds: For previews.
        trials: Of cancelling and of the line's cost.
    """

    alone: int
    users: int
    rounds: int
    loads: tuple[float, ...]
    requests: int
    longs_rounds: int
    preview_users: int
    preview_rounds: int
    trials: int


# Sketch's pictures take the better part of a second on two cores, the small U-Net's a fifth: the counts follow.
FULL = {
    "sketch": Extent(12, 8, 6, (0.9, 1.5), 16, 2, 16, 2, 10),
    "small": Extent(20, 8, 6, (0.6, 0.9, 1.2, 1.5), 40, 4, 16, 4, 20),
}
QUICK = Extent(2, 3, 1, (0.9, 1.5), 4, 1, 3, 1, 2)
GPU_USERS = 16


def main() -> None:
    """Measure both models and print the report."""
    options = _options()
    os.environ |= {"OMP_WAIT_POLICY": "passive", "OMP_NUM_THREADS": str(options.threads), "HF_HUB_OFFLINE": "1"}
    with tempfile.TemporaryDirectory(prefix="limner-painter-") as folder:
        # A curve that was measured on another day, with other things running, is not this run's.
        os.environ["XDG_CACHE_HOME"] = str(Path(folder) / "cache")
        host = Host(options.device, options.threads, Path(folder))
        asyncio.run(_run(options, host))


async def _run(options: argparse.Namespace, host: Host) -> None:
    shapes = _shapes(host.folder, quick=options.quick)
    sections: list[Section] = []
    panels: dict[str, Sequence[Mixed]] = {}
    machine = ""
    for name in options.models:
        extent = _extent(name, options.device, quick=options.quick)
        goals = _goals(name, options.device)
        found, mixed, machine = await _model(shapes[name], host, extent, goals)
        sections += found
        panels[{"sketch": "Sketch", "small": "overhead-bound small U-Net"}[name]] = mixed
    if "small" in options.models and not options.quick:
        extent, goals = FULL["small"], Goals()
        sections.append(await _smaller(models.small(host.folder, 32), host, extent, goals))
    if options.quick:
        print("**A rehearsal: these figures mean nothing.**\n")
    print("\n\n".join(section.markdown() for section in sections))
    print(f"\n{machine}")
    if options.json:
        write_json(options.json, sections, machine)
    if options.plot:
        draw(panels, options.plot)


async def _model(shape: Shape, host: Host, extent: Extent, goals: Goals) -> tuple[list[Section], list[Mixed], str]:
    """All goals on one model."""
    asker = Asker(shape)
    sections = [await checks.equal_latents(shape, host, extent.users)]
    async with AsyncExitStack() as stack:
        own = Host(host.device, host.threads, host.folder / Path(shape.name).name)
        arms = await stack.enter_async_context(open_arms(shape, own, extent.users))
        machine = _machine(host, arms.plain.machine)
        sections.append(await scenarios.one_user(arms, asker, goals, extent.alone))
        sections.append(await scenarios.at_once(arms, asker, goals, extent.users, extent.rounds))
        section, mixed = await scenarios.mixed_load(arms, asker, goals, extent.loads, extent.requests)
        sections.append(section)
        sections.append(await scenarios.among_long(arms, asker, goals, extent.longs_rounds))
        sections.append(await checks.equal_pictures(arms.painter, asker, extent.users))
        sections.append(await checks.cancelling(arms.painter, asker, min(extent.users, 4), extent.trials))
        sections.append(await checks.queue_cost(arms.painter, asker, extent.trials))
        quiet = await stack.enter_async_context(open_painter(shape, own, "quiet", previews=False))
        many = extent.preview_users, extent.preview_rounds
        sections.append(await scenarios.previews(arms.painter, quiet, asker, *many))
    return sections, mixed, machine


async def _smaller(shape: Shape, host: Host, extent: Extent, goals: Goals) -> Section:
    own = Host(host.device, host.threads, host.folder / "smaller")
    async with open_arms(shape, own, extent.users) as arms:
        return await scenarios.at_once(arms, Asker(shape), goals, extent.users, extent.rounds)


def _shapes(folder: Path, *, quick: bool) -> dict[str, Shape]:
    return {"sketch": models.sketch(quick=quick), "small": models.small(folder, quick=quick)}


def _extent(name: str, device: str, *, quick: bool) -> Extent:
    if quick:
        return QUICK
    extent = FULL[name]
    if device == "cpu":
        return extent
    return replace(extent, users=GPU_USERS, preview_users=GPU_USERS)


def _goals(name: str, device: str) -> Goals:
    """What shared goals say of each model; a GPU finds Sketch as small as a CPU finds the small U-Net."""
    if name == "small" or device == "cuda":
        return Goals(to_serial=2.0, short=0.3, p95_to_serial=0.35, p95_to_static=0.7, growth=scenarios.GROWTH_LIMIT)
    return Goals(to_serial=0.98, short=0.3)


def _machine(host: Host, told: Mapping[str, str]) -> str:
    """The machine's line."""
    libraries = f"torch {told['torch']}, diffusers {told['diffusers']}"
    paints = "" if told["device"] == "CPU" else f"{told['device']}, "
    load = f"load {os.getloadavg()[0]:.1f} at the end"
    return f"{paints}{processor()}, {cores()} cores, {host.threads} threads for each arm, {libraries}, {load}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--threads", type=int, default=2, help="CPU threads of each arm")
    parser.add_argument("--models", nargs="+", choices=("sketch", "small"), default=["sketch", "small"])
    parser.add_argument("--quick", action="store_true", help="a rehearsal: two minutes, and no figures to believe")
    parser.add_argument("--json", type=Path, metavar="FILE", help="all values")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="latency over load as PNG; needs matplotlib")
    options = parser.parse_args()
    tell(f"{options.device}, {options.threads} threads")
    return options


if __name__ == "__main__":
    main()
