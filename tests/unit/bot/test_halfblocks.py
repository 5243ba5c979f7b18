"""Half blocks: what is printed, decoded again, is the picture."""

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bot.halfblocks import half_blocks

SEQUENCE = re.compile(r"\x1b\[([0-9;]*)m|(▀)")


def decode(lines: list[str]) -> np.ndarray:
    """Play the part of a terminal: the pixels of 24-bit half blocks, (height, width, 3)."""
    rows: list[list[list[int]]] = []
    for line in lines:
        upper, lower = [], []
        above = below = None
        for colours, block in SEQUENCE.findall(line):
            if block:
                upper.append(above)
                lower.append(below)
                continue
            numbers = [int(number) for number in colours.split(";")]
            while numbers[0]:
                ground, kind, red, green, blue, *numbers = [*numbers, 0]
                assert kind == 2
                above, below = ([red, green, blue], below) if ground == 38 else (above, [red, green, blue])
        rows.append(upper)
        rows += [lower] if lower[0] is not None else []
    return np.array(rows, dtype=np.uint8)


def noise(path: Path, width: int, height: int) -> np.ndarray:
    pixels = np.random.default_rng(7).integers(0, 256, (height, width, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(path)
    return pixels


@pytest.mark.parametrize(("width", "height"), [(1, 1), (12, 8), (9, 7), (3, 20)])
def test_every_pixel_arrives(tmp_path: Path, width: int, height: int) -> None:
    """A picture that fits is printed pixel by pixel, with an odd last row as well."""
    pixels = noise(tmp_path / "a.png", width, height)
    assert np.array_equal(decode(half_blocks(tmp_path / "a.png", 80, 40)), pixels)


@pytest.mark.parametrize(
    ("width", "height", "expected"), [(256, 256, (40, 40)), (400, 100, (30, 8)), (100, 400, (10, 40))]
)
def test_it_is_scaled_to_fit(tmp_path: Path, width: int, height: int, expected: tuple[int, int]) -> None:
    """A larger picture keeps its proportions and leaves neither the columns nor the rows it was given."""
    noise(tmp_path / "a.png", width, height)
    columns = expected[0] if width > height else 60
    decoded = decode(half_blocks(tmp_path / "a.png", columns, 20))
    assert decoded.shape[1::-1] == expected


def test_scaled_colours_are_the_pictures(tmp_path: Path) -> None:
    """Four quarters of one colour each are still where they were after scaling down."""
    quarters = np.zeros((200, 200, 3), dtype=np.uint8)
    quarters[:100, :100], quarters[:100, 100:], quarters[100:, :100] = (255, 0, 0), (0, 255, 0), (0, 0, 255)
    Image.fromarray(quarters).save(tmp_path / "a.png")
    decoded = decode(half_blocks(tmp_path / "a.png", 20, 10)).astype(int)
    for (y, x), colour in {
        (4, 4): (255, 0, 0),
        (4, 15): (0, 255, 0),
        (15, 4): (0, 0, 255),
        (15, 15): (0, 0, 0),
    }.items():
        assert np.abs(decoded[y, x] - colour).max() <= 2


def test_alike_neighbours_share_one_sequence(tmp_path: Path) -> None:
    """A sheet of one colour costs one colour sequence a line, and every line ends with a reset."""
    Image.new("RGB", (30, 4), (1, 2, 3)).save(tmp_path / "a.png")
    lines = half_blocks(tmp_path / "a.png", 80, 40)
    assert lines == ["\x1b[38;2;1;2;3;48;2;1;2;3m" + "▀" * 30 + "\x1b[0m"] * 2


@pytest.mark.parametrize(
    ("colour", "index"),
    [((0, 0, 0), 16), ((255, 255, 255), 231), ((255, 0, 0), 196), ((95, 135, 175), 67), ((47, 48, 114), 23)],
)
def test_without_truecolor_the_cube_is_used(tmp_path: Path, colour: tuple[int, int, int], index: int) -> None:
    """Each colour becomes the nearest of xterm's 216 (levels 0, 95, 135, 175, 215, 255)."""
    Image.new("RGB", (1, 2), colour).save(tmp_path / "a.png")
    assert half_blocks(tmp_path / "a.png", 80, 40, truecolor=False) == [f"\x1b[38;5;{index};48;5;{index}m▀\x1b[0m"]


def test_other_modes_are_shown_too(tmp_path: Path) -> None:
    """Grey pictures and those with a palette or transparency are shown in their colours."""
    Image.new("L", (1, 2), 77).save(tmp_path / "a.png")
    assert np.array_equal(decode(half_blocks(tmp_path / "a.png", 80, 40)), [[[77, 77, 77]]] * 2)
