"""What 'one', 'ones' and a bare number say of an English thing that was named before."""

from bot.director.clause_en import lives
from bot.director.draft import Thing
from bot.director.lexicon import ACTIONS
from bot.director.noun_words import NounPhrase
from bot.director.placing_en import Placing


class Pronouns(Placing):
    """Reads noun phrases that have no noun of their own."""

    def _is_share(self, found: NounPhrase) -> bool:
        """'Seven tulips, three red and four white': so many of what was named last."""
        whole = self.draft.focus
        return bool(found.count and whole and whole.count and found.count <= whole.count and not self.link)

    def _split(self, found: NounPhrase) -> None:
        whole = self.draft.focus
        if whole is None or not whole.count or not found.count:
            return
        if whole.count == found.count:
            whole.paint(found.colours)
            whole.attributes += [one for one in found.attributes if one not in whole.attributes]
            return
        whole.count -= found.count
        self.last = self.draft.add(Thing(whole.name, found.count, whole.colour, [*whole.attributes, *found.attributes]))
        self.last.paint(found.colours)
        self.draft.focus = whole

    def _said_to_be(self) -> bool:
        """'Morga, a herbalist. She's a pacifist': no second person."""
        is_someone = self._word() in {"he", "she"} and self._word(1) == "is" and self._word(2) in {"a", "an"}
        living = [one for one in self.draft.things if lives(one)] if is_someone else []
        found = self.scan.noun_phrase(self.index + 2) if living else None
        if found is None or not found.head:
            return False
        living[-1].describe(found.phrase().strip())
        self.index = found.end
        return True

    def _pronoun(self, found: NounPhrase) -> None:
        model = self._meant_by_one()
        if self._is_apposed(found) and self.last:
            model = self.last
            model.paint(found.colours)
            model.attributes += [one for one in found.attributes if one not in model.attributes]
            return
        same = [one for one in self.draft.things if found.definite and one.colour in found.colours]
        if same or self._says_more(model):
            self.last = self.draft.focus = same[-1] if same else model
            self.last.paint(found.colours)
            for attribute in found.attributes:
                self.last.describe(attribute)
            return
        if found.definite and (model.count or 0) > 1 and not found.plural:
            model.count = (model.count or 0) - 1  # 'two boats, the smaller one sinking'
        thing = self.draft.add(Thing(model.name, found.count or 1, "", list(found.attributes)))
        thing.paint(found.colours)
        self._place_thing(thing)

    def _meant_by_one(self) -> Thing:
        """What 'one' is one of: not who holds or moves it, 'a bridge with a missing plank, ants carrying a new one'."""
        model = self.draft.focus or self.draft.things[-1]
        doer = self.doing[0] if self.doing and self.doing[2] == self.start else None
        doer = self.holder if self.link in ACTIONS else doer
        others = [one for one in self.draft.things if one is not doer and not lives(one)] if model is doer else []
        return others[-1] if others else model

    def _is_apposed(self, found: NounPhrase) -> bool:
        """'Five lanterns, red ones': the same, told more of."""
        several = self.last is not None and (self.last.plural or (self.last.count or 1) > 1)
        bare = found.plural and not found.determiner and found.count is None
        return several and bare and self.scan.at(self.start - 1) == "," and not self.link

    def _says_more(self, model: Thing) -> bool:
        """'A bear? Like a big friendly one': the same bear, told more of."""
        opens = self.words[max(0, self._sentence_start() - 1) : self._sentence_start() + 1]
        return len(self.draft.things) == 1 and model.count == 1 and bool({"like", "preferably", "ideally"} & set(opens))

    def _sentence_start(self) -> int:
        ends = [at for at, word in enumerate(self.words[: self.index]) if word in {".", "?", "!", ","}]
        return ends[-1] + 1 if ends else 0
