"""`limner styles`: the styles, packs and LoRAs that there are, and a contact sheet of them."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli import Session, run
from bot.errors import LimnerError, RequestError

if TYPE_CHECKING:  # pydantic and Pillow would slow `limner --help` down
    from bot.contact_sheet import Sheet
    from bot.lora_settings import LoraSettings
    from bot.style import Library, Style

WORDS = "a red car on a beach"
SEED = 7
MOST_SEED = 2**32 - 1


@click.command()
@click.argument("words", nargs=-1)
@click.option("--sheet", metavar="FILE", type=click.Path(path_type=Path), help="Paint WORDS in every style, as a PNG.")
@click.option("--seed", metavar="N", type=click.IntRange(0, MOST_SEED), default=SEED, help="Of every picture of it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def styles(session: Session, words: tuple[str, ...], sheet: Path | None, seed: int, as_json: bool) -> None:
    """List the styles, packs and LoRAs, or show all styles on one sheet."""
    from bot.settings import load
    from bot.style import load_library

    if words and not sheet:
        raise RequestError("Words are for a contact sheet", "Add --sheet FILE, or leave them out.")
    if sheet:
        _check_output(sheet)
    settings = session.start() if sheet else load(session.config)
    library = load_library(settings.style_folders, settings.pack)
    if sheet is None:
        (_print_json if as_json else _print_tables)(library, settings.loras)
        return
    from bot.contact_sheet import paint_sheet
    from bot.contact_sheet_drawing import draw

    painted = run(paint_sheet(settings, library, " ".join(words) or WORDS, seed, _tell))
    _write(sheet, draw(painted))
    _print_sheet(painted, sheet, as_json=as_json)


def _print_json(library: "Library", loras: "Mapping[str, LoraSettings]") -> None:
    from bot.console import print_json

    records: dict[str, list[Any]] = {
        "styles": [style.model_dump(mode="json") for style in library.styles.values()],
        "packs": [pack.model_dump(mode="json") for pack in library.packs.values()],
        "loras": [{"name": name, **lora.model_dump()} for name, lora in loras.items()],
    }
    print_json(records | {"pack": library.house.name if library.house else ""})


def _print_tables(library: "Library", loras: "Mapping[str, LoraSettings]") -> None:
    from bot.console import console, table
    from bot.style import GROUPS

    out = console()
    rows, last = [], ""
    for style in library.styles.values():
        group = "" if style.group == last else _both(GROUPS[style.group])
        rows.append([group, style.name, _both(style.title), _added(style)])
        last = style.group
    table(out, ["group", "name", "title", "what it adds to the prompt"], rows)
    house = library.house
    packs = [
        [f"{pack.name} (on)" if pack is house else pack.name, _both(pack.title), _both(pack.when)]
        for pack in library.packs.values()
    ]
    if packs:
        out.print()
        table(out, ["pack", "title", "what it is for"], packs)
    if loras:
        out.print()
        rows = [[name, f"{one.weight:g}", one.family or "any", one.title, one.words] for name, one in loras.items()]
        table(out, ["LoRA", "weight", "for", "title", "what it adds to the prompt"], rows)


def _print_sheet(sheet: "Sheet", path: Path, *, as_json: bool) -> None:
    from bot.console import console, path_row, print_json, row

    names = [one.style.name for one in sheet.painted]
    left_out = [style.name for style in sheet.left_out]
    if as_json:
        record = {"sheet": str(path.absolute()), "words": sheet.words, "seed": sheet.seed, "model": sheet.model}
        print_json(record | {"styles": names, "left_out": left_out, "failed": sheet.failed})
    else:
        out = console()
        row(out, "Styles", f"{len(names)}: {', '.join(names)}")
        if left_out:
            row(out, "Left out", f"{len(left_out)} that {sheet.model} can't paint: {', '.join(left_out)}")
        path_row(out, "Sheet", path.absolute())
    if sheet.failed:
        name, reason = next(iter(sheet.failed.items()))
        raise LimnerError(f"{len(sheet.failed)} styles could not be painted, '{name}' first: {reason}")


def _both(title: dict[str, str]) -> str:
    return " · ".join(dict.fromkeys(title.values()))


def _added(style: "Style") -> str:
    return style.phrase("plain") or next(text for text in style.phrases.model_dump().values() if text)


def _tell(name: str, number: int, total: int) -> None:
    click.echo(f"{number} of {total}: {name}", err=True)


def _check_output(path: Path) -> None:
    """Whether the sheet can be put there is found out before the painting, not after it."""
    if path.suffix.lower() != ".png":
        raise RequestError(f"--sheet {path}: a sheet is a PNG file", f"Name it {path.with_suffix('.png').name}.")
    if path.is_dir():
        raise RequestError(f"--sheet {path} is a folder", "Name a file in it.")
    try:
        with tempfile.TemporaryFile(dir=path.absolute().parent):
            pass
    except OSError as error:
        raise RequestError(
            f"--sheet {path} can't be written: {error.strerror}", "Choose a place that you may write to."
        ) from error


def _write(path: Path, png: bytes) -> None:
    try:
        path.write_bytes(png)
    except OSError as error:
        raise LimnerError(f"--sheet {path} can't be written: {error.strerror}", "Choose another place.") from error
