"""What benchmarks/painter.py and gpu.sh reckon with: arrivals, static batches, goals, tables and the plot."""

import argparse
import io
import json
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import painter_gpu, painter_plain
from benchmarks.painter_arms import LIMNER, SERIAL, STATIC, Arms
from benchmarks.painter_load import Asker, arrivals
from benchmarks.painter_models import Shape
from benchmarks.painter_plot import LIMIT_BYTES, draw
from benchmarks.painter_report import Section, at_least, at_most, write_json
from benchmarks.painter_scenarios import Goals, Mixed, among_long, at_once, mixed_load, one_user, previews
from bot.tasks import PaintEvent, PaintTask, Preview
from bot.testing import PaperEngine

SHAPE = Shape("Paper", "paper", 64, 4, 1.0, (1, 2, 4, 8), 2)


class Slow(PaperEngine):
    """A painter whose seconds are those that its settings say."""

    def __init__(self, step_s: float, *, shows: bool = True) -> None:
        super().__init__(self.Settings(step_s=step_s))
        self._shows = shows

    async def paint(self, task: PaintTask) -> AsyncIterator[PaintEvent]:
        async for event in super().paint(task):
            if self._shows or not isinstance(event, Preview):
                yield event


def arms(limner: PaperEngine) -> Arms:
    """Three papers; what stands behind them is not asked for."""
    by_name = {SERIAL: Slow(0.002), STATIC: Slow(0.002), LIMNER: limner}
    nobody: Any = None
    return Arms(by_name, plain=nobody, painter=nobody)


@settings(max_examples=30)
@given(st.integers(1, 60), st.floats(0.1, 3.0))
def test_arrivals_are_the_same_for_everybody(requests: int, load: float) -> None:
    """Each number of steps comes equally often, times go up from 0, and a second call gives the same stream."""
    stream = arrivals(SHAPE, requests, load, 1.0)
    counts = Counter(stream.steps)
    assert len(set(counts.values())) == 1
    assert set(counts) == set(SHAPE.mixed_steps)
    assert requests <= len(stream.steps) < requests + 4
    assert stream.at_s[0] == 0.0
    assert list(stream.at_s) == sorted(stream.at_s)
    assert stream == arrivals(SHAPE, requests, load, 1.0)


def test_arrivals_follow_the_load() -> None:
    """At 1.5 of capacity with pictures of 2 s, three requests come in four seconds, in the long run."""
    stream = arrivals(SHAPE, 4000, 1.5, 2.0)
    assert len(stream.at_s) / stream.at_s[-1] == pytest.approx(0.75, rel=0.05)


def test_equal_seeds_are_equal_pictures_under_other_ids() -> None:
    """A painter never meets an id twice, and what is asked of each arm is the same."""
    asker = Asker(SHAPE)
    first, again = asker.tasks([4, 8]), asker.tasks([4, 8])
    assert len({task.id for task in (*first, *again)}) == 4
    assert [(task.prompt, task.seed, task.steps) for task in first] == [(t.prompt, t.seed, t.steps) for t in again]
    assert first[0].prompt != first[1].prompt


@pytest.mark.parametrize(
    ("batch", "expected"),
    [
        (1, [["a"], ["b"], ["c"], ["d"], ["e"]]),
        (2, [["a", "c"], ["b"], ["d", "e"]]),
        (8, [["a", "c", "d", "e"], ["b"]]),
    ],
)
def test_static_batches(batch: int, expected: list[list[str]]) -> None:
    """What waits and is alike goes together, as far as there is room; nobody is passed over or served twice."""
    steps = {"a": 4, "b": 8, "c": 4, "d": 4, "e": 4}
    size = {"width_px": 64, "height_px": 64, "guidance_scale": 1.0, "batch": batch}
    lines = [json.dumps({"id": name, "steps": count, **size}) for name, count in steps.items()]
    line = painter_plain.Line(io.StringIO("\n".join(lines)))
    line.read()
    taken = []
    while tasks := line.take():
        taken.append([task["id"] for task in tasks])
    assert taken == expected


def test_goals_say_when_they_are_missed() -> None:
    """A goal that is exactly reached is reached; without a goal the cell is empty."""
    assert at_most(1.05, 1.05) == "at most 1.05"
    assert at_most(1.06, 1.05) == "at most 1.05 (missed)"
    assert at_least(0.97, 0.98) == "at least 0.98 (missed)"
    assert at_least(2.0, 2.0) == "at least 2.00"
    assert at_most(1.0, None) == at_least(1.0, None) == ""


def test_values_are_kept_whole(tmp_path: Path) -> None:
    """The file has titles, tables, numbers and the machine, and nothing is left beside it."""
    mixed = Mixed(0.9, LIMNER, 1.0, 2.0, 0.5, 0.0)
    write_json(tmp_path / "new" / "kept.json", [Section("T", (("a", "b"), ("1", "2")), {"mixed": [mixed]})], "here")
    kept = json.loads((tmp_path / "new" / "kept.json").read_text())
    assert kept["machine"] == "here"
    assert kept["sections"][0]["values"]["mixed"][0]["p95_s"] == 2.0
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["kept.json"]


async def test_one_user_compares_with_the_bare_pipeline() -> None:
    """The ratio is what was waited for to what the plain pipeline says it took, and the warm-up counts for nothing."""
    section = await one_user(arms(Slow(0.02)), Asker(SHAPE), Goals(), 3)
    values = section.values
    assert len(values["through_s"]) == len(values["bare_s"]) == 3
    assert values["bare_s"] == [0.008] * 3
    assert values["ratio"] > 5
    assert "at most 1.05 (missed)" in section.markdown()


async def test_at_once_compares_with_serial() -> None:
    """Each arm has its row, serial is 1.00 of itself, and the goals stand beside Limner alone."""
    section = await at_once(arms(Slow(0.002)), Asker(SHAPE), Goals(to_serial=50.0, to_static=0.01), 3, 2)
    head, *body = section.rows
    assert [row[0] for row in body] == [SERIAL, STATIC, LIMNER, "Limner to static"]
    assert body[0][2] == "1.00"
    assert body[2][-1] == "at least 50.00 (missed)"
    assert body[3][-1] == "at least 0.01"
    assert all(len(row) == len(head) for row in body)
    assert {name: len(paces) for name, paces in section.values["paces_per_min"].items()} == dict.fromkeys(
        (SERIAL, STATIC, LIMNER), 2
    )


async def test_mixed_load_has_a_row_for_each_load_and_arm() -> None:
    """Shares of serial are of the same load; goals of the tail stand below capacity, that of growth above it."""
    goals = Goals(p95_to_serial=1e9, growth=1e9)
    section, found = await mixed_load(arms(Slow(0.0)), Asker(SHAPE), goals, (0.9, 1.5), 8)
    assert [(one.load, one.arm) for one in found] == [
        (load, arm) for load in (0.9, 1.5) for arm in (SERIAL, STATIC, LIMNER)
    ]
    below, above = section.rows[3][-1], section.rows[6][-1]
    assert "p95 to serial" in below
    assert "growth" not in below
    assert "growth" in above
    assert "p95" not in above
    assert section.rows[1][3].endswith("(1.00 of serial)")


async def test_previews_are_counted() -> None:
    """A painter that shows half way is over the goal, one that shows nothing misses it in so many words."""
    asker = Asker(SHAPE)
    for shows, said in ((True, "at most 10 % (missed)"), (False, "no preview at all")):
        painter: Any = argparse.Namespace(engine=Slow(0.005, shows=shows))
        section = await previews(painter, painter, asker, 3, 1)
        assert said in section.markdown()
        assert section.values["without"] == (0 if shows else 3)


def test_the_plot_is_small(tmp_path: Path) -> None:
    """Two panels with three arms and five loads stay below the limit."""
    found = [
        Mixed(load, arm, load * number, load * number * 2, 0.1, 0.0)
        for load in (0.5, 0.9, 1.2, 1.5, 2.0)
        for number, arm in enumerate((SERIAL, STATIC, LIMNER), 1)
    ]
    draw({"one": found, "another": found}, tmp_path / "new" / "plot.png")
    png = (tmp_path / "new" / "plot.png").read_bytes()
    assert png.startswith(b"\x89PNG")
    assert len(png) <= LIMIT_BYTES


def test_a_goal_on_a_gpu_goes_on_where_it_ended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is kept is printed and not measured again; without time left nothing is begun, and that is said."""
    options = argparse.Namespace(goal="2", models=["sdxl"], rehearse=True, out=tmp_path, work=tmp_path / "work")
    section = Section("Kept", (("a",), ("1",)))
    write_json(tmp_path / "rehearsal-goal2-sdxl-bfloat16.json", [section], "here")
    (tmp_path / "rehearsal-goal2-sdxl-bfloat16.md").write_text("### Kept\n")
    painter_gpu.Run(options).run()
    assert capsys.readouterr().out == "### Kept\n\n"
    options.models = ["flux"]
    late = painter_gpu.Run(options, begun_s=time.monotonic() - painter_gpu.LIMIT_S - 1)
    late.run()
    assert "the same command once more goes on" in capsys.readouterr().err
    assert not (tmp_path / "work").exists()


async def test_short_ones_among_long_ones_are_compared_with_serial() -> None:
    """Each arm has a row, and only Limner's stands against the goal."""
    section = await among_long(arms(Slow(0.0)), Asker(SHAPE), Goals(short=1e-9), rounds=1)
    head, *body = section.rows
    assert [row[0] for row in body] == [SERIAL, STATIC, LIMNER]
    assert [row[-1] for row in body] == ["", "", "at most 0.00 (missed)"]
    assert body[0][3] == "1.00"
    assert all(len(row) == len(head) for row in body)
