"""One workspace of Slack's: the bot there, Bolt's app and all that hangs on it, put together in one place."""

import re
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from adapters.slack.agent import Agent, AgentCourier
from adapters.slack.buttons import Buttons
from adapters.slack.commands import Commands
from adapters.slack.connection import who_am_i
from adapters.slack.errands import Errands
from adapters.slack.files import Brought, Files
from adapters.slack.intake import Intake
from adapters.slack.messages import Messages
from adapters.slack.pace import PacedClient
from adapters.slack.people import People
from adapters.slack.settings import SlackSettings
from adapters.slack.surfaces import Surfaces
from bot import Limner
from bot.chat import Front, Gate
from bot.chat.posts import Posts

EVERYTHING = re.compile(".*", re.DOTALL)


class Workspace:
    """The bot in one workspace.

    Args:
        session: What its calls go through.
        who: The bot there.

    Attributes:
        team: The workspace's id.
        token: The bot's there.
        posts: The messages of jobs.
        bolt: Hears what happens there.
    """

    def __init__(
        self,
        limner: Limner,
        settings: SlackSettings,
        session: aiohttp.ClientSession,
        client: PacedClient,
        who: AuthorizeResult,
    ) -> None:
        self.team, self.token = who.team_id or "", client.token or ""
        self._errands, own = Errands(), who.bot_user_id or ""
        files = Files(limner, client, session)
        front = Front(limner, "slack", Gate((), settings.channels, settings.channels_off))
        agent = Agent(client, session, self._errands, own)
        self.posts = Posts(limner, AgentCourier(client, files, agent, limner), front, settings.mention_after_s)
        brought = Brought(limner, settings, self.token)
        made = limner, self.team, front, self.posts, People(client), brought, client, session, self._errands
        intake = Intake(*made)
        self.bolt = _app(client, who, settings.signing_secret.get_secret_value())
        Surfaces(intake, files, agent, own).listen(self.bolt)
        _listen(self.bolt, Messages(intake, own), Commands(intake), Buttons(intake, files))
        self._errands.run(self.posts.sweep())

    async def close(self) -> None:
        """End what is under way there, but not what is posted just now."""
        await self._errands.close()


async def open_workspace(
    limner: Limner, settings: SlackSettings, session: aiohttp.ClientSession, token: str
) -> Workspace:
    """The workspace that a bot's token belongs to.

    Raises:
        SettingsError: Slack does not take the token.
        ConnectionError: Slack is not to be had.
    """
    client = PacedClient(token, settings.api_base_url, session, settings.rate)
    return Workspace(limner, settings, session, client, await who_am_i(client))


def _app(client: PacedClient, who: AuthorizeResult, signing_secret: str) -> AsyncApp:
    async def authorize(**_: Any) -> AuthorizeResult:
        return who

    return AsyncApp(
        name="limner",
        client=client,
        authorize=authorize,
        signing_secret=signing_secret or "unused",
        # Slack is told that an event is taken when it is, and not before.
        process_before_response=True,
    )


def _listen(app: AsyncApp, messages: Messages, commands: Commands, buttons: Buttons) -> None:
    """One listener for each kind of event; Slack repeats what nobody listens to."""

    async def said(event: dict[str, Any]) -> None:
        await messages.said(event)

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
