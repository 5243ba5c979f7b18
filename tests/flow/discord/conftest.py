"""A local Discord for each test."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.discord_server import DiscordServer, discord_server


@pytest_asyncio.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with discord_server() as made:
        yield made
