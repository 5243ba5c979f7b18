"""What a document is once it was read, whatever its kind: sections of blocks of plain text, and pictures."""

import re
from dataclasses import dataclass, field

SCREENSHOT = re.compile(
    r"screen[ _-]?(?:shot|grab|cap)|(?<![a-z])(?:screen|dialog|window|menu|settings page|web interface|ui)(?![a-z])"
    r"|bildschirm|截图|截屏|屏幕|界面|画面|スクリーン|화면",
    re.IGNORECASE,
)

_BROKEN = re.compile("(?<=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]) (?=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])")


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in a document.

    Attributes:
        link: Where it is, as the document has it; empty where `data` is all there is.
        caption: What it shows: its caption, or else its alt text.
        data: The file, where the document holds it or it was read; never to be decoded but by bot/images.py.
        hint: Other words about it, such as its file name and alt text.
    """

    link: str = ""
    caption: str = ""
    data: bytes = field(default=b"", repr=False)
    hint: str = ""

    @property
    def is_screenshot(self) -> bool:
        """Whether words say that it shows a user interface."""
        return SCREENSHOT.search(f"{self.caption} {self.hint} {self.link[:200]}") is not None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a table, or a whole list, an item a line.

    Attributes:
        steps: Whether it is a numbered list, which stays together where it can.
    """

    text: str
    images: tuple[Image, ...] = ()
    steps: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below one heading; `headings` are those above it, the outermost first, without the title."""

    headings: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document that was read.

    Attributes:
        language: ISO 639-1 code as the document tells it; empty where it doesn't.
        url: Where it can be read, as the document tells it.
    """

    title: str
    sections: tuple[Section, ...]
    language: str = ""
    url: str = ""

    @property
    def text(self) -> str:
        """All words."""
        return "\n".join([self.title, *(block.text for section in self.sections for block in section.blocks)])

    @property
    def images(self) -> tuple[Image, ...]:
        """All pictures, in order."""
        return tuple(image for section in self.sections for block in section.blocks for image in block.images)


def spaced(text: str) -> str:
    """Text with single spaces, and none where a line of Chinese or Japanese was broken."""
    return _BROKEN.sub("", " ".join(text.split()))


class Builder:
    """Puts a document together from headings and blocks, in their order."""

    def __init__(self, title: str) -> None:
        self._title = title[:500]
        self._above: list[tuple[int, str]] = []
        self._sections: list[Section] = []
        self._blocks: list[Block] = []

    def head(self, level: int, text: str) -> None:
        """What follows stands below this heading; the title again is none."""
        self._close()
        self._above = [one for one in self._above if one[0] < level]
        if text and (text != self._title or self._above):
            self._above.append((level, text[:300]))

    def add(self, block: Block) -> None:
        """One more block, unless it is empty."""
        if block.text or block.images:
            self._blocks.append(block)

    def document(self, language: str = "", url: str = "") -> Parsed:
        """All of it."""
        self._close()
        return Parsed(self._title, tuple(self._sections), language, url)

    def _close(self) -> None:
        if self._blocks:
            self._sections.append(Section(tuple(text for _, text in self._above), tuple(self._blocks)))
        self._blocks = []
