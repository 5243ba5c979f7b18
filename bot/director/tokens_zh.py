"""Chinese text cut into words: the longest known word first; what is unknown stays together."""

import re
from dataclasses import dataclass

from bot.brief import RELATIONS
from bot.director import lexicon, scenes
from bot.director.lexicon_kinds_zh import KINDS, PUNCTUATION, VALUES
from bot.director.tokens import NOUNS, QUOTE, VERB_FORMS, tokens
from bot.grammar import singular

_SHORT = frozenset("noun body classifier adjective".split())
_LONGEST = max(map(len, KINDS))
_ENGLISH_WORDS = {
    "no": ("not", ""), "without": ("not", ""), "and": ("and", ""), "not": ("isnt", ""), "is": ("is", ""),
    "with": ("skip", ""), "in": ("在", ""), "at": ("在", ""),
}  # fmt: skip
_LATIN = re.compile(rf"{QUOTE}\d+{QUOTE}|\d+|[A-Za-z][A-Za-z'\-]*(?: [A-Za-z][A-Za-z'\-]*)*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as written, what kind of word it is, and what it stands for in English."""

    text: str
    kind: str
    value: str = ""


def words(text: str) -> list[Word]:
    """The words of a text in simplified characters, which may be mixed with English."""
    found: list[Word] = []
    at = 0
    while at < len(text):
        size = next((size for size in range(min(_LONGEST, len(text) - at), 0, -1) if text[at : at + size] in KINDS), 0)
        latin = _LATIN.match(text, at)
        if latin and len(latin[0]) >= size:
            found += _latin(latin[0])
            at = latin.end()
        elif size:
            word = text[at : at + size]
            found.append(Word(word, KINDS[word], VALUES.get(word, "")))
            at += size
        else:
            _unknown(text[at], found)
            at += 1
    return [word for word in _healed(found) if not word.text.isspace() or word.text == "\n"]


def _healed(found: list[Word]) -> list[Word]:
    """Put an unknown word together again that a short known one inside it had cut: 皮-卡-丘."""
    result: list[Word] = []
    for at, word in enumerate(found):
        inside = (
            0 < at < len(found) - 1 and found[at - 1].kind == found[at + 1].kind == "unknown" and len(word.text) == 1
        )
        if result and result[-1].kind == "unknown" and (word.kind == "unknown" or (inside and word.kind in _SHORT)):
            result[-1] = Word(result[-1].text + word.text, "unknown")
        else:
            result.append(word)
    return result


def _unknown(character: str, found: list[Word]) -> None:
    if character in PUNCTUATION:
        found.append(Word(character, "and" if character == "、" else "mark"))
    elif not character.isalnum():
        found.append(Word(character, "skip"))
    elif found and found[-1].kind == "unknown":
        found[-1] = Word(found[-1].text + character, "unknown")
    else:
        found.append(Word(character, "unknown"))


def _latin(text: str) -> list[Word]:
    if text.startswith(QUOTE):
        return [Word(text, "quote")]
    return [Word(word, *_english(word)) for word in tokens(text)]


def _english(word: str) -> tuple[str, str]:
    """An English word inside Chinese: by its own tables, else it is a name for something."""
    tables = (
        ("colour", lexicon.COLOURS),
        ("style", scenes.STYLES),
        ("time", scenes.TIMES),
        ("weather", scenes.WEATHER),
        ("place", scenes.PLACES),
    )
    if word in lexicon.NUMBERS or word in {"a", "an"} or word.isdigit():
        return "number", str(lexicon.NUMBERS.get(word, word if word.isdigit() else 1))
    if word in _ENGLISH_WORDS:
        return _ENGLISH_WORDS[word]
    if scenes.RELATION_PHRASES.get(word) in RELATIONS:
        return "verb", scenes.RELATION_PHRASES[word]
    single = lexicon.SYNONYMS.get(singular(word), singular(word))
    if single in lexicon.ANIMALS | lexicon.PEOPLE:
        return "noun", single
    for kind, table in tables:
        if word in table:
            return kind, table[word]
    if single in NOUNS or " " in word:
        return "noun", single
    if word.endswith("ing") and word in VERB_FORMS:
        return "verb", VERB_FORMS[word]
    if word in lexicon.ADJECTIVES:
        return "adjective", word
    return (
        ("skip", "")
        if word in {"the", "of", "please", "draw", "style", "me", "paint", "make", "some", "it", "my", "but", "thanks"}
        else ("unknown", word)
    )
