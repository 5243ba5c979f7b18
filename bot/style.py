"""The styles and domain packs that there are: read from folders, checked against each other, found by any name."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bot import plugins
from bot.errors import PluginError, SettingsError
from bot.style_file import GROUPS, Named, Pack, Style
from bot.toml_file import TomlFile

__all__ = ["GROUPS", "Library", "Pack", "Style", "find", "load_library", "load_styles", "nearest", "read_folder"]

N = TypeVar("N", bound=Named)
KINDS: dict[str, type[Style] | type[Pack]] = {"style": Style, "pack": Pack}


@dataclass(frozen=True, slots=True)
class Library:
    """All styles and packs of an installation.

    Attributes:
        house: The pack whose rules hold for every picture.
    """

    styles: dict[str, Style]
    packs: dict[str, Pack] = field(default_factory=dict)
    house: Pack | None = None


def load_styles(folders: Iterable[Path] = ()) -> dict[str, Style]:
    """All styles by name, as `load_library` finds them."""
    return load_library(folders).styles


def load_library(folders: Iterable[Path] = (), pack: str = "") -> Library:
    """The styles and packs that came with Limner, those of plugins, then those in `folders`; by group, then by title.

    Args:
        folders: A team's own.
        pack: The one whose house rules hold, by any of its names; empty for none.

    Raises:
        SettingsError: A folder or file is wrong; the line names it and says why. Or there is no such pack.
        PluginError: A folder's package can't be loaded.
    """
    files = {file.path: file for folder in [*_plugged_in(), *map(_own, folders)] for file in read_folder(folder)}
    entries = [(file, _entry(file)) for file in files.values()]
    _check_names(entries)
    order = list(GROUPS)
    styles = [entry for _, entry in entries if isinstance(entry, Style)]
    styles.sort(key=lambda style: (order.index(style.group), style.called("en").casefold()))
    packs = sorted(
        (entry for _, entry in entries if isinstance(entry, Pack)), key=lambda it: it.called("en").casefold()
    )
    library = Library({style.name: style for style in styles}, {entry.name: entry for entry in packs})
    _check_packs(entries, library)
    return Library(library.styles, library.packs, _house(library.packs, pack)) if pack else library


def find(styles: Mapping[str, N], wanted: str) -> N | None:
    """The style or pack that goes by this name or one of its other names, in any case of letters.

    'Ink style' and 水墨风格 mean ink and 水墨.
    """
    wanted = " ".join(wanted.casefold().split())
    for form in (wanted, wanted.removesuffix(" style"), wanted.removesuffix("风格")):
        for style in styles.values():
            if form in (name.casefold() for name in style.names):
                return style
    return None


def read_folder(folder: Path) -> Iterator[TomlFile]:
    """The TOML files of a folder and of the folders directly in it.

    Raises:
        SettingsError: A file can't be read.
    """
    for path in sorted([*folder.glob("*.toml"), *folder.glob("*/*.toml")]):
        yield TomlFile.read(path, "Style file")


def _plugged_in() -> list[Path]:
    """Folders of installed packages, Limner's own first, so that a clash of names is told of the other's file."""
    found = sorted(plugins.available("styles").values(), key=lambda plugin: plugin.package != "limner")
    return [_folder_of(plugin) for plugin in found]


def _folder_of(plugin: plugins.Plugin) -> Path:
    target = plugins.load("styles", plugin.name)
    if isinstance(target, str | Path) and Path(target).is_dir():
        return Path(target)
    raise PluginError(
        f"Plugin '{plugin.name}' ({plugin.target}) names no folder of style files",
        "Repair or remove the package that brings it; `limner plugins` names it.",
        f"styles:{plugin.name}",
    )


def _own(folder: Path) -> Path:
    folder = folder.expanduser()
    if not folder.is_dir():
        raise SettingsError(
            f"There is no style folder {folder}", "Make it, or take it out of `style_folders`.", "style_folders"
        )
    return folder


def _entry(file: TomlFile) -> Style | Pack:
    name, kind = file.path.stem, file.values.get("kind", "style")
    if "name" in file.values:
        raise file.wrong("there is no key 'name'", f"Its name is that of the file, '{name}'.", ["name"])
    if not name.replace("-", "").isalnum() or len(name) > 64:
        raise file.wrong("its name may have up to 64 letters, digits and hyphens", "Rename the file.")
    if kind not in list(KINDS):
        raise file.wrong(f"'kind' is {kind!r}", "It is 'style', or 'pack' for house rules.", ["kind"])
    return file.check(KINDS[kind], name=name)


def _check_names(entries: Sequence[tuple[TomlFile, Style | Pack]]) -> None:
    """A name that two go by would mean either."""
    taken: dict[str, TomlFile] = {}
    for file, entry in entries:
        for name in entry.names:
            if (other := taken.setdefault(name.casefold(), file)) is not file:
                raise file.wrong(f"'{name}' is a name of {other.path} already", "Choose another.", _place(entry, name))


def _place(entry: Style | Pack, name: str) -> list[str]:
    """The key under which an entry has a name."""
    languages = [language for language, title in entry.title.items() if title == name]
    return ["title", *languages] if languages else ["words"] if name in entry.words else []


def _check_packs(entries: Sequence[tuple[TomlFile, Style | Pack]], library: Library) -> None:
    for file, entry in entries:
        if isinstance(entry, Pack) and entry.style and entry.style not in library.styles:
            raise file.wrong(f"there is no style '{entry.style}'", nearest(entry.style, library.styles), ["style"])


def _house(packs: Mapping[str, Pack], wanted: str) -> Pack:
    if pack := find(packs, wanted):
        return pack
    raise SettingsError(f"There is no pack '{wanted}'", nearest(wanted, packs), "pack")


def nearest(wanted: str, known: Mapping[str, Named]) -> str:
    """Which of the names may have been meant; else all of them."""
    begun = [name for name in known if wanted and name.startswith(wanted.casefold())]
    near = begun[:1] or difflib.get_close_matches(wanted.casefold(), known, n=1)
    return f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(known)}."
