"""Backdrops without a sky of their own: rooms and the sea floor, painted at twice the final size."""

import math
from collections.abc import Callable

from PIL import Image, ImageDraw

from training.world.palette import RGB, SKY, hsv, shade
from training.world.sky import BOARD_PX, Pen, disc, gradient

Layout = tuple[float, ...]


def _window(board: Image.Image, pen: Pen, left: int, top: int, width: int, height: int) -> None:
    board.paste(gradient(*SKY["day"], width, height), (left, top))
    frame = (250, 250, 250)
    pen.rectangle((left, top, left + width, top + height), outline=frame, width=10)
    pen.line((left + width // 2, top, left + width // 2, top + height), fill=frame, width=8)
    pen.line((left, top + height // 2, left + width, top + height // 2), fill=frame, width=8)


def _floor(pen: Pen, level: float, colour: RGB, rows: int) -> None:
    pen.rectangle((0, level, BOARD_PX, BOARD_PX), fill=colour)
    for row in range(1, rows):
        y = level + row * (BOARD_PX - level) / rows
        pen.line((0, y, BOARD_PX, y), fill=shade(colour, 0.9), width=3)


def _room(layout: Layout) -> Image.Image:
    board = Image.new("RGB", (BOARD_PX, BOARD_PX), hsv(360 * layout[1], 0.22, 0.93))
    pen = ImageDraw.Draw(board)
    level = BOARD_PX * (0.66 + 0.06 * layout[0])
    _floor(pen, level, (186, 132, 84), 5)
    pen.rectangle((0, level, BOARD_PX, level + 10), fill=(235, 230, 220))
    _window(board, pen, int(BOARD_PX * (0.06 + 0.55 * layout[2])), 60, 130, 150)
    return board


def _kitchen(layout: Layout) -> Image.Image:
    board = Image.new("RGB", (BOARD_PX, BOARD_PX), (238, 240, 236))
    pen = ImageDraw.Draw(board)
    level = BOARD_PX * (0.64 + 0.05 * layout[0])
    for y in range(150, int(level), 44):
        for x in range(-(y // 44 % 2) * 32, BOARD_PX, 64):
            pen.rectangle((x, y, x + 64, y + 44), outline=(206, 214, 212), width=3)
    cupboard = hsv(360 * layout[1], 0.4, 0.78)
    for left in range(-40, BOARD_PX, 138):
        pen.rectangle((left, 0, left + 134, 132), fill=cupboard, outline=shade(cupboard, 0.8), width=5)
        disc(pen, left + 112, 108, 8, (240, 236, 220))
    pen.rectangle((0, level, BOARD_PX, level + 30), fill=(214, 206, 196))
    pen.rectangle((0, level + 30, BOARD_PX, BOARD_PX), fill=(196, 186, 174))
    return board


def _office(layout: Layout) -> Image.Image:
    board = Image.new("RGB", (BOARD_PX, BOARD_PX), (222, 228, 236))
    pen = ImageDraw.Draw(board)
    level = BOARD_PX * (0.64 + 0.05 * layout[0])
    shift = int(40 * layout[2])
    for left in range(20 + shift, BOARD_PX, 170):
        _window(board, pen, left, 40, 130, 170)
    shelf = 250
    pen.rectangle((0, shelf, BOARD_PX, shelf + 10), fill=(150, 156, 168))
    for index in range(14):
        left = 14 + index * 36
        pen.rectangle((left, shelf - 40, left + 24, shelf), fill=hsv(360 * layout[1] + index * 47, 0.45, 0.75))
    _floor(pen, level, (128, 136, 150), 3)
    return board


def _underwater(layout: Layout) -> Image.Image:
    board = gradient((40, 150, 200), (10, 62, 120))
    pen = ImageDraw.Draw(board)
    level = BOARD_PX * (0.74 + 0.06 * layout[0])
    sand = [(x, level + 14 * math.sin(x / 60 + 6 * layout[6])) for x in range(0, BOARD_PX + 1, 16)]
    for index in range(6):
        x = BOARD_PX * ((layout[1] + index * 0.37) % 1)
        for step in range(8):
            disc(pen, x + 10 * math.sin(step + index), level + 20 - step * 18, 13 - step, (38, 130, 88))
    pen.polygon([(0, BOARD_PX), *sand, (BOARD_PX, BOARD_PX)], fill=(206, 188, 138))
    for index in range(9):
        x, y = BOARD_PX * ((layout[3] + index * 0.29) % 1), 40 + index * 33
        pen.ellipse((x - 8, y - 8, x + 8, y + 8), outline=(190, 230, 250), width=3)
    return board


INDOORS: dict[str, Callable[[Layout], Image.Image]] = {
    "room": _room,
    "kitchen": _kitchen,
    "office": _office,
    "underwater": _underwater,
}
