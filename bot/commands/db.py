"""`limner db`: the database upgraded, checked and backed up."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli import FAILED, Session, run

if TYPE_CHECKING:  # SQLAlchemy would slow `limner --help` down
    from bot.inspection import Finding
    from bot.settings import Settings


@click.group()
def db() -> None:
    """Upgrade, check and back up the database."""


@db.command()
@click.pass_obj
def upgrade(session: Session) -> None:
    """Bring the database to this Limner's revision."""
    from bot.schema import LINE, Standing
    from bot.upgrade import settle

    settings = session.start()
    found = run(settle(settings.database_url, told=True))
    if found.standing is Standing.CURRENT:
        click.echo(f"Nothing to do: the database is at revision {found.revision}.")
    elif found.standing is Standing.OLDER:
        click.echo(f"Upgraded the database from revision {found.revision} to {LINE.head}.")
    elif found.standing is Standing.EMPTY:
        click.echo(f"Made the database at revision {LINE.head}.")
    else:
        click.echo(f"The database had no revision written down; its tables are those of revision {LINE.head}.")


@db.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
@click.pass_context
def check(context: click.Context, session: Session, as_json: bool) -> None:
    """Look for anything that is wrong with the database and its pictures."""
    from bot.console import print_json

    findings = run(_findings(session.start()))
    well = all(finding.ok for finding in findings)
    if as_json:
        print_json({"ok": well, "checks": [_record(finding) for finding in findings]})
    else:
        for finding in findings:
            _show(finding)
    context.exit(0 if well else FAILED)


@db.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--pictures/--no-pictures", default=True, help="With the pictures, or the database alone.  [with]")
@click.option("--force", is_flag=True, help="Replace FILE where there is one.")
@click.pass_obj
def backup(session: Session, file: Path, pictures: bool, force: bool) -> None:
    """Write the database and its pictures into FILE, a tar archive, while Limner works on."""
    from bot.backup import back_up

    settings = session.start()
    to = file.absolute()
    gallery = settings.home / "gallery"
    count = run(back_up(settings.database_url, gallery, to, pictures=pictures, overwrite=force))
    click.echo(f"{to} ({to.stat().st_size / 2**20:.1f} MiB{f', {count} files of pictures' if pictures else ''})")


async def _findings(settings: "Settings") -> "list[Finding]":
    from bot.inspection import inspect

    return [finding async for finding in inspect(settings.database_url, settings.home / "gallery")]


def _record(finding: "Finding") -> dict[str, Any]:
    return {"name": finding.name, "ok": finding.ok, "found": finding.found, "remedy": finding.remedy}


def _show(finding: "Finding") -> None:
    from bot.console import safe

    mark = "ok  " if finding.ok else "BAD "
    click.echo(f"{mark} {finding.name:<10} {safe(finding.found)}{f'. {finding.remedy}' if finding.remedy else ''}")
