"""What benchmarks/painter.py and gpu.sh print and keep: tables with goal beside figure, as Markdown and JSON."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.tables import printed


@dataclass(frozen=True, slots=True)
class Section:
    """One table.

    Attributes:
        title: With the model's label.
        rows: The first one is the head.
        values: The same as numbers, by name.
        note: What stands below it.
    """

    title: str
    rows: tuple[tuple[str, ...], ...]
    values: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""

    def markdown(self) -> str:
        """Title, table and note."""
        parts = [f"### {self.title}", printed(list(self.rows), markdown=True), self.note]
        return "\n\n".join(filter(None, parts))


def at_most(value: float, goal: float | None, form: str = "{:.2f}") -> str:
    """The cell of a goal, and whether it was missed; empty without one."""
    return "" if goal is None else f"at most {form.format(goal)}{'' if value <= goal else ' (missed)'}"


def at_least(value: float, goal: float | None, form: str = "{:.2f}") -> str:
    """The cell of a goal, and whether it was missed; empty without one."""
    return "" if goal is None else f"at least {form.format(goal)}{'' if value >= goal else ' (missed)'}"


def tell(words: str) -> None:
    """Say on standard error what goes on: the report is on standard output."""
    print(words, file=sys.stderr, flush=True)


def write_json(path: Path, sections: Sequence[Section], machine: str) -> None:
    """Keep all values, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    record = {"machine": machine, "sections": [asdict(section) for section in sections]}
    beside.write_text(json.dumps(record, indent=1, ensure_ascii=False), encoding="utf-8")
    beside.replace(path)
