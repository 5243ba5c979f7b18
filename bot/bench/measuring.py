"""What `limner bench` measures, one thing after the other: one picture, several people at once, short among long."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from uuid import uuid4

from bot.bench.asking import Paints, Visit, per_minute, visit, visits
from bot.bench.figures import p50, p95
from bot.tasks import ModelCard, PaintTask

# Of several lengths, as people's are.
WORDS = (
    "a red car on a beach",
    "two white cats in the snow at night",
    "a house",
    "three yellow boats on a lake at sunset, watercolour",
)
LONG_STEPS_LIMIT = 200
Told = Callable[[str, int, int], None]
"""Is called before the first picture and after each: what is measured, how many pictures are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured.

    Attributes:
        users: How many people ask at once, run by run.
        alone: Pictures that are asked for one after the other.
        rounds: How often each run with several people is made.
        longs: Long pictures among which as many short ones come.
    """

    width_px: int
    height_px: int
    steps: int
    users: tuple[int, ...] = (4, 16)
    alone: int = 5
    rounds: int = 3
    longs: int = 4

    @property
    def short_steps(self) -> int:
        """Half of a usual picture's."""
        return max(self.steps // 2, 1)

    @property
    def long_steps(self) -> int:
        """Twice a usual picture's."""
        return min(2 * self.steps, LONG_STEPS_LIMIT)

    @property
    def pictures(self) -> int:
        """How many are painted in all, those for warming up included."""
        company = sum(self.users) + 2 * self.longs
        return 2 + 2 * self.alone + self.rounds * company


@dataclass(frozen=True, slots=True)
class Alone:
    """One picture after the other.

    Attributes:
        preview_s, preview_share: Of those that had a preview; None where none had.
        short_s: A picture of `Scale.short_steps`.
    """

    picture_s: float
    preview_s: float | None
    preview_share: float | None
    short_s: float


@dataclass(frozen=True, slots=True)
class Company:
    """Several people at once; `ratio` is pictures a minute to those of one after the other."""

    users: int
    pictures: int
    per_minute: float
    ratio: float
    p50_s: float
    p95_s: float


@dataclass(frozen=True, slots=True)
class Tail:
    """Short requests among long ones."""

    pictures: int
    p50_s: float
    p95_s: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All of it."""

    alone: Alone
    companies: tuple[Company, ...]
    tail: Tail


class Bench:
    """One run of `limner bench`.

    Args:
        tell: See `Told`.
    """

    def __init__(self, engine: Paints, card: ModelCard, scale: Scale, tell: Told) -> None:
        self._engine = engine
        self._card = card
        self._scale = scale
        self._tell = tell
        self._numbers = count()
        self._run = uuid4().hex[:12]
        self._what, self._done = "", 0

    async def measure(self) -> Measured:
        """Warm up, then measure. Raises EngineError."""
        self._begin("warming up")
        await self._together([self._scale.steps] * 2)
        alone = await self._alone()
        companies = [await self._company(users, alone.picture_s) for users in self._scale.users]
        return Measured(alone, tuple(companies), await self._tail(alone.short_s))

    async def _alone(self) -> Alone:
        scale = self._scale
        self._begin("one picture after the other")
        whole = [await self._one(scale.steps) for _ in range(scale.alone)]
        short = [await self._one(scale.short_steps) for _ in range(scale.alone)]
        seen = [(made.preview_s, made.waited_s) for made in whole if made.preview_s is not None]
        return Alone(
            picture_s=statistics.median(made.waited_s for made in whole),
            preview_s=statistics.median(first for first, _ in seen) if seen else None,
            preview_share=statistics.median(first / waited for first, waited in seen) if seen else None,
            short_s=statistics.median(made.waited_s for made in short),
        )

    async def _company(self, users: int, picture_s: float) -> Company:
        self._begin(f"{users} people at once")
        rounds = [await self._together([self._scale.steps] * users) for _ in range(self._scale.rounds)]
        pace = statistics.median(map(per_minute, rounds))
        waited_s = [made.waited_s for made in _all(rounds)]
        return Company(users, len(waited_s), pace, pace * picture_s / 60, p50(waited_s), p95(waited_s))

    async def _tail(self, short_s: float) -> Tail:
        """The long ones come at once; then, one after the other, somebody wants a short one."""
        scale = self._scale
        self._begin("short pictures among long ones")
        steps = [scale.long_steps] * scale.longs + [scale.short_steps] * scale.longs
        at_s = [0.0] * scale.longs + [short_s * (number + 1) for number in range(scale.longs)]
        rounds = [await self._together(steps, at_s) for _ in range(scale.rounds)]
        waited_s = [made.waited_s for made in _all(rounds) if made.task.steps == scale.short_steps]
        return Tail(len(waited_s), p50(waited_s), p95(waited_s))

    async def _one(self, steps: int) -> Visit:
        made = await visit(self._engine, self._task(steps))
        self._count(made)
        return made

    async def _together(self, steps: Sequence[int], at_s: Sequence[float] | None = None) -> list[Visit]:
        return await visits(self._engine, [self._task(one) for one in steps], at_s, self._count)

    def _task(self, steps: int) -> PaintTask:
        number, scale, card = next(self._numbers), self._scale, self._card
        return PaintTask(
            id=f"bench-{self._run}-{number}",
            model=card.model,
            prompt=WORDS[number % len(WORDS)],
            negative_prompt="",
            width_px=scale.width_px,
            height_px=scale.height_px,
            steps=steps,
            guidance_scale=card.guidance_scale,
            seed=number,
        )

    def _begin(self, what: str) -> None:
        self._what = what
        self._tell(what, self._done, self._scale.pictures)

    def _count(self, _made: Visit) -> None:
        self._done += 1
        self._tell(self._what, self._done, self._scale.pictures)


def _all(rounds: Sequence[Sequence[Visit]]) -> list[Visit]:
    return [made for each in rounds for made in each]
