"""`limner preferences`: what is wanted where a message says nothing, shown and set."""

from typing import TYPE_CHECKING, Any

import click

from bot.cli import TERMINAL, Session, run, user_name
from bot.errors import RequestError
from bot.limits import MAX_BEST_OF, MAX_REVISIONS
from bot.preferences import (
    ANSWERS,
    FIELDS,
    LANGUAGES,
    LEAST_STEPS,
    MOST_STEPS,
    REWRITING,
    UNSET,
    VISIBILITY,
    Preferences,
)

if TYPE_CHECKING:  # pydantic and SQLAlchemy would slow `limner --help` down
    from bot.settings import Settings
    from bot.tasks import ModelCard

MAY_BE = {
    "rewriting": ", ".join(REWRITING),
    "style": "one of `limner styles`",
    "aspect": "such as 3:2",
    "model": "a diffusers repository or folder",
    "language": ", ".join(LANGUAGES),
    "best_of": f"1 to {MAX_BEST_OF}",
    "revisions": f"0 to {MAX_REVISIONS}",
    "steps": f"{LEAST_STEPS:g} to {MOST_STEPS:g} of the model's own",
    "visibility": ", ".join(VISIBILITY),
    "answers": f"{', '.join(ANSWERS)}; of a channel or team",
}


@click.command()
@click.option("--user", metavar="U", help="Whose; you where nothing is named.")
@click.option("--channel", metavar="C", help="Of a channel instead of a user.")
@click.option("--team", metavar="T", help="Of a server or workspace.")
@click.option("--adapter", default=TERMINAL, show_default=True, metavar="A", help="Where they come from.")
@click.option("--set", "changes", multiple=True, metavar="NAME=VALUE", help="Set one; an empty value clears it.")
@click.option("--clear", is_flag=True, help="Clear all of them.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def preferences(
    session: Session,
    user: str | None,
    channel: str | None,
    team: str | None,
    adapter: str,
    changes: tuple[str, ...],
    clear: bool,
    as_json: bool,
) -> None:
    """Show or set what is wanted where a message says nothing."""
    if clear and changes:
        raise RequestError("--clear and --set exclude each other", "Give one of them.")
    scope = _scope(adapter, user=user, channel=channel, team=team)
    values = dict(_change(one) for one in changes)
    found = run(_settled(session.start(), scope, values, clear=clear))
    _show(scope, found, as_json=as_json)


def _scope(adapter: str, **named: str | None) -> str:
    given = {kind: name for kind, name in named.items() if name}
    if len(given) > 1:
        raise RequestError(f"{' and '.join(f'--{kind}' for kind in given)} exclude each other", "Give one of them.")
    [(kind, name)] = given.items() or {"user": user_name()}.items()
    return f"{kind}:{adapter}/{name}"


def _change(text: str) -> tuple[str, Any]:
    """A field and its value, which is of the field's own kind; an empty one is what says nothing."""
    name, equals, value = text.partition("=")
    name = name.strip().replace("-", "_")
    if not equals or name not in FIELDS:
        raise RequestError(f"--set {text} sets nothing", f"Say NAME=VALUE; the names are {', '.join(FIELDS)}.")
    nothing = getattr(UNSET, name)
    try:
        return name, type(nothing)(value.strip()) if value.strip() else nothing
    except ValueError:
        raise RequestError(f"{name} can't be '{value.strip()}'", f"Expected is {MAY_BE[name]}.") from None


async def _settled(settings: "Settings", scope: str, values: dict[str, Any], *, clear: bool) -> Preferences:
    """What is set in a scope after the changes that were asked for, if any."""
    from dataclasses import replace

    from bot.learning import Learning
    from bot.preferring import Preferring
    from bot.store import open_store
    from bot.style import load_library

    async def describe(model: str) -> "ModelCard":
        from bot.app import open_engine

        async with open_engine(settings) as engine:
            card: ModelCard = await engine.describe(model)
            return card

    library = load_library(settings.style_folders, settings.pack)
    async with open_store(settings.database_url) as store:
        preferring = Preferring(store, library, describe, Learning(store, library), UNSET)
        before = await preferring.get(scope)
        if not clear and not values:
            return before
        return await preferring.set(scope, UNSET if clear else replace(before, **values))


def _show(scope: str, found: Preferences, *, as_json: bool) -> None:
    from bot.console import console, print_json, row, table

    if as_json:
        print_json({"scope": scope, "preferences": found.said})
        return
    out = console()
    row(out, "Of", scope)
    table(out, ["", "set", "may be"], [[name, str(found.said.get(name, "–")), MAY_BE[name]] for name in FIELDS])
