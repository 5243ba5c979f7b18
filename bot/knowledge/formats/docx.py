"""DOCX: paragraphs by their styles, tables, and pictures with their alt texts."""

import re
import zipfile
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table

from bot.errors import RequestError
from bot.knowledge.parsed import Block, Builder, Image, Parsed, spaced
from bot.knowledge.reading import stem_of

MOST_UNPACKED = 256 * 2**20
_HEADING = re.compile(r"heading ([1-9])")


def read(data: bytes, name: str) -> Parsed:
    """Sections by the styles 'Heading 1' to 'Heading 9'; numbered lists by their style or numbering."""
    try:
        _check(data, name)
        document = docx.Document(BytesIO(data))
        parts = list(document.iter_inner_content())
        titles = [one.text for one in document.paragraphs if one.style and one.style.name == "Title"]
    # XMLSyntaxError of lxml is a SyntaxError.
    except (zipfile.BadZipFile, SyntaxError, LookupError, ValueError, AttributeError, OSError) as error:
        raise RequestError(f"{name} is damaged and can't be read", "Save it again as a DOCX.") from error
    builder = Builder(spaced(titles[0] if titles else document.core_properties.title) or stem_of(name))
    items: list[str] = []
    shown: list[Image] = []
    for part in parts:
        style = "" if isinstance(part, Table) else str(part.style.name if part.style else "").lower()
        text = "" if isinstance(part, Table) else spaced(part.text)
        numbered = not isinstance(part, Table) and ("list" in style or part._p.find(f".//{qn('w:numPr')}") is not None)  # noqa: SLF001
        images = [] if isinstance(part, Table) else _images(part, document)
        # A picture between two steps, or in one, belongs to the list and does not end it.
        if (numbered and text) or (items and images and not text):
            items += [f"{len(items) + 1}. {text}" if "bullet" not in style else f"- {text}"] if text else []
            shown += images
            continue
        builder.add(Block("\n".join(items), tuple(shown), steps=True))
        items, shown = [], []
        if isinstance(part, Table):
            rows = [" | ".join(spaced(cell.text) for cell in row.cells) for row in part.rows]
            builder.add(Block("\n".join(rows)))
        elif heading := _HEADING.match(style):
            builder.head(int(heading[1]), text)
        elif style != "title":
            builder.add(Block(text, tuple(images)))
    builder.add(Block("\n".join(items), tuple(shown), steps=True))
    return builder.document()


def _check(data: bytes, name: str) -> None:
    with zipfile.ZipFile(BytesIO(data)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
            raise RequestError(f"{name} is too large unpacked", f"At most {MOST_UNPACKED // 2**20} MiB are read.")


def _images(paragraph: Any, document: Any) -> list[Image]:
    found = []
    held = document.part.related_parts  # what only links to a picture elsewhere is not in it
    for drawing in paragraph._p.iter(qn("w:drawing")):  # noqa: SLF001
        words = spaced(" ".join(one.get("descr") or "" for one in drawing.iter(qn("wp:docPr"))))
        links = [one.get(qn("r:embed")) for one in drawing.iter(qn("a:blip"))]
        found += [Image(caption=words, data=held[link].blob) for link in links if link in held]
    return found
