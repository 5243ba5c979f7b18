"""The command that paints, with all that can be set by hand, and the menus of messages."""

import json
from typing import Any

import discord
from discord import app_commands

from adapters.discord.attachments import Brought, brought, is_picture, pictures_of
from adapters.discord.buttons import REFERENCE, open_form
from adapters.discord.further import add_further
from adapters.discord.intake import Intake
from adapters.discord.options import (
    Command,
    Tree,
    choices,
    command,
    complete,
    model_choices,
    size_choices,
    style_choices,
    unoffered,
)
from adapters.discord.people import Use, asker_of, place_of
from bot.actions import DESCRIBE
from bot.chat import Field, Form
from bot.chat.words import say
from bot.errors import RequestError
from bot.limits import MAX_COUNT, MAX_SEED, check_aspect, check_size
from bot.messages import LoraWish, Wishes

PROMPT_CHARACTERS = 4_000
_OPTIONS = {
    "prompt": "What to paint, in your own words",
    "style": "A style, such as watercolour",
    "size": "A size such as 768x512, or a shape such as 3:2",
    "count": "How many pictures",
    "seed": "The same seed and words give the same picture",
    "reference": "A picture to start from",
    "model": "What paints",
    "lora": "A LoRA of this team",
    "private": "Show the answer to me alone",
    "exact": "Paint from my very words, without rewriting",
}


def add_commands(tree: Tree, intake: Intake) -> None:
    """Put all commands into the tree; those of tools that are off stay out."""
    tree.add_command(_imagine(intake))
    for menu in _menus(intake):
        tree.add_command(menu)
    add_further(tree, intake)


def _imagine(intake: Intake) -> Command:
    async def imagine(
        use: Use,
        prompt: app_commands.Range[str, 1, PROMPT_CHARACTERS],
        style: str | None = None,
        size: str | None = None,
        count: app_commands.Range[int, 1, MAX_COUNT] | None = None,
        seed: app_commands.Range[int, 0, MAX_SEED] | None = None,
        reference: discord.Attachment | None = None,
        model: str | None = None,
        lora: str | None = None,
        private: bool | None = None,
        exact: bool = False,
    ) -> None:
        async def ask() -> None:
            wishes = Wishes(
                style=style,
                count=count,
                seed=seed,
                model=_offered(intake, model),
                loras=(LoraWish(lora),) if lora else (),
                as_is=exact,
                **size_of(size),
            )
            await intake.ask(use, prompt, wishes, private=private, files=_reference(reference))

        await intake.guarded(use, ask())

    described, left_out = "Paint a picture from your words", unoffered(intake)
    made = command(imagine, "imagine", described, _OPTIONS, without=left_out)
    _complete(made, intake)
    return made


def _complete(made: Command, intake: Intake) -> None:
    async def styles(use: Use, typed: str) -> list[app_commands.Choice[str]]:
        return await style_choices(intake, use, typed)

    async def models(use: Use, typed: str) -> list[app_commands.Choice[str]]:
        return model_choices(intake, typed)

    async def loras(use: Use, typed: str) -> list[app_commands.Choice[str]]:
        return choices(((name, name) for name in intake.limner.offers().loras), typed)

    async def sizes(use: Use, typed: str) -> list[app_commands.Choice[str]]:
        return size_choices(typed)

    for name, offer in (("style", styles), ("model", models), ("lora", loras), ("size", sizes)):
        complete(made, name, offer)


def size_of(size: str | None) -> dict[str, Any]:
    """The wish in 'WxH' or 'W:H'. Raises RequestError."""
    if not size:
        return {}
    if ":" in size:
        return {"aspect": check_aspect(size)}
    width_px, height_px = check_size(size)
    return {"width_px": width_px, "height_px": height_px}


def _offered(intake: Intake, model: str | None) -> str | None:
    """A model that is offered; whoever asks in a chat can't make the painter load anything else."""
    known = intake.limner.offers().models
    if model and model not in known:
        raise RequestError(f"There is no model '{model}' here", f"There are: {', '.join(known)}.")
    return model


def _reference(reference: discord.Attachment | None) -> tuple[Brought, ...]:
    if reference is None:
        return ()
    if not is_picture(reference):
        raise RequestError(f"{reference.filename} is no picture", "Send a PNG, JPEG, WebP or GIF.")
    return (brought(reference),)


def _menus(intake: Intake) -> list[app_commands.ContextMenu]:
    async def illustrate(use: Use, message: discord.Message) -> None:
        await intake.guarded(use, intake.ask(use, message.content, Wishes()))

    async def refer(use: Use, message: discord.Message) -> None:
        await intake.guarded(use, _refer(intake, use, message))

    async def describe(use: Use, message: discord.Message) -> None:
        found = pictures_of(message)
        await intake.guarded(use, intake.ask(use, "Describe", Wishes(), files=found, action=DESCRIBE))

    callbacks: dict[str, Any] = {"Illustrate this": illustrate, "Use as reference": refer}
    if DESCRIBE in intake.limner.offers().tools:
        callbacks["Describe"] = describe
    menus = [app_commands.ContextMenu(name=name, callback=callback) for name, callback in callbacks.items()]
    for menu in menus:
        app_commands.allowed_installs(guilds=True, users=True)(menu)
        app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(menu)
    return menus


async def _refer(intake: Intake, use: Use, message: discord.Message) -> None:
    """Ask what to paint from a message's picture; where that picture is, is noted until the form comes back."""
    found = pictures_of(message)
    language = await intake.front.language(asker_of(use))
    if not found:
        raise RequestError(say("no_picture", language))
    await intake.front.check(asker_of(use), place_of(use))
    noted = json.dumps({"url": found[0].url, "name": found[0].name})
    await intake.limner.remember("discord", f"{REFERENCE}/{use.id}", noted)
    field = Field("change", say("reference_field", language), limit=1_000, long=True, required=True)
    key = f"{REFERENCE}:{use.id}"
    await open_form(use, Form(key, say("reference_title", language), (field,), say("edit_send", language)))
