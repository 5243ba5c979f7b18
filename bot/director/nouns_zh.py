"""Chinese nouns: with a number and measure word before them, a location word after them, or on their own."""

from bot.director.clause_zh import Clause, Waiting
from bot.director.draft import Thing
from bot.director.lexicon import VEHICLES, WORN
from bot.director.word_zh import Word

_BECOMES = frozenset("改成 换成 变成 改为 换为 变为".split())
ON_TOP = "on top"
_SHORTEST_BRAND = 2
_FORMATS = frozenset({"icon", "logo", "poster", "banner", "sign"})
KIN = frozenset(
    "grandfather grandmother father mother boy girl man woman king queen prince princess bride groom cat dog".split()
)


class Nouns(Clause):
    """Reads nouns and numbers; what they mean depends on what the clause has said so far."""

    def _noun(self) -> None:
        name, is_place = self._compound()
        if self.excluding:
            self.draft.exclude(" ".join([*self.waiting.attributes, *self.waiting.colours, name]))
            self.waiting.attributes, self.waiting.colours = [], []
            return
        if self._is_aside(name):
            self.open, self.waiting = [], Waiting()
            return
        where = self._location()
        if where == "between" and is_place and not self.joined:
            where = "inside"
        if self.behind:
            self.behind = False
            self._take_place(name)
        elif is_place and self._word().kind == "weather" and name == "sky":
            self.open, self.waiting = [], Waiting()
        elif is_place and (self._sets_place(where) or self._stands_apart()):
            self._take_place(name)
        elif where:
            self._locate(name, where)
        else:
            self._name(name)

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

    def _compound(self) -> tuple[str, bool]:
        """Nouns that stand together are one name; the last says what it is."""
        run = [self._word()]
        self.index += 1
        while (
            self._word().kind in {"noun", "place", "unknown"}
            and not (run[-1].value in KIN and self._word().value in KIN)
            and not self._is_unknown_verb()
            and not self._is_of_another_script(run[-1])
            and not (run[-1].kind == "place" and self._word().kind == "noun" and self.located)
        ):
            run.append(self._word())
            self.index += 1
        if len(run) == 1:
            return run[0].value or run[0].text, run[0].kind == "place"
        if run[-1].kind == "unknown" or any(word.kind == "unknown" for word in run):
            return (" " if run[0].text.isascii() else "").join(word.text for word in run), False
        return " ".join(word.value for word in run), run[-1].kind == "place"

    def _is_of_another_script(self, before: Word) -> bool:
        """Whether an unknown word would be glued to one in the other script."""
        unknown = "unknown" in {before.kind, self._word().kind}
        return unknown and before.text.isascii() != self._word().text.isascii()

    def _is_unknown_verb(self) -> bool:
        """Whether an unknown word is something that is done: 在 or 着 follows."""
        return self._word().kind == "unknown" and (
            self._word(1).kind == "在" or self._word(1).text in {"着", "了", "过"}
        )

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
            or (self._word().kind == "verb" and not counted)
        )

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
        if other is None:
            return
        if holder is not None and self.all and where != "between":
            for thing in self.draft.things:
                if thing not in (holder, other) and thing.name and not self._is_bearer(thing):
                    self.draft.relate(thing, where, other)
        targets = [*self.joined, other] if where == "between" else [other]
        kind = "next to" if where == "between" else where
        for target in targets:
            if holder is not None and holder is not target:
                self.draft.relate(holder, kind, target)
            else:
                self.waiting.relations.append((kind, target))
        self.joined = []
        self.bearer = (where, other) if holder is None else self.bearer
        if holder is not None and holder.name:
            self.last = holder
            self.draft.focus = holder
        if self._word().kind == "的" and holder is None:
            self.index += 1

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

    def _name(self, name: str) -> None:
        """Name the thing that was waiting for its noun, or a new one, or speak again of one that is there."""
        if _FORMATS & set(name.split()) and self._word().text in {"：", ":"} and not self.draft.things:
            self.open, self.waiting = [], Waiting()
            return
        if self._describes_next() and self.open and not self.open[-1].relative:
            self.open[-1].relative = True
            self.waiting.attributes.append(self._word().value)
            self.index += 1
        if self._done_to() and self.open and not self.open[-1].relative:
            self.open[-1].relative = True
            self.open[-1].thing.attributes = [
                item for item in self.open[-1].thing.attributes if item != self._word(-2).text
            ]
        if self.open and (not self.open[-1].relative or self.open[-1].ready):
            frame = self.open.pop()
            thing = self.draft.add(frame.thing)
            thing.name = name
            if frame.tied:
                self.draft.relate(frame.tied[0], frame.tied[1], thing)
        else:
            existing = self.draft.find(name) if self._word(-2).kind not in {"and", "colour", "adjective"} else None
            thing = existing or self.draft.add(Thing(name))
        self._dress(thing)
        self._tie(thing)

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

    def _tie(self, thing: Thing) -> None:
        if self._is_inner():
            waiting, self.waiting.parts = Waiting(parts=self.waiting.parts), []
        else:
            waiting, self.waiting = self.waiting, Waiting()
        for part in waiting.parts:
            thing.describe(part)
        for kind, other in waiting.relations:
            self.draft.relate(thing, kind, other)
        if self._word().kind == "and":
            self.waiting.relations = waiting.relations
        thing.side = thing.side or waiting.side
        if self.link and self.actor is not None and self.actor is not thing:
            if self.link == ON_TOP:
                self.draft.relate(thing, "on", self.actor)
            elif self.link != "wearing" or thing.name.split()[-1] in WORN or not thing.name.isascii():
                self.draft.relate(self.actor, self.link, thing)
            self.link = ""
            if self.actor.name and self._word().kind == "mark":
                thing = self.actor
        elif self.last and self.last is not thing and self._is_put_on(thing):
            self.draft.relate(self.last, "wearing", thing)
            thing = self.last
        self.last = thing

    def _unknown(self) -> None:
        """An unknown word is a noun after a measure word or in 在 … 里, and stays as it is written."""
        text = self._word().text
        following = self._word(1)
        if following.kind == "picture" and following.text in {"风格", "风", "画风"}:
            self.draft.style = text
            self.index += 2
        elif self.excluding:
            self.draft.exclude(text)
        elif following.kind == "的" and self._word(2).kind == "picture":
            return
        elif text.endswith("牌") and len(text) > _SHORTEST_BRAND and following.kind == "noun":
            self.draft.names.append(text.removesuffix("牌"))
        elif following.kind == "noun" and (self.open or self.located):
            self._attach(text)
        elif text.isascii() and following.kind == "noun" and not following.text.isascii():
            self.waiting.attributes.append(text)
        elif (
            self._begins_clause()
            and (following.kind in {"在", "verb", "and"} or self._word(-1).kind == "and")
            and len(text) > 1
            and not text.isascii()
        ) or (
            (self.open and (not self.open[-1].relative or self.open[-1].ready))
            or (self.located and following.kind == "where")
            or (text.isascii() and (self.actor or self.link))
        ):
            self._noun()

    def _begins_clause(self) -> bool:
        """Whether nothing but a wish stands before this word, so that with a verb after it, it does something."""
        return self._word(-1).kind in {"mark", "skip", "picture", "and", "的"} and not self.open

    def _attach(self, text: str) -> None:
        if self.open and (not self.open[-1].relative or self.open[-1].ready):
            self.open[-1].thing.describe(text)
        else:
            self.waiting.attributes.append(text)
