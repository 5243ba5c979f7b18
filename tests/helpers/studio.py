"""What the tests of the studio share: tasks, pictures to start from, and a watcher that remembers."""

import io
from typing import Any

import numpy
from PIL import Image

from bot.tasks import PaintTask


class Watcher:
    """Remembers what the studio told, and stops it after so many steps."""

    def __init__(self, last: int | None = None) -> None:
        self.steps: list[tuple[int, int]] = []
        self.previews: list[tuple[int, int, bytes]] = []
        self._last = last

    def step(self, step: int, steps: int) -> None:
        self.steps.append((step, steps))

    def preview(self, step: int, steps: int, jpeg: bytes) -> None:
        self.previews.append((step, steps, jpeg))

    def stopped(self) -> bool:
        return len(self.steps) == self._last


def task(model: object, **changes: Any) -> PaintTask:
    """A picture of 64 x 64 px in 3 steps."""
    fields: dict[str, Any] = {"prompt": "a cat", "negative_prompt": "", "width_px": 64, "height_px": 64, "steps": 3}
    return PaintTask("id", str(model), **fields | {"guidance_scale": 5.0, "seed": 1} | changes)


def from_picture(model: object, image: bytes, strength: float, **changes: Any) -> PaintTask:
    """The same from a picture."""
    return task(model, task="img2img", image=image, strength=strength, **changes)


def png_of(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def pixels(png: bytes) -> "numpy.ndarray[Any, Any]":
    """(height, width, channels) in 0 to 255."""
    return numpy.asarray(Image.open(io.BytesIO(png))).astype(float)
