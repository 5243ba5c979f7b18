"""What an English pronoun after a relation stands for: 'it', 'them', 'behind her', 'next to each other'."""

from itertools import pairwise

from bot.director.attachment_en import Attachment
from bot.director.clause_en import lives
from bot.director.draft import Thing
from bot.director.lexicon import PEOPLE
from bot.director.noun_words import is_noun
from bot.director.scenes import RELATION_PHRASES
from bot.director.tokens import VERB_FORMS, is_name

ONE, SOME, PERSON = frozenset({"it", "which"}), frozenset({"them", "both"}), frozenset({"him", "her", "whom"})
ENDS = frozenset(["", ",", ".", ";", ":", "!", "?", "\n", ")", "and"])
_EACH_OTHER = frozenset({"each other", "one another"})


class Anaphora(Attachment):
    """Reads pronouns that stand for one end of a relation."""

    def _again(self) -> bool:
        """'Next to it', 'behind them', 'next to each other', 'behind her a dog'."""
        word = self._word()
        if word in _EACH_OTHER:
            self._one_another()
        elif self._is_done_to_it(word):
            pass
        elif (
            word not in ONE | SOME | PERSON
            or (word == "her" and is_noun(self._word(1)))
            or (word == "both" and self._word(1) not in ENDS)
        ):
            return False
        elif word == "it" and self._is_the_place():
            pass
        elif self.holder is None and self.fronted and self._relates():
            self.ahead = [(_kind(self.link), other) for other in self._meant(word, self.draft.things)]
        elif self.link == "BETWEEN" and self.holder in self.draft.things:
            for other in self.draft.things[: self.draft.things.index(self.holder)][-2:]:
                self.draft.relate(self.holder, "next to", other)
        elif self._relates() and self.holder in self.draft.things:
            self._tie_to(word, self.holder)
        elif word not in ONE | SOME:
            return False
        self.index += 1 + (self._word(1) == "," and bool(self.ahead))
        self.link, self.all_of = "", []
        return True

    def _is_the_place(self) -> bool:
        """'Lanterns over the canal and a kayak in it': what was named last, before the kayak, is where all of it is."""
        since = self.draft.things[self.before_place :]
        return self.link == "IN" and bool(self.draft.place and self.before_place) and since == [self.holder]

    def _is_done_to_it(self, word: str) -> bool:
        """'A plumber, and a dog watching him'."""
        if self.doing is None or self.doing[2] != self.index or word not in ONE | PERSON | {"them"}:
            return False
        doer, deed, _ = self.doing
        before = [one for one in self.draft.things if one is not doer and one not in self.doers]
        if word == "her" and is_noun(self._word(1)):
            return False
        for other in self._meant(word, before):
            self.draft.relate(doer, deed, other)
        return bool(before)

    def _relates(self) -> bool:
        return self.link == "IN" or (self.link.islower() and self.link in RELATION_PHRASES.values())

    def _tie_to(self, word: str, holder: Thing) -> None:
        subjects = [one for one in self.all_of or [holder] if one is not self.owner]
        before = [one for one in self.draft.things[: self.draft.things.index(holder)] if one not in subjects]
        for other in self._meant(word, before) if before else []:
            for one in subjects:
                self.draft.relate(one, _kind(self.link), other)

    def _meant(self, word: str, before: list[Thing]) -> list[Thing]:
        """What a pronoun stands for, of what was named before."""
        if not before:
            return []
        if word in ONE:
            before = [one for one in before if not one.plural and (one.count or 1) == 1] or before
        living = [one for one in before if lives(one)]
        if word in PERSON:
            people = [one for one in living if one.name.split()[-1] in PEOPLE or is_name(one.name)]
            named = [one for one in before if is_name(one.name)]
            return (people or living or named)[-1:] or before[:1]
        if word in SOME:
            several = [one for one in before if one.plural or (one.count or 1) > 1]
            return several[-1:] or before[-2:]
        if word == "which":
            return before[-1:]
        same = self.meant if self.meant in before and self.owner is None else None
        meant = same or (self.owner if self.owner in before else self._topic(before))
        self.meant = meant
        holds = [
            other for one, kind, other in self.draft.relations if one is meant and kind == "inside" and other in before
        ]
        return [*holds, meant][:1] if same is None else [same]

    def _one_another(self) -> None:
        """'A lion and a lamb next to each other'; said of one kind, it is how they stand."""
        those = self.all_of or self._list_before() or ([self.last] if self.last else [])
        if len(those) > 1 and self._relates():
            for one, other in pairwise(those):
                self.draft.relate(one, self.link, other)
        elif those and self._word(-1) in [*VERB_FORMS, *RELATION_PHRASES]:
            said = VERB_FORMS.get(self._word(-1), self._word(-1))
            those[-1].attributes = [item for item in those[-1].attributes if item != said]
            those[-1].describe(f"{said} {self._word()}")

    def _list_before(self, end: int | None = None) -> list[Thing]:
        """The things of a list that ends right here, or at `end`."""
        between = set(self.words[self.ended : self.index if end is None else end])
        whole = len(self.listed) > 1 and self.scan.at(self.start - 1) in {"and", "&"} and between <= {"is", "are"}
        return self.listed if whole else []


def _kind(link: str) -> str:
    return "inside" if link == "IN" else link
