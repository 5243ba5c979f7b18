"""What the built-in lexicon left unknown in a Chinese text, cut anew with the dictionary and given its meaning."""

import re
from collections.abc import Iterator

from bot.director import dictionary
from bot.director.coined_zh import coined
from bot.director.dictionary import Sense
from bot.director.lexicon import ANIMALS
from bot.director.lexicon_heads_zh import HEADS, STUFFS
from bot.director.lexicon_kinds_zh import KINDS, VALUES
from bot.director.lexicon_verbs_zh import SINGLE_VERBS
from bot.director.word_zh import Word

_CHINESE = re.compile(r"[\u3400-\u9fff]+")
# A word of the dictionary, before its sense is chosen.
FOUND = "found"
# Words that hold a sentence together: no word of the dictionary reaches across one of these.
_HARD = frozenset("的 在 mark quote and not isnt is all this picture brand style time background".split())
_SOFT_IF_SHORT = frozenset("skip and not is all style time weather number vague picture".split())
_KEPT = frozenset("和 跟 是 都 的 在 有 了 着 这 那 我 你 他 她 把 被 让 请".split())
_CONTENT = frozenset("noun adjective colour body place classifier verb shade".split())
_DONE_TO = frozenset("noun place number adjective colour classifier vague".split())
_NAMED_AFTER = frozenset("mark and 的 skip picture verb".split())
_BINDS = frozenset("noun place unknown".split())
_COUNTED_BY = frozenset("adjective colour shade number vague classifier".split())
_NAMES = frozenset("noun place".split())
_HEADED, _IDIOM = 2, 4
_ABSTRACT = re.compile(
    r"(?:[a-z]{3,}(?:ness|ity|tion|sion|ism|ship|ence|ance|phobia|tude|hood|ology|ment)"
    r"|manner|spirit|concept|idea|doctrine|skill|theory|principle|method|effort|business|reason|sense|air|state|luck|fate"
    r"|ability|chance|matter|affair|rule|view|meaning|mood|feeling|virtue|style|trend|difference|sb|sth)$"
)
# Words of the dictionary that are two words in what people want to see.
_NOT_WHOLE = frozenset("蓝光 不对".split())
_BODIES = _NAMES | {"body"}
_TWO = frozenset("noun place body verb classifier picture".split())
_KNOWN_COST, _FOUND_COST, _HEAD_COST, _COINED_COST, _VERB_COST, _LOST_COST = 1.0, 1.25, 1.4, 1.4, 1.6, 2.6


def reread(found: list[Word]) -> list[Word]:
    """The words with every stretch that holds an unknown one cut again, the dictionary's words among the known ones."""
    result: list[Word] = []
    for stretch in _stretches(found):
        unknown = any(word.kind == "unknown" and _CHINESE.fullmatch(word.text) for word in stretch)
        if unknown or any(len(word.text) == 1 for word in stretch[:-1] + stretch[1:]):
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
        result.append(_meant(word, before, after) if word.kind in {"unknown", FOUND} else word)
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
    if word.kind in {"style", "time"} and after is not None and after.kind == "noun" and len(after.text) == 1:
        return False  # 漫画书, 下午茶
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
        if word := coined(piece):
            yield word, _COINED_COST
        if piece in KINDS:
            yield Word(piece, KINDS[piece], VALUES.get(piece, "")), _KNOWN_COST
        elif size > 1 and _is_found(piece, before if start == 0 else None):
            yield Word(piece, FOUND), _FOUND_COST
        elif size == 1:
            if piece in HEADS and (start or before.kind in _BINDS):
                yield Word(piece, *HEADS[piece]), _HEAD_COST
            if piece in SINGLE_VERBS:
                yield Word(piece, "verb", SINGLE_VERBS[piece]), _VERB_COST
            yield Word(piece, "unknown"), _LOST_COST


def _is_found(piece: str, before: Word | None) -> bool:
    """Whether the dictionary's word stands here, and not two known words that happen to look like it."""
    if not dictionary.is_word(piece) or set(piece) & set("的了着") or piece in _NOT_WHOLE:
        return False
    if len(piece) == _HEADED and piece[1] == "头" and VALUES.get(piece[0]) in ANIMALS:
        return False  # 狼头 is a wolf's head before it is a hammer
    kinds = [KINDS.get(character, "") for character in piece]
    if all(kinds) and set(kinds) <= {"noun", "body", "place"}:
        return True
    if all(kinds) or _splits(piece):
        return _is_whole(piece, kinds)
    if kinds[-1] == "where" and (len(piece) == 2 or KINDS.get(piece[:-1]) in _BODIES or piece[:-1] in HEADS):
        return dictionary.senses(piece)[:1] != () and dictionary.senses(piece)[0].kind == "skip"  # 马上
    if kinds[0] == "where" and before is not None and before.kind in _BINDS:
        return False
    return bool(dictionary.senses(piece))


def _splits(piece: str) -> bool:
    """Whether two known words make up the piece."""
    return any(piece[:at] in KINDS and piece[at:] in KINDS for at in range(1, len(piece)))


def _is_whole(piece: str, kinds: list[str]) -> bool:
    """Whether a piece that known words make up is still a word of its own: 小笼包 and 星系, but not 红车 or 门前."""
    if kinds[1:] in (["classifier"], ["skip"], ["verb"]) and kinds[0] in {"verb", "noun"} and _is_deed(piece):
        return True
    proper = len(piece) == 2
    if any(sense.kind not in _NAMES or (proper and sense.gloss[0].isupper()) for sense in dictionary.senses(piece)):
        return False
    if len(piece) == 2 and not {kinds[0], kinds[1]} <= _TWO:
        return False
    if not dictionary.senses(piece) or kinds[-1] in {"where", "的"} or KINDS.get(piece[-2:]) == "where":
        return False
    return not any(
        KINDS[piece[:at]] in _COUNTED_BY or (at == 1 and KINDS[piece[:at]] not in _NAMES | {"body", "verb", "picture"})
        for at in range(1, len(piece))
        if piece[:at] in KINDS and piece[at:] in KINDS
    )


def _is_deed(piece: str) -> bool:
    """Whether the dictionary knows the piece as something that is done and as nothing else: 搬家, 包扎."""
    return {sense.kind for sense in dictionary.senses(piece)} == {"verb"}


def _meant(word: Word, before: Word, after: Word) -> Word:
    """An unknown word in English; a name, or what nobody knows, stays as it is written."""
    if not _CHINESE.search(word.text):
        return word
    found = dictionary.senses(word.text)
    if len(word.text) == 1 and before.kind in _NAMES:
        if after.kind in {"verb", "is"}:
            return Word(word.text, "skip")  # '锅盖斜放在旁边'
        doing = next((sense for sense in found if sense.kind == "verb"), None)
        if doing and after.kind in _DONE_TO:
            return Word(word.text, "verb", doing.gloss)  # '师傅教徒弟'
    if word.text in STUFFS and before.kind not in _BINDS and after.kind in _NAMES:
        return Word(word.text, "noun", STUFFS[word.text])  # '校门口'
    if not found or (len(word.text) == 1 and not _stands_alone(before, after)):
        return word
    sense = _fitting(found, before, after, idiom=len(word.text) == _IDIOM and after.kind in {"mark", "的"})
    if _is_abstract(sense) and before.kind not in {"classifier", "number", "verb"} and after.kind != "where":
        return Word(word.text, "skip")
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


def _is_abstract(sense: Sense) -> bool:
    """Whether a noun names nothing that anybody could draw: 'aspiration', 'imposing manner'."""
    last = sense.gloss.rpartition(" ")[2]
    return sense.kind == "noun" and not dictionary.is_concrete(sense.gloss) and _ABSTRACT.search(last) is not None


def _stands_alone(before: Word, after: Word) -> bool:
    """Whether a single character is a word here and no part of a name."""
    return before.kind not in _BINDS and after.kind != "unknown"


def _fitting(found: tuple[Sense, ...], before: Word, after: Word, *, idiom: bool) -> Sense:
    """Of several senses: a noun after a measure word, a verb after 在 or before 着, else the likeliest.

    `idiom` is whether four characters end a clause, and so tell how something is: 桶里空空如也.
    """
    wanted: tuple[str, ...] = ()
    nouns = tuple(sense.kind for sense in found if sense.kind in {"noun", "place", "name"})
    if after.kind == "verb" and before.kind in _BINDS and any(sense.kind == "skip" for sense in found):
        wanted = ("skip",)  # '老板死命拽着'
    elif before.kind in {"classifier", "的", "colour", "adjective", "number"}:
        counted = "noun" if before.kind in {"classifier", "number"} else ""  # 仙桃 is also the name of a city
        wanted = (counted, *nouns, "adjective")
    elif (
        (before.text in {"在", "正在", "正", "一起"} and after.kind != "where")
        or after.text in {"着", "了"}
        or after.kind == "number"
    ):
        wanted = ("verb",)
    elif after.kind == "的" or (idiom and before.kind in {"noun", "where", "skip"}):
        wanted = ("adjective", "verb") if idiom else ("adjective",)
    elif after.kind in {"在", "where", "is"} or before.kind == "verb":
        wanted = nouns
    return next((sense for kind in wanted for sense in found if sense.kind == kind), found[0])
