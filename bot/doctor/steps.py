"""What the live checks of adapters share: steps taken in order, once; one that failed stops those that need it."""

import io
import os
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from functools import partial
from typing import Any

from bot.doctor.aside import Once
from bot.doctor.finding import Case, Check, Finding, Level, warning

Step = Callable[[], Awaitable[Finding]]
ALL_S = 300.0
SIDE_PX = 800  # as noise, a PNG of almost 2 MiB: what a proxy that was made for web pages would not let pass


class Stop(Exception):
    """A step that could not be taken, though nothing is wrong: those that need it are not tried."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.found)
        self.finding = finding


def checks_of(
    adapter: str, names: Iterable[str], trial: Callable[[], Coroutine[Any, Any, dict[str, Finding]]]
) -> list[Check]:
    """A check for each step; all steps are taken in order, once, by whichever check is carried out first."""
    once = Once(trial)

    async def finding(step: str, _case: Case) -> Finding:
        return (await once.get())[step]

    return [Check(f"{adapter} {name}", partial(finding, name), ALL_S) for name in names]


async def take(adapter: str, needs: Mapping[str, str], steps: Iterable[Step]) -> dict[str, Finding]:
    """Take all steps that can be taken; what was found at each.

    Args:
        adapter: Its name, for what is said of steps that are not tried.
        needs: Each step's name with the step without which it makes no sense, or with an empty text.
        steps: In the same order.
    """
    found: dict[str, Finding] = {}
    failed: set[str] = set()
    for (name, needed), step in zip(needs.items(), steps, strict=True):
        if needed in failed:
            found[name] = warning("not tried", f"First put right what '{adapter} {needed}' says")
            failed.add(name)
            continue
        try:
            found[name] = await step()
        except Stop as stop:
            found[name] = stop.finding
            failed.add(name)
        if found[name].level is Level.PROBLEM:
            failed.add(name)
    return found


def noise() -> bytes:
    """A PNG that can't be made smaller."""
    from PIL import Image

    file = io.BytesIO()
    Image.frombytes("RGB", (SIDE_PX, SIDE_PX), os.urandom(SIDE_PX * SIDE_PX * 3)).save(file, "PNG", compress_level=0)
    return file.getvalue()
