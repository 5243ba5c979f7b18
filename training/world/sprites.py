"""Cut-out pictures of subjects: glyphs from the atlas or hand-drawn shapes, repainted in a named colour."""

import json
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

from training.world.palette import HUES_DEG
from training.world.shapes import SHAPES, draw_shape

_FOLDER = Path(__file__).parent
_STRONG, _WEAK = 90, 28
_MIN_SHARE = 0.12


@cache
def _atlas() -> tuple[Image.Image, dict[str, tuple[int, int, int, int]]]:
    boxes = json.loads((_FOLDER / "atlas.json").read_text(encoding="utf-8"))
    return Image.open(_FOLDER / "atlas.webp").convert("RGBA"), {name: tuple(box) for name, box in boxes.items()}


@cache
def sprite(name: str, colour: str = "") -> Image.Image:
    """The subject on a transparent ground, in its own colours or repainted; shared, so never draw on it."""
    if name in SHAPES:
        return draw_shape(name, colour)
    sheet, boxes = _atlas()
    glyph = sheet.crop(boxes[name])
    return repaint(glyph, colour) if colour else glyph


def repaint(glyph: Image.Image, colour: str) -> Image.Image:
    """The glyph with its saturated parts in another colour; its light and dark stay."""
    alpha = np.asarray(glyph.getchannel("A"))
    hue, saturation, value = (np.asarray(c).astype(np.float32) for c in glyph.convert("RGB").convert("HSV").split())
    paint = saturation > _STRONG
    if (paint & (alpha > 127)).mean() < _MIN_SHARE:
        paint = saturation > _WEAK
    new_hue, new_saturation, new_value = _painted(colour, saturation, value)
    planes = [
        Image.fromarray(np.where(paint, new, old).clip(0, 255).astype(np.uint8))
        for new, old in ((new_hue, hue), (new_saturation, saturation), (new_value, value))
    ]
    painted = Image.merge("HSV", planes).convert("RGB")
    painted.putalpha(glyph.getchannel("A"))
    return painted


def _painted(colour: str, saturation: np.ndarray, value: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hue, saturation and value planes (0 to 255) of a part painted in that colour."""
    if colour == "white":
        return np.zeros_like(value), np.full_like(value, 8), 190 + value * 0.25
    if colour == "black":
        return np.zeros_like(value), np.full_like(value, 12), 14 + value * 0.2
    hue = np.full_like(value, HUES_DEG[colour] / 360 * 255)
    if colour == "brown":
        return hue, np.maximum(saturation, 150) * 0.85, value * 0.56
    if colour == "pink":
        return hue, np.maximum(saturation, 150) * 0.52, value * 1.15 + 12
    lift = {"yellow": 1.2, "orange": 1.2, "green": 0.84}.get(colour, 1.0)
    return hue, np.maximum(saturation, 150) * 0.92, value * lift
