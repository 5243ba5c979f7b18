"""`limner knowledge import`: a desk's help centre brought into the knowledge."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import click

from bot import plugins
from bot.cli import FAILED, Session
from bot.errors import RequestError

if TYPE_CHECKING:  # SQLAlchemy would slow `limner --help` down
    from bot.knowledge.library import Library, Report

WithLibrary = Callable[[Session, Callable[["Library"], Awaitable["Report"]]], "Report"]


def import_command(with_library: WithLibrary) -> click.Command:
    """The command, given what opens the knowledge of a session and hands it to a function."""

    @click.command("import")
    @click.argument("desk", metavar="DESK")
    @click.option("--url", default="", help="Address of the desk.  [the setting adapters.DESK.base_url]")
    @click.option("--locale", "locales", multiple=True, help="Language of articles; may be given again.")
    @click.option("--portal", default="", help="Chatwoot's name of the help centre.")
    @click.pass_obj
    @click.pass_context
    def import_(
        context: click.Context, session: Session, desk: str, url: str, locales: tuple[str, ...], portal: str
    ) -> None:
        """Bring a help centre in: DESK is chatwoot, zendesk or intercom. Run it again to take up what has changed."""
        table = session.start().adapters.get(desk, {}) | ({"base_url": url} if url else {})
        settings = plugins.settings_of("adapters", desk, table)
        centre = plugins.ask("adapters", desk, "help_centre", settings, portal, locales)
        if centre is None:
            raise RequestError(f"'{desk}' has no help centre", "Chatwoot, Zendesk and Intercom have one.")
        report = with_library(session, centre.import_into)
        for problem in report.problems:
            click.echo(f"limner: {problem}", err=True)
        kinds = ("added", "changed", "unchanged", "removed")
        click.echo(", ".join(f"{len(getattr(report, kind))} {kind}" for kind in kinds) + ".")
        context.exit(FAILED if report.problems else 0)

    return import_
