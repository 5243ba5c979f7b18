"""Chinese words that speak again, in one character, of what was named in full: 台灯亮着，灯下; 木桶，桶里."""

from bot.director.lexicon import ANIMALS, PEOPLE
from bot.director.lexicon_zh import BEARING
from bot.director.word_zh import Word

_MAKES = frozenset("织 做 画 写 送 买 拍 烤 包 养 种 给 缝 编 绣 剪 煮".split())
_ROLES, _ENDS = frozenset("主员师匠长手客商贩判警兵"), frozenset("头尾顶沿檐梢")
_NAMES = frozenset("noun place unknown classifier body".split())


def echoed(said: list[Word]) -> list[Word]:
    """The words with each single character before a location, or before 都, read as the noun before that ends in it."""
    result: list[Word] = []
    for at, word in enumerate(said):
        after = said[at + 1] if at + 1 < len(said) else Word("", "mark")
        before = result[-1] if result else Word("", "mark")
        result.append(_named_before(word, before, after, result) or word)
    return result


def _named_before(word: Word, before: Word, after: Word, earlier: list[Word]) -> Word | None:
    if len(word.text) != 1 or word.kind not in _NAMES or before.kind not in {"mark", "skip", "在"}:
        return None
    if after.kind != "where" and after.text not in BEARING:
        return None
    named = (
        one
        for one in reversed(earlier)
        if one.kind == "noun" and len(one.text) > 1 and one.text.removesuffix("子")[-1:] == word.text
    )
    return next(named, None)


def named_once(said: list[Word]) -> list[Word]:
    """'摊主是老爷爷' is one person, and '奶奶织的毛衣' shows the sweater and nobody knitting."""
    result: list[Word] = []
    at = 0
    while at < len(said):
        ahead = [said[at + step] if at + step < len(said) else Word("", "mark") for step in range(5)]
        before = result[-1] if result else Word("", "mark")
        starts = before.kind in {"mark", "skip", "picture"} and is_person(ahead[0])
        if starts and ahead[1].text == "是" and is_person(ahead[2]) and ahead[3].kind == "mark":
            at += 2
        elif starts and (animal := _animal_behind(said, at)):
            result += [*said[at + 2 : animal], Word(said[animal].text, "noun", _in_role(ahead[0], said[animal]))]
            at = animal + 1
        elif starts and ahead[1].text.rstrip("了") in _MAKES and ahead[2].kind == "的" and _is_thing(ahead[3]):
            at += 3
        else:
            result.append(ahead[0])
            at += 1
    return result


def at_the_end(said: list[Word]) -> list[Word]:
    """'在船头煮茶' is on the bow, though nobody says 上."""
    result: list[Word] = []
    for at, word in enumerate(said):
        before = result[-1].kind if result else ""
        after = said[at + 1].kind if at + 1 < len(said) else "mark"
        result.append(word)
        ends = word.kind == "noun" and len(word.text) > 1 and word.text[-1] in _ENDS
        if ends and before == "在" and after in {"verb", "mark"}:
            result.append(Word("上", "where", "on"))
    return result


def _animal_behind(said: list[Word], start: int) -> int:
    """Where the animal stands that plays the part before 是, as in '收银员是只猫'; 0 where none does."""
    if start + 1 >= len(said) or said[start + 1].text != "是":
        return 0
    at = start + 2
    while at < len(said) and said[at].kind in {"number", "classifier", "colour", "adjective", "的"}:
        at += 1
    return at if at < len(said) and said[at].value.rpartition(" ")[2] in ANIMALS else 0


def _in_role(role: Word, animal: Word) -> str:
    return animal.value if role.value == "mascot" else f"{role.value} {animal.value}"


def is_person(word: Word) -> bool:
    """Whether a noun names somebody, by its English or by how its Chinese ends: 裁判, 摊主."""
    known = word.value.rpartition(" ")[2] in PEOPLE or (len(word.text) > 1 and word.text[-1] in _ROLES)
    return word.kind == "noun" and known


def _is_thing(word: Word) -> bool:
    return word.kind in {"noun", "adjective", "colour"} and word.value.rpartition(" ")[2] not in PEOPLE | ANIMALS
