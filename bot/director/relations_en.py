"""How things in an English clause stand to each other: the words between them, in whatever order they are said."""

import re

from bot.director.anaphora_en import ENDS, ONE, PERSON, SOME, Anaphora
from bot.director.draft import Thing
from bot.director.lexicon import (
    ANIMALS,
    BODY,
    MOVING,
    PARTICLES,
    PARTS,
    PEOPLE,
    STATES,
    SURFACES,
    VEHICLES,
    WORN,
)
from bot.director.lexicon import NUMBERS as _NUMBERS
from bot.director.noun_words import is_noun
from bot.director.scenes import RELATION_PHRASES
from bot.director.tokens import DETERMINERS, PARTICIPLES, VERB_FORMS, is_name, is_ordinary
from bot.grammar import is_plural

LOOKS = """
    looking staring howling barking gazing pointing waving smiling laughing peeking shouting glancing peering talking
    speaking singing
    """
_GAZING = frozenset(form for form, ing in VERB_FORMS.items() if ing in LOOKS.split())
# 'Seated by a man' says where, and not what the man does.
_LEFT_SOMEWHERE = frozenset(
    "stacked parked seated placed stored gathered tied planted abandoned moored stationed".split()
)
_OPENS = frozenset(["", ",", ".", ":", ";", "\n", "and", "!", "?"])
_POSTURES = frozenset(
    "sitting standing lying hanging sleeping floating resting hiding growing leaning hovering waiting perching "
    "lurking crouching kneeling swimming flying rising towering going coming".split()
)
_IS = frozenset("there is are was were there's stands".split())
# 'Fighting over acorns' is not above them.
_OVER_WHAT = frozenset(
    "fighting arguing crying laughing handing taking quarrelling quarreling chatting talking".split()
)


class Relations(Anaphora):
    """Reads prepositions."""

    def _relation(self) -> bool:
        if self._states() or (self._word() == "on" and self._word(1) in ENDS and self._skip()):
            return True
        kind = RELATION_PHRASES.get(self._word())
        if kind is None:
            return False
        if self._word() == "by" and (done := self._passive()):
            self._done_by(done)
            return True
        before = self._word(-1)
        holder, self.near = self._bearer(), self.last
        self.gazing = kind == "AT" and before in _GAZING
        if (self._word() == "into" and before in _GAZING) or (self._word() == "over" and _ing(before) in _OVER_WHAT):
            self.index, self.link = self.index + 1, ""
            return True
        self.all_of = self.all_of or self._together(holder) or self._chain(kind)
        self.index += 1
        self.fronted = before in _OPENS and (before != "and" or self._subject_follows(self.index, before))
        if kind.startswith("SIDE"):
            return self._side(kind[5:])
        self.link = kind
        self.holder = (
            None if self.fronted and self._subject_follows(self.index, before) else self._stander(kind, holder)
        )
        return True

    def _skip(self) -> bool:
        self.index += 1
        return True

    def _states(self) -> bool:
        """'On fire': how the last thing is."""
        said = f"{self._word()} {self._word(1)}"
        if self.last is None or self.link == "exclude" or not (said in STATES or self._is_strange_state()):
            return False
        self.last.describe(said)
        self.index += 2
        return True

    def _is_strange_state(self) -> bool:
        """'Tangled in kelp', 'in disguise': a single unknown word says how something is, and is kept as it is said."""
        word, marks = self._word(1), ENDS - {"and"}
        new = re.fullmatch(r"[a-z]{3,}", word) and not (is_ordinary(word) or is_plural(word) or word.endswith("ing"))
        return (
            bool(new)
            and self._word() in {"in", "on"}
            and self.ended == self.index - self._deed_between()
            and (self._word(2) in marks)
        )

    def _deed_between(self) -> int:
        """1 where a verb stands between the last thing and here."""
        deed = self._word(-1) in VERB_FORMS or self._word(-1).endswith(("ed", "ing"))
        return int(self.ended == self.index - 1 and deed)

    def _stander(self, kind: str, holder: Thing | None) -> Thing | None:
        """What stands there: a table that has things on it is not what is meant next, but what is on it."""
        if self.last is None or self.last.name not in SURFACES:
            return holder
        if kind == "on":
            return self.last if self.actor is None else holder
        if self.draft.relations and self.draft.relations[-1][1:] == ("on", self.last):
            return self.draft.relations[-1][0]
        return self.draft.things[0] if self.draft.things[:1] != [self.last] else holder

    def _together(self, holder: Thing | None) -> list[Thing]:
        """All that a relation is of: 'a dog, a parrot and a goldfish on a rug', 'a cat and a dog sleeping on it'."""
        if self.doers and holder in self.doers:
            return list(self.doers)
        return list(self.listed) if holder in self._list_before() else []

    def _subject_follows(self, at: int, before: str) -> bool:
        """Whether what stands somewhere is named after the place: 'on the table there is a cup'."""
        if self.scan.at(at) in ONE | SOME | PERSON and not (
            self.scan.at(at) == "her" and is_noun(self.scan.at(at + 1))
        ):
            end = at + 1
            opens = end + (self.scan.at(end) == ",")
            return self._begins(opens) or self.scan.at(end) in _IS
        found = self.scan.noun_phrase(at)
        if found is None or not found.head:
            return False
        if self.scan.at(found.end) == ",":
            return before in {"", ".", ":", ";", "\n"} and self._begins(found.end + 1)
        return self._begins(found.end) or self.scan.at(found.end) in _IS or self._is_inverted(found.end)

    def _begins(self, at: int) -> bool:
        word = self.scan.at(at)
        return (word in DETERMINERS and word not in {"that", "her", "this"}) or word in _NUMBERS or word == "there"

    def _is_inverted(self, at: int) -> bool:
        """Whether a verb stands before its subject: 'between the barn and the silo stands a goat'."""
        return _ing(self.scan.at(at)) in _POSTURES and self._begins(at + 1)

    def _inverted(self) -> bool:
        if not (self.ahead and self.last in [other for _, other in self.ahead] and self._is_inverted(self.index)):
            return False
        self.waiting, self.link = _ing(self._word()), ""
        self.index += 1
        return True

    def _done_by(self, done: str) -> None:
        self.index, self.link, self.holder = self.index + 1, f"BY {done}", self.last
        if self.last:
            self.last.attributes = [item for item in self.last.attributes if PARTICIPLES.get(item.split()[0]) != done]

    def _passive(self) -> str:
        """What is done by what comes next: 'held up by'; an empty string where nothing is."""
        said = self._word(-2) if self._word(-1) in PARTICLES else self._word(-1)
        found = self.scan.noun_phrase(self.index + 1)
        head = found.head.split()[-1] if found and found.head else ""
        doer = head in ANIMALS or head in PEOPLE or head in BODY or head in VEHICLES or is_name(head)
        return PARTICIPLES.get(said, "") if doer and said not in _LEFT_SOMEWHERE else ""

    def _bearer(self) -> Thing | None:
        """What stands where the next words say: who does something, what is moved there, or what has the last thing."""
        if self.last and self.actor and self.actor is not self.last and set(self.actor.attributes) & MOVING:
            return self.last
        if self._is_beside_last() or self._is_had(self._word(1)):
            return self.last
        if self.roaming and self.last and self.doing and self.last is not self.actor:
            return self.last
        if self.actor is None and self.wearer and self.last and self.last.name.split()[-1] in WORN:
            return self.wearer
        part = self.last is not None and self.last.name.split()[-1] in PARTS
        if self.actor is None and self.owner and (self.carrying or (part and self._word() != "in")):
            return self.owner
        return self.actor or self.last

    def _side(self, side: str) -> bool:
        if self.last and not self.last.side and self._word(-2) not in {",", "", ".", "and", ";"}:
            self.last.side = side
        else:
            self.side = side
        return True


def _ing(word: str) -> str:
    return VERB_FORMS.get(word, word)
