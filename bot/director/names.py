"""Proper names in English words: runs of capitals that are no start of a sentence and no title in capitals."""

import re
from collections.abc import Callable

MARK = "\ue001"
_WORD = re.compile(r"(?:Dr|Mrs?|Ms|Prof|St|Mt|Sir)\.(?=\s+[A-Z])|[^\W_]+(?:['’.&-][^\W_]+)*|[^\w\s]")
# 'F40', 'X1', 'R2-D2' and 'II' beside a name are part of it.
_CODE = re.compile(r"[A-Z]{1,3}-?\d+[A-Za-z]{0,3}(?:-[A-Z]+\d*)?|[IVX]{2,4}|Mk\d*")
# These open the names of places, people and things, and are ordinary words else.
_OPENERS = frozenset(
    "new san saint st mount lake cape fort port los las el la le queen king prince princess pope captain aunt "
    "uncle santa lady lord sir grandma grandpa north south east west great grand central".split()
)
_PLACE_ENDS = frozenset(
    "road street square park garden gardens bridge tower palace hall avenue lane hill beach bay station market museum "
    "island islands river lake house castle cathedral valley canyon falls mountain gate".split()
)
_SMALL = frozenset("of the de la du van von der den del di da".split())
_ENDS = frozenset(".!?:\n;")
_LONG = 4
_MOST_IN_A_NAME = 2
_SMALL_IN_HEADLINES = frozenset("a an the and or of on in at to by with for from under over near is are as no".split())


def mark_names(
    text: str, known: Callable[[str], bool], slips: Callable[[str], bool], lives: Callable[[str], bool]
) -> tuple[str, list[str]]:
    """The text with each name replaced by a mark, and the names in order.

    A name is a word with a capital that nobody knows otherwise, amid a sentence or before another one, with what stands
    in capitals beside it, a number after it ('Model 3'), and small words between ('Statue of Liberty'); what follows
    'the' in two capitals or more ('the Golden Gate Bridge'); and what a person or animal is called ('our dog Biscuit').
    A headline, in which every longer word has a capital, has no names.

    Args:
        text: With its capitals.
        known: Whether a word in small letters is an ordinary one.
        slips: Whether it is a slip of one; where a sentence begins, it is no name.
        lives: Whether it is a person or an animal.
    """
    text = text.replace(MARK, " ")
    found = list(_WORD.finditer(text))
    words = [match[0] for match in found]
    capitals = [_is_capital(word) for word in words]
    if sum(word.isupper() and len(word) > 1 for word in words) * 3 <= len(words):
        capitals = [one or _is_initials(word, known) for one, word in zip(capitals, words, strict=True)]
    if _is_headline(words, capitals, known):
        return text, []
    proper = _proper(words, capitals, known, slips, lives)
    names: list[str] = []
    pieces, end, at = [], 0, 0
    while at < len(words):
        size = _size(words, capitals, proper, at)
        if size:
            first, last = found[at], found[at + size - 1]
            name = text[first.start() : last.end()]
            owner = re.search(r"['’]s$", name)
            pieces += [text[end : first.start()], f"{MARK}{len(names)}{MARK}"]
            names.append(name if owner is None else name.replace("’", "'"))
            end = first.start() + len(name)
        at += size or 1
    return "".join([*pieces, text[end:]]), names


def _proper(
    words: list[str],
    capitals: list[bool],
    known: Callable[[str], bool],
    slips: Callable[[str], bool],
    lives: Callable[[str], bool],
) -> list[bool]:
    """Which words can't be anything but names, or parts of one."""
    proper = [capital and not known(_plain(word)) for word, capital in zip(words, capitals, strict=True)]
    loose = any(
        capitals[at] and not proper[at] and not any(capitals[max(0, at - 1) : at] + capitals[at + 1 : at + 2])
        for at in range(len(words))
        if not _starts(words, at)
    )
    for at in range(len(words)):
        if _starts(words, at):
            beside = any(proper[at + 1 : at + 2]) and capitals[at] and not slips(_plain(words[at + 1]))
            opens = beside and _plain(words[at]) in _OPENERS
            proper[at] = opens or (proper[at] and (beside or not slips(_plain(words[at]))))
            continue
        if not loose and capitals[at] and capitals[at - 1] and not _starts(words, at - 1):
            proper[at] = proper[at] or _is_title(words, capitals, proper, at)
        proper[at] = proper[at] or (capitals[at] and words[at - 1].islower() and lives(words[at - 1]))
    return proper


def _is_headline(words: list[str], capitals: list[bool], known: Callable[[str], bool]) -> bool:
    """Whether each longer word has a capital, and most of those are ordinary ones that name nobody and no place."""
    if not words or not words[0][0].isupper() or capitals.count(True) <= _MOST_IN_A_NAME:
        return False
    ordinary = [known(_plain(word)) for word, capital in zip(words, capitals, strict=True) if capital]
    running = any(word.islower() and word not in _SMALL_IN_HEADLINES for word in words)
    return not running and ordinary.count(True) * 2 > len(ordinary)


def _is_title(words: list[str], capitals: list[bool], proper: list[bool], at: int) -> bool:
    """'Abbey Road', 'Times Square': ordinary words, two in capitals amid small letters, that name one place."""
    alone = not any(capitals[max(0, at - 2) : at - 1] + capitals[at + 1 : at + 2])
    return alone and not proper[at - 1] and words[at].casefold() in _PLACE_ENDS


def _is_capital(word: str) -> bool:
    """'Paris', 'O'Brien', 'iPhone', 'BMW' and 'X1'; not 'USB' and not 'I'."""
    if word.isupper():
        return _CODE.fullmatch(word) is not None
    return len(word) > 1 and (word[0].isupper() or re.match(r"[a-z][A-Z][a-z]", word) is not None)


def _is_initials(word: str, known: Callable[[str], bool]) -> bool:
    """'BMW' and 'IKEA', which nobody knows as a word."""
    return re.fullmatch(r"[A-Z]{2,5}", word) is not None and not known(word.casefold())


def _starts(words: list[str], at: int) -> bool:
    return at == 0 or words[at - 1] in _ENDS


def _plain(word: str) -> str:
    return re.sub(r"['’]s$", "", word.casefold())


def _size(words: list[str], capitals: list[bool], proper: list[bool], at: int) -> int:
    """How many words the name that begins here has; 0 where none does."""
    if not capitals[at]:
        return 0
    end = _end(words, capitals, proper, at)
    run = range(at, end)
    starts = _starts(words, at)
    if starts and not proper[at]:
        return 0
    known = sum(capitals[one] and not proper[one] for one in run)
    after_the = at > 0 and words[at - 1].casefold() == "the" and known > 1
    if not any(proper[one] for one in run) and not after_the:
        return 0
    if starts and len(run) == 1 and not _stands_alone(words, at):
        return 0
    if re.fullmatch(r"\d{1,4}[a-z]?", words[end] if end < len(words) else "") and not _counts(words, end):
        end += 1
    return end - at


def _end(words: list[str], capitals: list[bool], proper: list[bool], at: int) -> int:
    """Where the capitals end, small words between them included."""
    end = at + 1
    while end < len(words):
        joins = words[end] == "&" and capitals[end + 1 : end + 2] == [True]
        small = words[end] in _SMALL and any(proper[at : end + 3]) and any(capitals[end + 1 : end + 3])
        if not (capitals[end] or joins or small):
            break
        end += 1
    return end


def _stands_alone(words: list[str], at: int) -> bool:
    """Whether a capital that begins a sentence is followed by what follows a name."""
    after = words[at + 1] if at + 1 < len(words) else ","
    if re.search(r"['’]s$", words[at]):
        return True
    return (
        not after[0].isalpha()
        or after.endswith(("ing", "s", "ed"))
        or after in {"in", "on", "at", "and", "with", "is", "under"}
    )


def _counts(words: list[str], at: int) -> bool:
    """Whether a number speaks of the next word: 'in Paris 3 cats'."""
    return (
        at + 1 < len(words) and words[at + 1].isalpha() and words[at + 1].endswith("s") and len(words[at + 1]) >= _LONG
    )
