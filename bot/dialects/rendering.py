"""What comes of rendering a brief, and the words for the notes that go with it."""

import re
from dataclasses import dataclass, field

from bot.director import lexicon_zh

CHINESE = re.compile(r"[\u3400-\u9fff]")
CHINESE_RUN = re.compile(r"[\u3400-\u9fff]+")
_CHINESE_TABLES = (
    lexicon_zh.NOUNS,
    lexicon_zh.ADJECTIVES,
    lexicon_zh.COLOURS,
    lexicon_zh.VERBS,
    lexicon_zh.PLACES,
    lexicon_zh.TIMES,
    lexicon_zh.WEATHER,
    lexicon_zh.STYLES,
    lexicon_zh.LOCATIONS,
)


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

    def said(self, word: str) -> str:
        """The asker's own word for an English one: of their Chinese words that mean it, the longest."""
        if not self.in_chinese or is_chinese(word):
            return word
        meaning_it = [chinese for table in _CHINESE_TABLES for chinese, english in table.items() if english == word]
        return max((chinese for chinese in meaning_it if chinese in self.words), key=len, default=word)

    def add(self, english: str, chinese: str) -> None:
        """Note it in the asker's language, once, on one line whatever is quoted in it."""
        sentence = " ".join((chinese if self.in_chinese else english).split())
        if sentence not in self.sentences:
            self.sentences.append(sentence)


def is_chinese(text: str) -> bool:
    """Whether there is a Chinese character in a text."""
    return CHINESE.search(text) is not None
