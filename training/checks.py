"""Checks a picture against what it should hold: the judge finds the subjects, plain pixels decide the rest.

Colour is decided by the histogram of the subject's pixels against the same sprite painted in every colour; count by
connected patches; place and time by the nearest true renders of the same style, subjects left out; relations by where
the patches lie.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from random import Random

import numpy as np
import numpy.typing as npt
from PIL import Image

from training.judge import CELLS, JudgeEyes
from training.pictures import draw_scenes
from training.world import SIZE_PX, Domain, Scene, Thing
from training.world.render import backdrop
from training.world.sprites import sprite
from training.world.styles import FILTERS
from training.world.words import COLOURS

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]

_MIN_CELLS = 14
_LEAST_OF_LARGEST = 0.35
_THUMB = 16
_NEIGHBOURS = 5
_BINS = 6


@dataclass(frozen=True)
class Verdict:
    """What was right about one picture; None where the scene does not ask."""

    subject: bool | None
    second: bool | None
    place: bool
    time: bool | None
    colour: bool | None
    count: bool | None
    relation: bool | None
    named: str
    seen_place: str


def patches(mask: Mask, least: int = _MIN_CELLS) -> list[Mask]:
    """The connected parts of a mask (edges touch) that have at least `least` cells, largest first."""
    left = mask.copy()
    found: list[Mask] = []
    while left.any():
        part = np.zeros_like(mask)
        part[tuple(np.argwhere(left)[0])] = True
        while True:
            grown = part.copy()
            grown[1:] |= part[:-1]
            grown[:-1] |= part[1:]
            grown[:, 1:] |= part[:, :-1]
            grown[:, :-1] |= part[:, 1:]
            grown &= left
            if (grown == part).all():
                break
            part = grown
        left &= ~part
        if part.sum() >= least:
            found.append(part)
    return sorted(found, key=lambda part: -int(part.sum()))


def count_of(mask: Mask) -> int:
    """How many alike things a mask shows: its connected parts, but not those far smaller than the largest.

    Alike things differ in size by less than two to one; a smaller part is a router's antenna, seen apart from it.
    """
    sizes = [int(part.sum()) for part in patches(mask)]
    return sum(size >= _LEAST_OF_LARGEST * sizes[0] for size in sizes)


def _histogram(pixels: Floats) -> Floats:
    """Share of pixels (n, 3) in each of 6 x 6 x 6 colour bins, spread a little over neighbours."""
    counts, _ = np.histogramdd(pixels, bins=(_BINS,) * 3, range=((0, 256),) * 3)
    for axis in range(3):
        padded = np.pad(counts, [(1, 1) if a == axis else (0, 0) for a in range(3)], mode="edge")
        before, after = (np.take(padded, range(shift, shift + _BINS), axis) for shift in (0, 2))
        counts = 0.6 * counts + 0.2 * before + 0.2 * after
    return np.asarray(counts / max(counts.sum(), 1e-9), np.float32)


@cache
def _painted(subject: str) -> dict[str, Floats]:
    """The histogram of the subject painted in each colour."""
    made = {}
    for colour in COLOURS:
        pixels = np.asarray(sprite(subject, colour))
        made[colour] = _histogram(pixels[pixels[..., 3] > 127][:, :3].astype(np.float32))
    return made


def colour_of(image: Image.Image, mask: Mask, subject: str) -> str:
    """The colour whose painted sprite shares most of its histogram with the pixels under the mask."""
    pixels = np.asarray(image.convert("RGB").resize((CELLS, CELLS), Image.Resampling.BOX), np.float32)[mask]
    seen = _histogram(pixels)
    return max(COLOURS, key=lambda colour: float(np.minimum(_painted(subject)[colour], seen).sum()))


class PlaceFinder:
    """Knows what each place looks like from many true backdrops, as thumbnails of 16 x 16 colours."""

    def __init__(self, domain: Domain, count: int = 3000, seed: int = 31) -> None:
        self._scenes = draw_scenes(Random(seed), domain, count, held=None)
        pictures = [FILTERS[scene.style](backdrop(scene)) for scene in self._scenes]
        self._thumbs = np.stack([_thumb(picture) for picture in pictures])
        self._styles = np.array([scene.style for scene in self._scenes])

    def find(self, image: Image.Image, things: Mask, style: str) -> tuple[str, str]:
        """Place and time of the nearest backdrops in that style, cells of things left out."""
        block = CELLS // _THUMB
        free = ~things.reshape(_THUMB, block, _THUMB, block).any((1, 3))
        if not free.any():  # a picture with nothing but things in it: all of it is compared
            free = np.ones_like(free)
        rows = np.flatnonzero(self._styles == style)
        error = ((self._thumbs[rows] - _thumb(image)) ** 2).sum(-1)[:, free].mean(1)
        near = [self._scenes[rows[index]] for index in np.argsort(error)[:_NEIGHBOURS]]
        place = Counter(scene.place for scene in near).most_common(1)[0][0]
        time = Counter(scene.time for scene in near if scene.place == place).most_common(1)[0][0]
        return place, time


def _thumb(image: Image.Image) -> Floats:
    return np.asarray(image.convert("RGB").resize((_THUMB, _THUMB), Image.Resampling.BOX), np.float32)


def _centre(mask: Mask) -> tuple[float, float]:
    rows, columns = np.nonzero(mask)
    return float(columns.mean()), float(rows.mean())


def relation_holds(relation: str, first: Mask, second: Mask) -> bool:
    """Whether the first patch lies so towards the second one; raises KeyError for an unknown relation."""
    (x1, y1), (x2, y2) = _centre(first), _centre(second)
    low = {"first": np.nonzero(first)[0].max(), "second": np.nonzero(second)[0].max()}
    tests = {
        "left": x1 < x2 - 8,
        "right": x1 > x2 + 8,
        "above": y1 < y2 - 8,
        "below": y1 > y2 + 8,
        "behind": low["first"] < low["second"] and abs(x1 - x2) < 20,
        "inside": abs(x1 - x2) < 7 and y1 < y2,
    }
    return bool(tests[relation])


class Judge:
    """Judges pictures of one domain; `places` spares it drawing its own backdrops."""

    def __init__(self, eyes: JudgeEyes, domain: Domain, places: PlaceFinder | None = None) -> None:
        self._eyes, self._places = eyes, places or PlaceFinder(domain)

    def judge(self, scenes: list[Scene], images: list[Image.Image]) -> list[Verdict]:
        """A verdict for each picture against its scene; pictures are 256 pixels square."""
        if any(image.size != (SIZE_PX, SIZE_PX) for image in images):
            raise ValueError(f"the judge looks at pictures of {SIZE_PX} x {SIZE_PX} pixels only")
        seen = self._eyes.look(images)
        return [self._one(scene, image, cells) for scene, image, cells in zip(scenes, images, seen, strict=True)]

    def _one(self, scene: Scene, image: Image.Image, cells: Floats) -> Verdict:
        label = cells.argmax(0)
        mass = np.bincount(label.ravel(), minlength=cells.shape[0])[1:]
        order = [("smear", *self._eyes.subjects)[index] for index in np.argsort(-mass) if mass[index] >= _MIN_CELLS]
        place, time = self._places.find(image, label > 0, scene.style)
        masks = [self._mask(label, thing) for thing in scene.things]
        pair = scene.kind == "pair"
        placed = pair and scene.relation != "and"  # 'a dog and a cat' asks for no relation
        wanted = {thing.subject for thing in scene.things}
        both = pair and all(mask.sum() >= _MIN_CELLS for mask in masks)
        return Verdict(
            subject=None if pair else bool(order) and order[0] == scene.things[0].subject,
            second=wanted == set(order[:2]) if pair else None,
            place=place == scene.place,
            time=time == scene.time if place == scene.place and scene.time else None,
            colour=self._colour(scene, image, masks),
            count=count_of(masks[0]) == scene.count if scene.kind == "count" else None,
            relation=both and relation_holds(scene.relation, masks[0], masks[1]) if placed else None,
            named=order[0] if order else "nothing",
            seen_place=place,
        )

    def _mask(self, label: npt.NDArray[np.int64], thing: Thing) -> Mask:
        return np.asarray(label == 2 + self._eyes.subjects.index(thing.subject))

    @staticmethod
    def _colour(scene: Scene, image: Image.Image, masks: list[Mask]) -> bool | None:
        asked = [(thing, mask) for thing, mask in zip(scene.things, masks, strict=True) if thing.colour]
        if not asked or scene.kind == "pair":
            return None
        thing, mask = asked[0]
        return bool(mask.sum() >= _MIN_CELLS) and colour_of(image, mask, thing.subject) == thing.colour


def figures(verdicts: list[Verdict]) -> dict[str, tuple[float, int]]:
    """For every question the share of right answers and how many pictures were asked it."""
    found = {}
    for name in ("subject", "second", "place", "time", "colour", "count", "relation"):
        answers = [value for value in (getattr(v, name) for v in verdicts) if value is not None]
        if answers:
            found[name] = (sum(answers) / len(answers), len(answers))
    return found
