"""What is found in the knowledge: passages, and the pictures that stand beside them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of an article.

    Attributes:
        sha256: Of its PNG in the gallery, decoded safely.
        caption: What it shows, in the article's words: its caption, or else its alt text.
        is_screenshot: It shows a user interface.
    """

    id: str
    sha256: str
    caption: str
    is_screenshot: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a document that can stand by itself.

    Attributes:
        id: Unique for ever; the same text at the same place keeps it.
        document_id: What it is a part of.
        source: Where the document came from: a path, a URL, or 'conversation'.
        title: The document's.
        headings: Those that it stands below, the outermost first, without the title.
        text: Plain text; steps of a list stand on lines of their own.
        url: Where a customer can read it; empty where nowhere.
        version: sha256 of the document as it was read.
        language: 'en', 'zh' or another ISO 639-1 code, as far as it can be told.
        figures: Pictures that stand in it.
    """

    id: str
    document_id: str
    source: str
    title: str
    headings: tuple[str, ...]
    text: str
    url: str
    version: str
    language: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    Attributes:
        score: Higher is better; comparable within one search only.
        covered: 0 to 1: how much of what the question asks about, weighed by rarity, the passage speaks of.
    """

    passage: Passage
    score: float
    covered: float
