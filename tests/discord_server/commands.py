"""The application's commands: what is registered, how often it was, and who sees which."""

from dataclasses import dataclass

from tests.discord_server.command_rules import CREATES_A_DAY, GROUP, SLASH, SUBCOMMAND, check_commands, same
from tests.discord_server.errors import Refused, unknown
from tests.discord_server.state import ADMINISTRATOR, DM, GROUP_DM, USE_COMMANDS, Channel, Json, User
from tests.discord_server.world import World

DAY_S = 86_400.0


@dataclass(frozen=True)
class Sync:
    """One overwriting of all commands of a scope."""

    at: float
    scope: str
    changed: bool


class Commands:
    """By scope: the empty one is global, the others are guilds' ids."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.syncs: list[Sync] = []
        self._scopes: dict[str, list[Json]] = {}
        self._created: dict[str, list[float]] = {}

    def listed(self, scope: str = "") -> list[Json]:
        return self._scopes.get(scope, [])

    def overwrite(self, scope: str, wanted: list[Json]) -> list[Json]:
        """Exactly these from now on.

        Raises:
            Refused: When one breaks a rule, or more than 200 were created that day.
        """
        check_commands(wanted)
        old = {key(one): one for one in self.listed(scope)}
        self._count(scope, sum(key(one) not in old for one in wanted))
        new = [self._made(scope, one, old.get(key(one))) for one in wanted]
        changed = [same(one) for one in new] != [same(one) for one in self.listed(scope)]
        self.syncs.append(Sync(self.world.clock.now(), scope, changed))
        self._scopes[scope] = new
        self.world.changed()
        return new

    def put(self, scope: str, wanted: Json) -> Json:
        """One more, or one anew."""
        others = [one for one in self.listed(scope) if key(one) != key(wanted)]
        old = next((one for one in self.listed(scope) if key(one) == key(wanted)), None)
        check_commands([*others, wanted])
        self._count(scope, old is None)
        made = self._made(scope, wanted, old)
        self._scopes[scope] = [*others, made]
        return made

    def remove(self, scope: str, command_id: str) -> None:
        self.find(scope, command_id)
        self._scopes[scope] = [one for one in self.listed(scope) if one["id"] != command_id]

    def find(self, scope: str, command_id: str) -> Json:
        for one in self.listed(scope):
            if one["id"] == command_id:
                return one
        raise unknown("application command", 10063)

    def _count(self, scope: str, new: int) -> None:
        now = self.world.clock.now()
        recent = [at for at in self._created.get(scope, []) if at > now - DAY_S]
        if len(recent) + new > CREATES_A_DAY:
            words = f"Max number of daily application command creates has been reached ({CREATES_A_DAY})"
            raise Refused(429, 30034, words, f"over {CREATES_A_DAY} commands created in a day")
        self._created[scope] = recent + [now] * int(new)

    def _made(self, scope: str, wanted: Json, old: Json | None) -> Json:
        made = {"type": SLASH, "description": "", "nsfw": False, "default_member_permissions": None} | wanted
        made |= {"id": old["id"] if old else self.world.ids.new(), "application_id": self.world.bot.id}
        if made["default_member_permissions"] is not None:
            made["default_member_permissions"] = str(made["default_member_permissions"])
        return made | {"version": self.world.ids.new()} | ({"guild_id": scope} if scope else {})

    def visible(self, user: User, channel: Channel, kind: int = SLASH) -> dict[str, Json]:
        """The commands that somebody is offered in a channel, by name; subcommands as `style set`."""
        found: dict[str, Json] = {}
        for scope in ("", channel.guild.id if channel.guild else "-"):
            for one in self.listed(scope):
                if one["type"] == kind and self._offered(one, user, channel):
                    found |= dict.fromkeys(full_names(one), one)
        return found

    def _offered(self, command: Json, user: User, channel: Channel) -> bool:
        private, with_bot = channel.type in (DM, GROUP_DM), self.world.bot in channel.people
        guild = channel.guild
        context = 0 if guild else 1 if with_bot else 2
        types = command.get("integration_types") or [0]
        contexts = command.get("contexts") or ([0] if command.get("dm_permission") is False else [0, 1, 2])
        by_guild = 0 in types and (self.world.bot.id in guild.members if guild else with_bot)
        if context not in contexts or not (by_guild or (1 in types and user.installed)):
            return False
        if command["nsfw"] and not (channel.nsfw or private):
            return False
        held = command["default_member_permissions"]
        member = guild.members.get(user.id) if guild else None
        if member is None:
            return private
        return member.may(USE_COMMANDS) and (held is None or member.may(int(held) or ADMINISTRATOR))


def key(command: Json) -> tuple[int, str]:
    return command.get("type", SLASH), command["name"]


def full_names(command: Json, before: str = "") -> list[str]:
    """The ways to call it: its own name, or those of its subcommands behind it."""
    name = f"{before} {command['name']}".strip()
    inner = [one for one in command.get("options") or [] if one["type"] in (SUBCOMMAND, GROUP)]
    return [full for one in inner for full in full_names(one, name)] or [name]
