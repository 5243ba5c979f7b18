"""Pictures for platforms that take only so many bytes: they fit, and still say that a machine made them."""

import random
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.chat.fitting import LEAST_SIDE_PX, fitted, thumbnail
from bot.provenance import AI_MADE, stamp
from tests.support import PLAN


def noisy(path: Path, mode: str, width_px: int, height_px: int) -> bytes:
    """A PNG of noise as the gallery keeps it, which nothing can make much smaller."""
    encoded = BytesIO()
    noise = random.Random(7).randbytes(width_px * height_px * len(mode))
    picture, clear = Image.frombytes(mode, (width_px, height_px), noise), {}
    if mode == "P":
        picture.putpalette(noise[:768])
        clear = {"transparency": bytes(range(256))}
    picture.save(encoded, "PNG", **clear)
    path.write_bytes(stamp(encoded.getvalue(), PLAN))
    return path.read_bytes()


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
async def test_a_large_picture_is_fitted_and_keeps_its_mark(tmp_path: Path, mode: str) -> None:
    """A PNG over the limit becomes a WebP below it, with its XMP and, where it had any, its transparency."""
    png = noisy(tmp_path / "p.png", mode, 256, 192)
    file = await fitted(tmp_path / "p.png", "limner", len(png) // 4)
    assert file.name == "limner.webp"
    assert len(file.data) <= len(png) // 4
    with Image.open(BytesIO(file.data)) as opened:
        assert opened.format == "WEBP"
        assert AI_MADE.encode() in opened.info["xmp"]
        assert opened.width / opened.height == pytest.approx(4 / 3, rel=0.05)
        assert opened.has_transparency_data is (mode != "RGB")
    assert (tmp_path / "p.png").read_bytes() == png


async def test_no_more_is_lost_than_must_be(tmp_path: Path) -> None:
    """What fits is uploaded byte by byte; where a lower quality does, the picture keeps its size."""
    png = noisy(tmp_path / "p.png", "RGB", 256, 192)
    file = await fitted(tmp_path / "p.png", "limner", len(png))
    assert (file.name, file.data) == ("limner.png", png)
    file = await fitted(tmp_path / "p.png", "limner", int(len(png) * 0.6))
    with Image.open(BytesIO(file.data)) as opened:
        assert opened.size == (256, 192)


async def test_a_narrow_picture_is_fitted_by_its_quality(tmp_path: Path) -> None:
    """Of a picture that is made no smaller every quality is tried; what can't fit at all comes back small."""
    png = noisy(tmp_path / "p.png", "RGB", 512, LEAST_SIDE_PX)
    assert len((await fitted(tmp_path / "p.png", "limner", len(png) // 4)).data) <= len(png) // 4
    assert len((await fitted(tmp_path / "p.png", "limner", 10)).data) < len(png) // 4


async def test_a_thumbnail_is_small_and_marked(tmp_path: Path) -> None:
    """No side is longer than asked for, the shape stays, and so does the mark."""
    noisy(tmp_path / "p.png", "RGB", 256, 128)
    file = await thumbnail(tmp_path / "p.png", "limner", 64)
    with Image.open(BytesIO(file.data)) as opened:
        assert (file.name, opened.format, opened.size) == ("limner.webp", "WEBP", (64, 32))
        assert AI_MADE.encode() in opened.info["xmp"]
