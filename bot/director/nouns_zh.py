"""Chinese nouns: with a number and measure word before them, a location word after them, or on their own."""

from bot.director.clause_zh import Waiting
from bot.director.draft import Thing
from bot.director.lexicon_kinds_zh import KINDS
from bot.director.placing_zh import Placing
from bot.director.word_zh import Word

ON_TOP = "on top"
_SHORTEST_BRAND = 2
_FORMATS = frozenset({"icon", "logo", "poster", "banner", "sign"})
KIN = frozenset(
    "grandfather grandmother father mother boy girl man woman king queen prince princess bride groom cat dog".split()
)


def _is_name(word: Word) -> bool:
    """Whether this is a proper name that only the dictionary knows, so that it is kept as it is written, too."""
    return word.value[:1].isupper() and not word.text.isascii() and word.text not in KINDS and word.kind != "unknown"


class Nouns(Placing):
    """Reads nouns and numbers; what they mean depends on what the clause has said so far."""

    def _noun(self) -> None:
        if self._is_dress() or self._is_owner() or self._is_look():
            return
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
        elif is_place and (self._sets_place(where) or self._stands_apart() or self._lies_beside(where)):
            self._take_place(name)
        elif where:
            self._locate(name, where)
        else:
            self._name(name)

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
        if not self.excluding:
            self.draft.names += [word.text for word in run if _is_name(word) and word.text not in self.draft.names]
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
            if self._is_breed(name):
                return
            existing = self.draft.find(name) if self._word(-2).kind not in {"and", "colour", "adjective"} else None
            if existing and self.waiting.side and existing.side not in {"", self.waiting.side}:
                existing = None  # '右边的猫…，左边的猫…'
            thing = existing or self.draft.add(Thing(name))
        thing.plural = thing.plural or self._is_many(thing)
        self._dress(thing)
        self._tie(thing)

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
        if self.link and self.actor is not None and self.actor is not thing and not self._owns_next(thing):
            if self.link == ON_TOP:
                self.draft.relate(thing, "on", self.actor)
            else:
                for one in [*self.helpers, self.actor]:
                    self.draft.relate(one, self.link, thing)
                self.shared = (self.actor, self.link)
            self.link, self.helpers = "", []
            if self.actor.name and self._word().kind == "mark":
                thing = self.actor
        elif self.last and self.last is not thing and self._is_put_on(thing):
            self.draft.relate(self.last, "wearing", thing)
            thing = self.last
        self.last = thing

    def _owns_next(self, thing: Thing) -> bool:
        """'偷走游客的三明治': what is done is done to the sandwich."""
        owned = self._word().kind == "的" and self._word(1).kind in {"noun", "unknown", "colour", "adjective"}
        return owned and not self.open and bool(thing.name)

    def _unknown(self) -> None:
        """An unknown word is a noun after a measure word or in 在 … 里, and stays as it is written."""
        text = self._word().text
        following = self._word(1)
        if self._is_look():
            return
        if self.excluding:
            self.draft.exclude(text)
        elif following.kind == "的" and (self._word(2).kind == "picture" or self._is_told_of_next(text)):
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
            and (not text.isascii() or (self._word(-1).kind == "mark" and following.kind == "verb"))
        ) or (
            (self.open and (not self.open[-1].relative or self.open[-1].ready))
            or (self.located and following.kind == "where")
            or (text.isascii() and (self.actor or self.link))
        ):
            self._noun()

    def _is_told_of_next(self, text: str) -> bool:
        """'两个考研的学生': what nobody can translate, of somebody who is named next."""
        return not text.isascii() and bool(self.open) and self._word(2).kind == "noun"

    def _begins_clause(self) -> bool:
        """Whether nothing but a wish stands before this word, so that with a verb after it, it does something."""
        return self._word(-1).kind in {"mark", "skip", "picture", "and", "的"} and not self.open

    def _attach(self, text: str) -> None:
        if self.open and (not self.open[-1].relative or self.open[-1].ready):
            self.open[-1].thing.describe(text)
        else:
            self.waiting.attributes.append(text)
