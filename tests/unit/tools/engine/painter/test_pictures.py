"""What painting starts from: a PNG that is checked, made to fit, and refused in one line where it can't be."""

import struct

import numpy
import pytest
from PIL import Image

from bot.errors import EngineError
from tests.helpers.studio import pixels, png_of
from tools.engine.painter import pictures


def halves(width_px, height_px):
    """Left red, right blue."""
    image = Image.new("RGB", (width_px, height_px), "red")
    image.paste("blue", (width_px // 2, 0, width_px, height_px))
    return image


GOOD = png_of(halves(8, 8))


def declared(width_px, height_px):
    return GOOD[:16] + struct.pack(">II", width_px, height_px) + GOOD[24:]


@pytest.mark.parametrize(
    ("png", "words"),
    [
        (b"\x89", "no PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "no PNG"),
        (GOOD[:12] + b"tEXt" + GOOD[16:], "no PNG"),
        (declared(0, 8), "can't be 0 x 8 px"),
        (declared(100_000, 100_000), "can't be 100000 x 100000 px.*67 megapixels"),
        (GOOD + bytes(pictures.LIMIT_BYTES), r"too large: 32\.0 MiB.*at most 32 MiB"),
    ],
)
def test_refused(png, words):
    """What is no PNG, or declares or has too much, is refused before it is decoded."""
    with pytest.raises(EngineError, match=words) as raised:
        pictures.check(png)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("png", [GOOD[:40], GOOD[:-20], declared(9, 9), GOOD[:41] + b"junk" + GOOD[45:]])
def test_damaged(png):
    """A PNG with a good beginning that can't be decoded is one line too."""
    pictures.check(png)
    with pytest.raises(EngineError, match="damaged") as raised:
        pictures.decode(png, 64, 64)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("size", [(64, 64), (128, 64), (40, 200), (8, 8), (300, 20)])
def test_covers(size):
    """Whatever its shape, it fills the size to be painted, its middle in the middle, nothing squeezed or made up."""
    fitted = numpy.asarray(pictures.decode(png_of(halves(*size)), 64, 64)).astype(int)
    assert fitted.shape == (64, 64, 3)
    assert (fitted[:, :28] == (255, 0, 0)).all()
    assert (fitted[:, 36:] == (0, 0, 255)).all()


def test_proportions():
    """A square in a wide picture stays square: what sticks out is cut off, left and right alike."""
    wide = Image.new("RGB", (300, 100), "white")
    wide.paste("black", (130, 30, 170, 70))
    dark = numpy.argwhere(numpy.asarray(pictures.decode(png_of(wide), 200, 200))[:, :, 0] < 128)
    assert (dark.min(axis=0) == (60, 60)).all()
    assert (dark.max(axis=0) == (139, 139)).all()


@pytest.mark.parametrize("mode", ["RGBA", "LA", "L", "P", "1"])
def test_other_colours(mode):
    """Grey, palette and transparent PNGs are taken; nothing at all counts as white."""
    image = Image.new("RGBA", (8, 8), (0, 0, 0, 0)) if mode in ("RGBA", "LA") else Image.new("RGB", (8, 8), "white")
    assert pictures.decode(png_of(image.convert(mode)), 16, 8).getcolors() == [(128, (255, 255, 255))]


def test_encoded():
    """What is painted comes out as the PNG of exactly these colours."""
    image = numpy.zeros((2, 3, 3))
    image[0, 0] = (1, 0.5, 0)
    assert pixels(pictures.encode(image))[0, :2].tolist() == [[255, 128, 0], [0, 0, 0]]
