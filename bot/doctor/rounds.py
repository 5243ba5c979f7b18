"""Makes the rounds: all checks at once, each with a time limit, none able to stop the others."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot import log
from bot.doctor.finding import Case, Check, Finding, problem
from bot.errors import LimnerError

logger = log.get("doctor")


@dataclass(frozen=True, slots=True)
class Report:
    """A check that was carried out, and how long it took."""

    name: str
    finding: Finding
    seconds: float


async def examine(case: Case, checks: Sequence[Check], tell: Callable[[Report], None]) -> list[Report]:
    """Carry out all checks at the same time; `tell` hears of each in the order of `checks`, as soon as it can."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_carry_out(check, case)) for check in checks]
        reports = []
        for task in tasks:
            reports.append(await task)
            tell(reports[-1])
    return reports


async def _carry_out(check: Check, case: Case) -> Report:
    begun = time.monotonic()
    finding = await _look(check, case)
    return Report(check.name, finding, time.monotonic() - begun)


async def _look(check: Check, case: Case) -> Finding:
    limit = asyncio.timeout(check.limit_s)
    try:
        async with limit:
            return await check.look(case)
    except LimnerError as error:
        return problem(error.problem, error.remedy or "`limner -v doctor` shows more.")
    except (Exception, SystemExit) as error:
        if limit.expired():
            return problem(f"no answer within {check.limit_s:g} s", "Look what holds it up, and try again.")
        logger.exception("the check '%s' failed", check.name)
        words = " ".join(f"{type(error).__name__}: {error}".split())
        return problem(f"this check could not be carried out: {words}", "`limner -v doctor` shows where it failed.")
