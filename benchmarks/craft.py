"""Prompt craft's five goals over 120 requests: `python -m benchmarks.craft [--llm MODEL] [--markdown]`.

80 requests are open to whoever writes the rules, 40 are held out, and only the figures of these count. Beside every
figure stands the echo: the asker's words unchanged. 'In the brief' is what was understood, scored by
tests/craft/score.py after the checker has mended it; 'in the prompt' is what the painter gets, read back by
benchmarks/craft_prompt.py. With --llm (as in LIMNER_LLM) that LLM reads the requests through the whole chain.
"""

import argparse
import asyncio
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transformers import AutoTokenizer

from benchmarks import craft_checker, craft_report
from benchmarks.craft_arms import CARDS, Arm, Made, Offline, card_of, echoed, online, shown
from benchmarks.craft_known import judged_in
from benchmarks.craft_prompt import Shown, passed_through, read_back
from benchmarks.craft_report import STEPS, Report
from benchmarks.director import echo as echo_kept
from benchmarks.tables import Rows, printed
from bot import Plan
from bot.checker.budget import tokens_at_most
from bot.tasks import ModelCard
from tests.craft.packed import text_of
from tests.craft.score import Verdict, constraints, score
from tests.craft.truth import Record, adds_what_is_open

ROOT = Path(__file__).parents[1]
HELD_OUT = "held out"
BOOKS = {
    HELD_OUT: ROOT / "tests" / "craft" / "requests_closed.jsonl",
    "open": ROOT / "tests" / "craft" / "requests.jsonl",
}
SKETCH_TOKENIZER = ROOT / "tools" / "sketch" / "tokenizer"
ONLINE_FAMILIES = ("sdxl",)
VERBATIM = ("text", "name")
Books = Mapping[str, list[Record]]


@dataclass(frozen=True, slots=True)
class Judged:
    """One request for one model: what was made, and what of it is right in brief, prompt and echo."""

    record: Record
    card: ModelCard
    made: Made
    brief: Verdict
    prompt: list[tuple[str, bool]]
    echo: list[tuple[str, bool]]
    tokens: int
    echo_tokens: int


class Tokens:
    """Counts a prompt's tokens by the model's own tokenizer where one is at hand, else by the careful estimate."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        self.known = {family: AutoTokenizer.from_pretrained(folder) for family, folder in folders.items()}

    def count(self, prompt: str, card: ModelCard) -> int:
        """Marks of beginning and end not counted."""
        if card.family not in self.known:
            return tokens_at_most(prompt, card)
        return len(self.known[card.family](prompt, add_special_tokens=False).input_ids)


async def judge(arm: Arm, record: Record, card: ModelCard, tokens: Tokens) -> Judged:
    """Let an arm answer a request for a model, and compare."""
    made, expected, echo = await arm.make(record, card), record["expect"], echoed(record, card)
    brief = score(made.plan.brief if made.plan else None, made.pictures, expected)
    painted = shown(made.plan, card) if made.plan else Shown("", None, (), card.width_px, card.height_px, False)
    drawn = {} if expected.get("reply") or expected.get("passthrough") else judged_in(card, expected)
    return Judged(
        record,
        card,
        made,
        brief,
        read_back(painted, drawn),
        read_back(echo, drawn),
        tokens.count(painted.prompt, card),
        tokens.count(echo.prompt, card),
    )


def report(judged: list[Judged]) -> Report:
    """The figures of one book for one model."""
    asked = Counter(kind for one in judged for kind, _ in constraints(one.record["expect"]))
    kept = Counter(_kind(item) for one in judged for item in one.brief.kept)
    prompt, echo = (Counter(pair for one in judged for pair in getattr(one, name)) for name in ("prompt", "echo"))
    plans = [(one, one.made.plan) for one in judged if one.made.plan]
    fits = [fit for one, plan in plans if (fit := _adds(plan, one.record["expect"])) is not None]
    in_chinese = [passed_through(shown(plan, one.card), one.record["expect"]) for one, plan in plans]
    return Report(
        requests=len(judged),
        painted=len(plans),
        brief=(sum(len(one.brief.kept) for one in judged), sum(map(_asked, judged))),
        brief_echo=_added(echo_kept(one.record) for one in judged),
        kinds={kind: (kept[kind], whole) for kind, whole in asked.items()},
        right=sum(one.brief.right for one in judged),
        invented=sum(len(one.brief.invented) for one in judged),
        prompt=_share(prompt),
        prompt_echo=_share(echo),
        verbatim=_share(prompt, VERBATIM),
        verbatim_echo=_share(echo, VERBATIM),
        over_budget=sum(one.tokens > one.card.token_limit for one, _ in plans),
        over_budget_echo=sum(one.echo_tokens > one.card.token_limit for one in judged),
        chinese=sum(in_chinese),
        chinese_echo=sum(passed_through(echoed(one.record, one.card), one.record["expect"]) for one in judged),
        own_words=sum(one.made.own_words for one, _ in plans),
        refused=sum(bool(one.made.refused) for one in judged),
        opens=(sum(fits), len(fits)),
        spent_ms=_times(judged),
    )


def _adds(plan: Plan, expected: Mapping[str, Any]) -> bool | None:
    """Whether one to three free items were added and can be read in the prompt, if it is an English one."""
    fits = adds_what_is_open(plan.brief, expected)
    items = [getattr(plan.brief, name) for name in plan.brief.added]
    return fits and (not plan.prompt.isascii() or any(item in plan.prompt for item in items))


def _asked(one: Judged) -> int:
    return len(one.brief.kept) + len(one.brief.missed) + len(one.brief.wrong)


def _added(shares: Iterable[tuple[int, int]]) -> tuple[int, int]:
    kept, whole = zip(*shares, strict=True)
    return sum(kept), sum(whole)


def _kind(item: str) -> str:
    """'colour' for 'colour of car: red'."""
    return item.split(":")[0].split(" of ")[0]


def _share(counted: Counter[tuple[str, bool]], kinds: Iterable[str] = ()) -> tuple[int, int]:
    of = {pair: number for pair, number in counted.items() if not kinds or pair[0] in kinds}
    return sum(number for (_, is_kept), number in of.items() if is_kept), sum(of.values())


def _times(judged: list[Judged]) -> dict[str, list[float]]:
    found = {step: [one.made.spent_ms[step] for one in judged if step in one.made.spent_ms] for step in STEPS}
    return {step: times for step, times in found.items() if times}


def misses(judged: list[Judged]) -> str:
    """Every request that was not fully right, with what was wrong in the brief and missing in the prompt."""
    lines = []
    for one in judged:
        items = [f"  {what} {item}" for what in ("missed", "wrong", "invented") for item in getattr(one.brief, what)]
        lost = [kind for kind, is_kept in one.prompt if not is_kept]
        if items or lost:
            prompt = one.made.plan.prompt if one.made.plan else one.made.refused or "(a reply)"
            lines += [f"{one.record['id']} {one.record['turns'][-1]}", *items, f"  prompt: {prompt}"]
            lines += [f"  not in the prompt: {', '.join(lost)}"] if lost else []
    return "\n".join(lines)


async def measure(options: argparse.Namespace, records: Books) -> dict[str, dict[str, Report]]:
    """The report of every book for every family; and the misses, where they are asked for."""
    tokens = Tokens(dict(options.tokenizer))
    reports: dict[str, dict[str, Report]] = {}
    async with AsyncExitStack() as stack:
        arm: Arm = await stack.enter_async_context(online(options.llm)) if options.llm else Offline()
        for family in options.families or ONLINE_FAMILIES if options.llm else options.families or CARDS:
            for name, asked in records.items():
                judged = [await judge(arm, record, card_of(family), tokens) for record in asked]
                reports.setdefault(family, {})[name] = report(judged)
                if options.misses == name:
                    print(misses(judged))
    return reports


def read(paths: Iterable[Path]) -> Books:
    """The requests of given files, or of both books."""
    books = {path.stem: path for path in paths} or BOOKS
    texts = {name: text_of(path) for name, path in books.items()}
    return {name: [json.loads(line) for line in text.splitlines() if line.strip()] for name, text in texts.items()}


def tables(reports: dict[str, dict[str, Report]], records: Books) -> list[Rows]:
    """Everything that was measured; the checker is judged with the held-out book alone."""
    books = next(iter(reports.values()))
    found = [craft_report.understood(books)]
    found += [craft_report.painted(reports, name) for name in books]
    found += [craft_report.times(reports, next(iter(books)))]
    if HELD_OUT in records:
        found.append(craft_report.checker(craft_checker.measure(records[HELD_OUT])))
    return found


def _named_folder(text: str) -> tuple[str, Path]:
    family, _, folder = text.partition("=")
    return family, Path(folder)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llm", help="who reads the requests (default: the offline director)")
    parser.add_argument("--requests", type=Path, nargs="+", default=[], help="other files of requests")
    parser.add_argument("--families", nargs="+", choices=CARDS, help="default: all; with --llm, sdxl alone")
    parser.add_argument(
        "--tokenizer",
        type=_named_folder,
        action="append",
        default=[("sketch", SKETCH_TOKENIZER)],
        metavar="FAMILY=FOLDER",
        help="count by this tokenizer instead of estimating",
    )
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--misses", metavar="BOOK", help="list what was not right in a book; leave 'held out' closed")
    options = parser.parse_args()
    records = read(options.requests)
    reports = asyncio.run(measure(options, records))
    print("\n\n".join(printed(rows, markdown=options.markdown) for rows in tables(reports, records)))


if __name__ == "__main__":
    main()
