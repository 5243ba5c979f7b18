"""What the built-in lexicon left unknown in a Chinese text, cut anew with the dictionary and given its meaning."""

import re
from collections.abc import Iterator

from bot.director import dictionary
from bot.director.dictionary import Sense
from bot.director.lexicon_kinds_zh import KINDS, VALUES
from bot.director.word_zh import Word

_CHINESE = re.compile(r"[\u3400-\u9fff]+")
# Words that hold a sentence together: no word of the dictionary reaches across one of these.
_HARD = frozenset("的 在 mark quote and not isnt is all this picture brand style time background".split())
_SOFT_IF_SHORT = frozenset("skip and not is all style time weather number vague".split())
_KEPT = frozenset("和 跟 是 都 的 在 有 了 着 这 那 我 你 他 她 把 被 让 请".split())
_CONTENT = frozenset("noun adjective colour body place classifier verb shade".split())
_NAMED_AFTER = frozenset("mark and 的 skip picture verb".split())
_BINDS = frozenset("noun place unknown".split())
_KNOWN_COST, _FOUND_COST, _LOST_COST = 1.0, 1.25, 2.6


def reread(found: list[Word]) -> list[Word]:
    """The words with every stretch that holds an unknown one cut again, the dictionary's words among the known ones."""
    result: list[Word] = []
    for stretch in _stretches(found):
        if any(word.kind == "unknown" and _CHINESE.fullmatch(word.text) for word in stretch):
            result += _cut(stretch, result[-1] if result else Word("", "mark"))
        else:
            result += stretch
    return result


def understood(said: list[Word]) -> list[Word]:
    """The words with what the dictionary knows of the unknown ones, in the sense that their neighbours call for."""
    result: list[Word] = []
    for at, word in enumerate(said):
        before = result[-1] if result else Word("", "mark")
        after = said[at + 1] if at + 1 < len(said) else Word("", "mark")
        result.append(_meant(word, before, after) if word.kind == "unknown" else word)
    return result


def _stretches(found: list[Word]) -> Iterator[list[Word]]:
    """The words between those that hold the sentence together, and each of these on its own."""
    run: list[Word] = []
    for at, word in enumerate(found):
        if _is_hard(word, found[at - 1] if at else None, found[at + 1] if at + 1 < len(found) else None):
            if run:
                yield run
            yield [word]
            run = []
        else:
            run.append(word)
    if run:
        yield run


def _is_hard(word: Word, before: Word | None, after: Word | None) -> bool:
    if not _CHINESE.fullmatch(word.text) or word.text in _KEPT:
        return True
    if word.kind == "classifier":
        return before is not None and before.kind in {"number", "vague", "this"}
    if word.kind in {"number", "vague"}:
        return after is not None and after.kind in {"classifier", "number", "vague"}
    if word.kind == "where" and before is not None and before.kind in {"noun", "place", "unknown"}:
        return len(word.text) > 1 or before.kind != "unknown"
    return word.kind in _HARD and not (len(word.text) == 1 and word.kind in _SOFT_IF_SHORT)


def _cut(stretch: list[Word], before: Word) -> list[Word]:
    """The cheapest way to cut a stretch; of equal ones that with the longest words first."""
    text = "".join(word.text for word in stretch)
    kept = {at: word for at, word in _places(stretch) if word.kind != "unknown" and KINDS.get(word.text) != word.kind}
    best: list[tuple[float, list[Word]]] = [(0.0, [])] * (len(text) + 1)
    for start in range(len(text) - 1, -1, -1):
        best[start] = min(
            (
                (cost + best[start + len(word.text)][0], [word, *best[start + len(word.text)][1]])
                for word, cost in _ways(text, start, kept, before)
            ),
            key=lambda way: way[0],
        )
    return best[0][1]


def _places(stretch: list[Word]) -> Iterator[tuple[int, Word]]:
    at = 0
    for word in stretch:
        yield at, word
        at += len(word.text)


def _ways(text: str, start: int, kept: dict[int, Word], before: Word) -> Iterator[tuple[Word, float]]:
    """Every word that may begin here, the longest first."""
    if word := kept.get(start):
        yield word, _KNOWN_COST
        return
    for size in range(min(dictionary.LONGEST + 2, len(text) - start), 0, -1):
        piece = text[start : start + size]
        if piece in KINDS:
            yield Word(piece, KINDS[piece], VALUES.get(piece, "")), _KNOWN_COST
        elif size > 1 and _is_found(piece, before if start == 0 else None):
            yield Word(piece, "unknown"), _FOUND_COST
        elif size == 1:
            yield Word(piece, "unknown"), _LOST_COST


def _is_found(piece: str, before: Word | None) -> bool:
    """Whether the dictionary's word stands here, and not two known words that happen to look like it."""
    if not dictionary.is_word(piece) or set(piece) & set("的了着"):
        return False
    kinds = [KINDS.get(character, "") for character in piece]
    if all(kinds):
        return kinds[0] in {"noun", "body", "place"} and set(kinds) <= {"noun", "body", "place"}
    if kinds[-1] == "where" and KINDS.get(piece[:-1]) in {"noun", "place", "body"}:
        return False
    if kinds[0] == "where" and before is not None and before.kind in _BINDS:
        return False
    return bool(dictionary.senses(piece))


def _meant(word: Word, before: Word, after: Word) -> Word:
    """An unknown word in English; a name, or what nobody knows, stays as it is written."""
    if not _CHINESE.search(word.text):
        return word
    found = dictionary.senses(word.text)
    if not found or (len(word.text) == 1 and not _stands_alone(before, after)):
        return word
    sense = _fitting(found, before, after)
    kind = "noun" if sense.kind == "name" else sense.kind
    if (
        kind == "noun"
        and before.kind == "classifier"
        and after.kind == "的"
        and not dictionary.is_concrete(sense.gloss)
    ):
        kind = "adjective"  # '一只拟人的蘑菇'
    if kind == "verb" and word.text[0] in "不没":
        kind = "skip"  # what somebody does not do can't be drawn
    return Word(word.text, kind, sense.gloss)


def _stands_alone(before: Word, after: Word) -> bool:
    """Whether a single character is a word here and no part of a name."""
    return before.kind not in _BINDS and after.kind != "unknown"


def _fitting(found: tuple[Sense, ...], before: Word, after: Word) -> Sense:
    """Of several senses: a noun after a measure word, a verb after 在 or before 着, else the likeliest."""
    wanted: tuple[str, ...] = ()
    if before.kind in {"classifier", "的", "colour", "adjective", "number"}:
        wanted = ("noun", "place", "name", "adjective")
    elif (
        (before.text in {"在", "正在", "正", "一起"} and after.kind != "where")
        or after.text in {"着", "了"}
        or after.kind == "number"
    ):
        wanted = ("verb",)
    elif after.kind == "的":
        wanted = ("adjective",)
    elif after.kind in {"在", "where", "is"} or before.kind == "verb":
        wanted = ("noun", "place", "name")
    return next((sense for kind in wanted for sense in found if sense.kind == kind), found[0])
