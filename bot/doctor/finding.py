"""The doctor's vocabulary: what a check is handed, and the one line that it gives back."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.doctor.aside import Once
from bot.doctor.machine import Machine
from bot.settings import Settings

MIB = 2**20
GIB = 2**30


class Level(StrEnum):
    """How a thing stands, from well to bad."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, and what to do about it where it is not well (else empty); sentences without full stops."""

    level: Level
    found: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Whom the doctor looks at.

    Attributes:
        settings: As they are, or the defaults where they can't be read; checks of them are left out then.
        file: The settings file that was named on the command line.
        folder: Where `limner doctor` was called.
        paint: Whether a real picture is to be painted.
        machine: What torch and the driver say, asked once for all checks.
        least_free_bytes: Disk space under which there is a problem; under five times as much there is a warning.
    """

    settings: Settings
    file: Path | None
    environment: Mapping[str, str]
    folder: Path
    machine: Once[Machine]
    paint: bool = False
    least_free_bytes: int = 200 * MIB


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at.

    Attributes:
        look: Gives a finding; whatever it raises is a problem of its own line.
        limit_s: How long it may take.
        always: Whether it makes sense without settings that can be read.
    """

    name: str
    look: Callable[[Case], Awaitable[Finding]]
    limit_s: float = 30.0
    always: bool = False


def ok(found: str) -> Finding:
    """All is well."""
    return Finding(Level.OK, found)


def warning(found: str, remedy: str) -> Finding:
    """Limner works, but something is not as it should be."""
    return Finding(Level.WARNING, found, remedy)


def problem(found: str, remedy: str) -> Finding:
    """Limner won't work, or not as it was told to."""
    return Finding(Level.PROBLEM, found, remedy)


def together(findings: Iterable[Finding], well: str) -> Finding:
    """Several findings of one check as one line; those that are well are not mentioned beside one that is not."""
    bad = [finding for finding in findings if finding.level is not Level.OK]
    if not bad:
        return ok(well)
    level = Level.PROBLEM if any(finding.level is Level.PROBLEM for finding in bad) else Level.WARNING
    remedies = dict.fromkeys(sentence(finding.remedy) for finding in bad if finding.remedy)
    return Finding(level, "; ".join(finding.found for finding in bad), " ".join(remedies))


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends with a mark already."""
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def size(count_bytes: float) -> str:
    """Bytes for people to read: '80 KiB', '512 MiB', '6.4 GiB'."""
    if count_bytes < MIB:
        return f"{count_bytes / 1024:.0f} KiB"
    return f"{count_bytes / GIB:.1f} GiB" if count_bytes >= GIB else f"{count_bytes / MIB:.0f} MiB"
