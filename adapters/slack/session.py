"""One session with Slack: Bolt's app and all that hangs on it, put together in one place."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.agent import Agent, AgentCourier
from adapters.slack.buttons import Buttons
from adapters.slack.commands import Commands
from adapters.slack.connection import by_http, by_socket, who_am_i
from adapters.slack.errands import Errands
from adapters.slack.files import Brought, Files
from adapters.slack.intake import Intake
from adapters.slack.messages import Messages
from adapters.slack.pace import CALL_S, PacedClient
from adapters.slack.people import People
from adapters.slack.settings import SlackSettings
from adapters.slack.surfaces import Surfaces
from bot import Limner, log
from bot.chat import Front, Gate
from bot.chat.posts import Posts

EVERYTHING = re.compile(".*", re.DOTALL)

logger = log.get("slack")


class Session:
    """From the first call to the end of the connection.

    Attributes:
        posts: The messages of jobs.
        address: Where mode 'http' listens.
    """

    posts: Posts
    address = ""
    _bolt: AsyncApp

    def __init__(self, limner: Limner, settings: SlackSettings) -> None:
        self._limner, self._settings = limner, settings

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Be able to post.

        Raises:
            SettingsError: Slack does not take the bot's token.
            OSError: Slack is not to be had.
        """
        settings, token = self._settings, self._settings.bot_token.get_secret_value()
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(CALL_S)) as session, Errands() as errands:
            client = PacedClient(token, settings.api_base_url, session, settings.rate)
            who = await who_am_i(client)
            files = Files(self._limner, client, session)
            front = Front(self._limner, "slack", Gate((), settings.channels, settings.channels_off))
            own = who.bot_user_id or ""
            agent = Agent(client, session, errands, own)
            courier = AgentCourier(client, files, agent, self._limner)
            self.posts = Posts(self._limner, courier, front, settings.mention_after_s)
            brought = Brought(self._limner, settings)
            intake = Intake(self._limner, front, self.posts, People(client), brought, client, session, errands)
            self._bolt = self._app(client, who)
            Surfaces(intake, files, agent, own).listen(self._bolt)
            _listen(self._bolt, Messages(intake, own), Commands(intake), Buttons(intake, files))
            errands.run(self.posts.sweep())
            yield

    async def listen(self) -> None:
        """Hear what happens until cancelled.

        Raises:
            SettingsError: Slack does not take the app's token, or the port is taken.
            OSError: The connection is lost.
        """
        if self._settings.mode == "socket":
            async with by_socket(self._bolt, self._settings.app_token.get_secret_value()) as lost:
                await lost()
        async with by_http(self._bolt, self._settings) as self.address:
            logger.info("listening for Slack at %s", self.address)
            await asyncio.Event().wait()

    def _app(self, client: AsyncWebClient, who: AuthorizeResult) -> AsyncApp:
        async def authorize(**_: Any) -> AuthorizeResult:
            return who

        return AsyncApp(
            client=client,
            authorize=authorize,
            signing_secret=self._settings.signing_secret.get_secret_value() or "unused",
            # Slack is told that an event is taken when it is, and not before.
            process_before_response=True,
        )


def _listen(app: AsyncApp, messages: Messages, commands: Commands, buttons: Buttons) -> None:
    """One listener for each kind of event; Slack repeats what nobody listens to."""

    async def said(event: dict[str, Any], body: dict[str, Any]) -> None:
        await messages.said(event, str(body.get("team_id", "")))

    async def imagine(ack: Any, body: dict[str, Any]) -> None:
        words = await commands.imagine(body)
        await (ack(response_type="ephemeral", text=words) if words else ack())

    async def pressed(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        await buttons.pressed(body)

    async def sent(ack: Any, body: dict[str, Any]) -> None:
        wrong = await buttons.sent(body)
        await (ack(response_action="errors", errors=wrong) if wrong else ack())

    app.event("app_mention")(said)
    app.event("message")(said)
    app.command("/imagine")(imagine)
    app.action(EVERYTHING)(pressed)
    app.view(EVERYTHING)(sent)
