"""What comes of rendering a brief, and the words for the notes that go with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.brief import Brief
from bot.dialects.lexicon_free import FREE_ITEMS
from bot.director import lexicon_zh
from bot.errors import RequestError
from bot.style import Style
from bot.tasks import ModelCard

CHINESE = re.compile(r"[\u3400-\u9fff]")
CHINESE_RUN = re.compile(r"[\u3400-\u9fff]+")
_ENDED = re.compile(r"[.!?。！？]$")
_QUOTES = ('"{}"', "“{}”", "「{}」", "『{}』")
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
        own = (chinese for chinese in meaning_it if chinese in self.words)
        return max(own, key=len, default=FREE_ITEMS.get(word, word))

    def add(self, english: str, chinese: str) -> None:
        """Note it in the asker's language, once, on one line whatever is quoted in it."""
        sentence = " ".join((chinese if self.in_chinese else english).split())
        if sentence not in self.sentences:
            self.sentences.append(sentence)


def is_chinese(text: str) -> bool:
    """Whether there is a Chinese character in a text."""
    return CHINESE.search(text) is not None


def unwritten(brief: Brief, said: str) -> tuple[list[str], list[str]]:
    """Texts to be drawn and names, those that are not in what a prompt says already."""
    texts = [text for text in brief.texts if not any(mark.format(text) in said for mark in _QUOTES)]
    return texts, [name for name in brief.names if name not in said]


def joined(parts: Sequence[str], mark: str = ", ") -> str:
    """The parts that say something, with a mark between, but for behind words that end a sentence themselves."""
    first, *others = [part for part in parts if part] or [""]
    between = mark.removeprefix(",").removeprefix("，") if _ENDED.search(first) else mark
    return between.join(filter(None, [first, mark.join(others)]))


def kept_out(brief: Brief, card: ModelCard, style: Style | None) -> str:
    """The negative prompt, for a model that heeds one: what was excluded, then what the style avoids."""
    avoid = [style.avoid] if style and style.avoid else []
    return ", ".join([*brief.exclusions, *avoid]) if card.negative_prompt else ""


def nothing_to_paint() -> RequestError:
    """The refusal of a brief without a word in it."""
    return RequestError("There is nothing in this request to paint", "Say in words what you would like to see.")
