"""Sky, sun, moon, stars, clouds and weather, drawn at twice the final size."""

import random
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from training.world.palette import OVERCAST, RGB, SKY
from training.world.scene import SIZE_PX

BOARD_PX = 2 * SIZE_PX
Pen = ImageDraw.ImageDraw


@cache
def _gradient(top: RGB, bottom: RGB, width_px: int, height_px: int) -> Image.Image:
    ramp = np.linspace(0, 1, height_px)[:, None, None]
    rows = np.array(top) * (1 - ramp) + np.array(bottom) * ramp
    return Image.fromarray(np.repeat(rows, width_px, 1).astype(np.uint8))


def gradient(top: RGB, bottom: RGB, width_px: int = BOARD_PX, height_px: int = BOARD_PX) -> Image.Image:
    """A fresh picture that runs from one colour at the top to another at the bottom."""
    return _gradient(top, bottom, width_px, height_px).copy()


def disc(pen: Pen, x: float, y: float, radius: float, fill: RGB) -> None:
    """A filled circle."""
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


def stars(pen: Pen, seed: int, count: int, lowest_px: float, radius_px: float) -> None:
    """Stars at places that are the same in every picture, so that they are soon learnt."""
    rng = random.Random(seed)
    for _ in range(count):
        x, y, radius = rng.random() * BOARD_PX, rng.random() * lowest_px, radius_px * (0.7 + 0.6 * rng.random())
        disc(pen, x, y, radius, (255, 255, 228))


def _cloud(pen: Pen, x: float, y: float, fill: RGB) -> None:
    for dx, dy, radius in ((-44, 8, 26), (0, 0, 36), (42, 10, 24)):
        disc(pen, x + dx, y + dy, radius, fill)
    pen.rounded_rectangle((x - 68, y + 8, x + 64, y + 36), 14, fill=fill)


def sky(time: str, weather: str, layout: tuple[float, ...], horizon_px: float) -> Image.Image:
    """The whole board filled with sky; sun and moon show only where the weather is clear."""
    top, bottom = (SKY if weather == "clear" else OVERCAST)[time]
    board = gradient(top, bottom)
    pen = ImageDraw.Draw(board)
    x, y = BOARD_PX * (0.1 + 0.8 * layout[1]), BOARD_PX * (0.08 + 0.14 * layout[2])
    if weather == "clear":
        if time == "day":
            disc(pen, x, y, 34, (255, 226, 92))
        elif time == "sunset":
            disc(pen, x, horizon_px - 22, 48, (255, 218, 120))
        else:
            stars(pen, 3, 26, BOARD_PX * 0.45, 2.2)
            disc(pen, x, y, 30, (246, 242, 208))
            disc(pen, x + 13, y - 9, 27, _behind_moon(top, bottom, y))
    if time != "night" and weather != "fog":
        clear = (255, 255, 255) if time == "day" else (255, 196, 170)
        fill = clear if weather == "clear" else (176, 184, 194) if time == "day" else (176, 132, 128)
        for shift, height, slack in ((0.0, 0.10, layout[4]), (0.5, 0.08, layout[5])):
            _cloud(pen, BOARD_PX * ((layout[3] + shift) % 1), BOARD_PX * (height + 0.18 * slack), fill)
    return board


def _behind_moon(top: RGB, bottom: RGB, y: float) -> RGB:
    share = y / BOARD_PX
    red, green, blue = (round(a * (1 - share) + b * share) for a, b in zip(top, bottom, strict=True))
    return red, green, blue


def weather_over(picture: Image.Image, weather: str, layout: tuple[float, ...]) -> Image.Image:
    """The finished picture (256 pixels) with rain, snowflakes or fog in front of everything."""
    if weather == "fog":
        return Image.blend(picture, gradient((214, 220, 226), (196, 204, 212), SIZE_PX, SIZE_PX), 0.4)
    rng = random.Random(int(layout[9] * 7))
    veil = Image.new("RGBA", (SIZE_PX, SIZE_PX))
    pen = ImageDraw.Draw(veil)
    for _ in range(60):
        x, y = rng.random() * SIZE_PX, rng.random() * SIZE_PX
        if weather == "rain":
            pen.line((x, y, x - 5, y + 16), fill=(176, 208, 248, 220), width=2)
        else:
            radius = 1.6 + 1.6 * rng.random()
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(255, 255, 255, 235))
    picture.paste(veil, (0, 0), veil)
    return picture


@cache
def shadow(width_px: int) -> Image.Image:
    """A soft flat ellipse that lies under a standing thing; its values are the mask's strength."""
    height_px = 12
    mask = Image.new("L", (width_px + 12, height_px + 6))
    ImageDraw.Draw(mask).ellipse((6, 3, width_px + 6, height_px), fill=74)
    return mask.filter(ImageFilter.GaussianBlur(1))
