"""`limner imagine` and `limner chat`."""

from typing import TYPE_CHECKING, Any

import click

from adapters.terminal.options import check_output, picture_options, wishes_of, with_known_names
from bot import RequestError, Wishes
from bot.cli import INTERRUPTED, Session, run

if TYPE_CHECKING:  # it brings pydantic along, and `limner --help` reads this module
    from bot.settings import Settings


@click.command()
@click.argument("words", nargs=-1)
@click.option("-o", "--output", metavar="FILE", help="Where the PNG goes; '-' is standard output.")
@picture_options
@click.option("--use", multiple=True, metavar="ID", help="Paint what was proposed under this id, instead of words.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def imagine(
    session: Session, /, words: tuple[str, ...], output: str | None, use: tuple[str, ...], as_json: bool, **given: Any
) -> None:
    """Paint a picture of your words, or of those on standard input."""
    from bot.words import read_words

    wishes = with_known_names(wishes_of(given), session.config)
    if use and (words or wishes != Wishes() or given["image"]):
        raise RequestError("--use paints what was proposed, as it stands", "Leave words and other options out.")
    check_output(output, len(use) or wishes.count or 1, as_json=as_json)
    text = "" if use else read_words(words)
    settings = session.start()
    from adapters.terminal.picture import Errand

    errand = Errand(text, wishes, output, given["image"], use=use, as_json=as_json, verbose=session.verbose)
    run(errand.run(settings))


@click.command()
@click.pass_context
def chat(context: click.Context) -> None:
    """Talk about pictures: ask for one, then for changes to it."""
    session: Session = context.obj
    if run(_chat(session.start(), session.verbose)):
        context.exit(INTERRUPTED)


async def _chat(settings: "Settings", verbose: int) -> bool:
    """Hold a conversation; whether Ctrl-C ended it."""
    from adapters.terminal.adapter import Terminal
    from adapters.terminal.asking import view_for
    from adapters.terminal.conversation import Conversation, Interrupted
    from adapters.terminal.lines import editing
    from bot.app import open_app, working
    from bot.console import console

    terminal = Terminal(view_for(verbose))
    with editing():
        async with open_app(settings, {terminal.name: terminal}) as app, working(app):
            try:
                await Conversation(app, terminal, console()).run()
            except Interrupted:
                return True
    return False
