"""Reads an English wish into a draft: noun phrases, and the words between them that say how they belong together."""

from bot.director.clause_en import lives
from bot.director.draft import Draft, Thing
from bot.director.lexicon import (
    COLOURS,
    INTANGIBLE,
)
from bot.director.lexicon_courtesy import STORY
from bot.director.noun_words import INDEFINITE, colour_of, is_adjective
from bot.director.order_en import put_in_order, take_order
from bot.director.rephrase_en import rephrased
from bot.director.scenery_en import style_in
from bot.director.scenes import PLACES, RELATION_PHRASES, STYLES
from bot.director.tokens import ADVERBS, DETERMINERS, STOPS, VERB_FORMS, tokens
from bot.director.verbs_en import EXCLUDES, Verbs

_LEAVE_OUT = frozenset("include add show draw want put paint have use need see like any".split())
_NOTS = frozenset(["not", "isn't", "aren't", "doesn't", "don't", "without", "no longer", "never"])
_REACHING = frozenset(
    "diving reaching jumping leaping digging fishing racing fighting begging grabbing lunging".split()
)
_GIVING = frozenset(
    "giving handing passing throwing offering showing reading selling serving bringing feeding delivering".split()
)
_SKIPPED_AFTER = frozenset("for about to via per".split())
_AFTER_STYLE = frozenset([",", ".", ";", ":", "!", "with", "and", "at", "in", "please"])
_ABOUT_WHAT = frozenset("how what picture image illustration drawing something poster".split())


def read_english(text: str, draft: Draft) -> Draft:
    """Add to the draft what an English text says."""
    text = STORY.sub("", text, count=1)
    text, order = take_order(text)
    before = len(draft.things)
    _Reader(tokens(rephrased(text), names=True), draft).run()
    if order:
        put_in_order(draft.things[before:], order, draft)
    return draft


def _describing(word: str) -> bool:
    return word in COLOURS or is_adjective(word)


class _Reader(Verbs):
    """One pass over the words."""

    def run(self) -> None:
        """Read to the end."""
        if self._speaks_of_nothing():
            return
        steps = (
            self._homewards, self._correction, self._mark, self._exclusion, self._said_to_be, self._each, self._shared,
            self._part, self._with, self._as, self._relation, self._style_of, self._inverted, self._verb, self._again,
            self._phrase,
        )  # fmt: skip
        while self.index < len(self.words):
            if not any(step() for step in steps):
                self.index += 1
        self._tie_back()
        self.draft.settle_sides()

    def _is_in_reach(self) -> bool:
        """'Diving for a ball', 'playing for the cows': what for is in the picture."""
        deed = VERB_FORMS.get(self._word(-1), "")
        found = self.scan.noun_phrase(self.index + 1) if deed else None
        return deed in _REACHING or bool(found and found.head and lives(Thing(found.head)))

    def _is_given(self) -> bool:
        """'Handing a teddy bear to a boy': whoever gets it is in the picture."""
        found = self.scan.noun_phrase(self.index + 1)
        given = self.doing is not None and self.doing[1] in _GIVING and self.ended == self.index
        return given and bool(found and found.head and lives(Thing(found.head)))

    def _speaks_of_nothing(self) -> bool:
        """Whether it begins with what nobody can draw: 'something that feels like summer', 'the idea of freedom'."""
        if self.words[:3] == ["nothing", "in", "particular"]:
            return True
        found = self.scan.noun_phrase(0)
        if (
            found is None
            or not {found.head.split(" of ")[0], found.head.split()[:1][-1] if found.head else ""} & INTANGIBLE
        ):
            return False
        end = found.end + (found.head in INDEFINITE and self.scan.at(found.end) not in STOPS)
        if found.head in INDEFINITE and self.scan.at(end) == "for":
            return not {":", ",", "with"} & set(self.words)
        return " of " in found.head or self.scan.at(end) in {"of", "that", "which", "to", "", "."} | (
            set() if self.scan.at(end + 1) in DETERMINERS else {"like"}
        )

    def _mark(self) -> bool:
        word = self._word()
        if self.link != "exclude" and word in {",", ".", ";", "and"}:
            self._tie_back()
        if word in {",", "and", "or", "nor", "&"}:
            stays = self.link == "exclude" and self._list_goes_on()
            self.link = "exclude" if stays else ""
            self.index += 1
            return True
        if len(word) == 1 and not word.isalnum():
            self.link, self.holder, self.actor, self.side, self.owner = "", None, None, "", None
            self.wearer = self.wearer if word == "," else None
            self.meant = None
            self.index += 1
            return True
        return False

    def _list_goes_on(self) -> bool:
        """Whether 'no people, cars or text' names one more thing after this comma or 'and'."""
        found = self.scan.noun_phrase(self.index + 1)
        if self._word() == "or":
            return True
        if (
            found is None
            or not found.head
            or found.determiner
            or found.colours
            or found.attributes
            or found.head in STYLES
        ):
            return False
        sentence = self.words[self.index + 1 :]
        end = next((at for at, word in enumerate(sentence) if word in {".", ";", "!"}), len(sentence))
        return self._word() == "and" or "or" in sentence[:end] or self.listing == "no"

    def _exclusion(self) -> bool:
        word, after = self._word(), self._word(1)
        if word in EXCLUDES or (word == "free" and after == "of"):
            self.index += 2 if word == "free" or (word, after) == ("except", "for") else 1
        elif (word in {"not", "don't", "never", "do not"} and after in _LEAVE_OUT | {"include", "a", "an", "with"}) or (
            word,
            after,
        ) in {("leave", "out"), ("leave", "off"), ("rid", "of")}:
            self.index += 2
        elif (
            word in _NOTS
            and self._word(1) in VERB_FORMS
            and VERB_FORMS[after] != "having"
            and (found := self.scan.noun_phrase(self.index + 2))
        ):
            self.draft.exclude(found.phrase().strip())
            self.index = found.end
            return True
        elif word == "nothing" and _describing(after):
            self.draft.exclude(after if after in STYLES else f"{after} things")
            self.index += 2
            return True
        elif word == "less" and _describing(after):
            self._not_but(after, mildly=True)
            return True
        elif word == "not" and (said := self._word(2) if after in ADVERBS else after) and _describing(said):
            self.index += after in ADVERBS
            self._not_but(said, mildly=after in ADVERBS)
            return True
        else:
            return False
        self.link, self.listing = "exclude", word
        return True

    def _not_but(self, unwanted: str, *, mildly: bool) -> None:
        """'Not red but grey' asks for grey; 'not red' alone forbids red, but 'not so big' doesn't forbid big."""
        self.index += 2
        thing = self.draft.focus
        if thing and thing.colour and thing.colour in {unwanted, COLOURS.get(unwanted)}:
            thing.colour = ""
        elif thing and unwanted in thing.attributes:
            thing.attributes.remove(unwanted)
        if self._word() == "but" or (self._word() == "," and self._word(1) in COLOURS):
            self.index += 1
        elif not mildly:
            self.draft.exclude(colour_of(unwanted) if unwanted in COLOURS else unwanted)

    def _with(self) -> bool:
        if self._word() not in {"with", "has", "have", "having"} or self._word(1) == "no":
            return False
        if self._is_of_barred():
            return True
        has = self.actor if self.actor and self.last and self.last.name in PLACES else self.last
        if self._word(-1) == "," and self.draft.relations and self.draft.relations[-1][2] is has:
            doer, kind, _ = self.draft.relations[-1]
            has = doer if lives(doer) and kind not in RELATION_PHRASES.values() else has
        self.owner, self.carrying = has if has in self.draft.things else None, False
        self.link, self.index = "", self.index + 1
        return True

    def _is_of_barred(self) -> bool:
        """'No germs with faces on them': what must not be there is told more of."""
        found = self.scan.noun_phrase(self.index + 1, opened=True)
        if self.link != "exclude" or self._word(-1) in EXCLUDES or not found or not found.head or found.determiner:
            return False
        tail = self.scan.at(found.end) in {"on", "in"} and self.scan.at(found.end + 1) in {"it", "them"}
        self.index = found.end + 2 * tail
        return True

    def _as(self) -> bool:
        """'A cat as an admiral' is still a cat."""
        found = self.scan.noun_phrase(self.index + 1) if self._word() == "as" else None
        if (
            found is None
            or not found.determiner
            or self.last is None
            or self.ended != self.index
            or not lives(self.last)
        ):
            return False
        if not (found.head and lives(Thing(found.head))):
            return False
        self.last.describe(" ".join(["as", *self.words[self.index + 1 : found.end]]))
        self.index = found.end
        return True

    def _style_of(self) -> bool:
        if self._word() == "in the style of":
            end = self.index + 1
            while self.scan.at(end) and self.scan.at(end) not in _AFTER_STYLE:
                end += 1
            said = " ".join(word for word in self.words[self.index + 1 : end] if word not in {"a", "an", "the"})
            self.draft.style = STYLES.get(said, said)
            self.index = end
            return True
        if self._word() == "like" and self._word(-1) in {"look", "looks"}:
            found = self.scan.noun_phrase(self.index + 1)
            if found and found.head in STYLES:
                self.draft.style, self.index = STYLES[found.head], found.end
                return True
        if self._word() in {"as", "into"} and (found := self.scan.noun_phrase(self.index + 1)) and style_in(found):
            self.link = "style"
            self.index += 1
            return True
        if self._word() == "to" and self._is_given():
            self.index, self.link = self.index + 1, ""
            return True
        to_whom = self._word() == "to" and self._word(-1) in VERB_FORMS and self._word(-1).endswith("ing")
        if self._word() == "for" and self._is_in_reach():
            self.index, self.link = self.index + 1, ""
            return True
        if self._word() in _SKIPPED_AFTER and not (
            to_whom or (self._word() == "about" and self._word(-1) in _ABOUT_WHAT)
        ):
            self.link = "skip"
            self.index += 1
            return True
        return False
