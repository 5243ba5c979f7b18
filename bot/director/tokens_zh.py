"""Chinese text cut into words: the longest known word first; what is unknown stays together."""

import re

from bot.brief import RELATIONS
from bot.director import lexicon, scenes
from bot.director.context_zh import in_context
from bot.director.dictionary import is_word
from bot.director.lexicon_kinds_zh import KINDS, PUNCTUATION, VALUES
from bot.director.lexicon_more_zh import SURNAMES
from bot.director.spelling_zh import mended
from bot.director.tokens import NOUNS, QUOTE, STOPS, VERB_FORMS, is_name, tokens
from bot.director.unknown_zh import reread, understood
from bot.director.word_zh import Word
from bot.grammar import singular

_SHORT = frozenset("noun body classifier adjective".split())
_LONGEST = max(map(len, KINDS))
_ENGLISH_WORDS = {
    "no": ("not", ""), "without": ("not", ""), "and": ("and", ""), "not": ("isnt", ""), "is": ("is", ""),
    "with": ("skip", ""), "in": ("在", ""), "at": ("在", ""),
}  # fmt: skip
_ENGLISH_TABLES = (
    ("colour", lexicon.COLOURS),
    ("style", scenes.STYLES),
    ("time", scenes.TIMES),
    ("weather", scenes.WEATHER),
    ("place", scenes.PLACES),
)
_SUFFIXES = {"儿": frozenset("noun body place where adjective verb classifier".split()), "们": frozenset({"noun"})}
_ASPECTS = frozenset("着 了 过".split())
_SAYS_NOTHING = frozenset(
    "ddl deadline emo yyds kpi btw pls plz lol the of please draw style me paint make some it my but thanks".split()
)
_LATIN = re.compile(
    rf"{QUOTE}\d+{QUOTE}|\d+|[A-Za-z][A-Za-z0-9'\-]*(?: [A-Za-z][A-Za-z0-9'\-]*)*"
    r"(?:(?<=[a-z]) \d{1,4}(?![\d只个条辆台部架张位本朵棵头匹 ]*[只个条辆台部架张位本朵棵头匹]))?"
)


# Capitals inside or throughout: 'ThinkPad X1 Carbon', 'IKEA'.
_MIXED = re.compile(r"[\u4e00-\u9fff]{1,3}[A-Z][\u4e00-\u9fff]{1,3}?(?![\u4e00-\u9fff]{0,2}[A-Z])")
_BRAND = re.compile(r"(?:[A-Z][a-z]+[A-Z]\w*|[A-Z]{4,}\d*)(?: [A-Z]\w*)*")
_PERSON = re.compile(rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=正?在|站|坐|躺|骑|拿|穿|戴|抱|撑|举|看|喂|吃|喝|跳|走|和)")


_NOTHING = Word("", "mark")


def words(text: str) -> list[Word]:
    """The words of a text in simplified characters, which may be mixed with English."""
    text, _ = mended(text)
    found: list[Word] = []
    at = 0
    while at < len(text):
        size = next((size for size in range(min(_LONGEST, len(text) - at), 0, -1) if text[at : at + size] in KINDS), 0)
        if mixed := _mixed(text, at):
            found.append(Word(mixed, "unknown"))
            at += len(mixed)
            continue
        if person := _person(text, at):
            found.append(Word(person, "noun", person))
            at += len(person)
            continue
        latin = _LATIN.match(text, at)
        if latin and len(latin[0]) >= size:
            found += _latin(latin[0])
            at = latin.end()
        elif size:
            word = text[at : at + size]
            at += size
            suffix = _suffix(text, at, KINDS[word])
            at += suffix
            many = "们" if suffix and text[at - 1] == "们" else ""
            found.append(Word(word + many, KINDS[word], VALUES.get(word, "")))
        else:
            _unknown(text[at], found)
            at += 1
    said = [
        word for word in _joined(understood(_healed(reread(found)))) if not word.text.isspace() or word.text == "\n"
    ]
    return _heaped(in_context(said))


def _suffix(text: str, at: int, kind: str) -> int:
    """How long a 儿 or 们 is that belongs to the word before it, and begins no other word."""
    suffix = text[at : at + 1]
    return int(kind in _SUFFIXES.get(suffix, ()) and text[at : at + 2] not in KINDS)


def _mixed(text: str, at: int) -> str:
    """A word of the dictionary with Latin letters in the middle of it that begins here, such as 哆啦A梦."""
    piece = _MIXED.match(text, at)
    return piece[0] if piece and is_word(piece[0]) else ""


def _heaped(said: list[Word]) -> list[Word]:
    """A pile or a flock and what it is of are one word: 书-堆, 羊-群."""
    result: list[Word] = []
    for word in said:
        if word.kind == "heap" and result:
            result[-1] = Word(result[-1].text + word.text, "noun", word.value)
        else:
            result.append(word)
    return result


def _joined(said: list[Word]) -> list[Word]:
    """A verb and the 着, 了 or 过 after it are one word."""
    result: list[Word] = []
    for at, word in enumerate(said):
        brand = (
            word.text == "牌" and result and len(result[-1].text) > 1 and result[-1].kind not in {"mark", "classifier"}
        )
        if brand and at + 1 < len(said) and said[at + 1].kind == "noun":
            result[-1] = Word(result[-1].text, "brand")
        elif word.text in _ASPECTS and result and result[-1].kind == "verb" and result[-1].text[-1] not in _ASPECTS:
            result[-1] = Word(result[-1].text + word.text, "verb", result[-1].value)
        else:
            result.append(word)
    return result


def _person(text: str, at: int) -> str:
    """A person's name that begins here: a surname and up to two characters that are no word, before what they do."""
    match = _PERSON.match(text, at) if at == 0 or text[at - 1] in f"{PUNCTUATION} 画和" else None
    if match is None:
        return ""
    name = match[0]
    parts = {name[start:end] for start in range(len(name)) for end in range(start + 2, len(name) + 1)}
    return "" if parts & KINDS.keys() else name


def _healed(found: list[Word]) -> list[Word]:
    """Put an unknown word together again that a short known one inside it had cut: 皮-卡-丘."""
    result: list[Word] = []
    for at, word in enumerate(found):
        inside = (
            0 < at < len(found) - 1 and found[at - 1].kind == found[at + 1].kind == "unknown" and len(word.text) == 1
        )
        if (result and _ends_name(result, word, found[at + 1] if at + 1 < len(found) else _NOTHING)) or (
            result and result[-1].kind == "unknown" and (word.kind == "unknown" or (inside and word.kind in _SHORT))
        ):
            result[-1] = Word(result[-1].text + word.text, "unknown")
        else:
            result.append(word)
    return result


def _ends_name(before: list[Word], word: Word, after: Word) -> bool:
    """Whether a short known word ends a name of two characters: 晓-萌 在."""
    begins = len(before) < 2 or before[-2].kind in {"and", "mark", "的", "skip"}
    return (
        begins
        and before[-1].kind == "unknown"
        and len(before[-1].text) == len(word.text) == 1
        and word.kind in {"adjective", "colour"}
        and after.kind in {"在", "verb", "and", "mark"}
    )


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
    if _BRAND.fullmatch(text) and not {word.casefold() for word in text.split()} & (NOUNS | STOPS):
        return [Word(text, "noun", text)]
    said = tokens(text, names=True)
    after = [*said[1:], ""]
    return [Word(word, *_english(word, following)) for word, following in zip(said, after, strict=True)]


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
        if word in table:
            return kind, table[word]
    if single in NOUNS or " " in word:
        return "noun", single
    return _other_english(word)


def _other_english(word: str) -> tuple[str, str]:
    """What is done, how something is, what says nothing; else what nobody knows."""
    if word.endswith("ing") and word in VERB_FORMS:
        return "verb", VERB_FORMS[word]
    if word in lexicon.ADJECTIVES:
        return "adjective", word
    return ("skip", "") if word in STOPS | _SAYS_NOTHING else ("unknown", word)
