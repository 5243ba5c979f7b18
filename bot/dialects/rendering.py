"""What comes of rendering a brief, and the words for the notes that go with it."""

import re
from dataclasses import dataclass, field

CHINESE = re.compile(r"[\u3400-\u9fff]")
CHINESE_RUN = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Rendering:
    """A prompt, and one sentence each on what it adds, leaves out or can't do."""

    prompt: str
    negative_prompt: str
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Notes:
    """Collects sentences in the language of the asker, whose words are `words`."""

    words: str
    sentences: list[str] = field(default_factory=list)

    @property
    def in_chinese(self) -> bool:
        """Whether the asker writes Chinese."""
        return is_chinese(self.words)

    def add(self, english: str, chinese: str) -> None:
        """Note it in the asker's language, once."""
        sentence = chinese if self.in_chinese else english
        if sentence not in self.sentences:
            self.sentences.append(sentence)


def is_chinese(text: str) -> bool:
    """Whether there is a Chinese character in a text."""
    return CHINESE.search(text) is not None
