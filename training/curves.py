"""Loss curves as PNG, drawn without a plotting library."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

_WIDTH_PX, _HEIGHT_PX, _MARGIN_PX = 720, 360, 56
_INKS = ((31, 119, 180), (214, 96, 39), (44, 140, 60), (150, 80, 170), (90, 90, 90), (190, 160, 30))

Curve = Sequence[tuple[int, float]]


def smooth(values: Curve, parts: int = 200) -> list[tuple[int, float]]:
    """At most `parts` points, each the mean of its stretch."""
    width = max(1, math.ceil(len(values) / parts))
    stretches = [values[i : i + width] for i in range(0, len(values), width)]
    return [(part[-1][0], sum(v for _, v in part) / len(part)) for part in stretches]


def draw_curves(curves: Mapping[str, Curve], path: Path, title: str) -> None:
    """Write all curves into one picture, each scaled to its own range, with first and last values in the legend."""
    board = Image.new("RGB", (_WIDTH_PX, _HEIGHT_PX), "white")
    pen = ImageDraw.Draw(board)
    frame = (_MARGIN_PX, 30, _WIDTH_PX - 16, _HEIGHT_PX - _MARGIN_PX)
    pen.rectangle(frame, outline=(190, 190, 190))
    pen.text((_MARGIN_PX, 10), title, fill=(20, 20, 20))
    _axes(pen, curves, frame)
    drawn = {name: smooth(points) for name, points in curves.items() if points}
    for index, (name, points) in enumerate(drawn.items()):
        ink = _INKS[index % len(_INKS)]
        pen.line(_scaled(points, frame), fill=ink, width=2)
        legend = f"{name}: {points[0][1]:.4f} to {points[-1][1]:.4f} (lowest {min(v for _, v in points):.4f})"
        pen.text((_MARGIN_PX + index % 2 * 330, _HEIGHT_PX - 36 + index // 2 * 15), legend, fill=ink)
    path.parent.mkdir(parents=True, exist_ok=True)
    board.save(path)


def _axes(pen: ImageDraw.ImageDraw, curves: Mapping[str, Curve], frame: tuple[int, int, int, int]) -> None:
    """First and last step under the frame; the scale of values is each curve's own, from its lowest to its highest."""
    steps = [step for points in curves.values() for step, _ in points]
    if steps:
        pen.text((frame[0], frame[3] + 2), f"step {min(steps)}", fill=(120, 120, 120))
        pen.text((frame[2] - 70, frame[3] + 2), f"step {max(steps)}", fill=(120, 120, 120))
    pen.text((8, frame[1]), "highest", fill=(120, 120, 120))
    pen.text((8, frame[3] - 12), "lowest", fill=(120, 120, 120))


def _scaled(points: Curve, frame: tuple[int, int, int, int]) -> list[tuple[float, float]]:
    left, top, right, bottom = frame
    first, last = points[0][0], max(points[-1][0], points[0][0] + 1)
    low, high = min(v for _, v in points), max(v for _, v in points)
    span = (high - low) or 1.0
    return [
        (
            left + (step - first) / (last - first) * (right - left),
            bottom - 6 - (value - low) / span * (bottom - top - 12),
        )
        for step, value in points
    ]
