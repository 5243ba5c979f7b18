"""Shortcuts: a picture from anywhere; of a message its words painted, its picture described or used as reference."""

import json
from dataclasses import replace
from typing import Any

from adapters.slack.address import Address, Posted
from adapters.slack.blocks import cut
from adapters.slack.commands import make_form
from adapters.slack.intake import Intake
from adapters.slack.messages import typed
from adapters.slack.modals import modal_of, sent
from adapters.slack.trouble import tried
from adapters.slack.wording import tell
from bot.actions import DESCRIBE
from bot.chat import Field, Form, Place
from bot.chat.words import say
from bot.errors import LimnerError, RequestError
from bot.language import Language

Json = dict[str, Any]
MAKE, ILLUSTRATE, REFERENCE = "make", "illustrate", "reference"
WORDS_CHARACTERS = 1_000
# What is needed of a file to fetch it once the form comes back.
_OF_FILE = ("url_private", "name", "mimetype")


class Shortcuts:
    """Takes shortcuts.

    Args:
        own: Id of the bot's user.
    """

    def __init__(self, intake: Intake, own: str) -> None:
        self._intake, self._own = intake, own

    async def make(self, body: Json) -> None:
        """Open the form that asks what to paint; the answer goes to direct messages."""
        user, trigger_id = str(body["user"]["id"]), str(body["trigger_id"])
        place, address = await direct(self._intake, body)
        language = await self._language(user)
        form = make_form(f"make:{trigger_id}", "", language)
        form = replace(form, fields=tuple(replace(one, hint=say("private_here", language)) for one in form.fields))
        await self._intake.open(trigger_id, modal_of(form, place, address, language))

    async def illustrate(self, body: Json) -> None:
        """Paint a message's words, into its thread."""
        user, place, address = self._about(body)
        words = typed(str(body["message"].get("text", "")), self._own)
        if not words:
            raise RequestError(tell("no_words", await self._language(user)))
        await self._intake.ask(str(body["trigger_id"]), user, place, address, words, command=True)

    async def describe(self, body: Json) -> None:
        """Say what is to be seen in a message's picture, where the tool for that is on."""
        user, place, address = self._about(body)
        language = await self._language(user)
        if DESCRIBE not in self._intake.limner.offers().tools:
            raise RequestError(say("tool_off", language))
        files, picture_id = await self._pictures(body, language)
        event_id = str(body["trigger_id"])
        if picture_id:
            await self._intake.press(event_id, user, place, address, f"{DESCRIBE}:{picture_id}")
        else:
            await self._intake.ask(event_id, user, place, address, "Describe", files=files, action=DESCRIBE)

    async def refer(self, body: Json) -> None:
        """Ask what to paint from a message's picture."""
        user, place, address = self._about(body)
        asker = await self._intake.people.asker(user)
        language = await self._language(user)
        files, picture_id = await self._pictures(body, language)
        await self._intake.front.check(asker, place)
        about = {"event": str(body["trigger_id"]), "picture": picture_id, "files": files}
        field = Field("change", say("reference_field", language), limit=WORDS_CHARACTERS, long=True, required=True)
        key = json.dumps(about, separators=(",", ":"))
        form = Form(key, say("reference_title", language), (field,), say("edit_send", language))
        view = modal_of(form, place, address, language) | {"callback_id": REFERENCE}
        await self._intake.open(str(body["trigger_id"]), view)

    async def referred(self, body: Json) -> dict[str, str]:
        """Take that form; what is wrong with it, by field."""
        key, place, address, values = sent(body["view"])
        about, user = json.loads(key), str(body["user"]["id"])
        more: Json = {"files": about["files"], "reply_to": about["picture"] or None, "command": True}
        try:
            await self._intake.ask(about["event"], user, place, address, values["change"], **more)
        except LimnerError as error:
            return {"change": cut(str(error), 150)}
        return {}

    async def _pictures(self, body: Json, language: Language) -> tuple[list[Json], str]:
        """A message's first picture, as Slack's file or as the id of Limner's own. Raises RequestError without one."""
        files = [one for one in body["message"].get("files") or [] if str(one.get("mimetype")).startswith("image/")]
        place = str(Posted(str(body["channel"]["id"]), str(body["message"]["ts"])))
        exchange = await self._intake.limner.posted("slack", place)
        if exchange and exchange.reply and exchange.reply.pictures:
            return [], exchange.reply.pictures[0].id
        if not files:
            raise RequestError(say("no_picture", language))
        return [{name: files[0].get(name) for name in _OF_FILE}], ""

    def _about(self, body: Json) -> tuple[str, Place, Address]:
        """Who used a message's shortcut, and the thread of that message."""
        user, channel, message = str(body["user"]["id"]), str(body["channel"]["id"]), body["message"]
        thread_ts = str(message.get("thread_ts") or ("" if channel.startswith("D") else message["ts"]))
        address = Address(channel, thread_ts, response_url=str(body.get("response_url") or ""))
        return user, self._intake.place(channel, user, thread_ts), address

    async def _language(self, user: str) -> Language:
        return await self._intake.front.language(await self._intake.people.asker(user))


async def direct(intake: Intake, body: Json) -> tuple[Place, Address]:
    """The direct messages of who used something that belongs to no channel: what they say there goes on from it."""
    user = str(body["user"]["id"])
    found = await tried(lambda: intake.client.conversations_open(users=user))
    channel = str(found["channel"]["id"])
    return intake.place(channel, user), Address(channel)
