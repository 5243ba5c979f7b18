"""How an English thing is tied to what was named before it, or to what comes after it."""

from abc import ABC, abstractmethod
from dataclasses import replace

from bot.director.clause_en import Series, lives
from bot.director.draft import Thing
from bot.director.lexicon import ACTIONS, ANIMALS, CONTAINERS, PEOPLE, SURFACES, THINGS, WORN, WORN_IN_PAIRS
from bot.director.noun_words import NounPhrase
from bot.director.scenery_en import Scenery
from bot.director.scenes import PLACES, RELATION_PHRASES

SPATIAL = frozenset(kind for kind in RELATION_PHRASES.values() if kind.islower())
BUILT = frozenset("bridge castle church temple ship palace".split())
_WET = frozenset("puddle water mud".split())
_OPENINGS = frozenset("window door doorway gate curtain letterbox keyhole hole crack".split())
_DONE_BY = "BY "
_LISTS = frozenset([",", "and", "&", "plus"])
_LIST_ENDS = frozenset(["", ",", ".", ";", ":", "!", "?", "\n", "and", "&"])


class Placing(Scenery, ABC):
    """Ties things."""

    @abstractmethod
    def _take_thing(self, found: NounPhrase) -> None:
        """Put what a noun phrase names into the picture, or take it as the place."""

    def _place_thing(self, thing: Thing) -> None:
        link, holder = self.link, self.holder
        self._list(thing)
        self.last = thing
        if self.side:
            thing.side, self.side = self.side, ""
        if link == "BETWEEN":
            self._place_between(holder, thing)
        elif not link:
            self._place_freely(thing)
        elif holder is None:
            kind = self._in(thing) if link == "IN" else link
            self.ahead += [(kind, thing)] if kind in SPATIAL and self.fronted else []
        elif other := self._whose(thing, holder):
            self._tie(thing, self._in(thing) if link == "IN" else link, other)
        self.all_of = []

    def _whose(self, thing: Thing, holder: Thing) -> Thing | None:
        """What a thing is related to: a hat to whoever was named right before it."""
        worn = self.link == "IN" and self._in(thing) == "wearing" and self.near is not None and lives(self.near)
        return self.near if worn or holder is thing else holder

    def _list(self, thing: Thing) -> None:
        """Keep what is named in one list: 'a dog, a parrot and a goldfish'."""
        between = self.words[self.ended : self.start]
        goes_on = not self.link and self.listed and between and set(between) <= _LISTS
        self.listed = [*self.listed, thing] if goes_on else [] if self.link else [thing]
        self.ended = self.index

    def _tie(self, thing: Thing, link: str, holder: Thing) -> None:
        """Say how a thing stands to the one before it."""
        if link == "FILLED":
            self.draft.relate(thing, "inside", holder)
        elif link.startswith(_DONE_BY):
            self.draft.relate(thing, link.removeprefix(_DONE_BY), holder)
        elif link in SPATIAL | ACTIONS:
            together = [holder] if link == "wearing" and self.link == "IN" else self.all_of or [holder]
            for one in together:
                self.draft.relate(one, link, thing)
            self.wearer = holder if link == "wearing" else self.wearer
            if link in ACTIONS:
                self.series = Series(link, tuple(together), self.index)

    def _place_freely(self, thing: Thing) -> None:
        """What no word ties to the thing before: an object of what is being done, something worn, or on its own."""
        worn = thing.name.split()[-1] in WORN
        thing.describe(self.waiting)
        before = self.scan.at(self.start - 1)
        if (before in {",", ";", "and"} and not worn) or (before == "with" and lives(thing)):
            self.actor = None
        if self.ahead:
            self._place_ahead(thing)
        elif self.doing and self.doing[2] == self.start:
            worn = False
            doers = tuple(self.doers) or (self.doing[0],)
            for one in doers:
                self.draft.relate(one, self.doing[1], thing)
            self.series = Series(self.doing[1], doers, self.index)
        elif self.series and self._goes_on(self.series, thing):
            self._tie_listed(self.series, thing)
        elif worn and self.wearer is None and self.owner and lives(self.owner):
            self.wearer = self.owner
        if worn and self.wearer:
            self.draft.relate(self.wearer, "wearing", thing)
        self.waiting = ""

    def _place_ahead(self, thing: Thing) -> None:
        """What 'on the table' at the head of a clause spoke of."""
        for kind, other in self.ahead:
            self.draft.relate(thing, kind, other)
        if len({kind for kind, _ in self.ahead}) == 1:
            self.series = Series(self.ahead[0][0], tuple(other for _, other in self.ahead), self.index, first=True)
        self.ahead = []

    def _goes_on(self, series: Series, thing: Thing) -> bool:
        """Whether a thing goes on such a list: nothing but commas between, and nothing else said of it."""
        between = self.words[series.end : self.start]
        own = self._word() not in _LIST_ENDS or (lives(thing) and not series.first) or thing.side
        return bool(between) and set(between) <= _LISTS and not own

    def _tie_listed(self, series: Series, thing: Thing) -> None:
        for other in series.others:
            pair = (thing, other) if series.first else (other, thing)
            self.draft.relate(pair[0], series.kind, pair[1])
        self.series = replace(series, end=self.index)

    def _place_between(self, holder: Thing | None, thing: Thing) -> None:
        """'Between a cat and a dog' is next to both; where it comes first, of what is named after."""
        for one in self.all_of or ([holder] if holder else []):
            self.draft.relate(one, "next to", thing)
        if holder is None:
            self.ahead.append(("next to", thing))
        if self._word() != "and":
            return
        self.index += 1
        self.link, found = "next to", self.scan.noun_phrase(self.index)
        if found and found.head:
            self.index = found.end
            self._take_thing(found)

    def _in(self, thing: Thing) -> str:
        """What 'in' means before a thing that is no place: on an armchair, worn where it is a hat, inside all else."""
        last_word = thing.name.split()[-1]
        if self.scan.at(self.start - 1) in {"among", "amid", "amongst"}:
            return "next to"
        if self.scan.at(self.start - 1) == "through" and (thing.plural or last_word not in THINGS - _OPENINGS):
            return ""
        if self.scan.at(self.start - 1) == "across":
            return "on"
        if thing.name in SURFACES:
            return "on"
        if last_word in WORN - CONTAINERS and not (last_word in WORN_IN_PAIRS and thing.count == 1):
            return "wearing"
        if self.holder and lives(self.holder) and is_clothing(thing):
            return "wearing"
        return "" if thing.name in _WET else "inside"


def is_clothing(thing: Thing) -> bool:
    """'Yellow oilskins', 'a pink tabard': coloured and unknown."""
    known = thing.name.split()[-1] in THINGS | ANIMALS | PEOPLE or thing.name in PLACES
    return (thing.plural or thing.count == 1) and bool(thing.colour) and not known
