"""Goals of the painter on a GPU with large shapes and random weights; started by benchmarks/gpu.sh.

Every part of a goal is one model; what it measured is kept at once, and a part that is kept is not measured again.
"""

import argparse
import asyncio
import os
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import painter_checks as checks
from benchmarks import painter_scenarios as scenarios
from benchmarks.painter_arms import Host, open_arms
from benchmarks.painter_load import Asker
from benchmarks.painter_models import Shape, large
from benchmarks.painter_report import Section, tell, write_json
from benchmarks.painter_scenarios import GROWTH_LIMIT, Goals
from bot.bench.machine import cores, processor

USERS = 16
LIMIT_S = 9 * 60.0
# A part is begun only when as much time is left as the longest one so far took, or this.
LEAST_S = 150.0
THREADS = 4
STEPS = {"sdxl": 30, "flux": 28, "zimage": 20}
SIDE_PX = {"5": 512, "2": 512, "1": 512, "4": 1024}


@dataclass(frozen=True, slots=True)
class Part:
    """One goal on one model; `times` is how often, or how many requests."""

    kind: str
    times: int
    dtype: str = "bfloat16"


# FLUX in float32 would fill the card by itself.
PARTS = {
    "5": (
        Part("sdxl", 8, "float32"),
        Part("sdxl", 8),
        Part("zimage", 8, "float32"),
        Part("zimage", 8),
        Part("flux", 8),
    ),
    "2": (Part("sdxl", 10), Part("flux", 3), Part("zimage", 3)),
    "1": (Part("sdxl", 60), Part("flux", 24), Part("zimage", 24)),
    "4": (Part("sdxl", 10), Part("flux", 10), Part("zimage", 5)),
}


class Run:
    """One call of gpu.sh: the parts of a goal, until they are done or the time is up.

    Args:
        begun_s: When it began, by `time.monotonic`; now if not given.
    """

    def __init__(self, options: argparse.Namespace, begun_s: float | None = None) -> None:
        self._options = options
        self._begun_s = time.monotonic() if begun_s is None else begun_s
        self._longest_s = 0.0 if options.rehearse else LEAST_S
        self._host = Host("cpu" if options.rehearse else "cuda", THREADS, options.work)

    def run(self) -> None:
        """Measure what is not kept yet, then print all that is."""
        goal = self._options.goal
        for part in PARTS[goal]:
            path = self._kept(part)
            if (self._options.models and part.kind not in self._options.models) or path.exists():
                continue
            if time.monotonic() - self._begun_s + self._longest_s > LIMIT_S:
                tell(f"The time is up before {path.stem}: the same command once more goes on.")
                break
            before_s = time.monotonic()
            section = asyncio.run(_GOALS[goal](self, part))
            self._longest_s = max(self._longest_s, time.monotonic() - before_s)
            write_json(path, [section], _machine(self._host))
            path.with_suffix(".md").write_text(f"{section.markdown()}\n\n{_machine(self._host)}\n", encoding="utf-8")
        for part in PARTS[goal]:
            if (text := self._kept(part).with_suffix(".md")).exists():
                print(text.read_text(encoding="utf-8"))

    def shape(self, part: Part) -> Shape:
        """The part's model; made when it is not there yet."""
        goal, rehearse = self._options.goal, self._options.rehearse
        tell(f"goal {goal}: {part.kind}")
        self._host.folder.mkdir(parents=True, exist_ok=True)
        where = {"device": self._host.device, "rehearse": rehearse}
        return large(part.kind, self._host.folder, SIDE_PX[goal], STEPS[part.kind], **where)

    async def equal(self, part: Part) -> Section:
        """Goal 5."""
        users = 4 if self._options.rehearse else part.times
        dtype = "float32" if self._options.rehearse else part.dtype
        return await checks.equal_latents(self.shape(part), self._host, users, dtype)

    async def throughput(self, part: Part) -> Section:
        """Goal 2: against serial, and against the best static batch, which is that of all users."""
        users, rounds = (3, 1) if self._options.rehearse else (USERS, part.times)
        shape = self.shape(part)
        async with open_arms(shape, self._home(part), users) as arms:
            goals = Goals(to_serial=2.0, to_static=0.95)
            return await scenarios.at_once(arms, Asker(shape), goals, users, rounds)

    async def tail(self, part: Part) -> Section:
        """Goal 1."""
        shape = self.shape(part)
        goals = Goals(p95_to_serial=0.35, p95_to_static=0.7, growth=GROWTH_LIMIT)
        async with open_arms(shape, self._home(part), USERS) as arms:
            requests = 8 if self._options.rehearse else part.times
            section, _ = await scenarios.mixed_load(arms, Asker(shape), goals, (0.9, 1.5), requests)
            return section

    async def one_picture(self, part: Part) -> Section:
        """Goal 4: how much sooner than diffusers eager one picture is there."""
        shape = self.shape(part)
        least = {"sdxl": 1.3, "flux": 1.45}.get(part.kind)
        goals = Goals(alone=1 / least if least else None, picture_s=1.45 if part.kind == "sdxl" else None)
        async with open_arms(shape, self._home(part), 1) as arms:
            rounds = 2 if self._options.rehearse else part.times
            return await scenarios.one_user(arms, Asker(shape), goals, rounds)

    def _home(self, part: Part) -> Host:
        """A state folder for this goal and model alone, short enough for a socket."""
        name = f"{self._options.goal}-{part.kind}"
        return Host(self._host.device, self._host.threads, self._host.folder / "homes" / name)

    def _kept(self, part: Part) -> Path:
        rehearsed = "rehearsal-" if self._options.rehearse else ""
        out: Path = self._options.out
        return out / f"{rehearsed}goal{self._options.goal}-{part.kind}-{part.dtype}.json"


_GOALS: dict[str, Callable[[Run, Part], Coroutine[Any, Any, Section]]] = {
    "5": Run.equal,
    "2": Run.throughput,
    "1": Run.tail,
    "4": Run.one_picture,
}


def _machine(host: Host) -> str:
    import diffusers
    import torch

    gpu = torch.cuda.get_device_name() if host.device == "cuda" else "CPU"
    return f"{gpu}, {processor()}, {cores()} cores, torch {torch.__version__}, diffusers {diffusers.__version__}"


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("goal", choices=PARTS)
    parser.add_argument("models", nargs="*", choices=[[], *STEPS], help="only these")
    parser.add_argument("--rehearse", action="store_true", help="tiny models on the CPU")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    options = parser.parse_args()
    os.environ |= {"OMP_WAIT_POLICY": "passive", "OMP_NUM_THREADS": str(THREADS), "HF_HUB_OFFLINE": "1"}
    os.environ["XDG_CACHE_HOME"] = str(options.work.absolute() / "cache")
    options.work = options.work.absolute()
    Run(options).run()


if __name__ == "__main__":
    main()
