"""Reads a picture's format and declared size from its first bytes, so that a bomb is refused before it is decoded."""

import struct
from dataclasses import dataclass

from bot.errors import RequestError

ACCEPTED = "PNG, JPEG, WebP or GIF"
MAX_PIXELS = 25_000_000
"""A 24-megapixel camera's picture fits; two copies of it (what turning it needs) are 200 MB."""
MAX_WEBP_PIXELS = 12_500_000
"""Pillow's WebP decoder holds up to 18 bytes a pixel, so that twice this would be 450 MB."""
MIN_SIDE_PX = 8
MAX_SIDE_PX = 16_384
MAX_SCANS = 64
"""A progressive JPEG has about ten scans. Each one costs a pass over all pixels, however few bytes it has."""
MAX_SEGMENTS = 2_000
"""What may stand before a JPEG's frame; the largest colour profile takes 255 segments."""

_SIZES_ELSEWHERE = frozenset({0xC4, 0xC8, 0xCC})  # look like frames among JPEG's markers, and are tables
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})


@dataclass(frozen=True, slots=True)
class Header:
    """What a picture says of itself: its `kind` as Pillow names it ('PNG', 'JPEG', 'WEBP', 'GIF') and its size."""

    kind: str
    width_px: int
    height_px: int

    @property
    def media_type(self) -> str:
        """Such as 'image/png'."""
        return f"image/{self.kind.lower()}"


def read_header(data: bytes) -> Header:
    """What the first bytes of a file declare.

    Sources: PNG (W3C, 2003) 11.2.2; ITU-T T.81 B.2; GIF89a 18; RFC 9649 for WebP.

    Raises:
        RequestError: The file is none of the accepted kinds, or its header is broken.
    """
    kind = _kind(data[:16])
    try:
        return Header(kind, *_SIZES[kind](data))
    except (struct.error, IndexError, ValueError) as error:
        raise RequestError(f"This {kind} picture is damaged: it has no readable size", f"Send a {ACCEPTED}") from error


def check_header(header: Header) -> None:
    """Hold a declared size to the limits.

    Raises:
        RequestError: Too many pixels, or a side out of range.
    """
    width_px, height_px = header.width_px, header.height_px
    size = f"{width_px} x {height_px} pixels"
    if min(width_px, height_px) < MIN_SIDE_PX or max(width_px, height_px) > MAX_SIDE_PX:
        raise RequestError(f"This picture has {size}", f"Send one with sides of {MIN_SIDE_PX} to {MAX_SIDE_PX} pixels")
    most = MAX_WEBP_PIXELS if header.kind == "WEBP" else MAX_PIXELS
    if width_px * height_px > most:
        megapixels = f"{most / 1e6:g} megapixels"
        raise RequestError(f"This {header.kind} picture is too large: {size}", f"Send one of at most {megapixels}")


def check_scans(data: bytes) -> None:
    """Refuse a JPEG that makes its decoder pass over the picture again and again.

    Raises:
        RequestError: It has more than `MAX_SCANS` scans.
    """
    # A scan's marker can't stand inside coded data, where every FF is followed by 00 (ITU-T T.81 B.1.1.5).
    if data.count(b"\xff\xda") > MAX_SCANS:
        raise RequestError("This JPEG picture has too many scans", "Save it again as a plain JPEG or PNG")


def _kind(head: bytes) -> str:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    raise RequestError("This file is not a picture of a kind that Limner reads", f"Send a {ACCEPTED}")


def _png_size(data: bytes) -> tuple[int, int]:
    length, name, width_px, height_px = struct.unpack_from(">I4sII", data, 8)
    if (length, name) != (13, b"IHDR"):
        raise ValueError("IHDR is not first")
    return width_px, height_px


def _gif_size(data: bytes) -> tuple[int, int]:
    width_px, height_px = struct.unpack_from("<HH", data, 6)
    return width_px, height_px


def _webp_size(data: bytes) -> tuple[int, int]:
    form = data[12:16]
    if form == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(_exactly(data, 27, 3), "little") + 1
    if form == b"VP8L" and data[20] == 0x2F:
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width_px, height_px = struct.unpack_from("<HH", data, 26)
        return width_px & 0x3FFF, height_px & 0x3FFF
    raise ValueError("no frame")


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    for _ in range(MAX_SEGMENTS):
        if data[at] != 0xFF:
            raise ValueError("no marker where one must be")
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
        elif marker in _WITHOUT_LENGTH:
            at += 2
        elif 0xC0 <= marker <= 0xCF and marker not in _SIZES_ELSEWHERE:
            height_px, width_px = struct.unpack_from(">HH", data, at + 5)
            return width_px, height_px
        else:
            at += 2 + max(2, struct.unpack_from(">H", data, at + 2)[0])
    raise ValueError("no frame")


def _exactly(data: bytes, at: int, length: int) -> bytes:
    part = data[at : at + length]
    if len(part) != length:
        raise ValueError("cut off")
    return part


_SIZES = {"PNG": _png_size, "JPEG": _jpeg_size, "WEBP": _webp_size, "GIF": _gif_size}
