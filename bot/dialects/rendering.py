"""What comes of rendering a brief, and the words for the notes that go with it."""

import re
from dataclasses import dataclass

from bot.brief import Brief

CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Rendering:
    """A prompt, and one sentence each on what it adds, leaves out or can't do."""

    prompt: str
    negative_prompt: str
    notes: tuple[str, ...] = ()


def in_language_of(brief: Brief, english: str, chinese: str) -> str:
    """The sentence in the asker's language, as far as it is one of the two."""
    return chinese if CHINESE.search(brief.words) else english
