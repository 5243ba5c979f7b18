"""What `limner bench` prints: a Markdown table that can be pasted and compared, or one JSON object."""

import io
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from bot.bench.machine import Machine
from bot.bench.measuring import Measured, Scale
from bot.tasks import ModelCard

WIDTH = 1000  # a row that is broken into lines is no Markdown any more
Row = tuple[str, str, str]


def rows(machine: Machine, card: ModelCard, scale: Scale, measured: Measured, memory_mib: float | None) -> list[Row]:
    """What was measured, the figure, and what stands behind it."""
    alone = measured.alone
    versions = [f"{name} {version}" for name, version in machine.versions.items()]
    return [
        ("machine", f"{machine.processor}, {machine.cores} cores", ""),
        ("painter", ", ".join([machine.device or "on a device that it does not name", *versions]), ""),
        ("model", f"{card.model}, {scale.width_px}x{scale.height_px} px, {scale.steps} steps", ""),
        ("one picture", f"{alone.picture_s:.2f} s", f"median of {scale.alone}"),
        ("first preview", _preview(measured), "of those"),
        *(
            (
                f"{one.users} people at once",
                f"{one.per_minute:.1f} pictures/min ({one.ratio:.2f} times one after the other), "
                f"p50 {one.p50_s:.2f} s, p95 {one.p95_s:.2f} s",
                f"{one.pictures} pictures",
            )
            for one in measured.companies
        ),
        (
            f"{scale.short_steps} steps among {scale.long_steps}",
            f"p50 {measured.tail.p50_s:.2f} s, p95 {measured.tail.p95_s:.2f} s; alone {alone.short_s:.2f} s",
            f"{measured.tail.pictures} among {scale.longs} long ones at a time",
        ),
        ("memory", "the painter does not say" if memory_mib is None else f"{memory_mib:.0f} MiB", "peak"),
    ]


def table(lines: Sequence[Row]) -> str:
    """The rows as a Markdown table whose columns are aligned."""
    drawn = Table("what", "measured", "of", box=box.MARKDOWN)
    for line in lines:
        drawn.add_row(*(cell.replace("|", "/") for cell in line))
    out = Console(file=io.StringIO(), width=WIDTH, highlight=False, markup=False, emoji=False, color_system=None)
    with out.capture() as captured:
        out.print(drawn)
    return "\n".join(line for line in captured.get().splitlines() if line.strip())


def record(
    machine: Machine, card: ModelCard, scale: Scale, measured: Measured, memory_mib: float | None
) -> dict[str, Any]:
    """The same as JSON values."""
    told = {"machine": asdict(machine), "model": card.model, "family": card.family, "scale": asdict(scale)}
    return told | asdict(measured) | {"memory_mib": memory_mib}


def _preview(measured: Measured) -> str:
    alone = measured.alone
    if alone.preview_s is None or alone.preview_share is None:
        return "none: the picture was faster, or previews are off"
    return f"{alone.preview_s:.2f} s ({100 * alone.preview_share:.0f} % of the picture's time)"
