"""A sheet of both arms side by side: every eighth request with its words, chosen by its place in the file alone."""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

EVERY = 8
COLUMNS = 3
CELL_PX, GAP_PX, LINE_PX, LINES = 160, 8, 16, 2
FONTS = ("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc", "NotoSansSC-Regular.otf", "wqy-microhei.ttc")
LINE_WIDTH = 50
AnyFont = ImageFont.FreeTypeFont | ImageFont.ImageFont
Pair = tuple[str, Mapping[str, Image.Image]]


def draw(pairs: list[Pair], arms: tuple[str, ...]) -> Image.Image:
    """Each request's words, and below them its pictures in the order of the arms; white where there is none."""
    wide, high = len(arms) * CELL_PX + 3 * GAP_PX, CELL_PX + LINES * LINE_PX + 2 * GAP_PX
    rows = -(-len(pairs) // COLUMNS)
    board = Image.new("RGB", (COLUMNS * wide, rows * high + LINE_PX), "white")
    pen, font = ImageDraw.Draw(board), _font()
    pen.text((GAP_PX, 0), f"left: {arms[0]}, right: {arms[1]}", "black", font)
    for number, (words, pictures) in enumerate(pairs):
        x_px, y_px = number % COLUMNS * wide + GAP_PX, number // COLUMNS * high + LINE_PX + GAP_PX
        for line, text in enumerate(_wrapped(words)):
            pen.text((x_px, y_px + line * LINE_PX), text, "black", font)
        for place, arm in enumerate(arms):
            if arm in pictures:
                tile = pictures[arm].resize((CELL_PX, CELL_PX), Image.Resampling.LANCZOS)
                board.paste(tile, (x_px + place * (CELL_PX + GAP_PX), y_px + LINES * LINE_PX))
    return board


def write(pairs: list[Pair], arms: tuple[str, ...], path: Path) -> None:
    """Every eighth pair as WebP."""
    draw(pairs[::EVERY], arms).save(path, "WEBP", quality=45, method=6)


def _font() -> AnyFont:
    for name in FONTS:
        try:
            return ImageFont.truetype(name, 12)
        except OSError:
            continue
    return ImageFont.load_default(12)


def _width(text: str) -> int:
    """In letters; a character of Chinese is as wide as two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def _wrapped(words: str) -> list[str]:
    """At most two lines, broken between words or Chinese characters."""
    lines = [""]
    for part in re.findall(r"[\x21-\x7e]+\s*|\s+|.", words):
        if _width(lines[-1] + part) > LINE_WIDTH and lines[-1]:
            lines.append("")
        lines[-1] += part
    return [lines[0], f"{lines[1].rstrip()}…"] if len(lines) > LINES else lines
