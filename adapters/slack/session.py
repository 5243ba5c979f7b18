"""One session with Slack: Bolt's app and all that hangs on it, put together in one place."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.buttons import Buttons
from adapters.slack.commands import Commands
from adapters.slack.courier import SlackCourier
from adapters.slack.files import Brought, Files
from adapters.slack.intake import Intake
from adapters.slack.messages import Messages
from adapters.slack.people import People
from adapters.slack.settings import SlackSettings
from adapters.slack.trouble import code_of
from bot import Limner, log
from bot.chat import Front, Gate
from bot.chat.posts import Posts
from bot.errors import SettingsError

PING_S = 5.0
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

    def __init__(self, limner: Limner, settings: SlackSettings) -> None:
        self._limner, self._settings = limner, settings

    @asynccontextmanager
    async def open(self, online: asyncio.Event) -> AsyncIterator[None]:
        """Be connected; `online` is set as soon as answers can be posted.

        Raises:
            SettingsError: Slack does not take a token, or the port is taken.
            OSError: Slack is not to be had.
        """
        token = self._settings.bot_token.get_secret_value()
        async with aiohttp.ClientSession() as session:
            # The SDK's own second tries post twice after a cut connection: ours look first.
            client = AsyncWebClient(token, self._settings.api_base_url, session=session, retry_handlers=[])
            who = await _who(client)
            files = Files(self._limner, client, session)
            front = Front(self._limner, "slack", Gate((), self._settings.channels, self._settings.channels_off))
            self.posts = Posts(self._limner, SlackCourier(client, files), front, self._settings.mention_after_s)
            brought = Brought(self._limner, self._settings)
            intake = Intake(self._limner, front, self.posts, People(client), brought, client, session)
            app = self._app(client, who)
            _listen(app, Messages(intake, who.bot_user_id or ""), Commands(intake), Buttons(intake, files))
            online.set()
            async with self._connected(app):
                sweeping = asyncio.create_task(self.posts.sweep())
                try:
                    yield
                finally:
                    sweeping.cancel()

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

    @asynccontextmanager
    async def _connected(self, app: AsyncApp) -> AsyncIterator[None]:
        if self._settings.mode == "socket":
            handler = AsyncSocketModeHandler(app, self._settings.app_token.get_secret_value(), ping_interval=PING_S)
            try:
                await handler.connect_async()  # type: ignore[no-untyped-call]
                yield
            finally:
                await handler.close_async()  # type: ignore[no-untyped-call]
            return
        runner = web.AppRunner(app.web_app(self._settings.path, self._settings.port), access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, self._settings.host, self._settings.port)
            await site.start()
            host, port = runner.addresses[0][:2]
            self.address = f"http://{host}:{port}{self._settings.path}"
            logger.info("listening for Slack at %s", self.address)
            yield
        except OSError as error:
            at = f"{self._settings.host}:{self._settings.port}"
            raise SettingsError(f"Nothing can listen at {at}", "Choose another port.", "adapters.slack.port") from error
        finally:
            await runner.cleanup()


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


async def _who(client: AsyncWebClient) -> AuthorizeResult:
    """Who the bot is, asked once."""
    try:
        found = await client.auth_test()
    except SlackApiError as error:
        raise SettingsError(
            f"Slack does not take the bot token: {code_of(error)}",
            "Copy it anew from the app's page (OAuth & Permissions) into SLACK_BOT_TOKEN.",
            "adapters.slack.bot_token",
        ) from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise ConnectionError(str(error) or type(error).__name__) from error
    return AuthorizeResult.from_auth_test_response(auth_test_response=found, bot_token=client.token)
