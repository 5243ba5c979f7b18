"""A scripted person, who can do what Discord's client lets one do and sees what it shows."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

from tests.discord_server import wire
from tests.discord_server.command_rules import GROUP, MESSAGE_MENU, SLASH, SUBCOMMAND
from tests.discord_server.filling import Filled, fill
from tests.discord_server.forms import form
from tests.discord_server.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL_SUBMIT, Interaction
from tests.discord_server.rules import Upload
from tests.discord_server.sight import Sight
from tests.discord_server.state import Channel, Json, Message, User

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer


class Person:
    """Somebody at their client; what it wouldn't let them do raises LookupError or ValueError."""

    def __init__(self, server: DiscordServer, user: User) -> None:
        self.server, self.user = server, user

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def mention(self) -> str:
        return self.user.mention

    def install(self) -> None:
        """Bring the application along, wherever one is."""
        self.user.installed = True

    def dm(self) -> Channel:
        """The DM with the bot."""
        return self.server.world.dm(self.user)

    def sees(self, channel: Channel, since: Message | None = None) -> list[Message]:
        """The messages of a channel that are there for this person, all or those since one."""
        newest = takewhile(
            lambda one: since is None or int(one.id) >= int(since.id), reversed(channel.messages.values())
        )
        return [one for one in newest if not one.deleted_at and one.only_for in (None, self.id)][::-1]

    async def say(
        self,
        channel: Channel,
        text: str = "",
        *,
        reference: Message | None = None,
        attachments: tuple[tuple[str, bytes], ...] = (),
        ping: bool = True,
    ) -> Sight:
        """Write a message, perhaps as a reply (with or without its ping) and with files."""
        body: Json = {"content": text, "allowed_mentions": {"parse": ["users", "roles"], "replied_user": ping}}
        uploads = [Upload(str(at), name, data) for at, (name, data) in enumerate(attachments)]
        place = {"guild_id": channel.guild.id} if channel.guild else {}
        to = {"type": 0, "message_id": reference.id, "channel_id": channel.id, **place} if reference else None
        return Sight(self, said=self.server.world.post(channel, self.user, body, uploads, reference=to))

    async def edit(self, message: Message, text: str) -> None:
        self.server.world.edit(message, {"content": text}, [])

    async def delete(self, message: Message) -> None:
        self.server.world.delete(message)

    def commands(self, channel: Channel, kind: int = SLASH) -> dict[str, Json]:
        """What is offered there, by name."""
        return self.server.commands.visible(self.user, channel, kind)

    async def slash(self, channel: Channel, name: str, /, **options: Any) -> Sight:
        """Use a command; `style set` is a subcommand. A file is a pair of name and bytes."""
        command = self._offered(channel, name, SLASH)
        filled = fill(self.server, channel, leaf(command, name).get("options") or [], options)
        return Sight(self, await self._ask(channel, COMMAND, self._data(command, name, filled)))

    async def autocomplete(self, channel: Channel, name: str, focused: str, typed: str, /, **options: Any) -> Sight:
        """Type into an option; the `choices` are what is offered."""
        command = self._offered(channel, name, SLASH)
        known = {one["name"]: one for one in leaf(command, name).get("options") or []}
        if not known[focused].get("autocomplete"):
            raise LookupError(f"{focused} has no autocomplete")
        filled = fill(self.server, channel, list(known.values()), options, whole=False)
        filled.options.append({"name": focused, "type": known[focused]["type"], "value": typed, "focused": True})
        return Sight(self, await self._ask(channel, AUTOCOMPLETE, self._data(command, name, filled)))

    async def menu(self, message: Message, name: str) -> Sight:
        """Use a command of a message's context menu."""
        command = self._offered(message.channel, name, MESSAGE_MENU)
        shown = wire.message(message, self.server.url, self.server.clock.now())
        data = {
            "id": command["id"],
            "name": name,
            "type": MESSAGE_MENU,
            "target_id": message.id,
            "resolved": {"messages": {message.id: shown}},
        }
        return Sight(self, await self._ask(message.channel, COMMAND, data))

    async def press(self, message: Message | None, button: str, *, values: list[str] | None = None) -> Sight:
        """Press a button, by its custom_id or label, or choose `values` in a select."""
        if message is None or message.deleted_at or message.only_for not in (None, self.id):
            raise LookupError("the message isn't there for this person")
        part = message.button(button)
        if part.get("disabled"):
            raise ValueError(f"{button} is disabled")
        data: Json = {"custom_id": part["custom_id"], "component_type": part["type"]}
        if part["type"] != 2:
            allowed = {option["value"] for option in part.get("options") or []}
            if allowed and set(values or []) - allowed:
                raise LookupError(f"{values} are not among {allowed}")
            data["values"] = values or []
        return Sight(self, await self._ask(message.channel, COMPONENT, data, message))

    async def submit_modal(self, seen: Sight, **fields: Any) -> Sight:
        """Send the form that opened, each field by its custom_id or label; what isn't named keeps its value."""
        asked = seen.interaction
        if not asked or not seen.modal:
            raise LookupError("no form is open")
        components, resolved = form(self.server, seen.modal, fields)
        data: Json = {"custom_id": seen.modal["custom_id"], "components": components}
        data |= {"resolved": resolved} if resolved else {}
        return Sight(self, await self._ask(asked.channel, MODAL_SUBMIT, data, asked.message))

    async def _ask(self, channel: Channel, kind: int, data: Json, message: Message | None = None) -> Interaction:
        return await self.server.interactions.ask(self.user, channel, kind, data, message)

    def _offered(self, channel: Channel, name: str, kind: int) -> Json:
        offered = self.commands(channel, kind)
        if name not in offered:
            raise LookupError(f"{name!r} is not offered here, only {sorted(offered)}")
        return offered[name]

    def _data(self, command: Json, name: str, filled: Filled) -> Json:
        options = filled.options
        for step in reversed(name.split(" ")[1:]):
            inner = any(one["type"] in (SUBCOMMAND, GROUP) for one in options)
            options = [{"name": step, "type": GROUP if inner else SUBCOMMAND, "options": options}]
        made: Json = {"id": command["id"], "name": command["name"], "type": SLASH, "options": options}
        made |= {"guild_id": command["guild_id"]} if "guild_id" in command else {}
        return made | ({"resolved": filled.resolved} if filled.resolved else {})


def leaf(command: Json, name: str) -> Json:
    """The subcommand that a full name means, or the command itself."""
    for step in name.split(" ")[1:]:
        command = next(one for one in command["options"] if one["name"] == step)
    return command
