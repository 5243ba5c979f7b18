"""Names in Chinese wishes: quoted behind whoever has one, and spoken of again without the thing."""

from bot.director.echoes_zh import is_person
from bot.director.lexicon import ANIMALS, PEOPLE
from bot.director.verbs_zh import Verbs

_WRITES = ("写", "印", "刻", "标", "题", "绣", "贴", "涂", "说", "念", "喊")
_AS = frozenset("当 扮 扮成 扮演 打扮成 装扮成 假扮".split())
_HAVING = frozenset("holding wearing carrying".split())
_LETTERS = frozenset("字 字样 的".split())


class Names(Verbs):
    """Tells names from things and from words to be written."""

    def _quote(self) -> None:
        """'橘猫“汤圆”' is called so; what is written stands behind a verb or behind what bears it."""
        alive = self.last is not None and self.last.name.rpartition(" ")[2] in ANIMALS | PEOPLE
        if not alive or self._word(-1).kind != "noun" or self._word(1).text in _LETTERS:
            return
        at = self.index - 1
        while at >= 0 and self.words[at].kind != "mark":
            if self.words[at].text.startswith(_WRITES):
                return
            at -= 1
        self.called.append(int(self._word().text[1:-1]) - 1)

    def _both(self) -> None:
        """'画它俩抢…': the two who were named last do it together."""
        alive = [one for one in self.draft.things if one.name.rpartition(" ")[2] in ANIMALS | PEOPLE]
        if len(alive) > 1 and not self.open:
            self.together, self.last, self.actor = alive[-2:-1], alive[-1], alive[-1]

    def _take_names(self) -> None:
        """Move quoted names from the words to be written to the names."""
        for at in sorted({one for one in self.called if one < len(self.draft.texts)}, reverse=True):
            self.draft.names.append(self.draft.texts.pop(at))

    def _noun(self) -> None:
        if not self._is_named_before() and not self._is_role():
            super()._noun()

    def _is_role(self) -> bool:
        """'蚂蚱当裁判' is a grasshopper that plays the part of a referee."""
        plays = self._word(-1).text in _AS and is_person(self._word())
        if not plays or self.last is None or self.open:
            return False
        self.last.name = f"{self._word().value} {self.last.name}"
        self.index += 1
        return True

    def _hold_what_was_named(self) -> None:
        """'一件T恤，一个人穿着': what somebody holds or wears without a word for it was named before."""
        doer, done = self.actor, self.link
        if done not in _HAVING or self._word(-1).kind != "verb" or doer not in self.draft.things or doer is None:
            return
        before = self.draft.things[: self.draft.things.index(doer)]
        had = [one for one in before if one.name and one.name.rpartition(" ")[2] not in ANIMALS | PEOPLE]
        if had:
            self.draft.relate(doer, done, had[-1])

    def _is_named_before(self) -> bool:
        """'gecko叫Kevin，…，Kevin的…' speaks of whoever was given that name."""
        text = self._word().text
        given = text in self.draft.names and self.draft.things and not self.open
        if not given or any(text in one.name.split() for one in self.draft.things):
            return False
        self.index += 2 if self._word(1).kind == "的" else 1
        self.last = self.actor = self.draft.main()
        return True
