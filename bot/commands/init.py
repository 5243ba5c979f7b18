"""`limner init`: a first limner.toml with every setting in it."""

from pathlib import Path

import click

from bot import plugins
from bot.errors import RequestError, SettingsError


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
    files = {path.parent / name: text for one in adapters for name, text in _first_files(path, one).items()}
    kept = {file for file in files if file.exists() and not force}
    for file in files.keys() - kept:
        starter.write(file, files[file], force=force)
    fill_in = ", ".join(starter.needed(adapters))
    steps = [
        *(step for name in adapters for step in _first_steps(path, name)),
        f"Edit {path}: {fill_in} must be set." if fill_in else f"Edit {path} as you like.",
        f"{_call(path, 'doctor')}   looks whether everything is there.",
        *(f"{_call(path, f'doctor {name} --live')}   tries it out there." for name in adapters if _is_live(name)),
        f"{_call(path, 'serve')}    starts it{' with ' * bool(adapters)}{', '.join(adapters)}.",
    ]
    click.echo(f"Wrote {path}: every setting with its default, for your eyes only.")
    for file in files:
        click.echo(
            f"Kept {file} as it was; --force replaces it." if file in kept else f"Wrote {file}, for a step below."
        )
    for number, step in enumerate(steps, start=1):
        click.echo(f"{number}. {step}")


def _is_path(word: str) -> bool:
    """Adapters have plain names; whatever looks like a path, or is a folder that is there, is one."""
    return "/" in word or "." in word or (word not in plugins.available("adapters") and Path(word).is_dir())


def _first_steps(path: Path, name: str) -> list[str]:
    """What an adapter says must be done where it leads to; it is told its settings, as far as they can be read."""
    from bot.settings import load

    try:
        settings = plugins.settings_of("adapters", name, load(path).adapters.get(name, {}))
    except SettingsError:  # a token is still missing, or the environment is wrong: the doctor tells
        settings = None
    found: list[str] | None = plugins.ask("adapters", name, "first_steps", settings)
    return found or []


def _first_files(path: Path, name: str) -> dict[str, str]:
    """Files that an adapter wants beside the settings, by their names; it is told its table as it stands."""
    from bot.settings import load

    try:
        table = load(path).adapters.get(name, {})
    except SettingsError:  # the environment is wrong: the doctor tells
        table = {}
    found: dict[str, str] | None = plugins.ask("adapters", name, "first_files", table)
    return found or {}


def _is_live(name: str) -> bool:
    return hasattr(plugins.load("adapters", name), "live_checks")


def _call(path: Path, command: str) -> str:
    named = "" if path == Path("limner.toml") else f"--config {path} "
    return f"limner {named}{command}"
