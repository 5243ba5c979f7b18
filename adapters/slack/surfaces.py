"""What Slack has beside messages, put together: /limner, shortcuts, the Home tab and the agent view."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp

from adapters.slack import home, settings_panel, shortcuts
from adapters.slack.address import Address
from adapters.slack.agent import Agent
from adapters.slack.blocks import escaped
from adapters.slack.files import Files
from adapters.slack.history import OWN, History
from adapters.slack.home import Home
from adapters.slack.intake import Intake
from adapters.slack.limner_command import LimnerCommand
from adapters.slack.settings_panel import SettingsPanel, place_of_view
from adapters.slack.shortcuts import Shortcuts, direct
from adapters.slack.wording import tell
from bot import log
from bot.actions import DESCRIBE
from bot.chat.cards import CANCEL
from bot.chat.overviews import IN_LINE
from bot.chat.words import say
from bot.errors import LimnerError

Json = dict[str, Any]
Doing = Callable[[Json], Awaitable[None]]

logger = log.get("slack")


class Surfaces:
    """All of them.

    Args:
        own: Id of the bot's user.
    """

    def __init__(self, intake: Intake, files: Files, agent: Agent, own: str) -> None:
        self._intake, self._agent = intake, agent
        history, self._panel = History(intake, files), SettingsPanel(intake)
        self._home = Home(intake, history, self._panel)
        self._command = LimnerCommand(intake, history, self._panel, own)
        self._shortcuts = Shortcuts(intake, own)

    def listen(self, app: AsyncApp) -> None:
        """Take what is meant for them; to be called before whoever takes everything."""
        app.command("/limner")(self._later(self._command.used))
        app.shortcut(shortcuts.MAKE)(self._later(self._shortcuts.make))
        app.shortcut(shortcuts.ILLUSTRATE)(self._before(self._shortcuts.illustrate))
        app.shortcut(DESCRIBE)(self._before(self._shortcuts.describe))
        app.shortcut(shortcuts.REFERENCE)(self._later(self._shortcuts.refer))
        for action_id, doing in (
            (re.compile(f"^{CANCEL}:.*:{IN_LINE}$"), self._command.cancel),
            (re.compile(f"^{settings_panel.SET}:"), self._chosen),
            (re.compile(f"^{settings_panel.SCOPE}:"), self._scope),
            (home.MAKE, self._shortcuts.make),
        ):
            app.action(action_id)(self._later(doing))
        app.action(re.compile(f"^{OWN}:"))(self._before(self._own))
        app.view(shortcuts.REFERENCE)(self._referred)
        app.event("app_home_opened")(self._later(self._opened))

    def _later(self, doing: Doing) -> Callable[..., Awaitable[None]]:
        """A listener that acknowledges at once, since its work may take longer than Slack waits."""

        async def taken(ack: Any, body: Json) -> None:
            self._intake.errands.run(self._guarded(body, doing))
            await ack()

        return taken

    def _before(self, doing: Doing) -> Callable[..., Awaitable[None]]:
        """A listener that acknowledges what is a wish once that is taken for good."""

        async def taken(ack: Any, body: Json) -> None:
            await self._guarded(body, doing)
            await ack()

        return taken

    async def _guarded(self, body: Json, doing: Doing) -> None:
        """Do it; what goes wrong is told in one line to whoever used it."""
        try:
            await doing(body)
        except LimnerError as error:
            self._tell(body, str(error))
        except Exception:
            logger.exception("something that was used on Slack failed")
            asker = await self._intake.people.asker(_user(body))
            self._tell(body, tell("went_wrong", await self._intake.front.language(asker)))

    def _tell(self, body: Json, words: str) -> None:
        if "event" in body:
            return  # nobody asked for anything
        channel = str(body.get("channel_id") or (body.get("channel") or {}).get("id") or "")
        address = Address(channel, response_url=str(body.get("response_url") or ""))
        self._intake.errands.run(self._intake.whisper(_user(body), address, escaped(words)))

    async def _referred(self, ack: Any, body: Json) -> None:
        wrong = await self._shortcuts.referred(body)
        await (ack(response_action="errors", errors=wrong) if wrong else ack())

    async def _opened(self, body: Json) -> None:
        event = body["event"]
        if event.get("tab") == "home":
            await self._home.publish(str(event["user"]))
        else:
            asker = await self._intake.people.asker(str(event["user"]))
            self._agent.suggest(str(event["channel"]), await self._intake.front.language(asker))

    async def _chosen(self, body: Json) -> None:
        view, user, action = body["view"], _user(body), body["actions"][0]
        if view["type"] == "home":
            note = await self._panel.set(user, self._intake.place("", user), action)
            await self._home.publish(user, note)
        else:
            note = await self._panel.set(user, place_of_view(view), action)
            await self._panel.show(view, user, str(action["action_id"]).split(":")[1], note)

    async def _scope(self, body: Json) -> None:
        kind = str(body["actions"][0]["action_id"]).partition(":")[2]
        await self._panel.show(body["view"], _user(body), kind)

    async def _own(self, body: Json) -> None:
        """A button below one's own pictures, where no message of a channel is: the answer is a direct message."""
        action, user = body["actions"][0], _user(body)
        place, address = await direct(self._intake, body)
        event_id = f"{action['action_ts']}/{user}/{action['value']}"
        await self._intake.press(event_id, user, place, address, str(action["value"]))
        if (body.get("channel") or {}).get("id", address.channel) != address.channel:
            asker = await self._intake.people.asker(user)
            self._tell(body, say("private_here", await self._intake.front.language(asker)))


def _user(body: Json) -> str:
    return str(body.get("user_id") or (body.get("user") or {}).get("id") or body.get("event", {}).get("user") or "")
