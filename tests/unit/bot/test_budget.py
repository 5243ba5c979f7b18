"""Prompts are counted with the model's own tokenizer where an estimate is too careful, and cut no more than needed."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.brief import Brief, Subject
from bot.checker import Kind
from bot.checker.budget import Budget, tokens_at_most
from bot.checker.checked import checked
from bot.dialects import render
from bot.errors import EngineError
from bot.tasks import ModelCard

SD3 = ModelCard("sd3", "sd3", "plain", 1024, 1024, 28, 4.5, negative_prompt=True, token_limit=12)
SDXL = replace(SD3, model="xl", family="sdxl", dialect="tags")
LONG = "an extraordinarily ornamented cathedral, internationalisation, photolithographically"


class Tokenizer:
    """Counts every word and comma as one token."""

    def __init__(self, *, is_there: bool = True) -> None:
        self.asked: list[str] = []
        self._is_there = is_there

    async def count(self, texts: Sequence[str]) -> tuple[int, ...]:
        self.asked += texts
        if not self._is_there:
            raise EngineError("The painter is down")
        return tuple(len(text.replace(",", " ,").split()) for text in texts)


async def test_what_fits_by_the_estimate_is_not_asked() -> None:
    """A short prompt costs no call; a long one is asked for once, and the answer decides."""
    tokenizer = Tokenizer()
    budget = Budget(SD3, tokenizer.count)
    assert await budget.fits("two red cats")
    assert tokenizer.asked == []
    assert tokens_at_most(LONG, SD3) > SD3.token_limit
    assert await budget.tokens(LONG) == await budget.tokens(LONG) == 8
    assert tokenizer.asked == [LONG]


@pytest.mark.parametrize("tokenizer", [None, Tokenizer(is_there=False)])
async def test_without_a_tokenizer_the_estimate_decides(tokenizer: Tokenizer | None) -> None:
    """Where none is to be had it is asked for no more than once."""
    budget = Budget(SD3, tokenizer.count if tokenizer else None)
    assert await budget.tokens(LONG) == tokens_at_most(LONG, SD3)
    assert not await budget.fits(f"{LONG}, red")
    assert tokenizer is None or tokenizer.asked == [LONG]


@pytest.mark.parametrize(
    ("card", "prompt", "kept", "left_out"),
    [
        (SD3, "one two three four five six seven eight nine ten eleven twelve thirteen", "thirteen", ""),
        (SD3, "a cat, " * 5 + "a dog", "a cat, a cat, a cat, a cat", "a cat, a dog"),
        (SD3, 'a b c d e f g h "i j k l m n" o', "a b c d e f g h", '"i j k l m n" o'),
        (SDXL, "a cat, two big red dogs on a log, a very old owl, night", "night", "a very old owl"),
        (SDXL, 'a cat, text "a, b, c, d, e, f, g, h, i", dog', "a cat, dog", 'text "a, b, c, d, e, f, g, h, i"'),
        (SDXL, "one two three four five six seven eight nine ten eleven twelve thirteen", "thirteen", ""),
    ],
)
async def test_no_more_is_cut_than_must_be(card: ModelCard, prompt: str, kept: str, left_out: str) -> None:
    """A sentence loses its end, never amid quotes; of tags each stays whole, and a later one that fits is kept."""
    now, gone = await Budget(card, Tokenizer().count).cut(prompt)
    assert (now.endswith(kept), gone) == (True, left_out) if left_out else now.endswith("twelve")


@settings(deadline=None)
@given(st.text('ab ,，。猫红"“”', max_size=120), st.sampled_from([SD3, SDXL]))
async def test_what_is_kept_fits(prompt: str, card: ModelCard) -> None:
    """Whatever is cut fits, and a prompt that fits loses nothing."""
    budget = Budget(card)
    kept, left_out = await budget.cut(prompt)
    assert await budget.fits(kept)
    assert not await budget.fits(prompt) or not left_out


async def test_a_prompt_that_really_fits_is_not_cut() -> None:
    """What the estimate would shorten stays whole where the tokenizer finds room for it, free items included."""
    request = f"a cat, {LONG}"
    brief = Brief(request, (Subject("cat", 1, None, (LONG.split(", ")[0].removeprefix("an "),)),))
    free = replace(brief, light="internationalisation", added=("light",))
    counted = await checked(request, free, SD3, partial(render, card=SD3), count=Tokenizer().count)
    assert "internationalisation" in counted.rendering.prompt
    guessed = await checked(request, free, replace(SD3, token_limit=9), partial(render, card=SD3))
    assert "internationalisation" not in guessed.rendering.prompt


async def test_what_is_cut_is_said() -> None:
    """A prompt over its budget by the tokenizer's count is a finding, and the note names what is left out."""
    words = "a cat, " + ", ".join(f"a {colour} ball" for colour in ("red", "blue", "green", "pink"))
    done = await checked(words, Brief(words), SDXL, partial(render, card=SDXL), count=Tokenizer().count)
    assert done.rendering.prompt == "a cat, a red ball, a blue ball"
    assert "so I left out: a green ball, a pink ball" in done.rendering.notes[-1]
    assert Kind.TOO_LONG in {one.kind for one in done.findings}
