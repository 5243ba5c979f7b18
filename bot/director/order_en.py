"""The order in which an English text lists what stands in a row: 'left to right: a cat, a dog and a bird'."""

import re
from itertools import pairwise

from bot.director.draft import Draft, Thing

_ORDER = re.compile(
    r"[,;]?\s*\b(?:(?:in (?:this|that) order|reading|going|arranged|lined up),?\s+)?(?:from )?"
    r"(?P<said>left to right|right to left|top to bottom|bottom to top|front to back|back to front)\b\s*[:,]?\s*",
    re.IGNORECASE,
)
_KINDS = {
    "left to right": "left of", "right to left": "right of", "top to bottom": "above", "bottom to top": "below",
    "front to back": "in front of", "back to front": "behind",
}  # fmt: skip


def take_order(text: str) -> tuple[str, str]:
    """The text without such words, and how each thing that it lists stands to the next; '' where it says nothing."""
    match = _ORDER.search(text)
    if match is None:
        return text, ""
    between = " " if match.start() == 0 else ", "
    return f"{text[: match.start()]}{between}{text[match.end() :]}", _KINDS[match["said"].casefold()]


def put_in_order(things: list[Thing], kind: str, draft: Draft) -> None:
    """Relate each of these things to the next, without those that only belong to another one."""
    held = {id(other) for _, _, other in draft.relations}
    for one, other in pairwise([thing for thing in things if id(thing) not in held]):
        draft.relate(one, kind, other)
