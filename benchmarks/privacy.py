"""How well personal data is found: `python -m benchmarks.privacy [TEXTS.jsonl ...] [--misses]`.

Each line is an object with `text`, `language` ('en' or 'zh') and `values`: a list of [kind, value], empty for a text
that must stay as it is. Prints a Markdown table: recall (values that are gone, of all) by kind and language, texts that
came out exactly as they should, false alarms on the clean ones, and microseconds per 100 characters.
"""

import argparse
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.privacy import scrub
from tests.craft.packed import text_of

OURS = Path(__file__).parents[1] / "tests" / "craft" / "personal_data.jsonl"
ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Judged:
    """One text, and what became of it."""

    text: str
    language: str
    values: tuple[tuple[str, str], ...]
    scrubbed: str

    @property
    def exact(self) -> bool:
        """Whether each value was replaced by its kind's placeholder, and nothing else."""
        wanted = self.text
        for kind, value in self.values:
            wanted = wanted.replace(value, f"[{kind}]", 1)
        return self.scrubbed.replace("\u200b", "") == wanted.replace("\u200b", "")


def main() -> None:
    """Scrub every text of the files and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="*", default=[OURS])
    parser.add_argument("--misses", action="store_true", help="list every text that did not come out as it should")
    options = parser.parse_args()
    lines = [line for path in options.texts for line in text_of(path).splitlines()]
    judged = [judge(json.loads(line)) for line in lines if line.strip()]
    print(table(judged))
    if options.misses:
        print("".join(f"\n{one.text}\n  {one.scrubbed}\n" for one in judged if not one.exact), end="")


def judge(record: Any) -> Judged:
    """Scrub one text."""
    values = tuple((kind, value) for kind, value in record["values"])
    return Judged(record["text"], record["language"], values, scrub(record["text"]).text)


def table(judged: list[Judged]) -> str:
    """The figures as Markdown."""
    telling, clean = [one for one in judged if one.values], [one for one in judged if not one.values]
    kinds = list(dict.fromkeys(kind for one in telling for kind, _ in one.values))
    rows = [("all", *recalls(telling, kinds)), *((kind, *recalls(telling, [kind])) for kind in kinds)]
    rows += [
        ("texts exactly right", *shares((one.language, one.exact) for one in telling)),
        ("false alarms", *shares((one.language, not one.exact) for one in clean)),
    ]
    head = [f"| {len(telling)} texts, {len(clean)} clean | English | Chinese |", "|---|---|---|"]
    cost = f"{us_per_100_characters([one.text for one in judged]):.0f} µs per 100 characters"
    return "\n".join([*head, *(f"| {' | '.join(row)} |" for row in rows), "", cost])


def recalls(judged: list[Judged], kinds: list[str]) -> tuple[str, str]:
    """Values of these kinds that are gone, in English and in Chinese."""
    return shares(
        (one.language, value not in one.scrubbed) for one in judged for kind, value in one.values if kind in kinds
    )


def shares(verdicts: Iterable[tuple[str, bool]]) -> tuple[str, str]:
    """'98.0 % (49 of 50)' in English and in Chinese."""
    known = list(verdicts)
    english, chinese = ([right for said, right in known if said == language] for language in ("en", "zh"))
    return share(english), share(chinese)


def share(right: list[bool]) -> str:
    """'98.0 % (49 of 50)'."""
    return f"{100 * sum(right) / len(right):.1f} % ({sum(right)} of {len(right)})" if right else "-"


def us_per_100_characters(texts: list[str]) -> float:
    """Time that scrubbing takes: the best of some rounds over all texts."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        for text in texts:
            scrub(text)
        times.append(time.perf_counter() - started)
    return min(times) * 1e6 / (sum(map(len, texts)) / 100)


if __name__ == "__main__":
    main()
