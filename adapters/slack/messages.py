"""Mentions, direct messages, and replies in threads that Limner has answered in."""

import re
from typing import Any

from adapters.slack.address import Posted
from adapters.slack.blocks import escaped
from adapters.slack.intake import Intake, place_in
from bot.chat import Place
from bot.errors import LimnerError
from bot.messages import Message

Json = dict[str, Any]
# Everything else is an edit, a deletion, somebody who joins, and the like.
SPOKEN = (None, "file_share", "thread_broadcast", "me_message")
_LINK = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")


class Messages:
    """Takes messages that are meant for Limner.

    Args:
        own: Id of the bot's user.
    """

    def __init__(self, intake: Intake, own: str) -> None:
        self._intake, self._own = intake, own

    async def said(self, event: Json, team: str) -> None:
        """Take a message, if it is for Limner; it comes twice where it mentions Limner, and counts once."""
        if event.get("bot_id") or event.get("user") in (None, self._own) or event.get("subtype") not in SPOKEN:
            return
        channel, ts, user = str(event["channel"]), str(event["ts"]), str(event["user"])
        direct = channel.startswith("D")
        mentioned = f"<@{self._own}>" in str(event.get("text", ""))
        thread_ts = str(event.get("thread_ts") or "") or ("" if direct else ts)
        place, address = place_in(channel, user, team, thread_ts)
        if not (direct or mentioned or (event.get("thread_ts") and await self._is_ours(place))):
            return
        text, meant = self._words(str(event.get("text", ""))), await self._meant(channel, event, place)
        try:
            files = list(event.get("files") or [])
            await self._intake.ask(f"{channel}/{ts}", user, place, address, text, files=files, reply_to=meant)
        except LimnerError as error:
            await self._intake.whisper(user, address, escaped(str(error)))

    async def _is_ours(self, place: Place) -> bool:
        """Whether Limner has been spoken to in this thread before."""
        return bool(await self._intake.limner.history(_conversation(place), limit=1))

    async def _meant(self, channel: str, event: Json, place: Place) -> str | None:
        """The picture that a thread began with, for the first words there."""
        root = str(event.get("thread_ts") or "")
        if not root or await self._is_ours(place):
            return None
        exchange = await self._intake.limner.posted("slack", str(Posted(channel, root)))
        pictures = exchange.reply.pictures if exchange and exchange.reply else ()
        return pictures[0].id if pictures else None

    def _words(self, text: str) -> str:
        """What was said, as the person typed it."""
        spoken = _LINK.sub(lambda found: _shown(found, self._own), text)
        return spoken.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def _shown(found: re.Match[str], own: str) -> str:
    """What people see of Slack's '<...>': links and names; Limner's own mention is no part of the wish."""
    target, label = found[1], found[2]
    if target == f"@{own}":
        return " "
    return label or target.lstrip("@#!")


def _conversation(place: Place) -> str:
    return Message("slack", "", "", "", place.channel, place.thread).conversation
