"""What a Chinese word means between its neighbours: 盒 is a box in 针线盒, and a measure word in 一盒糖."""

from bot.director.latin_context_zh import latin_in_context
from bot.director.lexicon import ANIMALS, PEOPLE
from bot.director.lexicon_broad_zh import OCCASIONS
from bot.director.lexicon_heads_zh import COLLECTIVES, HEADS
from bot.director.lexicon_zh import INTO, LOCATIONS, MEASURES, OF_A_BODY
from bot.director.word_zh import Word
from bot.grammar import plural

# A measure word such as 壶 or 篮 that no number stands before, and that measures nothing, is the thing itself.
_BEFORE_HOLDER = frozenset("colour adjective 的 verb and classifier".split())
_COUNTED = frozenset("noun unknown colour adjective classifier place".split())
_REACHED = frozenset("noun place unknown number".split())
_DOERS = frozenset("noun place unknown".split())
# What a noun may still become part of with the character behind it, and what shows that the compound ends there.
_MODIFIES = frozenset("noun place".split())
_AFTER_HEAD = frozenset("mark where 的 skip 在 verb and is this".split())
_NO_HEADS = frozenset("noun place body unknown colour number vague and not verb skip where".split())
_VERBS_TOO = frozenset("摊 架 铺 锯".split())
_ALONE = frozenset("mark skip picture 的 time unknown noun".split())
_NAMED = frozenset("noun unknown".split())
_CARTED = frozenset("药 餐 货 菜 书 煤 粮 柴 水 冰 糖 花 饭".split())
_SUBSTANCES = {"玻璃": "glass", "木头": "wood", "石头": "stone", "金属": "metal", "塑料": "plastic", "砖": "brick"}


_NOTHING = Word("", "mark")


def in_context(said: list[Word]) -> list[Word]:
    """The words, read as their neighbours call for: small words and verbs first, since they show where nouns end."""
    for rules in ((_occasion, _small_word, _verb, _place, latin_in_context), (_noun,)):
        around = zip([_NOTHING, *said], said, [*said[1:], _NOTHING], strict=False)
        said = [
            next(filter(None, (rule(word, before, after) for rule in rules)), word) for before, word, after in around
        ]
    return said


def _small_word(word: Word, before: Word, after: Word) -> Word | None:
    """A 得 or 地 between what describes and a noun was meant as 的; 把 behind who does something counts nothing."""
    if word.text in {"点", "一点", "些"} and before.kind == "adjective" and after.kind in {"的", "mark", "skip"}:
        return Word(word.text, "skip")
    if word.text == "把" and word.kind == "classifier" and before.kind in _DOERS and after.kind not in {"mark", "的"}:
        return Word("把", "skip")
    if word.text in MEASURES and word.kind == "noun" and before.kind == "verb" and after.kind in _NAMED:
        return Word(word.text, "classifier")  # '放杯茶'
    if word.kind == "classifier" and before.text in {"每", "各"} and after.kind not in {"noun", "unknown"}:
        return Word(word.text, "skip")
    if word.text == "光" and before.kind == "colour":
        return Word(word.text, "skip")
    described = before.kind in {"colour", "adjective", "noun", "quote"}
    if word.text in {"得", "地"} and described and after.kind in {"noun", "colour", "unknown"}:
        return Word("的", "的", "的")
    return None


def _occasion(word: Word, before: Word, after: Word) -> Word | None:
    """'婚礼请柬' and '年会海报，' are made for an occasion, '在婚礼上' is set there."""
    alone = before.kind in _ALONE and not before.text.endswith("的")
    ends = after.kind in {"noun", "picture", "unknown", "mark", "skip"}
    return Word(word.text, "skip") if word.text.casefold() in OCCASIONS and alone and ends else None


def _verb(word: Word, before: Word, after: Word) -> Word | None:
    if word.text == "顶" and after.text in {"在", "着"} and before.kind not in {"number", "vague"}:
        return Word(word.text, "verb", "balancing")
    if word.text == "用" and before.kind in _DOERS and after.kind in _NAMED:
        return Word(word.text, "verb", "")
    if word.text == "种" and before.kind in {"where", "在", "noun", "place"} and after.kind in {"noun", "number"}:
        return Word(word.text, "verb", "planting")
    if word.text in INTO and before.kind == "verb" and after.kind in _REACHED:
        return Word(word.text, "into", INTO[word.text])
    return None


def _place(word: Word, before: Word, after: Word) -> Word | None:
    free = after.kind in {"mark", "verb", "skip"}
    if word.text in OF_A_BODY and word.kind != "where" and before.kind == "在" and free:
        return Word(word.text, "where", LOCATIONS.get(word.text, "on"))
    alive = before.value.rpartition(" ")[2] in ANIMALS | PEOPLE
    if word.text == "地上" and word.kind == "skip" and before.kind in _MODIFIES and not alive:
        return Word(word.text, "place", "floor")
    return None


def _noun(word: Word, before: Word, after: Word) -> Word | None:
    """A measure word, an adjective or a verb in the place of a noun."""
    if word.text == "洞" and before.kind == "classifier":
        return Word(word.text, "noun", "hole")
    if word.text == "师傅" and after.kind in {"在", "verb"}:
        return Word(word.text, "noun", "worker")
    if word.text == "车" and word.kind == "noun" and before.text in _CARTED:
        return Word(word.text, "noun", "cart")
    if word.text in _SUBSTANCES and before.kind == "verb" and after.kind == "mark":
        return Word(word.text, "noun", _SUBSTANCES[word.text])
    alive = before.value.rpartition(" ")[2] in ANIMALS
    if word.text == "角" and before.kind in _MODIFIES and not alive and after.kind in {"的", "where", "mark"}:
        return Word(word.text, "place", "corner")
    ends = before.kind in _MODIFIES and after.kind in _AFTER_HEAD and before.value[:1].islower()
    if ends and word.text in COLLECTIVES and before.kind == "noun" and after.kind not in {"verb", "在"}:
        return Word(word.text, "heap", f"{COLLECTIVES[word.text]} {plural(before.value)}".strip())
    if ends and word.text in HEADS and (word.kind not in _NO_HEADS or (word.text in _VERBS_TOO and after.kind != "在")):
        return Word(word.text, *HEADS[word.text])
    if word.text in MEASURES and before.kind in _BEFORE_HOLDER and after.kind not in _COUNTED:
        return Word(word.text, "noun", MEASURES[word.text])
    return None
