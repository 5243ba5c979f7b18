"""The settings of a person, a channel and the workspace as selects: in a form of their own, and on Home."""

import json
from dataclasses import asdict
from typing import Any

from adapters.slack.blocks import actions, context, cut, escaped, plain, section
from adapters.slack.intake import Intake
from adapters.slack.trouble import tried
from adapters.slack.wording import tell
from bot.chat import Asker, Button, Place, panel
from bot.chat.overviews import named
from bot.chat.wanting import kinds, why_not
from bot.chat.words import say
from bot.errors import RequestError
from bot.language import Language
from bot.style import Pack, Style

Json = dict[str, Any]
PANEL = "settings"
# The id of a select is 'set:SCOPE:NAME', that of the button to another scope 'scope:SCOPE'.
SET, SCOPE = "set", "scope"
DEFAULT = "default"
OPTION_CHARACTERS, VALUE_CHARACTERS = 75, 150
# A select has 100 options; other styles are set by '/limner styles NAME'.
MOST = 98


class SettingsPanel:
    """Shows what is set, and sets what is chosen."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    async def open(self, user: str, place: Place, trigger_id: str) -> None:
        """Open the form, with the person's own settings."""
        view = await self._view("user", await self._intake.people.asker(user), place)
        await self._intake.open(trigger_id, view)

    async def show(self, view: Json, user: str, kind: str, note: str = "") -> None:
        """Show other settings, or the same anew, in a form that is open; `note` stands above them."""
        place = place_of_view(view)
        made = await self._view(kind, await self._intake.people.asker(user), place, note)
        await tried(lambda: self._intake.client.views_update(view_id=view["id"], view=made))

    async def set(self, user: str, place: Place, action: Json) -> str:
        """Keep what was chosen in a select; what to tell of it, in one line."""
        asker, front = await self._intake.people.asker(user), self._intake.front
        language = await front.language(asker)
        _, kind, name = str(action["action_id"]).split(":", 2)
        value = str((action.get("selected_option") or {}).get("value") or "")
        if kind not in panel.SCOPES or name not in panel.LABELS or not value:
            return tell("no_setting", language)
        if why_not(kind, asker, language):
            return tell("admins", language)
        try:
            changes = {name: "" if value == DEFAULT else value}
            await front.wanting.set(kind, changes, asker, place, language)
        except RequestError as error:
            return str(error)
        return say("saved", await front.language(asker))

    async def blocks(self, kind: str, asker: Asker, place: Place, language: Language) -> list[Json]:
        """What is set in one scope: as selects, or in words where they may not change it."""
        wanted = await self._intake.front.wanting.get(kind, asker, place)
        shown = panel.settings(kind, wanted, language)
        title = section(f"*{tell(kind, language)}*")
        if why_not(kind, asker, language):
            lines = [f"{one.label}: {escaped(one.shown)}" for one in shown]
            return [title, section("\n".join(lines)), context([tell("admins", language)])]
        offered = [one for one in shown if one.name != "model" or one.value or len(self._models()) > 1]
        return [title, *(self._select(kind, one, language) for one in offered)]

    async def left(self, user: str, language: Language) -> str:
        """How many pictures a person may still have."""
        allowance = await self._intake.limner.allowance("slack", user)
        if allowance.left is None:
            return say("unlimited", language)
        return say("left", language, left=allowance.left, limit=allowance.limit)

    async def _view(self, kind: str, asker: Asker, place: Place, note: str = "") -> Json:
        language = await self._intake.front.language(asker)
        kind = kind if kind in kinds(place) else "user"
        tabs = [
            Button(f"{SCOPE}:{one}", tell(one, language), "main" if one == kind else "plain") for one in kinds(place)
        ]
        blocks = [context([note])] if note else []
        blocks += [actions(tabs)] if len(tabs) > 1 else []
        blocks += await self.blocks(kind, asker, place, language)
        return {
            "type": "modal",
            "callback_id": PANEL,
            "title": plain(tell("settings", language)),
            "close": plain(tell("close", language)),
            "private_metadata": json.dumps(asdict(place), separators=(",", ":")),
            "blocks": [*blocks, context([await self.left(asker.id, language)])],
        }

    def _select(self, kind: str, one: panel.Setting, language: Language) -> Json:
        pairs = {DEFAULT: say("default", language)} | ({one.value: one.shown} if one.value else {})
        pairs |= self._choices(one.name, language)
        options = [
            {"text": plain(cut(words, OPTION_CHARACTERS)), "value": value}
            for value, words in pairs.items()
            if len(value) <= VALUE_CHARACTERS
        ]
        select: Json = {
            "type": "static_select",
            "action_id": f"{SET}:{kind}:{one.name}",
            "placeholder": plain(one.label),
            "options": options,
        }
        chosen = [option for option in options if option["value"] == (one.value or DEFAULT)]
        return section(one.label, select | ({"initial_option": chosen[0]} if chosen else {}))

    def _choices(self, name: str, language: Language) -> dict[str, str]:
        if name == "style":
            library = self._intake.limner.offers().library
            every: list[Style | Pack] = [*library.styles.values(), *library.packs.values()]
            return {one.name: named(one, language) for one in every[:MOST]}
        return {one: one for one in self._models()} if name == "model" else dict(panel.choices(name, language))

    def _models(self) -> tuple[str, ...]:
        return self._intake.limner.offers().models[:MOST]


def place_of_view(view: Json) -> Place:
    """Where a settings form was opened."""
    return Place(**json.loads(view["private_metadata"]))
