"""Mentions, direct messages, and replies in threads that Limner has answered in."""

import asyncio
import re
from typing import Any

from adapters.slack.address import Address, Posted
from adapters.slack.blocks import escaped
from adapters.slack.intake import Intake
from bot.chat import Place
from bot.errors import LimnerError
from bot.messages import Message

Json = dict[str, Any]
# Everything else is an edit, a deletion, somebody who joins, and the like.
SPOKEN = (None, "file_share", "thread_broadcast", "me_message")
REMEMBERED = 1_000
_MENTION = re.compile(r"<@[UW]\w+")
_LINK = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")


class Messages:
    """Takes messages that are meant for Limner.

    Args:
        own: Id of the bot's user.
    """

    def __init__(self, intake: Intake, own: str) -> None:
        self._intake, self._own = intake, own
        self._taken: dict[str, asyncio.Task[None] | None] = {}

    async def said(self, event: Json) -> None:
        """Take a message, if it is for Limner; it comes twice where it mentions Limner, and counts once."""
        if event.get("bot_id") or event.get("user") in (None, self._own) or event.get("subtype") not in SPOKEN:
            return
        key = f"{event['channel']}/{event['ts']}"
        if key in self._taken and self._taken[key] is None:
            return
        taking = self._taken.get(key) or asyncio.create_task(self._take(event))
        self._taken[key] = taking
        while len(self._taken) > REMEMBERED:
            del self._taken[next(iter(self._taken))]
        try:
            await asyncio.shield(taking)
            self._taken[key] = None
        except Exception:
            self._taken.pop(key, None)  # Slack tells it again
            raise

    async def _take(self, event: Json) -> None:
        channel, ts, user = str(event["channel"]), str(event["ts"]), str(event["user"])
        direct = channel.startswith("D")
        said = str(event.get("text", ""))
        mentioned = f"<@{self._own}>" in said
        # In a thread people speak to each other as well.
        aside = not (direct or mentioned) and bool(_MENTION.search(said))
        thread_ts = str(event.get("thread_ts") or "") or ("" if direct else ts)
        place, address = self._intake.place(channel, user, thread_ts), Address(channel, thread_ts)
        replies = event.get("thread_ts") and not aside
        known, meant = await self._thread(channel, event, place) if replies else (False, None)
        if not (direct or mentioned or known):
            return
        text = typed(said, self._own)
        try:
            files = list(event.get("files") or [])
            await self._intake.ask(f"{channel}/{ts}", user, place, address, text, files=files, reply_to=meant)
        except LimnerError as error:
            # What one person sees in a thread shows only where the thread has begun.
            where = address if direct or event.get("thread_ts") else Address(channel)
            self._intake.errands.run(self._intake.whisper(user, where, escaped(str(error))))

    async def _thread(self, channel: str, event: Json, place: Place) -> tuple[bool, str | None]:
        """Whether a thread is Limner's, who has spoken or begun it; and the picture that is spoken of there."""
        said = await self._intake.limner.history(_conversation(place))
        for exchange in reversed(said):
            if exchange.reply and exchange.reply.pictures and not exchange.message.private:
                return True, exchange.reply.pictures[0].id
        first = await self._intake.limner.posted("slack", str(Posted(channel, str(event["thread_ts"]))))
        pictures = first.reply.pictures if first and first.reply else ()
        begun = bool(pictures) and event.get("parent_user_id") == self._own
        return bool(said) or begun, pictures[0].id if pictures else None


def typed(text: str, own: str) -> str:
    """What was said, as the person typed it, without the mention of Limner, whose id is `own`."""
    spoken = _LINK.sub(lambda found: _shown(found, own), text)
    return spoken.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def _shown(found: re.Match[str], own: str) -> str:
    """What people see of Slack's '<...>': links and names; Limner's own mention is no part of the wish."""
    target, label = found[1], found[2]
    if target == f"@{own}":
        return " "
    return label or target.lstrip("@#!")


def _conversation(place: Place) -> str:
    return Message("slack", "", "", "", place.channel, place.thread).conversation
