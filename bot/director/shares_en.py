"""Numbers in an English text that add up to what was named before: 'five mugs, two navy, two green, one chipped'."""

from bot.director.clause_en import describe
from bot.director.draft import Thing
from bot.director.lexicon import COLOURS, NUMBERS
from bot.director.noun_words import is_adjective, is_noun
from bot.director.parts_en import Parts
from bot.director.tokens import ADVERBS, DETERMINERS, STOPS, VERB_FORMS

_OPENS = frozenset([",", ":", ";", ".", "(", "\n"])
_PARTS = frozenset([",", "and", "&", ";"])
_ENDS = _PARTS | {"", ".", ")", "\n", "!", "?"}
_ONES = frozenset("one ones of them is are".split())
_AFTER_DEEDS = frozenset("over up down out away asleep awake".split())


class Shares(Parts):
    """Reads what each share of several things is like."""

    def _shared(self) -> bool:
        """Whether shares follow that make up something of which there are so many."""
        if self._word(-1) not in _OPENS or self.link or self._number(self.index) is None:
            return False
        shares, end = self._shares()
        total = sum(number for number, _ in shares)
        several = [one for one in self.draft.things if one.count == total]
        several = several or [one for one in self.draft.things[-1:] if one.plural and not one.count]
        if len(shares) < 2 or not several:
            return False
        whole, last = several[-1], len(shares) - 1
        for at, (number, said) in enumerate(shares):
            part = whole if at == last else self.draft.add(Thing(whole.name, 0, whole.colour, list(whole.attributes)))
            part.count = number
            for word in said:
                describe(part, word)
        self.index, self.last, self.draft.focus = end, whole, whole
        return True

    def _number(self, at: int) -> int | None:
        word = self.scan.at(at)
        return NUMBERS.get(word) or (int(word) if word.isdecimal() and len(word) < 3 else None)

    def _shares(self) -> tuple[list[tuple[int, list[str]]], int]:
        """Each number with the words that describe its share, and where they end."""
        found: list[tuple[int, list[str]]] = []
        at = end = self.index
        while (number := self._number(at)) is not None:
            at += 1
            said: list[str] = []
            while self.scan.at(at) not in _ENDS:
                said.append(self.scan.at(at))
                at += 1
            words = _describing(said)
            if not words:
                break
            found.append((number, words))
            end = at
            while self.scan.at(at) in _PARTS:
                at += 1
        return found, end


def _describing(said: list[str]) -> list[str]:
    """The words of a share without 'of them are' and 'one'; none where they name something else."""
    words = [word for word in said if word not in _ONES and word not in ADVERBS]
    if len(words) > 1 and words[-1] in _AFTER_DEEDS and words[-2].endswith(("ed", "ing")):
        words[-2:] = [f"{words[-2]} {words[-1]}"]
    return words if all(_tells(word) for word in words) else []


def _tells(word: str) -> bool:
    if word in COLOURS or word in VERB_FORMS or is_adjective(word) or " " in word:
        return True
    return word.isalpha() and not (is_noun(word) or word in STOPS or word in DETERMINERS or word.endswith("s"))
