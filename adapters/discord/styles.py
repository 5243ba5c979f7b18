"""/style: sets one's default style, or shows which styles there are."""

from discord import app_commands

from adapters.discord.intake import Intake
from adapters.discord.options import Command, command, complete, style_choices
from adapters.discord.people import Use, asker_of, place_of
from bot.chat import Card, overviews
from bot.chat.words import say

NONE = "none"


def style_command(intake: Intake) -> Command:
    """The command."""

    async def style(use: Use, name: str | None = None) -> None:
        await intake.guarded(use, _set(intake, use, name) if name else _list(intake, use))

    async def offer(use: Use, typed: str) -> list[app_commands.Choice[str]]:
        none = say("none", await intake.front.language(asker_of(use)))
        return await style_choices(intake, use, typed, [(NONE, none)])

    options = {"name": "A style, or 'none' for no default style"}
    made = command(style, "style", "Set your default style, or see all styles", options)
    complete(made, "name", offer)
    return made


async def _set(intake: Intake, use: Use, name: str) -> None:
    asker, place = asker_of(use), place_of(use)
    language = await intake.front.language(asker)
    clears = name.strip().casefold() in (NONE, say("none", "zh"))
    changes = {"style": "" if clears else name}
    wanted = await intake.front.wanting.set("user", changes, asker, place, language)
    said = say("style_set", language, style=wanted.style) if wanted.style else say("style_cleared", language)
    await intake.whisper(use, Card(text=said))


async def _list(intake: Intake, use: Use) -> None:
    asker = asker_of(use)
    wanted = await intake.front.wanting.get("user", asker, place_of(use))
    language = await intake.front.language(asker)
    await intake.whisper(use, overviews.styles(intake.limner.offers().library, wanted, language))
