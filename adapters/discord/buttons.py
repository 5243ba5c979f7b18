"""Buttons and forms: what was pressed stands in the id, so they work after every restart."""

import json
from typing import Any

import discord

from adapters.discord.attachments import Brought
from adapters.discord.intake import Intake, respond
from adapters.discord.people import Use, asker_of, place_of
from adapters.discord.queue import cancel as cancel_in_line
from adapters.discord.rendering import cut, escaped
from adapters.discord.settings_panel import SET, chosen
from adapters.discord.trouble import tried
from bot.chat.card import Form
from bot.chat.cards import CANCEL, DELETE, WORDS
from bot.chat.forms import is_form
from bot.chat.front import Explained
from bot.chat.overviews import IN_LINE
from bot.chat.words import say
from bot.language import Language
from bot.messages import Wishes

MODAL_PREFIX = "form:"
REFERENCE = "reference"
SHOWN_CHARACTERS = 1_900


class Buttons:
    """Takes presses and forms."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    async def pressed(self, use: Use) -> None:
        """Do what a pressed button says."""
        key = str(_data(use).get("custom_id", ""))
        kind, _, about = key.partition(":")
        if kind == CANCEL:
            await self._cancel(use, about)
        elif kind == DELETE:
            await self._delete(use, about)
        elif kind == SET:
            await chosen(self._intake, use, about, list(_data(use).get("values") or ()))
        elif kind == WORDS:
            await self._explain(use, about)
        elif is_form(key):
            form = await self._intake.front.form(key, asker_of(use), place_of(use))
            await open_form(use, form)
        else:
            await self._intake.press(use, key)

    async def sent(self, use: Use) -> None:
        """Take a form that was sent."""
        data = _data(use)
        key = str(data.get("custom_id", "")).removeprefix(MODAL_PREFIX)
        values = {str(one["custom_id"]): str(one.get("value", "")) for one in _inputs(data.get("components"))}
        if key.startswith(f"{REFERENCE}:"):
            await self._with_reference(use, key.partition(":")[2], values)
        else:
            await self._intake.press(use, key, values)

    async def _cancel(self, use: Use, about: str) -> None:
        job_id, _, where = about.partition(":")
        if where == IN_LINE:
            await cancel_in_line(self._intake, use, job_id)
            return
        front, limner = self._intake.front, self._intake.limner
        card = await front.cancel(job_id, asker_of(use))
        await respond(lambda: use.response.defer())
        if exchange := await limner.exchange(job_id):
            await self._intake.posts.replace(exchange.message, job_id, card)

    async def _delete(self, use: Use, job_id: str) -> None:
        await self._intake.front.delete(job_id, asker_of(use))
        await respond(lambda: use.response.defer())
        try:
            await tried(use.delete_original_response)
        except discord.NotFound:
            return  # an earlier try came through before its connection was cut

    async def _explain(self, use: Use, job_id: str) -> None:
        language = await self._intake.front.language(asker_of(use))
        explained, notes = await self._intake.front.explain(job_id, asker_of(use))
        await self._intake.say(use, explanation(explained, notes, language))

    async def _with_reference(self, use: Use, note: str, values: dict[str, str]) -> None:
        """Paint from a picture of a message that was pointed at; its address was noted when the form opened."""
        noted = await self._intake.limner.recall("discord", f"{REFERENCE}/{note}")
        await self._intake.limner.remember("discord", f"{REFERENCE}/{note}", "")
        files = (Brought(**json.loads(noted)),) if noted else ()
        await self._intake.ask(use, values.get("change", ""), Wishes(), files=files)


async def open_form(use: Use, form: Form) -> None:
    """Open a form; Discord wants that as the very first response."""
    modal = discord.ui.Modal(title=cut(form.title, 45), timeout=None, custom_id=f"{MODAL_PREFIX}{form.key}")
    for field in form.fields:
        box: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id=field.name,
            default=cut(field.value, field.limit) or None,
            max_length=field.limit,
            required=field.required,
            placeholder=field.hint or None,
            style=discord.TextStyle.paragraph if field.long else discord.TextStyle.short,
        )
        modal.add_item(discord.ui.Label(text=cut(field.label, 45), component=box))
    modal.stop()  # its id says everything, so nobody waits for it in memory
    await respond(lambda: use.response.send_modal(modal))


def explanation(explained: list[Explained], notes: tuple[str, ...], language: Language) -> str:
    """Your words and my prompt, one above the other, with what was added in bold and what was left out struck."""
    parts = []
    for one in explained:
        parts.append(f"**{say('your_words', language)}**\n> {escaped(one.words)}")
        if one.words == one.prompt:
            parts.append(say("no_difference", language))
        else:
            parts.append(f"**{say('my_prompt', language)}**\n> {_marked(one)}")
        if one.negative_prompt:
            parts.append(f"**{say('negative', language)}**\n> {escaped(one.negative_prompt)}")
    if notes:
        listed = "\n".join(f"- {escaped(note)}" for note in notes)
        parts.append(f"**{say('notes', language)}**\n{listed}")
    return cut("\n".join(parts), SHOWN_CHARACTERS)


def _marked(one: Explained) -> str:
    marks = {"same": "", "added": "**", "left_out": "~~"}
    shown = []
    for part in one.parts:
        words, mark = part.text.strip().replace("\n", " "), marks[part.kind]
        if words:
            shown.append(f"{mark}{escaped(words)}{mark}")
    return " ".join(shown)


def _data(use: Use) -> dict[str, Any]:
    data: Any = use.data
    return dict(data or {})


def _inputs(components: Any) -> list[dict[str, Any]]:
    """The fields of a form, wherever Discord puts them: in rows, or each inside a label."""
    found: list[dict[str, Any]] = []
    for part in components or ():
        inner = part.get("components") or ([part["component"]] if part.get("component") else [])
        found += _inputs(inner) if inner else [part]
    return [part for part in found if part.get("custom_id")]
