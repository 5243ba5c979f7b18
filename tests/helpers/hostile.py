"""Pictures made to hurt whoever decodes them, built here so that no such file lies in the repository."""

import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from PIL import Image

from bot.testing import blank_png

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
MIB = 2**20


def chunk(name: bytes, body: bytes, *, crc: int | None = None) -> bytes:
    """One PNG chunk, with its right check sum or another."""
    check = zlib.crc32(name + body) if crc is None else crc
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)


def zeros(length: int) -> bytes:
    """That many zero bytes, deflated without ever holding them."""
    packer = zlib.compressobj(9)
    block = bytes(MIB)
    parts = [packer.compress(block) for _ in range(length // MIB)]
    return b"".join([*parts, packer.compress(bytes(length % MIB)), packer.flush()])


def png(
    width_px: int, height_px: int, *extra: bytes, bits: int = 8, colour: int = 2, body: bytes | None = None
) -> bytes:
    """A black PNG of any size, with any chunks before its pixels."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    row = 1 + (width_px * channels * bits + 7) // 8
    pixels = zeros(row * height_px) if body is None else body
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width_px, height_px, bits, colour, 0, 0, 0))
    return b"".join([PNG_MAGIC, header, *extra, chunk(b"IDAT", pixels), chunk(b"IEND", b"")])


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """A picture as a file."""
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def jpeg(mode: str = "RGB", **options: Any) -> bytes:
    """A small JPEG with some detail."""
    return saved(Image.radial_gradient("L").resize((64, 64)).convert(mode), "JPEG", **options)


def resized_jpeg(data: bytes, width_px: int, height_px: int) -> bytes:
    """The same JPEG with another size in its header."""
    at = next(at for marker in (b"\xff\xc0", b"\xff\xc2") if (at := data.find(marker)) > 0)
    return data[: at + 5] + struct.pack(">HH", height_px, width_px) + data[at + 9 :]


def scans(data: bytes, times: int) -> bytes:
    """The same progressive JPEG with its last scan repeated."""
    last = data[data.rfind(b"\xff\xda") : -2]
    return data[:-2] + last * times + data[-2:]


def solid_webp(width_px: int, height_px: int) -> bytes:
    """A lossless WebP of one colour: no bits a pixel, so 30 bytes decode to any size."""
    data = bytearray(saved(Image.new("RGB", (16, 16), "red"), "WEBP", lossless=True))
    bits = int.from_bytes(data[21:25], "little") & ~0xFFFFFFF | (width_px - 1) | (height_px - 1) << 14
    data[21:25] = struct.pack("<I", bits)
    return bytes(data)


def framed_webp(width_px: int, height_px: int, frame: bytes) -> bytes:
    """An extended WebP that declares a canvas, around the chunks of another WebP."""
    canvas = (width_px - 1).to_bytes(3, "little") + (height_px - 1).to_bytes(3, "little")
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + bytes(4) + canvas + frame[12:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


def gif(*blocks: bytes, screen: tuple[int, int] = (16, 16), size: tuple[int, int] = (16, 16)) -> bytes:
    """A GIF whose one black frame may be larger than its screen, with extension blocks before it."""
    file = saved(Image.new("P", size), "GIF")
    start = file.index(b",\0\0\0\0")
    return file[:6] + struct.pack("<HH", *screen) + file[10:start] + b"".join(blocks) + file[start:]


def bombs() -> dict[str, Callable[[], bytes]]:
    """Files that decode to more than the cap, or claim to: each must be refused."""
    return {
        "png of 16384 x 16384": lambda: png(16384, 16384, bits=1, colour=0),
        "png of 13370 x 13370": lambda: png(13370, 13370, bits=1, colour=0),
        "png that claims 2**31 - 1": lambda: png(2**31 - 1, 2**31 - 1, body=b""),
        "png of 400000 x 8": lambda: png(400_000, 8),
        "jpeg that claims 65535 x 65535": lambda: resized_jpeg(jpeg(), 65535, 65535),
        "jpeg of 12000 x 12000": lambda: saved(Image.new("L", (12000, 12000)), "JPEG"),
        "jpeg with a small frame before a huge one": _two_frames,
        "jpeg of 300 scans": lambda: scans(jpeg(progressive=True), 300),
        "jpeg of 300 scans, 4990 x 4990": lambda: resized_jpeg(scans(jpeg(progressive=True), 300), 4990, 4990),
        "gif that claims 65535 x 65535": lambda: gif(screen=(65535, 65535)),
        "gif with a frame larger than its screen": lambda: gif(size=(6000, 6000)),
        "gif of 8000 x 8000": lambda: gif(screen=(8000, 8000), size=(8000, 8000)),
        "webp of 13370 x 13370": lambda: solid_webp(13370, 13370),
        "webp of 16384 x 16384": lambda: solid_webp(16384, 16384),
        "webp of 5000 x 5000": lambda: solid_webp(5000, 5000),
        "webp canvas of 2**24": lambda: framed_webp(2**24, 2**24, solid_webp(16, 16)),
        "webp frame larger than its canvas": lambda: framed_webp(16, 16, solid_webp(12000, 12000)),
    }


def damaged() -> dict[str, Callable[[], bytes]]:
    """Files that are none of the accepted pictures, or broken ones: each must be refused."""
    good = {
        "png": blank_png(64, 64, b"abc"),
        "jpeg": jpeg(),
        "webp": saved(Image.radial_gradient("L").convert("RGB"), "WEBP"),
        "gif": saved(Image.radial_gradient("L"), "GIF"),
    }
    cut: dict[str, Callable[[], bytes]] = {
        f"{kind} cut off": lambda data=data: data[: len(data) // 2] for kind, data in good.items()
    }
    return cut | {
        "nothing": lambda: b"",
        "a web page": lambda: b"<html><script>alert(1)</script></html>",
        "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        "postscript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file",
        "bmp": lambda: saved(Image.new("RGB", (16, 16)), "BMP"),
        "tiff": lambda: saved(Image.new("RGB", (16, 16)), "TIFF"),
        "heic": lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        "zip": lambda: b"PK\x03\x04" + bytes(100),
        "script that starts as a gif": lambda: b"GIF89a=1;alert(document.cookie)//" + bytes(20),
        "only png's magic": lambda: PNG_MAGIC,
        "png without a size": lambda: PNG_MAGIC + chunk(b"IDAT", b""),
        "png of 0 x 0": lambda: png(0, 0),
        "png with a wrong header check sum": lambda: good["png"][:29] + b"\0\0\0\0" + good["png"][33:],
        "png of 4990 x 4990 without pixels": lambda: png(4990, 4990, body=zeros(10)),
        "jpeg of endless markers": lambda: b"\xff\xd8" + b"\xff\xe1\0\x02" * 500_000,
        "jpeg of fill bytes": lambda: b"\xff\xd8" + b"\xff" * MIB,
        "progressive cmyk of 4990 x 4990": lambda: resized_jpeg(jpeg("CMYK", progressive=True), 4990, 4990),
        "webp without a frame": lambda: b"RIFF\x04\0\0\0WEBP" + bytes(20),
        "zip bomb in a profile": lambda: png(64, 64, chunk(b"iCCP", b"a\0\0" + zeros(100 * MIB))),
        "zip bomb in a text": lambda: png(64, 64, chunk(b"zTXt", b"a\0\0" + zeros(100 * MIB))),
        "zip bomb in a unicode text": lambda: png(64, 64, chunk(b"iTXt", b"a\0\1\0\0\0" + zeros(100 * MIB))),
        "a hundred zip bombs": lambda: png(64, 64, *[chunk(b"zTXt", b"a\0\0" + zeros(MIB - 9))] * 100),
    }


def heavy() -> dict[str, Callable[[], bytes]]:
    """Files that are pictures and can be opened, at some cost."""
    small, sound = jpeg(), blank_png(64, 64, b"abc")
    return {
        "the largest png": lambda: png(5000, 5000, colour=6),
        "the largest png of 16 bits": lambda: png(5000, 5000, bits=16, colour=6),
        "the largest gif": lambda: gif(screen=(5000, 5000), size=(5000, 5000)),
        "the largest progressive jpeg": lambda: saved(Image.new("RGB", (5000, 5000)), "JPEG", progressive=True),
        "the largest webp": lambda: solid_webp(4330, 2886),
        "pixels beyond those declared": lambda: png(64, 64, body=zeros(100 * MIB)),
        "jpeg of 4990 x 4990 with pixels for 64 x 64": lambda: resized_jpeg(small, 4990, 4990),
        "15 MiB of text": lambda: png(64, 64, chunk(b"tEXt", b"a\0" + b"x" * 15 * MIB)),
        "png with wrong check sums": lambda: sound[:-16] + bytes(4) + sound[-12:-4] + bytes(4),
        "100,000 chunks": lambda: png(64, 64, chunk(b"teSt", b"") * 100_000),
        "apng that claims 2**31 frames": lambda: png(64, 64, chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))),
        "gif of 30,000 frames": lambda: (still := gif())[:-1] + still[still.index(b",\0\0\0\0") : -1] * 30_000 + b";",
        "gif of 20,000 comments": lambda: gif(b"!\xfe" + (b"\xff" + b"x" * 255) * 20_000 + b"\0"),
        "webp of 300 frames": _animation,
        "jpeg with a program behind it": lambda: small + b"PK\x03\x04<script>" + bytes(MIB),
        "jpeg with a broken exif": lambda: (
            small[:2] + b"\xff\xe1\0\x1eExif\0\0II*\0\x08\0\0\0" + b"\xff" * 14 + small[2:]
        ),
        "jpeg with 15 MiB of segments": lambda: small[:2] + (b"\xff\xef\xff\xff" + bytes(65533)) * 240 + small[2:],
    }


def everything() -> Iterator[tuple[str, str, bytes]]:
    """Group ('bomb', 'damaged', 'heavy'), name and bytes of every hostile file, one at a time."""
    for group, files in (("bomb", bombs()), ("damaged", damaged()), ("heavy", heavy())):
        for name, make in files.items():
            yield group, name, make()


def _two_frames() -> bytes:
    data = jpeg()
    at = data.find(b"\xff\xc0")
    frame = data[at : at + 2 + struct.unpack_from(">H", data, at + 2)[0]]
    return data[:at] + frame + resized_jpeg(data, 12000, 12000)[at:]


def _animation() -> bytes:
    frames = [Image.new("RGB", (64, 64), (index % 256, index // 2, 9)) for index in range(300)]
    return saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True, method=0)
