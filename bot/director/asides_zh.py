"""Chinese nouns that name no thing of their own: what somebody wears, whose it is, what is said of the last thing."""

from bot.director.clause_zh import Clause
from bot.director.draft import Thing
from bot.director.lexicon import ANIMALS, MASS, PEOPLE

_OWNERS = frozenset("grandmother grandfather mother father friend colleague boss teacher uncle aunt".split())
_LOOKS = frozenset("风格 风 画风 效果 质感 画法".split())
_DRESS = {"衣": "{} clothes", "裙": "a {} dress", "袍": "a {} robe", "衫": "a {} shirt", "甲": "{} armour"}


class Asides(Clause):
    """Tells nouns that describe from nouns that name."""

    def _is_dress(self) -> bool:
        """'白衣女子' is a woman in white, and not a white woman."""
        word, after = self._word(), self._word(1)
        ready = self.open[-1].thing if self.open and self._applies_to_open() else None
        colour = self.waiting.colours[-1] if self.waiting.colours else ready.colour if ready else ""
        dressed = word.text in _DRESS and colour and after.value.rpartition(" ")[2] in PEOPLE
        if dressed:
            self.waiting.attributes.append(f"in {_DRESS[word.text].format(colour)}")
            if self.waiting.colours:
                self.waiting.colours.pop()
            elif ready:
                ready.colour = ""
            self.index += 1
        return bool(dressed)

    def _is_owner(self) -> bool:
        """'外婆的针线盒' shows the box: whose it is stands in no picture."""
        ahead = [self._word(at) for at in range(4)]
        thing = next((word for word in ahead[2:] if word.kind not in {"colour", "adjective", "classifier"}), ahead[0])
        owned = (
            ahead[0].value in _OWNERS
            and ahead[1].kind == "的"
            and thing.kind == "noun"
            and thing.value.rpartition(" ")[2] not in ANIMALS | PEOPLE
            and self._word(-1).kind in {"mark", "skip", "picture"}
            and not self.open
        )
        if owned:
            self.index += 2
        return owned

    def _is_look(self) -> bool:
        """'孔版效果' and 'Y2K风' say how the picture is made, whatever they name elsewhere."""
        free = not (self.open or self.link or self.located or self.excluding)
        if not free or self._word(1).text not in _LOOKS or self._word(1).kind != "picture":
            return False
        self.draft.style = self._word().value or self._word().text
        self.index += 2
        return True

    def _is_aside(self, name: str) -> bool:
        """'年会用' says what for, '大字写“…”' are the words themselves, and '海报，' carries the rest."""
        after = self._word()
        if after.text == "用":
            return self._word(1).kind in {"mark", "的", "picture"}
        if name == "text":
            return after.kind == "quote" or after.text.startswith(("写", "印", "刻"))
        first = not self.draft.things and after.text in {"，", ",", "："} and not self.waiting.relations
        more = any(word.kind == "noun" for word in self.words[self.index :])
        return name == "poster" and first and more

    def _is_breed(self, name: str) -> bool:
        """'猫咪丢了，三花，': which kind of cat the last one is."""
        alone = self._word(-2).kind == "mark" and self._word().kind == "mark"
        if alone and self.last and name.endswith(f" {self.last.name}"):
            self.last.name = name
            return True
        return False

    def _is_many(self, thing: Thing) -> bool:
        """'孩子们' and '挂满灯笼' are many, though nobody counts them."""
        filled = self._word(-2).kind == "verb" and "满" in self._word(-2).text and thing.name.split()[-1] not in MASS
        return thing.count is None and (self._word(-1).text.endswith("们") or filled)

    def _done_to(self) -> bool:
        """Whether what was just named is what somebody still to be named does something to: '一条喷火的龙'."""
        return (
            self._word(-2).kind in {"unknown", "verb"}
            and self._word().kind == "的"
            and self._word(1).kind in {"noun", "unknown", "adjective", "colour"}
        )

    def _describes_next(self) -> bool:
        """Whether this noun and its verb describe the next one: '一个指示灯闪烁的路由器'."""
        kinds = [self._word(ahead).kind for ahead in range(3)]
        return kinds in (["verb", "的", "noun"], ["adjective", "的", "noun"])
