"""Random scenes: what stands where, chosen by a seeded generator from a domain of allowed words."""

import zlib
from dataclasses import dataclass, field
from random import Random

from training.world.scene import Scene, Thing
from training.world.subjects import STARTER_SUBJECTS, SUBJECTS
from training.world.words import (
    COLOURS,
    GREY_STYLES,
    PLACES,
    RELATIONS,
    STARTER_PLACES,
    STARTER_STYLES,
    STYLES,
    WEATHER,
)

LAYOUT_NUMBERS = 10
_COLUMNS_PX = {
    1: ((72, 184),),
    2: ((58, 76), (180, 198)),
    3: ((40, 46), (125, 131), (210, 216)),
    4: ((32, 36), (94, 98), (158, 162), (220, 224)),
}
_SIZES_PX = {1: (100, 150), 2: (78, 100), 3: (56, 68), 4: (40, 49)}


@dataclass(frozen=True)
class Domain:
    """Which scenes are drawn: the words to choose from, and how often (weights need not sum to 1)."""

    subjects: tuple[str, ...] = tuple(SUBJECTS)
    places: tuple[str, ...] = tuple(PLACES)
    styles: dict[str, float] = field(default_factory=lambda: {"flat": 0.5} | {s: 0.1 for s in STYLES if s != "flat"})
    weather: dict[str, float] = field(
        default_factory=lambda: {"clear": 0.7} | {w: 0.1 for w in WEATHER if w != "clear"}
    )
    kinds: dict[str, float] = field(default_factory=lambda: {"one": 0.6, "pair": 0.25, "count": 0.15})
    relations: tuple[str, ...] = tuple(RELATIONS)
    most: int = 4
    coloured: float = 0.6


STARTER = Domain(
    subjects=STARTER_SUBJECTS,
    places=STARTER_PLACES,
    styles=dict(zip(STARTER_STYLES, (0.6, 0.2, 0.2), strict=True)),
    weather={"clear": 1.0},
    kinds={"one": 0.84, "pair": 0.08, "count": 0.08},
    relations=("and", "left", "right"),
    most=3,
)
"""Sixteen subjects in eight places and three styles: what a CPU can learn in a day."""

WORLD = Domain()


def held_out(subject: str, place: str) -> bool:
    """Whether this combination is kept from training, so that figures tell composing from remembering (a tenth is)."""
    return zlib.crc32(f"{subject}|{place}".encode()) % 10 == 0


def sample_scene(rng: Random, domain: Domain, held: bool | None = False) -> Scene:
    """One random scene of the domain; held says whether it holds a held-out combination (None: either).

    Raises ValueError when the domain has no such scene.
    """
    for _ in range(10_000):
        scene = _sample(rng, domain)
        if held is None or held == any(held_out(thing.subject, scene.place) for thing in scene.things):
            return scene
    raise ValueError(f"the domain has no scene with held={held}; allow more subjects or places")


def _sample(rng: Random, domain: Domain) -> Scene:
    place = PLACES[rng.choice(domain.places)]
    time = rng.choices(("day", "sunset", "night"), (2, 1, 1))[0] if place.outdoors else "day"
    weather = _weighted(rng, domain.weather) if place.outdoors else "clear"
    kind = _weighted(rng, domain.kinds)
    relation = rng.choice(domain.relations) if kind == "pair" else ""
    names = _names(rng, domain, kind, relation)
    style = _weighted(rng, domain.styles)
    coloured = 0.0 if style in GREY_STYLES else domain.coloured
    colours = [_colour(rng, name, coloured) for name in names]
    if kind == "count":
        colours = [colours[0]] * len(names)
    afloat = [SUBJECTS[name].floats or place.weightless for name in names]
    things = _things(rng, names, colours, afloat, relation)
    layout = tuple(round(rng.random(), 4) for _ in range(LAYOUT_NUMBERS))
    return Scene(things, place.name, time, weather, style, relation, layout)


def _weighted(rng: Random, weights: dict[str, float]) -> str:
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def _names(rng: Random, domain: Domain, kind: str, relation: str) -> list[str]:
    if kind == "one":
        return [rng.choice(domain.subjects)]
    if kind == "count":
        return [rng.choice(domain.subjects)] * rng.randint(2, domain.most)
    if relation == "inside":
        holder = rng.choice([name for name in domain.subjects if SUBJECTS[name].holds])
        return [rng.choice([name for name in domain.subjects if not SUBJECTS[name].holds]), holder]
    return rng.sample(domain.subjects, 2)


def _colour(rng: Random, name: str, share: float) -> str | None:
    return rng.choice(tuple(COLOURS)) if SUBJECTS[name].colourable and rng.random() < share else None


def _things(
    rng: Random, names: list[str], colours: list[str | None], afloat: list[bool], relation: str
) -> tuple[Thing, ...]:
    spots = _spots(rng, len(names), afloat, relation)
    return tuple(
        Thing(name, colour, round(x, 1), round(base, 1), round(size, 1), floats, rng.random() < 0.5)
        for name, colour, (x, base, size, floats) in zip(names, colours, spots, strict=True)
    )


Spot = tuple[float, float, float, bool]


def _spots(rng: Random, count: int, afloat: list[bool], relation: str) -> list[Spot]:
    """Centre, base, size in pixels and whether it floats, for each thing."""
    if relation in ("above", "below"):
        spots = _stacked(rng, afloat if relation == "above" else afloat[::-1])
        return spots if relation == "above" else spots[::-1]
    if relation == "behind":
        return _overlapping(rng, afloat)
    if relation == "inside":
        return _nested(rng, afloat[1])
    spots = [
        _spot(rng, column, _SIZES_PX[count], floats) for column, floats in zip(_COLUMNS_PX[count], afloat, strict=True)
    ]
    if relation != "right":
        return spots
    first, second = afloat
    left, right = _COLUMNS_PX[2]
    return [_spot(rng, right, _SIZES_PX[2], first), _spot(rng, left, _SIZES_PX[2], second)]


def _spot(rng: Random, column: tuple[int, int], sizes: tuple[int, int], floats: bool) -> Spot:
    base = rng.uniform(90, 140) if floats else rng.uniform(196, 236)
    return rng.uniform(*column), base, rng.uniform(*sizes), floats


def _stacked(rng: Random, afloat: list[bool]) -> list[Spot]:
    x = rng.uniform(84, 172)
    lower_floats = afloat[1]
    lower = (
        x + rng.uniform(-12, 12),
        186.0 if lower_floats else rng.uniform(226, 240),
        rng.uniform(78, 96),
        lower_floats,
    )
    return [(x, rng.uniform(58, 70), rng.uniform(72, 88), True), lower]


def _overlapping(rng: Random, afloat: list[bool]) -> list[Spot]:
    x, side = rng.uniform(92, 164), rng.choice((-1, 1))
    back_base = 112.0 if afloat[0] else rng.uniform(190, 202)
    front_base = 172.0 if afloat[1] else rng.uniform(224, 238)
    front = (x + side * rng.uniform(34, 48), front_base, rng.uniform(72, 90), afloat[1])
    return [(x, back_base, rng.uniform(118, 144), afloat[0]), front]


def _nested(rng: Random, holder_floats: bool) -> list[Spot]:
    x, base, size = rng.uniform(90, 166), rng.uniform(222, 236), rng.uniform(126, 146)
    holder = (x, base - size / 2 if holder_floats else base, size, holder_floats)
    return [(x + rng.uniform(-6, 6), base - size * 0.46, rng.uniform(70, 84), True), holder]
