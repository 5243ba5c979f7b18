"""Buttons and sent forms: what was pressed stands in the id, so they work after every restart."""

from typing import Any

from slack_sdk.errors import SlackApiError

from adapters.slack.address import Address
from adapters.slack.blocks import SHOW, cut, escaped, quoted
from adapters.slack.files import Files
from adapters.slack.intake import Intake
from adapters.slack.modals import modal_of, picture_view, sent, waiting_view
from adapters.slack.trouble import tried
from bot import log
from bot.chat import Place, Shown
from bot.chat.cards import CANCEL, DELETE, WORDS
from bot.chat.forms import is_form
from bot.chat.front import Explained
from bot.chat.words import say
from bot.errors import GalleryError, LimnerError, RequestError
from bot.language import Language

Json = dict[str, Any]
SHOWN_CHARACTERS = 2_900
# What is done at once, without a job of its own.
DEEDS = frozenset((CANCEL, DELETE, WORDS, SHOW))

logger = log.get("slack")


class Buttons:
    """Takes presses and forms."""

    def __init__(self, intake: Intake, files: Files) -> None:
        self._intake, self._files = intake, files

    async def pressed(self, body: Json) -> None:
        """Take what a pressed button asks for, or begin to do it; what goes wrong is told to who pressed it alone."""
        action, user = body["actions"][0], str(body["user"]["id"])
        place, address = self._place(body)
        key = str(action.get("value") or action["action_id"])
        if key.partition(":")[0] in DEEDS or is_form(key):
            self._intake.errands.run(self._do(key, body, place, address))
            return
        try:
            await self._intake.press(f"{action['action_ts']}/{user}/{key}", user, place, address, key)
        except LimnerError as error:
            self._intake.errands.run(self._intake.whisper(user, address, escaped(str(error))))

    async def sent(self, body: Json) -> dict[str, str]:
        """Take a form; what is wrong with it, by field."""
        key, place, address, values = sent(body["view"])
        user = str(body["user"]["id"])
        try:
            if key.startswith("make:"):
                await self._intake.ask(key, user, place, address, values["change"], command=True)
            else:
                await self._intake.press(f"view/{body['view']['id']}", user, place, address, key, values)
        except LimnerError as error:
            blamed = [name for name, value in values.items() if value and f"'{value[:20]}" in str(error)]
            return {(blamed or list(values))[0]: cut(str(error), 150)}
        return {}

    def _place(self, body: Json) -> tuple[Place, Address]:
        channel = str((body.get("channel") or {}).get("id") or "")
        thread_ts = str((body.get("message") or {}).get("thread_ts") or "")
        address = Address(channel, thread_ts, response_url=str(body.get("response_url") or ""))
        return self._intake.place(channel, str(body["user"]["id"]), thread_ts), address

    async def _do(self, key: str, body: Json, place: Place, address: Address) -> None:
        try:
            await self._done(key, body, place, address)
        except LimnerError as error:
            await self._intake.whisper(str(body["user"]["id"]), address, escaped(str(error)))

    async def _done(self, key: str, body: Json, place: Place, address: Address) -> None:
        kind, _, about = key.partition(":")
        user, front = str(body["user"]["id"]), self._intake.front
        asker = await self._intake.people.asker(user)
        language = await front.language(asker)
        if kind == CANCEL:
            await self._cancel(about.partition(":")[0], user)
        elif kind == DELETE:
            await self._delete(about, user, body)
        elif kind == WORDS:
            explained, notes = await front.explain(about, asker)
            await self._intake.whisper(user, address, explanation(explained, notes, language))
        elif kind == SHOW:
            await self._show(about, body["trigger_id"], language)
        else:
            form = await front.form(key, asker, place)
            await self._intake.open(body["trigger_id"], modal_of(form, place, address, language))

    async def _cancel(self, job_id: str, user: str) -> None:
        card = await self._intake.front.cancel(job_id, await self._intake.people.asker(user))
        if exchange := await self._intake.limner.exchange(job_id):
            await self._intake.posts.replace(exchange.message, job_id, card)

    async def _delete(self, job_id: str, user: str, body: Json) -> None:
        exchange = await self._intake.limner.exchange(job_id)
        await self._intake.front.delete(job_id, await self._intake.people.asker(user))
        channel, ts = body["container"]["channel_id"], body["container"]["message_ts"]
        try:
            await tried(lambda: self._intake.client.chat_delete(channel=channel, ts=ts))
        except SlackApiError as error:
            logger.warning("a message could not be deleted: %s", error)
        for picture in exchange.reply.pictures if exchange and exchange.reply else ():
            await self._files.delete(picture.id)

    async def _show(self, picture_id: str, trigger_id: str, language: Language) -> None:
        """Show a veiled picture; a trigger lives for three seconds, so a view opens before the upload."""
        try:
            picture = await self._intake.limner.picture(picture_id)
        except GalleryError as error:
            raise RequestError(say("gone", language)) from error
        alt_text, title = say("alt", language, prompt=picture.plan.prompt), say("show", language)
        view_id = await self._intake.open(trigger_id, waiting_view(title))
        found = await self._files.of([Shown(picture, alt_text)])
        view = picture_view(found[picture.id], alt_text, title)
        try:
            await tried(lambda: self._intake.client.views_update(view_id=view_id, view=view))
        except SlackApiError as error:
            logger.info("a picture was not looked at any more: %s", error)


def explanation(explained: list[Explained], notes: tuple[str, ...], language: Language) -> str:
    """Your words and my prompt, one above the other, with what was added in bold and what was left out struck."""
    parts = []
    for one in explained:
        parts.append(f"*{say('your_words', language)}*\n>{quoted(one.words)}")
        if one.words == one.prompt:
            parts.append(say("no_difference", language))
        else:
            parts.append(f"*{say('my_prompt', language)}*\n>{_marked(one)}")
        if one.negative_prompt:
            parts.append(f"*{say('negative', language)}*\n>{quoted(one.negative_prompt)}")
    if notes:
        parts.append("\n".join([f"*{say('notes', language)}*", *(f"• {quoted(note)}" for note in notes)]))
    return cut("\n".join(parts), SHOWN_CHARACTERS)


def _marked(one: Explained) -> str:
    marks = {"same": "", "added": "*", "left_out": "~"}
    words = [(marks[part.kind], quoted(part.text.strip())) for part in one.parts]
    return " ".join(f"{mark}{text}{mark}" for mark, text in words if text)
