"""Slash commands: a wish with what is set behind it, or a form where nothing is said."""

import re
from typing import Any

from adapters.slack.address import Address
from adapters.slack.blocks import escaped
from adapters.slack.intake import Intake
from adapters.slack.modals import modal_of
from bot.chat import Field, Form
from bot.chat.words import say
from bot.errors import RequestError
from bot.language import Language
from bot.limits import MAX_COUNT, MAX_SEED, check_aspect, check_size
from bot.messages import LoraWish, Wishes

Json = dict[str, Any]
# 'a red car --style ink --size 3:2 --count 4': what stands behind two dashes is set by hand.
VALUES, FLAGS = ("style", "size", "count", "seed", "model", "lora"), ("private", "exact")
NAMES = VALUES + FLAGS
EXAMPLES = {"style": "ink", "size": "3:2", "count": "4", "seed": "7", "model": "sketch", "lora": "pixels"}
# Clients make one long dash of two, which may as well stand in a sentence.
_OPTION = re.compile(
    rf"(?:^|(?<=\s))(?:(?:--|—)(?P<flag>{'|'.join(FLAGS)})\b|"
    rf"(?:--|—)(?P<name>{'|'.join(VALUES)})\b(?:[ =]+(?P<value>[^\s-]\S*))?|--(?P<unknown>\w+))",
    re.IGNORECASE,
)


def wished(text: str, models: tuple[str, ...]) -> tuple[str, Wishes, bool | None]:
    """The words of a command, what was set behind them, and whether it is for the asker alone.

    Raises:
        RequestError: There is no such option, or not with this value.
    """
    found = list(_OPTION.finditer(text))
    if unknown := [one["unknown"] for one in found if one["unknown"]]:
        raise RequestError(f"There is no option --{unknown[0]}", f"There are: --{', --'.join(NAMES)}.")
    given = {(one["flag"] or one["name"]).casefold(): one["value"] for one in found}
    if bare := [name for name in given if name in VALUES and not given[name]]:
        raise RequestError(
            f"--{bare[0]} says nothing", f"Put a value behind it, such as --{bare[0]} {EXAMPLES[bare[0]]}."
        )
    words = " ".join(_OPTION.sub(" ", text).split())
    model = given.get("model")
    if model and model not in models:
        raise RequestError(f"There is no model '{model}' here", f"There are: {', '.join(models)}.")
    wishes = Wishes(
        style=given.get("style") or None,
        count=_number("count", given.get("count"), 1, MAX_COUNT),
        seed=_number("seed", given.get("seed"), 0, MAX_SEED),
        model=model or None,
        loras=(LoraWish(given["lora"]),) if given.get("lora") else (),
        as_is="exact" in given,
        **_size(given.get("size")),
    )
    return words, wishes, True if "private" in given else None


def make_form(key: str, text: str, language: Language) -> Form:
    """The form that asks what to paint."""
    field = Field("change", say("make_field", language), text, 3_000, long=True, required=True)
    return Form(key, say("make_title", language), (field,), say("edit_send", language))


class Commands:
    """Takes slash commands."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    async def imagine(self, body: Json) -> str:
        """Take a wish, or open the form; what to tell the asker alone, or nothing."""
        user, channel, text = str(body["user_id"]), str(body["channel_id"]), str(body.get("text", ""))
        place = self._intake.place(channel, user)
        asker = await self._intake.people.asker(user)
        language = await self._intake.front.language(asker, text)
        event_id = str(body["trigger_id"])
        try:
            hidden = await self._intake.front.is_private(asker, place)
            if not text.strip():
                address = Address(channel, private=hidden, response_url=str(body["response_url"]))
                form = make_form(f"make:{event_id}", "", language)
                await self._intake.open(event_id, modal_of(form, place, address, language))
                return ""
            words, wishes, private = wished(_typed(text), self._intake.limner.offers().models)
            hidden = hidden if private is None else private
            address = Address(channel, private=hidden, response_url=str(body["response_url"]))
            await self._intake.ask(event_id, user, place, address, words, wishes=wishes, command=True)
        except RequestError as error:
            return escaped(str(error))
        return say("private_here", language) if hidden and not place.direct else ""


def _typed(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _number(name: str, text: str | None, least: int, most: int) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or not least <= int(text[:12]) <= most:
        raise RequestError(f"--{name} {text[:20]} is out of range", f"Choose {least} to {most}.")
    return int(text)


def _size(size: str | None) -> dict[str, Any]:
    if not size:
        return {}
    if ":" in size:
        return {"aspect": check_aspect(size)}
    width_px, height_px = check_size(size)
    return {"width_px": width_px, "height_px": height_px}
