"""Reads documents of every kind into the same form; nothing in them is carried out, and nothing is fetched for them."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from bot.errors import RequestError
from bot.knowledge.parsed import Block, Image, Parsed, Section

MAX_BYTES = 32 * 2**20
MAX_CHARACTERS = 2_000_000
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif")
SUFFIXES = {
    ".md": "markup",
    ".markdown": "markup",
    ".html": "markup",
    ".htm": "markup",
    ".pdf": "pdf",
    ".docx": "docx",
    ".txt": "plain",
}


def is_readable(file: Path) -> bool:
    """Whether a file is a document by its name; a picture is one if its caption lies beside it."""
    suffix = file.suffix.lower()
    return suffix in SUFFIXES or (suffix in PICTURES and file.with_suffix(".txt").is_file())


def read(data: bytes, name: str) -> Parsed:
    """Read a document.

    Args:
        data: The file.
        name: Its ending says its kind; without a title of its own, a document goes by this name.

    Raises:
        RequestError: It is of no kind that is read, damaged, encrypted, empty, too large or too deep; or what reads
            this kind is not installed.
    """
    kind = SUFFIXES.get(Path(name).suffix.lower())
    if kind is None:
        raise RequestError(f"{name} is of no kind that is read", f"Those are {', '.join(SUFFIXES)}.")
    try:
        reader: Callable[[bytes, str], Parsed] = import_module(f"bot.knowledge.formats.{kind}").read
    except ImportError as error:
        raise RequestError(f"{name} can't be read without the package {error.name}", MISSING) from error
    document = reader(data, name)
    if not any(block.text or block.images for section in document.sections for block in section.blocks):
        raise RequestError(f"{name} has no text", "A scanned document must be made readable (OCR) first.")
    if len(document.text) > MAX_CHARACTERS:
        raise RequestError(f"{name} is too long", f"A document may have {MAX_CHARACTERS:,} characters.")
    return document


def read_picture(picture: bytes, caption: str, name: str) -> Parsed:
    """A picture with a caption, as a document: its first line is the title."""
    lines = [" ".join(line.split()) for line in caption.strip().splitlines() if line.strip()]
    if not lines:
        raise RequestError(f"The caption of {name} is empty", "Say in it what the picture shows.")
    image = Image(link=name, caption=" ".join(lines), data=picture)
    return Parsed(lines[0][:200], (Section((), (Block("\n".join(lines), (image,)),)),))


def decoded(data: bytes) -> str:
    """Text in UTF-8, in UTF-16 with its mark, or in GB 18030; what can't be read is replaced."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def stem_of(name: str) -> str:
    """A title for a document that has none."""
    return Path(name).stem.replace("_", " ").replace("-", " ").strip() or name


MISSING = "pip install 'limner[knowledge]'"
