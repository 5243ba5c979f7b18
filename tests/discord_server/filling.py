"""How a person's values become the options of a command."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord_server import wire
from tests.discord_server.command_rules import ATTACHMENT, INTEGER, NUMBER, STRING
from tests.discord_server.rules import Upload
from tests.discord_server.state import Channel, Json

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

BOOLEAN, USER, CHANNEL = 5, 6, 7
TYPES: dict[int, tuple[type, ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    NUMBER: (int, float),
    ATTACHMENT: (tuple,),
}


@dataclass
class Filled:
    """Options as they are sent, and the things that their ids stand for."""

    options: list[Json] = field(default_factory=list)
    resolved: Json = field(default_factory=dict)


def fill(
    server: DiscordServer, channel: Channel, wanted: list[Json], given: dict[str, Any], *, whole: bool = True
) -> Filled:
    """The options with these values; `whole` where all that are required must be there.

    Raises:
        LookupError: For an option or a choice that isn't there.
        TypeError, ValueError: For a value that Discord's client doesn't take.
    """
    known = {one["name"]: one for one in wanted}
    missing = [name for name, one in known.items() if one.get("required") and name not in given]
    if set(given) - set(known) or (whole and missing):
        raise LookupError(f"options are {sorted(known)}, given {sorted(given)}, missing {missing}")
    filled = Filled()
    for name, value in given.items():
        option = known[name]
        check(option, value)
        sent = resolve(server, channel, option["type"], value, filled.resolved)
        filled.options.append({"name": name, "type": option["type"], "value": sent})
    return filled


def check(option: Json, value: Any) -> None:
    """What the client sees to before it sends."""
    name = option["name"]
    if not isinstance(value, TYPES.get(option["type"], (object,))):
        raise TypeError(f"{name} takes no {type(value).__name__}")
    if option.get("choices") and value not in [choice["value"] for choice in option["choices"]]:
        raise LookupError(f"{value!r} is no choice of {name}")
    measured = len(str(value)) if option["type"] == STRING else value
    for least, most in (("min_length", "max_length"), ("min_value", "max_value")):
        low, high = option.get(least), option.get(most)
        if (low is not None and measured < low) or (high is not None and measured > high):
            raise ValueError(f"{name} is {measured}, between {low} and {high} allowed")


def resolve(server: DiscordServer, channel: Channel, kind: int, value: Any, resolved: Json) -> Any:
    """What is sent for a value: an id for a thing, which `resolved` then tells of."""
    if kind == ATTACHMENT:
        made = server.world.store(Upload("0", *value), channel.id, ephemeral=True)
        resolved.setdefault("attachments", {})[made.id] = wire.file(made, server.url, server.clock.now())
        return made.id
    if kind == USER:
        resolved.setdefault("users", {})[value.id] = wire.user(value)
        if channel.guild and value.id in channel.guild.members:
            resolved.setdefault("members", {})[value.id] = wire.member(
                channel.guild.members[value.id], inside=False, permissions=True
            )
        return value.id
    if kind == CHANNEL:
        resolved.setdefault("channels", {})[value.id] = wire.channel(value, permissions=0)
        return value.id
    return value
