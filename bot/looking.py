"""Looks at a finished picture: a vision model answers what was asked for with yes or no, offline the judge compares."""

import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot import log
from bot.checker.finding import Kind
from bot.dialects.rendering import Notes
from bot.errors import AssistantError
from bot.messages import Plan
from bot.questions import Check, checks_of
from bot.tasks import JudgeTask, ModelCard, Verdict

Judging = Callable[[JudgeTask], Awaitable[Verdict]]
# What a judge is believed, and by how much what would be true otherwise must fit better to be a fault, in log-odds.
# benchmarks/choice.py on Sketch's own judge: of right colours 0.8 % are called wrong, of planted wrong ones 92 % are
# found; counts, sides and things themselves it tells hardly better than by chance, like other models that were trained
# by contrast (Yuksekgonul et al. 2023). To tell people of faults that are none is worse than silence.
JUDGED = frozenset({Kind.COLOUR})
MARGIN = 2.0
_LEAST = 1e-9


logger = log.get("looking")


class Eyes(Protocol):
    """Who sees a picture."""

    name: str

    async def answers(self, questions: Sequence[str], png: bytes) -> tuple[bool | None, ...]:
        """Yes, no, or None for each question. Raises AssistantError where it can't be asked."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a picture found.

    Attributes:
        by: Who looked.
        failed, passed: The checks that the picture does not pass, and those that it does; others were not answered.
    """

    by: str
    failed: tuple[Check, ...] = ()
    passed: tuple[Check, ...] = ()

    @property
    def asked(self) -> int:
        """How many checks were answered."""
        return len(self.failed) + len(self.passed)

    def faults_since(self, before: "Look") -> int:
        """How many checks fail that were answered in an earlier look; what failed then is mended only if it passes."""
        left = [check for check in before.failed if check not in self.passed]
        return len(left) + sum(check in self.failed for check in before.passed)

    def missing(self, words: str) -> tuple[str, ...]:
        """What it did not find, one sentence each, in the language of whoever wrote `words`."""
        notes = Notes(words)
        for check in self.failed:
            if check.wanted:
                notes.add(f"I could not see: {check.item}.", f"没有看到：{check.item}。")
            else:
                notes.add(f"It should not be there, but I see: {check.item}.", f"本不该有，却看到了：{check.item}。")
        return tuple(notes.sentences)


async def look(plan: Plan, png: bytes, card: ModelCard, eyes: Eyes | None, judge: Judging) -> Look:
    """Check a picture against its plan; nothing is asked where it locks nothing that whoever looks can see.

    Args:
        plan: What it was painted from.
        png: The picture.
        card: The model that painted it.
        eyes: A vision model, if there is one; where it can't be asked now, the judge answers.
        judge: Asked where nobody sees.

    Raises:
        EngineError: There is neither.
    """
    checks = checks_of(plan, card)
    if eyes is not None and checks:
        try:
            answers = await eyes.answers([check.question for check in checks], png)
            said = zip(answers, checks, strict=True)
            return _look(eyes.name, checks, [None if yes is None else yes is check.wanted for yes, check in said])
        except AssistantError as error:
            logger.warning("%s can't look at pictures: %s", eyes.name, error)
    checks = tuple(check for check in checks if check.kind in JUDGED and check.contrasts)
    if not checks:
        return Look("")
    texts = dict.fromkeys(text for check in checks for text in (check.statement, *check.contrasts))
    verdict = await judge(JudgeTask(plan.model, tuple(texts), png))
    shown = dict(zip(texts, verdict.consistencies, strict=True))
    return _look(verdict.judge, checks, [shows(check, shown) for check in checks])


def _look(by: str, checks: Sequence[Check], answers: Sequence[bool | None]) -> Look:
    answered = list(zip(checks, answers, strict=True))
    failed = tuple(check for check, right in answered if right is False)
    return Look(by, failed, tuple(check for check, right in answered if right))


def shows(check: Check, shown: Mapping[str, float], margin: float = MARGIN) -> bool:
    """Whether nothing that would be true otherwise fits a picture better by more than the margin.

    Args:
        check: Its statement and contrasts are in `shown`.
        shown: Consistency of each text with the picture, 0 to 1.
        margin: In log-odds.
    """
    stated = _log_odds(shown[check.statement])
    return all(_log_odds(shown[contrast]) - stated <= margin for contrast in check.contrasts)


def _log_odds(probability: float) -> float:
    within = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(within / (1 - within))
