"""Past conversations as knowledge: pairs of question and answer without personal data."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.errors import RequestError
from bot.knowledge.parsed import Block, Parsed, Section
from bot.privacy import scrub

SOURCE = "conversation"
LONGEST_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Pair:
    """What somebody asked, and what a person answered."""

    question: str
    answer: str
    url: str = ""

    def document(self) -> Parsed:
        """The pair as a document, scrubbed: the question is its title."""
        question = " ".join(scrub(self.question).text.split())
        blocks = [Block(" ".join(part.split())) for part in scrub(self.answer).text.split("\n\n") if part.strip()]
        return Parsed(question, (Section((), tuple(blocks)),))


def pairs_in(lines: Iterable[str]) -> Iterator[Pair]:
    """The pairs of JSON Lines, each an object with question, answer and perhaps url.

    Raises:
        RequestError: Naming the first line that is none.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _pair(number, line)


def _pair(number: int, line: str) -> Pair:
    expected = 'Expected an object such as {"question": "...", "answer": "..."}.'
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RequestError(f"Line {number} is no JSON", expected) from error
    given = [values.get(name) or "" for name in ("question", "answer", "url")] if isinstance(values, dict) else []
    texts = [text for text in given if isinstance(text, str)]
    if len(texts) < 3 or not (texts[0].strip() and texts[1].strip()):
        raise RequestError(f"Line {number} has no question with an answer", expected)
    if any(len(text) > LONGEST_CHARACTERS for text in texts):
        raise RequestError(f"Line {number} is too long", f"A text may have {LONGEST_CHARACTERS:,} characters.")
    return Pair(*texts)
