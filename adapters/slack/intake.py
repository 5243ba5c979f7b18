"""From Slack's events to jobs: taken for good before Slack is told so, refused where only the asker sees it."""

import time
from typing import Any
from uuid import uuid4

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.address import TS, Address
from adapters.slack.errands import Errands
from adapters.slack.files import Brought
from adapters.slack.people import People, place_of
from adapters.slack.poster import Poster
from adapters.slack.trouble import PASSING, tried
from bot import log
from bot.chat import Ask, Front, Place
from bot.chat.front import Press
from bot.chat.posts import Posts
from bot.contracts import Limner
from bot.errors import DeliveryError, LimnerError, RequestError
from bot.messages import Wishes

Json = dict[str, Any]
CLOCKS_APART_S = 10.0

logger = log.get("slack")


class Intake:
    """What listeners hand over.

    Attributes:
        limner, front, posts, people: The adapter's parts, for those who show something of their own.
        team: Id of the bot's workspace.
        client: The Web API as the bot.
        errands: What Slack need not wait for.
    """

    def __init__(
        self,
        limner: Limner,
        team: str,
        front: Front,
        posts: Posts,
        people: People,
        brought: Brought,
        client: AsyncWebClient,
        session: aiohttp.ClientSession,
        errands: Errands,
    ) -> None:
        self.limner, self.front, self.posts, self.people, self.client = limner, front, posts, people, client
        self.team, self._brought = team, brought
        self._session, self.errands = session, errands
        self._poster = Poster(client)
        self._since = time.time() + CLOCKS_APART_S

    def place(self, channel: str, user: str, thread_ts: str = "") -> Place:
        """Where something was said."""
        return place_of(channel, user, self.team, thread_ts)

    async def ask(
        self,
        event_id: str,
        user: str,
        place: Place,
        address: Address,
        text: str,
        *,
        wishes: Wishes | None = None,
        files: list[Json] | None = None,
        reply_to: str | None = None,
        command: bool = False,
        action: str = "",
    ) -> str:
        """Take a wish for good; its job's id. Raises RequestError where it can't be taken."""
        asker = await self.people.asker(user)
        self._came(event_id)
        try:
            brought = await self._brought.take(files or [], asker.id)
            answer_at, hidden = address.dump(), address.private
            made = event_id, asker, place, text, wishes or Wishes(), brought
            ask = Ask(*made, command, reply_to, action, answer_at, hidden)
            return await self.front.ask(ask)
        except LimnerError:
            self.posts.fresh.discard(event_id)
            raise

    async def press(
        self, event_id: str, user: str, place: Place, address: Address, key: str, values: Any = None
    ) -> str:
        """Take a button that paints, or a form that was sent; the job's id. Raises RequestError."""
        asker = await self.people.asker(user)
        self._came(event_id)
        try:
            return await self.front.press(Press(event_id, asker, place, key, address.dump(), values, address.private))
        except LimnerError:
            self.posts.fresh.discard(event_id)
            raise

    async def open(self, trigger_id: str, view: Json) -> str:
        """Open a view; its id. A trigger is good for three seconds and once, so there is no second try."""
        try:
            return str((await self.client.views_open(trigger_id=trigger_id, view=view))["view"]["id"])
        except (SlackApiError, *PASSING) as error:
            raise RequestError("Slack did not open the form", "Try again.") from error

    def _came(self, event_id: str) -> None:
        """Note that nobody else can have taken an event, unless Slack may have told it to an earlier process."""
        at = TS.search(event_id)
        if at is None or float(at[0]) > self._since:
            self.posts.fresh.add(event_id)

    async def whisper(
        self, user: str, address: Address, words: str, blocks: list[Json] | None = None, *, instead: bool = False
    ) -> bool:
        """Say something that only one person sees, by whatever way leads to them; whether Slack took it.

        Args:
            user: That person.
            address: Where they are.
            words: In Slack's markup.
            blocks: What is shown; the words are for notifications and screen readers then.
            instead: It takes the place of what the address's response_url belongs to.
        """
        body: Json = {"text": words} | ({"blocks": blocks} if blocks else {})
        if address.response_url:
            return await answered(self._session, address.response_url, body, instead=instead)
        more: Json = {"thread_ts": address.thread_ts} if address.thread_ts else {}
        try:
            if address.channel and not address.channel.startswith("D"):
                await tried(lambda: self.client.chat_postEphemeral(channel=address.channel, user=user, **body, **more))
            else:
                channel = address.channel or (await self.client.conversations_open(users=user))["channel"]["id"]
                await self._poster.once(Address(channel, address.thread_ts), uuid4().hex, body)
        except (SlackApiError, DeliveryError) as error:
            logger.warning("somebody could not be told: %s", error)
            return False
        return True


async def answered(session: aiohttp.ClientSession, url: str, body: Json, *, instead: bool = False) -> bool:
    """Say something by a response_url; whether Slack took it.

    What goes wrong is tried again, though nobody can look whether it came through: a private word may come twice.
    """
    said = {"response_type": "ephemeral", "replace_original": instead, **body}

    async def send() -> None:
        async with session.post(url, json=said) as answer:
            answer.raise_for_status()

    try:
        await tried(send)
    except (aiohttp.ClientError, DeliveryError) as error:
        logger.warning("somebody could not be told: %s", error)
        return False
    return True
