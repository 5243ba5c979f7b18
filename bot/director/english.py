"""Reads an English wish into a draft: noun phrases, and the words between them that say how they belong together."""

from bot.director.draft import Draft, Thing
from bot.director.lexicon import (
    ABSTRACT,
    ANIMALS,
    BODY,
    COLOURS,
    CONTAINERS,
    PEOPLE,
    PLACED,
    SURFACES,
    THINGS,
    WORN,
)
from bot.director.nouns import NounPhrase, Scanner, is_adjective, is_noun
from bot.director.scenes import (
    NEEDS_STYLE_WORD,
    PLACES,
    RELATION_PHRASES,
    SCENIC,
    STYLE_WORDS,
    STYLES,
    TIMES,
    WEATHER,
)
from bot.director.tokens import VERB_FORMS, tokens

_EXCLUDES = frozenset("without excluding except minus no".split())
_LEAVE_OUT = frozenset("include add show draw want put paint have use need see like any".split())
_SKIPPED_AFTER = frozenset("for about to via per during".split())
_NOWHERE = frozenset("air background foreground middle centre center corner front distance back way motion love action line row end side left right sun dark darkness light shade focus".split())


def read_english(text: str, draft: Draft) -> Draft:
    """Add to the draft what an English text says."""
    _Reader(tokens(text), draft).run()
    return draft


class _Reader:
    """One pass over the words.

    `link` says how the next noun phrase belongs to `holder`: '' (a thing of its own), a relation, 'in', 'at', 'exclude',
    'style', 'skip'.
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

    def run(self) -> None:
        """Read to the end."""
        steps = (self._mark, self._exclusion, self._part, self._relation, self._style_of, self._verb, self._phrase)
        while self.index < len(self.words):
            if not any(step() for step in steps):
                self.index += 1
        self.draft.settle_sides()

    def _word(self, ahead: int = 0) -> str:
        return self.scan.at(self.index + ahead)

    def _mark(self) -> bool:
        word = self._word()
        if word in {",", "and", "or", "nor", "&"}:
            stays = self.link == "exclude" and self._list_goes_on()
            self.link = "exclude" if stays else ""
            self.index += 1
            return True
        if len(word) == 1 and not word.isalnum():
            self.link, self.holder, self.actor, self.side = "", None, None, ""
            self.index += 1
            return True
        return False

    def _list_goes_on(self) -> bool:
        """Whether 'no people, cars or text' names one more thing after this comma or 'and'."""
        found = self.scan.noun_phrase(self.index + 1)
        if self._word() == "or":
            return True
        if found is None or not found.head or found.determiner or found.colours or found.attributes or found.head in STYLES:
            return False
        sentence = self.words[self.index + 1 :]
        end = next((at for at, word in enumerate(sentence) if word in {".", ";", "!"}), len(sentence))
        return self._word() == "and" or "or" in sentence[:end] or self.listing == "no"

    def _exclusion(self) -> bool:
        word, after = self._word(), self._word(1)
        if word in _EXCLUDES or (word == "free" and after == "of"):
            self.index += 2 if word == "free" or (word, after) == ("except", "for") else 1
        elif word in {"not", "don't", "never", "do not"} and after in _LEAVE_OUT | {"include", "a", "an", "with"}:
            self.index += 2
        elif (word, after) in {("leave", "out"), ("leave", "off"), ("rid", "of")}:
            self.index += 2
        elif word == "not" and (after in COLOURS or is_adjective(after)):
            self._not_but(after)
            return True
        else:
            return False
        self.link, self.listing = "exclude", word
        return True

    def _not_but(self, unwanted: str) -> None:
        """'Not red but grey' asks for grey; 'not red' alone forbids red."""
        self.index += 2
        thing = self.draft.focus
        if thing and thing.colour == COLOURS.get(unwanted):
            thing.colour = ""
        elif thing and unwanted in thing.attributes:
            thing.attributes.remove(unwanted)
        if self._word() == "but" or (self._word() == "," and self._word(1) in COLOURS):
            self.index += 1
        else:
            self.draft.exclude(COLOURS.get(unwanted, unwanted))

    def _part(self) -> bool:
        """'One red and one blue', 'the other one sleeping', 'two of them black': some of what was named last."""
        word = self._word()
        whole = self.draft.focus
        if word not in {"one", "another", "the other", "other"} or whole is None or whole.count is None:
            return False
        after = self._word(1)
        if is_noun(after) or (is_adjective(after) and is_noun(self._word(2)) and self._word(2) not in PLACES):
            return False
        base = self.holder if self.link == "part" and self.holder else whole
        if base.count == 1:
            self.draft.focus = self.last = base
        elif base.count:
            base.count -= 1
            self.last = self.draft.add(Thing(base.name, 1, base.colour, list(base.attributes)))
        self.index += 1 + (after == "of")
        self._describe_part(base)
        return True

    def _describe_part(self, base: Thing) -> None:
        if self._word() in {"them", "one", "is", "are"}:
            self.index += 1
            self._describe_part(base)
            return
        part = self.draft.focus
        while part and (is_adjective(self._word()) or self._word() in VERB_FORMS):
            _describe(part, self._word())
            self.index += 1
        self.draft.focus = base

    def _relation(self) -> bool:
        kind = RELATION_PHRASES.get(self._word())
        if kind is None:
            return False
        holder = self.actor or self.last
        self.index += 1
        if kind.startswith("SIDE"):
            return self._side(kind[5:])
        if kind == "on" and self.last and self.last.name in SURFACES and self.actor is None:
            holder = self.last
        if self.last and self.last.name in SURFACES and self.draft.things[:1] != [self.last] and kind != "on":
            holder = self.draft.things[0]
        self.link, self.holder = kind, holder
        return True

    def _side(self, side: str) -> bool:
        if self.last and not self.last.side and self._word(-2) not in {",", "", ".", "and", ";"}:
            self.last.side = side
        else:
            self.side = side
        return True

    def _style_of(self) -> bool:
        if self._word() == "in the style of":
            end = self.index + 1
            while self.scan.at(end) and self.scan.at(end) not in {",", ".", ";", "!", "with", "and", "at", "in"}:
                end += 1
            said = " ".join(word for word in self.words[self.index + 1 : end] if word not in {"a", "an", "the"})
            self.draft.style = STYLES.get(said, said)
            self.index = end
            return True
        if self._word() in {"as", "into"} and (found := self.scan.noun_phrase(self.index + 1)) and _style(found):
            self.link = "style"
            self.index += 1
            return True
        if self._word() in _SKIPPED_AFTER:
            self.link = "skip"
            self.index += 1
            return True
        return False

    def _verb(self) -> bool:
        word = self._word()
        form = PLACED.get(VERB_FORMS.get(word, word))
        if form is not None and VERB_FORMS.get(word, word) in PLACED:
            self.link, self.holder = form, self.actor or self.last
            self.actor = None
            self.index += 1
            return True
        if word in {"made of", "made out of", "covered in", "covered with", "covered by", "dressed as"}:
            return self._material(word)
        doer = self._doer()
        starts = VERB_FORMS.get(word)
        if starts is None or doer is None or (is_noun(word) and not word.endswith("ing")) or self.link == "exclude":
            return False
        if self.link and self.link != "part":
            return False
        doer.describe(starts)
        self.actor, self.link = doer, ""
        self.index += 1
        return True

    def _doer(self) -> Thing | None:
        """Who does what the next verb says: the last thing, or before a lifeless one the last that lives."""
        if self.last is None or _lives(self.last):
            return self.last
        living = [thing for thing in self.draft.things if _lives(thing)]
        return living[-1] if living and self.last in self.draft.things else self.last

    def _material(self, word: str) -> bool:
        found = self.scan.noun_phrase(self.index + 1)
        if found is None or self.last is None:
            return False
        self.last.describe(" ".join([word, *self.words[self.index + 1 : found.end]]))
        self.index = found.end
        return True

    def _phrase(self) -> bool:
        found = self.scan.noun_phrase(self.index)
        if found is None:
            return False
        self.index = max(found.end, self.index + 1)
        self._take_scenery(found)
        if found.head:
            self._take_noun(found)
        elif self.link == "exclude":
            self.draft.exclude(found.phrase().strip())
        elif target := self.draft.focus if self.last is None else self.last:
            target.paint(found.colours)
            for attribute in found.attributes:
                target.describe(attribute)
        if self.link not in {"exclude"}:
            self.link = "" if self._word() != "and" or self.link not in {"between"} else self.link
        return True

    def _take_scenery(self, found: NounPhrase) -> None:
        """'Rainy' of a street or a night is the weather; of a thing it is the thing's own."""
        scene = found.head in PLACES or found.head in TIMES or not found.head
        for word in found.scenery:
            if word in STYLES and (word not in NEEDS_STYLE_WORD or found.head in STYLE_WORDS or not found.head):
                self.draft.style = self.draft.style or STYLES[word]
            elif word in WEATHER and scene:
                self.draft.weather = WEATHER[word]
            elif word in TIMES and (scene or not is_adjective(word)):
                self.draft.time = TIMES[word]
            elif word in STYLES and word in {"cartoon", "anime", "comic", "isometric", "photorealistic", "minimalist", "low poly"}:
                self.draft.style = self.draft.style or STYLES[word]
            else:
                found.attributes.append(word)

    def _take_noun(self, found: NounPhrase) -> None:
        head, last_word = found.head, found.head.split()[-1]
        if self.link == "exclude":
            self.draft.exclude(found.phrase())
        elif self.link == "skip" or last_word in ABSTRACT and last_word not in STYLE_WORDS:
            pass
        elif style := _style(found):
            self.draft.style = style
        elif last_word in STYLE_WORDS and not (self.link and found.known and last_word in THINGS):
            pass
        elif head in TIMES and (head not in PLACES or self.link in {"IN", "below"}):
            self._time(found)
        elif head in WEATHER:
            self.draft.weather = WEATHER[head]
        elif head == "one" and self.draft.things:
            self._pronoun(found)
        elif last_word in BODY and self.last and self.link in {"", "on", "IN"} and self._of_body(found):
            pass
        else:
            self._take_thing(found)

    def _time(self, found: NounPhrase) -> None:
        self.draft.time = TIMES[found.head]
        for attribute in found.attributes:
            if attribute in WEATHER:
                self.draft.weather = WEATHER[attribute]

    def _pronoun(self, found: NounPhrase) -> None:
        model = self.draft.focus or self.draft.things[-1]
        thing = self.draft.add(Thing(model.name, 1, "", list(found.attributes)))
        thing.paint(found.colours)
        self._place_thing(thing)

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
        while start > 0 and self.words[start - 1] not in {"with", "a", "an", "the", "its", "his", "her", "their", ",", "and", "has", "have"}:
            start -= 1
        return start

    def _take_thing(self, found: NounPhrase) -> None:
        if self._takes_place(found):
            self.draft.place = self.draft.place or _place(found)
            return
        thing = self.draft.find(found.head) if found.definite else None
        if thing is None:
            thing = self.draft.add(Thing(found.head, found.count))
        for attribute in found.attributes:
            thing.describe(attribute)
        thing.paint(found.colours)
        self._place_thing(thing)

    def _takes_place(self, found: NounPhrase) -> bool:
        head = found.head
        if found.definite and self.draft.find(head):
            return False
        known = head in PLACES
        if self.link == "IN":
            if head in CONTAINERS or head in WORN or head in _NOWHERE or head in {"tree", "chair", "armchair", "bed"}:
                return False
            return known or head not in THINGS | ANIMALS | PEOPLE
        if self.link == "AT":
            return known
        if self.link in {"on", "next to", "above", "below"} and known:
            return head not in CONTAINERS and (self.link in {"on", "next to"} or not self.last)
        return False

    def _place_thing(self, thing: Thing) -> None:
        link, holder = self.link, self.holder
        self.last = thing
        if self.side:
            thing.side, self.side = self.side, ""
        if link == "IN" and holder and (thing.name in CONTAINERS or thing.name == "tree"):
            link = "inside"
        if link == "IN" and holder and thing.name in SURFACES:
            link = "on"
        if link == "BETWEEN" and holder:
            self.draft.relate(holder, "next to", thing)
            if self._word() == "and":
                self.index += 1
                self.link, found = "next to", self.scan.noun_phrase(self.index)
                if found and found.head:
                    self.index = found.end
                    self._take_thing(found)
        elif holder and link in RELATION_PHRASES.values() and link.islower():
            self.draft.relate(holder, link, thing)


def _describe(thing: Thing, word: str) -> None:
    if word in COLOURS:
        thing.paint([COLOURS[word]])
    else:
        thing.describe(VERB_FORMS.get(word, word))


def _lives(thing: Thing) -> bool:
    return thing.name.split()[-1] in ANIMALS or thing.name.split()[-1] in PEOPLE


def _style(found: NounPhrase) -> str:
    """The style that a noun phrase names, or an empty string: 'a watercolour', 'van gogh style', 'pencil drawing'."""
    head = found.head
    if head in STYLES and head not in NEEDS_STYLE_WORD:
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


def promote_scene(draft: Draft) -> None:
    """'A city at night' names the scene: a lone scenic noun is the place and not a thing in it."""
    if draft.place or not draft.things:
        return
    first = draft.things[0]
    bound = any(first in (relation[0], relation[2]) for relation in draft.relations)
    if first.name.split()[-1] in SCENIC and first.count in (None, 1) and not first.colour and not bound:
        draft.place = " ".join([*first.attributes, PLACES.get(first.name, first.name)])
        draft.drop(first)
