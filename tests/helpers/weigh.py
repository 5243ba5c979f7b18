"""Opens files in this process and tells what came of each and the memory it took: `... weigh safe|naive FILE ...`."""

import asyncio
import json
import re
import resource
import sys
from io import BytesIO
from pathlib import Path

LIMIT_BYTES = 12 * 2**30  # so that a naive decoder on a hostile file does not take the machine along


async def safely(paths: list[Path]) -> dict[str, str]:
    """What Limner makes of each: its size, or the one line."""
    from bot.errors import RequestError
    from bot.images import PictureOpener

    opener, outcomes = PictureOpener(), {}
    for path in paths:
        try:
            picture = await opener.open(path.read_bytes())
            outcomes[path.name] = f"{picture.width_px}x{picture.height_px}"
        except RequestError as error:
            outcomes[path.name] = str(error)
    return outcomes


def naively(paths: list[Path]) -> dict[str, str]:
    """What Pillow makes of each, asked in the plain way."""
    from PIL import Image

    outcomes = {}
    for path in paths:
        try:
            image = Image.open(path).convert("RGB")
            image.save(BytesIO(), "PNG", compress_level=1)
            outcomes[path.name] = f"{image.width}x{image.height}"
        except Exception as error:  # noqa: BLE001 - whatever it is, the next file is asked for
            outcomes[path.name] = repr(error)
    return outcomes


def main() -> None:
    """Print outcomes and peaks as JSON."""
    how, *names = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))
    paths = [Path(name) for name in names]
    outcomes = asyncio.run(safely(paths)) if how == "safe" else naively(paths)
    child_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6
    sys.stdout.write(json.dumps({"outcomes": outcomes, "self_mb": own_peak_mb(), "child_mb": child_mb}))


def own_peak_mb() -> float:
    """This process's peak; `getrusage` would tell that of whoever forked it, if that was larger."""
    (line,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(line) * 1024 / 1e6


if __name__ == "__main__":
    main()
