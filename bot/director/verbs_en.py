"""Who does what in an English clause: verbs in any form, what is worn and held, and what things are made of."""

import re

from bot.director.clause_en import lives
from bot.director.corrections_en import Corrections
from bot.director.draft import Thing
from bot.director.lexicon import PARTICLES, PLACED, ROAMING
from bot.director.noun_words import is_adjective, is_noun
from bot.director.scenes import STYLES, TIMES, WEATHER
from bot.director.tokens import DETERMINERS, MADE_OF, PARTICIPLES, STOPS, VERB_FORMS, is_name
from bot.grammar import singular

EXCLUDES = frozenset("without excluding except minus no".split())
_TELLS_NOTHING = frozenset(
    """
    printed written drawn painted called named placed located based used needed seen shown set put being having going
    doing showing featuring depicting including wanting needing looking according regarding following made done titled
    labelled labeled
    """.split()
)
_PAST = frozenset("sat slept flew ate wore held rode".split())


class Verbs(Corrections):
    """Reads verbs."""

    def _homewards(self) -> bool:
        """'Boats coming home': where they go is no house in the picture."""
        if self._word() != "home" or self._word(-1) not in VERB_FORMS:
            return False
        self.index += 1
        return True

    def _verb(self) -> bool:
        if self.scan.is_gerund(self.index):
            return False
        if self._is_of_unwanted():
            return True
        return self._placed() or self._made() or self._deed()

    def _is_of_unwanted(self) -> bool:
        """'A bench without anyone sitting on it': nobody sits; but 'a man without a hat standing' stands."""
        if self.link != "exclude" or not self._word().endswith("ing") or self._word(-1) in EXCLUDES | DETERMINERS:
            return False
        self.link, unwanted = "", self._word(-1)
        if unwanted not in {"anyone", "anybody"} and not lives(Thing(singular(unwanted))):
            return False
        self.index += 1
        return True

    def _placed(self) -> bool:
        """'Wearing', 'holding', 'riding': what is named next is on, or with, whoever does it."""
        deed = VERB_FORMS.get(self._word(), self._word())
        if deed not in PLACED:
            return False
        doer = self.actor or self._doer()
        self.all_of = [] if self.actor else list(self._list_before())
        self.link, self.holder = PLACED[deed], doer
        self.owner, self.carrying, self.actor = doer, PLACED[deed] != "on", None
        if doer and " " in deed:
            doer.describe(deed)
        self.index += 1
        return True

    def _made(self) -> bool:
        """'Made of cheese', 'full of books'."""
        if self._word() in MADE_OF:
            return self._material(self._word())
        if self._word() not in {"filled with", "full of"}:
            return False
        self.link, self.holder = "FILLED", self.last
        self.index += 1
        return True

    def _deed(self) -> bool:
        word, doer = self._word(), self._doer()
        doers = [one for one in self._list_before() if lives(one) or is_name(one.name)]
        starts = VERB_FORMS.get(word) or self._past(word) or self._participle(word)
        tied = self._word(-1) in {"with", "of"} or self.link not in {"", "part"}
        if starts is None or doer is None or tied or self._is_no_verb(word):
            return False
        self.index += 1
        if starts in _TELLS_NOTHING:
            return True
        self.doers = (
            doers if len(doers) == len(self.listed) and self._word() not in {"it", "him", "her", "them"} else []
        )
        if self._word() in PARTICLES and self._word(1) not in DETERMINERS:
            starts, self.index = f"{starts} {self._word()}", self.index + 1
        for one in self.doers or [doer]:
            one.describe(starts)
        self.actor, self.link = doer, ""
        self.roaming = starts in ROAMING
        self.doing = (doer, starts, self.index) if starts.endswith("ing") else None
        return True

    def _is_no_verb(self, word: str) -> bool:
        """A noun like 'paint'; but 'playing cards' are played."""
        if word.endswith("ing") or word.startswith("playing "):
            return False
        if word.endswith("s") and self.ended == self.index and self.last and self.last.count == 1:
            return False
        if word in {"draw", "paint", "sketch"}:
            return True
        base = VERB_FORMS.get(word, word) != word and not word.endswith("s") and word not in _PAST
        afresh = base and self._word(-1) in {",", ".", ";", ":"}
        return is_noun(word) or afresh or (base and is_adjective(word) and self._word(1) not in DETERMINERS)

    def _past(self, word: str) -> str | None:
        """'A chicken crossed the road': what is told in the past is happening in the picture."""
        return PARTICIPLES.get(word) if self._word(1) in DETERMINERS and not is_noun(word) else None

    def _participle(self, word: str) -> str | None:
        """An unknown verb by its ending: 'attacking', 'stacked'."""
        before = self._word(-1)
        follows = before in {"is", "are"} or (before not in STOPS | DETERMINERS | {"", ",", "."} and not is_noun(word))
        follows = follows or (before == "," and word.endswith("ing") and self._word(1) in DETERMINERS)
        if word in STOPS or word in WEATHER or word in TIMES or word in STYLES:
            return None
        return word if follows and re.fullmatch(r"[a-z-]{3,}(?:ing|ed)", word) else None

    def _material(self, word: str) -> bool:
        found = self.scan.noun_phrase(self.index + 1, opened=True)
        if found is None or self.last is None:
            return False
        self.last.describe(" ".join([word, *self.words[self.index + 1 : found.end]]))
        self.index = found.end
        return True
