"""What there is on the server: users, guilds, channels, messages and their files."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

EPHEMERAL, LOADING, SUPPRESS_EMBEDS, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 2, 1 << 15
VIEW, SEND, EMBED, ATTACH, HISTORY = 1 << 10, 1 << 11, 1 << 14, 1 << 15, 1 << 16
MANAGE_MESSAGES, ADMINISTRATOR, MENTION_EVERYONE = 1 << 13, 1 << 3, 1 << 17
SEND_IN_THREADS, CREATE_THREADS, USE_COMMANDS = 1 << 38, 1 << 35, 1 << 31
BOT_MAY = VIEW | SEND | EMBED | ATTACH | HISTORY | SEND_IN_THREADS | CREATE_THREADS
PEOPLE_MAY = BOT_MAY | USE_COMMANDS
TEXT, DM, GROUP_DM, THREAD = 0, 1, 3, 11
MIB = 1024 * 1024


@dataclass(eq=False)
class User:
    """Somebody, or the bot."""

    id: str
    name: str
    bot: bool = False
    locale: str = "en-US"
    takes_dms: bool = True
    installed: bool = False

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"


@dataclass(eq=False)
class Role:
    id: str
    name: str
    permissions: int = 0


@dataclass(eq=False)
class Member:
    """A user in a guild."""

    user: User
    permissions: int = PEOPLE_MAY
    roles: list[Role] = field(default_factory=list)

    def may(self, permission: int) -> bool:
        held = self.permissions
        for role in self.roles:
            held |= role.permissions
        return bool(held & ADMINISTRATOR) or held & permission == permission


@dataclass(eq=False)
class Guild:
    """A server in Discord's own word; the bot may be no member, where a user brought it along."""

    id: str
    name: str
    owner: User
    locale: str = "en-US"
    file_limit_bytes: int = 10 * MIB
    members: dict[str, Member] = field(default_factory=dict)
    roles: list[Role] = field(default_factory=list)
    channels: dict[str, "Channel"] = field(default_factory=dict)


@dataclass(eq=False)
class Channel:
    """A text channel, a thread in one, or a DM."""

    id: str
    type: int
    name: str
    guild: Guild | None = None
    parent: "Channel | None" = None
    people: list[User] = field(default_factory=list)
    owner_id: str = ""
    nsfw: bool = False
    bot_may: int | None = None
    messages: dict[str, "Message"] = field(default_factory=dict)

    @property
    def mention(self) -> str:
        return f"<#{self.id}>"


@dataclass(frozen=True, eq=False)
class File:
    """An attachment; `description` is its alt text."""

    id: str
    filename: str
    data: bytes
    content_type: str | None = None
    description: str | None = None
    width_px: int | None = None
    height_px: int | None = None
    ephemeral: bool = False
    of: str = ""

    @property
    def spoiler(self) -> bool:
        return self.filename.startswith("SPOILER_")


@dataclass(frozen=True)
class Revision:
    """What a message said from a moment on."""

    at: float
    content: str = ""
    embeds: tuple[Json, ...] = ()
    components: tuple[Json, ...] = ()
    attachments: tuple[File, ...] = ()
    flags: int = 0


@dataclass(eq=False)
class Message:
    """One message with all it ever said, the newest last."""

    id: str
    channel: Channel
    author: User
    history: list[Revision]
    nonce: str | None = None
    reference: Json | None = None
    pinged: tuple[str, ...] = ()
    pinged_everyone: bool = False
    cause: Any = None
    only_for: str | None = None
    deleted_at: float | None = None
    thread: Channel | None = None

    @property
    def now(self) -> Revision:
        return self.history[-1]

    @property
    def content(self) -> str:
        return self.now.content

    @property
    def embeds(self) -> tuple[Json, ...]:
        return self.now.embeds

    @property
    def attachments(self) -> tuple[File, ...]:
        return self.now.attachments

    @property
    def flags(self) -> int:
        return self.now.flags

    @property
    def loading(self) -> bool:
        return bool(self.flags & LOADING)

    @property
    def ephemeral(self) -> bool:
        return self.only_for is not None

    @property
    def interactive(self) -> list[Json]:
        """Every button and select of the message, in order."""
        return [part for part in walk(self.now.components) if part.get("custom_id")]

    def button(self, label_or_id: str) -> Json:
        """The button or select with this label, placeholder or custom_id."""
        for part in self.interactive:
            if label_or_id in (part["custom_id"], part.get("label"), part.get("placeholder")):
                return part
        raise LookupError(
            f"no {label_or_id!r} among {[part.get('label') or part['custom_id'] for part in self.interactive]}"
        )


def walk(components: Any) -> list[Json]:
    """All components, those inside others too, in the order in which they are seen."""
    found: list[Json] = []
    for part in components or ():
        found.append(part)
        found += walk(part.get("components"))
        found += walk([part[key] for key in ("accessory", "component") if isinstance(part.get(key), dict)])
    return found
