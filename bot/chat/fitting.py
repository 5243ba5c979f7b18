"""Pictures for platforms that take only so many bytes: as they are, or encoded again until they fit."""

import asyncio
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

# Each is tried in turn: nearly the same picture first, then smaller ones.
_QUALITIES = (95, 85, 75, 60)
_SHRINKING = 0.75
LEAST_SIDE_PX = 64
THUMBNAIL_PX = 256
THUMBNAIL_QUALITY = 80


@dataclass(frozen=True, slots=True)
class File:
    """Bytes to upload; `name` ends as its type wants."""

    name: str
    data: bytes


async def fitted(path: Path, stem: str, limit_bytes: int) -> File:
    """A picture of the gallery as a file of at most `limit_bytes`: the PNG itself where it fits, else a WebP.

    Raises:
        OSError: It can't be read.
    """
    return await asyncio.to_thread(_fitted, path, stem, limit_bytes)


async def thumbnail(path: Path, stem: str, side_px: int = THUMBNAIL_PX) -> File:
    """A picture of the gallery as a small WebP, no side of which is longer than `side_px`.

    Raises:
        OSError: It can't be read.
    """
    return await asyncio.to_thread(_thumbnail, path, stem, side_px)


def _thumbnail(path: Path, stem: str, side_px: int) -> File:
    from PIL import Image

    with Image.open(path) as opened:
        opened.thumbnail((side_px, side_px))
        small = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
        encoded = BytesIO()
        small.save(encoded, "WEBP", quality=THUMBNAIL_QUALITY, xmp=_marks(opened))
    return File(f"{stem}.webp", encoded.getvalue())


def _fitted(path: Path, stem: str, limit_bytes: int) -> File:
    data = path.read_bytes()
    if len(data) <= limit_bytes:
        return File(f"{stem}.png", data)
    from PIL import Image

    with Image.open(BytesIO(data)) as opened:
        picture = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
        marks = _marks(opened)
    while True:
        for quality in _QUALITIES:
            encoded = BytesIO()
            # What says that an AI made it goes along.
            picture.save(encoded, "WEBP", quality=quality, xmp=marks)
            if encoded.tell() <= limit_bytes:
                return File(f"{stem}.webp", encoded.getvalue())
        if min(picture.size) <= LEAST_SIDE_PX:
            return File(f"{stem}.webp", encoded.getvalue())
        picture = picture.resize((int(picture.width * _SHRINKING), int(picture.height * _SHRINKING)))


def _marks(opened: "Image.Image") -> Any:
    """What a file says in XMP of how it was made."""
    return opened.info.get("xmp") or opened.info.get("XML:com.adobe.xmp") or b""
