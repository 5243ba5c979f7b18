"""What is known in the middle of an English clause: how far it is read, and what the next noun belongs to."""

from dataclasses import dataclass

from bot.director.draft import Draft, Thing
from bot.director.lexicon import COLOURS, LIVING, SURFACES, THINGS
from bot.director.noun_words import coined, colour_of, is_person
from bot.director.nouns import Scanner
from bot.director.scenes import RELATION_PHRASES
from bot.director.tokens import VERB_FORMS

_IT = frozenset("it them him her".split())


@dataclass(frozen=True, slots=True)
class Series:
    """How the next thing of a list is bound: 'holding a cup and a plate', 'on the desk a cup and a plate'.

    `first` says that what is listed stands first in the relation; `end` is where the list has come to.
    """

    kind: str
    others: tuple[Thing, ...]
    end: int
    first: bool = False


class Clause:
    """The words, how far they are read, and what waits to be bound.

    `link` says how the next noun phrase belongs to `holder`: '' (a thing of its own), a relation, 'IN', 'AT',
    'BETWEEN', 'FILLED', 'exclude', 'style', 'skip'. `last` is the thing named last, `actor` the one that a verb speaks
    of, `owner` the one that has what is named next ('a desk with a lamp'), `carrying` that it wears or holds it,
    `ahead` relations whose subject is yet to come ('under a tree, a boy'), `fronted` that the relation began a clause,
    `gazing` that 'at' followed a look, `near` what was named right before a relation, `wearer` who wears what is listed
    next, `start` where the noun phrase at hand began, `doing` who does what, and where its object would begin, `all_of`
    the things that a relation is of together, `listed` what was named in one list up to `ended`, `doers` those of them
    that do what the verb says, `waiting` a verb that stands before its subject, `series` how what goes on a list is
    bound, `meant` what 'it' stood for in this sentence, `before_place` how many things were named before the place.
    """

    def __init__(self, words: list[str], draft: Draft) -> None:
        self.words = words
        self.draft = draft
        self.scan = Scanner(words)
        self.index = 0
        self.link = ""
        self.holder: Thing | None = None
        self.actor: Thing | None = None
        self.last: Thing | None = draft.focus
        self.listing = ""
        self.side = ""
        self.owner: Thing | None = None
        self.carrying = False
        self.fronted = False
        self.gazing = False
        self.roaming = False
        self.ahead: list[tuple[str, Thing]] = []
        self.near: Thing | None = None
        self.start = 0
        self.doing: tuple[Thing, str, int] | None = None
        self.wearer: Thing | None = None
        self.all_of: list[Thing] = []
        self.listed: list[Thing] = []
        self.ended = 0
        self.doers: list[Thing] = []
        self.waiting = ""
        self.meant: Thing | None = None
        self.series: Series | None = None
        self.before_place = 0

    def _word(self, ahead: int = 0) -> str:
        return self.scan.at(self.index + ahead)

    def _doer(self) -> Thing | None:
        """Who does what the next verb says: the last thing, or before a lifeless one the last that lives."""
        if self.last is None or lives(self.last):
            return self.last
        living = [thing for thing in self.draft.things if lives(thing)]
        return living[-1] if living and self.last in self.draft.things else self.last

    def _tie_back(self) -> None:
        """A relation that no noun follows is to what was named before: 'a parcel with a laptop inside'."""
        holder = self.holder
        if holder in self.draft.things and self.link.islower() and self.link in RELATION_PHRASES.values():
            before = self.draft.things[: self.draft.things.index(holder)]
            if before:
                self.draft.relate(holder, self.link, self.owner if self.owner in before else self._topic(before))
        self.link = ""

    def _topic(self, before: list[Thing]) -> Thing:
        """What 'it' in a new clause means: not the table, but the last thing that was said to stand somewhere."""
        bearers = [relation[2] for relation in self.draft.relations]
        holder = self.holder
        if holder is None or self._word() not in _IT or before[-1].name not in SURFACES or self.link in {"on", "below"}:
            return before[-1]
        return next((thing for thing in reversed(before) if thing not in bearers), before[-1])


def describe(thing: Thing, word: str) -> None:
    """Bind a colour, an adjective or what it does to a thing."""
    if word in COLOURS:
        thing.paint([colour_of(word)])
    else:
        thing.describe(VERB_FORMS.get(word, word))


def lives(thing: Thing) -> bool:
    """Whether a thing is a person or an animal."""
    head = thing.name.split()[-1]
    return head in LIVING or coined(head) in LIVING or (head not in THINGS and is_person(head))
