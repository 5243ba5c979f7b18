"""Who does what in an English clause: verbs in any form, what is worn and held, and what things are made of."""

import re

from bot.director.clause_en import lives
from bot.director.corrections_en import Corrections
from bot.director.draft import Thing
from bot.director.lexicon import ABSTRACT, BODY, PARTICLES, PLACED, ROAMING, WORN
from bot.director.noun_words import is_adjective, is_noun
from bot.director.nouns_en import NOWHERE
from bot.director.scenes import PLACES, RELATION_PHRASES, STYLES, TIMES, WEATHER
from bot.director.tokens import DETERMINERS, IRREGULAR, MADE_OF, PARTICIPLES, STOPS, VERB_FORMS, is_name, third_person
from bot.grammar import singular

EXCLUDES = frozenset("without excluding except minus no".split())
_TELLS_NOTHING = frozenset(
    """
    printed written drawn painted called named placed located based used needed seen shown set put being having going
    doing showing featuring depicting including wanting needing looking according regarding following made done titled
    labelled labeled
    """.split()
)
_STANDS = frozenset("sits sit sat stands stand stood lies rests".split())
_POSTURES = frozenset("sitting standing lying sleeping smiling resting kneeling leaning".split())
_AIMS = frozenset(["at", "with", "from", "to", "out of", "past", "off"])
_SEEN_THROUGH = frozenset("looking peering peeking staring gazing glancing squinting climbing crawling jumping".split())
_IN_PARTS = frozenset("half two pieces quarters thirds slices bits".split())
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
        self.index += 1 + (self._word(1) in {"up", "out", "aloft"} and self._word(2) in DETERMINERS)
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
        word, doer = self._word(), self._doer_of_all() or self._done_to_last() or self._doer()
        doers = [one for one in self._list_before() if lives(one) or is_name(one.name)]
        done = self._done_to_it(word, doer)
        starts = done or VERB_FORMS.get(word) or self._past(word) or self._participle(word) or self._does(word, doer)
        tied = self._word(-1) in {"with", "of"} or self.link not in {"", "part"}
        if starts is None or doer is None or tied or self._is_no_verb(word):
            return False
        self.index += 1
        if done and self._word() == "in" and self._word(1) in _IN_PARTS:
            starts, self.index = f"{done} in {self._word(1)}", self.index + 2
        if starts in _TELLS_NOTHING:
            if starts == "looking" and self._word() == "at":
                self._aims(doer, starts)
            elif (
                starts == "doing"
                and re.fullmatch(r"[a-z]{3,}", self._word())
                and self._word() not in STOPS | DETERMINERS
            ):
                doer.describe(f"doing {self._word()}")
                self.index += 1
            return True
        passive = not starts.endswith("ing")
        doers = list(self._list_before(self.index - 1)) if passive else doers
        self.doers = (
            doers if len(doers) == len(self.listed) and self._word() not in {"it", "him", "her", "them"} else []
        )
        if self._only_stands(word, doer):
            self.actor, self.link, self.roaming, self.doing = doer, "", False, None
            return True
        if self._word() in PARTICLES and self._word(1) not in DETERMINERS:
            starts, self.index = f"{starts} {self._word()}", self.index + 1
        for one in self.doers or [doer]:
            one.describe(starts)
        self.actor, self.link = doer, ""
        self.roaming = starts in ROAMING
        self.doing = (doer, starts, self.index) if starts.endswith("ing") else None
        self._aims(doer, starts)
        return True

    def _doer_of_all(self) -> Thing | None:
        """'A bell with a crack, resting on a cushion': the bell rests."""
        whole = self._word(-1) == "," and self.last is not None and not lives(self.last)
        return self.owner if whole and self.owner in self.draft.things else None

    def _done_to_last(self) -> Thing | None:
        """'A hedgehog with five books stacked up': the books are, and not the hedgehog."""
        opens = self.scan.at(self.start - 1) in {"with", ",", ".", ":", ";"}
        done = opens and self._word().endswith("ed") and self.ended == self.index and self.link != "exclude"
        return self.last if done and self.last in self.draft.things else None

    def _only_stands(self, word: str, doer: Thing) -> bool:
        """'A stapler sits on a desk' says where it is; what lives also does it."""
        return word in _STANDS and not (lives(doer) or is_name(doer.name)) and self._word() in RELATION_PHRASES

    def _aims(self, doer: Thing, deed: str) -> None:
        """'Playing with a ball', 'drinking from a cup', 'looking at another cat': to what or whom it is done."""
        through = self._word() == "through" and deed in _SEEN_THROUGH
        found = self.scan.noun_phrase(self.index + 1) if through or self._word() in _AIMS else None
        done = re.search(r"(?:ed|[^i]ng|ung|uck|own|ound)$", deed.split()[0]) and self._word() in {"with", "to"}
        if found is None or not found.head or found.scenery or found.head in NOWHERE:
            return
        if not (done or deed.endswith("ing")):
            return
        head = found.head.split()[-1]
        if (
            {head, found.head} & PLACES.keys()
            or head in TIMES
            or head in WEATHER
            or head in BODY | ABSTRACT | WORN
            or found.head in STYLES
        ):
            return
        if self._word() == "with" and (deed in _POSTURES or not (found.determiner or found.count)):
            return
        self.doing = (doer, f"{deed} {self._word()}", self.index + 1)
        self.index += 1

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

    def _done_to_it(self, word: str, doer: Thing | None) -> str:
        """'A pear cut in half', 'conkers laid out': a participle that no ending tells, of what does not live."""
        done = word in IRREGULAR and doer is not None and not lives(doer)
        return word if done and self._word(1) not in DETERMINERS and self.ended == self.index else ""

    def _does(self, word: str, doer: Thing | None) -> str | None:
        """'A snail wins a race': an unknown verb right after whoever does it."""
        follows = doer is not None and lives(doer) and doer.count == 1 and self.ended == self.index
        return (third_person(word) or None) if follows else None

    def _participle(self, word: str) -> str | None:
        """An unknown verb by its ending: 'attacking', 'stacked'."""
        before = self._word(-1)
        follows = before in {"is", "are"} or (before not in STOPS | DETERMINERS | {"", ",", "."} and not is_noun(word))
        follows = follows or (before == "," and word.endswith("ing") and self._word(1) in DETERMINERS)
        if word in STOPS or word in WEATHER or word in TIMES or word in STYLES:
            return None
        return word if follows and re.fullmatch(r"[a-z-]{2,}(?:ing|ed)", word) else None

    def _material(self, word: str) -> bool:
        found = self.scan.noun_phrase(self.index + 1, opened=True)
        if found is None or self.last is None:
            return False
        self.last.describe(" ".join([word, *self.words[self.index + 1 : found.end]]))
        self.index = found.end
        return True
