"""What is right about a picture of a request: the judge of training/, and for two things' colours and style its pixels.

The judge itself names no style. Pencil pictures have no colour, and pixel art has steps at every fourth pixel and
nowhere else; on true renders put through the model's own autoencoder the two thresholds part all three styles.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from random import Random
from typing import Any

import numpy as np
from PIL import Image

from training.checks import Judge, colour_of
from training.judge import JudgeEyes
from training.options import folder_of
from training.pictures import draw_scenes
from training.world import STARTER, Scene, Thing, render
from training.world.sampling import LAYOUT_NUMBERS
from training.world.words import PLACES

CATEGORIES = ("subject", "count", "colour", "both of two", "binding", "relation", "place", "time", "style")
_LEAST_CELLS = 14
_GREY_BELOW = 15.0
_BLOCKS_ABOVE = 1.9
_BLOCK_PX = 4
Answers = dict[str, bool]


def scene_of(record: Mapping[str, Any]) -> Scene:
    """What a request asks for; where its things stand is left open."""
    things = [Thing(one["subject"], one.get("colour"), 0, 0, 0, False) for one in record["things"]]
    return Scene(
        tuple(things * record.get("count", 1)),
        record["place"],
        record.get("time", "day"),
        "clear",
        record.get("style", "flat"),
        record.get("relation", ""),
        (0.0,) * LAYOUT_NUMBERS,
    )


def record_of(scene: Scene) -> dict[str, Any]:
    """The request that asks for just this scene."""
    things = scene.things[:1] if scene.kind == "count" else scene.things
    made = {
        "things": [{"subject": one.subject} | ({"colour": one.colour} if one.colour else {}) for one in things],
        "count": scene.count if scene.kind == "count" else 0,
        "relation": scene.relation,
        "place": scene.place,
        "time": scene.time if PLACES[scene.place].outdoors else "",
        "style": scene.style,
    }
    return {name: value for name, value in made.items() if value}


def own_errors(referee: "Referee", count: int, seed: int = 77) -> dict[str, tuple[int, int]]:
    """How often true renders are judged wrong in each category, and of how many."""
    domain = replace(STARTER, coloured=1.0, kinds={"one": 0.3, "pair": 0.4, "count": 0.3})
    tally = Counter[tuple[str, bool]]()
    for scene in draw_scenes(Random(seed), domain, count, held=None):
        [right] = referee.answers(record_of(scene), [render(scene).image])
        tally.update(right.items())
    return {name: (tally[name, False], tally[name, False] + tally[name, True]) for name in CATEGORIES}


def asked(record: Mapping[str, Any]) -> tuple[str, ...]:
    """The categories that a request is judged in."""
    pair, coloured = bool(record.get("relation")), any("colour" in one for one in record["things"])
    wanted = {
        "subject": not pair,
        "count": "count" in record,
        "colour": coloured and not pair,
        "both of two": pair,
        "binding": coloured and pair,
        "relation": record.get("relation") in ("left", "right"),
        "place": "place" in record,
        "time": "time" in record,
        "style": "style" in record,
    }
    return tuple(name for name in CATEGORIES if wanted[name])


def style_of(image: Image.Image) -> str:
    """'pencil', 'pixel' or 'flat', by the pixels alone."""
    pixels = np.asarray(image.convert("RGB"), np.float32)
    if float((pixels.max(2) - pixels.min(2)).mean()) < _GREY_BELOW:
        return "pencil"
    grey = pixels.mean(2)
    across, down = np.abs(np.diff(grey, axis=1)).mean(0), np.abs(np.diff(grey, axis=0)).mean(1)
    borders = slice(_BLOCK_PX - 1, None, _BLOCK_PX)
    within = np.arange(len(across)) % _BLOCK_PX != _BLOCK_PX - 1
    steps = across[borders].mean() + down[borders].mean()
    return "pixel" if steps > _BLOCKS_ABOVE * (across[within].mean() + down[within].mean() + 0.05) else "flat"


class Referee:
    """Answers every question that a request asks of a picture."""

    @cached_property
    def _eyes(self) -> JudgeEyes:
        return JudgeEyes.load(folder_of("starter", "judge") / "weights")

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self._eyes, STARTER)

    def answers(self, record: Mapping[str, Any], pictures: Iterable[Image.Image]) -> list[Answers]:
        """For each picture whether it is right in each category that the request is judged in.

        The place is looked for among backdrops of the style that the picture has, so that a wrong style is one fault.
        """
        images, scene, wanted = list(pictures), scene_of(record), asked(record)
        styles = [style_of(image) for image in images]
        verdicts = self._judge.judge([replace(scene, style=style) for style in styles], images)
        found = []
        for image, style, verdict in zip(images, styles, verdicts, strict=True):
            right = {
                "subject": verdict.subject,
                "count": verdict.count,
                "colour": verdict.colour,
                "both of two": verdict.second,
                "binding": verdict.second and self._bound(scene, image),
                "relation": verdict.relation,
                "place": verdict.place,
                "time": verdict.time,
                "style": style == scene.style,
            }
            found.append({name: bool(right[name]) for name in wanted})
        return found

    def _bound(self, scene: Scene, image: Image.Image) -> bool:
        """Whether each of two things has the colour that was asked of it."""
        label = self._eyes.look([image])[0].argmax(0)
        masks = [label == 2 + self._eyes.subjects.index(thing.subject) for thing in scene.things]
        return all(
            thing.colour is None
            or (mask.sum() >= _LEAST_CELLS and colour_of(image, mask, thing.subject) == thing.colour)
            for thing, mask in zip(scene.things, masks, strict=True)
        )
