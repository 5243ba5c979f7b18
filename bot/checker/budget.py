"""How many tokens a prompt takes at most, without the model's own tokenizer at hand."""

import re

# Letters that one token covers at least, on average over the words of prompts, by family; of Chinese, one character.
_LETTERS = {"sketch": 3}
_USUAL_LETTERS = 5
_WORD = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]|\d|[^\W\d_]+|[^\w\s]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# CLIP spells what is not in Latin letters in bytes, and so does T5 by a mark that says nothing.
_TOKENS_A_CHARACTER = 3


def tokens_at_most(prompt: str, family: str) -> int:
    """A careful estimate: every number's digit, every mark and each five letters begun of a word count as a token.

    CLIP (Radford et al., 2021) and T5 (Raffel et al., 2020) give a common word one token, so that this counts too many
    rather than too few; marks of beginning and end are not counted, as in `ModelCard.token_limit`.
    """
    letters = _LETTERS.get(family, _USUAL_LETTERS)
    return sum(_tokens(word, letters) for word in _WORD.findall(prompt))


def _tokens(word: str, letters: int) -> int:
    if _UNSPACED.match(word):
        return _TOKENS_A_CHARACTER
    if not word.isascii():
        return len(word)
    return -(-len(word) // letters) if word.isalpha() and len(word) > 2 * letters else 1
