"""`limner init`: a first limner.toml with every setting in it."""

from pathlib import Path

import click

from bot import plugins
from bot.errors import RequestError


@click.command()
@click.argument("what", nargs=-1, metavar="[ADAPTER]... [PATH]")
@click.option("--force", is_flag=True, help="Replace the file where there is one.")
def init(what: tuple[str, ...], force: bool) -> None:
    """Write a limner.toml that shows every setting with its default.

    PATH is a file or a folder.  [./limner.toml]  The tables of the named adapters are switched on.
    """
    from bot import starter

    adapters = [word for word in what if not _is_path(word)]
    paths = [Path(word) for word in what if _is_path(word)]
    if len(paths) > 1:
        raise RequestError(
            f"One file at a time, not {' and '.join(map(str, paths))}", "Call `limner init` once for each."
        )
    path = paths[0] if paths else Path()
    path = path / starter.FILE if path.is_dir() else path
    starter.write(path, starter.text(adapters), force=force)
    fill_in = ", ".join(starter.needed(adapters))
    click.echo(f"Wrote {path}: every setting with its default, for your eyes only.")
    click.echo(f"1. Edit it: {fill_in} must be set." if fill_in else "1. Edit it as you like.")
    click.echo(f"2. {_call(path, 'doctor')}   looks whether everything is there.")
    click.echo(f"3. {_call(path, 'serve')}    starts it{' with ' * bool(adapters)}{', '.join(adapters)}.")


def _is_path(word: str) -> bool:
    """Adapters have plain names; whatever looks like a path, or is a folder that is there, is one."""
    return "/" in word or "." in word or (word not in plugins.available("adapters") and Path(word).is_dir())


def _call(path: Path, command: str) -> str:
    named = "" if path == Path("limner.toml") else f"--config {path} "
    return f"limner {named}{command}"
