"""How well the offline director reads requests, against echo: `python benchmarks/director.py REQUESTS.jsonl [--misses]`.

Each line is an object with `turns` (what one person said, in order; the last is judged) or `request` (one text), and
`expect` (see tests/craft/score.py). Prints a Markdown table: the share of constraints kept, of requests fully right,
what was invented, and milliseconds a request. Echo hands on the asker's words: a constraint counts as kept where one
of its accepted words stands in them, so it can't hold bindings, follow-ups or the other language.
"""

import argparse
import json
import statistics
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.brief import Brief
from bot.brief_arguments import ImagineArguments
from bot.director.understand import understand
from tests.craft.score import Verdict, constraints, score

Record = Mapping[str, Any]


def main() -> None:
    """Judge every request of a file and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("requests", type=Path)
    parser.add_argument("--misses", action="store_true", help="list every request that was not fully right")
    options = parser.parse_args()
    lines = options.requests.read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines if line.strip()]
    verdicts, times_ms = [], []
    for record in records:
        brief, pictures, spent_ms = direct(record)
        verdicts.append(score(brief, pictures, expectation(record)))
        times_ms.append(spent_ms)
    print(table(records, verdicts, [echo(record) for record in records], times_ms))
    if options.misses:
        for record, verdict in zip(records, verdicts, strict=True):
            if not verdict.right:
                print(f"\n{' / '.join(turns(record))}")
                for kind in ("missed", "wrong", "invented"):
                    print("".join(f"  {kind} {item}\n" for item in getattr(verdict, kind)), end="")


def turns(record: Record) -> list[str]:
    """What the person said, in order."""
    return list(record["turns"]) if "turns" in record else [record["request"]]


def expectation(record: Record) -> Mapping[str, Any]:
    """What the last of it should be taken to mean."""
    return record["expect"]


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
    asked = constraints(expectation(record))
    return sum(any(one.strip().casefold() in text for one in value.split("|")) for _, value in asked), len(asked)


def table(records: list[Record], verdicts: list[Verdict], echoes: list[tuple[int, int]], times_ms: list[float]) -> str:
    """The figures as Markdown."""
    kept, asked = Counter[str](), Counter[str]()
    for verdict in verdicts:
        for name in ("kept", "missed", "wrong"):
            for item in getattr(verdict, name):
                kind = item.split(":")[0].split(" of ")[0]
                asked[kind] += 1
                kept[kind] += name == "kept"
    right = sum(verdict.right for verdict in verdicts)
    rows = [
        ("constraints kept", share(kept.total(), asked.total()), share(sum(a for a, _ in echoes), sum(b for _, b in echoes))),
        ("requests fully right", share(right, len(records)), "-"),
        ("items invented", str(sum(len(verdict.invented) for verdict in verdicts)), "0"),
        ("ms a request, median / most", f"{statistics.median(times_ms):.1f} / {max(times_ms):.1f}", "0"),
        *((f"- {kind}", share(kept[kind], asked[kind]), "") for kind in sorted(asked)),
    ]
    head = [f"| {len(records)} requests | director | echo |", "|---|---|---|"]
    return "\n".join([*head, *(f"| {' | '.join(row)} |" for row in rows)])


def share(part: int, whole: int) -> str:
    """'98.0 % (196 of 200)'."""
    return f"{100 * part / whole:.1f} % ({part} of {whole})" if whole else "-"


if __name__ == "__main__":
    main()
