"""Who asks and where, read from Slack's payloads; what they leave out of people is asked once and remembered."""

import asyncio
import time
from typing import Any, Literal

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.trouble import tried
from bot import log
from bot.chat import Asker, Place
from bot.errors import DeliveryError
from bot.language import Language

LOOKING_UP_S = 1.5
KNOWN_S = 3_600.0
KNOWN_MOST = 5_000
Json = dict[str, Any]

logger = log.get("slack")


class People:
    """The people of one workspace."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: dict[str, tuple[float, Asker]] = {}

    async def asker(self, user: str) -> Asker:
        """Somebody with their name, their client's language, and whether they run the workspace."""
        known = self._known.get(user)
        if known and known[0] > time.monotonic():
            return known[1]
        try:
            # Slack waits for an answer meanwhile.
            async with asyncio.timeout(LOOKING_UP_S):
                found = (await tried(lambda: self._client.users_info(user=user, include_locale=True)))["user"]
        except (SlackApiError, DeliveryError, TimeoutError) as error:
            logger.warning("who %s is can't be found out: %r", user, error)
            return Asker(user)
        asker = _asker(user, found)
        self._known.pop(user, None)
        self._known[user] = (time.monotonic() + KNOWN_S, asker)
        while len(self._known) > KNOWN_MOST:
            del self._known[next(iter(self._known))]
        return asker


def _asker(user: str, found: Json) -> Asker:
    locale = str(found.get("locale") or "")
    name = (found.get("profile") or {}).get("display_name") or found.get("real_name") or found.get("name") or ""
    runs = bool(found.get("is_admin") or found.get("is_owner"))
    language: Language | Literal[""] = ("zh" if locale.startswith("zh") else "en") if locale else ""
    return Asker(user, name, language, moderates=runs, manages=runs)


def place_of(channel: str, user: str, team: str, thread_ts: str = "") -> Place:
    """Where something was said: outside threads everybody speaks with Limner by themselves.

    The team is the bot's own: in a channel that is shared by Slack Connect, payloads may name a stranger's.
    """
    direct = channel.startswith("D") or not channel
    return Place(channel or f"@{user}", thread_ts or ("" if direct else f"@{user}"), team, direct)
