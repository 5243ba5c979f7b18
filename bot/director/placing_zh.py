"""Where Chinese things are: places of the whole picture, and things that stand on, in or beside each other."""

from bot.director.asides_zh import Asides
from bot.director.draft import Thing
from bot.director.lexicon import VEHICLES

_UPRIGHT = frozenset("wall tree fence door pillar window railing post gate pole".split())
_BECOMES = frozenset("改成 换成 变成 改为 换为 变为".split())


class Placing(Asides):
    """Reads a noun with a location word behind it."""

    def _location(self) -> str:
        """The location word after this noun, taken; an empty string where there is none."""
        skip = 1 if self._word().kind == "的" and self._word(1).kind == "where" else 0
        word = self._word(skip)
        if word.kind != "where":
            return ""
        self.index += skip + 1
        return word.value

    def _sets_place(self, where: str) -> bool:
        counted = bool(self.open) and self.open[-1].counted and not self.open[-1].relative
        if where in {"above", "below", "behind", "in front of", "left of", "right of", "between"}:
            return False
        if self.link or (self.open and self.open[-1].ready and not where):
            return False
        if self._word(-2).text == "有" and not where and not self.located:
            return False
        if self._word(-2).text in _BECOMES and not self.open:
            return True
        passed = self._before_is_verb() and self.last is not None
        return (
            bool(where)
            or (passed and not counted)
            or (self.located and not counted)
            or (self._word().kind == "的" and not counted)
            or (self._word().kind in {"verb", "this"} and not counted)
        )

    def _lies_beside(self, where: str) -> bool:
        """'地铁站右侧有个摊': beside a place is still there."""
        return where in {"left of", "right of"} and not self.open and not self.link

    def _stands_apart(self) -> bool:
        """Whether a place is all that stands between two marks, or comes right before what is counted there."""
        if self.open or self.link or self.excluding:
            return False
        first = self.index - 1
        while self._word(first - self.index).kind in {
            "time",
            "weather",
            "place",
            "adjective",
            "的",
            "colour",
            "unknown",
            "noun",
        }:
            first -= 1
        before, after = self._word(first - self.index), self._word()
        others = any(
            word.kind in {"number", "noun", "verb", "adjective"}
            for word in [*self.words[: max(0, first)], *self.words[self.index :]]
        )
        starts = before.kind in {"mark", "skip", "time", "weather"}
        return (
            starts
            and others
            and (after.kind in {"number", "vague"} or (after.kind == "mark" and before.kind == "mark"))
        )

    def _take_place(self, name: str) -> None:
        if self.open and not self.open[-1].relative and not self.open[-1].counted and not self.open[-1].thing.name:
            frame = self.open.pop()
            self.waiting.attributes += frame.thing.attributes
        if not self.draft.place:
            self.draft.place = " ".join([*self.waiting.attributes, *self.waiting.colours, name])
        self.waiting.attributes, self.waiting.colours = [], []
        self.located = False
        if self._word().kind == "的" and not (self.open and self.open[-1].relative):
            self.index += 1

    def _locate(self, name: str, where: str) -> None:
        """'在X上' says where the thing before it is; 'X上有' where the thing after it is."""
        holder = self.actor if self.located or self._before_is_verb() else None
        holder = None if holder is not None and not holder.name and not self.open else holder
        other = self._place_like(name, where)
        self.located = False
        if self.leaving and holder is not None:  # '从烤箱里端出面包'
            self.leaving, self.last, other = False, holder, None
        if other is None:
            return
        if holder is not None and where != "between":
            self._locate_others(holder, where, other)
        targets = [*self.joined, other] if where == "between" else [other]
        kind = "next to" if where == "between" else where
        for target in targets:
            if holder is not None and holder is not target:
                self.draft.relate(holder, self._leaning(target) or kind, target)
            else:
                self.waiting.relations.append((kind, target))
        self.joined = []
        self.bearer = (where, other) if holder is None else self.bearer
        if holder is not None and holder.name:
            self.last = holder
            self.draft.focus = holder
        if self._word().kind == "的" and holder is None:
            self.index += 1

    def _leaning(self, other: Thing) -> str:
        """'靠在墙上' is not on the wall."""
        upright = other.name.rpartition(" ")[2] in _UPRIGHT
        leans = any(word.value.startswith("leaning") for word in self.words[max(0, self.index - 6) : self.index])
        return "leaning on" if upright and leans else ""

    def _locate_others(self, holder: Thing, where: str, other: Thing) -> None:
        """'都在桌上' and '帽子和围巾挂在衣架上' locate more than the thing named last."""
        others = list(self.together) if self.together and self._is_joined(holder) else []
        if self.all:
            others += [one for one in self.draft.things if one.name and not self._is_bearer(one)]
        for thing in others:
            if thing not in (holder, other):
                self.draft.relate(thing, where, other)

    def _is_joined(self, holder: Thing) -> bool:
        """Whether this is the last of several that 和 joined, so that what is said of it is said of all."""
        return all(one in self.draft.things for one in self.together) and holder not in self.together

    def _is_bearer(self, thing: Thing) -> bool:
        return any(thing is relation[2] for relation in self.draft.relations)

    def _place_like(self, name: str, where: str) -> Thing | None:
        """The thing of a location; a place that is not known, as in '在皮皮镇里', is kept as the place."""
        if where == "inside" and not name.isascii() and self.located:
            self.draft.place = self.draft.place or name
            return None
        frame = self.open.pop() if self.open and not self.open[-1].relative else None
        found = None if frame else self.draft.find(name) or self._vehicle(name)
        thing = found or self.draft.add(frame.thing if frame else Thing(name))
        thing.name = thing.name or name
        self._dress(thing)
        return thing

    def _vehicle(self, name: str) -> Thing | None:
        """'公交车…，车上' speaks of the bus."""
        same = [thing for thing in self.draft.things if thing.name.split()[-1] in VEHICLES]
        return same[-1] if name == "car" and same else None
