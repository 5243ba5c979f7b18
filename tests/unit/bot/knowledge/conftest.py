"""A library on each database, and the folder of a small knowledge."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.gallery import Gallery
from bot.knowledge.library import Library
from bot.store import Store, open_store
from tests.unit.bot.knowledge.corpus import ARTICLES


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with open_store(database_url) as opened:
        yield opened


@pytest.fixture
def library(store: Store, tmp_path: Path) -> Library:
    return Library(store, Gallery(store, tmp_path / "gallery"))


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
