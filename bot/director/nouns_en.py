"""What an English noun phrase is in its clause: a thing, the place, the style, part of something, or unwanted."""

import re

from bot.director.clause_en import lives
from bot.director.draft import Thing
from bot.director.lexicon import (
    ACTIONS,
    ANIMALS,
    BODY,
    CONTAINERS,
    HOLDERS,
    MEASURES,
    PEOPLE,
    SEASONS,
    THINGS,
    WORN,
)
from bot.director.noun_words import ADVERBIAL_PLACES, INTRANSITIVE, NounPhrase, is_adjective
from bot.director.placing_en import BUILT, SPATIAL, is_clothing
from bot.director.pronouns_en import Pronouns
from bot.director.scenery_en import is_scene
from bot.director.scenes import PLACES, RELATION_PHRASES, SCENIC, STYLES
from bot.director.tokens import STOPS, VERB_FORMS, is_name
from bot.grammar import is_plural

NOWHERE = frozenset(
    """
    air background foreground middle centre center corner queue row circle front
    distance back way motion love action line row end
    side left right top bottom sun dark darkness light shade focus
    """.split()
)
_LAID_OUT = frozenset("foreground background distance middle centre center corner".split())
_ROOMS = frozenset("balcony attic rooftop porch tunnel greenhouse".split())
_SPATIAL_WORDS = frozenset(said for said, kind in RELATION_PHRASES.items() if kind.islower() or kind == "IN")
_OF_ITS_OWN = frozenset("a an my our his her their your its".split())
_POSED = frozenset("back side knee tiptoe toe tummy stomach hip elbow haunch hind".split())
_BEFORE_BODY = frozenset("with a an the its his her their , and has have".split())


class Nouns(Pronouns):
    """Takes noun phrases."""

    def _phrase(self) -> bool:
        self.start = self.index
        opened = self.link in {"exclude", "FILLED"} or self._word(-1) == "with" or self._must_be_noun()
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
        elif self._is_share(found):
            self._split(found)
        elif target := self._described():
            target.paint(found.colours)
            for attribute in found.attributes:
                target.describe(attribute)
        if self.link != "exclude":
            self.link = "" if self._word() != "and" or self.link != "between" else self.link
        return True

    def _must_be_noun(self) -> bool:
        """Whether an unknown word names a thing by where it stands: 'under thunderclouds', 'quokka on a swing'."""
        word = self._word()
        if not word.isalpha() or word in STOPS or word in VERB_FORMS or word.endswith("ly") or is_adjective(word):
            return False
        if self._word(-1) == "\n" and self._word(1) in {"\n", "", "("}:
            return True
        if self.link in ACTIONS or (self.link in SPATIAL | {"IN", "BETWEEN"} and is_plural(word)):
            return True
        listed = self._word(-1) == "and" and self.ended == self.index - 1 and is_plural(word)
        if listed and self._word(1) in _SPATIAL_WORDS | {"", ".", ","} and self.last and self.last.plural:
            return True
        if self.doing and self.doing[2] == self.index and (is_plural(word) or self._is_object()):
            return True
        after = self._word(1)
        starts = self._word(-1) in {"", ".", ":", ";", "\n"} and not self.link
        acts = after in VERB_FORMS and (after.endswith("ing") or VERB_FORMS[after] != after)
        return starts and (after in _SPATIAL_WORDS or acts or after in {"with", "without"})

    def _is_object(self) -> bool:
        """'Drinking chai,': an unknown word, and nothing more, after a verb that something is done with."""
        deed = self.doing[1].split()[0] if self.doing else ""
        ends = self._word(1) in RELATION_PHRASES or not self._word(1)[:1].isalnum() or self._word(1) in {"and", "while"}
        return ends and deed not in INTRANSITIVE and not self._word().endswith(("ed", "er"))

    def _described(self) -> Thing | None:
        """What adjectives alone speak of: what was named last, or who wears it where they stand after a comma."""
        if self.scan.at(self.start - 1) == "," and self.wearer and self.last and self.last.name.split()[-1] in WORN:
            return self.wearer
        return self.draft.focus if self.last is None else self.last

    def _stands_alone(self, found: NounPhrase) -> bool:
        """Whether there is nothing else between two marks: ', sunset,'."""
        marks = {"", ",", ".", ";", ":", "!", "(", ")", "\n"}
        if found.head in STYLES and self.scan.at(found.end) == "of" and not (found.colours or self.link):
            return True  # 'blueprint of a birdhouse'
        bare = not found.determiner and found.count in (None, 1) and not found.colours
        return bare and self._word(-1) in marks | {"it", "but"} and self.scan.at(found.end) in marks

    def _take_noun(self, found: NounPhrase) -> None:
        last_word = found.head.split()[-1]
        if (
            last_word in BODY | {"shoulder", "lap", "back"}
            and found.attributes
            and found.attributes[-1].endswith("'s")
            and self.link in SPATIAL
        ):
            found.head = last_word = found.attributes.pop().removesuffix("'s")
        if self.link == "exclude":
            self.draft.exclude(found.phrase())
        elif self.link == "skip" and is_name(found.head) and not self.draft.things:
            self._take_name(found.head)
        elif self.link == "IN" and found.head in _LAID_OUT and self.last and not found.colours:
            self._lay_out(found)
        elif self.link == "skip" or self._takes_scene(found) or (self.link in {"IN", "AT"} and found.head in NOWHERE):
            return
        elif found.head == "one" and self.draft.things:
            self._pronoun(found)
        elif self.last and self._is_on_body(found) and self._of_body(found):
            return
        else:
            self._take_thing(found)

    def _lay_out(self, found: NounPhrase) -> None:
        """'A canoe in the foreground': where in the picture the last thing is."""
        if found.head in _LAID_OUT and self.last and found.determiner == "the":
            said = f"{self.last.name} in the {found.phrase().strip()}"
            self.draft.composition = ", ".join(filter(None, [self.draft.composition, said]))

    def _is_on_body(self, found: NounPhrase) -> bool:
        """Whether it may say where on a body something is, and is no thing: 'a newspaper over his face'."""
        if found.head not in BODY:
            return self._is_its(found) and found.head in _POSED and self.link == "on"
        return self._is_its(found) or self.link in {"", "on", "IN", *ACTIONS}

    def _is_its(self, found: NounPhrase) -> bool:
        """'His face', and nothing else said of it."""
        return found.determiner in _OF_ITS_OWN - {"a", "an"} and not (found.attributes or found.colours)

    def _of_body(self, found: NounPhrase) -> bool:
        """'With blue eyes' describes who has them; 'on its head' says where a hat is and adds nothing."""
        if self.link in {"on", "IN"} and not found.attributes and not found.colours:
            return True
        if self._is_its(found) and found.count in (None, 1):
            return True
        if self.scan.at(self.index - 1) == "" or not (found.attributes or found.colours or found.count):
            return False
        bare = not (found.attributes or found.colours)
        if bare and found.determiner in {"a", "an"} and self.scan.at(self.start - 1) == ",":
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
            named = self.draft.place and is_name(found.head) and found.head not in self.draft.place
            self.draft.place = f"{self.draft.place} in {found.head}" if named else self.draft.place or _place(found)
            self.before_place = len(self.draft.things)
            return
        if is_name(found.head) and self.link == "AT" and not found.known and not found.attributes:
            self._take_name(found.head)
            return
        if self._is_called(found):
            self._take_name(found.head)
            return
        thing = self._named_before(found)
        if thing is None:
            thing = self.draft.add(Thing(found.head, found.count, plural=found.plural))
        for attribute in found.attributes:
            thing.describe(attribute)
        for name in found.names:
            self._take_name(name)
        thing.paint(found.colours)
        self._place_thing(thing)
        if content := found.content:
            inside = self.draft.add(
                Thing(content.head, content.count, "", list(content.attributes), plural=content.plural)
            )
            inside.paint(content.colours)
            self.draft.relate(inside, HOLDERS[found.head.split()[-1]], thing)
            self.last = self.draft.focus = thing

    def _is_called(self, found: NounPhrase) -> bool:
        """'My dog, Rufus, in a hat' says what the dog is called."""
        bare = is_name(found.head) and not (found.determiner or found.attributes or found.known)
        between = self.scan.at(self.start - 1) == "," and self.scan.at(self.index) in {",", "", "."}
        own = self.last is not None and lives(self.last) and self.ended == self.start - 1
        return bare and between and own and not self.link and len(self.listed) == 1

    def _take_name(self, name: str) -> None:
        """'A parcel from Kowalski & Sons' names whose it is, and no thing in the picture."""
        if name not in self.draft.names:
            self.draft.names.append(name)

    def _named_before(self, found: NounPhrase) -> Thing | None:
        """'The house', or in 'tree behind a house, house behind a fence' a bare 'house': one that is there already."""
        if found.definite and found.colours:
            same = [one for one in self.draft.things if one.name == found.head and one.colour == found.colours[0]]
            return same[-1] if same else self.draft.find(found.head)
        if found.plural and found.determiner in {"", "some"} and not (found.colours or found.attributes or self.link):
            again = self.draft.find(found.head)
            if again and again.plural and not again.count and self.listed[-1:] == [again]:
                return again
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
        if self._is_set(found, known):
            return True
        if self.link == "IN":
            return self._is_in_place(found, known)
        if self.link == "inside" and head in PLACES and head not in CONTAINERS:
            return self.holder is None or lives(self.holder) or head not in THINGS
        if self.link == "AT":
            return known and not self.gazing
        stands = self.owner if self.owner and lives(self.owner) else self.holder
        if head in BUILT and stands and not lives(stands):
            return False
        if self.link in {"on", "next to", "above", "below"} and known:
            return head not in CONTAINERS and (self.link in {"on", "next to"} or not self.last)
        return False

    def _is_set(self, found: NounPhrase, known: bool) -> bool:
        """Whether it is the scene without any word that says so: 'a cat, balcony, dusk'."""
        head = found.head
        alone = found.alone and bool(self.draft.things)
        if not self.link and not self.draft.things and is_scene(found):
            return True
        if head.split()[-1] in SCENIC and (self._is_backdrop(found) or self.link == "above" or alone):
            return True
        if not known or self.link or (head not in _ROOMS and head in THINGS | CONTAINERS):
            return False
        roamed = self.roaming and self._word(-1) not in {",", "and"}
        return head in ADVERBIAL_PLACES or roamed or alone

    def _is_in_place(self, found: NounPhrase, known: bool) -> bool:
        if self.scan.at(self.start - 1) == "through" and not known:
            return False
        words = {found.head, found.head.partition(" of ")[0].split()[-1]}
        if is_name(found.head) and found.determiner in _OF_ITS_OWN:
            return False
        if words & (CONTAINERS | (MEASURES - SCENIC) | WORN | NOWHERE | {"tree", "chair", "armchair", "bed"}):
            return False
        clothing = is_clothing(Thing(found.head, colour="".join(found.colours), plural=found.plural))
        if clothing and self.holder and lives(self.holder):
            return False
        return known or found.head.partition(" of ")[0].split()[-1] not in THINGS | ANIMALS | PEOPLE

    def _is_backdrop(self, found: NounPhrase) -> bool:
        """'Office in the background'."""
        return not self.link and self.scan.at(found.end) == "in" and self.scan.at(found.end + 2) == "background"


def _place(found: NounPhrase) -> str:
    return " ".join([*found.attributes, *found.colours, PLACES.get(found.head, found.head)])
