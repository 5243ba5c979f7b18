"""What a Chinese picture is for, said before what it shows: '周报封面，' and '律所吉祥物：' are no things in it."""

from bot.director.lexicon_zh import BEARING
from bot.director.word_zh import Word

_CARDS = frozenset({"card", "greeting card", "birthday card", "mascot", "poster", "banner", "logo", "icon"})
_KEPT = frozenset("style time weather quote brand".split())
_SAID = frozenset("noun unknown place body".split())
_SCENE = frozenset("number vague where background isnt not 在 quote".split())
_SMALL = frozenset("skip classifier 的".split())


def without_purpose(said: list[Word]) -> list[Word]:
    """The words without a first clause that only says what the picture is for; how it looks is kept of it."""
    end = next((at for at, word in enumerate(said) if word.kind == "mark"), len(said))
    first, rest = said[:end], said[end + 1 :]
    if not any(word.kind in _SAID for word in first) or not any(word.kind in _SAID for word in rest):
        return said
    if not (_asks_first(first, rest) or _ends_with_colon(first, said[end]) or _is_format(first)) or _tells_scene(first):
        return said
    return [word for word in first if word.kind in _KEPT] + rest


def _asks_first(first: list[Word], rest: list[Word]) -> bool:
    """'门诊要个指示牌，画只小熊': who needs it, before what it shows."""
    return any(word.text in {"要", "需要", "想要", "缺"} for word in first) and rest[0].text in {
        "画",
        "画个",
        "来",
        "整",
        "弄",
    }


def _ends_with_colon(first: list[Word], mark: Word) -> bool:
    return mark.text in {"：", ":"} and first[-1].kind != "place" and not any(word.kind == "verb" for word in first)


def _is_format(first: list[Word]) -> bool:
    """Whether what such pictures are made for ends the clause."""
    last = next((word for word in reversed(first) if word.kind not in _SMALL or word.text == "用"), None)
    return last is not None and (last.kind == "picture" or last.text == "用" or last.value in _CARDS)


def _tells_scene(first: list[Word]) -> bool:
    """Whether the clause counts or places things, so that it is a part of the picture."""
    bears = any(word.text in BEARING for word in first) and not any(word.kind == "的" for word in first)
    return bears or any(word.kind in _SCENE - {"where"} for word in first)
