"""The figures of prompt craft as tables: what was understood, what reaches each family's painter, time, the checker."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from benchmarks.craft_checker import Figures
from benchmarks.tables import Rows, share, short

Share = tuple[int, int]
STEPS = {"director": "director", "render": "render", "check": "checker", "all": "words to plan"}
GOAL_MS = 50


@dataclass(frozen=True, slots=True)
class Report:
    """One book of requests for one model; figures of the echo are those of the asker's words unchanged.

    Attributes:
        brief, kinds: Constraints kept in what was understood, of all that were asked; the same by kind.
        right: Requests fully right, with nothing invented.
        prompt: Constraints that can be read in the prompt.
        verbatim: Texts and names alone.
        over_budget: Prompts longer than the model reads.
        chinese: Prompts with Chinese that the model doesn't read.
        own_words: Prompts that failed the checker, so that the asker's words were taken.
        opens: Of requests that leave light, composition or medium open, those with one to three free items added.
        spent_ms: For each step the times of all requests.
    """

    requests: int
    painted: int
    brief: Share
    brief_echo: Share
    kinds: Mapping[str, Share]
    right: int
    invented: int
    prompt: Share
    prompt_echo: Share
    verbatim: Share
    verbatim_echo: Share
    over_budget: int
    over_budget_echo: int
    chinese: int
    chinese_echo: int
    own_words: int
    refused: int
    opens: Share
    spent_ms: Mapping[str, list[float]]


Books = Mapping[str, Report]


def understood(books: Books) -> Rows:
    """What was understood, by kind of constraint, in every book beside its echo."""

    def row(what: str, goal: str, ours: Callable[[Report], str], echo: Callable[[Report], str]) -> tuple[str, ...]:
        return (what, goal, *(cell for one in books.values() for cell in (ours(one), echo(one))))

    rows: Rows = [("in the brief", "goal", *(cell for name in books for cell in (name, "echo")))]
    rows.append(row("constraints kept", "98 %", lambda one: share(*one.brief), lambda one: short(*one.brief_echo)))
    for kind in sorted({kind for one in books.values() for kind in one.kinds}):
        goal = "100 %" if kind in ("text", "name") else ""
        rows.append(row(f"- {kind}", goal, lambda one, kind=kind: share(*one.kinds.get(kind, (0, 0))), lambda _: ""))
    rows.append(row("requests fully right", "", lambda one: share(one.right, one.requests), lambda _: ""))
    rows.append(row("items invented", "0", lambda one: str(one.invented), lambda _: "0"))
    return rows


def painted(families: Mapping[str, Books], book: str) -> Rows:
    """What reaches the painter of each family, from one book; after a stroke the echo."""
    rows: Rows = [
        (f"in the prompt, {book}", "kept / echo", "texts, names / echo", "too long", "Chinese", "own words", "refused",
         "1-3 added"),
        ("goal", "98 %", "100 %", "0", "0", "5 %", "", "80 %"),
    ]  # fmt: skip
    for family, books in families.items():
        one = books[book]
        rows.append(
            (
                family,
                f"{share(*one.prompt)} / {short(*one.prompt_echo)}",
                f"{short(*one.verbatim)} / {short(*one.verbatim_echo)}",
                f"{one.over_budget} / {one.over_budget_echo}",
                f"{one.chinese} / {one.chinese_echo}",
                short(one.own_words, one.painted),
                str(one.refused),
                short(*one.opens),
            )
        )
    return rows


def times(families: Mapping[str, Books], book: str) -> Rows:
    """Milliseconds a request by step, median and 95th percentile."""
    rows: Rows = [(f"ms, p50 / p95 (goal {GOAL_MS})", *STEPS.values())]
    for family, books in families.items():
        spent = books[book].spent_ms
        rows.append((family, *(_both(spent[step]) if step in spent else "-" for step in STEPS)))
    return rows


def _both(spent_ms: list[float]) -> str:
    low, high = np.percentile(spent_ms, (50, 95))
    return f"{low:.1f} / {high:.1f}"


def checker(figures: Figures) -> Rows:
    """What the checker caught and where it cried out for nothing."""
    missed = ", ".join(f"{kind} {number}" for kind, number in figures.missed.most_common()) or "nothing"
    return [
        ("the checker", "goal", "measured"),
        ("planted faults caught", "95 %", share(figures.faults - figures.missed.total(), figures.faults)),
        ("false alarms on faithful prompts", "2 %", share(figures.alarms, figures.faithful)),
        ("findings on the director's prompts, held out", "", share(figures.closed_findings, figures.closed)),
        ("missed", "", missed),
    ]
