"""What a Chinese picture is for, said before what it shows: '周报封面，' and '律所吉祥物：' are no things in it."""

from bot.director.lexicon import ANIMALS, PEOPLE
from bot.director.lexicon_zh import BEARING, MEASURES
from bot.director.word_zh import Word

_CARDS = frozenset({"card", "greeting card", "birthday card", "mascot", "poster", "banner", "logo", "icon"})
_KEPT = frozenset("style time weather quote brand".split())
_SAID = frozenset("noun unknown place body".split())
_SCENE = frozenset("number vague where background isnt not 在 quote".split())
_SMALL = frozenset("skip classifier 的".split())
_COLONS = frozenset("：:")
_LEAVES = frozenset("number vague quote isnt background not".split())
_SPEAKS_OF = frozenset("它 他 她 它们 他们 她们".split())
_ASKING = frozenset("求助 求图 求 要求 需求 内容 画面 主题".split())
_LOOKS = frozenset("colour adjective shade number vague style".split())
_DRAWS = frozenset("画 画个 来 整 弄 帮做 帮画 帮弄 帮我 做 设计 生成".split())
_MADE = frozenset("风格 风 画风 效果 质感".split())
_FARTHEST = 24


def without_purpose(said: list[Word]) -> list[Word]:
    """The words without first clauses that only say what the picture is for; how it looks is kept of them."""
    end = next((at for at, word in enumerate(said) if word.kind == "mark"), len(said))
    colon = next((at for at, word in enumerate(said[:_FARTHEST]) if word.text in _COLONS), None)
    if colon is not None and colon > end and _leads_up(said[:colon], said[colon + 1 :]):
        end = colon
    first, rest = said[:end], said[end + 1 :]
    if not any(word.kind in _SAID for word in first) or not any(word.kind in _SAID for word in rest):
        return said
    if not _is_purpose(first, rest, said[end]):
        return said
    return [word for word in first if word.kind in _KEPT] + rest


def _is_purpose(first: list[Word], rest: list[Word], mark: Word) -> bool:
    if mark.text in _COLONS and _leads_up(first, rest):
        return True
    spoken_of = any(word.text in _SPEAKS_OF for word in rest[:2])
    if spoken_of or _is_taken_up(first, rest) or _tells_scene(first):
        return False
    return _asks_first(first, rest) or _ends_with_colon(first, mark) or _is_format(first) or _is_owned(first)


def _leads_up(first: list[Word], rest: list[Word]) -> bool:
    """Whether all before a colon counts and quotes nothing, and is not spoken of after it: '我们做甜品的，求图：'."""
    if any(word.kind in _LEAVES for word in first) or (rest and rest[0].text in _SPEAKS_OF):
        return False
    return first[-1].kind in {"picture", "的", "verb"} or first[-1].text in _ASKING or len(_clauses(first)) > 1


def _clauses(said: list[Word]) -> list[int]:
    return [at for at, word in enumerate([*said, Word("，", "mark")]) if word.kind == "mark"]


def _is_taken_up(first: list[Word], rest: list[Word]) -> bool:
    """'柴犬头像，戴墨镜' goes on about whoever the first clause names."""
    alive = any(word.value.rpartition(" ")[2] in ANIMALS | PEOPLE for word in first if word.kind == "noun")
    after = next((word for word in rest if word.kind not in _SMALL), rest[0])
    return alive and after.kind in {"verb", "body", "adjective", "colour"}


def _is_owned(first: list[Word]) -> bool:
    """'物业的，' and '给宝宝房间挂的，' say whose it is or where it goes."""
    if first[-1].kind != "的" or len(first) < 2:
        return False
    return first[-2].kind not in _LOOKS and first[0].kind not in _LOOKS


def _asks_first(first: list[Word], rest: list[Word]) -> bool:
    """'门诊要个指示牌，画只小熊': who needs it, before what it shows; '新店开业，帮我画…' says why."""
    end = next((at for at, word in enumerate(rest) if word.kind == "mark"), len(rest))
    draws = rest[0].text in _DRAWS and any(_is_new(word) for word in rest[:end])
    asks = any(word.text in {"要", "需要", "想要", "缺"} for word in first)
    return draws and (asks or not any(word.kind in {"place", "adjective", "colour", "body"} for word in first))


def _is_new(word: Word) -> bool:
    return word.kind in _SAID and word.text not in MEASURES


def _ends_with_colon(first: list[Word], mark: Word) -> bool:
    return mark.text in _COLONS and first[-1].kind != "place" and not any(_is_happening(word) for word in first)


def _is_happening(word: Word) -> bool:
    return word.kind == "verb" and (word.text[-1] in "着了" or word.text in BEARING)


def _is_format(first: list[Word]) -> bool:
    """Whether what such pictures are made for ends the clause."""
    last = next((word for word in reversed(first) if word.kind not in _SMALL or word.text == "用"), None)
    if last is not None and last.text in _MADE:
        return False
    return last is not None and (last.kind == "picture" or last.text == "用" or last.value in _CARDS)


def _tells_scene(first: list[Word]) -> bool:
    """Whether the clause counts or places things, so that it is a part of the picture."""
    bears = any(word.text in BEARING for word in first) and not any(word.kind == "的" for word in first)
    return bears or any(word.kind in _SCENE - {"where"} for word in first)
