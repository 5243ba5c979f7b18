"""A server for each test, and plain HTTP to it."""

from collections.abc import AsyncIterator

import httpx
import pytest_asyncio

from tests.contract.slack.clients import Raw
from tests.slack_server import SlackServer, slack_server


@pytest_asyncio.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with slack_server() as made:
        yield made


@pytest_asyncio.fixture
async def raw(server: SlackServer) -> AsyncIterator[Raw]:
    """Calls as the bot."""
    headers = {"Authorization": f"Bearer {server.token}"}
    # Plain HTTP: without `verify` no certificates are read, which costs more than the test.
    async with httpx.AsyncClient(base_url=server.api_url, headers=headers, timeout=60, verify=False) as http:
        yield Raw(server, http)
