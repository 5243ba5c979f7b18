"""A local Slack for each test."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.slack_server import SlackServer, slack_server


@pytest_asyncio.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with slack_server() as made:
        yield made
