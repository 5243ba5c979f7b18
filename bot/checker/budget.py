"""How many tokens a prompt takes at most, without the model's own tokenizer at hand."""

import re

from bot.dialects.phrases import NUMBERS
from bot.tasks import ModelCard

# Letters that one token covers at least in a long word; a shorter word is one token.
_LETTERS = 5
_WORD = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]|\d|[^\W\d_]+|[^\w\s]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# CLIP spells what is not in Latin letters in bytes, and T5 by a mark that says nothing.
_TOKENS_A_CHARACTER = 3
_LEARNED = ("subjects", "places", "times", "styles", "relations")


def tokens_at_most(prompt: str, card: ModelCard) -> int:
    """A careful estimate; marks of beginning and end are not counted, as in `ModelCard.token_limit`.

    CLIP (Radford et al., 2021) and T5 (Raffel et al., 2020) give a common word one token. Here every digit and mark
    counts as one, and so do each five letters begun of a long word. A model with a small world of words spells in
    letters what it has not learned.
    """
    learned = _learned(card)
    return sum(_tokens(word, learned) for word in _WORD.findall(prompt.casefold()))


def _tokens(word: str, learned: frozenset[str]) -> int:
    if _UNSPACED.match(word):
        return _TOKENS_A_CHARACTER
    if not word.isascii() or (learned and word not in learned):
        return len(word)
    return -(-len(word) // _LETTERS) if word.isalpha() and len(word) > 2 * _LETTERS else 1


def _learned(card: ModelCard) -> frozenset[str]:
    """The words that a small model's captions were full of; colours are rarer, and may be spelt."""
    if not card.vocabulary:
        return frozenset()
    said = ["a an and of the", *NUMBERS]
    for table in _LEARNED:
        for name, entry in card.vocabulary.get(table, {}).items():
            phrases = [entry] if isinstance(entry, str) else [entry.get("phrase", ""), entry.get("plural", "")]
            said += [name if table == "subjects" else "", *phrases]
    return frozenset(" ".join(said).casefold().split())
