"""Where a Chinese clause puts things without naming beside what: sides, somebody's body, and what was said before."""

from bot.director.draft import Thing
from bot.director.lexicon import ANIMALS, PEOPLE
from bot.director.lexicon_kinds_zh import ACTIONS
from bot.director.lexicon_zh import OF_A_BODY, PLACES
from bot.director.naming_zh import Names

_OPPOSITES = ({"in front of", "behind"}, {"left of", "right of"}, {"above", "below"}, {"on", "below"})
_HOLDING = frozenset("手里 手上 手中 怀里 嘴里".split())
_MANY = frozenset("people crowd family couple audience".split())
_HUNG = frozenset("挂 戴 系 围 别 套 缠 绑".split())
_HAS = frozenset("wearing holding carrying".split())


class Sides(Names):
    """Reads locations that stand alone, and parts of a body."""

    def _where(self) -> None:
        """A side without a thing: '左边是猫'; after 在 the thing before it stands there."""
        side = {"left of": "left", "right of": "right"}.get(self._word().value, "")
        if self._word().value == "between":
            return
        if self._word().value == "inside" and self._is_scene(self.last):
            return
        if not side:
            if self._word().text in OF_A_BODY and self._at_body():
                return
            if self.last and self._word(-1).kind in {"mark", "skip"} and not self.open:
                beside = self._across(self._word().value) or self._led(self.last)
                self.waiting.relations.append((self._word().value, beside))
            return
        if self._word(-1).kind == "mark" and not self.open and (other := self._across(self._word().value)):
            self.waiting.relations.append((self._word().value, other))
        elif self._word(-1).kind in {"在", "的"} and self.last and self.located and not self.open:
            self.last.side = side
        else:
            self._close_colours()
            self.waiting.side = side

    def _at_body(self) -> bool:
        """'把包顶在头上' and '身后是一只狗': on, behind or beside whoever was named last and has a body."""
        kind = self._word().value
        if self.taker and self.located and self.last and self.last is not self.taker:
            self.draft.relate(self.last, kind, self.taker)
            self.located = False
            return True
        living = [one for one in self.draft.things if one.name and one.name.split()[-1] in ANIMALS | PEOPLE]
        if not living or self.open or self._word(-1).kind not in {"mark", "skip"}:
            return False
        if self._word(1).kind == "verb" and self._word(1).text in ACTIONS:
            self.actor = self.last = living[-1]  # '怀里抱着一只猫'
            return True
        self.waiting.relations.append((kind, living[-1]))
        if not living[-1].plural and living[-1].name.split()[-1] not in _MANY:
            living[-1].count = living[-1].count or 1
        return True

    def _across(self, kind: str) -> Thing | None:
        """'教堂后面是雪山，前面是花' speaks of the church both times."""
        return self.bearer[1] if self.bearer and {self.bearer[0], kind} in _OPPOSITES else None

    def _led(self, thing: Thing) -> Thing:
        """'后面跟着一只狗' follows whoever leads; else it is beside the thing, or whoever wears that."""
        alive = [one for one in self.draft.things if one.name and one.name.split()[-1] in ANIMALS | PEOPLE]
        return alive[-1] if alive and self._word(1).text.startswith("跟") else self._wearer(thing)

    def _wearer(self, thing: Thing) -> Thing:
        """'和尚戴着耳机，旁边…' speaks of the monk, and not of what he wears."""
        has = (one for one, kind, other in self.draft.relations if other is thing and kind in _HAS)
        return next(has, thing) if thing.name.split()[-1] not in ANIMALS | PEOPLE else thing

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
            self._upon_body()
            return
        if not described and (self._word(1).kind in {"is", "colour", "adjective"} or self._word(1).text == "要"):
            ahead = next(
                (word for word in self.words[self.index + 1 : self.index + 4] if word.kind in {"colour", "adjective"}),
                None,
            )
            if ahead:
                said, described = f"{ahead.value} {said}", True
                self.index = self.words.index(ahead, self.index) + 1
        if self._is_in_hand() or (self._word(1).kind == "verb" and not described):
            return
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

    def _upon_body(self) -> None:
        """'脖子上挂个铃铛' is worn; else what lies on a body lies on whoever has it."""
        if self._word(2).text.rstrip("着了") in _HUNG and self.last and not self.open:
            self.actor, self.link = self.last, "wearing"
            self.index += 1
        self.index += 2
        self.located = False

    def _is_in_hand(self) -> bool:
        """'男孩手里的气球' is held."""
        holder = self.last if self._word().text in _HOLDING and self._word(1).kind == "的" else None
        if holder is None or self.open or holder.name.split()[-1] not in ANIMALS | PEOPLE:
            return False
        self.actor, self.link = holder, "holding"
        self.index += 2
        return True
