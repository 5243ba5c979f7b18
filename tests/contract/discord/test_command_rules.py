"""What the local Discord refuses in commands, and to whom it offers them."""

from typing import Any

import pytest

from tests.contract.discord.clients import ALL, Raw, command, option
from tests.discord_server import DiscordServer
from tests.discord_server.command_rules import MESSAGE_MENU
from tests.discord_server.state import Json

CHOICE = {"name": "ink", "value": "ink"}
WRONG: dict[str, tuple[Any, str]] = {
    "a capital": (command(name="Imagine"), "Command name is invalid"),
    "a space": (command(name="make it"), "Command name is invalid"),
    "a name over 32": (command(name="x" * 33), "between 1 and 32"),
    "no description": (command(description=""), "description: This field is required"),
    "a description over 100": (command(description="x" * 101), "between 1 and 100"),
    "26 options": (command(options=[option(name=f"o{n}") for n in range(26)]), "options: Must be 25"),
    "an option twice": (command(options=[option(), option()]), "Option names must be unique"),
    "26 choices": (
        command(options=[option(choices=[{"name": str(n), "value": str(n)} for n in range(26)])]),
        "choices: Must be 25",
    ),
    "a choice over 100": (command(options=[option(choices=[CHOICE | {"name": "x" * 101}])]), "between 1 and 100"),
    "choices and autocomplete": (command(options=[option(choices=[CHOICE], autocomplete=True)]), "Either choices"),
    "required behind optional": (
        command(options=[option(name="style"), option(required=True)]),
        "Required options must be placed before",
    ),
    "an unknown locale": (command(name_localizations={"zh": "画"}), "zh is no locale"),
    "a long translation": (command(description_localizations={"zh-CN": "画" * 101}), "between 1 and 100"),
    "an unknown context": (command(contexts=[3]), "Value must be some of [0, 1, 2]"),
    "an unknown installation": (command(integration_types=[2]), "Value must be some of [0, 1]"),
    "an unknown kind": (command(type=9), "type: Value must be one of"),
    "permissions in words": (command(default_member_permissions="all"), "Permissions are a number"),
    "an unknown kind of option": (command(options=[option(type=12)]), "Value must be one of 1 to 11"),
    "a value over 100": (command(options=[option(choices=[CHOICE | {"value": "x" * 101}])]), "value: Must be 100"),
    "a menu with a description": (command(type=3, name="Describe"), "Context menus have no description"),
    "over 8,000 in all": (
        command(
            options=[option(name=f"o{n}", choices=[{"name": "x" * 100, "value": f"{n:0100}"}] * 2) for n in range(25)]
        ),
        "exceeds maximum size",
    ),
}


@pytest.mark.parametrize("name", WRONG)
async def test_a_wrong_command_is_refused(server: DiscordServer, raw: Raw, name: str) -> None:
    """Discord answers 400 with code 50035 and names the field; nothing is registered."""
    wrong, words = WRONG[name]
    await raw.refused(await raw("PUT", f"/applications/{server.bot.id}/commands", [wrong]), 400, 50035, words)
    assert server.commands.listed() == []


async def test_a_name_belongs_to_one_command(server: DiscordServer, raw: Raw) -> None:
    """Of a kind; a menu may be called as a slash command is."""
    path = f"/applications/{server.bot.id}/commands"
    menu = {"name": "imagine", "type": MESSAGE_MENU}
    assert (await raw("PUT", path, [command(), menu])).status_code == 200
    await raw.refused(await raw("PUT", path, [command(), command()]), 400, 50035, "must be unique")


@pytest.mark.parametrize(("kind", "most"), [(1, 100), (2, 15), (3, 15)])
async def test_there_are_only_so_many_commands(server: DiscordServer, raw: Raw, kind: int, most: int) -> None:
    """100 slash commands, 15 menus of each kind (the error's code is a guess)."""
    about: Json = {"description": "a"} if kind == 1 else {}
    many = [{"name": f"n{number}", "type": kind, **about} for number in range(most + 1)]
    path = f"/applications/{server.bot.id}/commands"
    await raw.refused(await raw("PUT", path, many), 400, 30032, f"over {most} commands")
    assert (await raw("PUT", path, many[:-1])).status_code == 200


async def test_200_commands_a_day_are_created(server: DiscordServer, raw: Raw) -> None:
    """Known names don't count; the next day there are 200 more, and each guild has its own."""
    path = f"/applications/{server.bot.id}/commands"
    for start in (0, 100):
        many = [command(name=f"n{number}") for number in range(start, start + 100)]
        assert (await raw("PUT", path, many)).status_code == 200
    assert (await raw("PUT", path, [*many[:-1], many[-1] | {"description": "other"}])).status_code == 200
    await raw.refused(await raw("PUT", path, [command()]), 429, 30034, "over 200 commands")
    guild = server.guild()
    assert (
        await raw("PUT", f"/applications/{server.bot.id}/guilds/{guild.id}/commands", [command()])
    ).status_code == 200
    server.clock.move(86_401)
    assert (await raw("PUT", path, [command()])).status_code == 200


async def test_a_sync_without_a_change_is_on_record(server: DiscordServer, raw: Raw) -> None:
    """Discord takes it; a good bot doesn't send it."""
    path = f"/applications/{server.bot.id}/commands"
    first = (await raw("PUT", path, [command()])).json()
    again = (await raw("PUT", path, [command()])).json()
    assert [one["id"] for one in first] == [one["id"] for one in again]
    assert [sync.changed for sync in server.commands.syncs] == [True, False]
    assert len(server.problems) == 1


async def test_single_commands_can_be_managed(server: DiscordServer, raw: Raw) -> None:
    """Created, read, changed and taken away; what isn't there is 404."""
    path = f"/applications/{server.bot.id}/commands"
    made = (await raw("POST", path, command())).json()
    changed = await raw("PATCH", f"{path}/{made['id']}", {"description": "Draw"})
    assert (changed.json()["id"], changed.json()["description"]) == (made["id"], "Draw")
    assert (await raw("DELETE", f"{path}/{made['id']}")).status_code == 204
    assert (await raw("GET", f"{path}/{made['id']}")).json()["code"] == 10063


@pytest.mark.parametrize(
    ("about", "seen"),
    [
        ({}, {"guild", "dm"}),
        ({"contexts": [0]}, {"guild"}),
        ({"contexts": [1]}, {"dm"}),
        ({"contexts": ALL, "integration_types": [1]}, set()),
        ({"contexts": ALL, "integration_types": [0, 1], "default_member_permissions": "8"}, {"dm"}),
        ({"nsfw": True}, {"dm"}),
    ],
)
async def test_commands_are_offered_where_they_belong(server: DiscordServer, about: Any, seen: set[str]) -> None:
    """By context, installation, permission and age of the channel."""
    server.commands.overwrite("", [command(**about)])
    guild = server.guild()
    ana = server.person(guild=guild)
    places = {"guild": server.channel(guild), "dm": ana.dm(), "private": server.world.private(ana.user, server.owner)}
    assert {name for name, channel in places.items() if ana.commands(channel)} == seen


async def test_an_installed_application_comes_along(server: DiscordServer) -> None:
    """Into guilds without the bot and private channels, for those who installed it."""
    server.commands.overwrite("", [command(contexts=ALL, integration_types=[1])])
    guild = server.guild(bot=False)
    ana, ben = server.person(guild=guild), server.person("ben", guild=guild)
    ana.install()
    places = [server.channel(guild), ana.dm(), server.world.private(ana.user, ben.user)]
    assert [bool(ana.commands(channel)) for channel in places] == [True] * 3
    assert [bool(ben.commands(channel)) for channel in (places[0], places[2])] == [False] * 2


async def test_the_client_keeps_wrong_options_to_itself(server: DiscordServer) -> None:
    """What Discord's client doesn't let anybody send, the scripted person can't send either."""
    prompt = option(required=True, max_length=5)
    size = option(name="size", choices=[CHOICE])
    count = option(name="count", type=4, min_value=1, max_value=4)
    server.commands.overwrite("", [command(options=[prompt, size, count])])
    guild = server.guild()
    ana, channel = server.person(guild=guild), server.channel(guild)
    for options in ({}, {"prompt": "a", "size": "oil"}, {"prompt": "a", "other": "b"}):
        with pytest.raises(LookupError):
            await ana.slash(channel, "imagine", **options)
    for options in ({"prompt": "a cat at sea"}, {"prompt": "a", "count": 5}):
        with pytest.raises(ValueError, match="allowed"):
            await ana.slash(channel, "imagine", **options)
    with pytest.raises(TypeError):
        await ana.slash(channel, "imagine", prompt=7)
