"""PDF: its text by pages, below the bookmarks that lead there; JPEG pictures where a line on the page captions them."""

import re
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from bot.errors import RequestError
from bot.knowledge.parsed import Block, Builder, Image, Parsed, spaced
from bot.knowledge.reading import stem_of

MOST_PAGES = 1_000
_CAPTION = re.compile(r"^\s*(?:figure|fig\.|abbildung|abb\.|图|圖|図)\s*\d[^\n]*$", re.IGNORECASE | re.MULTILINE)
_STEP = re.compile(r"^\s*\d{1,3}[.)、]")


def read(data: bytes, name: str) -> Parsed:
    """One section a page or bookmark; lines are joined to paragraphs, but those of steps stay."""
    try:
        reader = PdfReader(BytesIO(data))
        _check(reader, name)
        title = spaced((reader.metadata and reader.metadata.title) or "") or stem_of(name)
        marks = _bookmarks(reader)
        builder = Builder(title)
        for number, page in enumerate(reader.pages):
            for level, heading in marks.get(number, []):
                builder.head(level, heading)
            _page(page, builder)
    # pypdf raises whatever a damaged file leads to.
    except (PyPdfError, ValueError, TypeError, LookupError, AttributeError, OSError, RecursionError) as error:
        raise RequestError(f"{name} is damaged and can't be read", "Save it again as a PDF.") from error
    return builder.document()


def _check(reader: PdfReader, name: str) -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        raise RequestError(f"{name} is encrypted", "Save it without a password.")
    if len(reader.pages) > MOST_PAGES:
        raise RequestError(f"{name} has too many pages", f"At most {MOST_PAGES} are read.")


def _page(page: Any, builder: Builder) -> None:
    text = page.extract_text()
    captions = [spaced(found[0]) for found in _CAPTION.finditer(text)]
    images = [Image(caption=caption, data=data) for caption, data in zip(captions, _jpegs(page), strict=False)]
    for part in re.split(r"\n\s*\n", text):
        lines = part.split("\n")
        steps = sum(1 for line in lines if _STEP.match(line)) > 1
        builder.add(Block("\n".join(map(spaced, lines)) if steps else spaced(" ".join(lines)), steps=steps))
    builder.add(Block("", tuple(images)))


def _jpegs(page: Any) -> list[bytes]:
    """The files of a page's JPEG pictures, as they are: bot/images.py decodes them, not this process."""
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources else None
    found = [one.get_object() for one in objects.get_object().values()] if objects else []
    return [one.get_data() for one in found if one.get("/Filter") in ("/DCTDecode", ["/DCTDecode"])]


def _bookmarks(reader: PdfReader) -> dict[int, list[tuple[int, str]]]:
    """By page: level, from 1, and words."""
    found: dict[int, list[tuple[int, str]]] = {}

    def note(entries: Any, level: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                note(entry, level + 1)
            elif (page := reader.get_destination_page_number(entry)) is not None:
                found.setdefault(page, []).append((level, spaced(str(entry.title or ""))))

    note(reader.outline, 1)
    return found
