"""Pictures of documents: looked up where they may lie, opened safely, and kept in the gallery."""

import asyncio
import base64
import binascii
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from bot import log
from bot.errors import LimnerError
from bot.fetch import Fetcher
from bot.gallery import Gallery
from bot.images import MAX_BYTES, PictureOpener
from bot.knowledge.chunks import Chunk
from bot.knowledge.parsed import Image, Parsed
from bot.knowledge.passage import Figure
from bot.knowledge.rows import short_hash

MEDIA_TYPES = ("image/png", "image/jpeg", "image/webp", "image/gif")
MOST_IMAGES = 200
"""Of one document; what comes after them is left out."""
DATA = "data:image/"

_log = log.get("knowledge")


class Images:
    """Where pictures of documents come from and go to.

    Args:
        fetcher: For pictures of pages that were added by their address.
    """

    def __init__(self, gallery: Gallery, fetcher: Fetcher) -> None:
        self._gallery = gallery
        self._fetcher = fetcher
        self._opener = PictureOpener()

    async def read(self, document: Parsed, folder: Path | None, page: str) -> Parsed:
        """The document with the data of its pictures as far as they may be read; the others are left out.

        Args:
            document: As it was parsed.
            folder: What relative paths start from, and must not leave; None reads no files.
            page: The address that the document was fetched from; pictures are fetched from that host alone. Empty
                fetches none.
        """
        left = MOST_IMAGES
        sections = []
        for section in document.sections:
            blocks = []
            for block in section.blocks:
                images = [await self._filled(image, folder, page) for image in block.images[:left]]
                left -= len(images)
                blocks.append(replace(block, images=tuple(image for image in images if image.data)))
            sections.append(replace(section, blocks=tuple(blocks)))
        return replace(document, sections=tuple(sections))

    async def keep(self, chunks: Sequence[Chunk]) -> list[tuple[Chunk, tuple[Figure, ...]]]:
        """Passages with their pictures in the gallery; one that can't be opened is left out, and logged."""
        return [(chunk, tuple([one for image in chunk.images for one in await self._kept(image)])) for chunk in chunks]

    async def _kept(self, image: Image) -> list[Figure]:
        try:
            safe = await self._opener.open(image.data)
        except LimnerError as error:
            _log.warning("a picture of a document is left out (%s): %s", image.link[:100] or image.caption[:100], error)
            return []
        sha256 = await self._gallery.keep_source(safe.png)
        return [Figure(short_hash(sha256, image.caption), sha256, image.caption, image.is_screenshot)]

    async def _filled(self, image: Image, folder: Path | None, page: str) -> Image:
        if image.data or not image.link:
            return image
        if image.link.lower().startswith(DATA):
            return replace(image, data=_decoded(image.link), link="")
        try:
            if page:
                return replace(image, data=await self._fetched(urljoin(page, image.link), page))
            if folder is not None:
                return replace(image, data=await asyncio.to_thread(_inside, folder, image.link))
        except (LimnerError, OSError, ValueError) as error:
            _log.warning("a picture of a document is left out (%s): %s", image.link[:100], error)
        return image

    async def _fetched(self, url: str, page: str) -> bytes:
        host = urlsplit(page).hostname or ""
        found = await self._fetcher.get(url, media_types=MEDIA_TYPES, max_bytes=MAX_BYTES, hosts=[host])
        return found.data


def _inside(folder: Path, link: str) -> bytes:
    """The file at a relative path. Raises ValueError where that, or a link on the way, leads out of the folder."""
    if urlsplit(link).scheme or link.startswith(("/", "\\")):
        raise ValueError("only relative paths are read")
    root = folder.resolve()
    file = (root / unquote(urlsplit(link).path)).resolve()
    if not file.is_relative_to(root):
        raise ValueError("it lies outside the folder")
    if file.stat().st_size > MAX_BYTES:
        raise ValueError(f"it has more than {MAX_BYTES / 2**20:g} MiB")
    return file.read_bytes()


def _decoded(link: str) -> bytes:
    head, _, data = link[: 2 * MAX_BYTES].partition(",")
    try:
        return base64.b64decode(unquote(data), validate=False) if head.lower().endswith(";base64") else b""
    except binascii.Error:
        return b""
