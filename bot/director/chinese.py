"""Reads a Chinese wish into a draft: measure words, what stands before 的, and places with 在."""

from bot.director.draft import Draft, Thing
from bot.director.lexicon_courtesy import (
    ALL_BUT_ZH,
    FOR_READERS_ZH,
    FOR_WHOM_ZH,
    MOOD_ZH,
    NOBODY_ZH,
    ON_HEAD_ZH,
    SLIPS_ZH,
)
from bot.director.lexicon_zh import PLACES, PLAIN_VERBS
from bot.director.tokens_zh import words
from bot.director.verbs_zh import Verbs


def read_chinese(text: str, draft: Draft) -> Draft:
    """Add to the draft what a text in simplified characters says."""
    text = NOBODY_ZH.sub(r"没有\1", text)
    text = ON_HEAD_ZH.sub(lambda match: "顶着" + "一" * (match[1] in "个只"), text)
    text = ALL_BUT_ZH.sub(r"有\g<kept>，不要\g<rest>", text)
    text = FOR_WHOM_ZH.sub("", FOR_READERS_ZH.sub("", SLIPS_ZH.sub("画", text)))
    if not MOOD_ZH.search(text):
        _Reader(words(text), draft).run()
    return draft


_OPPOSITES = ({"in front of", "behind"}, {"left of", "right of"}, {"above", "below"}, {"on", "below"})
_FOR = frozenset("给 替 为 对 向 朝 帮".split())


class _Reader(Verbs):
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
            "classifier": self._classifier,
            "background": self._background,
            "all": self._all,
            "skip": self._skip,
            "brand": self._brand,
        }
        while self.index < len(self.words):
            before = self.index
            if method := methods.get(self._word().kind):
                method()
            if self.index == before:
                self.index += 1
        self._close()
        self.draft.settle_sides()

    def _mark(self) -> None:
        keeps = (
            self._word().text in {"，", ",", "、"}
            and self.open
            and self.open[-1].thing.attributes
            and not self._whole()
        )
        if not keeps:
            self._close()
        if self.actor in self.draft.things and self._word(1).kind in {"verb", "在"}:
            self.last = self.actor
        if self._word().text not in {"：", ":"}:
            self.excluding = self.excluding and self._word().text == "、"
        self.giver = None
        self.actor, self.located, self.link, self.joined = None, False, "", []

    def _and(self) -> None:
        if self.located and self.last:
            self.joined.append(self.last)
        if not self.excluding and not self.located:
            self.actor = None
        self.link = self.link if self.located else ""

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
        """'妈妈给女儿梳头': who does it was named before 给, and the next one has it done."""
        if self._word().text in _FOR and self.last and not self.open and self._word(1).kind not in {"mark", "verb"}:
            self.giver = self.last

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
        self.located = True
        if self.actor is None:
            self.actor = self.open[-1].thing if self.open else self._subject_before()
        if self.open and not self.open[-1].thing.name:
            self.open[-1].relative = True

    def _where(self) -> None:
        """A side without a thing: '左边是猫'; after 在 the thing before it stands there."""
        side = {"left of": "left", "right of": "right"}.get(self._word().value, "")
        if self._word().value == "between":
            return
        if self._word().value == "inside" and self._is_scene(self.last):
            return
        if not side:
            if self.last and self._word(-1).kind in {"mark", "skip"} and not self.open:
                self.waiting.relations.append((self._word().value, self._across(self._word().value) or self.last))
            return
        if self._word(-1).kind in {"在", "的"} and self.last and self.located and not self.open:
            self.last.side = side
        else:
            self._close_colours()
            self.waiting.side = side

    def _across(self, kind: str) -> Thing | None:
        """'教堂后面是雪山，前面是花' speaks of the church both times."""
        return self.bearer[1] if self.bearer and {self.bearer[0], kind} in _OPPOSITES else None

    def _is_scene(self, thing: Thing | None) -> bool:
        """'厨房，里面有一台冰箱' speaks of the kitchen as the place, which it now becomes."""
        if thing is None or self.open or thing.count or thing.name not in PLACES.values() or self.draft.place:
            return False
        self.draft.place = " ".join([*thing.attributes, thing.name])
        self.draft.drop(thing)
        self.last = None
        return True

    def _body(self) -> None:
        said = " ".join([*self.waiting.attributes, *self.waiting.colours, self._word().value])
        described = bool(self.waiting.attributes or self.waiting.colours) or self._word().value.count(" ") > 0
        if self._word(1).kind == "where" and not described:
            self.index += 2
            self.located = False
            return
        if not described and (self._word(1).kind in {"is", "colour", "adjective"} or self._word(1).text == "要"):
            ahead = next(
                (word for word in self.words[self.index + 1 : self.index + 4] if word.kind in {"colour", "adjective"}),
                None,
            )
            if ahead:
                said, described = f"{ahead.value} {said}", True
                self.index = self.words.index(ahead, self.index) + 1
        self.waiting.attributes, self.waiting.colours = [], []
        if self.excluding:
            self.draft.exclude(said)
        elif not described and said not in {"wings", "horns", "beard"}:
            return
        elif self.open:
            self.open[-1].thing.describe(said)
        elif self.last and self._word(1).kind != "的":
            self.last.describe(said)
        else:
            self.waiting.parts.append(said)

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
