"""What somebody takes back in the same breath: 'a red car, sorry, a blue car', 'by the sea, on the beach I mean'."""

from bot.director.clause_en import lives
from bot.director.draft import Thing
from bot.director.lexicon import ANIMALS, PEOPLE
from bot.director.lexicon_turns import INSTEAD
from bot.director.noun_words import NounPhrase
from bot.director.relations_en import Relations
from bot.director.scenery_en import style_in
from bot.director.scenes import PLACES, RELATION_PHRASES, TIMES, WEATHER


class Corrections(Relations):
    """Puts what is said after 'I mean' in place of what was said before it."""

    def _correction(self) -> bool:
        if self._word() != INSTEAD:
            return False
        self.index += 1
        self.actor, self.link, self.series, self.listed = None, "", None, []
        if self._word() in RELATION_PHRASES:
            self._take_back_where()
        elif (found := self.scan.noun_phrase(self.index)) and found.head and not _is_scenery(found):
            self._say_instead(found)
        return True

    def _take_back_where(self) -> None:
        """Forget where the last thing was said to be."""
        if self.last is None or not self.draft.relations or self.draft.relations[-1][2] is not self.last:
            self.draft.place = ""
            return
        holder = self.draft.relations[-1][0]
        self.draft.drop(self.last)
        self.last = self.draft.focus = holder

    def _say_instead(self, found: NounPhrase) -> None:
        if self.draft.place and (found.head in PLACES or not self.draft.things):
            self.draft.place = " ".join([*found.attributes, PLACES.get(found.head, found.head)])
        elif old := self._mistaken(found):
            old.name = old.name if found.head == "one" else found.head
            old.count, old.plural, old.colour, old.attributes = found.count, found.plural, "", list(found.attributes)
            old.paint(found.colours)
            self.last = self.draft.focus = old
        else:
            return
        self.index = found.end

    def _mistaken(self, found: NounPhrase) -> Thing | None:
        """What was meant otherwise: what goes by that name, else the last of its kind."""
        head = found.head.split()[-1]
        alike = [one for one in self.draft.things if lives(one) == (head in ANIMALS or head in PEOPLE)]
        return self.draft.find(found.head) or (alike[-1] if alike and found.head != "one" else self.last)


def _is_scenery(found: NounPhrase) -> bool:
    return found.head in TIMES or found.head in WEATHER or bool(style_in(found))
