"""One session with Slack: the workspaces, and the way by which what happens there is heard."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from adapters.slack.connection import by_http, by_socket
from adapters.slack.listener import routes
from adapters.slack.pace import CALL_S
from adapters.slack.settings import SlackSettings
from adapters.slack.workspaces import Workspaces
from bot import Limner, log

logger = log.get("slack")


class Session:
    """From the first call to the end of the connection.

    Attributes:
        workspaces: Where Limner is.
        address: Where mode 'http' listens.
    """

    workspaces: Workspaces
    address = ""
    _http: aiohttp.ClientSession

    def __init__(self, limner: Limner, settings: SlackSettings) -> None:
        self._limner, self._settings = limner, settings

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Be able to post.

        Raises:
            SettingsError: Slack does not take the bot's token.
            OSError: Slack is not to be had.
        """
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(CALL_S)) as self._http,
            Workspaces(self._limner, self._settings, self._http) as self.workspaces,
        ):
            yield

    async def listen(self) -> None:
        """Hear what happens until cancelled.

        Raises:
            SettingsError: Slack does not take the app's token, or the port is taken.
            OSError: The connection is lost.
        """
        if self._settings.mode == "socket":
            only = await self.workspaces.of("")
            async with by_socket(only.bolt, self._settings.app_token.get_secret_value()) as lost:
                await lost()
        served = routes(self.workspaces, self._settings, self._http)
        async with by_http(served, self._settings) as self.address:
            logger.info("listening for Slack at %s", self.address)
            await asyncio.Event().wait()
