"""All that is in the workspace, the one place where it changes, and the notice that it has changed."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import takewhile
from typing import Any

from tests.discord_server.clock import Clock
from tests.slack_server import wire
from tests.slack_server.state import Channel, File, Json, Message, Revision, User

PATIENCE_S = 60.0
STATUS_LIFE_S = 120.0
PREFIX = {"channel": "C", "group": "C", "im": "D", "mpim": "G"}


class World:
    """Users, channels, messages and files.

    Attributes:
        tell: Called with an event for the application, and the channel where it happened.
        process_s: How long an upload is worked on before it can be shown; a share appears as late.
    """

    def __init__(self, clock: Clock, number: int = 1) -> None:
        self.clock = clock
        self.team, self.app_id, self.bot_id = f"T{number:08d}", "A00000001", f"B{number:08d}"
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.posts: list[Message] = []
        self.statuses: dict[tuple[str, str], tuple[str, float]] = {}
        self.titles: dict[tuple[str, str], str] = {}
        self.prompts: dict[str, list[Json]] = {}
        self.tell: Callable[[Json, Channel | None], object] = lambda event, channel: None
        self.process_s = 0.02
        self.files_url = ""
        self._count, self._last_us = (number - 1) * 1_000_000, 0
        self._changed = asyncio.Event()
        self.bot = self.user("limner", bot=True)

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

    def id(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}{self._count:08d}"

    def ts(self) -> str:
        """A message's id: the seconds since 1970, which no two messages share."""
        self._last_us = max(int(self.clock.now() * 1e6), self._last_us + 1)
        return f"{self._last_us // 1_000_000}.{self._last_us % 1_000_000:06d}"

    def user(self, name: str, *, bot: bool = False, locale: str = "en-US") -> User:
        who = User(self.id("U"), name, bot, locale)
        self.users[who.id] = who
        return who

    def channel(self, name: str, kind: str, members: list[User]) -> Channel:
        made = Channel(self.id(PREFIX[kind]), name, kind, members)
        self.channels[made.id] = made
        return made

    def im(self, *people: User) -> Channel:
        """The direct messages of two people, or of one with the bot; of more, a group's."""
        both = list(people) if len(people) > 1 else [*people, self.bot]
        for one in self.channels.values():
            if one.kind in ("im", "mpim") and set(one.members) == set(both):
                return one
        return self.channel("directmessage", "im" if len(both) == 2 else "mpim", both)

    def showable(self, reference: Json) -> bool:
        """Whether a block can show this slack_file: it is there, complete and worked on."""
        return self.picture(reference) is not None

    def picture(self, reference: Json) -> File | None:
        name = reference.get("id") or (reference.get("url") or "//").split("/")[-2]
        one = self.files.get(name)
        return one if one and self.processed(one) else None

    def processed(self, one: File) -> bool:
        return (
            one.completed_at is not None and not one.deleted and self.clock.now() >= one.completed_at + self.process_s
        )

    def _shown(self, blocks: tuple[Json, ...], files: tuple[File, ...]) -> tuple[File, ...]:
        inside = [block.get("slack_file") or (block.get("accessory") or {}).get("slack_file") for block in blocks]
        return files + tuple(found for one in inside if one and (found := self.picture(one)))

    def post(
        self,
        channel: Channel,
        user: User,
        sent: Json,
        *,
        files: tuple[File, ...] = (),
        quiet: bool = False,
        **more: Any,
    ) -> Message:
        """A new message; everybody but an ephemeral one's bot hears of it, and a status in its thread ends."""
        blocks = tuple(sent.get("blocks") or ())
        said = Revision(
            self.clock.now(),
            sent.get("text") or sent.get("markdown_text") or "",
            blocks,
            tuple(sent.get("attachments") or ()),
            files,
            self._shown(blocks, files),
            sent.get("metadata"),
        )
        one = Message(self.ts(), channel, user, [said], sent.get("thread_ts"), sent=sent, **more)
        channel.messages[one.ts] = one
        if one.thread_ts in channel.messages and not one.only_for:
            channel.messages[one.thread_ts].replies.append(one)
        if user is self.bot:
            self.posts.append(one)
            self.statuses.pop((channel.id, one.thread_ts or ""), None)
        if not one.only_for and not quiet:
            self.tell({"type": "message", **wire.message(one, self)} | self._where(channel, one.ts), channel)
        self.changed()
        return one

    def _where(self, channel: Channel, ts: str) -> Json:
        return {"channel": channel.id, "channel_type": channel.kind, "event_ts": ts}

    def edit(self, one: Message, body: Json) -> Message:
        """Change what the body names; blocks, files and metadata that it doesn't name stay."""
        old, before = one.now, wire.message(one, self)
        blocks = tuple(body["blocks"] or ()) if body.get("blocks") is not None else old.blocks
        files = old.files
        if body.get("file_ids") is not None:
            files = tuple(self.files[name] for name in body["file_ids"])
        one.history.append(
            replace(
                old,
                at=self.clock.now(),
                text=body["text"] if body.get("text") is not None else old.text,
                blocks=blocks,
                files=files,
                pictures=self._shown(blocks, files),
                metadata=old.metadata if body.get("metadata") is None else body["metadata"] or None,
            )
        )
        if not one.only_for:
            event = {"message": wire.message(one, self), "previous_message": before, "hidden": True}
            self._tell_change("message_changed", event, one)
        self.changed()
        return one

    def delete(self, one: Message) -> None:
        one.deleted_at = self.clock.now()
        if not one.only_for:
            event = {"deleted_ts": one.ts, "previous_message": wire.message(one, self), "hidden": True}
            self._tell_change("message_deleted", event, one)
        self.changed()

    def _tell_change(self, subtype: str, event: Json, one: Message) -> None:
        ts = self.ts()
        self.tell({"type": "message", "subtype": subtype, "ts": ts} | event | self._where(one.channel, ts), one.channel)

    def seen(self, channel: Channel, by: User, since: str = "") -> list[Message]:
        """What is there for somebody, all or after a ts, oldest first."""
        newest = takewhile(lambda one: one.ts > since, reversed(channel.messages.values()))
        return [one for one in newest if not one.deleted_at and one.only_for in (None, by)][::-1]

    def store(self, user: User, name: str, data: bytes) -> File:
        now = self.clock.now()
        one = File(self.id("F"), name, user, len(data), now, title=name, data=data, completed_at=now - self.process_s)
        self.files[one.id] = one
        return one

    def share(self, files: list[File], channel: Channel, sent: Json) -> Message:
        """A message with files, as completeUploadExternal makes it."""
        one = self.post(channel, files[0].user, sent, files=tuple(files), quiet=True)
        self.shared(one)
        event = {"type": "message", "subtype": "file_share", "upload": False, **wire.message(one, self)}
        self.tell(event | self._where(channel, one.ts), channel)
        return one

    def shared(self, one: Message) -> None:
        for file in one.files:
            place = {"ts": one.ts, "channel_name": one.channel.name, "team_id": self.team, "thread_ts": one.thread_ts}
            file.shares.setdefault(one.channel.id, []).append({k: v for k, v in place.items() if v})
        self.changed()

    def status(self, channel: Channel, thread_ts: str) -> str:
        """What the agent is said to do there; two minutes after it was set nothing any more."""
        words, at = self.statuses.get((channel.id, thread_ts), ("", 0.0))
        return words if self.clock.now() < at + STATUS_LIFE_S else ""


def typed(text: str) -> str:
    """A person's words as Slack passes them on: escaped, links and mentions in angle brackets."""
    made = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    made = re.sub(r"&lt;([@#][A-Z0-9]+)&gt;", r"<\1>", made)
    return re.sub(r"(https?://[^\s<>]+)", r"<\1>", made)
