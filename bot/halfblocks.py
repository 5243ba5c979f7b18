"""Pictures as text: each character cell shows two pixels, the upper one as the colour of a half block."""

from pathlib import Path

from PIL import Image

RESET = "\x1b[0m"
UPPER_HALF = "▀"
Pixel = tuple[int, int, int]


def half_blocks(picture: Path, columns: int, rows: int, *, truecolor: bool = True) -> list[str]:
    """The lines of a picture, scaled down to fit, never up, with its proportions kept.

    Args:
        picture: A file that Pillow can read.
        columns: The most character cells across.
        rows: The most character cells down.
        truecolor: 24-bit colours (ISO 8613-6, SGR 38;2 and 48;2); else the 216 colours of xterm's cube.

    Raises:
        OSError: The file is missing or no picture.
    """
    with Image.open(picture) as opened:
        image = opened.convert("RGB")
    scale = min(1.0, columns / image.width, 2 * rows / image.height)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    pixels = image.resize(size, Image.Resampling.LANCZOS).load()
    assert pixels is not None
    width, height = size
    grid = [[_rgb(pixels[x, y]) for x in range(width)] for y in range(height)]
    return [_line(grid[y], grid[y + 1] if y + 1 < height else None, truecolor) for y in range(0, height, 2)]


def _rgb(pixel: object) -> Pixel:
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    return red, green, blue


def _line(upper: list[Pixel], lower: list[Pixel] | None, truecolor: bool) -> str:
    cells = []
    before = ""
    for x, pixel in enumerate(upper):
        colours = _colour(38, pixel, truecolor)
        if lower is not None:
            colours += ";" + _colour(48, lower[x], truecolor)
        # Neighbours are often alike, and a colour holds until the next one.
        cells.append(UPPER_HALF if colours == before else f"\x1b[{colours}m{UPPER_HALF}")
        before = colours
    return "".join(cells) + RESET


def _colour(ground: int, pixel: Pixel, truecolor: bool) -> str:
    if truecolor:
        red, green, blue = pixel
        return f"{ground};2;{red};{green};{blue}"
    red, green, blue = (_cube_level(value) for value in pixel)
    return f"{ground};5;{16 + 36 * red + 6 * green + blue}"


def _cube_level(value: int) -> int:
    """The nearest of xterm's levels 0, 95, 135, 175, 215, 255, counted from 0."""
    return 0 if value < 48 else 1 if value < 115 else (value - 35) // 40
