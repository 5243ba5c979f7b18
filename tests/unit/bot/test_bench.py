"""`limner bench`: its arithmetic, how it asks, and what it prints."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bench.asking import Visit, per_minute, visit, visits
from bot.bench.figures import growth, median_ratio, p50, p95, percentile
from bot.bench.machine import Machine, health_of, machine
from bot.bench.measuring import Bench, Scale
from bot.bench.report import record, rows, table
from bot.errors import EngineBusy, EngineError, EngineLost
from bot.tasks import Painted, PaintEvent, PaintTask, Preview, Started
from bot.testing import CARD, PaperEngine

SCALE = Scale(64, 64, 4, users=(2, 3), alone=2, rounds=2, longs=2)
HERE = Machine("a processor", 2, "CPU", {"torch": "2.13.0"})


def task(number: int, **changes: Any) -> PaintTask:
    fields = {"prompt": "a house", "negative_prompt": "", "width_px": 8, "height_px": 8, "steps": 4}
    return PaintTask(f"id-{number}", "paper", guidance_scale=1.0, seed=number, **fields | changes)


class Moody(PaperEngine):
    """Turns some tasks away at first, fails others, and never ends a third kind."""

    def __init__(self, *, busy: int = 0, fails: str = "", endless: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._busy = busy
        self._fails = fails
        self._endless = endless
        self.began = asyncio.Event()

    async def paint(self, task: PaintTask) -> AsyncIterator[PaintEvent]:
        if self._busy:
            self._busy -= 1
            raise EngineBusy("The line is full", "Try again later.", 0.0)
        if task.id == self._fails:
            await self.began.wait()
            raise EngineError("It can't be painted")
        if task.id in self._endless:
            yield Started()
            self.began.set()
            await asyncio.Event().wait()
        async for event in super().paint(task):
            yield event

    async def health(self) -> Mapping[str, Any]:
        return {"memory_mib": 12.5, "device": "a GPU", "torch": "9.9", "diffusers": "8.8"}


class Hasty(PaperEngine):
    """Is done before anybody can fetch a preview."""

    async def fetch(self, painted: Painted | Preview) -> bytes:
        if isinstance(painted, Preview):
            raise EngineLost("There is no preview of this any more", crashed=False)
        return await super().fetch(painted)


def test_percentiles_lie_between_neighbours() -> None:
    """The median of an even number is between the middle two; one alone is every percentile of itself."""
    assert p50([4.0, 1.0, 3.0, 2.0]) == 2.5
    assert p95(list(range(101))) == 95
    assert percentile([10.0, 20.0], 0.25) == 12.5
    assert (p50([7.0]), p95([7.0])) == (7.0, 7.0)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0, 1))
def test_percentiles_are_of_the_values(values: list[float], share: float) -> None:
    """At least the share of all values lies at or below the percentile's upper neighbour, and none out of range."""
    found = percentile(values, share)
    assert min(values) <= found <= max(values)
    assert sum(value >= found for value in values) >= (1 - share) * (len(values) - 1)


def test_a_ratio_is_of_pairs() -> None:
    """A slow moment that hits both of a pair changes nothing, unlike a ratio of medians."""
    assert median_ratio([2.0, 20.0, 4.0], [1.0, 10.0, 2.0]) == 2.0
    with pytest.raises(ValueError, match="zip"):
        median_ratio([1.0], [1.0, 2.0])


@pytest.mark.parametrize(("service_s", "expected"), [(0.5, 0.0), (1.0, 0.0), (1.5, 1 / 3), (4.0, 0.75)])
def test_growth_is_what_is_not_served(service_s: float, expected: float) -> None:
    """One that comes each second and takes 1.5 s leaves a third of itself in the line; a fast server leaves nothing."""
    came, left, free = [float(second) for second in range(200)], [], 0.0
    for second in came:
        free = max(free, second) + service_s
        left.append(free)
    assert growth(came, left) == pytest.approx(expected, abs=0.02)


def test_growth_of_a_constant_company_is_none() -> None:
    """A painter that always has ten in hand, as batches have, does not have a growing line."""
    came = [float(second) for second in range(100)]
    assert growth(came, [second + 10.0 for second in came]) == pytest.approx(0.0, abs=0.02)
    assert growth([0.0], [1.0]) == 0.0


async def test_a_visit_tells_what_was_seen() -> None:
    """The picture, and a preview before it, counted from the moment of asking."""
    made = await visit(PaperEngine(), task(1))
    assert made.png.startswith(b"\x89PNG")
    assert made.preview_s is not None
    assert 0 < made.preview_s < made.waited_s == made.left_s
    assert made.came_s == 0


async def test_a_preview_that_nobody_got_is_none() -> None:
    """What was gone before it could be fetched was not seen."""
    assert (await visit(Hasty(), task(1))).preview_s is None


async def test_whoever_is_turned_away_comes_again() -> None:
    """A full line costs time, not the picture."""
    engine = Moody(busy=3)
    await visit(engine, task(1))
    assert engine.painted == ["a house"]


async def test_a_failure_takes_the_others_back() -> None:
    """Where one gets no picture, nobody's picture is painted on for nothing, and the error is that one's own."""
    engine = Moody(fails="id-1", endless=("id-0", "id-2"))
    with pytest.raises(EngineError, match="can't be painted"):
        await visits(engine, [task(number) for number in range(3)])
    assert sorted(engine.cancelled) == ["id-0", "id-2"]


async def test_requests_come_at_their_own_times() -> None:
    """Nobody waits for those before: the second comes while the first is never done."""
    engine = Moody(endless=("id-0",))
    told: list[Visit] = []
    asking = asyncio.create_task(visits(engine, [task(0), task(1)], [0.0, 0.05], told.append))
    async with asyncio.timeout(60):
        while not told:
            await asyncio.sleep(0.01)
    asking.cancel()
    await asyncio.wait({asking})
    assert [made.task.id for made in told] == ["id-1"]
    assert told[0].came_s >= 0.05
    assert engine.cancelled == ["id-0"]


def test_pace_counts_to_the_last_picture() -> None:
    """Two pictures of which the later one is there after half a minute are four a minute."""
    made = [
        Visit(task(number), came, waited, None, 0.0, b"") for number, (came, waited) in enumerate([(0, 9), (10, 20)])
    ]
    assert per_minute(made) == 4.0


async def test_everything_is_measured_once() -> None:
    """All pictures of the plan are painted, each under an id of its own, and counted up as they come."""
    engine = PaperEngine()
    told: list[tuple[str, int, int]] = []
    measured = await Bench(engine, CARD, SCALE, lambda *said: told.append(said)).measure()
    assert len(engine.painted) == SCALE.pictures == told[-1][1] == told[-1][2]
    assert [done for what, done, _ in told if what] == sorted(done for _, done, _ in told)
    assert list(Counter(what for what, _, _ in told)) == [
        "warming up",
        "one picture after the other",
        "2 people at once",
        "3 people at once",
        "short pictures among long ones",
    ]
    assert [(one.users, one.pictures) for one in measured.companies] == [(2, 4), (3, 6)]
    assert measured.tail.pictures == 4
    assert measured.alone.preview_share is not None
    assert 0 < measured.alone.preview_share < 1
    for one in measured.companies:
        assert one.ratio == pytest.approx(one.per_minute * measured.alone.picture_s / 60)
        assert 0 < one.p50_s <= one.p95_s


async def test_short_and_long_differ_at_the_least_number_of_steps() -> None:
    """A model of one step has short pictures of one step among long ones of two."""
    one = Scale(64, 64, 1)
    assert (one.short_steps, one.long_steps) == (1, 2)
    assert Scale(64, 64, 200).long_steps == 200


async def test_the_painter_tells_of_itself() -> None:
    """What the painter says of device and libraries stands; an engine that says nothing is not guessed at."""
    told = await machine(Moody(), None)
    assert (told.device, dict(told.versions)) == ("a GPU", {"torch": "9.9", "diffusers": "8.8"})
    assert (await machine(PaperEngine(), None)).device == ""
    assert (await machine(PaperEngine(), "cpu")).device == "CPU"
    assert (await health_of(Moody()))["memory_mib"] == 12.5


async def test_the_table_is_markdown() -> None:
    """Every row has the same three cells on one line, whatever stands in the model's name."""
    measured = await Bench(PaperEngine(), CARD, SCALE, lambda *_: None).measure()
    card = CARD.__class__(**{**{name: getattr(CARD, name) for name in CARD.__slots__}, "model": "a|b " + "x" * 300})
    lines = table(rows(HERE, card, SCALE, measured, 12.4)).splitlines()
    assert all(line.startswith("|") and line.endswith("|") and line.count("|") == 4 for line in lines)
    assert set(lines[1]) == {"|", "-"}
    text = " ".join(" ".join(lines).split())
    assert "| machine | a processor, 2 cores |" in text
    assert "| painter | CPU, torch 2.13.0 |" in text
    assert "| memory | 12 MiB | peak |" in text
    assert f"{measured.companies[1].per_minute:.1f} pictures/min" in text
    assert "the painter does not say" in table(rows(HERE, CARD, SCALE, measured, None))


async def test_json_has_all_values() -> None:
    """Nothing that is in the table is missing from the record."""
    measured = await Bench(Hasty(), CARD, SCALE, lambda *_: None).measure()
    told = record(HERE, CARD, SCALE, measured, None)
    assert told["alone"]["preview_s"] is None
    assert [one["users"] for one in told["companies"]] == [2, 3]
    assert told["machine"]["processor"] == "a processor"
    assert (told["model"], told["memory_mib"], told["scale"]["steps"]) == ("paper", None, 4)
    assert "previews are off" in table(rows(HERE, CARD, SCALE, measured, None))
