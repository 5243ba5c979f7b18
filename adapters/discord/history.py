"""/history: one's own last pictures, small, with the way to each message and a button to vary each."""

from collections.abc import Sequence

import discord

from adapters.discord.address import load, posted
from adapters.discord.intake import Intake, respond
from adapters.discord.options import Command, command
from adapters.discord.people import Use, asker_of
from adapters.discord.rendering import CONTENT_CHARACTERS, Upload, escaped, view_of
from adapters.discord.whispers import show
from bot import log
from bot.actions import LABELS, VARY
from bot.chat import Button
from bot.chat.fitting import thumbnail
from bot.chat.overviews import last_pictures, words_of
from bot.chat.words import say
from bot.exchange import Exchange
from bot.language import Language
from bot.messages import Picture

MOST = 9
A_ROW = 5
STYLE_CHARACTERS = 40
Shown = tuple[Exchange, Picture]

logger = log.get("discord")


def history_command(intake: Intake) -> Command:
    """The command."""

    async def history(use: Use) -> None:
        await intake.guarded(use, _show(intake, use))

    return command(history, "history", "See your last pictures")


async def _show(intake: Intake, use: Use) -> None:
    asker = asker_of(use)
    await respond(lambda: use.response.defer(ephemeral=True, thinking=True))
    language = await intake.front.language(asker)
    shown = last_pictures(await intake.limner.latest("discord", asker.id, MOST), MOST)
    if not shown:
        await show(use, say("pictures_none", language))
        return
    uploads = [upload for number, one in enumerate(shown, start=1) if (upload := await _upload(number, one, language))]
    await show(use, _words(shown, language), _view(shown, language), uploads)


def _words(shown: Sequence[Shown], language: Language) -> str:
    """A line for each, with as much of the words as there is room for."""
    text = ""
    for most in (120, 80, 60, 40, 20):
        lines = [_line(number, one, most, language) for number, one in enumerate(shown, start=1)]
        text = "\n".join([say("pictures", language), *lines])
        if len(text) <= CONTENT_CHARACTERS:
            break
    return text


def _line(number: int, shown: Shown, most: int, language: Language) -> str:
    exchange, picture = shown
    plan = picture.plan
    parts = [escaped(words_of(picture, most))]
    parts += [say("style", language, style=escaped(plan.style[:STYLE_CHARACTERS]))] if plan.style else []
    parts.append(say("seed", language, seed=plan.seed))
    if link := link_to(exchange):
        parts.append(f"[{say('show_message', language)}]({link})")
    return f"{number}. {' · '.join(parts)}"


def link_to(exchange: Exchange) -> str:
    """Where an answer stands; empty where it was shown to the asker alone, for such a message has no address."""
    place, address = posted(exchange.posted_as), load(exchange.message.answer_at)
    if place is None:
        return ""
    is_direct = place.channel != address.channel  # posted as a direct message, since nothing else was left
    if address.private and not is_direct:
        return ""
    guild = "@me" if is_direct else exchange.message.team or "@me"
    return f"https://discord.com/channels/{guild}/{place.channel}/{place.message}"


async def _upload(number: int, shown: Shown, language: Language) -> Upload | None:
    exchange, picture = shown
    try:
        file = await thumbnail(picture.path, f"{number}-{picture.id[:8]}")
    except OSError as error:
        logger.warning("a picture can't be read: %s", error)
        return None
    veiled = exchange.reply is not None and exchange.reply.veiled
    return Upload(file, say("alt", language, prompt=picture.plan.prompt), veiled)


def _view(shown: Sequence[Shown], language: Language) -> discord.ui.View | None:
    label = LABELS[VARY][language]
    buttons = [Button(f"{VARY}:{picture.id}", f"{label} {number}") for number, (_, picture) in enumerate(shown, 1)]
    return view_of([buttons[at : at + A_ROW] for at in range(0, len(buttons), A_ROW)])
