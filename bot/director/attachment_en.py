"""Which of the things that an English clause named what comes next is tied to, where one stands by another."""

from bot.director.clause_en import lives
from bot.director.draft import Thing
from bot.director.lexicon import CONTAINERS, SURFACES, VEHICLES
from bot.director.scenes import RELATION_PHRASES
from bot.director.shares_en import Shares

_BESIDE = frozenset(["left of", "right of", "next to", "behind", "in front of", "above", "below"])
_LARGE = frozenset("bathtub tub hammock cage crib trunk aquarium bed".split())
_PRONOUNS = frozenset({"it", "which", "them", "both"})


class Attachment(Shares):
    """Finds what was named last and has more said of it."""

    def _is_beside_last(self) -> bool:
        """'Left of a cactus in a pot': the cactus is in it; but who sits on a chair in a garden is there too."""
        if not self.draft.relations or self.ended != self.index:
            return False
        one, kind, other = self.draft.relations[-1]
        if other is not self.last or other.name in SURFACES:
            return False
        if kind not in RELATION_PHRASES.values() and not lives(other):
            found = self.scan.noun_phrase(self.index + 1)
            return self._word() == "in" and bool(found and found.head in CONTAINERS - VEHICLES - _LARGE)
        if lives(one):
            return self._word() in {"in", "inside"} and kind in _BESIDE
        return kind in _BESIDE | {"on", "inside"} and RELATION_PHRASES.get(self._word()) in _BESIDE | {"IN", "inside"}

    def _is_had(self, after: str) -> bool:
        """'A deckchair facing the sea with a newspaper on it': the newspaper is on something."""
        return after in _PRONOUNS and self.ended == self.index and self.scan.at(self.start - 1) == "with"

    def _chain(self, kind: str) -> list[Thing]:
        """'Cups hanging on hooks above the sink': what the hooks are above, the cups are above too."""
        if kind not in _BESIDE or self.actor is None or not self._is_beside_last():
            return []
        one, how, other = self.draft.relations[-1]
        return [other, one] if how == "on" and not lives(one) else []
