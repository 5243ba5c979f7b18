"""What an English word is by where it stands: part of a noun phrase, or what ends one."""

import re

from bot.director.lexicon import (
    ABSTRACT,
    ADJECTIVES,
    ANIMALS,
    BODY,
    COLOURS,
    LIVING,
    MASS,
    NUMBERS,
    PEOPLE,
    VEHICLES,
    VERBS,
)
from bot.director.noun_words import (
    ADVERBIAL_PLACES,
    INDEFINITE,
    INTRANSITIVE,
    NounPhrase,
    is_adjective,
    is_adverb,
    is_hyphenated,
    is_noun,
)
from bot.director.scenes import NEEDS_STYLE_WORD, PLACES, RELATION_PHRASES, STYLES, TIMES, WEATHER
from bot.director.tokens import (
    ADVERBS,
    COMPOUNDS,
    DETERMINERS,
    IRREGULAR,
    KNOWN,
    NOUNS,
    PARTICIPLES,
    QUOTE,
    STOPS,
    VERB_FORMS,
    is_name,
    third_person,
)
from bot.grammar import is_plural, plural, singular

# These stand after their noun: 'a baby asleep in a crib'.
_AFTER_NOUNS = frozenset("asleep awake alone alive afloat ajar aflame aglow adrift".split())
_GERUND_BEFORE = frozenset(["and", "with", "in", "of", "wearing", "on", "or", "&"])
_CLAUSE_OPENS = frozenset(["", ".", ",", ":", ";", "\n"])
_OPENING = frozenset(["", ".", ",", ":", ";", "\n", "of"])
# What moves by itself, or is alive: 'a car drive' is a car that drives.
MOVING_THINGS = ANIMALS | PEOPLE | VEHICLES | frozenset("rocket plane airplane bicycle bike balloon ball".split())
_NAMED = NOUNS | {plural(noun) for noun in NOUNS}


class Words:
    """Judges words by where they stand."""

    def __init__(self, words: list[str]) -> None:
        self.words = words

    def at(self, index: int) -> str:
        """The word there, or an empty string past the end."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def is_gerund(self, index: int) -> bool:
        """Whether a word in -ing says what kind of thing comes next: 'smiling agent', 'a dress and hiking boots'."""
        word, after, before = self.at(index), self.at(index + 1), self.at(index - 1)
        if not word.endswith("ing") or word in COMPOUNDS or " " in word or not (is_noun(after) or is_adjective(after)):
            return False
        if after in PLACES or after in ADVERBIAL_PLACES or after in VERB_FORMS or after in _AFTER_NOUNS:
            return False
        return (word in INTRANSITIVE and before in {"", ".", ":", "\n"}) or (
            before in _GERUND_BEFORE and after in _NAMED and word in VERB_FORMS and self.at(index - 2) != ","
        )

    def _describes(self, index: int, opened: bool) -> bool:
        word, after = self.at(index), self.at(index + 1)
        more = bool(re.match(r"[^\W_]", after)) and after not in STOPS and after not in DETERMINERS
        if word.endswith("'s") or re.fullmatch(r"\d+(?:st|nd|rd|th)", word):
            return more
        if self._is_strange_adjective(index, opened):
            return True
        if is_hyphenated(word):
            return more and (is_noun(after) or is_adjective(after) or opened)
        if re.search(r"[^e]ed$", word) and not is_noun(word) and word not in COLOURS and word not in STYLES:
            return opened and more
        if self.is_gerund(index):
            return True
        if word in VERB_FORMS and word.endswith("ing") and not is_noun(word):
            return opened and more
        if word in STYLES or word in WEATHER or word in TIMES:
            telling = (word in STYLES and word not in NEEDS_STYLE_WORD) or (word in WEATHER and word in ADJECTIVES)
            strange = telling and after not in VERB_FORMS
            return more and (
                is_noun(after)
                or (strange and self.at(index - 1) in _OPENING and after.isalpha() and not is_adverb(after))
                or (is_adjective(after) and not after.endswith("ing"))
                or after in TIMES
                or after in STYLES
            )
        if is_adjective(word) and is_noun(word) and after in _AFTER_NOUNS:
            return False
        if is_adjective(word):
            return not is_noun(word) or (more and not self._verb_next(after)) or (word in COLOURS and not opened)
        return False

    def _is_strange_adjective(self, index: int, opened: bool) -> bool:
        """'Stern penguin', 'leaking bucket' where a clause begins: an object would have an article."""
        word, after = self.at(index), self.at(index + 1)
        begins = not opened and self.at(index - 1) in _CLAUSE_OPENS and re.fullmatch(r"[a-z]{3,}", word) is not None
        one = is_noun(after) and not is_plural(after) and after not in VERB_FORMS and after not in MASS | PLACES.keys()
        if word in VERB_FORMS:
            return begins and one and word.endswith("ing") and self.at(index - 1) != "," and after not in BODY
        return begins and one and word not in KNOWN and not is_noun(word) and not word.endswith(("ly", "s", "ing"))

    def _verb_next(self, word: str) -> bool:
        return word in VERB_FORMS and not is_noun(word)

    def _goes_on(self, index: int) -> bool:
        """Whether more adjectives and then a noun follow: 'small, white and fluffy dog'."""
        while (
            is_adjective(self.at(index))
            or self.at(index) in ADVERBS
            or (self.at(index) in {",", "and"} and is_adjective(self.at(index + 1)))
        ):
            if is_noun(self.at(index)) and not is_noun(self.at(index + 1)):
                return False
            index += 1
        return self._names(self.at(index), False, NounPhrase()) and is_adjective(self.at(index - 1))

    def _closes(self, last: str, word: str, found: NounPhrase) -> bool:
        if (
            last in INDEFINITE
            or (is_plural(last) and not is_name(last) and last not in {"sports", "wheels"})
            or last == "one"
        ):
            return True
        if self._is_deed_of(last, word, found):
            return True
        if self._is_plural_noun(last, word, found):
            return False
        if self._ends_as_noun(last, word, found):
            return False
        if (
            word in ADVERBIAL_PLACES
            or (word in PARTICIPLES and self.at(found.end + 1) == "by")
            or (word in VERB_FORMS and not (is_noun(word) and not word.endswith("s")))
        ):
            return True
        if not is_noun(word) and (is_adjective(word) or re.search(r"(ing|ed|ly)$", word)):
            return True
        one = found.count == 1 or found.determiner in {"a", "an"}
        return (
            (one and word in VERB_FORMS and word.endswith("s"))
            or word in WEATHER
            or (word in TIMES and not is_noun(word))
        )

    def _is_plural_noun(self, last: str, word: str, found: NounPhrase) -> bool:
        """'Five tea leaves', 'red maple leaves': no verb, since nothing singular could do it there."""
        several = (found.count or 2) > 1 and found.determiner not in {"a", "an"}
        after = self.at(found.end + 1)
        done = after in DETERMINERS or after in NUMBERS or is_noun(after)
        return several and last not in LIVING and word.endswith("s") and singular(word) in NOUNS and not done

    def _is_deed_of(self, last: str, word: str, found: NounPhrase) -> bool:
        """'My sister buries his feet', 'a boy building a castle': what lives does what could be a noun elsewhere."""
        after = self.at(found.end + 1)
        done = after in DETERMINERS or after in NUMBERS or after in RELATION_PHRASES or after in {"you", "it", "them"}
        verb = third_person(word) or (word.endswith("ing") and word in VERB_FORMS)
        return bool(verb) and done and last in LIVING and not is_plural(last)

    def _ends_as_noun(self, last: str, word: str, found: NounPhrase) -> bool:
        """'A noodle stand', 'a museum guard': after 'a' a verb would end in s, unless a learner of English says it."""
        base = word in VERBS - IRREGULAR and not word.endswith("s") and not is_adjective(word)
        ends = not self.at(found.end + 1)[:1].isalnum()
        acts = last in MOVING_THINGS or self.at(found.end + 1) in DETERMINERS
        return base and found.determiner in {"a", "an"} and (ends or not acts)

    def _names(self, word: str, opened: bool, found: NounPhrase) -> bool:
        if not re.match(r"[^\W_]", word) or re.fullmatch(r"\d+(?:st|nd|rd|th)", word) or word[:1] == QUOTE:
            return False
        if word in STOPS or word in DETERMINERS:
            return False
        if is_noun(word) or word in TIMES or word in WEATHER or word in STYLES or word in ABSTRACT or is_name(word):
            return True
        described = bool(found.attributes or found.colours or any(one not in TIMES for one in found.scenery))
        return (
            (opened or described)
            and not re.fullmatch(r"\d+", word)
            and word not in NUMBERS
            and not (word in VERB_FORMS and not word.isalpha())
        )
