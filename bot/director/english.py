"""Reads an English wish into a draft: noun phrases, and the words between them that say how they belong together."""

import re

from bot.director.draft import Draft, Thing
from bot.director.lexicon import (
    COLOURS,
    INTANGIBLE,
    MOVING,
    PARTICLES,
    PARTS,
    PLACED,
    ROAMING,
    STATES,
    SURFACES,
)
from bot.director.lexicon_courtesy import STORY
from bot.director.nouns import is_adjective, is_noun
from bot.director.nouns_en import style_in
from bot.director.parts_en import Parts
from bot.director.scenes import RELATION_PHRASES, STYLES, TIMES, WEATHER
from bot.director.tokens import ADVERBS, DETERMINERS, MADE_OF, STOPS, VERB_FORMS, capitalised, tokens

_EXCLUDES = frozenset("without excluding except minus no".split())
_LEAVE_OUT = frozenset("include add show draw want put paint have use need see like any".split())
_LOOKS = """
    looking staring howling barking gazing pointing waving smiling laughing peeking shouting glancing peering talking
    speaking singing
    """
_GAZING = frozenset(form for form, ing in VERB_FORMS.items() if ing in _LOOKS.split())
_TELLS_NOTHING = frozenset(
    """
    printed written drawn painted called named placed located based used needed seen shown set put being having going
    doing showing featuring depicting including wanting needing looking according regarding following made done titled
    labelled labeled
    """.split()
)
_SKIPPED_AFTER = frozenset("for about to via per".split())
_ABOUT_WHAT = frozenset("how what picture image illustration drawing something poster".split())


def read_english(text: str, draft: Draft) -> Draft:
    """Add to the draft what an English text says."""
    text = STORY.sub("", text, count=1)
    _Reader(tokens(text), draft).run()
    capitals = capitalised(text)
    for thing in draft.things:
        thing.name = _as_written(thing.name, capitals)
    draft.place = _as_written(draft.place, capitals)
    return draft


def _as_written(phrase: str, capitals: dict[str, str]) -> str:
    return " ".join(capitals.get(word, word) for word in phrase.split())


def _describing(word: str) -> bool:
    return word in COLOURS or is_adjective(word)


class _Reader(Parts):
    """One pass over the words."""

    def run(self) -> None:
        """Read to the end."""
        if self._speaks_of_nothing():
            return
        steps = (
            self._mark, self._exclusion, self._each, self._part, self._with, self._relation, self._style_of, self._verb,
            self._again, self._phrase,
        )  # fmt: skip
        while self.index < len(self.words):
            if not any(step() for step in steps):
                self.index += 1
        self._tie_back()
        self.draft.settle_sides()

    def _speaks_of_nothing(self) -> bool:
        """Whether it begins with what nobody can draw: 'something that feels like summer', 'the idea of freedom'."""
        found = self.scan.noun_phrase(0)
        if found is None or found.head.split(" of ")[0] not in INTANGIBLE:
            return False
        return " of " in found.head or self.scan.at(found.end) in {"of", "that", "which", "to", "like", ""}

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
        if word in _EXCLUDES or (word == "free" and after == "of"):
            self.index += 2 if word == "free" or (word, after) == ("except", "for") else 1
        elif (word in {"not", "don't", "never", "do not"} and after in _LEAVE_OUT | {"include", "a", "an", "with"}) or (
            word,
            after,
        ) in {("leave", "out"), ("leave", "off"), ("rid", "of")}:
            self.index += 2
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
        if thing and thing.colour == COLOURS.get(unwanted):
            thing.colour = ""
        elif thing and unwanted in thing.attributes:
            thing.attributes.remove(unwanted)
        if self._word() == "but" or (self._word() == "," and self._word(1) in COLOURS):
            self.index += 1
        elif not mildly:
            self.draft.exclude(COLOURS.get(unwanted, unwanted))

    def _with(self) -> bool:
        if self._word() not in {"with", "has", "have", "having"} or self._word(1) == "no":
            return False
        self.owner, self.carrying = self.last if self.last in self.draft.things else None, False
        self.link, self.index = "", self.index + 1
        return True

    def _relation(self) -> bool:
        if (said := f"{self._word()} {self._word(1)}") in STATES and self.last and self.link != "exclude":
            self.last.describe(said)
            self.index += 2
            return True
        if self._word() == "on" and self._word(1) in {"", ",", ".", "and"}:
            self.index += 1
            return True
        kind = RELATION_PHRASES.get(self._word())
        if kind is None:
            return False
        holder = self._bearer()
        self.fronted = self._word(-1) in {"", ",", ".", ":", ";", "\n"}
        self.gazing = kind == "AT" and self._word(-1) in _GAZING
        if self._word() == "into" and self._word(-1) in _GAZING:
            self.index, self.link = self.index + 1, ""
            return True
        self.index += 1
        if kind.startswith("SIDE"):
            return self._side(kind[5:])
        if kind == "on" and self.last and self.last.name in SURFACES and self.actor is None:
            holder = self.last
        if self.last and self.last.name in SURFACES and self.draft.things[:1] != [self.last] and kind != "on":
            holder = self.draft.things[0]
        self.link, self.holder = kind, holder
        return True

    def _bearer(self) -> Thing | None:
        """What stands where the next words say: who does something, what is moved there, or what has the last thing."""
        if self.last and self.actor and self.actor is not self.last and set(self.actor.attributes) & MOVING:
            return self.last
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

    def _style_of(self) -> bool:
        if self._word() == "in the style of":
            end = self.index + 1
            while self.scan.at(end) and self.scan.at(end) not in {",", ".", ";", ":", "!", "with", "and", "at", "in"}:
                end += 1
            said = " ".join(word for word in self.words[self.index + 1 : end] if word not in {"a", "an", "the"})
            self.draft.style = STYLES.get(said, said)
            self.index = end
            return True
        if self._word() in {"as", "into"} and (found := self.scan.noun_phrase(self.index + 1)) and style_in(found):
            self.link = "style"
            self.index += 1
            return True
        to_whom = self._word() == "to" and self._word(-1) in VERB_FORMS and self._word(-1).endswith("ing")
        if self._word() in _SKIPPED_AFTER and not (
            to_whom or (self._word() == "about" and self._word(-1) in _ABOUT_WHAT)
        ):
            self.link = "skip"
            self.index += 1
            return True
        return False

    def _verb(self) -> bool:
        word = self._word()
        form = PLACED.get(VERB_FORMS.get(word, word))
        if form is not None and VERB_FORMS.get(word, word) in PLACED:
            self.link, self.holder = form, self.actor or self.last
            self.owner, self.carrying, self.actor = self.holder, not form, None
            self.index += 1
            return True
        if word in MADE_OF:
            return self._material(word)
        if word in {"filled with", "full of"}:
            self.link, self.holder = "FILLED", self.last
            self.index += 1
            return True
        if self._word(-1) in {"with", "of"}:
            return False
        doer = self._doer()
        starts = VERB_FORMS.get(word) or self._participle(word)
        if starts is None or doer is None or (is_noun(word) and not word.endswith("ing")) or self.link == "exclude":
            return False
        if self.link and self.link != "part":
            return False
        if starts in _TELLS_NOTHING:
            self.index += 1
            return True
        self.index += 1
        if self._word() in PARTICLES and self._word(1) not in DETERMINERS:
            starts, self.index = f"{starts} {self._word()}", self.index + 1
        doer.describe(starts)
        self.actor, self.link = doer, ""
        self.roaming = starts in ROAMING
        return True

    def _participle(self, word: str) -> str | None:
        """An unknown verb by its ending: 'attacking', 'stacked'."""
        before = self._word(-1)
        follows = before in {"is", "are"} or (before not in STOPS | DETERMINERS | {"", ",", "."} and not is_noun(word))
        if word in STOPS or word in WEATHER or word in TIMES or word in STYLES:
            return None
        return word if follows and re.fullmatch(r"[a-z]{3,}(?:ing|ed)", word) else None

    def _material(self, word: str) -> bool:
        found = self.scan.noun_phrase(self.index + 1, opened=True)
        if found is None or self.last is None:
            return False
        self.last.describe(" ".join([word, *self.words[self.index + 1 : found.end]]))
        self.index = found.end
        return True
