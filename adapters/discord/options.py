"""How commands are put together, and what is offered while somebody types."""

import inspect
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from discord import app_commands

from adapters.discord.intake import Intake
from adapters.discord.people import Use, asker_of
from bot.brief import ASPECTS

Command = app_commands.Command[Any, ..., None]
Tree = app_commands.CommandTree[Any]
MOST_CHOICES = 25
CHOICE_CHARACTERS = 100


def command(
    callback: Any,
    name: str,
    description: str,
    options: Mapping[str, str] | None = None,
    *,
    listed: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    without: Collection[str] = (),
) -> Command:
    """A command for servers, direct messages and those who bring Limner along.

    Args:
        callback: Takes the interaction and, by name, the options, each with a default where it may be left out.
        name: What is typed.
        description: What it does.
        options: By name: what each is.
        listed: By name: the (value, label) pairs of those that are chosen from a list.
        without: Names of options that there is nothing to choose for here.
    """
    signature = inspect.signature(callback)
    kept = [one for one in signature.parameters.values() if one.name not in without]
    callback.__signature__ = signature.replace(parameters=kept)
    told = {key: words for key, words in (options or {}).items() if key not in without}
    app_commands.describe(**told)(callback)
    pairs = {key: values for key, values in (listed or {}).items() if key not in without}
    app_commands.choices(
        **{key: [app_commands.Choice(name=label, value=value) for value, label in of] for key, of in pairs.items()}
    )(callback)
    app_commands.allowed_installs(guilds=True, users=True)(callback)
    app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(callback)
    return app_commands.Command(name=name, description=description, callback=callback)


def complete(made: Command, name: str, offer: Any) -> None:
    """Let an option offer what fits while somebody types, where the command has it."""
    if made.get_parameter(name):
        made.autocomplete(name)(offer)


def choices(values: Iterable[tuple[str, str]], typed: str) -> list[app_commands.Choice[str]]:
    """The (value, label) pairs that hold what was typed so far, as many as Discord shows."""
    wanted = typed.casefold().strip()
    found = [
        app_commands.Choice(name=label[:CHOICE_CHARACTERS], value=value[:CHOICE_CHARACTERS])
        for value, label in values
        if wanted in label.casefold() or wanted in value.casefold()
    ]
    return found[:MOST_CHOICES]


async def style_choices(
    intake: Intake, use: Use, typed: str, first: Sequence[tuple[str, str]] = ()
) -> list[app_commands.Choice[str]]:
    """Styles and packs, by any of their names; `first` are (value, label) pairs to offer before them."""
    language = await intake.front.language(asker_of(use))
    library = intake.limner.offers().library
    known = {**library.styles, **library.packs}.items()
    named = ((name, f"{one.called(language)} ({name})" if language == "zh" else name) for name, one in known)
    return choices((*first, *named), typed)


def model_choices(intake: Intake, typed: str, first: Sequence[tuple[str, str]] = ()) -> list[app_commands.Choice[str]]:
    """The models that are offered."""
    return choices((*first, *((name, name) for name in intake.limner.offers().models)), typed)


def size_choices(typed: str, first: Sequence[tuple[str, str]] = ()) -> list[app_commands.Choice[str]]:
    """Shapes of pictures."""
    return choices((*first, *((shape, shape) for shape in ASPECTS)), typed)


def unoffered(intake: Intake) -> set[str]:
    """Options that there is nothing to choose for: the one model that there is, and LoRAs where there are none."""
    offers = intake.limner.offers()
    return {name for name, names in (("model", offers.models[1:]), ("lora", offers.loras)) if not names}
