"""Pictures from outside: only pixels are kept, upright and opaque, and no file harms whoever opens it."""

import asyncio
import json
import signal
import struct
import subprocess
import sys
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageCms, PngImagePlugin

from bot import images
from bot.errors import LimnerError, RequestError
from bot.image_headers import MAX_PIXELS, MAX_SCANS, MAX_SEGMENTS, Header, check_header, check_scans, read_header
from bot.images import PictureOpener, opened
from tests.helpers import hostile
from tests.support import until

PEAK_MB = 300
KINDS = ("PNG", "JPEG", "WEBP", "GIF")
GPS = b"48.2081743N"


def pixels(data: bytes) -> NDArray[np.uint8]:
    """Rows x columns x channels of a PNG that Limner made."""
    image = Image.open(BytesIO(data))
    assert (image.format, image.mode) == ("PNG", "RGB")
    return np.asarray(image)


def corners() -> NDArray[np.uint8]:
    """A picture that no turn or flip leaves as it is: 16 x 24 pixels, another colour in each corner."""
    picture = np.full((16, 24, 3), 128, np.uint8)
    picture[:8, :8], picture[:8, 16:], picture[8:, :8], picture[8:, 16:] = [
        (255, 0, 0),
        (0, 255, 0),
        (0, 0, 255),
        (255, 255, 0),
    ]
    return picture


def chunks(data: bytes) -> set[bytes]:
    """The names of a PNG's chunks; every byte of the file belongs to one."""
    at, names = 8, set()
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        names.add(name)
        at += 12 + length
    assert at == len(data)
    return names


async def refusal(data: bytes, **options: Any) -> str:
    with pytest.raises(RequestError) as refused:
        await PictureOpener(**options).open(data)
    line = str(refused.value)
    assert "\n" not in line
    return line


def weigh(how: str, *paths: Path) -> dict[str, Any]:
    command = [sys.executable, "-W", "ignore", "-m", "tests.helpers.weigh", how, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parents[3])
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def size(outcome: str) -> tuple[int, int] | None:
    width, _, height = outcome.partition("x")
    return (int(width), int(height)) if width.isdigit() and height.isdigit() else None


@pytest.mark.proof
def test_no_hostile_file_does_harm(tmp_path: Path) -> None:
    """Bombs and damaged files of every kind are refused, heavy ones open within the cap; all in less than 300 MB."""
    groups = {}
    for number, (group, _, data) in enumerate(hostile.everything()):
        groups[f"{number}"] = group
        (tmp_path / f"{number}").write_bytes(data)
    result = weigh("safe", *(tmp_path / name for name in groups))
    opened_ = {name: found for name, outcome in result["outcomes"].items() if (found := size(outcome))}
    assert set(opened_) == {name for name, group in groups.items() if group == "heavy"}, result["outcomes"]
    assert max(width_px * height_px for width_px, height_px in opened_.values()) <= MAX_PIXELS
    assert 0 < result["self_mb"] + result["child_mb"] < PEAK_MB


def test_a_naive_decoder_does_not(tmp_path: Path) -> None:
    """The bound means something: Pillow asked in the plain way takes more for 30 bytes of WebP."""
    path = tmp_path / "bomb"
    path.write_bytes(hostile.bombs()["webp of 5000 x 5000"]())
    result = weigh("naive", path)
    assert size(result["outcomes"]["bomb"]) == (5000, 5000)
    assert result["self_mb"] > PEAK_MB


TURNED = {
    1: lambda stored: stored,
    2: lambda stored: stored[:, ::-1],
    3: lambda stored: stored[::-1, ::-1],
    4: lambda stored: stored[::-1],
    5: lambda stored: stored.transpose(1, 0, 2),
    6: lambda stored: np.rot90(stored, -1),
    7: lambda stored: stored[::-1, ::-1].transpose(1, 0, 2),
    8: lambda stored: np.rot90(stored),
}


@pytest.mark.parametrize("orientation", TURNED)
async def test_pictures_are_turned_upright(orientation: int) -> None:
    """Each of the eight EXIF orientations gives the picture as it is meant to be seen, in every kind that has EXIF."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    wanted = TURNED[orientation](corners())
    for kind, options in (("PNG", {}), ("WEBP", {"lossless": True}), ("JPEG", {"quality": 100, "subsampling": 0})):
        picture = await opened(hostile.saved(Image.fromarray(corners()), kind, exif=exif, **options))
        got = pixels(picture.png).astype(int)
        assert (picture.width_px, picture.height_px) == (wanted.shape[1], wanted.shape[0])
        assert np.abs(got - wanted).max() <= (60 if kind == "JPEG" else 0), kind  # JPEG rings at hard edges


@pytest.mark.parametrize("kind", KINDS)
async def test_nothing_but_pixels_is_kept(kind: str) -> None:
    """Place, camera, profile, texts, comments and thumbnails are gone: the PNG has no chunk for them."""
    exif = Image.Exif()
    exif[0x010E] = GPS.decode()
    exif.get_ifd(0x8825)[29] = GPS.decode()
    text = PngImagePlugin.PngInfo()
    text.add_text("parameters", GPS.decode())
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options: dict[str, Any] = {
        "PNG": {"pnginfo": text, "exif": exif, "icc_profile": profile, "dpi": (300, 300)},
        "JPEG": {"exif": exif, "icc_profile": profile, "comment": GPS, "xmp": GPS, "dpi": (300, 300)},
        "WEBP": {"exif": exif, "icc_profile": profile, "xmp": GPS},
        "GIF": {"comment": GPS},
    }[kind]
    data = hostile.saved(Image.fromarray(corners()), kind, **options)
    assert GPS in data
    picture = await opened(data)
    assert GPS not in picture.png
    assert chunks(picture.png) == {b"IHDR", b"IDAT", b"IEND"}


async def test_only_pixels_count() -> None:
    """Two files with the same pixels become the same bytes, whatever else they carried."""
    plain = Image.fromarray(corners())
    first = await opened(hostile.saved(plain, "PNG", compress_level=9, dpi=(72, 72)))
    second = await opened(hostile.saved(plain, "WEBP", lossless=True))
    assert first == second
    assert first.sha256 == sha256(first.png).hexdigest()


def half_clear() -> Image.Image:
    """Red; its left half fully transparent, its right half by 50 %."""
    picture = Image.new("RGBA", (16, 16), (255, 0, 0, 0))
    picture.paste((255, 0, 0, 128), (8, 0, 16, 16))
    return picture


@pytest.mark.parametrize(
    ("image", "kind", "options", "left", "right"),
    [
        (half_clear(), "PNG", {}, (255, 255, 255), (255, 127, 127)),
        (half_clear(), "WEBP", {"lossless": True}, (255, 255, 255), (255, 127, 127)),
        (half_clear().convert("LA"), "PNG", {}, (255, 255, 255), (165, 165, 165)),
        (Image.new("RGB", (16, 16), "blue"), "PNG", {"transparency": (0, 0, 255)}, (255,) * 3, (255,) * 3),
        (Image.new("P", (16, 16), 3), "GIF", {"transparency": 3}, (255,) * 3, (255,) * 3),
        (Image.new("1", (16, 16), 1), "PNG", {}, (255,) * 3, (255,) * 3),
        (Image.new("CMYK", (16, 16), (0, 255, 255, 0)), "JPEG", {"quality": 100}, (254, 0, 0), (254, 0, 0)),
        (Image.new("L", (16, 16), 77), "JPEG", {}, (77,) * 3, (77,) * 3),
    ],
    ids=lambda value: value.mode if isinstance(value, Image.Image) else None,
)
async def test_every_mode_becomes_rgb_over_white(
    image: Image.Image, kind: str, options: dict[str, Any], left: tuple[int, ...], right: tuple[int, ...]
) -> None:
    """Grey, palette, CMYK and transparent pictures show the colours that people see on a white page."""
    got = pixels((await opened(hostile.saved(image, kind, **options))).png)
    assert np.abs(got[4, 2].astype(int) - left).max() <= 1
    assert np.abs(got[4, 13].astype(int) - right).max() <= 1


async def test_sixteen_bits_are_scaled() -> None:
    """A 16-bit grey PNG keeps its shades instead of going white."""
    shades = np.linspace(0, 65535, 256, dtype=np.uint16).reshape(16, 16)
    got = pixels((await opened(hostile.saved(Image.fromarray(shades), "PNG"))).png)
    assert np.abs(got[:, :, 0].astype(int) - (shades / 257).astype(int)).max() <= 1


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
async def test_of_an_animation_the_first_frame_is_taken(kind: str) -> None:
    """A moving picture becomes its first frame."""
    frames = [Image.new("RGB", (16, 16), colour) for colour in ("red", "green", "blue")]
    data = hostile.saved(frames[0], kind, save_all=True, append_images=frames[1:])
    assert np.abs(pixels((await opened(data)).png)[8, 8].astype(int) - (255, 0, 0)).max() <= 2


@pytest.mark.parametrize("kind", KINDS)
async def test_pictures_can_be_shrunk(kind: str) -> None:
    """`max_side_px` bounds the longer side, keeps the proportions and what is seen, and never enlarges."""
    large = Image.fromarray(corners()).resize((600, 400), Image.Resampling.NEAREST)
    picture = await opened(hostile.saved(large, kind), max_side_px=60)
    assert (picture.width_px, picture.height_px) == (60, 40)
    assert np.abs(pixels(picture.png)[5, 5].astype(int) - (255, 0, 0)).max() <= 12
    same = await opened(hostile.saved(large, kind), max_side_px=5000)
    assert (same.width_px, same.height_px) == (600, 400)


async def test_what_is_wrong_is_said() -> None:
    """Each refusal is one line that says what was wrong and what is accepted."""
    assert await refusal(b"") == "This file is empty. Send a PNG, JPEG, WebP or GIF."
    assert "PNG, JPEG, WebP or GIF" in await refusal(b"<svg/>")
    assert "12000 x 12000" in await refusal(hostile.png(12000, 12000, body=b""))
    assert "2.0 MiB. Send one of at most 0.5 MiB" in await refusal(bytes(2 * hostile.MIB), max_bytes=hostile.MIB // 2)


@pytest.mark.parametrize(
    ("header", "fits"),
    [
        (Header("PNG", 5000, 5000), True),
        (Header("PNG", 5000, 5001), False),
        (Header("WEBP", 4330, 2886), True),
        (Header("WEBP", 3536, 3536), False),
        (Header("GIF", 7, 100), False),
        (Header("JPEG", 16385, 100), False),
        (Header("JPEG", 16384, 8), True),
    ],
)
def test_declared_sizes_are_held_to_the_limits(header: Header, fits: bool) -> None:
    """One pixel over a limit is refused before anything is decoded."""
    if fits:
        check_header(header)
    else:
        with pytest.raises(RequestError):
            check_header(header)


@pytest.mark.parametrize("kind", KINDS)
def test_headers_tell_what_pillow_sees(kind: str) -> None:
    """Kind and size read from the first bytes are those that the decoder will find."""
    data = hostile.saved(Image.new("RGB", (321, 123)), kind)
    assert read_header(data) == Header(kind, 321, 123)
    assert read_header(data).media_type == f"image/{kind.lower()}"


def test_headers_of_extended_and_lossless_webp() -> None:
    """All three forms of WebP tell their size."""
    assert read_header(hostile.solid_webp(321, 123)) == Header("WEBP", 321, 123)
    assert read_header(hostile.framed_webp(321, 123, hostile.solid_webp(9, 9))) == Header("WEBP", 321, 123)


def test_the_search_for_a_frame_is_bounded() -> None:
    """A JPEG with more segments before its frame than any profile needs is refused on the spot."""
    data = hostile.jpeg()
    assert read_header(data[:2] + b"\xff\xe1\0\x02" * (MAX_SEGMENTS // 2) + data[2:]) == Header("JPEG", 64, 64)
    with pytest.raises(RequestError, match="no readable size"):
        read_header(data[:2] + b"\xff\xe1\0\x02" * MAX_SEGMENTS + data[2:])


def test_ordinary_progressive_pictures_have_few_scans() -> None:
    """The limit on scans leaves room above what encoders write."""
    data = hostile.jpeg(progressive=True)
    assert data.count(b"\xff\xda") <= MAX_SCANS / 4
    check_scans(data)


@given(st.sampled_from([b"", b"\xff\xd8\xff", hostile.PNG_MAGIC, b"GIF89a", b"RIFF....WEBPVP8X"]), st.binary())
def test_any_header_gives_a_size_or_one_line(magic: bytes, rest: bytes) -> None:
    """Whatever follows a magic number, reading the header gives a size or RequestError."""
    with suppress(RequestError):
        assert read_header(magic + rest).width_px >= 0


GOOD = [hostile.saved(Image.fromarray(corners()), kind) for kind in KINDS]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(GOOD), st.data())
def test_any_damage_gives_a_picture_or_one_line(data: bytes, draw: st.DataObject) -> None:
    """Pictures cut off or with bytes changed anywhere open within the limits, or end in RequestError."""
    broken = bytearray(data[: draw.draw(st.integers(16, len(data)))])
    for at, value in draw.draw(st.lists(st.tuples(st.integers(16, len(data) - 1), st.integers(0, 255)), max_size=4)):
        broken[min(at, len(broken) - 1)] = value
    with suppress(RequestError):
        picture = asyncio.run(opened(bytes(broken)))
        assert picture.width_px * picture.height_px <= MAX_PIXELS


SLOW = hostile.png(64, 64, hostile.chunk(b"teSt", b"") * 1_700_000)
"""20 MiB of empty chunks: many seconds of work for any machine."""


def children() -> list[psutil.Process]:
    return psutil.Process().children()


async def test_processor_time_is_bounded() -> None:
    """A picture that would keep the decoder busy for long is given up with words."""
    assert await refusal(SLOW, cpu_s=1) == "This picture takes too long to open. Save it again as a plain PNG or JPEG."


async def test_one_after_the_other_and_none_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one at a time the second waits without a child; the child knows no secret; cancelling ends it."""
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    opener = PictureOpener(at_once=1)
    tasks = [asyncio.create_task(opener.open(SLOW)) for _ in range(3)]
    await until(lambda: any("bot.decoder" in child.cmdline() for child in children()))
    await asyncio.sleep(0.1)
    (child,) = children()
    assert "OPENAI_API_KEY" not in child.environ()
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    assert children() == []


@pytest.mark.parametrize(
    ("status", "word"),
    [(3, "damaged"), (4, "memory"), (-signal.SIGSEGV, "damaged"), (-signal.SIGKILL, "long"), (-signal.SIGXCPU, "long")],
)
def test_however_the_child_ends_there_is_one_line(status: int, word: str) -> None:
    """A child that crashed or was killed is the picture's fault, and is told so."""
    with pytest.raises(RequestError, match=word):
        images._judge(status, "")


def test_a_broken_installation_is_not_blamed_on_the_picture() -> None:
    """A child that can't even start is our fault: another error, with its reason."""
    with pytest.raises(LimnerError, match="No module named 'PIL'") as failed:
        images._judge(1, "ModuleNotFoundError: No module named 'PIL'")
    assert not isinstance(failed.value, RequestError)


def test_importing_it_costs_nothing() -> None:
    """Neither Pillow nor numpy is loaded before a picture comes."""
    script = "import sys, bot.images; print({'PIL', 'numpy', 'torch', 'pydantic'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
