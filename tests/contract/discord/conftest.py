"""A server for each test, and plain HTTP to it."""

from collections.abc import AsyncIterator

import httpx
import pytest_asyncio

from tests.contract.discord.clients import Raw
from tests.discord_server import DiscordServer, discord_server


@pytest_asyncio.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with discord_server() as made:
        yield made


@pytest_asyncio.fixture
async def raw(server: DiscordServer) -> AsyncIterator[Raw]:
    """Requests as the bot, whatever they say."""
    headers = {"Authorization": f"Bot {server.token}"}
    # Plain HTTP: without `verify` no certificates are read, which costs more than the test.
    async with httpx.AsyncClient(base_url=server.api_url, headers=headers, timeout=60, verify=False) as http:
        yield Raw(server, http)
