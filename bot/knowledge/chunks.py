"""Cuts a document into passages: at headings first, then between blocks; within a list only where it is too long."""

import re
from dataclasses import dataclass, replace

from bot.knowledge.parsed import Block, Image, Parsed, Section
from bot.knowledge.tokens import HAN, HANGUL, HIRAGANA, KANA

LEAST_WORDS = 120
MOST_WORDS = 350
SIGNS_A_WORD = 1.7
_SIGN = re.compile(f"[{HAN}{KANA}{HIRAGANA}{HANGUL}]")
_ANY = re.compile(rf".{{1,{MOST_WORDS}}}(?:\s+|$)|.{{1,{MOST_WORDS}}}", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")


@dataclass(frozen=True, slots=True)
class Chunk:
    """The text of a passage, the headings that it stands below, and its pictures."""

    headings: tuple[str, ...]
    text: str
    images: tuple[Image, ...] = ()


def length(text: str) -> float:
    """Words; 1.7 signs of Chinese, Japanese or Korean are taken for one, and so are 12 letters of what has no end."""
    rest = _SIGN.sub(" ", text).split()
    return max(len(rest), sum(map(len, rest)) / 12) + len(_SIGN.findall(text)) / SIGNS_A_WORD


def cut(document: Parsed) -> list[Chunk]:
    """The passages of a document, in order: of 120 to 350 words as far as its headings and lists allow."""
    chunks: list[Chunk] = []
    for section in document.sections:
        new = _of_section(section)
        # A section of a few words says little by itself: it stays with its neighbour below the same heading.
        if chunks and new and (joined := _joined(chunks[-1], new[0])):
            chunks[-1:] = [joined]
            new = new[1:]
        chunks += new
    return chunks


def _of_section(section: Section) -> list[Chunk]:
    chunks: list[Chunk] = []
    for block in [part for whole in section.blocks for part in _parts(whole)]:
        last = chunks[-1] if chunks else None
        text = f"{last.text}\n{block.text}".strip("\n") if last else block.text
        if last and length(text) <= MOST_WORDS:
            chunks[-1] = replace(last, text=text, images=last.images + block.images)
        else:
            chunks.append(Chunk(section.headings, block.text, block.images))
    return chunks


def _joined(before: Chunk, after: Chunk) -> Chunk | None:
    """Two neighbours in one, where either is short; a heading that both don't share becomes a line."""
    same = sum(1 for _ in _shared(before.headings, after.headings))
    short = min(length(before.text), length(after.text)) < LEAST_WORDS / 3
    if not short or length(before.text) + length(after.text) > LEAST_WORDS * 1.5 or same < len(before.headings) - 1:
        return None
    lines = [*before.headings[same:], before.text, *after.headings[same:], after.text]
    return Chunk(before.headings[:same], "\n".join(filter(None, lines)), before.images + after.images)


def _shared(one: tuple[str, ...], two: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for left, right in zip(one, two, strict=False):
        if left != right:
            break
        found.append(left)
    return found


def _parts(block: Block) -> list[Block]:
    """A block that is longer than a passage may be, cut between its lines, or else its sentences."""
    if length(block.text) <= MOST_WORDS:
        return [block]
    texts = [""]
    for line in block.text.split("\n"):
        for number, piece in enumerate(_short(line)):
            between = "\n" if number == 0 else "" if _SIGN.match(piece) else " "
            both = f"{texts[-1]}{between}{piece}".strip("\n")
            texts[-1:] = [both] if length(both) <= MOST_WORDS else [texts[-1], piece]
    found = [Block(text, steps=block.steps) for text in texts if text]
    return [replace(found[0], images=block.images), *found[1:]]


def _short(line: str) -> list[str]:
    if length(line) <= MOST_WORDS:
        return [line]
    parts = [part for part in _SENTENCE.split(line) if part.strip()]
    # A sentence that never ends is cut between words, and a word that never ends anywhere.
    return [piece.strip() for part in parts for piece in ([part] if length(part) <= MOST_WORDS else _ANY.findall(part))]
