"""How well the offline director reads requests: `python -m benchmarks.director REQUESTS.jsonl [--misses]`.

Each line is an object with `turns` (what one person said, in order; the last is judged) or `request` (one text), and
`expect` (see tests/craft/score.py). Prints a Markdown table: the share of constraints kept, of requests fully right,
what was invented, and milliseconds a request. Echo hands on the asker's words: a constraint counts as kept where one
of its accepted words stands in them, so it can't hold bindings, follow-ups or the other language.
"""

import argparse
import json
import re
import statistics
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.brief import Brief
from bot.brief_arguments import ImagineArguments
from bot.director.understand import understand
from tests.craft.packed import text_of
from tests.craft.score import Verdict, constraints, score

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """One record, what came of it, (kept, asked) of the echo, and the time that the last turn took."""

    record: Record
    verdict: Verdict
    echo: tuple[int, int]
    spent_ms: float


def main() -> None:
    """Judge every request of a file and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("requests", type=Path)
    parser.add_argument("--half", choices=("first", "second"), help="judge only this half of the lines")
    parser.add_argument("--misses", action="store_true", help="list every request that was not fully right")
    options = parser.parse_args()
    lines = [line for line in text_of(options.requests).splitlines() if line.strip()]
    records = [json.loads(line) for line in lines]
    if options.half:
        middle = len(records) // 2
        records = records[:middle] if options.half == "first" else records[middle:]
    judged = [judge(record) for record in records]
    print(table(judged))
    if options.misses:
        print("".join(misses(one) for one in judged if not one.verdict.right), end="")


def judge(record: Record) -> Judged:
    """Let the director answer one record, and compare."""
    brief, pictures, spent_ms = direct(record)
    return Judged(record, score(brief, pictures, record["expect"]), echo(record), spent_ms)


def misses(one: Judged) -> str:
    """A request with everything that was not right about it, a line each."""
    items = [f"  {kind} {item}\n" for kind in ("missed", "wrong", "invented") for item in getattr(one.verdict, kind)]
    return "".join([f"\n{' / '.join(turns(one.record))}\n", *items])


def turns(record: Record) -> list[str]:
    """What the person said, in order."""
    return list(record["turns"]) if "turns" in record else [record["request"]]


def direct(record: Record) -> tuple[Brief | None, int, float]:
    """The director's brief (None for a reply) and number of pictures for the last turn, and the time it took in ms."""
    earlier: ImagineArguments | None = None
    understood: ImagineArguments | str = ""
    spent_ms = 0.0
    for text in turns(record):
        started = time.perf_counter()
        understood = understand(text, earlier)
        spent_ms = (time.perf_counter() - started) * 1000
        earlier = earlier if isinstance(understood, str) else understood
    if isinstance(understood, str):
        return None, 0, spent_ms
    return understood.to_brief(), understood.count, spent_ms


def echo(record: Record) -> tuple[int, int]:
    """Constraints that the last turn's own words keep, and all that there are."""
    text = turns(record)[-1].casefold()
    asked = constraints(record["expect"])
    return sum(any(one.strip().casefold() in text for one in value.split("|")) for _, value in asked), len(asked)


def table(judged: list[Judged]) -> str:
    """The figures as Markdown: of all, by language, and by kind of constraint."""
    groups = {"constraints kept": judged} | {
        f"- in {name}": [one for one in judged if language(one.record) == name]
        for name in ("English", "Chinese", "both languages")
    }
    rows = [
        (name, kept_in(group), share(*map(sum, zip(*(one.echo for one in group), strict=True))))
        for name, group in groups.items()
        if group
    ]
    times_ms = [one.spent_ms for one in judged]
    rows += [
        ("requests fully right", share(sum(one.verdict.right for one in judged), len(judged)), ""),
        ("items invented", str(sum(len(one.verdict.invented) for one in judged)), "0"),
        ("ms a request, median / most", f"{statistics.median(times_ms):.1f} / {max(times_ms):.1f}", ""),
    ]
    kinds = Counter(kind(item) for one in judged for _, item in items(one.verdict))
    kept = Counter(kind(item) for one in judged for name, item in items(one.verdict) if name == "kept")
    rows += [(f"- {name}", share(kept[name], whole), "") for name, whole in sorted(kinds.items())]
    head = [f"| {len(judged)} requests | director | echo |", "|---|---|---|"]
    return "\n".join([*head, *(f"| {' | '.join(row)} |" for row in rows)])


def kept_in(group: list[Judged]) -> str:
    """The share of a group's constraints that were kept."""
    names = Counter(name for one in group for name, _ in items(one.verdict))
    return share(names["kept"], names.total())


def items(verdict: Verdict) -> list[tuple[str, str]]:
    """Every constraint of a verdict with what came of it."""
    return [(name, item) for name in ("kept", "missed", "wrong") for item in getattr(verdict, name)]


def kind(item: str) -> str:
    """'colour' for 'colour of car: red'."""
    return item.split(":")[0].split(" of ")[0]


def language(record: Record) -> str:
    """What the turns of a record are written in."""
    text = "".join(turns(record))
    chinese, latin = re.search(r"[\u3400-\u9fff]", text), re.search(r"[A-Za-z]{3}", text)
    return "both languages" if chinese and latin else "Chinese" if chinese else "English"


def share(part: int, whole: int) -> str:
    """'98.0 % (196 of 200)'."""
    return f"{100 * part / whole:.1f} % ({part} of {whole})" if whole else "-"


if __name__ == "__main__":
    main()
