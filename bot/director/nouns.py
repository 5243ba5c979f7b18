"""English noun phrases: 'two small red cars' as a number, adjectives, a colour and a head."""

import re

from bot.director.lexicon import (
    ABSTRACT,
    COLOURS,
    GROUPS,
    HOLDERS,
    MASS,
    MEASURES,
    NUMBERS,
    SYNONYMS,
    THINGS,
)
from bot.director.noun_words import NounPhrase, colour_of, is_adjective, is_adverb, is_hyphenated, is_noun
from bot.director.scenes import NEEDS_STYLE_WORD, PLACES, STYLE_WORDS, STYLES, TIMES, WEATHER
from bot.director.tokens import DETERMINERS, is_name
from bot.director.words_en import Words
from bot.grammar import PAIRS, is_plural, singular

MOST_DETERMINERS = 6
PRODUCTS = frozenset(
    "close-up closeup logo icon emblem avatar wallpaper banner thumbnail sticker badge postcard silhouette".split()
)
_VAGUE = frozenset("some any several many few various numerous all more extra".split())
_ROWS = frozenset("row line circle ring stack pile trio team".split())
# 'An armful of sunflowers' is many sunflowers.
_FULL_OF = re.compile(r"(?:arm|fist|hand|mouth|pocket|lap|truck|cart|boat|bus|shed|house|room|barn)(?:ful|load)s?")
_MATERIALS = frozenset(
    "gold silver bronze copper brass iron steel wood glass paper leather wool silk cotton straw rubber clay "
    "marble stone".split()
)
_PARTS_OF_SPACE = frozenset("top edge middle centre center side end bottom corner heart depth depths front".split())


class Scanner(Words):
    """Reads noun phrases out of a list of words."""

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
                found.count = 1 if word == "pair" and self._is_pair(found.end + 2) else 2
                found.end += 2
            elif word == "dozen":
                found.count, found.end = 12 * (found.count or 1), found.end + 1 + (after == "of")
            elif word in _ROWS and after == "of" and self.at(found.end + 2) in NUMBERS:
                found.end += 2
            elif (word in GROUPS or _FULL_OF.fullmatch(word)) and after == "of" and word not in MEASURES:
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

    def _is_pair(self, index: int) -> bool:
        """Whether what follows is one thing in two parts: a pair of round glasses."""
        return any(self.at(at).split()[-1:] and self.at(at).split()[-1] in PAIRS for at in range(index, index + 3))

    def _pronoun_after(self, index: int) -> bool:
        word = self.at(index)
        return word in {"", "is", "are", "of", "with", "in", "on"} or not (word.isalpha() or "-" in word or " " in word)

    def _words(self, found: NounPhrase, opened: bool) -> list[str]:
        """Take adjectives into the phrase, and give back the run of nouns at its end."""
        run: list[str] = []
        while word := self.at(found.end):
            after = self.at(found.end + 1)
            if self._is_degree(word, after) or (word == "one" and opened and not run):
                if word == "one":
                    run.append(word)
            elif run and self._closes(run[-1], word, found):
                break
            elif not run and self._describes(found.end, opened):
                _take(found, word)
            elif (
                word in {",", "and"}
                and not run
                and (found.attributes or found.colours)
                and opened
                and self._goes_on(found.end + 1)
            ):
                pass
            elif not (run and word == "one") and self._names(word, opened or bool(run), found):
                run.append(word)
            else:
                break
            found.end += 1
        return run

    def _is_degree(self, word: str, after: str) -> bool:
        """'Very', 'slowly' before what it speaks of: 'a very fed-up dog'."""
        described = is_adverb(after) or is_adjective(after) or is_hyphenated(after) or after.endswith("ed")
        return is_adverb(word) and described

    def _head(self, found: NounPhrase, run: list[str], opened: bool) -> None:
        material = opened and found.attributes[-1:] and found.attributes[-1] in _MATERIALS
        if not run and found.attributes and (material or is_noun(found.attributes[-1])) and not found.colours:
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
        if len(run) > 1 and is_name(run[-1]) and is_noun(run[-2]):
            found.names.append(run.pop())  # 'our hamster Biscuit'
        last = run[-1]
        if is_name(last):
            found.head = " ".join(run)
            last_word = last.split()[-1].casefold()
            found.known = last_word in THINGS or last_word in PLACES
            several = is_plural(last.split()[-1].casefold()) and bool(found.determiner)
            found.count = found.count or (None if several else 1)
            return
        found.known, found.plural = is_noun(last), found.count is None and is_plural(last)
        whole = " ".join([*run[:-1], singular(last)])
        found.head = SYNONYMS.get(whole, " ".join([*run[:-1], SYNONYMS.get(singular(last), singular(last))]))
        if found.count is None and found.determiner != "some" and not is_plural(last) and last not in MASS:
            found.count = 1
        if found.count is None and found.determiner in {"a", "an", "another"} and last not in MASS:
            found.count = 1

    def _inner(self, found: NounPhrase) -> NounPhrase:
        """'A cup of coffee' is one thing; 'the top of a hill' is the hill; else both stand in the name."""
        head = found.head.split()[-1]
        if " " in found.head and found.head in STYLES and found.head not in NEEDS_STYLE_WORD:
            return found
        if head in PRODUCTS and (inner := self.noun_phrase(found.end + 1)) and inner.head:
            inner.product = found.phrase().strip()
            return inner
        if head in STYLES or head in STYLE_WORDS or head in ABSTRACT or head in PLACES:
            return found
        inner = self.noun_phrase(found.end + 1, opened=head in MEASURES)
        if inner is None or not inner.head:
            return found
        if head in _PARTS_OF_SPACE:
            return inner
        if head in HOLDERS and is_plural(self.at(inner.end - 1)):
            found.content, found.end = inner, inner.end
            return found
        words = self.words[found.end + 1 : inner.end]
        if head not in MEASURES:
            found.head, found.end = f"{found.head} of {' '.join(words)}", inner.end
            return found
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
        found.colours.append(colour_of(word))
    elif word in STYLES or word in WEATHER or word in TIMES:
        found.scenery.append(word)
    elif not is_adverb(word):
        found.attributes.append(word)
