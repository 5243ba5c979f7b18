"""Latency over load for all arms as one small PNG."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.painter_scenarios import Mixed

LIMIT_BYTES = 40_000
COLOURS = 32


def draw(panels: Mapping[str, Sequence[Mixed]], path: Path) -> None:
    """One panel for each model: solid p50, dashed p95.

    Raises:
        ImportError: matplotlib is not installed; it comes with the extra 'dev'.
        ValueError: The file would be too large.
    """
    from matplotlib.figure import Figure
    from PIL import Image

    figure = Figure(figsize=(4.2 * len(panels), 3.2), dpi=100, layout="constrained")
    axes = figure.subplots(1, len(panels), squeeze=False)[0]
    for panel, (title, found) in zip(axes, panels.items(), strict=True):
        for number, arm in enumerate(dict.fromkeys(one.arm for one in found)):
            points = sorted((one.load, one.p50_s, one.p95_s) for one in found if one.arm == arm)
            loads, p50_s, p95_s = zip(*points, strict=True)
            panel.plot(loads, p50_s, f"C{number}o-", label=f"{arm}, p50")
            panel.plot(loads, p95_s, f"C{number}s--", label=f"{arm}, p95")
        panel.set(title=title, xlabel="load (1 = what serial diffusers can do)", ylabel="POST to PNG, s")
        panel.set_ylim(bottom=0)
        panel.grid(visible=True, which="both", alpha=0.25)
        panel.legend(fontsize=7)
    stream = io.BytesIO()
    figure.savefig(stream, format="png")
    small = io.BytesIO()
    Image.open(stream).convert("RGB").quantize(COLOURS).save(small, "PNG", optimize=True)
    if len(small.getvalue()) > LIMIT_BYTES:
        raise ValueError(f"{path} would have {len(small.getvalue())} bytes, more than {LIMIT_BYTES}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(small.getvalue())
