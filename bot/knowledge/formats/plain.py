"""Plain text: paragraphs with empty lines between; numbered lines next to each other are steps."""

import re

from bot.knowledge.parsed import Block, Builder, Parsed, spaced
from bot.knowledge.reading import decoded, stem_of

_STEP = re.compile(r"\s*(?:\d{1,3}[.)、．]|第?[一二三四五六七八九十]{1,3}[、步])")
LONGEST_TITLE = 80


def read(data: bytes, name: str) -> Parsed:
    """The first line is the title where it is short and stands by itself."""
    paragraphs = [part.split("\n") for part in re.split(r"\n\s*\n", decoded(data).replace("\r\n", "\n").strip())]
    first = spaced(paragraphs[0][0])
    titled = len(paragraphs[0]) == 1 < len(paragraphs) and 0 < len(first) <= LONGEST_TITLE
    builder = Builder(first if titled else stem_of(name))
    for lines in paragraphs[titled:]:
        steps = [line for line in lines if _STEP.match(line)]
        if len(steps) > 1 or any(line.lstrip().startswith(("- ", "* ", "• ")) for line in lines):
            builder.add(Block("\n".join(line.strip() for line in lines if line.strip()), steps=len(steps) > 1))
        else:
            builder.add(Block(spaced(" ".join(lines))))
    return builder.document()
