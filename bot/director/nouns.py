"""English noun phrases: 'two small red cars' as a number, adjectives, a colour and a head."""

import re
from dataclasses import dataclass, field

from bot.director.lexicon import ABSTRACT, ADJECTIVES, COLOURS, GROUPS, HOLDERS, MASS, MEASURES, NUMBERS, SYNONYMS
from bot.director.scenes import PLACES, STYLE_WORDS, STYLES, TIMES, WEATHER
from bot.director.tokens import ADVERBS, COMPOUNDS, DETERMINERS, NOUNS, QUOTE, STOPS, VERB_FORMS
from bot.grammar import is_plural, singular

_ADJECTIVAL = re.compile(
    r".{3,}(ful|ous|ish|less|ive|able|ible|ic|ian|ese|like|coloured|colored|shaped|themed|sized)$|.{2,}-.+ed$"
)
MOST_DETERMINERS = 6
PRODUCTS = frozenset(
    "close-up closeup logo icon emblem avatar wallpaper banner thumbnail sticker badge postcard silhouette".split()
)
_VAGUE = frozenset("some any several many few various numerous all more extra".split())
ADVERBIAL_PLACES = frozenset("underwater outdoors indoors".split())
_ROWS = frozenset("row line circle ring stack pile trio team".split())
_PARTS_OF_SPACE = frozenset("top edge middle centre center side end bottom corner heart depth depths front".split())


@dataclass(slots=True)
class NounPhrase:
    """What one noun phrase says; `head` is singular and empty where there were only adjectives."""

    head: str = ""
    determiner: str = ""
    count: int | None = None
    colours: list[str] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)
    scenery: list[str] = field(default_factory=list)
    known: bool = False
    alone: bool = False
    product: str = ""
    content: "NounPhrase | None" = None
    end: int = 0

    @property
    def definite(self) -> bool:
        """Whether it speaks of something that was named before, or that goes without saying."""
        return self.determiner in {"the", "this", "that", "these", "those"}

    def phrase(self) -> str:
        """Adjectives and head, for a place or an exclusion."""
        return " ".join([*self.attributes, *self.colours, self.head])


def is_noun(word: str) -> bool:
    """Whether the director knows this word as something to be seen."""
    single = SYNONYMS.get(singular(word), singular(word))
    return (
        bool({word, single} & NOUNS)
        or word in COMPOUNDS
        or singular(word) in COMPOUNDS
        or single in PLACES
        or word in PLACES
    )


def is_adjective(word: str) -> bool:
    """Whether this word describes: known, or by its ending."""
    return word in ADJECTIVES or word in COLOURS or bool(not is_noun(word) and _ADJECTIVAL.match(word))


class Scanner:
    """Reads noun phrases out of a list of words."""

    def __init__(self, words: list[str]) -> None:
        self.words = words

    def at(self, index: int) -> str:
        """The word there, or an empty string past the end."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def noun_phrase(self, start: int, *, opened: bool = False) -> NounPhrase | None:
        """The noun phrase that begins here, or None where none does.

        A head needs no lexicon after a determiner or a number: 'a zorilla', nor where a noun must follow (`opened`).
        Without either it has to be known.
        """
        found = NounPhrase(end=start)
        self._determiner(found)
        opened = opened or found.end > start
        run = self._words(found, opened)
        if not run and not found.colours and not found.attributes and not found.scenery:
            return None
        self._head(found, run, opened)
        return self._inner(found) if found.head and self.at(found.end) == "of" else found

    def _determiner(self, found: NounPhrase) -> None:
        plural_unknown, start = False, found.end
        while (word := self.at(found.end)) and found.end - start < MOST_DETERMINERS:
            number = NUMBERS.get(word) or (int(word) if re.fullmatch(r"[1-9]\d?", word) else None)
            after = self.at(found.end + 1)
            if word in {"couple", "pair"} and after == "of":
                found.count, found.end = 2, found.end + 2
            elif word == "dozen":
                found.count, found.end = 12 * (found.count or 1), found.end + 1 + (after == "of")
            elif word in _ROWS and after == "of" and self.at(found.end + 2) in NUMBERS:
                found.end += 2
            elif word in GROUPS and after == "of" and word not in MEASURES:
                plural_unknown, found.end = True, found.end + 2
            elif word == "that" and self._names(self.at(found.end - 1), False, found):
                break
            elif word in DETERMINERS:
                found.determiner, found.end = word, found.end + 1
                plural_unknown = plural_unknown or word in _VAGUE
            elif number and not (word == "one" and self._pronoun_after(found.end + 1)):
                found.count, found.end = number, found.end + 1
            else:
                break
        if plural_unknown:
            found.count, found.determiner = None, "some"

    def _pronoun_after(self, index: int) -> bool:
        word = self.at(index)
        return word in {"", "is", "are", "of", "with", "in", "on"} or not (word.isalpha() or "-" in word or " " in word)

    def _words(self, found: NounPhrase, opened: bool) -> list[str]:
        """Take adjectives into the phrase, and give back the run of nouns at its end."""
        run: list[str] = []
        while word := self.at(found.end):
            after = self.at(found.end + 1)
            if (word in ADVERBS and is_adjective(after)) or (word == "one" and opened):
                if word == "one":
                    run.append(word)
            elif run and self._closes(run[-1], word, found):
                break
            elif not run and self._describes(word, after, opened):
                _take(found, word)
            elif (
                word in {",", "and"}
                and not run
                and (found.attributes or found.colours)
                and opened
                and self._goes_on(found.end + 1)
            ):
                pass
            elif self._names(word, opened or bool(run), found):
                run.append(word)
            else:
                break
            found.end += 1
        return run

    def _describes(self, word: str, after: str, opened: bool) -> bool:
        more = bool(re.match(r"[^\W_]", after)) and after not in STOPS and after not in DETERMINERS
        if word.endswith("'s"):
            return more
        if re.search(r"[^e]ed$", word) and not is_noun(word) and word not in COLOURS and word not in STYLES:
            return opened and more
        if word in VERB_FORMS and word.endswith("ing") and not is_noun(word):
            return opened and more
        if word in STYLES or word in WEATHER or word in TIMES:
            return more and (is_noun(after) or is_adjective(after) or after in TIMES or after in STYLES)
        if is_adjective(word):
            return not is_noun(word) or (more and not self._verb_next(after)) or (word in COLOURS and not opened)
        return False

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
        if (is_plural(last) and last not in {"sports", "wheels"}) or last == "one":
            return True
        if word in ADVERBIAL_PLACES or (word in VERB_FORMS and not (is_noun(word) and not word.endswith("s"))):
            return True
        if not is_noun(word) and (is_adjective(word) or re.search(r"(ing|ed|ly)$", word)):
            return True
        one = found.count == 1 or found.determiner in {"a", "an"}
        return (
            (one and word in VERB_FORMS and word.endswith("s"))
            or word in WEATHER
            or (word in TIMES and not is_noun(word))
        )

    def _names(self, word: str, opened: bool, found: NounPhrase) -> bool:
        if not re.match(r"[^\W_]", word) or word in STOPS or word in DETERMINERS or word[:1] == QUOTE:
            return False
        if is_noun(word) or word in TIMES or word in WEATHER or word in STYLES or word in ABSTRACT:
            return True
        described = bool(found.attributes or found.colours)
        return (
            (opened or described)
            and not re.fullmatch(r"\d+", word)
            and word not in NUMBERS
            and not (word in VERB_FORMS and not word.isalpha())
        )

    def _head(self, found: NounPhrase, run: list[str], opened: bool) -> None:
        if not run and found.attributes and is_noun(found.attributes[-1]) and not found.colours:
            run = [found.attributes.pop()]
        if (
            not run
            and opened
            and not found.attributes
            and self.at(found.end - 1) in COLOURS
            and is_noun(self.at(found.end - 1))
        ):
            found.colours.pop()
            run = [self.at(found.end - 1)]
        if not run:
            return
        last = run[-1]
        found.known = is_noun(last)
        whole = " ".join([*run[:-1], singular(last)])
        found.head = SYNONYMS.get(whole, " ".join([*run[:-1], SYNONYMS.get(singular(last), singular(last))]))
        if found.count is None and found.determiner != "some" and not is_plural(last) and last not in MASS:
            found.count = 1
        if found.count is None and found.determiner in {"a", "an", "another"} and last not in MASS:
            found.count = 1

    def _inner(self, found: NounPhrase) -> NounPhrase:
        """'A cup of coffee' is one thing; 'the top of a hill' is the hill; else both stand in the name."""
        head = found.head.split()[-1]
        if head in PRODUCTS and (inner := self.noun_phrase(found.end + 1)) and inner.head:
            inner.product = found.phrase().strip()
            return inner
        if head in STYLES or head in STYLE_WORDS or head in ABSTRACT or head in PLACES:
            return found
        inner = self.noun_phrase(found.end + 1)
        if inner is None or not inner.head:
            return found
        if head in _PARTS_OF_SPACE:
            return inner
        if head in HOLDERS and is_plural(self.at(inner.end - 1)):
            found.content, found.end = inner, inner.end
            return found
        words = self.words[found.end + 1 : inner.end]
        name = [word for word in words if word not in {*found.colours, *inner.colours, *inner.attributes, "the", "my"}]
        found.head = f"{found.head} of {' '.join(name)}"
        found.colours += inner.colours
        for attribute in inner.attributes:
            if attribute not in found.attributes:
                found.attributes.append(attribute)
        found.end = inner.end
        return found


def _take(found: NounPhrase, word: str) -> None:
    if word in COLOURS:
        found.colours.append(COLOURS[word])
    elif word in STYLES or word in WEATHER or word in TIMES:
        found.scenery.append(word)
    elif word not in ADVERBS:
        found.attributes.append(word)
