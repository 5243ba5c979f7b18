"""`limner serve`: all adapters that the settings name, or the web chat where they name none, until told to stop."""

from typing import TYPE_CHECKING

import click

from bot import plugins
from bot.cli import Session, run

if TYPE_CHECKING:  # pydantic and asyncio would slow `limner --help` down
    import asyncio

    from bot.app import App
    from bot.settings import Settings

DEFAULT_ADAPTERS = ("web",)


@click.command()
@click.pass_obj
def serve(session: Session) -> None:
    """Run the web chat, or all adapters of the settings, until Ctrl-C or SIGTERM."""
    run(_serve(session.start(service=True)))


async def _serve(settings: "Settings") -> None:
    import asyncio
    import signal

    from bot.app import open_app, working
    from bot.notify import notify
    from bot.style import load_library

    told_to_stop = asyncio.Event()
    # Ctrl-C is asyncio's own business: it cancels this function, and click makes it exit code 130.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told_to_stop.set)
    tables = settings.adapters or {name: {} for name in DEFAULT_ADAPTERS}
    given = {"home": settings.home, "library": load_library(settings.style_folders, settings.pack)}
    adapters = {name: plugins.make("adapters", name, options, **given) for name, options in tables.items()}
    async with open_app(settings, adapters) as app, working(app):
        click.echo(f"Limner serves {', '.join(adapters)}. Ctrl-C stops it.", err=True)
        notify("READY=1")
        await told_to_stop.wait()
        notify("STOPPING=1")
        told_to_stop.clear()
        await _finish(app, told_to_stop)
    click.echo("Limner has stopped.", err=True)


async def _finish(app: "App", told_again: "asyncio.Event") -> None:
    """Go on with what is under way, for a while or until told to stop again; the rest goes back into the line."""
    import asyncio

    if app.worker.busy:
        click.echo("Limner finishes what is under way; a second SIGTERM stops it at once.", err=True)
    endings = [asyncio.create_task(app.worker.drain()), asyncio.create_task(told_again.wait())]
    await asyncio.wait(endings, timeout=app.settings.stop_grace_s, return_when=asyncio.FIRST_COMPLETED)
    for ending in endings:
        ending.cancel()
