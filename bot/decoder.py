"""The child that decodes one picture under hard limits: file on standard input, bare PNG on standard output."""

import resource
import sys
import traceback
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bot.image_headers import Header, check_header, read_header

if TYPE_CHECKING:
    from PIL.Image import Image

DAMAGED, TOO_MUCH_MEMORY = 3, 4
MEMORY_BYTES = 265_000_000
"""What decoding may take beyond the bare child's 30 MB: two copies of `MAX_PIXELS` (200 MB), the file, and a mask."""
COMPRESSION = 3
ORIENTATION = 0x0112  # Exif 3.0, 4.6.5.1


def main(cpu_s: int, max_side_px: int) -> int:
    """Decode standard input; 0, or `DAMAGED` or `TOO_MUCH_MEMORY`, with the reason on standard error."""
    from PIL import GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401 - before the limits

    _limit(cpu_s)
    try:
        strip(BytesIO(sys.stdin.buffer.read()), sys.stdout.buffer, max_side_px)
    except MemoryError:
        return TOO_MUCH_MEMORY
    except Exception:  # noqa: BLE001 - Pillow's plugins raise what they like on damaged files
        traceback.print_exc()
        return DAMAGED
    return 0


def strip(source: BytesIO, target: BinaryIO, max_side_px: int = 0) -> None:
    """Decode the first frame of `source`, turn it upright, and write nothing but its pixels as an RGB PNG.

    Args:
        source: The file; closed as soon as it is decoded, to give its memory back.
        target: Where the PNG goes.
        max_side_px: Shrink to this; 0 keeps the size.

    Raises:
        Exception: Whatever Pillow raises on a damaged file.
    """
    from PIL import Image

    kind = read_header(source.getvalue()).kind
    image: Image.Image = Image.open(source, formats=[kind])
    check_header(Header(kind, *image.size))  # a GIF's frame may be larger than its header says
    if max_side_px:
        image.draft(None, (2 * max_side_px, 2 * max_side_px))  # a JPEG can be decoded at half its size and less
    image.load()
    orientation = _orientation(image)
    source.close()
    image = _upright(_opaque(image), orientation)
    if max_side_px:
        image.thumbnail((max_side_px, max_side_px), Image.Resampling.LANCZOS)
    image.info.clear()  # or Pillow would write the colour profile again
    image.save(target, "PNG", compress_level=COMPRESSION)


def _orientation(image: "Image") -> int:
    """The EXIF orientation, 1 to 8; 1 where the EXIF can't be read, which is no reason to refuse the pixels."""
    try:
        value = image.getexif().get(ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - a damaged EXIF raises what it likes
        return 1
    return value if isinstance(value, int) else 1


def _opaque(image: "Image") -> "Image":
    """RGB, transparency over white. Holds two copies at most, and a quarter of one for the mask."""
    if image.mode == "I;16":
        # Pillow clips 16 bits to 8 instead of scaling them.
        image = image.point(lambda value: value * (1 / 257)).convert("L")
    if image.has_transparency_data:
        image = image if image.mode == "RGBA" else image.convert("RGBA")
        image.paste((255, 255, 255, 255), mask=image.getchannel("A").point([255 - alpha for alpha in range(256)]))
    return image if image.mode == "RGB" else image.convert("RGB")


def _upright(image: "Image", orientation: int) -> "Image":
    from PIL.Image import Transpose

    turn = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(orientation)
    return image if turn is None else image.transpose(turn)


def _limit(cpu_s: int) -> None:
    """Bound this process for good: memory, processor time, no files written, no core dump."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # macOS knows the limit and does not hold it
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + MEMORY_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
