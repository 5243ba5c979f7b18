"""Slips of the pen in Chinese: a character that sounds or looks like the right one, and the wrong 的 or 在."""

import re

from bot.director.homophones_zh import heard
from bot.director.lexicon_kinds_zh import KINDS
from bot.director.lexicon_more_zh import CONFUSED

_TELLING = frozenset("noun adjective colour place style weather time verb body".split())
_LONGEST = 4
_GROUPS = {
    character: {other for group in CONFUSED.split() if character in group for other in group} - {character}
    for character in set(CONFUSED) - set(" \n")
}
_AT = re.compile(r"(?<=[坐站躺放挂停睡趴飞跑游蹲贴写画])再(?=[^，。,.\n]{1,8}?(?:上|下|里|中|旁|前|后|边|内))")
_TWICE = re.compile(r"的的+")


def mended(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text with slips put right where the lexicon leaves no doubt, and each as (written, read).

    A character is changed only where it belongs to no known word, and exactly one known word of two or more characters
    appears with another one of its group. Words of one character, and 的, 地 and 得, are put right without mention.
    """
    told: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        if slip := _confused(text, at) or heard(text, at):
            start, written, word = slip
            told.append((written, word))
            text = text[:start] + word + text[start + len(word) :]
        at += 1
    return _TWICE.sub("的", _AT.sub("在", text)), tuple(told)


def _confused(text: str, at: int) -> tuple[int, str, str] | None:
    """(where, as written, as meant) of the one known word that another character of a group makes here."""
    if text[at] not in _GROUPS or text[at] in KINDS or _is_part(text, at):
        return None
    found = {(start, word) for start, word in _meant(text, at)}
    if len({word for _, word in found}) != 1:
        return None
    [(start, word)] = found
    return start, text[start : start + len(word)], word


def _windows(text: str, at: int) -> list[tuple[int, str]]:
    """The stretches of two characters and more that hold this one, the longest first."""
    return [
        (start, text[start : start + size])
        for size in range(_LONGEST, 1, -1)
        for start in range(max(0, at - size + 1), at + 1)
        if start + size <= len(text)
    ]


def _is_part(text: str, at: int) -> bool:
    return any(word in KINDS for _, word in _windows(text, at))


def _meant(text: str, at: int) -> list[tuple[int, str]]:
    """Known words that another character of the group makes here, the longest only."""
    for size in range(_LONGEST, 1, -1):
        found = [
            (start, right)
            for start, word in _windows(text, at)
            if len(word) == size
            for other in sorted(_GROUPS[text[at]])
            if KINDS.get(right := word[: at - start] + other + word[at - start + 1 :]) in _TELLING
        ]
        if found:
            return found
    return []
