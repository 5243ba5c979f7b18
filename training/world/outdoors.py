"""Backdrops under the sky, each painted at twice the final size from a scene's layout numbers."""

import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw

from training.world.palette import RGB, hsv, lit, shade
from training.world.sky import BOARD_PX, Pen, disc, gradient, sky, stars

Layout = tuple[float, ...]


def _wave(
    level_px: float, height_px: float, turns: float, phase: float, step_px: int = 16
) -> list[tuple[float, float]]:
    points = [
        (float(x), level_px + height_px * math.sin(x / BOARD_PX * turns + 6 * phase))
        for x in range(0, BOARD_PX + 1, step_px)
    ]
    return [(0.0, float(BOARD_PX)), *points, (float(BOARD_PX), float(BOARD_PX))]


def _hills(pen: Pen, time: str, horizon: float, layout: Layout, far: RGB, near: RGB) -> None:
    pen.polygon(_wave(horizon, 26, 4, layout[6]), fill=lit(far, time))
    pen.polygon(_wave(horizon + 72, 22, 5, layout[7]), fill=lit(near, time))


def _peak(pen: Pen, time: str, x: float, foot: float, height: float, rock: RGB) -> None:
    half = height * 1.35
    pen.polygon([(x - half, foot), (x, foot - height), (x + half, foot)], fill=lit(rock, time))
    cap = height * 0.32
    side = cap * 1.35
    snow = [(x - side, foot - height + cap), (x, foot - height), (x + side, foot - height + cap)]
    zigzag = [
        (x + side * 0.4, foot - height + cap * 0.75),
        (x, foot - height + cap * 1.15),
        (x - side * 0.4, foot - height + cap * 0.75),
    ]
    pen.polygon(snow + zigzag, fill=lit((250, 252, 255), time))


def _meadow(pen: Pen, time: str, horizon: float, layout: Layout) -> None:
    _hills(pen, time, horizon, layout, (96, 180, 78), (122, 204, 88))


def _snow(pen: Pen, time: str, horizon: float, layout: Layout) -> None:
    _peak(pen, time, BOARD_PX * layout[6], horizon + 24, 150, (150, 170, 205))
    _hills(pen, time, horizon, layout, (238, 244, 252), (222, 232, 246))


def _desert(pen: Pen, time: str, horizon: float, layout: Layout) -> None:
    pen.polygon(_wave(horizon, 40, 5, layout[6]), fill=lit((222, 166, 92), time))
    pen.polygon(_wave(horizon + 86, 24, 4, layout[7]), fill=lit((240, 190, 112), time))


def _beach(pen: Pen, time: str, horizon: float, layout: Layout) -> None:
    pen.rectangle((0, horizon - 30, BOARD_PX, BOARD_PX), fill=lit((52, 150, 205), time))
    pen.polygon(_wave(horizon + 43, 14, 6, layout[6]), fill=lit((235, 246, 250), time))
    pen.polygon(_wave(horizon + 54, 14, 6, layout[6]), fill=lit((244, 216, 152), time))


def _sea(pen: Pen, time: str, horizon: float, layout: Layout) -> None:
    for row in range(5):
        level = horizon + row * (9 * row + 12)
        colour = lit((40 + 8 * row, 130 - 10 * row, 200 - 14 * row), time)
        pen.polygon(_wave(level, 8, 20 - 2 * row, layout[6] + row / 6, 8), fill=colour)


def _city(pen: Pen, time: str, horizon: float, layout: Layout) -> None:
    rng = random.Random(int(layout[6] * 4))
    pane = lit((215, 235, 250), time) if time == "day" else (255, 232, 140)
    x = -20.0
    while x < BOARD_PX:
        width, height = 50 + rng.random() * 50, 120 + rng.random() * 180
        wall = lit(hsv(200 + 60 * rng.random(), 0.25, 0.5 + 0.3 * rng.random()), time)
        pen.rectangle((x, horizon + 40 - height, x + width, horizon + 60), fill=wall)
        for top in range(int(horizon + 52 - height), int(horizon) + 30, 30):
            for left in range(int(x) + 10, int(x + width) - 14, 24):
                pen.rectangle((left, top, left + 10, top + 14), fill=pane)
        x += width + 4
    pen.rectangle((0, horizon + 40, BOARD_PX, BOARD_PX), fill=lit((92, 94, 104), time))
    pen.rectangle((0, horizon + 40, BOARD_PX, horizon + 66), fill=lit((170, 170, 178), time))
    for left in range(20, BOARD_PX, 120):
        pen.rectangle((left, BOARD_PX - 70, left + 60, BOARD_PX - 58), fill=lit((240, 236, 220), time))


def _fir(pen: Pen, x: float, foot: float, height: float, green: RGB, trunk: RGB) -> None:
    pen.rectangle((x - height * 0.05, foot - height * 0.2, x + height * 0.05, foot), fill=trunk)
    for lift, half in ((0.14, 0.27), (0.38, 0.21), (0.6, 0.15)):
        top = foot - height * min(1.0, lift + 0.4)
        pen.polygon(
            [(x - height * half, foot - height * lift), (x, top), (x + height * half, foot - height * lift)], fill=green
        )


def _forest(pen: Pen, time: str, horizon: float, layout: Layout) -> None:
    rng = random.Random(int(layout[6] * 4))
    pen.rectangle((0, horizon, BOARD_PX, BOARD_PX), fill=lit((64, 112, 62), time))
    for row, (count, height) in enumerate(((9, 190), (7, 250))):
        green = lit(shade((34, 96, 58), 1 + 0.25 * row), time)
        for index in range(count):
            x = (index + 0.2 + 0.6 * rng.random()) * BOARD_PX / count
            _fir(pen, x, horizon + 26 + 20 * row, height * (0.8 + 0.4 * rng.random()), green, lit((84, 58, 40), time))
    pen.polygon(_wave(horizon + 50, 10, 5, layout[7]), fill=lit((88, 140, 74), time))


def _mountains(pen: Pen, time: str, horizon: float, layout: Layout) -> None:
    for shift, height, grey in ((0.1, 230, 0.8), (0.45, 280, 1.0), (0.85, 210, 0.9)):
        _peak(
            pen, time, BOARD_PX * (shift + 0.2 * (layout[6] - 0.5)), horizon + 60, height, shade((128, 134, 158), grey)
        )
    pen.polygon(_wave(horizon + 54, 14, 5, layout[7]), fill=lit((128, 160, 96), time))


_PAINTERS: dict[str, Callable[[Pen, str, float, Layout], None]] = {
    "meadow": _meadow,
    "snow": _snow,
    "desert": _desert,
    "beach": _beach,
    "sea": _sea,
    "city": _city,
    "forest": _forest,
    "mountains": _mountains,
}


def paint_outdoors(place: str, time: str, weather: str, layout: Layout) -> Image.Image:
    """The backdrop of a place under the sky, twice the final size."""
    horizon = int(BOARD_PX * (0.50 + 0.16 * layout[0]))
    board = sky(time, weather, layout, horizon)
    _PAINTERS[place](ImageDraw.Draw(board), time, horizon, layout)
    return board


def paint_space(layout: Layout) -> Image.Image:
    """Stars and a ringed planet on black."""
    board = gradient((10, 8, 34), (40, 22, 74))
    pen = ImageDraw.Draw(board)
    stars(pen, 7, 46, BOARD_PX, 2.6)
    x, y, radius = BOARD_PX * (0.15 + 0.7 * layout[1]), BOARD_PX * (0.12 + 0.12 * layout[2]), 40 + 36 * layout[3]
    ball = hsv(360 * layout[4], 0.55, 0.9)
    disc(pen, x, y, radius, ball)
    disc(pen, x - radius * 0.1, y - radius * 0.2, radius * 0.62, shade(ball, 1.13))
    ring = (x - radius * 1.6, y - radius * 0.45, x + radius * 1.6, y + radius * 0.45)
    pen.arc(ring, -20, 200, fill=(240, 220, 170), width=9)
    return board
