"""When two wordings mean the same: words, things, colours, names and verbs compared."""

import re
from collections.abc import Callable

from bot.brief import RELATIONS
from bot.director.traditional import simplified
from bot.grammar import singular

SPELLINGS = {"gray": "grey", "watercolor": "watercolour", "colored": "coloured", "colorful": "colourful"}
ARTICLES = frozenset({"a", "an", "the"})


def words_of(text: str) -> list[str]:
    """Words for comparing: small letters, British, simplified characters, no articles, the last one singular."""
    words = [SPELLINGS.get(word, word) for word in simplified(text).casefold().replace("-", " ").split()]
    words = [word for word in words if word not in ARTICLES]
    return [*words[:-1], singular(words[-1])] if words else []


def any_of(got: str, wanted: str, same: Callable[[str, str], bool]) -> bool:
    """Whether a text is the same as one of the alternatives between '|'."""
    return any(same(got, one) for one in str(wanted).split("|"))


def same_words(got: str, wanted: str) -> bool:
    """'dark forest' is a forest: every wanted word is there."""
    return bool(wanted) and set(words_of(wanted)) <= set(words_of(got))


def same_thing(got: str, wanted: str) -> bool:
    """'police car' is a car: the wanted words stand at the end."""
    ours, theirs = words_of(got), words_of(wanted)
    return bool(theirs) and ours[-len(theirs) :] == theirs


def is_thing(got: str, alternatives: str) -> bool:
    """Whether a thing goes by one of these names."""
    return any_of(got, alternatives, same_thing)


def same_colour(got: str, wanted: str) -> bool:
    """'Dark blue' is blue; 'blue green' is not."""
    return words_of(got)[-1:] == words_of(wanted)[-1:] and same_words(got, wanted)


def stands_in(text: str, name: str) -> bool:
    """'Aurora' stands in 'the ferry Aurora' and not in 'Auroras'; Chinese has no word ends to look for."""
    whole = rf"(?<![^\W_]){re.escape(name)}(?![^\W_])" if name.isascii() else re.escape(name)
    return re.search(whole, text) is not None


def verb(kind: str) -> str:
    """The stem of an action, so that 'rides' is 'riding'; the kinds of relations stay as they are."""
    return kind if kind in RELATIONS else re.sub(r"(ing|es|ed|e|s)\b", "", kind)
