"""`limner knowledge`: the team's documents, read in, listed, searched, approved and removed."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.cli import FAILED, Session, run
from bot.commands.knowledge_import import import_command

if TYPE_CHECKING:  # SQLAlchemy would slow `limner --help` down
    from bot.knowledge.library import Library

Found = TypeVar("Found")
SHOWN_CHARACTERS = 300


@click.group()
def knowledge() -> None:
    """Put the team's documents into the knowledge, and find passages in them."""


@knowledge.command()
@click.argument("place", metavar="PATH|URL")
@click.option("--prune", is_flag=True, help="Remove documents of that folder whose files are gone.")
@click.option("--url", "base", default="", metavar="BASE", help="Address that paths in the folder are appended to.")
@click.pass_obj
@click.pass_context
def add(context: click.Context, session: Session, place: str, prune: bool, base: str) -> None:
    """Read a file, a folder or a page; what has not changed is left as it is."""
    report = _with_library(session, lambda library: library.add(place, prune=prune, url_base=base))
    for problem in report.problems:
        click.echo(f"limner: {problem}", err=True)
    counts = asdict(report)
    click.echo(", ".join(f"{len(names)} {kind}" for kind, names in counts.items() if kind != "problems") + ".")
    context.exit(FAILED if report.problems else 0)


@knowledge.command("list")
@click.option("--waiting", is_flag=True, help="Only what waits for approval.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def list_documents(session: Session, waiting: bool, as_json: bool) -> None:
    """List the documents."""
    from bot.console import console, print_json, table

    found = _with_library(session, lambda library: library.documents("waiting" if waiting else ""))
    if as_json:
        print_json({"documents": [asdict(document) for document in found]})
    elif not found:
        click.echo("Nothing waits." if waiting else "No documents yet. Add some: limner knowledge add PATH")
    else:
        rows = [[one.id, one.status, str(one.passages), one.language, one.title[:80], one.source] for one in found]
        table(console(), ["id", "status", "passages", "", "title", "source"], rows)


@knowledge.command()
@click.argument("name", metavar="ID|PATH|URL")
@click.pass_obj
def remove(session: Session, name: str) -> None:
    """Remove a document, or all of a folder."""
    removed = _with_library(session, lambda library: library.remove(name))
    click.echo(f"Removed {len(removed)} document{'s' * (len(removed) > 1)}.")


@knowledge.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 50), help="The best so many.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def search(session: Session, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find the passages that fit a question best."""
    from bot.console import print_json, safe

    hits = _with_library(session, lambda library: library.search(" ".join(words), limit))
    if as_json:
        print_json({"hits": [_flat(asdict(hit)) for hit in hits]})
    elif not hits:
        click.echo("Nothing in the knowledge speaks of this.")
    for hit in () if as_json else hits:
        one = hit.passage
        click.echo(safe(f"{' > '.join([one.title, *one.headings])}  ({one.id}, covers {hit.covered:.0%})"))
        click.echo(safe(f"  {one.url or one.source}"))
        click.echo(safe(f"  {' '.join(one.text.split())[:SHOWN_CHARACTERS]}"))


@knowledge.command()
@click.argument("document_id", metavar="ID")
@click.pass_obj
def approve(session: Session, document_id: str) -> None:
    """Let a document that waits count from now on."""
    _with_library(session, lambda library: library.approve(document_id))
    click.echo(f"Approved {document_id}.")


@knowledge.command()
@click.argument("document_id", metavar="ID")
@click.pass_obj
def reject(session: Session, document_id: str) -> None:
    """Drop a document that waits, for good."""
    _with_library(session, lambda library: library.reject(document_id))
    click.echo(f"Rejected {document_id}.")


@knowledge.command("import-conversations")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.pass_obj
def import_conversations(session: Session, file: Path) -> None:
    """Read pairs of question and answer (JSON Lines); they wait for approval, without personal data."""
    from bot.knowledge.conversations import pairs_in

    pairs = list(pairs_in(file.read_text(encoding="utf-8", errors="replace").splitlines()))
    new = _with_library(session, lambda library: library.add_conversations(pairs))
    click.echo(f"{len(new)} new of {len(pairs)}. They count once approved: limner knowledge list --waiting")


def _flat(hit: dict[str, Any]) -> dict[str, Any]:
    return {"score": hit["score"], "covered": hit["covered"], **hit["passage"]}


def _with_library(session: Session, use: "Callable[[Library], Awaitable[Found]]") -> Found:
    settings = session.start()

    async def opened() -> Found:
        from bot.gallery import Gallery
        from bot.knowledge.library import open_library
        from bot.store import open_store

        async with open_store(settings.database_url) as store:
            return await use(open_library(store, Gallery(store, settings.home / "gallery"), settings))

    return run(opened())


knowledge.add_command(import_command(_with_library))
