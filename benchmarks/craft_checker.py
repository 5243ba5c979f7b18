"""How much the checker catches, and how often it cries out for nothing.

Faulty: faithful prompts by another hand (tests/craft/prompts.jsonl), each damaged in exactly one locked way by
tests/craft/faults.py, judged against the brief that the truth describes. Faithful: the same prompts undamaged. Closed:
what the director and the dialects make of the held-out requests, where each finding is a false alarm or a true one.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.craft_arms import card_of
from bot import RequestError
from bot.checker import check
from bot.dialects import Rendering, render
from bot.director.understand import understand
from bot.tasks import ModelCard
from tests.craft.faults import planted
from tests.craft.prompts import Case, faithful
from tests.craft.truth import Record, as_brief, read

JUDGED_FOR = "sdxl"
CLOSED_FOR = ("sdxl", "flux1")


@dataclass(frozen=True, slots=True)
class Figures:
    """Faults, false alarms and findings, each of how many; `missed` counts the faults not caught by kind."""

    faults: int
    missed: Counter[str]
    alarms: int
    faithful: int
    closed_findings: int
    closed: int


def measure(closed: Iterable[Record]) -> Figures:
    """Judge all planted faults, all faithful prompts, and the director's work on held-out requests."""
    truths = {record["id"]: as_brief(record) for record in read("requests")}
    card = card_of(JUDGED_FOR)

    def found(case: Case) -> bool:
        brief = truths[case.id]
        assert brief is not None
        return bool(check(case.words, brief, Rendering(case.prompt, case.negative), card))

    faults, sound = planted(), faithful()
    missed = Counter(case.fault for case in faults if not found(case))
    alarms = sum(map(found, sound))
    findings = [answer for record in closed for family in CLOSED_FOR for answer in _found(record, card_of(family))]
    return Figures(len(faults), missed, alarms, len(sound), sum(findings), len(findings))


def _found(record: Record, card: ModelCard) -> list[bool]:
    """Whether the checker finds fault with a brief and prompt of the director's; nothing where there is no prompt."""
    words = record["turns"][-1]
    understood = understand(words, None)
    if isinstance(understood, str):
        return []
    brief = understood.to_brief()
    try:
        rendering = render(brief, card)
    except RequestError:
        return []
    return [bool(check(words, brief, rendering, card))]
