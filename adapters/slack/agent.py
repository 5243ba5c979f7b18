"""The agent view: suggestions where nothing is said yet, a thread's title, and the status while a picture is painted.

Words of an answer grow by updates of the job's one message, not by chat.startStream: a stream takes no metadata before
it ends, so one that was cut off can't be found again, and it can't become the picture that most answers are.
"""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.address import Address, load, posted
from adapters.slack.blocks import cut
from adapters.slack.courier import SlackCourier
from adapters.slack.errands import Errands
from adapters.slack.files import Files
from adapters.slack.intake import answered
from adapters.slack.pace import PacedClient
from adapters.slack.trouble import PASSING
from adapters.slack.wording import suggested, tell
from bot import log
from bot.chat import Card
from bot.contracts import Limner
from bot.language import Language
from bot.messages import Message

# A status goes by itself after two minutes; without news of the job it is not set for ever.
REFRESH_S = 90.0
MOST_REFRESHES = 5
TITLE_CHARACTERS = 60

logger = log.get("slack")


class Agent:
    """What the agent view shows beside messages; nothing of it is ever in an answer's way.

    Args:
        own: Id of the bot's user.
        refresh_s: Time after which a status is set again.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        session: aiohttp.ClientSession,
        errands: Errands,
        own: str,
        refresh_s: float = REFRESH_S,
    ) -> None:
        self._client, self._session, self._errands, self._own = client, session, errands, own
        self._refresh_s = refresh_s
        self._left: dict[Address, int] = {}
        self._ended: dict[Address, asyncio.Event] = {}

    def suggest(self, channel: str, language: Language) -> None:
        """Offer what one could ask for."""
        more: Any = {"prompts": suggested(language), "title": tell("try", language)}
        self._errands.run(_maybe(self._client.assistant_threads_setSuggestedPrompts(channel_id=channel, **more)))

    def entitle(self, thread: Address, words: str) -> None:
        """Give a thread its title."""
        more = {"thread_ts": thread.thread_ts, "title": cut(words, TITLE_CHARACTERS)}
        self._errands.run(_maybe(self._client.assistant_threads_setTitle(channel_id=thread.channel, **more)))

    def point(self, response_url: str, language: Language) -> None:
        """Tell somebody, in a channel that the bot is not in, where their answer is."""
        words = tell("not_member", language, me=f"<@{self._own}>")
        self._errands.run(answered(self._session, response_url, {"text": words}))

    def begin(self, thread: Address, language: Language) -> None:
        """Say that something is painted there, and keep it said while there is news."""
        self._left[thread] = MOST_REFRESHES
        if thread not in self._ended:
            self._ended[thread] = asyncio.Event()
            self._errands.run(self._keep(thread, tell("status", language)))

    def end(self, thread: Address) -> None:
        """Take the status away: the answer, which may stand in a message that was there, does not do it."""
        if ended := self._ended.get(thread):
            ended.set()
        else:
            self._errands.run(self._set(thread, ""))

    async def _keep(self, thread: Address, words: str) -> None:
        ended = self._ended[thread]
        while self._left[thread] > 0 and not ended.is_set():
            self._left[thread] -= 1
            await self._set(thread, words)
            with suppress(TimeoutError):
                async with asyncio.timeout(self._refresh_s):
                    await ended.wait()
        del self._ended[thread], self._left[thread]
        if ended.is_set():
            await self._set(thread, "")

    async def _set(self, thread: Address, words: str) -> None:
        where: Any = {"channel_id": thread.channel, "thread_ts": thread.thread_ts}
        await _maybe(self._client.assistant_threads_setStatus(**where, status=words))


class AgentCourier(SlackCourier):
    """Shows cards, and what belongs around them: status and title, and a word where the answer went elsewhere."""

    def __init__(self, client: PacedClient, files: Files, agent: Agent, limner: Limner) -> None:
        super().__init__(client, files)
        self._agent, self._limner = agent, limner

    async def change(self, message: Message, posted_as: str, card: Card, *, done: bool) -> str | None:
        """As SlackCourier does."""
        changed = await super().change(message, posted_as, card, done=done)
        if changed:
            self._status(message, done=done)
        return changed

    async def post(self, message: Message, job_id: str, card: Card, *, done: bool) -> str:
        """As SlackCourier does; who asked where the bot is no member is told where the answer is."""
        address, sent = load(message.answer_at), await super().post(message, job_id, card, done=done)
        self._status(message, done=done)
        place = posted(sent)
        if address.response_url and not address.private and place and place.channel != address.channel:
            self._agent.point(address.response_url, message.tongue)
        if (thread := _thread(message)) and len(await self._limner.history(message.conversation, limit=2)) == 1:
            self._agent.entitle(thread, " ".join(message.text.split()))
        return sent

    def _status(self, message: Message, *, done: bool) -> None:
        if thread := _thread(message):
            if done:
                self._agent.end(thread)
            else:
                self._agent.begin(thread, message.tongue)


def _thread(message: Message) -> Address | None:
    """The thread in direct messages that an answer belongs in: the agent view has no others."""
    address = load(message.answer_at)
    is_one = address.channel.startswith("D") and address.thread_ts and not address.private
    return Address(address.channel, address.thread_ts) if is_one else None


async def _maybe(call: Awaitable[object]) -> None:
    """Make a call whose failure does no harm: where it is no agent, Slack refuses these."""
    try:
        await call
    except (SlackApiError, *PASSING) as error:
        logger.debug("the agent view does not take it: %s", error)
