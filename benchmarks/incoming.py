"""How safe what comes in is: `python -m benchmarks.incoming`.

Prints two Markdown tables. Forged fetches: how many of them lead Limner's fetcher to another place than the one server
that it may reach, beside a client that resolves, connects and follows redirects. Hostile pictures: how many decode to
more pixels than the cap, and peak memory, each file in a process of its own; Pillow asked in the plain way beside it.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import RequestError
from bot.image_headers import MAX_PIXELS
from tests.helpers.forged import FORGED, Names, naively, world
from tests.helpers.hostile import everything


@dataclass(frozen=True, slots=True)
class Weighed:
    """What came of one file, decoded by Limner and by Pillow alone: pixels (0 when refused) and peak memory."""

    group: str
    name: str
    size_bytes: int
    pixels: int
    peak_mb: float
    naive_pixels: int
    naive_peak_mb: float


def main() -> None:
    """Print both tables."""
    print(asyncio.run(fetches()))
    print()
    with tempfile.TemporaryDirectory() as folder:
        print(pictures(Path(folder)))


async def fetches() -> str:
    """Forged fetches that got out."""
    safe = naive = 0
    async with world() as here:
        for forged in FORGED:
            naive += await naively(here, forged)
            del here.connects[:], here.visits[:]
            fetcher = here.fetcher(forged, Names(forged.answers))
            with suppress(RequestError):
                await fetcher.get(here.url(forged), media_types=("image/png",), max_bytes=2**20, hosts=forged.hosts)
            safe += bool(here.escaped() or here.visits)
    return "\n".join(
        [
            f"| {len(FORGED)} forged fetches | Limner | plain client |",
            "|---|---|---|",
            f"| got out | {safe} | {naive} |",
        ]
    )


def pictures(folder: Path) -> str:
    """Decodes above the cap and peaks, in all and for the worst files."""
    files = []
    for number, (group, name, data) in enumerate(everything()):
        path = folder / f"{number}"
        path.write_bytes(data)
        files.append((group, name, path))
    together = weigh("safe", *(path for _, _, path in files))
    each = [weighed(group, name, path) for group, name, path in files]
    peak_mb = together["self_mb"] + together["child_mb"]
    naive_mb = max(one.naive_peak_mb for one in each)
    above = sum(one.pixels > MAX_PIXELS for one in each), sum(one.naive_pixels > MAX_PIXELS for one in each)
    refused = [sum(not one.pixels for one in each if one.group == group) for group in ("bomb", "damaged", "heavy")]
    rows = [
        f"| {len(each)} hostile files | Limner | Pillow alone | ratio |",
        "|---|---|---|---|",
        f"| decoded above {MAX_PIXELS / 1e6:g} megapixels | {above[0]} | {above[1]} | |",
        f"| peak of one process with all files, its children included, MB | {peak_mb:.0f} | | |",
        f"| peak, the worst file, MB | {max(one.peak_mb for one in each):.0f} | {naive_mb:.0f} "
        f"| {naive_mb / max(one.peak_mb for one in each):.1f} |",
        *(worst_row(one) for one in sorted(each, key=lambda one: -one.naive_peak_mb)[:5]),
    ]
    whole = [sum(one.group == group for one in each) for group in ("bomb", "damaged", "heavy")]
    return "\n".join(
        [
            *rows,
            "",
            f"Refused: bombs {refused[0]} of {whole[0]}, damaged {refused[1]} of {whole[1]}, heavy but sound "
            f"{refused[2]} of {whole[2]}.",
        ]
    )


def worst_row(one: Weighed) -> str:
    """One file's peaks."""
    peaks = f"{one.peak_mb:.0f} | {one.naive_peak_mb:.0f} | {one.naive_peak_mb / one.peak_mb:.1f}"
    return f"| - {one.name} ({one.size_bytes:,} bytes) | {peaks} |"


def weighed(group: str, name: str, path: Path) -> Weighed:
    """One file, decoded both ways in fresh processes."""
    safe, naive = weigh("safe", path), weigh("naive", path)
    return Weighed(
        group,
        name,
        path.stat().st_size,
        pixels(safe["outcomes"][path.name]),
        safe["self_mb"] + safe["child_mb"],
        pixels(naive["outcomes"][path.name]),
        naive["self_mb"],
    )


def weigh(how: str, *paths: Path) -> dict[str, Any]:
    """What a fresh process tells of these files."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.helpers.weigh", how, *map(str, paths)]
    result: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return result


def pixels(outcome: str) -> int:
    """Of '640x480'; 0 for a refusal."""
    width, _, height = outcome.partition("x")
    return int(width) * int(height) if width.isdigit() and height.isdigit() else 0


if __name__ == "__main__":
    main()
