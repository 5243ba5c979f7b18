"""What an English clause says of some or all of the things that were named before: 'one red', 'both wet', 'it'."""

from abc import abstractmethod

from bot.director.clause_en import describe, lives
from bot.director.draft import Thing
from bot.director.lexicon import PLACED
from bot.director.noun_words import is_adjective, is_hyphenated, is_noun
from bot.director.nouns_en import Nouns
from bot.director.scenes import RELATION_PHRASES
from bot.director.tokens import ADVERBS, DETERMINERS, STOPS, VERB_FORMS


class Parts(Nouns):
    """Reads pronouns and what stands for several things or one of them."""

    def _each(self) -> bool:
        """'Both wet', 'all of them sleeping': said of everything so far."""
        if self._word() not in {"both", "all"} or not self.draft.things:
            return False
        at = 1
        while self._word(at) in {"of", "them", "the", "these", "are"}:
            at += 1
        said = self._word(at)
        if (RELATION_PHRASES.get(said, "").islower() or said == "in") and len(self.draft.things) > 1:
            self.all_of = list(self.draft.things)
            self.index += at
            return True
        if self.last and said.endswith("ed") and not is_adjective(said) and said not in VERB_FORMS:
            self.last.describe(said)
            self.index += at + 1
            self._aims(self.last, said)
            return True
        if not (is_adjective(said) or said in VERB_FORMS) or is_noun(self._word(at + 1)):
            return False
        living = [thing for thing in self.draft.things if lives(thing)] if said in VERB_FORMS else []
        for thing in living or self.draft.things:
            describe(thing, said)
        self.index += at + 1
        return True

    def _part(self) -> bool:
        """'One red and one blue', 'the other one sleeping', 'two of them black': some of what was named last."""
        word = self._word()
        whole = self._several()
        if word not in {"one", "another", "the other", "other"} or whole is None or whole.count is None:
            return False
        after = self._word(1)
        ahead = 1
        while _describes(self._word(ahead)) and not is_noun(self._word(ahead)):
            ahead += 1
        if is_noun(after) or is_noun(self._word(ahead)) or self._is_unknown_noun(ahead):
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

    @abstractmethod
    def _aims(self, doer: Thing, deed: str) -> None:
        """Read to what or whom something is done."""

    def _is_unknown_noun(self, ahead: int) -> bool:
        """Whether an unknown word after adjectives must be what they describe: 'one bored sheepdog'."""
        word = self._word(ahead)
        ends = word in STOPS or word in VERB_FORMS or word.endswith(("ing", "ed"))
        return ahead > 1 and word.isalpha() and not ends

    def _several(self) -> Thing | None:
        """What 'one' is one of: before 'of them' the last of which there are several."""
        if self._word(1) == "of":
            several = [thing for thing in self.draft.things if (thing.count or 0) > 1]
            return several[-1] if several else self.draft.focus
        focus = self.draft.focus
        if focus and focus.count == 1 and focus in [other for _, _, other in self.draft.relations]:
            return next((one for one in reversed(self.draft.things) if (one.count or 0) > 1), focus)
        return focus

    def _describe_part(self, base: Thing) -> None:
        if self._word() in {"them", "one", "is", "are"}:
            self.index += 1
            self._describe_part(base)
            return
        part = self.draft.focus
        while part and (is_adjective(self._word()) or self._is_deed()):
            describe(part, self._word())
            self.index += 1
        self.draft.focus = base
        self.last = part or self.last

    def _is_deed(self) -> bool:
        """A verb that nothing follows which it is done to: 'one sleeping', but not 'one wearing a scarf'."""
        word = self._word()
        return word in VERB_FORMS and VERB_FORMS[word] not in PLACED and self._word(1) not in DETERMINERS


def _describes(word: str) -> bool:
    return is_adjective(word) or word in ADVERBS or is_hyphenated(word)
