"""`limner serve`: all adapters that the settings name, until it is told to stop."""

from typing import TYPE_CHECKING

import click

from bot import plugins
from bot.cli import Session, run
from bot.errors import SettingsError

if TYPE_CHECKING:  # pydantic would slow `limner --help` down
    from bot.settings import Settings


@click.command()
@click.pass_obj
def serve(session: Session) -> None:
    """Run all adapters of the settings, until Ctrl-C or SIGTERM."""
    run(_serve(session.start(service=True)))


async def _serve(settings: "Settings") -> None:
    import asyncio
    import signal

    from bot.app import open_app, working

    if not settings.adapters:
        installed = ", ".join(plugins.available("adapters")) or "none"
        raise SettingsError(
            "No adapter is enabled, so there is nobody to serve",
            f"Write a table [adapters.NAME] into limner.toml; NAME is one of those installed: {installed}.",
            "adapters",
        )
    told_to_stop = asyncio.Event()
    # Ctrl-C is asyncio's own business: it cancels this function, and click makes it exit code 130.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told_to_stop.set)
    adapters = {name: plugins.make("adapters", name, options) for name, options in settings.adapters.items()}
    async with open_app(settings, adapters) as app, working(app):
        click.echo(f"Limner serves {', '.join(adapters)}. Ctrl-C stops it.", err=True)
        await told_to_stop.wait()
    click.echo("Limner has stopped.", err=True)
