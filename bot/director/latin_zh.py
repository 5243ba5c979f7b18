"""English words inside Chinese text: what they name, what is done, and which of them belong together."""

import re

from bot.brief import RELATIONS
from bot.director import lexicon, scenes
from bot.director.lexicon_zh import NOUNS as CHINESE_NOUNS
from bot.director.tokens import NOUNS, QUOTE, STOPS, VERB_FORMS, is_name, tokens
from bot.director.word_zh import Word
from bot.grammar import singular

# Capitals inside or throughout: 'ThinkPad X1 Carbon', 'IKEA'.
_BRAND = re.compile(r"(?:[A-Z][a-z]+[A-Z]\w*|[A-Z]{4,}\d*)(?: [A-Z]\w*)*")
_ENGLISH_WORDS = {
    "no": ("not", ""), "without": ("not", ""), "and": ("and", ""), "not": ("isnt", ""), "is": ("is", ""),
    "with": ("skip", ""),
    "left": ("where", "left of"), "right": ("where", "right of"), "in": ("在", ""), "at": ("在", ""),
}  # fmt: skip
_ENGLISH_TABLES = (
    ("colour", lexicon.COLOURS),
    ("style", scenes.STYLES),
    ("time", scenes.TIMES),
    ("weather", scenes.WEATHER),
    ("place", scenes.PLACES),
)
_SAYS_NOTHING = frozenset(
    "ddl deadline emo yyds kpi btw pls plz lol the of please draw style me paint make some it my but thanks".split()
)
# What things that the Chinese tables know are called in English, each in one word: 'latte', 'pothos'.
_OF_CHINESE = frozenset(name for name in CHINESE_NOUNS.values() if name.isalpha() and name.islower() and len(name) > 3)
_HEADS, _PARTS = frozenset({"noun", "unknown"}), frozenset({"noun", "unknown", "adjective"})
_TASTES = frozenset("cold hot iced paper wooden glass metal wild sweet sour mini".split())


def latin(text: str) -> list[Word]:
    """The words of a stretch of Latin letters, numbers or one placeholder of quoted words."""
    if text.startswith(QUOTE):
        return [Word(text, "quote")]
    if _BRAND.fullmatch(text) and not {word.casefold() for word in text.split()} & (NOUNS | STOPS):
        return [Word(text, "noun", text)]
    said = _as_written(text, tokens(text, names=True))
    after = [*said[1:], ""]
    return _together([Word(word, *_english(word, following)) for word, following in zip(said, after, strict=True)])


def _as_written(text: str, said: list[str]) -> list[str]:
    """The words without those slips put right that are no slips: words that only the Chinese tables stand for."""
    written = text.casefold().split()
    if len(written) != len(said):
        return said
    return [one if singular(one) in _OF_CHINESE else word for one, word in zip(written, said, strict=True)]


def _together(said: list[Word]) -> list[Word]:
    """Names of things that hold a word nobody knows are one: 'flip phone', 'cold brew', 'jade rabbit'."""
    result: list[Word] = []
    for word in said:
        before = result[-1] if result else None
        fits = word.kind in _HEADS and before is not None and before.kind in _PARTS and not is_name(before.text)
        if fits and before is not None and "unknown" in {before.kind, word.kind} and _is_part(before):
            kind = "noun" if word.kind == "noun" else "unknown"
            result[-1] = Word(f"{before.text} {word.text}", kind, f"{before.text} {word.value or word.text}")
        else:
            result.append(word)
    return result


def _is_part(before: Word) -> bool:
    """Whether a word may begin a name of several: a material, a kind, or what nobody knows; no plain adjective."""
    if before.text in VERB_FORMS and before.text not in NOUNS:
        return False  # 'chop scallions'
    return before.kind != "adjective" or before.text in _TASTES


def _english(word: str, following: str) -> tuple[str, str]:
    """An English word inside Chinese: by its own tables, else it is a name for something."""
    if is_name(word):
        return "noun", word
    if word in scenes.NEEDS_STYLE_WORD - lexicon.COLOURS.keys() and singular(following) in NOUNS:
        return "adjective", word
    if word in lexicon.NUMBERS or word in {"a", "an"} or word.isdigit():
        return "number", str(lexicon.NUMBERS.get(word, word if word.isdigit() else 1))
    if word in _ENGLISH_WORDS:
        return _ENGLISH_WORDS[word]
    if scenes.RELATION_PHRASES.get(word) in RELATIONS:
        return "verb", scenes.RELATION_PHRASES[word]
    single = lexicon.SYNONYMS.get(singular(word), singular(word))
    if single in lexicon.ANIMALS | lexicon.PEOPLE:
        return "noun", single
    for kind, table in _ENGLISH_TABLES:
        if word in table and not (kind == "place" and single in _OF_CHINESE):
            return kind, scenes.named(word, table) if kind in {"time", "weather"} else table[word]
    if single in NOUNS or single in _OF_CHINESE or " " in word:
        return "noun", single
    return _other_english(word)


def _other_english(word: str) -> tuple[str, str]:
    """What is done, how something is, what says nothing; else what nobody knows."""
    if word.endswith("ing") and word in VERB_FORMS:
        return "verb", VERB_FORMS[word]
    if word in lexicon.ADJECTIVES:
        return "adjective", word
    return ("skip", "") if word in STOPS | _SAYS_NOTHING else ("unknown", word)
