"""All that is on the server, the one place where it changes, and the notice that it has changed."""

import asyncio
import io
import mimetypes
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PIL import Image, UnidentifiedImageError

from tests.discord_server.clock import Clock, Snowflakes
from tests.discord_server.errors import Refused
from tests.discord_server.rules import Upload, pings
from tests.discord_server.state import (
    ADMINISTRATOR,
    BOT_MAY,
    COMPONENTS_V2,
    DM,
    EPHEMERAL,
    GROUP_DM,
    LOADING,
    SUPPRESS_EMBEDS,
    TEXT,
    THREAD,
    Channel,
    File,
    Guild,
    Json,
    Member,
    Message,
    Revision,
    Role,
    User,
)

PATIENCE_S = 60.0
SETTABLE_LATER = SUPPRESS_EMBEDS | COMPONENTS_V2


class World:
    """Users, guilds, channels, messages and files, and who may do what.

    Attributes:
        content_intent: Whether the application may read every message's words.
        say: Called with a gateway event, its data's maker and where it happened.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock, self.ids = clock, Snowflakes(clock)
        self.users: dict[str, User] = {}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.posts: list[Message] = []
        self.content_intent = False
        self.bot = self.user("Limner", bot=True)
        self.say: Callable[[str, Any, Channel], None] = lambda event, thing, channel: None
        self._changed = asyncio.Event()

    def changed(self) -> None:
        """Wake everybody who waits for something to come true."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, true: Callable[[], Any]) -> Any:
        """Wait until `true()` is, looking whenever something has changed; its value.

        Raises:
            TimeoutError: After a minute of real time, so that a test can't hang.
        """
        async with asyncio.timeout(PATIENCE_S):
            while not (value := true()):
                await self._changed.wait()
        return value

    def user(self, name: str, *, bot: bool = False, locale: str = "en-US") -> User:
        who = User(self.ids.new(), name, bot, locale)
        self.users[who.id] = who
        return who

    def guild(self, name: str, owner: User, *, bot: bool = True, bot_may: int = BOT_MAY) -> Guild:
        """A guild with its owner, and the bot where it was invited."""
        guild = Guild(self.ids.new(apart=True), name, owner)
        guild.roles.append(Role(guild.id, "@everyone"))
        self.guilds[guild.id] = guild
        self.join(guild, owner, permissions=ADMINISTRATOR)
        if bot:
            role = Role(self.ids.new(), self.bot.name, bot_may)
            guild.roles.append(role)
            guild.members[self.bot.id] = Member(self.bot, 0, [role])
        return guild

    def join(self, guild: Guild, who: User, **more: Any) -> Member:
        guild.members[who.id] = Member(who, **more)
        return guild.members[who.id]

    def channel(self, guild: Guild, name: str, **more: Any) -> Channel:
        return self._room(Channel(self.ids.new(), TEXT, name, guild, **more))

    def thread(self, parent: Channel, name: str, owner: User, message: Message | None = None) -> Channel:
        """A public thread; that of a message has the message's id."""
        assert parent.guild
        thread = Channel(
            message.id if message else self.ids.new(), THREAD, name, parent.guild, parent, owner_id=owner.id
        )
        thread.bot_may = parent.bot_may
        if message:
            message.thread = thread
        self._room(thread)
        self.say("THREAD_CREATE", thread, thread)
        return thread

    def _room(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        if channel.guild:
            channel.guild.channels[channel.id] = channel
        return channel

    def dm(self, who: User) -> Channel:
        """The DM of somebody with the bot."""
        for channel in self.channels.values():
            if channel.type == DM and channel.people == [who, self.bot]:
                return channel
        return self._room(Channel(self.ids.new(), DM, who.name, people=[who, self.bot]))

    def private(self, *people: User) -> Channel:
        """A DM or group of people without the bot, where an application that one of them installed can be asked."""
        return self._room(Channel(self.ids.new(), GROUP_DM if len(people) > 2 else DM, "private", people=list(people)))

    def bot_may(self, channel: Channel) -> int | None:
        """The bot's permissions there: None in a DM with it, 0 where it isn't."""
        if channel.guild is None:
            return None if self.bot in channel.people else 0
        member = channel.guild.members.get(self.bot.id)
        if member is None:
            return 0
        return channel.bot_may if channel.bot_may is not None else sum(role.permissions for role in member.roles)

    def readable(self, message: Message) -> bool:
        """Whether the bot may read a message's words: its own, in a DM with it, where it is mentioned, or all."""
        mine = message.author is self.bot or self.bot.id in message.pinged
        return mine or self.content_intent or (message.channel.guild is None and self.bot in message.channel.people)

    def store(self, upload: Upload, folder: str, description: str | None = None, *, ephemeral: bool = False) -> File:
        """Keep an uploaded file."""
        kind = mimetypes.guess_type(upload.filename)[0] or upload.content_type
        width_px, height_px = size(upload.data) if (kind or "").startswith("image/") else (None, None)
        made = File(
            self.ids.new(), upload.filename, upload.data, kind, description, width_px, height_px, ephemeral, folder
        )
        self.files[made.id] = made
        return made

    def attach(self, body: Json, uploads: list[Upload], folder: str, *, ephemeral: bool = False) -> tuple[File, ...]:
        """The new files of a request, each with its alt text."""
        texts = {str(one["id"]): one.get("description") for one in body.get("attachments") or []}
        return tuple(self.store(one, folder, texts.get(one.key), ephemeral=ephemeral) for one in uploads)

    def post(self, channel: Channel, author: User, body: Json, uploads: list[Upload], **more: Any) -> Message:
        """A new message, told to whoever listens; `more` are fields of it.

        Raises:
            Refused: Where it would be empty.
        """
        flags = int(body.get("flags") or 0)
        hidden = bool(flags & EPHEMERAL)
        files = self.attach(body, uploads, channel.id, ephemeral=hidden)
        said = Revision(
            self.clock.now(),
            body.get("content") or "",
            tuple(body.get("embeds") or ()),
            tuple(body.get("components") or ()),
            files,
            flags,
        )
        refuse_empty(said)
        message = Message(self.ids.new(), channel, author, [said], **more)
        self._ping(message, body)
        channel.messages[message.id] = message
        if author is self.bot:
            self.posts.append(message)
        if not hidden:
            self.say("MESSAGE_CREATE", message, channel)
        self.changed()
        return message

    def _ping(self, message: Message, body: Json) -> None:
        to = message.channel.messages.get((message.reference or {}).get("message_id", ""))
        found = pings(message.content, body.get("allowed_mentions"), to.author.id if to else None)
        message.pinged, message.pinged_everyone = found.users, found.everyone

    def edit(self, message: Message, body: Json, uploads: list[Upload]) -> Message:
        """Change what the body names; new files are appended unless `attachments` names those that stay."""
        old = message.now
        kept = old.attachments
        if body.get("attachments") is not None:
            named = {str(one["id"]): one for one in body["attachments"]}
            kept = tuple(described(one, named[one.id]) for one in kept if one.id in named)
        asked = int(body["flags"] or 0) & SETTABLE_LATER if "flags" in body else old.flags & SUPPRESS_EMBEDS
        new = Revision(
            self.clock.now(),
            body["content"] or "" if "content" in body else old.content,
            tuple(body["embeds"] or ()) if "embeds" in body else old.embeds,
            tuple(body["components"] or ()) if "components" in body else old.components,
            kept + self.attach(body, uploads, message.channel.id, ephemeral=message.ephemeral),
            old.flags & ~LOADING & ~SUPPRESS_EMBEDS | asked,
        )
        refuse_empty(new)
        message.history.append(new)
        if not message.ephemeral:
            self.say("MESSAGE_UPDATE", message, message.channel)
        self.changed()
        return message

    def delete(self, message: Message) -> None:
        message.deleted_at = self.clock.now()
        if not message.ephemeral:
            self.say("MESSAGE_DELETE", message, message.channel)
        self.changed()

    def find(self, channel: Channel, message_id: str) -> Message | None:
        """A message that is still there and not ephemeral."""
        found = channel.messages.get(message_id)
        return found if found and not found.deleted_at and not found.ephemeral else None


def refuse_empty(said: Revision) -> None:
    """A message has words, an embed, a file, or components of the new kind; buttons alone are none."""
    if said.flags & LOADING or said.content.strip() or said.embeds or said.attachments:
        return
    if not (said.flags & COMPONENTS_V2 and said.components):
        raise Refused(400, 50006, "Cannot send an empty message", "an empty message")


def described(file: File, body: Json) -> File:
    """A file that stays, with the alt text that an edit gives it."""
    return replace(file, description=body["description"]) if "description" in body else file


def size(data: bytes) -> tuple[int | None, int | None]:
    """Width and height of a picture, if it is one."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return picture.size
    except (UnidentifiedImageError, OSError):
        return None, None
