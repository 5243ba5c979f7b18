"""`limner gallery`: the pictures that were painted, listed, shown, kept, copied out and deleted."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from bot.cli import TERMINAL, Session, run, user_name
from bot.messages import Picture

if TYPE_CHECKING:  # SQLAlchemy would slow `limner --help` down
    from bot.gallery import Gallery
    from bot.settings import Settings

Found = TypeVar("Found")
SHORT_ID = 8


@click.group(invoke_without_command=True)
@click.pass_context
def gallery(context: click.Context) -> None:
    """List, show, keep, export and delete painted pictures."""
    if context.invoked_subcommand is None:
        context.invoke(list_pictures)


@gallery.command("list")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 100_000), help="The newest so many.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def list_pictures(session: Session, limit: int, as_json: bool) -> None:
    """List the pictures, newest first."""
    from bot.console import console, picture_record, print_json, table

    pictures = _with_gallery(session, lambda gallery: gallery.latest(limit))
    if as_json:
        print_json({"pictures": [picture_record(picture) for picture in pictures]})
    elif not pictures:
        click.echo('No pictures yet. Ask for one: limner imagine "a red car on a beach"')
    else:
        table(console(), ["id", "", "size", "model", "words"], [_columns(picture) for picture in pictures])


@gallery.command()
@click.argument("picture_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def show(session: Session, picture_id: str, as_json: bool) -> None:
    """Show a picture and how it came about."""
    from bot.console import picture_record, print_json

    picture = _with_gallery(session, lambda gallery: gallery.find(picture_id))
    if as_json:
        print_json(picture_record(picture))
    else:
        _show(picture)


@gallery.command()
@click.argument("picture_id", metavar="ID")
@click.option("--undo", is_flag=True, help="Take the mark away.")
@click.pass_obj
def keep(session: Session, picture_id: str, undo: bool) -> None:
    """Mark a picture as one to keep."""

    async def mark(gallery: "Gallery") -> Picture:
        picture = await gallery.find(picture_id)
        await gallery.mark(picture.id, kept=not undo)
        return picture

    name = _name(_with_gallery(session, mark))
    click.echo(f"No longer marked: {name}." if undo else f"Kept {name}.")


@gallery.command()
@click.argument("picture_id", metavar="ID")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def export(session: Session, picture_id: str, file: Path) -> None:
    """Copy a picture to a file."""
    target = file.absolute()

    async def copy(gallery: "Gallery") -> None:
        picture = await gallery.find(picture_id)
        await gallery.export(picture, target)
        await gallery.exported(picture.id)

    _with_gallery(session, copy)
    click.echo(str(target))


@gallery.command()
@click.argument("picture_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.pass_obj
def delete(session: Session, picture_id: str, yes: bool) -> None:
    """Delete a picture for good."""
    picture = _with_gallery(session, lambda gallery: gallery.find(picture_id))
    name = _name(picture)
    if not yes and not click.confirm(f"Delete picture {name} for good?", err=True):
        click.echo("Kept.")
        return
    _with_gallery(session, lambda gallery: _delete(gallery, picture))
    click.echo(f"Deleted {name}.")


async def _delete(gallery: "Gallery", picture: Picture) -> None:
    """Only the asker's own deleting says something of the picture; whoever runs the machine may have other reasons."""
    origin = await gallery.origin(picture.id)
    mine = origin is not None and (origin[1].adapter, origin[1].user) == (TERMINAL, user_name())
    await gallery.delete(picture, by_asker=mine)


def _name(picture: Picture) -> str:
    from bot.console import safe

    return f"{picture.id[:SHORT_ID]} ({safe(picture.plan.request)[:60]})"


def _with_gallery(session: Session, use: "Callable[[Gallery], Awaitable[Found]]") -> Found:
    settings = session.start()

    async def opened() -> Found:
        async with _open(settings) as gallery:
            return await use(gallery)

    return run(opened())


@asynccontextmanager
async def _open(settings: "Settings") -> "AsyncIterator[Gallery]":
    from bot.gallery import Gallery
    from bot.store import open_store

    async with open_store(settings.database_url) as store:
        yield Gallery(store, settings.home / "gallery", learning=settings.learning)


def _columns(picture: Picture) -> list[str]:
    plan = picture.plan
    kept = "kept" if picture.kept else ""
    return [picture.id[:SHORT_ID], kept, f"{plan.width_px}x{plan.height_px}", plan.model, plan.request]


def _show(picture: Picture) -> None:
    from bot.console import choice_rows, console, path_row, plan_rows, row, settings_row, show_pictures

    out = console()
    if picture.path.is_file():
        show_pictures(out, [picture.path])
    plan_rows(out, picture.plan, picture.notes)
    settings_row(out, picture.plan, str(picture.plan.seed))
    choice_rows(out, [picture])
    if picture.plan.parent:
        row(out, "Made from", picture.plan.parent)
    row(out, "Id", f"{picture.id}, marked as one to keep" if picture.kept else picture.id)
    missing = "" if picture.path.is_file() else " (this file is missing)"
    path_row(out, "File", f"{picture.path}{missing}")
