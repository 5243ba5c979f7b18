"""All workspaces that Limner is in: the one of the settings' token, or each that has installed it."""

import asyncio
from typing import Any
from weakref import WeakValueDictionary

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from adapters.slack.installations import Installations
from adapters.slack.settings import SlackSettings
from adapters.slack.trouble import code_of
from adapters.slack.workspace import Workspace, open_workspace
from bot import DeliveryError, Limner, log
from bot.errors import SettingsError

# The app was removed, and no repair brings this token back.
REMOVED = ("account_inactive", "token_revoked")

logger = log.get("slack")


class NotInstalled(DeliveryError):
    """Limner is not in that workspace, or its token is not taken there."""


class Workspaces:
    """Workspaces by their ids, each opened when it is first needed, and anew when its token is another one.

    Attributes:
        store: What was installed.
    """

    _only: Workspace | None = None

    def __init__(self, limner: Limner, settings: SlackSettings, session: aiohttp.ClientSession) -> None:
        self._parts = limner, settings, session
        self._token = "" if settings.client_id else settings.bot_token.get_secret_value()
        self.store = Installations(limner, settings.teams)
        self._open: dict[str, Workspace] = {}
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def __aenter__(self) -> "Workspaces":
        """Open the only one.

        Raises:
            SettingsError: Slack does not take its token.
            ConnectionError: Slack is not to be had.
        """
        if self._token:
            self._only = await open_workspace(*self._parts, self._token)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._only:
            await self._only.close()
        while self._open:
            await self._close(next(iter(self._open)))

    async def of(self, team: str) -> Workspace:
        """The workspace of an id; the only one for every id.

        Raises:
            NotInstalled: There is none; lasting, unless its token may become good again.
            ConnectionError: Slack is not to be had.
        """
        if self._only:
            return self._only
        async with self._turn(team):
            # Another process may have installed it anew, or removed it.
            token, there = await self.store.token(team), self._open.get(team)
            if there is None or there.token != token:
                await self._close(team)
                there = self._open[team] = await self._opened(team, token)
        return there

    async def forget(self, team: str) -> None:
        """Leave a workspace that has removed Limner, unless it has installed it again since Slack said so.

        Raises:
            ConnectionError: Slack is not to be had.
        """
        async with self._turn(team):
            await self._close(team)
            try:
                self._open[team] = await self._opened(team, await self.store.token(team))
            except NotInstalled:
                await self.store.async_delete_bot(enterprise_id=None, team_id=team)

    def hear(self, app: AsyncApp) -> None:
        """Hear by a Bolt app when a workspace removes Limner."""

        async def removed(event: dict[str, Any], context: dict[str, Any]) -> None:
            if event["type"] == "app_uninstalled" or event["tokens"].get("bot"):
                await self.forget(context["team_id"])

        app.event("app_uninstalled")(removed)
        app.event("tokens_revoked")(removed)

    async def _opened(self, team: str, token: str) -> Workspace:
        gone = NotInstalled(f"Limner is not installed in the workspace {team} on Slack", lasting=True)
        if not token:
            raise gone
        try:
            found = await open_workspace(*self._parts, token)
        except SettingsError as error:
            logger.warning("the workspace %s: %s", team, error.problem)
            if isinstance(error.__cause__, SlackApiError) and code_of(error.__cause__) in REMOVED:
                await self.store.async_delete_bot(enterprise_id=None, team_id=team)
                raise gone from error
            raise NotInstalled(f"Slack does not take Limner's token in the workspace {team}") from error
        self.hear(found.bolt)
        return found

    async def _close(self, team: str) -> None:
        if there := self._open.pop(team, None):
            await there.close()

    def _turn(self, team: str) -> asyncio.Lock:
        """One change of a workspace at a time."""
        return self._turns.setdefault(team, asyncio.Lock())
