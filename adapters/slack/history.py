"""One's own last pictures, with the way to each message and a button to vary each: by command, and on Home."""

import asyncio
from collections.abc import Sequence
from typing import Any

from slack_sdk.errors import SlackApiError

from adapters.slack.address import posted
from adapters.slack.blocks import SHOW, actions, image, quoted, section
from adapters.slack.files import Files
from adapters.slack.intake import Intake
from adapters.slack.trouble import tried
from bot import log
from bot.actions import LABELS, VARY
from bot.chat import Button, Shown
from bot.chat.overviews import last_pictures, words_of
from bot.chat.words import say
from bot.errors import DeliveryError
from bot.exchange import Exchange
from bot.language import Language
from bot.messages import Picture

Json = dict[str, Any]
MOST = 9
A_ROW = 5
WORDS_CHARACTERS, STYLE_CHARACTERS = 200, 40
# Marks a button that stands where no channel is: what it makes comes to direct messages.
OWN = "own"

logger = log.get("slack")


class History:
    """Shows somebody their pictures."""

    def __init__(self, intake: Intake, files: Files) -> None:
        self._intake, self._files = intake, files

    async def blocks(self, user: str, language: Language, *, bare: bool = False) -> list[Json]:
        """The newest first; `bare` is without the pictures themselves, for where Slack has lost one."""
        shown = last_pictures(await self._intake.limner.latest("slack", user, MOST), MOST)
        if not shown:
            return [section(say("pictures_none", language))]
        links = await asyncio.gather(*(self._link(exchange) for exchange, _ in shown))
        files = {} if bare else await self._uploaded(shown, language)
        lines = [
            _line(number, *one, link, files, language)
            for number, (one, link) in enumerate(zip(shown, links, strict=True), 1)
        ]
        return [section(say("pictures", language)), *lines, *_buttons([one for _, one in shown], language)]

    async def _uploaded(self, shown: Sequence[tuple[Exchange, Picture]], language: Language) -> dict[str, str]:
        """Slack's files of the pictures that may be seen at once; nearly always they are there since the answer."""
        found: dict[str, str] = {}
        for exchange, picture in shown:
            if exchange.reply and exchange.reply.veiled:
                continue
            try:
                found |= await self._files.of([Shown(picture, _alt_text(picture, language))])
            except (SlackApiError, DeliveryError, OSError) as error:
                logger.warning("a picture can't be shown: %s", error)
        return found

    async def _link(self, exchange: Exchange) -> str:
        place = posted(exchange.posted_as)
        if place is None:
            return ""
        try:
            found = await tried(
                lambda: self._intake.client.chat_getPermalink(channel=place.channel, message_ts=place.ts)
            )
        except (SlackApiError, DeliveryError) as error:
            logger.info("an answer has no link: %s", error)
            return ""
        return str(found["permalink"])


def _line(
    number: int, exchange: Exchange, picture: Picture, link: str, files: dict[str, str], language: Language
) -> Json:
    plan = picture.plan
    parts = [quoted(words_of(picture, WORDS_CHARACTERS))]
    parts += [say("style", language, style=quoted(plan.style[:STYLE_CHARACTERS]))] if plan.style else []
    parts.append(say("seed", language, seed=plan.seed))
    parts += [f"<{link}|{say('show_message', language)}>"] if link else []
    accessory = None
    if picture.id in files:
        accessory = image(files[picture.id], _alt_text(picture, language))
    elif exchange.reply and exchange.reply.veiled:
        [accessory] = actions([Button(f"{SHOW}:{picture.id}", say("show", language))])["elements"]
    return section(f"{number}. {' · '.join(parts)}", accessory)


def _buttons(pictures: Sequence[Picture], language: Language) -> list[Json]:
    label = LABELS[VARY][language]
    keys = [Button(f"{VARY}:{one.id}", f"{label} {number}") for number, one in enumerate(pictures, 1)]
    rows = [actions(keys[at : at + A_ROW]) for at in range(0, len(keys), A_ROW)]
    for row in rows:
        row["elements"] = [one | {"action_id": f"{OWN}:{one['value']}"} for one in row["elements"]]
    return rows


def _alt_text(picture: Picture, language: Language) -> str:
    return say("alt", language, prompt=picture.plan.prompt)
