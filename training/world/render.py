"""Draws a scene: the backdrop, the things from back to front, the weather and the style, with the truth beside it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from training.world.indoors import INDOORS
from training.world.outdoors import paint_outdoors, paint_space
from training.world.scene import SIZE_PX, Scene, Thing
from training.world.sky import shadow, weather_over
from training.world.sprites import sprite
from training.world.styles import FILTERS

Box = tuple[int, int, int, int]

_RIM = 0.42
"""How far down a holding thing's front begins, as a share of its height: what is inside shows above it."""


@dataclass(frozen=True)
class Picture:
    """A drawn scene and its truth.

    image is RGB, 256 pixels square. boxes has one (left, top, right, bottom) in pixels for each thing, in the scene's
    order, before anything in front hides a part. layers is uint8 of shape (256, 256): 0 for the backdrop, i + 1 where
    thing i is seen.
    """

    image: Image.Image
    boxes: tuple[Box, ...]
    layers: npt.NDArray[np.uint8]


def backdrop(scene: Scene) -> Image.Image:
    """The scene's place alone, flat, 256 pixels square."""
    if scene.place == "space":
        board = paint_space(scene.layout)
    elif scene.place in INDOORS:
        board = INDOORS[scene.place](scene.layout)
    else:
        board = paint_outdoors(scene.place, scene.time, scene.weather, scene.layout)
    return board.reduce(2)


def _cut_out(thing: Thing) -> tuple[Image.Image, Box]:
    """The thing's sprite at its size, and the box it takes."""
    drawn = sprite(thing.subject, thing.colour or "")
    scale = thing.size_px / max(drawn.size)
    size = max(1, round(drawn.width * scale)), max(1, round(drawn.height * scale))
    drawn = drawn.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    if thing.flipped:
        drawn = drawn.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    left = round(thing.x_px - drawn.width / 2)
    top = round(thing.base_px - (drawn.height / 2 if thing.floats else drawn.height))
    return drawn, (left, top, left + drawn.width, top + drawn.height)


def render(scene: Scene) -> Picture:
    """The scene drawn in its style; the same scene always gives the same pixels."""
    image = backdrop(scene)
    layers = Image.new("L", (SIZE_PX, SIZE_PX))
    boxes: list[Box] = [(0, 0, 0, 0)] * len(scene.things)
    for index in scene.drawing_order():
        boxes[index] = _draw(image, layers, scene.things[index], index + 1)
    if scene.relation == "inside":
        _draw_front(image, layers, scene.things[1], 2)
    if scene.weather != "clear":
        image = weather_over(image, scene.weather, scene.layout)
    return Picture(FILTERS[scene.style](image), tuple(boxes), np.asarray(layers))


def _draw(image: Image.Image, layers: Image.Image, thing: Thing, label: int) -> Box:
    drawn, box = _cut_out(thing)
    if not thing.floats:
        mask = shadow(drawn.width)
        image.paste((20, 20, 30), (box[0] - 6, box[3] - 8), mask)
    image.paste(drawn, box[:2], drawn)
    layers.paste(label, box[:2], drawn.getchannel("A").point(lambda a: 255 if a > 127 else 0))
    return _clipped(box)


def _draw_front(image: Image.Image, layers: Image.Image, holder: Thing, label: int) -> None:
    """Draw the holder's lower part again, so that what stands inside is hidden below the rim."""
    drawn, box = _cut_out(holder)
    rim = round(drawn.height * _RIM)
    front = drawn.crop((0, rim, drawn.width, drawn.height))
    corner = box[0], box[1] + rim
    image.paste(front, corner, front)
    layers.paste(label, corner, front.getchannel("A").point(lambda a: 255 if a > 127 else 0))


def _clipped(box: Box) -> Box:
    left, top, right, bottom = (min(max(edge, 0), SIZE_PX) for edge in box)
    return left, top, right, bottom
