"""Buttons and sent forms: what was pressed stands in the id, so they work after every restart."""

from typing import Any

from slack_sdk.errors import SlackApiError

from adapters.slack.address import Address
from adapters.slack.blocks import SHOW, cut, escaped
from adapters.slack.files import Files
from adapters.slack.intake import Intake
from adapters.slack.modals import modal_of, picture_view, sent
from adapters.slack.people import place_of
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

logger = log.get("slack")


class Buttons:
    """Takes presses and forms."""

    def __init__(self, intake: Intake, files: Files) -> None:
        self._intake, self._files = intake, files

    async def pressed(self, body: Json) -> None:
        """Do what a pressed button says; what goes wrong is told to who pressed it alone."""
        action, user = body["actions"][0], str(body["user"]["id"])
        place, address = _place(body)
        key = str(action.get("value") or action["action_id"])
        try:
            await self._do(key, body, place, address)
        except LimnerError as error:
            await self._intake.whisper(user, address, escaped(str(error)))

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
            return {next(iter(values)): cut(str(error), 150)}
        return {}

    async def _do(self, key: str, body: Json, place: Place, address: Address) -> None:
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
        elif is_form(key):
            form = await front.form(key, asker, place)
            view = modal_of(form, place, address, language)
            await self._open(body["trigger_id"], view)
        else:
            event_id = f"{body['actions'][0]['action_ts']}/{user}/{key}"
            await self._intake.press(event_id, user, place, address, key)

    async def _cancel(self, job_id: str, user: str) -> None:
        card = await self._intake.front.cancel(job_id, await self._intake.people.asker(user))
        if exchange := await self._intake.limner.exchange(job_id):
            await self._intake.posts.replace(exchange.message, job_id, card)

    async def _delete(self, job_id: str, user: str, body: Json) -> None:
        await self._intake.front.delete(job_id, await self._intake.people.asker(user))
        channel, ts = body["container"]["channel_id"], body["container"]["message_ts"]
        try:
            await tried(lambda: self._intake.client.chat_delete(channel=channel, ts=ts))
        except SlackApiError as error:
            logger.warning("a message could not be deleted: %s", error)

    async def _show(self, picture_id: str, trigger_id: str, language: Language) -> None:
        try:
            picture = await self._intake.limner.picture(picture_id)
        except GalleryError as error:
            raise RequestError(say("gone", language)) from error
        alt_text = say("alt", language, prompt=picture.plan.prompt)
        found = await self._files.of([Shown(picture, alt_text)])
        await self._open(trigger_id, picture_view(found[picture.id], alt_text, say("show", language)))

    async def _open(self, trigger_id: str, view: Json) -> None:
        """Open a view; a trigger is good for three seconds, so there is no second try."""
        try:
            await self._intake.client.views_open(trigger_id=trigger_id, view=view)
        except SlackApiError as error:
            logger.warning("a form could not be opened: %s", error)


def explanation(explained: list[Explained], notes: tuple[str, ...], language: Language) -> str:
    """Your words and my prompt, one above the other, with what was added in bold and what was left out struck."""
    parts = []
    for one in explained:
        parts.append(f"*{say('your_words', language)}*\n>{_quoted(one.words)}")
        if one.words == one.prompt:
            parts.append(say("no_difference", language))
        else:
            parts.append(f"*{say('my_prompt', language)}*\n>{_marked(one)}")
        if one.negative_prompt:
            parts.append(f"*{say('negative', language)}*\n>{_quoted(one.negative_prompt)}")
    if notes:
        parts.append("\n".join([f"*{say('notes', language)}*", *(f"• {_quoted(note)}" for note in notes)]))
    return cut("\n".join(parts), SHOWN_CHARACTERS)


def _marked(one: Explained) -> str:
    marks = {"same": "", "added": "*", "left_out": "~"}
    words = [(marks[part.kind], _quoted(part.text.strip())) for part in one.parts]
    return " ".join(f"{mark}{text}{mark}" for mark, text in words if text)


def _quoted(text: str) -> str:
    """Words on one line, in which Slack reads no markup of its own."""
    return escaped(" ".join(text.split())).replace("*", "∗").replace("~", "∼").replace("_", "\u200b_").replace("`", "ˋ")


def _place(body: Json) -> tuple[Place, Address]:
    channel = str((body.get("channel") or {}).get("id") or "")
    message = body.get("message") or {}
    team, user = str((body.get("team") or {}).get("id") or ""), str(body["user"]["id"])
    thread_ts = str(message.get("thread_ts") or "")
    response_url = str(body.get("response_url") or "")
    return place_of(channel, user, team, thread_ts), Address(channel, thread_ts, response_url=response_url)
