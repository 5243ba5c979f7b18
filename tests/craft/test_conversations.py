"""Conversations of several turns: what each turn leaves of the picture before, and what a person can go back to."""

from pathlib import Path

import pytest

from tests.craft.conversations import conversations, play
from tests.helpers.conversing import Alone, chain

FILE = Path(__file__).with_name("conversations.jsonl")
ALL = {one["id"]: one["turns"] for one in conversations(FILE)}
WHOLE = (
    "night-and-back", "undo-redo", "undo-a-back", "grid-vary", "grid-edit-which", "reply-to-first", "reply-undo",
    "press-undo", "press-vary-edit", "wider", "zh-undo", "zh-grid", "mix-3", "too-few",
)  # fmt: skip


@pytest.mark.parametrize("name", ALL)
async def test_director_and_tools(name: str) -> None:
    """Every turn changes the brief exactly as it says, from the picture that it means."""
    assert await play(ALL[name], Alone().ask) == []


@pytest.mark.parametrize("name", WHOLE)
async def test_whole_chain(name: str, tmp_path: Path) -> None:
    """The same holds through the service, the assistant, the gallery and SQLite."""
    async with chain(tmp_path) as talk:
        assert await play(ALL[name], talk.ask) == []
