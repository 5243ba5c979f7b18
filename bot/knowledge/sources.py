"""Where documents come from: a file, a folder of files, or an address on the web."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import RequestError
from bot.fetch import Fetcher
from bot.knowledge.reading import MAX_BYTES, PICTURES, SUFFIXES, is_readable

MEDIA_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


@dataclass(frozen=True, slots=True)
class Source:
    """One document that can be read.

    Attributes:
        name: What the knowledge knows it by: an absolute path, or the URL that was given.
        file: Where it lies; None for one on the web.
        folder: What it was added with; pictures are read from below it.
    """

    name: str
    file: Path | None = None
    folder: Path | None = None

    def url(self, base: str) -> str:
        """Where customers read it: the base and the path within the folder, '.md' left off."""
        if self.file is None or self.folder is None:
            return self.name
        relative = self.file.relative_to(self.folder)
        path = relative.with_suffix("") if relative.suffix in (".md", ".markdown") else relative
        return f"{base.rstrip('/')}/{path.as_posix()}" if base else ""


def is_url(place: str) -> bool:
    """Whether somebody named an address rather than a path."""
    return place.lower().startswith(("http://", "https://"))


def place_of(name: str) -> str:
    """What the knowledge knows a place by: a URL as it is, and a path from the root."""
    return name if is_url(name) else str(Path(name).absolute())


def found_at(place: str, *, prune: bool = False) -> list[Source]:
    """The documents at a place, in order; with `prune` there may be none any more.

    Raises:
        RequestError: There is nothing that can be read.
    """
    if is_url(place):
        return [Source(place)]
    path = Path(place)
    kinds = ", ".join(sorted({*SUFFIXES}))
    if path.is_file():
        if not is_readable(path):
            raise RequestError(
                f"{path.name} can't be read", f"Give one of {kinds}, or a picture with its caption in a .txt beside it."
            )
        return [Source(str(path), path, path.parent)]
    if not path.is_dir() and not prune:
        raise RequestError(f"There is no file or folder {path}", "Give a path that is there, or a URL.")
    found = [Source(str(file), file, path) for file in _files(path)] if path.is_dir() else []
    if not found and not prune:
        raise RequestError(f"There is nothing to read in {path}", f"What is read: {kinds}.")
    return found


async def load(source: Source, fetcher: Fetcher) -> tuple[bytes, str]:
    """The bytes of a document, and a name whose ending says its kind.

    Raises:
        RequestError: It is too large, can't be read, or the address is refused.
    """
    if source.file is None:
        found = await fetcher.get(source.name, media_types=tuple(MEDIA_TYPES), max_bytes=MAX_BYTES)
        return found.data, f"page{MEDIA_TYPES[found.media_type]}"
    return await asyncio.to_thread(_read, source.file), source.file.name


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise RequestError(f"{file} is too large", f"A document may have {MAX_BYTES // 2**20} MiB.")
        return file.read_bytes()
    except OSError as error:
        raise RequestError(f"{file} can't be read: {error.strerror}") from error


def _files(folder: Path) -> Iterator[Path]:
    """All that can be read below a folder; hidden files and what links lead to are left alone."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.is_symlink():
            continue
        if path.is_dir():
            yield from _files(path)
        elif is_readable(path) and not (path.suffix.lower() == ".txt" and _captioned(path)):
            yield path


def _captioned(caption: Path) -> bool:
    return any(caption.with_suffix(suffix).is_file() for suffix in PICTURES)
