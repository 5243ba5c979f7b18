"""Chinese text cut into words: the longest known word first; what is unknown stays together."""

import re

from bot.director.context_zh import in_context
from bot.director.corrections_zh import corrected
from bot.director.dictionary import is_word
from bot.director.echoes_zh import at_the_end, echoed, named_once
from bot.director.latin_zh import latin
from bot.director.lexicon_kinds_zh import KINDS, PUNCTUATION, VALUES
from bot.director.lexicon_more_zh import SURNAMES
from bot.director.spelling_zh import mended
from bot.director.tokens import QUOTE
from bot.director.trades_zh import by_trade
from bot.director.unknown_zh import reread, understood
from bot.director.word_zh import Word

_SHORT = frozenset("noun body classifier adjective".split())
_LONGEST = max(map(len, KINDS))
_SUFFIXES = {"儿": frozenset("noun body place where adjective verb classifier".split()), "们": frozenset({"noun"})}
# What comes of a deed, behind its verb: 偷走, 咬住.
_RESULTS = frozenset("走 掉 住 完".split())
_ASPECTS = frozenset("着 了 过".split())
_LATIN = re.compile(
    rf"{QUOTE}\d+{QUOTE}|\d+|[A-Za-z][A-Za-z0-9'\-]*(?: [A-Za-z][A-Za-z0-9'\-]*)*"
    r"(?:(?<=[a-z]) \d{1,4}(?![\d只个条辆台部架张位本朵棵头匹 ]*[只个条辆台部架张位本朵棵头匹]))?"
)


_MIXED = re.compile(r"[\u4e00-\u9fff]{1,3}[A-Z][\u4e00-\u9fff]{1,3}?(?![\u4e00-\u9fff]{0,2}[A-Z])")
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
        match = _LATIN.match(text, at)
        if match and len(match[0]) >= size:
            found += latin(match[0])
            at = match.end()
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
    return at_the_end(named_once(echoed(corrected(by_trade(_heaped(in_context(said)))))))


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
        elif result and result[-1].kind == "verb" and _goes_with(word.text, result[-1].text):
            result[-1] = Word(result[-1].text + word.text, "verb", result[-1].value)
        else:
            result.append(word)
    return result


def _goes_with(text: str, verb: str) -> bool:
    """Whether a character behind a verb says how far it is done: 坐着, 偷走."""
    return (text in _ASPECTS and verb[-1] not in _ASPECTS) or (text in _RESULTS and len(verb) == 1)


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
            gap = " " if result[-1].text.isascii() and word.text.isascii() else ""
            result[-1] = Word(f"{result[-1].text}{gap}{word.text}", "unknown")
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
