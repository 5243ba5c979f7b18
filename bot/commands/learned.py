"""`limner learned`: what use has taught, why, and how to begin anew."""

from typing import TYPE_CHECKING, Any

import click

from bot.cli import Session, run
from bot.preferences import Learned

if TYPE_CHECKING:  # pydantic and SQLAlchemy would slow `limner --help` down
    from bot.settings import Settings

Team = tuple[str, str]


@click.command()
@click.option("--adapter", metavar="A", help="Only what was taught through this one.")
@click.option("--team", metavar="T", help="Only of this server or workspace.")
@click.option("--reset", is_flag=True, help="Begin anew; pictures and marks stay.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def learned(session: Session, adapter: str | None, team: str | None, reset: bool, as_json: bool) -> None:
    """Show what use has taught of each team's taste, and why."""
    settings = session.start()
    found = run(_taught(settings, adapter, team, reset=reset))
    if as_json:
        from bot.console import print_json

        print_json({"learning": settings.learning, "teams": [_record(who, taught) for who, taught in found.items()]})
        return
    if reset:
        click.echo(f"Forgotten: {', '.join(_name(who) for who in found) or 'there was nothing'}. Learning begins anew.")
    elif not settings.learning:
        click.echo("Learning is off (learning = false): nothing follows from use.")
    elif not found:
        click.echo("Nothing yet: keep a picture, paint it again or delete it.")
    else:
        for who, taught in found.items():
            _show(who, taught)


async def _taught(settings: "Settings", adapter: str | None, team: str | None, *, reset: bool) -> dict[Team, Learned]:
    """By team; forgotten right after, if so wanted."""
    from bot.learning import Learning
    from bot.store import open_store
    from bot.style import load_library

    library = load_library(settings.style_folders, settings.pack)
    async with open_store(settings.database_url) as store:
        learning = Learning(store, library, on=settings.learning)
        teams = [who for who in await learning.teams() if adapter in (None, who[0]) and team in (None, who[1])]
        taught = {who: await learning.of(*who) for who in teams}
        for who in teams if reset else ():
            await learning.forget(*who)
        return taught


def _record(who: Team, taught: Learned) -> dict[str, Any]:
    styles = {style: {**counts, "why": taught.why[style]} for style, counts in taught.counts.items()}
    known = {"adapter": who[0], "team": who[1], "pictures": taught.pictures, "styles": styles}
    return known | {"quality": taught.quality, "follows": taught.preferences.said}


def _show(who: Team, taught: Learned) -> None:
    from bot.console import console, row, table

    out = console()
    row(out, "Team", f"{_name(who)}, the last {taught.pictures} pictures")
    heads = ["style", "kept", "again", "deleted", "what follows, and why"]
    rows = [
        [style or "none", *(str(counts[name]) for name in ("kept", "again", "deleted")), taught.why[style]]
        for style, counts in taught.counts.items()
    ]
    if rows:
        table(out, heads, rows)
    row(out, "Quality", taught.quality)


def _name(who: Team) -> str:
    return "/".join(filter(None, who))
