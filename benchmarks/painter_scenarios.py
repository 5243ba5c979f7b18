"""The goals of the painter as measurements: each asks all arms for the same pictures, in turn, and makes a table."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.painter_arms import LIMNER, SERIAL, STATIC, Arms, Painter
from benchmarks.painter_load import Arrivals, Asker, arrivals, serial_picture_s
from benchmarks.painter_report import Section, at_least, at_most, tell
from bot.bench.asking import Paints, Visit, per_minute, visit, visits
from bot.bench.figures import growth, median_ratio, p50, p95

# How many requests each that comes may add to the line before it counts as growing.
GROWTH_LIMIT = 0.1
WARMING = 8
LONGS = 4


@dataclass(frozen=True, slots=True)
class Goals:
    """What should be reached on one model and device; None where there is no goal."""

    alone: float | None = 1.05
    picture_s: float | None = None
    to_serial: float | None = None
    to_static: float | None = None
    short: float | None = None
    p95_to_serial: float | None = None
    p95_to_static: float | None = None
    growth: float | None = None


async def one_user(arms: Arms, asker: Asker, goals: Goals, rounds: int) -> Section:
    """One picture at a time, from POST to PNG, against the bare pipeline with its PNG in the other process."""
    tell(f"{asker.shape.label}: one user")
    limner = arms.by_name[LIMNER]
    through_s, bare_s, own_s = [], [], []
    for number in range(rounds + 1):
        task = asker.task()
        made = await visit(limner, task)
        plain = await visit(arms.serial, asker.task(seed=task.seed))
        if number:
            through_s.append(made.waited_s)
            own_s.append(made.painting_s)
            bare_s.append(plain.painting_s)
    ratio = median_ratio(through_s, bare_s)
    shown = f"{ratio:.3f} ({1000 * p50(through_s):.0f} ms to {1000 * p50(bare_s):.0f} ms)"
    within = median_ratio(own_s, bare_s)
    return Section(
        f"One user. {asker.shape.label}",
        (
            ("what", "measured", "goal"),
            ("POST to PNG, against the bare pipeline and its PNG", shown, at_most(ratio, goals.alone)),
            ("of that, within the painter", f"{within:.3f}", ""),
            ("POST to PNG", f"{p50(through_s):.3f} s", at_most(p50(through_s), goals.picture_s)),
            ("times as fast as the bare pipeline", f"{1 / ratio:.2f}", ""),
        ),
        {"ratio": ratio, "through_s": through_s, "bare_s": bare_s, "painter_s": own_s},
        f"Medians of {rounds} pairs taken in turn after a warm-up.",
    )


async def at_once(arms: Arms, asker: Asker, goals: Goals, users: int, rounds: int) -> Section:
    """Everybody asks at once for equal steps; pictures a minute until the last one is there."""
    tell(f"{asker.shape.label}: {users} users at once")
    runs: dict[str, list[list[Visit]]] = {name: [] for name in arms.by_name}
    for number in range(rounds + 1):
        for name, engine in _turned(arms, number):
            made = await visits(engine, asker.tasks([asker.shape.steps] * users))
            if number:
                runs[name].append(made)
    paces = {name: [per_minute(made) for made in each] for name, each in runs.items()}
    ratios = {name: median_ratio(pace, paces[SERIAL]) for name, pace in paces.items()}
    to_static = median_ratio(paces[LIMNER], paces[STATIC])
    rows: list[tuple[str, ...]] = [("arm", "pictures/min", "to serial", "p50", "p95", "goal")]
    for name, each in runs.items():
        waited_s = [one.waited_s for made in each for one in made]
        goal = at_least(ratios[name], goals.to_serial) if name == LIMNER else ""
        pace = f"{statistics.median(paces[name]):.1f}"
        rows.append((name, pace, f"{ratios[name]:.2f}", f"{p50(waited_s):.2f} s", f"{p95(waited_s):.2f} s", goal))
    if goals.to_static is not None:
        rows.append(("Limner to static", "", f"{to_static:.2f}", "", "", at_least(to_static, goals.to_static)))
    return Section(
        f"{users} users at once, {asker.shape.steps} steps, {asker.shape.side_px} px. {asker.shape.label}",
        tuple(rows),
        {"paces_per_min": paces, "to_serial": ratios, "to_static": to_static},
        f"Medians of {rounds} runs, arms in turn, after a warm-up.",
    )


@dataclass(frozen=True, slots=True)
class Mixed:
    """How one arm came through one load of mixed requests."""

    load: float
    arm: str
    p50_s: float
    p95_s: float
    short_p50_s: float
    growth: float


async def mixed_load(
    arms: Arms, asker: Asker, goals: Goals, loads: Sequence[float], requests: int
) -> tuple[Section, list[Mixed]]:
    """Short and long requests come in a Poisson stream, the same one for each arm."""
    for engine in arms.by_name.values():  # a painter measures once how many pictures pay off together
        await visits(engine, asker.tasks([min(asker.shape.mixed_steps)] * WARMING))
    picture_s = await serial_picture_s(arms, asker)
    found: list[Mixed] = []
    for number, load in enumerate(loads):
        stream = arrivals(asker.shape, requests, load, picture_s)
        tell(f"{asker.shape.label}: {len(stream.steps)} requests at {load:g} of serial capacity")
        by_name = {name: await _through(engine, name, asker, stream) for name, engine in _turned(arms, number)}
        found += [by_name[name] for name in arms.by_name]
    head = ("load", "arm", "p50", "p95", "p50 of short ones", "growth of the line", "goals")
    rows = [head, *(_mixed_row(one, _beside(one, found), goals) for one in found)]
    shape = asker.shape
    note = (
        f"{len(stream.steps)} requests for each load and arm, steps {', '.join(map(str, shape.mixed_steps))} equally "
        f"often, {shape.side_px} px; short are those of up to {shape.short_steps} steps. 1.0 is what the serial arm "
        f"can do: {60 / picture_s:.1f} pictures/min. Growth: requests that each one that comes adds to the line."
    )
    values = {"serial_picture_s": picture_s, "mixed": found}
    return Section(f"Mixed load. {shape.label}", tuple(rows), values, note), found


async def among_long(arms: Arms, asker: Asker, goals: Goals, rounds: int) -> Section:
    """Long requests come at once; then, one after the other, people want short ones."""
    shape = asker.shape
    tell(f"{shape.label}: short ones among long ones")
    short = [steps for steps in shape.mixed_steps if steps <= shape.short_steps]
    steps = [max(shape.mixed_steps)] * LONGS + short * (LONGS // len(short))
    alone_s = p50([(await visit(arms.serial, asker.task(one))).waited_s for one in short])
    at_s = [0.0] * LONGS + [alone_s * (number + 1) for number in range(len(steps) - LONGS)]
    waited_s: dict[str, list[float]] = {name: [] for name in arms.by_name}
    for number in range(rounds):
        for name, engine in _turned(arms, number):
            made = await visits(engine, asker.tasks(steps), at_s)
            waited_s[name] += [one.waited_s for one in made if one.task.steps <= shape.short_steps]
    rows: list[tuple[str, ...]] = [("arm", "p50 of short ones", "p95", "p50 to serial", "goal")]
    ratios = {name: p50(each) / p50(waited_s[SERIAL]) for name, each in waited_s.items()}
    for name, each in waited_s.items():
        goal = at_most(ratios[name], goals.short) if name == LIMNER else ""
        rows.append((name, f"{p50(each):.2f} s", f"{p95(each):.2f} s", f"{ratios[name]:.2f}", goal))
    note = (
        f"{LONGS} requests of {max(steps)} steps at once, then {len(steps) - LONGS} of {' and '.join(map(str, short))} "
        f"steps, one every {alone_s:.2f} s, which is what it takes alone; {rounds} runs, arms in turn."
    )
    values = {"waited_s": waited_s, "alone_s": alone_s, "to_serial": ratios}
    return Section(f"Short ones among long ones. {shape.label}", tuple(rows), values, note)


async def previews(painter: Painter, quiet: Painter, asker: Asker, users: int, rounds: int) -> Section:
    """How soon the first preview is there with many users, and what previews cost."""
    tell(f"{asker.shape.label}: previews with {users} users")
    runs: list[list[Visit]] = []
    paces: dict[str, list[float]] = {"with": [], "without": []}
    for number in range(rounds + 1):
        both = [("with", painter.engine), ("without", quiet.engine)]
        for name, engine in both if number % 2 else both[::-1]:
            made = await visits(engine, asker.tasks([asker.shape.steps] * users))
            if number:
                paces[name].append(per_minute(made))
            if number and name == "with":
                runs.append(made)
    all_made = [one for made in runs for one in made]
    shares = [one.preview_s / one.waited_s for one in all_made if one.preview_s is not None]
    without = len(all_made) - len(shares)
    ratio = median_ratio(paces["with"], paces["without"])
    first = f"p50 {100 * p50(shares):.0f} %, p95 {100 * p95(shares):.0f} %" if shares else "no preview at all"
    goal = at_most(100 * p50(shares), 10, "{:.0f} %") if shares else "at most 10 % (missed)"
    return Section(
        f"Previews with {users} users. {asker.shape.label}",
        (
            ("what", "measured", "goal"),
            ("first preview, of the picture's whole time", first, goal),
            ("pictures without any preview", f"{without} of {len(all_made)}", ""),
            ("pictures/min with previews to without", f"{ratio:.3f}", at_least(ratio, 0.98)),
        ),
        {"shares": shares, "without": without, "ratio": ratio, "paces_per_min": paces},
        f"{rounds} runs in turn after a warm-up. Whole time: from POST to PNG, waiting included.",
    )


def _turned(arms: Arms, number: int) -> list[tuple[str, Paints]]:
    """The arms in another order each time, so that none always comes after the same."""
    each = list(arms.by_name.items())
    begin = number % len(each)
    return each[begin:] + each[:begin]


async def _through(engine: Paints, name: str, asker: Asker, stream: Arrivals) -> Mixed:
    made = await visits(engine, asker.tasks(stream.steps), stream.at_s)
    waited_s = [one.waited_s for one in made]
    short_s = [one.waited_s for one in made if one.task.steps <= asker.shape.short_steps]
    grown = growth([one.came_s for one in made], [one.left_s for one in made])
    return Mixed(stream.load, name, p50(waited_s), p95(waited_s), p50(short_s), grown)


def _beside(one: Mixed, found: Sequence[Mixed]) -> dict[str, Mixed]:
    return {other.arm: other for other in found if other.load == one.load}


def _mixed_row(one: Mixed, beside: dict[str, Mixed], goals: Goals) -> tuple[str, ...]:
    serial, static = beside[SERIAL], beside[STATIC]
    to_serial, to_static = one.p95_s / serial.p95_s, one.p95_s / static.p95_s
    short = one.short_p50_s / serial.short_p50_s
    reached: list[str] = []
    if one.arm == LIMNER:
        told = {
            "p95 to serial": at_most(to_serial, goals.p95_to_serial) if one.load < 1 else "",
            "p95 to static": at_most(to_static, goals.p95_to_static) if one.load < 1 else "",
            "growth": at_most(one.growth, goals.growth) if one.load > 1 else "",
        }
        reached = [f"{name} {goal}" for name, goal in told.items() if goal]
    return (
        f"{one.load:g}",
        one.arm,
        f"{one.p50_s:.2f} s",
        f"{one.p95_s:.2f} s ({to_serial:.2f} of serial)",
        f"{one.short_p50_s:.2f} s ({short:.2f} of serial)",
        f"{one.growth:.2f}",
        "; ".join(reached),
    )
