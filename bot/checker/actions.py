"""What one thing does to another, where a brief names that as their relation: 'a woman' 'feeding' 'pigeons'."""

import re

from bot.brief import Relation
from bot.director.lexicon import BODY
from bot.director.noun_words import is_noun
from bot.director.tokens import VERB_FORMS, tokens
from bot.grammar import singular

# What is as good as a verb: 'in a coat', 'around a hen'.
_WITHOUT_VERB = {"wearing": {"in", "with", "has"}, "surrounding": {"around"}, "having": {"with", "has"}}
_PASSIVE = frozenset({"by"})


def does(relation: Relation, prompt: str) -> bool:
    """Whether a prompt says that the one does something to the other, and not the other way round.

    What it does may be said in another way ('in a coat' for 'wearing a coat'); that nothing is said, with both only
    listed, is a loss.
    """
    words = [word if word in VERB_FORMS else singular(word) for word in tokens(prompt)]
    first, second = (_places(name, words) for name in (relation.subject, relation.object))
    if not first or not second:  # under another name, or missing, which is another fault
        return True
    between = [words[one + 1 : other] for one in first for other in second if one < other]
    backwards = [words[other + 1 : one] for one in first for other in second if other < one]
    if any(_says_something(span, relation.kind) for span in between):
        return True
    return any(_PASSIVE & set(span) or _is_verb(relation.kind, span) for span in backwards) and not between


def _places(name: str, words: list[str]) -> list[int]:
    head = singular(name.casefold().split(" of ")[0].split()[-1])
    return [at for at, word in enumerate(words) if word == head or word.endswith(f" {head}") or head in word.split()]


def _says_something(span: list[str], kind: str) -> bool:
    """Whether right before the other thing anything is done, not before one in between."""
    things = [at for at, word in enumerate(span) if is_noun(word) and word not in VERB_FORMS and word not in BODY]
    span = span[things[-1] + 1 :] if things else span
    also = _WITHOUT_VERB.get(kind, {kind})
    return any(word in also or word in VERB_FORMS or re.fullmatch(r"[a-z]{3,}(?:ing|ed)", word) for word in span)


def _is_verb(kind: str, span: list[str]) -> bool:
    """Whether a passive or a relative clause says the action from its other end: 'a sign held by a hand'."""
    stem = kind.casefold().split()[0].removesuffix("ing")[:4]
    return any(word.startswith(stem) and word.endswith(("ed", "t", "d")) for word in span)
