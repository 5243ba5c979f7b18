"""What is done in a Chinese text: by whom, to what, and what merely stands or hangs there."""

from bot.brief import RELATIONS
from bot.director.clause_zh import Open
from bot.director.draft import Thing
from bot.director.lexicon import ANIMALS, PEOPLE, VEHICLES, WORN
from bot.director.lexicon_kinds_zh import ACTIONS
from bot.director.lexicon_zh import BEARING, BY_OBJECT, NEAR_VERBS, PLAIN_VERBS, VERBS
from bot.director.scenery_zh import Scenery
from bot.director.word_zh import Word

# What is done to nothing, whatever is named after it.
_STAYING = frozenset(
    "sitting standing lying sleeping hanging parked floating growing falling walking running flying swimming resting "
    "leaning squatting kneeling hiding living driving playing drifting".split()
)
# How what is named next stands there, where the verb comes before it.
_POSTURES = frozenset("parked lying standing sitting hanging hiding".split())

_PLAYED = ("ball", "drum", "gong", "mahjong", "card", "poker", "game", "tennis", "badminton", "chess", "golf")
_CARRIED = frozenset(
    "magnifying glass|camera|umbrella|book|map|basket|bag|box|flashlight|bouquet|gift|suitcase|toolbox".split("|")
)
_WHERES = frozenset("where place body".split())
_KNOWN_ACTIONS = frozenset(VERBS.values())
_RIDDEN = frozenset("subway taxi plane tram".split())


class Verbs(Scenery):
    """Reads verbs; who does it may be named before or after."""

    def _verb(self) -> None:
        word = self._word()
        if self.excluding or (word.value == "writing" and self._word(1).kind == "quote"):
            return
        placed = word.value in _POSTURES or (word.value.endswith("ing") and self._word(-1).kind in {"where", "place"})
        there = word.text.endswith(("着", "了")) or (word.value in _POSTURES and self._word(-1).kind in _WHERES)
        if placed and there and self._counts(1):
            self.waiting.attributes += [word.value] if word.text.rstrip("着了") != "打" else []  # '门口停着一辆车'
            self.actor = None
            return
        if self._is_there(word.text) or self._is_taken() or self._is_suffered():
            return
        doer = self._doer()
        if doer is not None and doer is self.giver and self._is_given(doer):
            return
        self._say_of(doer)
        self.actor = doer
        kind = NEAR_VERBS.get(word.text, "") or (word.value if word.value in RELATIONS else "")
        kind = kind or self._action(word)
        self.link = kind
        self.helpers = self._joined_with(doer) if doer is not None and kind else []
        if (
            doer is not None
            and self._word(1).kind == "where"
            and word.value in {"sitting", "lying", "standing", "hanging"}
        ):
            self.located = False

    def _say_of(self, doer: Thing | None) -> None:
        """Describe whoever does it, unless a relation says it, or whoever is named next."""
        word = self._word()
        if not word.value or word.value in RELATIONS:
            return
        if (word.text.rstrip("着了过") == "打" and not self._is_played()) or word.text.endswith("满"):
            return
        if doer is None:
            self.waiting.attributes.append(word.value)
        elif word.text not in PLAIN_VERBS and word.text not in ACTIONS and not self._is_told_by_relation():
            for one in [*self._joined_with(doer), doer]:
                one.describe(word.value)

    def _is_played(self) -> bool:
        """'打鼓', '打球': of all that 打 may mean, what an instrument or a game has done to it."""
        noun = self._next_noun(1)
        return noun is not None and noun.value.endswith(_PLAYED)

    def _joined_with(self, doer: Thing) -> list[Thing]:
        """'猫和狗在睡觉': who does the same, named before 和."""
        return list(self.together) if doer is self.last and self.together and self._is_joined(doer) else []

    def _is_given(self, giver: Thing) -> bool:
        """'妈妈给女儿梳头': who was named behind 给 has it done."""
        done = self._word().value
        if not self.last or not done or self.open:
            return False
        self.draft.relate(giver, done, self.last)
        giver.describe(done)
        self.last, self.giver = giver, None
        return True

    def _is_taken(self) -> bool:
        """'猫把球推进洞里': what stands behind 把 has it done, and goes where the next words say."""
        if self.taker is None or self.last is None or self.last is self.taker or self.open:
            return False
        done = self._done()
        if done:
            self.draft.relate(self.taker, done, self.last)
        self.actor = self.last
        return True

    def _is_suffered(self) -> bool:
        """'帽子被乌鸦叼走了': who does it stands behind 被."""
        if self.victim is None or self.last is None or self.last is self.victim:
            return False
        if done := self._done():
            self.draft.relate(self.last, done, self.victim)
        if not self.open:
            self.last = self.victim
        self.actor, self.victim = None, None
        return True

    def _done(self) -> str:
        """What this verb does to something, as a relation has it."""
        word = self._word()
        known = ACTIONS.get(word.text) or ACTIONS.get(word.text.rstrip("着了过走"), "") or word.value
        return known if known.partition(" ")[0].endswith("ing") and known not in _STAYING else ""

    def _counts(self, ahead: int) -> bool:
        """Whether '一辆' or a lone '个' stands there, before what it counts."""
        word, after = self._word(ahead), self._word(ahead + 1)
        return word.kind == "number" or (word.kind == "classifier" and after.kind not in {"mark", "where", "的"})

    def _is_there(self, verb: str) -> bool:
        """'一面墙，贴着两张纸': what was named last bears what comes now."""
        bears = verb in BEARING and self.last is not None and self._word(-1).text in {"，", ","} and self._counts(1)
        if bears and self.last is not None and not self.open:
            self.waiting.relations.append(("on", self.last))
        return bears

    def _action(self, word: Word) -> str:
        """What the doer does with the next thing: 带着 a hat is wearing it, and anything else having it along."""
        noun = self._next_noun(1)
        worn = bool(noun and noun.value.split()[-1:] and noun.value.split()[-1] in WORN)
        if word.text == "用":
            return "using"
        if word.text == "带着" and noun and not worn and noun.value in _CARRIED:
            return "holding"
        if word.text in {"带", "带着", "围着"}:
            return "wearing" if worn else ACTIONS.get(word.text, "") if word.text == "围着" else ""
        if noun and (done := BY_OBJECT.get((word.text.removesuffix("着"), noun.value))):
            return done
        if word.text.rstrip("着了过") == "打" and noun and noun.value.rpartition(" ")[2] in ANIMALS | PEOPLE:
            return "fighting"
        if word.text in {"坐", "坐着", "乘", "乘坐"} and noun and noun.value and self._is_ride(noun):
            return "inside"
        if known := ACTIONS.get(word.text, ""):
            return "wearing" if noun and noun.value in {"tie", "bow tie"} else known
        first = word.value.partition(" ")[0]
        direct = self._object_ahead()
        return word.value if direct and first.endswith("ing") and first not in _STAYING else ""

    def _is_ride(self, noun: Word) -> bool:
        return noun.value.split()[-1] in VEHICLES | _RIDDEN and self._object_ahead()

    def _object_ahead(self, ahead: int = 0) -> bool:
        """Whether what comes right after this verb is a thing that it is done to."""
        for word in self.words[self.index + ahead + 1 : self.index + 9]:
            if word.kind in {"noun", "unknown"}:
                return True
            if word.kind == "place" and word.value in _RIDDEN:
                return True
            if word.kind not in {"number", "vague", "classifier", "colour", "adjective", "的", "shade", "this"}:
                return False
        return False

    def _is_told_by_relation(self) -> bool:
        """Whether a verb out of the dictionary has something that it is done to, which says it already."""
        word = self._word()
        english = word.text.isascii() and not word.text.endswith("ing")
        return (word.value not in _KNOWN_ACTIONS or english) and bool(self._action(word))

    def _doer(self) -> Thing | None:
        if self.open and not self.open[-1].thing.name:
            self.open[-1].relative = True
            self.open[-1].ready = False
            return self.open[-1].thing
        if self.giver is not None and not self.open:
            return self.giver
        if self.actor is not None and self.link and self._word(-1).kind == "verb" and self._head_ahead():
            frame = Open(Thing(""), relative=True, counted=False, tied=(self.actor, self.link))
            self.open.append(frame)
            return frame.thing
        if self.actor is not None and self._word(-1).kind != "and":
            return self.actor
        if (self.waiting.relations or self.waiting.side) and self._head_ahead() and self._object_ahead():
            frame = Open(Thing(""), relative=True, counted=False)  # '桥上撑伞的女子'
            self._dress(frame.thing)
            self.open.append(frame)
            return frame.thing
        if self.waiting.relations or self.waiting.side:
            return None
        before = self._subject_before()
        if before is not None and self._word(-1).kind != "and":
            return before
        if self._head_ahead():
            frame = Open(Thing(""), relative=True, counted=False)
            self.open.append(frame)
            return frame.thing
        return self.last if self._word(-1).kind != "and" else None
