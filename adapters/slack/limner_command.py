"""/limner: help, settings, the line, one's own pictures and the styles, answered to the asker alone."""

from typing import Any

from adapters.slack.address import Address
from adapters.slack.blocks import blocks_of, escaped, fallback, section
from adapters.slack.history import History
from adapters.slack.intake import Intake
from adapters.slack.settings_panel import SettingsPanel
from adapters.slack.wording import tell
from bot.actions import DESCRIBE
from bot.chat import Card, Place, overviews
from bot.chat.words import say
from bot.errors import LimnerError, RequestError
from bot.language import Language
from bot.style import find

Json = dict[str, Any]
NONE = "none"
NAME_CHARACTERS = 64
_CALLED = {
    "设置": "settings",
    "队列": "queue",
    "排队": "queue",
    "历史": "history",
    "图片": "history",
    "风格": "styles",
    "style": "styles",
}


class LimnerCommand:
    """Takes the command.

    Args:
        own: Id of the bot's user.
    """

    def __init__(self, intake: Intake, history: History, panel: SettingsPanel, own: str) -> None:
        self._intake, self._history, self._panel, self._own = intake, history, panel, own

    async def used(self, body: Json) -> None:
        """Answer by the response_url, which works where the bot is no member, too."""
        user, channel = str(body["user_id"]), str(body["channel_id"])
        place = self._intake.place(channel, user)
        address = Address(channel, response_url=str(body["response_url"]))
        word, _, more = str(body.get("text", "")).strip().partition(" ")
        match _CALLED.get(word.casefold(), word.casefold()):
            case "settings":
                await self._panel.open(user, place, str(body["trigger_id"]))
            case "queue":
                await self._show_line(user, address)
            case "history":
                await self._show_history(user, address)
            case "styles":
                await self._styles(user, place, address, more.strip())
            case _:
                await self._help(user, address)

    async def cancel(self, body: Json) -> None:
        """Call a request off by the button in the line, and show the line anew, also where it is over by now."""
        user, job_id = str(body["user"]["id"]), str(body["actions"][0]["action_id"]).split(":")[1]
        channel = str((body.get("channel") or {}).get("id") or "")
        address = Address(channel, response_url=str(body.get("response_url") or ""))
        try:
            card = await self._intake.front.cancel(job_id, await self._intake.people.asker(user))
            if exchange := await self._intake.limner.exchange(job_id):
                await self._intake.posts.replace(exchange.message, job_id, card)
        except LimnerError as error:
            await self._intake.whisper(user, address, escaped(str(error)))
        await self._show_line(user, address, instead=True)

    async def _show_line(self, user: str, address: Address, *, instead: bool = False) -> None:
        asker = await self._intake.people.asker(user)
        card = await self._intake.front.line(asker, self._intake.posts.told)
        await self._intake.whisper(user, address, fallback(card), blocks_of(card, {}), instead=instead)

    async def _show_history(self, user: str, address: Address) -> None:
        language = await self._language(user)
        blocks, words = await self._history.blocks(user, language), say("pictures", language)
        if not await self._intake.whisper(user, address, words, blocks):
            await self._intake.whisper(user, address, words, await self._history.blocks(user, language, bare=True))

    async def _styles(self, user: str, place: Place, address: Address, name: str) -> None:
        asker, wanting = await self._intake.people.asker(user), self._intake.front.wanting
        language = await self._language(user)
        library = self._intake.limner.offers().library
        if not name:
            card = overviews.styles(library, await wanting.get("user", asker, place), language)
        else:
            clears = name.casefold() in (NONE, say("none", "zh"))
            if not (clears or find(library.styles, name) or find(library.packs, name)):
                raise RequestError(tell("no_style", language, name=name[:NAME_CHARACTERS]))
            wanted = await wanting.set("user", {"style": "" if clears else name}, asker, place, language)
            said = say("style_set", language, style=wanted.style) if wanted.style else say("style_cleared", language)
            card = Card(text=said)
        await self._intake.whisper(user, address, fallback(card), blocks_of(card, {}))

    async def _help(self, user: str, address: Address) -> None:
        language = await self._language(user)
        menus = ["illustrate", "reference"] + ["describe"] * (DESCRIBE in self._intake.limner.offers().tools)
        shown = " · ".join(tell(one, language) for one in menus)
        parts = [
            tell("who", language),
            tell("ask", language, me=f"<@{self._own}>"),
            tell("commands", language),
            tell("menus", language, menus=shown),
            tell("change", language),
        ]
        await self._intake.whisper(user, address, tell("who", language), [section(part) for part in parts])

    async def _language(self, user: str) -> Language:
        return await self._intake.front.language(await self._intake.people.asker(user))
