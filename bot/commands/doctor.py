"""`limner doctor`: everything that Limner needs looked at, each with what to do where it is not well."""

from typing import TYPE_CHECKING, Any

import click

from bot import plugins
from bot.cli import FAILED, Session, run
from bot.errors import RequestError

if TYPE_CHECKING:  # pydantic would slow `limner --help` down
    from bot.doctor.finding import Case, Check
    from bot.doctor.rounds import Report

COLOURS = {"ok": "green", "warning": "yellow", "problem": "red"}
NAME_WIDTH = 13


@click.command()
@click.argument("adapter", required=False)
@click.option("--live", is_flag=True, help="Try adapters out there: post a test message, and take it away.")
@click.option("--channel", default="", metavar="ID", help="Where ADAPTER posts it.  [the first where it may]")
@click.option("--paint", is_flag=True, help="Paint a real picture, too; loads the model.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
@click.pass_context
def doctor(
    context: click.Context,
    session: Session,
    adapter: str | None,
    live: bool,
    channel: str,
    paint: bool,
    as_json: bool,
) -> None:
    """Look at everything that Limner needs, and say what to do where it is not well.

    With ADAPTER, such as discord, look at that one alone.
    """
    from bot.console import print_json

    _check_usage(adapter, live=live, channel=channel, paint=paint)
    case, trouble = _case(session, paint=paint)
    checks = _checks(case, adapter, live=live, channel=channel, readable=trouble is None)
    reports = run(_examine(case, checks, trouble, shown=not as_json))
    bad = sum(report.finding.level == "problem" for report in reports)
    doubtful = sum(report.finding.level == "warning" for report in reports)
    if as_json:
        print_json({"ok": not bad, "checks": [_record(report) for report in reports]})
    else:
        click.echo(f"{len(reports)} checks: {_count(bad, 'problem')}, {_count(doubtful, 'warning')}.")
    context.exit(FAILED if bad else 0)


def _check_usage(adapter: str | None, *, live: bool, channel: str, paint: bool) -> None:
    if channel and not (adapter and live):
        raise RequestError("--channel says where one adapter posts", "`limner doctor ADAPTER --live --channel ID`.")
    if adapter and paint:
        raise RequestError("No adapter paints", "Leave --paint out, or the adapter.")
    if adapter and adapter not in (known := plugins.available("adapters")):
        raise RequestError(f"There is no adapter '{adapter}' here", f"There are: {', '.join(known)}.")


def _checks(case: "Case", adapter: str | None, *, live: bool, channel: str, readable: bool) -> "list[Check]":
    from bot.doctor import checks

    if not readable:
        return checks.checks_without_settings()
    if adapter:
        return checks.checks_of_adapter(case, adapter, live=live, channel=channel)
    return checks.checks_for(case, live=live)


def _case(session: Session, *, paint: bool) -> "tuple[Case, Report | None]":
    """What is to be looked at; where the settings can't be read, the defaults, and a report of that."""
    import os
    from functools import partial
    from pathlib import Path

    from bot.doctor.aside import Once
    from bot.doctor.configuration import unknown_names
    from bot.doctor.finding import Case, problem
    from bot.doctor.machine import explore
    from bot.doctor.rounds import Report
    from bot.errors import SettingsError
    from bot.settings import Settings, load

    environment = dict(os.environ)
    known = {name: value for name, value in environment.items() if name not in unknown_names(environment)}
    machine = Once(partial(explore, environment))
    overrides = {"home": session.home.absolute()} if session.home else {}
    try:
        settings = load(session.config, known, overrides)
    except SettingsError as error:
        trouble = problem(f"{error.problem}; what depends on settings is not looked at", error.remedy or "Correct it.")
        case = Case(Settings.model_validate({}), session.config, environment, Path.cwd(), machine)
        return case, Report("settings", trouble, 0.0)
    case = Case(settings, session.config, environment, Path.cwd(), machine, paint)
    return case, None


async def _examine(case: "Case", checks: "list[Check]", trouble: "Report | None", *, shown: bool) -> "list[Report]":
    from bot.doctor.rounds import examine

    def tell(report: "Report") -> None:
        if shown:
            _show(report)

    before = [trouble] if trouble else []
    for report in before:
        tell(report)
    return before + await examine(case, checks, tell)


def _show(report: "Report") -> None:
    import sys

    from bot.console import safe
    from bot.doctor.finding import sentence

    finding = report.finding
    words = " ".join(filter(None, [sentence(safe(finding.found)), sentence(safe(finding.remedy))]))
    encoding = sys.stdout.encoding or "ascii"  # a terminal without UTF-8 is one of the findings, and must see it
    level = click.style(f"{finding.level.value:<8}", COLOURS[finding.level.value])
    click.echo(f"{level}{report.name:<{NAME_WIDTH}} {words}".encode(encoding, "replace").decode(encoding))


def _record(report: "Report") -> dict[str, Any]:
    finding = report.finding
    return {
        "name": report.name,
        "level": finding.level.value,
        "found": finding.found,
        "remedy": finding.remedy,
        "seconds": round(report.seconds, 2),
    }


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
