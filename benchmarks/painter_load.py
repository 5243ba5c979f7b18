"""What is asked of the arms, and when: tasks, mixed steps, and times of arrival; the same for every arm."""

import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from benchmarks.painter_arms import Arms
from benchmarks.painter_models import Shape
from bot.bench.asking import Visit, visit
from bot.bench.measuring import WORDS
from bot.tasks import PaintTask

SEED = 6


class Asker:
    """Makes tasks for one model, each with an id of its own."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self._numbers = count()

    def task(self, steps: int | None = None, seed: int | None = None) -> PaintTask:
        """A picture; equal seeds mean equal words too."""
        number, shape = next(self._numbers), self.shape
        seed = number if seed is None else seed
        return PaintTask(
            id=f"bench-{number}",
            model=shape.name,
            prompt=WORDS[seed % len(WORDS)],
            negative_prompt="",
            width_px=shape.side_px,
            height_px=shape.side_px,
            steps=steps or shape.steps,
            guidance_scale=shape.guidance_scale,
            seed=seed,
        )

    def tasks(self, steps: Sequence[int]) -> list[PaintTask]:
        """A picture for each number of steps."""
        return [self.task(one, seed) for seed, one in enumerate(steps)]


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Requests of mixed steps that come on their own, not when the painter is ready.

    Attributes:
        load: The share of what serial plain diffusers can do at all.
    """

    load: float
    steps: tuple[int, ...]
    at_s: tuple[float, ...]


def arrivals(shape: Shape, requests: int, load: float, picture_s: float) -> Arrivals:
    """Poisson arrivals; as many of each number of steps as the others, in any order.

    Args:
        shape: Its mixed steps are asked for.
        requests: Rounded up so that each number of steps comes equally often.
        load: See `Arrivals`.
        picture_s: What such a picture takes serial plain diffusers in the mean.
    """
    chance = random.Random(SEED)
    kinds = shape.mixed_steps
    steps = list(kinds) * -(-requests // len(kinds))
    chance.shuffle(steps)
    at_s, now_s = [], 0.0
    for _ in steps:
        at_s.append(now_s)
        now_s += chance.expovariate(load / picture_s)
    return Arrivals(load, tuple(steps), tuple(at_s))


async def serial_picture_s(arms: Arms, asker: Asker, rounds: int = 3) -> float:
    """What a picture of mixed steps takes serial plain diffusers in the mean: one through its capacity."""
    each = []
    for steps in asker.shape.mixed_steps:
        made: list[Visit] = [await visit(arms.serial, asker.task(steps)) for _ in range(rounds)]
        each.append(statistics.median(one.painting_s for one in made))
    return statistics.mean(each)
