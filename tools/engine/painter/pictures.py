"""Pictures on their way in and out: the PNG that painting starts from, and the PNG that it ends with."""

import io
import struct
from typing import TYPE_CHECKING, Any

from bot.errors import EngineError

if TYPE_CHECKING:
    from PIL.Image import Image

LIMIT_BYTES = 32 * 2**20
LIMIT_PIXELS = 2**26
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# PNG (W3C, 2003) 5.2 and 11.2.2: the first chunk has a length, its name and the two sides.
_HEAD = struct.Struct(">8s4x4sII")


def check(png: bytes, use: str = "to start from") -> None:
    """Hold a picture to what its first bytes say, before it waits in line; `use` is what it is for.

    Raises:
        EngineError: It is no PNG, or too large in bytes or pixels.
    """
    if len(png) > LIMIT_BYTES:
        raise EngineError(
            f"The picture {use} is too large: {len(png) / 2**20:.1f} MiB",
            f"Send one of at most {LIMIT_BYTES // 2**20} MiB.",
        )
    signature, chunk, width_px, height_px = _HEAD.unpack(png[: _HEAD.size].ljust(_HEAD.size, b"\0"))
    if (signature, chunk) != (_SIGNATURE, b"IHDR"):
        raise EngineError(f"The picture {use} is no PNG", "Send a PNG.")
    if not 0 < width_px * height_px <= LIMIT_PIXELS:
        raise EngineError(
            f"The picture {use} can't be {width_px} x {height_px} px",
            f"Send one of at most {LIMIT_PIXELS / 1e6:.0f} megapixels.",
        )


def opened(png: bytes, use: str = "to start from") -> "Image":
    """The picture as RGB; what is transparent becomes white.

    Raises:
        EngineError: It is damaged.
    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as file:
            seen = file.convert("RGBA")
    except Exception as error:
        raise EngineError(f"The picture {use} is damaged", "Save it again as a PNG.") from error
    white = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(white, seen).convert("RGB")


def decode(png: bytes, width_px: int, height_px: int) -> "Image":
    """The picture at the size to paint: scaled until it covers it, what sticks out cut off evenly.

    Nothing is squeezed and nothing is made up.

    Raises:
        EngineError: It is damaged.
    """
    from PIL import ImageOps

    return ImageOps.fit(opened(png), (width_px, height_px))


def encode(image: Any) -> bytes:
    """The PNG of an array of (height, width, 3) in 0 to 1."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.fromarray((image * 255).round().astype("uint8")).save(buffer, "PNG")
    return buffer.getvalue()
