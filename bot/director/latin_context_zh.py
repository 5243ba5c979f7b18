"""What an English word is between Chinese ones: done by somebody, or a thing, or how the thing before it looks."""

import re

from bot.director.tokens import VERB_FORMS, is_name
from bot.director.word_zh import Word

_DOING = frozenset("在 正在 正 一起 一同 也 都 会 来 去 能 没 边 着 一边 忙着".split())
_REACHED = frozenset("noun unknown number classifier colour adjective mark 在".split())
_DOERS = frozenset("noun unknown place skip and verb where".split())
_DONE_BEHIND = frozenset("where verb skip".split())
_DESCRIBES = re.compile(r"[a-z-]{3,}(?:ing|ed|y|ful|ish)")


def latin_in_context(word: Word, before: Word, after: Word) -> Word | None:
    """The word in another kind, where its neighbours call for that."""
    text = word.text
    if not text.isascii() or not text[:1].isalpha():
        return None
    if word.kind == "verb" and (is_name(before.text) or before.kind == "classifier") and after.kind == "where":
        return Word(text, "noun", text)  # 'Shibuya crossing上'
    first, _, rest = text.partition(" ")
    done = VERB_FORMS.get(first, "")
    if done and word.kind in {"noun", "unknown"} and _is_done(word, before, after):
        return Word(text, "verb", f"{done} {rest}".strip())
    alone = before.kind in {"mark", "skip"} and after.kind == "mark"
    if word.kind == "unknown" and alone and _DESCRIBES.fullmatch(text):
        return Word(text, "adjective", text)
    return None


def _is_done(word: Word, before: Word, after: Word) -> bool:
    if before.text in _DOING:
        return after.kind in _REACHED and (before.text != "在" or after.kind != "where")
    if word.kind != "unknown" or before.kind not in _DOERS or after.kind not in _REACHED:
        return False
    return after.kind != "mark" or before.kind in _DONE_BEHIND
