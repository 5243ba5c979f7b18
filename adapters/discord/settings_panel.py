"""/settings: what a person, a channel or a server wants by default, shown and set."""

from collections.abc import Mapping

import discord
from discord import app_commands

from adapters.discord.intake import Intake, respond
from adapters.discord.options import (
    Command,
    command,
    complete,
    model_choices,
    size_choices,
    style_choices,
    unoffered,
)
from adapters.discord.people import Use, asker_of, place_of
from adapters.discord.rendering import CONTENT_CHARACTERS, cut, escaped
from adapters.discord.whispers import show
from bot.chat import panel
from bot.chat.wanting import kinds, why_not
from bot.chat.words import say
from bot.errors import RequestError
from bot.language import Language
from bot.preferences import Preferences

# The id of a select is 'set:SCOPE:NAME'; what the scope's name is, the place says where it is used.
SET = "set"
DEFAULT = "default"
OF = (("user", "me"), ("channel", "this channel"), ("team", "this server"))
LISTED = ("rewriting", "language", "visibility", "answers")
SELECTS = ("rewriting", "language", "visibility", "aspect", "answers")
OPTION_CHARACTERS = 100
_OPTIONS = {
    "style": "The style where nobody asks for one",
    "size": "The shape of pictures, such as 3:2",
    "model": "What paints where nobody says",
    "rewriting": "Whether your words are made into a prompt",
    "language": "What Limner speaks",
    "visibility": "Who sees answers to commands",
    "answers": "Whether Limner answers in this channel or server",
    "of": "Whose settings: yours, or as a moderator the channel's or the server's",
}


def settings_command(intake: Intake) -> Command:
    """The command."""

    async def settings(
        use: Use,
        style: str | None = None,
        size: str | None = None,
        model: str | None = None,
        rewriting: str | None = None,
        language: str | None = None,
        visibility: str | None = None,
        answers: str | None = None,
        of: str = "user",
    ) -> None:
        given = {
            "style": style,
            "aspect": size,
            "model": model,
            "rewriting": rewriting,
            "language": language,
            "visibility": visibility,
            "answers": answers,
        }
        changes = {name: _cleared(value) for name, value in given.items() if value}
        await intake.guarded(use, _set(intake, use, of, changes))

    listed = {name: [(DEFAULT, DEFAULT), *panel.choices(name, "en")] for name in LISTED}
    described, left_out = "See and change your settings, the channel's or the server's", unoffered(intake)
    made = command(settings, "settings", described, _OPTIONS, listed=listed | {"of": OF}, without=left_out)
    _complete(made, intake)
    return made


async def chosen(intake: Intake, use: Use, about: str, values: list[str]) -> None:
    """Take what was chosen in a select of the panel, and show the panel anew."""
    kind, _, name = about.partition(":")
    language = await intake.front.language(asker_of(use))
    if kind not in panel.SCOPES or name not in panel.CHOICES or not values:
        raise RequestError(say("no_setting", language))
    await respond(lambda: use.response.defer())
    await _set(intake, use, kind, {name: _cleared(values[0])})


async def _set(intake: Intake, use: Use, kind: str, changes: Mapping[str, str]) -> None:
    asker, place, wanting = asker_of(use), place_of(use), intake.front.wanting
    language = await intake.front.language(asker)
    if kind not in kinds(place):
        raise RequestError(say("own_only", language))
    if changes:
        await wanting.set(kind, changes, asker, place, language)
        language = await intake.front.language(asker)
    wanted = {one: await wanting.get(one, asker, place) for one in kinds(place)}
    parts = [say("saved", language)] if changes else []
    parts += [_told(one, wanted[one], language) for one in wanted]
    reason = why_not(kind, asker, language)
    parts += [f"-# {line}" for line in (reason, await _left(intake, asker.id, language)) if line]
    view = None if reason else _view(kind, wanted[kind], language)
    await show(use, cut("\n".join(parts), CONTENT_CHARACTERS), view)


async def _left(intake: Intake, user: str, language: Language) -> str:
    allowance = await intake.limner.allowance("discord", user)
    if allowance.left is None:
        return say("unlimited", language)
    return say("left", language, left=allowance.left, limit=allowance.limit)


def _told(kind: str, wanted: Preferences, language: Language) -> str:
    """What is set in one scope: of a person everything, of the others what says something."""
    shown = [one for one in panel.settings(kind, wanted, language) if one.value or kind == "user"]
    lines = [f"{one.label}: {escaped(one.shown)}" for one in shown] or [say("unset", language)]
    return "\n".join([f"**{panel.title(kind, language)}**", *lines])


def _view(kind: str, wanted: Preferences, language: Language) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    for name in SELECTS[: len(SELECTS) - (kind == "user")]:
        view.add_item(_select(kind, name, str(getattr(wanted, name)), language))
    view.stop()  # the ids say everything, so nobody waits for it in memory
    return view


def _select(kind: str, name: str, value: str, language: Language) -> discord.ui.Select[discord.ui.View]:
    label = panel.label(name, language)
    known = dict(panel.choices(name, language))
    pairs = {DEFAULT: f"{label}: {say('default', language)}"} | ({value: value} if value else {}) | known
    options = [
        discord.SelectOption(label=cut(words, OPTION_CHARACTERS), value=one, default=one == (value or DEFAULT))
        for one, words in pairs.items()
    ]
    return discord.ui.Select(custom_id=f"{SET}:{kind}:{name}", placeholder=label, options=options)


def _complete(made: Command, intake: Intake) -> None:
    async def first(use: Use) -> list[tuple[str, str]]:
        return [(DEFAULT, say("default", await intake.front.language(asker_of(use))))]

    async def styles(use: Use, typed: str) -> list[app_commands.Choice[str]]:
        return await style_choices(intake, use, typed, await first(use))

    async def sizes(use: Use, typed: str) -> list[app_commands.Choice[str]]:
        return size_choices(typed, await first(use))

    async def models(use: Use, typed: str) -> list[app_commands.Choice[str]]:
        return model_choices(intake, typed, await first(use))

    for name, offer in (("style", styles), ("size", sizes), ("model", models)):
        complete(made, name, offer)


def _cleared(value: str) -> str:
    """The value to keep: 'default' clears."""
    return "" if value.strip().casefold() in (DEFAULT, say("default", "zh")) else value.strip()
