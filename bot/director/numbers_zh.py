"""Reads Chinese numbers and measure words: how many, in what, and whether of pictures."""

from bot.director.clause_zh import Open
from bot.director.draft import Thing
from bot.director.lexicon import HOLDERS, MASS
from bot.director.lexicon_zh import BEARING, CLASSIFIERS, FLAT, LOOSE, MEASURES, NUMBERS, PAIRED
from bot.director.nouns_zh import Nouns
from bot.director.word_zh import Word
from bot.grammar import plural

_WISHING = frozenset("画 来 做 要 我要 想要 我想要 弄 整 搞 加 再 加上 添 给我 帮我 生成 设计 有 是 放 换成".split())
_OF_THEMSELVES = frozenset({"俩", "仨"})
_SAID = "zero one two three four five six seven eight nine ten".split()
_COUNTED = frozenset("noun adjective colour unknown verb place body shade".split())
_ON_STICKS = frozenset({"tanghulu", "skewer"})
_NO_PICTURE = frozenset("图 张 幅 副".split())


class Numbers(Nouns):
    """Opens a thing whose noun is still to come, with its count."""

    def _number(self) -> None:
        start = self.index
        if self._stories() or self._limbs():
            return
        number = self._numeral()
        number = self.each if number == 1 and self.each else number
        at = self.index - 1
        unit = self._unit(alone=self.words[start].text == "一")
        if unit is None:
            return
        if unit.text in {"种", "份", "款", "张", "幅", "组"} and self._is_picture_there():
            self.words[self.index] = Word(self._word().text, "noun", "painting")
        elif unit.text in {"种", "份", "款", "张", "幅", "组"} and self._is_picture(unit.text):
            if number and number > 1:
                self.draft.numbers["count"] = number
            return
        if unit.text in LOOSE or (unit.text in {"束", "堆", "串"} and number == 1 and self._next_noun() is None):
            number = None
        else:
            number = self._times(number, unit.text, half=self.words[start].text == "半")
        several = number is None and (self.words[at].kind == "vague" or unit.text in LOOSE)
        if unit.text == "片" and (head := self._next_noun()) and head.kind == "place":
            several = False  # '一片森林' is one
        vague = several and unit.text not in LOOSE
        self._put(Open(Thing("", number, plural=several), counted=number is not None or vague))
        if unit.text in MEASURES:
            self._measured(unit.text)

    def _unit(self, *, alone: bool) -> Word | None:
        """The measure word that stands here, taken, or what is counted without one; None where nothing is counted."""
        unit, after = self._word(), self._word(1)
        if unit.text[:-1] in MEASURES and unit.text.endswith("子") and after.kind in {"noun", "colour", "adjective"}:
            unit = Word(unit.text[:-1], "classifier")
            self.index += 1
        elif unit.kind == "classifier" or (unit.text in CLASSIFIERS and after.kind != "mark"):
            self.index += 1
        elif self._word(-1).text in _OF_THEMSELVES and unit.kind in _COUNTED:
            return unit
        elif unit.kind not in {"noun", "unknown", "adjective", "colour"} or alone:
            return None
        return unit

    def _stories(self) -> bool:
        """'红砖楼，三层' and '三层小楼': how high, and not how many."""
        number, unit, after = self._word(), self._word(1), self._word(2)
        if unit.text != "层" or number.text not in NUMBERS or NUMBERS[number.text] < 2 or after.text == "的":
            return False
        said = f"{_SAID[NUMBERS[number.text]]}-story" if NUMBERS[number.text] < len(_SAID) else ""
        if after.kind == "mark" and self.last and not self.open:
            self.last.describe(said)
        else:
            self.waiting.attributes.append(said.replace("story", "tier") if "cake" in after.value else said)
        self.index += 2
        return True

    def _limbs(self) -> bool:
        """'三只眼睛的怪物' has three eyes, and '一只手举着伞' is no hand in the picture."""
        number, limb, after = self._word(), self._word(2), self._word(3)
        alone = limb.kind == "body" and after.kind == "mark" and self.last is not None and not self.open
        if alone and NUMBERS.get(number.text, 0) in (1, 2) and self._word(1).kind == "classifier":
            self.index += 3  # '只露出两条腿'
            return True
        if (
            limb.kind != "body"
            or self._word(1).kind != "classifier"
            or (after.kind not in {"的", "verb", "在"} and after.text not in {"各", "每"})
        ):
            return False
        self.each = NUMBERS.get(number.text, 0) if self._word(3).text in {"各", "每"} else 0
        if after.kind == "的" and NUMBERS.get(number.text, 0) > 1:
            name = limb.value if limb.value.endswith("s") else plural(limb.value)
            self.waiting.parts.append(f"{_SAID[min(NUMBERS[number.text], 10)]} {name}")
        self.index += 3
        return True

    def _times(self, number: int | None, unit: str, *, half: bool) -> int | None:
        """How many things '两对' or '半打' are."""
        if unit == "打":
            return 6 if half else 12 * (number or 1)
        return number * 2 if unit in PAIRED and number and not self._is_pair() else number

    def _is_pair(self) -> bool:
        noun = self._next_noun()
        return noun is not None and noun.value in {"couple", "twins"}

    def _numeral(self) -> int | None:
        number: int | None = None
        while self._word().kind in {"number", "vague"}:
            word = self._word()
            value = NUMBERS.get(word.text) or int(word.value or 0)
            if word.kind == "vague":
                number = None
            elif number is None:
                number = value
            elif number < 10 and value == number + 1:
                number = None  # '两三只'
                self.words[self.index] = Word(word.text, "vague")
                self.index += 1
                break
            else:
                number = number + value if number == 10 else number * value
            self.index += 1
        return number

    def _is_picture_there(self) -> bool:
        """'墙上挂着一幅画' is a picture in the picture."""
        placed = bool(self.waiting.relations) or any(
            word.text in {"挂着", "贴着", "挂", "摆着", "放着"} for word in self.words[: self.index]
        )
        return placed and self._word().kind == "picture" and self._word(1).kind in {"mark", "的", "and"}

    def _is_picture(self, unit: str) -> bool:
        noun = self._head_noun()
        if noun is not None and any(word.text in BEARING for word in self.words[max(0, self.index - 3) : self.index]):
            return False
        return noun is None or not ((noun.value in FLAT) and unit in {"张", "幅", "副"})

    def _head_noun(self) -> Word | None:
        """The last of the nouns that come next and stand together: the poster in '一张wanted poster'."""
        noun = self._next_noun()
        at = self.words.index(noun, self.index) if noun is not None else len(self.words)
        while noun is not None and at + 1 < len(self.words) and self.words[at + 1].kind == "noun":
            at, noun = at + 1, self.words[at + 1]
        return noun

    def _measured(self, unit: str) -> None:
        """'一杯咖啡' is a cup of coffee."""
        if (head := self._next_noun()) and unit == "串" and head.value in _ON_STICKS:
            return
        at = self.index
        colours, attributes = [], []
        while self.words[at : at + 1] and self.words[at].kind in {"colour", "adjective", "的"}:
            if self.words[at].kind == "colour":
                colours.append(self.words[at].value)
            elif self.words[at].kind == "adjective":
                attributes.append(self.words[at].value)
            at += 1
        if not self.words[at : at + 1] or not self._is_content(self.words[at]):
            return
        noun = self.words[at].value or self.words[at].text
        while self.words[at + 1 : at + 2] and self.words[at + 1].kind == "noun":
            at += 1
            noun = f"{noun} {self.words[at].value}"
        inner = plural(noun) if unit in {"束", "堆", "串", "篮", "箱", "袋", "盘", "盒"} else noun
        self.index = at + 1
        self.open[-1].thing.paint(colours)
        for attribute in attributes:
            self.open[-1].thing.describe(attribute)
        holder = MEASURES[unit]
        if holder not in HOLDERS or noun.split()[-1] in MASS:
            self._name(f"{holder} of {inner}")
            return
        bearer = self.open[-1].thing
        content = self.draft.add(Thing(noun, None, self.open[-1].thing.colour, self.open[-1].thing.attributes))
        self.open[-1].thing.colour, self.open[-1].thing.attributes = "", []
        self._name(holder)
        self.draft.relate(content, HOLDERS[holder], bearer)

    def _is_content(self, word: Word) -> bool:
        """Whether a word names what is measured: a noun, or an English one that nobody knows."""
        return word.kind == "noun" or (word.kind == "unknown" and word.text.isascii())

    def _classifier(self) -> None:
        """'画个苹果', '有只猫' leave out that it is one; elsewhere it is the end of an unknown word, or nothing."""
        if self._word().text in _NO_PICTURE and self._word(1).kind != "noun":
            return
        before, after = self._word(-1), self._word(1).kind
        if (before.text in _WISHING or before.kind in {"verb", "is"} or before.kind == "在") and after in _COUNTED:
            self.index += 1
            self._put(Open(Thing("", 1)))
            if self._word(-1).text in MEASURES:
                self._measured(self._word(-1).text)
        elif self.open and not self.open[-1].relative:
            self._unknown()

    def _this(self) -> None:
        if self._word(1).kind == "classifier":
            self.index += 2
