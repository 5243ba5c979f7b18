"""The Home tab: who Limner is, one's own last pictures, what one wants by default, and what is left today."""

from typing import Any

from slack_sdk.errors import SlackApiError

from adapters.slack.blocks import actions, context, escaped, section
from adapters.slack.history import History
from adapters.slack.intake import Intake
from adapters.slack.settings_panel import SettingsPanel
from adapters.slack.trouble import code_of, tried
from adapters.slack.wording import tell
from bot.chat import Asker, Button
from bot.chat.words import say
from bot.language import Language

Json = dict[str, Any]
MAKE = "home:make"
# Slack's word for a view that shows what is not there any more.
UNFIT = ("invalid_arguments", "invalid_blocks")


class Home:
    """Publishes the tab: whenever somebody opens it, and after a change that they make there."""

    def __init__(self, intake: Intake, history: History, panel: SettingsPanel) -> None:
        self._intake, self._history, self._panel = intake, history, panel

    async def publish(self, user: str, note: str = "") -> None:
        """Show it anew; `note` stands in it as a line."""
        asker = await self._intake.people.asker(user)
        language = await self._intake.front.language(asker)
        try:
            await self._show(asker, note, language, bare=False)
        except SlackApiError as error:
            if code_of(error) not in UNFIT:
                raise
            await self._show(asker, note, language, bare=True)

    async def _show(self, asker: Asker, note: str, language: Language, *, bare: bool) -> None:
        blocks = [
            section(tell("hello", language, name=escaped(asker.name) or f"<@{asker.id}>")),
            actions([Button(MAKE, say("make_title", language), "main")]),
            context([await self._panel.left(asker.id, language)]),
            {"type": "divider"},
            *await self._history.blocks(asker.id, language, bare=bare),
            {"type": "divider"},
            *await self._panel.blocks("user", asker, self._intake.place("", asker.id), language),
            *([context([note])] if note else []),
        ]
        view = {"type": "home", "blocks": blocks}
        await tried(lambda: self._intake.client.views_publish(user_id=asker.id, view=view))
