"""What an English clause says of some or all of the things that were named before: 'one red', 'both wet', 'it'."""

from bot.director.clause_en import describe
from bot.director.draft import Thing
from bot.director.nouns import is_adjective, is_noun
from bot.director.nouns_en import Nouns
from bot.director.tokens import VERB_FORMS


class Parts(Nouns):
    """Reads pronouns and what stands for several things or one of them."""

    def _again(self) -> bool:
        """'Next to it': the thing that was there before the last one."""
        if self._word() not in {"it", "them", "him"}:
            return False
        self._tie_back()
        self.index += 1
        return True

    def _each(self) -> bool:
        """'Both wet', 'all of them sleeping': said of everything so far."""
        if self._word() not in {"both", "all"} or not self.draft.things:
            return False
        at = 1
        while self._word(at) in {"of", "them", "the", "these", "are"}:
            at += 1
        said = self._word(at)
        if not (is_adjective(said) or said in VERB_FORMS) or is_noun(self._word(at + 1)):
            return False
        for thing in self.draft.things:
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
        while is_adjective(self._word(ahead)) and not is_noun(self._word(ahead)):
            ahead += 1
        if is_noun(after) or is_noun(self._word(ahead)):
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

    def _several(self) -> Thing | None:
        """What 'one' is one of: before 'of them' the last of which there are several."""
        if self._word(1) == "of":
            several = [thing for thing in self.draft.things if (thing.count or 0) > 1]
            return several[-1] if several else self.draft.focus
        return self.draft.focus

    def _describe_part(self, base: Thing) -> None:
        if self._word() in {"them", "one", "is", "are"}:
            self.index += 1
            self._describe_part(base)
            return
        part = self.draft.focus
        while part and (is_adjective(self._word()) or self._word() in VERB_FORMS):
            describe(part, self._word())
            self.index += 1
        self.draft.focus = base
