"""What is known in the middle of a Chinese clause: things without their noun yet, and nouns yet to come."""

from dataclasses import dataclass, field

from bot.director.draft import Draft, Thing
from bot.director.lexicon import ANIMALS, PEOPLE, WORN
from bot.director.word_zh import Word

_END = Word("", "mark")
_FARTHEST = 60


@dataclass(slots=True)
class Open:
    """A thing whose noun is still to come: 'one that wears a red hat' before the 'cat'.

    `tied` is who does what to it: it stands in '牵着穿蓝毛衣的小男孩' before its own clause.
    """

    thing: Thing
    relative: bool = False
    ready: bool = False
    counted: bool = True
    tied: tuple[Thing, str] | None = None


@dataclass(slots=True)
class Waiting:
    """What was said before the noun that it belongs to."""

    colours: list[str] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)
    relations: list[tuple[str, Thing]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    side: str = ""


class Clause:
    """The words, how far they are read, and what waits to be bound.

    `last` is the thing named last, `actor` the one that a verb or 在 speaks of, `located` whether 在 was said and its
    noun is still to come, `link` the relation that the next noun is the object of. `taker` is who does something to
    what stands behind 把, `victim` what it is done to before 被, `together` what 和 joined just before, `leaving`
    whether 从 was said, `each` how many have one each, `helpers` who does the same as the actor, `called` which of the
    quoted words are names, `shared` who did what last, which may be done to what 和 joins.
    """

    def __init__(self, said: list[Word], draft: Draft) -> None:
        self.words = said
        self.draft = draft
        self.index = 0
        self.open: list[Open] = []
        self.waiting = Waiting()
        self.last: Thing | None = draft.focus
        self.actor: Thing | None = None
        self.located = False
        self.excluding = False
        self.link = ""
        self.behind = False
        self.giver: Thing | None = None
        self.taker: Thing | None = None
        self.victim: Thing | None = None
        self.together: list[Thing] = []
        self.leaving = False
        self.each = 0
        self.bearer: tuple[str, Thing] | None = None
        self.joined: list[Thing] = []
        self.helpers: list[Thing] = []
        self.called: list[int] = []
        self.shared: tuple[Thing, str] | None = None
        self.all = False

    def _word(self, ahead: int = 0) -> Word:
        at = self.index + ahead
        return self.words[at] if 0 <= at < len(self.words) else _END

    def _whole(self) -> Thing | None:
        """What 'one black, one white' are some of: the last thing, where there are several."""
        return self.last if self.last and (self.last.count or 0) > 1 else None

    def _close(self) -> None:
        """Give what found no noun to the thing before it."""
        for frame in self.open:
            self._give_back(frame)
        self.open = []
        if self.last:
            self._share(self.last)
            self.last.paint(self.waiting.colours)
            for attribute in self.waiting.attributes + self.waiting.parts:
                self.last.describe(attribute)
            if self.waiting.side and not self.last.side:
                self.last.side = self.waiting.side
        self.waiting = Waiting()

    def _share(self, thing: Thing) -> None:
        """'三只猫，分别是黑色、白色和橘色': as many colours as there are things give each its own."""
        if thing.count and thing.count == len(set(self.waiting.colours)) > 1:
            first, *others = self.waiting.colours
            self.draft.things += [Thing(thing.name, 1, colour, list(thing.attributes)) for colour in others]
            thing.count, self.waiting.colours = 1, [first]

    def _give_back(self, frame: Open) -> None:
        nameless, whole = frame.thing, self._whole()
        if (
            whole
            and nameless.count
            and nameless.count < (whole.count or 0)
            and (nameless.colour or nameless.attributes)
        ):
            whole.count = (whole.count or 0) - nameless.count
            nameless.name = whole.name
            self.draft.things.append(nameless)
        elif self.last:
            target = self.last
            if nameless.colour:
                target.paint([nameless.colour])
            for attribute in nameless.attributes:
                target.describe(attribute)
            target.count = target.count or nameless.count
            self.draft.relations = [
                (target if one is nameless else one, kind, target if other is nameless else other)
                for one, kind, other in self.draft.relations
            ]
        else:
            self.draft.relations = [found for found in self.draft.relations if nameless not in (found[0], found[2])]

    def _close_colours(self) -> None:
        if self.last:
            self.last.paint(self.waiting.colours)
        self.waiting.colours = []

    def _subject_before(self) -> Thing | None:
        """The thing that a verb or 在 speaks of: the one named just before in the same clause."""
        back = self.index - 1
        while back >= max(0, self.index - _FARTHEST) and self.words[back].kind in {
            "skip",
            "verb",
            "adjective",
            "colour",
            "的",
            "is",
            "time",
            "picture",
        }:
            back -= 1
        if back >= 0 and self.words[back].kind in {"noun", "unknown", "classifier", "place", "body", "quote"}:
            return self.last
        if (
            back >= 0
            and self.words[back].kind == "mark"
            and self.words[back].text in {"，", ","}
            and not self._head_ahead()
        ):
            return self.last
        return None

    def _head_ahead(self) -> bool:
        """Whether 的 and a noun still follow in this clause, so that what comes now describes that noun."""
        for at in range(self.index + 1, min(self.index + _FARTHEST, len(self.words))):
            word = self.words[at]
            if word.kind == "mark":
                return False
            following = self.words[at + 1].kind if at + 1 < len(self.words) else "mark"
            if (
                word.kind == "的"
                and following in {"noun", "unknown", "adjective", "colour", "place"}
                and self.words[at - 1].kind not in {"colour", "adjective"}
            ):
                return True
        return False

    def _applies_to_open(self) -> bool:
        """Whether a colour or adjective is of the thing whose noun is to come, and not of its clothes or parts."""
        if not self.open or (self.open[-1].relative and not self.open[-1].ready):
            return False
        following = next(
            (
                word.kind
                for word in self.words[self.index + 1 :]
                if word.kind not in {"colour", "adjective", "的", "skip", "and"}
            ),
            "",
        )
        return following != "body"

    def _next_noun(self, ahead: int = 0) -> Word | None:
        for word in self.words[self.index + ahead : self.index + ahead + 8]:
            if word.kind in {"noun", "unknown", "place"}:
                return word
            if word.kind in {"mark", "number"}:
                return None
        return None

    def _put(self, frame: Open) -> None:
        """Begin a thing whose noun is to come; what was said before its number is of it."""
        self._dress(frame.thing)
        self.open.append(frame)

    def _dress(self, thing: Thing) -> None:
        thing.paint(self.waiting.colours)
        for attribute in self.waiting.attributes:
            thing.describe(attribute)
        self.waiting.colours, self.waiting.attributes = [], []

    def _is_inner(self) -> bool:
        """Whether what is named now belongs to a clause about another thing: the hat in '桥上有个戴帽子的人'."""
        return bool(self.open) and self.open[-1].relative and not self.open[-1].ready

    def _is_put_on(self, thing: Thing) -> bool:
        """'一个女孩，红裙子，…': clothes between two marks are on whoever was named before."""
        if self.open or self.last is None or thing.name.split()[-1] not in WORN or self._word().kind != "mark":
            return False
        if self.last.name.split()[-1] not in PEOPLE | ANIMALS or thing.count:
            return False
        before = self.index - 2
        while before >= 0 and self.words[before].kind in {"colour", "adjective", "的", "shade", "noun"}:
            before -= 1
        return before >= 0 and self.words[before].text in {"，", ","}

    def _before_is_verb(self) -> bool:
        return any(word.kind == "verb" for word in self.words[max(0, self.index - 5) : self.index])
