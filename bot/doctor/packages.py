"""Python itself, the packages that Limner needs, and packages that stand in the way of ours."""

import platform
import sys
from collections.abc import Iterator
from functools import partial
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

import bot
from bot.doctor.aside import aside
from bot.doctor.finding import Case, Check, Finding, ok, problem, together, warning

DISTRIBUTION = "limner"
OURS = ("bot", "tools", "adapters")
SHOWN = 4


async def look_at_python(_case: Case) -> Finding:
    """Whether this Python is one that Limner is made for."""
    found = f"{platform.python_version()}, {sys.executable}"
    try:
        wanted = metadata.metadata(DISTRIBUTION)["Requires-Python"]
    except metadata.PackageNotFoundError:
        return warning(f"{found}; Limner itself is not installed", "pip install --editable . in its folder")
    if SpecifierSet(wanted or "").contains(platform.python_version(), prereleases=True):
        return ok(found)
    return problem(f"{found}, and Limner needs {wanted}", "Make an environment with a Python of that version.")


async def look_at_packages(_case: Case) -> Finding:
    """Whether everything is installed that Limner asks for, and what that asks for in turn."""
    return await aside(_packages)


async def look_for_shadows(case: Case) -> Finding:
    """Whether something else goes by the names of Limner's own packages."""
    return await aside(partial(_shadows, case))


CHECKS = (
    Check("python", look_at_python, always=True),
    Check("packages", look_at_packages, always=True),
    Check("shadows", look_for_shadows, always=True),
)


def _packages() -> Finding:
    unmet: dict[str, tuple[str, Finding]] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [(DISTRIBUTION, "")]
    while waiting:
        owner, extra = waiting.pop()
        if (owner, extra) in seen:
            continue
        seen.add((owner, extra))
        for wanted in _requirements(owner, extra):
            key = canonicalize_name(wanted.name)
            if finding := _judged(wanted, owner):
                unmet.setdefault(f"{key}{wanted.specifier}", (_bare(wanted), finding))
            else:
                waiting += [(key, one) for one in ("", *wanted.extras)]
    if not unmet:
        return ok(f"all {len({name for name, _ in seen}) - 1} are there, none too old")
    findings = [finding for _, finding in list(unmet.values())[:SHOWN]]
    line = " ".join(f"'{text}'" for text, _ in unmet.values())
    return _with_remedy(together(findings, ""), f"pip install --upgrade {line}", len(unmet) - len(findings))


def _requirements(owner: str, extra: str) -> Iterator[Requirement]:
    """What an installed distribution asks for on this machine; of one that is not installed, nothing."""
    try:
        texts = metadata.requires(owner) or []
    except metadata.PackageNotFoundError:
        return
    for text in texts:
        wanted = Requirement(text)
        if wanted.marker is None or wanted.marker.evaluate({"extra": extra}):
            yield wanted


def _judged(wanted: Requirement, owner: str) -> Finding | None:
    who = "" if owner == DISTRIBUTION else f"{owner} "
    bad = problem if owner == DISTRIBUTION else warning
    try:
        there = metadata.version(wanted.name)
    except metadata.PackageNotFoundError:
        return bad(f"{wanted.name} is missing{f' ({owner} needs it)' * bool(who)}", "")
    if wanted.specifier.contains(there, prereleases=True):
        return None
    return bad(f"{wanted.name} is {there}, and {who or 'Limner '}needs {wanted.specifier}", "")


def _bare(wanted: Requirement) -> str:
    extras = f"[{','.join(sorted(wanted.extras))}]" if wanted.extras else ""
    return f"{wanted.name}{extras}{wanted.specifier}"


def _with_remedy(finding: Finding, remedy: str, more: int) -> Finding:
    return Finding(finding.level, f"{finding.found}{f'; and {more} more' * bool(more)}", remedy)


def _shadows(case: Case) -> Finding:
    root = Path(bot.__file__).resolve().parents[1]
    findings = [*_elsewhere(root), *_namesakes(), *_in_folder(case.folder.resolve(), root)]
    return together(findings, f"{', '.join(OURS)} come from {root}")


def _elsewhere(root: Path) -> Iterator[Finding]:
    for name in OURS:
        spec = find_spec(name)
        places = [Path(place).resolve() for place in (spec and spec.submodule_search_locations) or []]
        if spec is None:
            yield problem(f"the package '{name}' is missing beside {root}", "Install Limner again")
        elif places != [root / name]:
            where = places[0] if places else spec.origin
            yield problem(
                f"'{name}' is taken from {where}, not from {root}",
                "Take that folder out of PYTHONPATH, or uninstall the package that brings it",
            )


def _namesakes() -> Iterator[Finding]:
    owners = metadata.packages_distributions()
    for name in OURS:
        for other in sorted({canonicalize_name(owner) for owner in owners.get(name, ())} - {DISTRIBUTION}):
            yield problem(
                f"the package '{other}' brings a '{name}' of its own",
                f"pip uninstall {other}, or give Limner an environment of its own",
            )


def _in_folder(folder: Path, root: Path) -> Iterator[Finding]:
    if folder == root:
        return
    for name in OURS:
        if (folder / name).is_dir() or (folder / f"{name}.py").is_file():
            yield warning(
                f"there is a ./{name} in this folder",
                "`limner` is not misled by it, but keep this folder out of PYTHONPATH, and say python -P here",
            )
