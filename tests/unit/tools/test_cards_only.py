"""`limner prompt` counts tokens without starting a painter."""

from pathlib import Path

import pytest

from bot.checker.budget import tokens_at_most
from bot.errors import EngineError
from bot.settings import Settings
from bot.tasks import JudgeTask
from tools.commands import CardsOnly
from tools.engine.families import FAMILIES

TEXTS = ("a cat on a beach", "")


async def test_a_models_own_tokenizer_counts(tmp_path: Path) -> None:
    """What lies in a folder is counted exactly."""
    assert await CardsOnly(Settings(home=tmp_path)).tokens("sketch", TEXTS) == (5, 0)


async def test_a_family_is_estimated(tmp_path: Path) -> None:
    """Of a family that no model is named for, nobody has a tokenizer: the careful estimate holds."""
    card = FAMILIES["sdxl"].card("sdxl")
    expected = tuple(tokens_at_most(text, card) for text in TEXTS)
    assert await CardsOnly(Settings(home=tmp_path), card).tokens("sketch", TEXTS) == expected


async def test_nothing_is_judged(tmp_path: Path) -> None:
    """There are no pictures here."""
    with pytest.raises(EngineError):
        await CardsOnly(Settings(home=tmp_path)).judge(JudgeTask("sketch", ("a cat",), b""))
