"""Reads a Chinese wish into a draft: measure words, what stands before 的, and places with 在."""

from bot.director.clause_zh import Open
from bot.director.counts_zh import settle_counts
from bot.director.draft import Draft, Thing
from bot.director.lexicon_courtesy import MOOD_ZH
from bot.director.lexicon_zh import PLAIN_VERBS
from bot.director.purposes_zh import without_purpose
from bot.director.sides_zh import Sides
from bot.director.tokens_zh import words
from bot.director.wishes_zh import is_feeling, is_left_open, plainly


def read_chinese(text: str, draft: Draft) -> Draft:
    """Add to the draft what a text in simplified characters says."""
    if is_left_open(text):
        draft.texts = [said for said in draft.texts if not is_feeling(said)]
        return draft
    text = plainly(text)
    if not MOOD_ZH.search(text):
        _Reader(without_purpose(words(text)), draft).run()
    return draft


_TAKING = frozenset("把 将".split())
_OBJECT = frozenset("number vague classifier colour adjective shade 的 noun unknown and".split())
_FOR = frozenset("给 替 为 对 向 朝 帮".split())


class _Reader(Sides):
    """One pass over the words; each kind of word has its method."""

    def run(self) -> None:
        """Read to the end."""
        methods = {
            "mark": self._mark,
            "and": self._and,
            "not": self._not,
            "isnt": self._isnt,
            "number": self._number,
            "vague": self._number,
            "this": self._this,
            "的": self._of,
            "在": self._at,
            "where": self._where,
            "body": self._body,
            "verb": self._verb,
            "adjective": self._adjective,
            "shade": self._shade,
            "colour": self._colour,
            "style": self._style,
            "weather": self._weather,
            "time": self._time,
            "place": self._noun,
            "noun": self._noun,
            "unknown": self._unknown,
            "into": self._into,
            "classifier": self._classifier,
            "background": self._background,
            "all": self._all,
            "skip": self._skip,
            "brand": self._brand,
            "quote": self._quote,
            "both": self._both,
        }
        while self.index < len(self.words):
            before = self.index
            if method := methods.get(self._word().kind):
                method()
            if self.index == before:
                self.index += 1
        self._close()
        self._take_names()
        self.draft.settle_sides()
        settle_counts(self.draft)

    def _mark(self) -> None:
        keeps = (
            self._word().text in {"，", ",", "、"}
            and self.open
            and self.open[-1].thing.attributes
            and not self._whole()
        )
        if not keeps:
            self._close()
        self._hold_what_was_named()
        if self.actor in self.draft.things and self._word(1).kind in {"verb", "在"}:
            self.last = self.actor
        if self._word().text not in {"：", ":"}:
            self.excluding = self.excluding and self._word().text == "、"
        self.giver, self.taker, self.victim, self.each = None, None, None, 0
        self.together = self.together if self._word().text == "、" else []
        self.actor, self.located, self.link, self.joined = None, False, "", []
        self.shared = self.shared if self._word().text == "、" else None

    def _and(self) -> None:
        if self.located and self.last:
            self.joined.append(self.last)
        elif self._word().text in {"加", "加上"} and self._word(-1).kind in {"mark", "skip"}:
            self.together = []
        elif self.last and not self.excluding and not self.open and self.index:
            self.together = [*self.together, self.last]
        if not self.excluding and not self.located:
            self.actor = None
        self.link = self.link if self.located else ""
        if self.shared and not self.located and not self._goes_on():
            self.actor, self.link = self.shared
        self.shared = None

    def _goes_on(self) -> bool:
        """Whether what 和 joins does something of its own: '猫抱着鱼和狗追着球'."""
        at = 1
        while self._word(at).kind in _OBJECT:
            at += 1
        return self._word(at).kind in {"verb", "在", "is", "where"}

    def _not(self) -> None:
        if self._word(1).kind == "verb" and self._word(1).text not in PLAIN_VERBS:
            if not self._object_ahead(1):
                while self._word(1).kind not in {"mark", "noun", "的"}:
                    self.index += 1
                return
            self.index += 1
        self.excluding = True

    def _isnt(self) -> None:
        """'不是红色，是灰色' is an edit; the colour that is not wanted goes."""
        unwanted = self._word(1)
        self.index += 2
        if self._word().kind == "的":
            self.index += 1
        if unwanted.kind == "noun":
            self.draft.exclude(unwanted.value)
        if unwanted.kind == "colour":
            if self.last and self.last.colour == unwanted.value:
                self.last.colour = ""
            ahead = [word.kind for word in self.words[self.index : self.index + 4]]
            if "colour" not in ahead:
                self.draft.exclude(unwanted.value)

    def _skip(self) -> None:
        """'妈妈给女儿梳头': who does it was named before 给, and the next one has it done; 把 and 被 tell the same."""
        word, after = self._word().text, self._word(1).kind
        if word in {"各", "每", "各自"} and not self.each and self.last:
            self.each = self.last.count or 0  # '三只猫各戴一顶帽子'
        if word == "被" and self.open and not self.open[-1].thing.name:
            self.open[-1].relative, self.victim = True, self.open[-1].thing
        if self.last is None or self.open or after == "mark":
            return
        if word in _TAKING:
            self.taker = self.actor or self.last
        elif word == "被":
            self.victim = self.last
        elif word in _FOR and (after != "verb" or self._head_ahead()):
            self.giver = self.last
            if after == "verb":  # '给戴项链的女孩递花'
                self.open.append(Open(Thing(""), relative=True, counted=False))

    def _into(self) -> None:
        """'猫跳上桌子': where a verb of moving leads; a place is where it happens."""
        self.actor = self.actor or self.last
        self.link = self._word().value
        if self._word(1).kind == "place":
            self.located, self.link = True, ""

    def _all(self) -> None:
        """'都在桌上': what follows is of everything so far."""
        self.all = True

    def _brand(self) -> None:
        """'华为笔记本' is a laptop by a maker that has a name."""
        text = self._word().text
        if self.open and self._word(1).kind not in {"noun", "adjective", "colour", "place", "unknown"}:
            self.index += 1
            self._name(text)
        elif not self.excluding and text not in self.draft.names:
            self.draft.names.append(text)

    def _of(self) -> None:
        if self.open and self.open[-1].relative:
            self.open[-1].ready = True
            self.located, self.actor = False, None
        if (
            self.excluding
            and self._word(-1).kind != "colour"
            and self._word(1).kind in {"noun", "place", "colour", "adjective", "unknown"}
        ):
            self.excluding = False

    def _at(self) -> None:
        self.leaving = self._word().text == "从"
        self.located = True
        if self.actor is None:
            self.actor = self.open[-1].thing if self.open else self._subject_before()
        if self.open and not self.open[-1].thing.name:
            self.open[-1].relative = True

    def _shade(self) -> None:
        if self._word(1).kind == "colour":
            self.waiting.attributes.append(
                {"浅": "light", "淡": "light", "亮": "bright"}.get(self._word().text, "dark")
            )
        else:
            self._unknown()

    def _colour(self) -> None:
        if (
            self.excluding
            and self._word(1).kind != "noun"
            and not (self._word(1).kind == "的" and self._word(2).kind == "noun")
        ):
            self.draft.exclude(self._word().value)
        elif self._applies_to_open():
            thing = self.open[-1].thing
            thing.paint(
                [thing.colour, self._word().value]
                if thing.colour and thing.colour != self._word().value
                else [self._word().value]
            )
        else:
            self.waiting.colours.append(self._word().value)
