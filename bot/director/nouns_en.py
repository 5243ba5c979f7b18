"""What an English noun phrase is in its clause: a thing, the place, the style, part of something, or unwanted."""

import re

from bot.director.clause_en import Clause
from bot.director.draft import Thing
from bot.director.lexicon import (
    ABSTRACT,
    ANIMALS,
    BODY,
    CONTAINERS,
    HOLDERS,
    MEASURES,
    PEOPLE,
    SEASONS,
    SURFACES,
    THINGS,
    WORN,
)
from bot.director.nouns import ADVERBIAL_PLACES, PRODUCTS, NounPhrase, is_adjective
from bot.director.scenes import NEEDS_STYLE_WORD, PLACES, RELATION_PHRASES, SCENIC, STYLE_WORDS, STYLES, TIMES, WEATHER

_NOWHERE = frozenset(
    """
    air background foreground middle centre center corner queue row circle front
    distance back way motion love action line row end
    side left right sun dark darkness light shade focus
    """.split()
)
MOODS = frozenset("warm soft dramatic natural dim harsh cold cool moody ambient".split())
_ROOMS = frozenset("balcony attic rooftop porch tunnel greenhouse".split())
_SCENES = frozenset("scene setting backdrop interior background view".split())
_WET = frozenset("puddle water mud".split())
_SPATIAL = frozenset(kind for kind in RELATION_PHRASES.values() if kind.islower())
_BEFORE_BODY = frozenset("with a an the its his her their , and has have".split())
# Styles that a single thing can't have in a picture of another style: 'a cartoon elephant' is a cartoon.
_DRAWN = frozenset(["cartoon", "anime", "comic", "isometric", "photorealistic", "minimalist", "low poly"])


class Nouns(Clause):
    """Takes noun phrases."""

    def _phrase(self) -> bool:
        opened = self.link in {"exclude", "FILLED"} or self._word(-1) == "with"
        found = self.scan.noun_phrase(self.index, opened=opened)
        if found is None:
            return False
        found.alone = self._stands_alone(found)
        self.draft.composition = self.draft.composition or found.product
        self.index = max(found.end, self.index + 1)
        self._take_scenery(found)
        if found.head:
            self._take_noun(found)
        elif self.link == "exclude":
            self.draft.exclude(found.phrase().strip())
        elif SEASONS & set(found.attributes) and (self.link == "IN" or found.alone):
            self.draft.composition = self.draft.composition or f"in {found.phrase().strip()}"
        elif target := self.draft.focus if self.last is None else self.last:
            target.paint(found.colours)
            for attribute in found.attributes:
                target.describe(attribute)
        if self.link != "exclude":
            self.link = "" if self._word() != "and" or self.link != "between" else self.link
        return True

    def _stands_alone(self, found: NounPhrase) -> bool:
        """Whether there is nothing else between two marks: ', sunset,'."""
        marks = {"", ",", ".", ";", ":", "!", "(", ")", "\n"}
        bare = not found.determiner and found.count in (None, 1) and not found.colours
        return bare and self._word(-1) in marks and self.scan.at(found.end) in marks

    def _take_scenery(self, found: NounPhrase) -> None:
        """'Rainy' of a street or a night is the weather; of a thing it is the thing's own."""
        last_word = found.head.split()[-1] if found.head else ""
        scene = last_word in PLACES or found.head in TIMES or not found.head
        for word in found.scenery:
            stylable = found.head in STYLE_WORDS or last_word in SCENIC or not found.head
            if word in STYLES and (word not in NEEDS_STYLE_WORD or stylable):
                self.draft.style = self.draft.style or STYLES[word]
            elif word in WEATHER and scene:
                self.draft.weather = WEATHER[word]
            elif word in TIMES and (scene or not is_adjective(word)):
                self.draft.time = TIMES[word]
            elif word in _DRAWN:
                self.draft.style = self.draft.style or STYLES[word]
            else:
                found.attributes.append(word)

    def _take_noun(self, found: NounPhrase) -> None:
        last_word = found.head.split()[-1]
        if (
            last_word in BODY | {"shoulder", "lap", "back"}
            and found.attributes
            and found.attributes[-1].endswith("'s")
            and self.link in _SPATIAL
        ):
            found.head = last_word = found.attributes.pop().removesuffix("'s")
        if self.link == "exclude":
            self.draft.exclude(found.phrase())
        elif self.link == "skip" or self._takes_scene(found) or (self.link == "IN" and found.head in _NOWHERE):
            return
        elif found.head == "one" and self.draft.things:
            self._pronoun(found)
        elif last_word in BODY and self.last and self.link in {"", "on", "IN"} and self._of_body(found):
            return
        else:
            self._take_thing(found)

    def _takes_scene(self, found: NounPhrase) -> bool:
        """Whether it says how the picture looks or when it is, and names nothing in it."""
        head, last_word = found.head, found.head.split()[-1]
        style = style_in(found)
        if not style and self.link == "IN" and not found.determiner:
            style = STYLES.get(head, "")
        if style:
            self.draft.style = style
        elif last_word in _SCENES and head.rpartition(" ")[0] in PLACES:
            self.draft.place = self.draft.place or PLACES[head.rpartition(" ")[0]]
        elif self._composes(found):
            self.draft.composition = self.draft.composition or found.phrase().strip()
        elif head in TIMES and (head not in PLACES or self.link in {"IN", "below"}):
            self._time(found)
        elif head in WEATHER:
            self.draft.weather = WEATHER[head]
        else:
            is_thing = self.link and found.known and last_word in THINGS
            return (last_word in ABSTRACT and head != "one" and head not in PLACES) or (
                last_word in STYLE_WORDS and not is_thing
            )
        return True

    def _composes(self, found: NounPhrase) -> bool:
        """Whether it says how the picture is laid out, or when in the year: 'a blue background', 'a banner for'."""
        if found.head in SEASONS or (found.head in PRODUCTS and self._word() == "for"):
            return True
        if found.head in {"light", "lighting"} and not found.determiner and MOODS & set(found.attributes):
            return True
        return found.head == "background" and bool(found.colours or found.attributes)

    def _time(self, found: NounPhrase) -> None:
        weather = any(word in WEATHER for word in (*found.attributes, *found.scenery))
        if not (found.head == "day" and weather) or "sunny" in (*found.attributes, *found.scenery):
            self.draft.time = TIMES[found.head]
        for attribute in found.attributes:
            if attribute in WEATHER:
                self.draft.weather = WEATHER[attribute]

    def _pronoun(self, found: NounPhrase) -> None:
        model = self.draft.focus or self.draft.things[-1]
        same = [one for one in self.draft.things if found.definite and one.colour in found.colours]
        if same or self._says_more(model):
            self.last = self.draft.focus = same[-1] if same else model
            self.last.paint(found.colours)
            for attribute in found.attributes:
                self.last.describe(attribute)
            return
        thing = self.draft.add(Thing(model.name, found.count or 1, "", list(found.attributes)))
        thing.paint(found.colours)
        self._place_thing(thing)

    def _says_more(self, model: Thing) -> bool:
        """'A bear? Like a big friendly one': the same bear, told more of."""
        opens = self.words[max(0, self._sentence_start() - 1) : self._sentence_start() + 1]
        return len(self.draft.things) == 1 and model.count == 1 and bool({"like", "preferably", "ideally"} & set(opens))

    def _sentence_start(self) -> int:
        ends = [at for at, word in enumerate(self.words[: self.index]) if word in {".", "?", "!", ","}]
        return ends[-1] + 1 if ends else 0

    def _of_body(self, found: NounPhrase) -> bool:
        """'With blue eyes' describes who has them; 'on its head' says where a hat is and adds nothing."""
        if self.link in {"on", "IN"} and not found.attributes and not found.colours:
            return True
        if self.scan.at(self.index - 1) == "" or not (found.attributes or found.colours or found.count):
            return False
        said = " ".join(self.words[self.index - (self.index - self._start_of(found)) : self.index])
        owner = self._doer()
        if owner is None:
            return False
        owner.describe(said)
        return True

    def _start_of(self, found: NounPhrase) -> int:
        start = found.end
        while start > 0 and self.words[start - 1] not in _BEFORE_BODY:
            start -= 1
        return start

    def _take_thing(self, found: NounPhrase) -> None:
        if self._takes_place(found):
            self.draft.place = self.draft.place or _place(found)
            return
        thing = self._named_before(found)
        if thing is None:
            thing = self.draft.add(Thing(found.head, found.count))
        for attribute in found.attributes:
            thing.describe(attribute)
        thing.paint(found.colours)
        self._place_thing(thing)
        if content := found.content:
            inside = self.draft.add(Thing(content.head, content.count, "", list(content.attributes)))
            inside.paint(content.colours)
            self.draft.relate(inside, HOLDERS[found.head.split()[-1]], thing)
            self.last = self.draft.focus = thing

    def _named_before(self, found: NounPhrase) -> Thing | None:
        """'The house', or in 'tree behind a house, house behind a fence' a bare 'house': one that is there already."""
        if found.definite and found.colours:
            same = [one for one in self.draft.things if one.name == found.head and one.colour == found.colours[0]]
            return same[-1] if same else self.draft.find(found.head)
        bare = not found.determiner and found.count == 1 and not (found.colours or found.attributes)
        numbered = re.fullmatch(r"one|1", self.scan.at(found.end - 2)) is not None
        before = self.draft.find(found.head) if found.definite or (bare and not numbered) else None
        return before if before is None or found.definite or before.count == 1 else None

    def _takes_place(self, found: NounPhrase) -> bool:
        head = found.head
        if found.definite and self.draft.find(head):
            return False
        last = head.split()[-1]
        known = head in PLACES or (last in PLACES and last not in THINGS | CONTAINERS)
        if head.split()[-1] in SCENIC and (self.link == "above" or (found.alone and self.draft.things)):
            return True
        if known and not self.link and (head in _ROOMS or head not in THINGS | CONTAINERS):
            roamed = self.roaming and self._word(-1) not in {",", "and"}
            if head in ADVERBIAL_PLACES or roamed or (found.alone and self.draft.things):
                return True
        if self.link == "IN":
            last_word = head.partition(" of ")[0].split()[-1]
            if {head, last_word} & (
                CONTAINERS | (MEASURES - SCENIC) | WORN | _NOWHERE | {"tree", "chair", "armchair", "bed"}
            ):
                return False
            return known or head not in THINGS | ANIMALS | PEOPLE
        if self.link == "AT":
            return known and not self.gazing
        if self.link in {"on", "next to", "above", "below"} and known:
            return head not in CONTAINERS and (self.link in {"on", "next to"} or not self.last)
        return False

    def _place_thing(self, thing: Thing) -> None:
        link, holder = self.link, self.holder
        self.last = thing
        if self.side:
            thing.side, self.side = self.side, ""
        if link == "IN" and holder:
            link = _in(thing.name)
        if link == "BETWEEN" and holder:
            self._place_between(holder, thing)
        elif link == "FILLED" and holder:
            self.draft.relate(thing, "inside", holder)
        elif link in _SPATIAL and holder:
            self.draft.relate(holder, link, thing)
        elif link in _SPATIAL and self.fronted:
            self.ahead.append((link, thing))
        elif not link:
            for kind, other in self.ahead:
                self.draft.relate(thing, kind, other)
            self.ahead = []

    def _place_between(self, holder: Thing, thing: Thing) -> None:
        """'Between a cat and a dog' is next to both."""
        self.draft.relate(holder, "next to", thing)
        if self._word() != "and":
            return
        self.index += 1
        self.link, found = "next to", self.scan.noun_phrase(self.index)
        if found and found.head:
            self.index = found.end
            self._take_thing(found)


def _in(name: str) -> str:
    """What 'in' means before a thing that is no place: on an armchair, worn where it is a hat, inside all else."""
    if name in SURFACES:
        return "on"
    return "" if name in _WET or name.split()[-1] in WORN else "inside"


def style_in(found: NounPhrase) -> str:
    """The style that a noun phrase names, or an empty string: 'a watercolour', 'van gogh style', 'pencil drawing'."""
    head = found.head
    if head in STYLES and (head not in NEEDS_STYLE_WORD or found.alone):
        return STYLES[head]
    words = head.split()
    if words and words[-1] in STYLE_WORDS:
        said = " ".join(words[:-1])
        for item in (head, said, *reversed(found.attributes), *found.scenery):
            if item in STYLES:
                return STYLES[item]
        if words[-1] == "style" and (said or found.attributes):
            return said or " ".join(found.attributes)
    return ""


def _place(found: NounPhrase) -> str:
    return " ".join([*found.attributes, *found.colours, PLACES.get(found.head, found.head)])
