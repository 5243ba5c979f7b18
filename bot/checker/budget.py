"""How many tokens of what a model reads a prompt takes, and what is left of one that takes too many."""

import re
from collections.abc import Awaitable, Callable

from bot.dialects.phrases import NUMBERS
from bot.director.lexicon_marks import QUOTED
from bot.errors import EngineError
from bot.tasks import ModelCard

Count = Callable[[tuple[str, ...]], Awaitable[tuple[int, ...]]]

# Letters that one token covers at least in a long word; a shorter word is one token.
_LETTERS = 5
_WORD = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]|\d|[^\W\d_]+|[^\w\s]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# CLIP spells what is not in Latin letters in bytes, and T5 by a mark that says nothing.
_TOKENS_A_CHARACTER = 3
# Where a prompt may be cut: after a word, or after a character of a script without spaces.
_PIECE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\s\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_ENDS = " ,，、;；"
_LEARNED = ("subjects", "places", "times", "styles", "relations")


class Budget:
    """What a model reads of a prompt.

    A careful estimate comes first: of a prompt that fits by that, nobody needs to ask. Of any other the model's own
    tokenizer decides; where none is to be had, the estimate does.

    Args:
        card: The model.
        count: Counts with its own tokenizer (`Engine.tokens`); None where there is none.
    """

    def __init__(self, card: ModelCard, count: Count | None = None) -> None:
        self._card = card
        self._count = count
        self._known: dict[str, int] = {}

    async def tokens(self, prompt: str) -> int:
        """What a prompt takes of `ModelCard.token_limit`: an upper bound where that fits, else counted."""
        estimate = tokens_at_most(prompt, self._card)
        if estimate <= self._card.token_limit or self._count is None:
            return estimate
        if prompt not in self._known:
            try:
                [self._known[prompt]] = await self._count((prompt,))
            except EngineError:
                self._count = None
                return estimate
        return self._known[prompt]

    async def fits(self, prompt: str) -> bool:
        """Whether the model reads a prompt to its end."""
        return await self.tokens(prompt) <= self._card.token_limit

    async def cut(self, prompt: str) -> tuple[str, str]:
        """As much of a prompt as fits, and what does not; nothing is cut amid a quoted text.

        Tags are kept or left out whole, as a thing must not lose what is bound to it; a sentence ends where it must.
        """
        return await (self._tags_that_fit(prompt) if self._card.dialect == "tags" else self._beginning(prompt))

    async def _beginning(self, prompt: str) -> tuple[str, str]:
        ends = [match.end() for match in _PIECE.finditer(prompt) if not _within_quotes(match.end(), prompt)]
        fitting, too_long = 0, len(ends)
        while fitting < too_long:
            middle = (fitting + too_long + 1) // 2
            if await self.fits(prompt[: ends[middle - 1]]):
                fitting = middle
            else:
                too_long = middle - 1
        end = ends[fitting - 1] if fitting else 0
        return prompt[:end].rstrip(_ENDS), prompt[end:].strip(_ENDS)

    async def _tags_that_fit(self, prompt: str) -> tuple[str, str]:
        kept, left_out = list[str](), list[str]()
        room = self._card.token_limit
        for tag in _tags(prompt):
            longer = ", ".join([*kept, tag])
            # No tokenizer takes fewer tokens than there are words, so what is longer than the room needs no counting.
            fits = len(tag.split()) <= room and await self.fits(longer)
            (kept if fits else left_out).append(tag)
            room = self._card.token_limit - await self.tokens(longer) if fits else room
        if not kept:  # one endless phrase, such as somebody's own words
            return await self._beginning(prompt)
        return ", ".join(kept), ", ".join(left_out)


def _tags(prompt: str) -> list[str]:
    """A prompt's phrases between commas that stand in no quotes."""
    commas = [match.end() for match in re.finditer(r"[,，]", prompt) if not _within_quotes(match.end(), prompt)]
    tags = [prompt[start:end].strip(_ENDS) for start, end in zip([0, *commas], [*commas, len(prompt)], strict=True)]
    return list(filter(None, tags))


def _within_quotes(at: int, prompt: str) -> bool:
    return any(match.start() < at < match.end() for match in QUOTED.finditer(prompt))


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
