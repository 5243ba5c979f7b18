"""What a recogniser of one kind of personal data is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

# Neither part of a longer number, nor of a hexadecimal id, nor the decimals of a fraction. Chinese characters and words
# may be glued to what is looked for: \b would not see a boundary there.
BEFORE = r"(?<![\d_])(?<!(?-i:[\da-f][a-f]))(?<!0x)(?<!\d\.)"
AFTER = r"(?![\d_])(?!(?-i:[a-f][\da-f]))(?!\.\d)"


def digits_of(text: str) -> str:
    """Only the digits of a text."""
    return "".join(filter(str.isdigit, text))


def anything(_: str) -> bool:
    """The check of a pattern that is certain by itself."""
    return True


@dataclass(frozen=True, slots=True)
class Recogniser:
    """One written form of one kind.

    Attributes:
        kind: What its placeholder says.
        pattern: Regular expression over folded text; a group named 'raw' marks what is to go, where that isn't all.
            It must be bounded, or start only where nothing of its own can precede, so that it runs in linear time.
        check: Whether a match really is one, such as by its check digit.
    """

    kind: str
    pattern: str
    check: Callable[[str], bool] = anything

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of each, in order and apart from each other."""
        pattern = _compiled(self.pattern)
        group = "raw" if "raw" in pattern.groupindex else 0
        match = pattern.search(text)
        while match:
            right = self.check(match[group])
            if right:
                yield match.span(group)
            match = pattern.search(text, match.end(group) if right else match.start() + 1)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when first used: many a command only imports this."""
    return re.compile(pattern, re.ASCII | re.IGNORECASE)
