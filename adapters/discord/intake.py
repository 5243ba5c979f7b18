"""From an interaction or a message to a job: taken for good first, answered in time, refused in a whisper."""

import asyncio
from collections.abc import Awaitable, Callable

import discord

from adapters.discord.attachments import Attachments, Brought
from adapters.discord.people import Use, address_of, asker_of, place_of
from adapters.discord.rendering import content_of, escaped
from adapters.discord.trouble import ALREADY_ANSWERED, UNKNOWN_INTERACTION, tried
from bot import log
from bot.chat import Ask, Card, Front
from bot.chat.front import Press
from bot.chat.posts import Posts
from bot.contracts import Limner
from bot.errors import DeliveryError, LimnerError
from bot.messages import Wishes

# Discord wants its first response within three seconds; what takes longer than this is waited for afterwards.
PATIENCE_S = 0.6

logger = log.get("discord")


class Intake:
    """What commands, menus and buttons hand over.

    Attributes:
        front, posts, attachments: The adapter's parts, for those who show something of their own.
    """

    def __init__(self, limner: Limner, front: Front, posts: Posts, attachments: Attachments) -> None:
        self.limner, self.front, self.posts, self.attachments = limner, front, posts, attachments

    async def ask(
        self,
        use: Use,
        text: str,
        wishes: Wishes,
        *,
        private: bool | None = None,
        files: tuple[Brought, ...] = (),
        reply_to: str | None = None,
        action: str = "",
    ) -> None:
        """Take a wish that came by a command; the answer takes the place of the interaction's message.

        Args:
            use: The interaction, not yet responded to.
            text: The wish.
            wishes: What was set by options.
            private: Whether the asker alone sees it; None goes by what they, the channel or the server prefer.
            files: Pictures that came along.
            reply_to: Id of the picture that it is about.
            action: Of bot/actions.py, where it is no plain wish.
        """
        asker, place = asker_of(use), place_of(use)
        hidden = await self.front.is_private(asker, place) if private is None else private
        answer_at = address_of(use, private=hidden).dump()

        async def take() -> None:
            brought = await self.attachments.take(files, asker.id)
            made = Ask(str(use.id), asker, place, text, wishes, brought, True, reply_to, action, answer_at, hidden)
            await self.front.ask(made)

        await self._taken(use, take, hidden=hidden)

    async def press(self, use: Use, key: str, values: dict[str, str] | None = None) -> None:
        """Take a button that paints, or a form that was sent; the answer is a new message."""
        asker, place = asker_of(use), place_of(use)
        hidden = bool(use.message and use.message.flags.ephemeral)
        answer_at = address_of(use, private=hidden).dump()

        async def take() -> None:
            await self.front.press(Press(str(use.id), asker, place, key, answer_at, values, hidden))

        await self._taken(use, take, hidden=hidden)

    async def whisper(self, use: Use, card: Card) -> None:
        """Show something to whoever used this alone."""
        await self.say(use, content_of(card))

    async def say(self, use: Use, words: str) -> None:
        """Say something, in Discord's markdown, to whoever used this alone; as first response or after it."""
        try:
            if use.response.type is discord.InteractionResponseType.deferred_channel_message:
                await tried(lambda: use.edit_original_response(content=words))
            elif use.response.is_done():
                await tried(lambda: use.followup.send(words, ephemeral=True))
            else:
                await respond(lambda: use.response.send_message(words, ephemeral=True))
        except (discord.HTTPException, DeliveryError) as error:
            logger.warning("somebody could not be told: %s", error)

    async def guarded(self, use: Use, doing: Awaitable[None]) -> None:
        """Do something for an interaction; whatever goes wrong is told in words to whoever used it."""
        try:
            await doing
        except LimnerError as error:
            await self.say(use, escaped(str(error)))
        except Exception:
            logger.exception("interaction %s failed", use.id)
            language = await self.front.language(asker_of(use))
            await self.say(use, "出了点问题，日志里有详情。" if language == "zh" else WENT_WRONG)

    async def _taken(self, use: Use, take: Callable[[], Awaitable[None]], *, hidden: bool) -> None:
        """Take something for good, then say so; a refusal is for the asker alone, where that is still possible."""
        event_id = str(use.id)
        opening = self.posts.opening[event_id] = asyncio.Event()
        self.posts.fresh.add(event_id)
        taking = asyncio.ensure_future(take())
        try:
            await asyncio.wait([taking], timeout=PATIENCE_S)
            if deferred := not taking.done() or taking.exception() is None:
                await self._defer(use, hidden=hidden)
            opening.set()
            await taking
        except LimnerError as error:
            self.posts.fresh.discard(event_id)
            await (self._instead(use, escaped(str(error))) if deferred else self.say(use, escaped(str(error))))
        finally:
            opening.set()
            self.posts.opening.pop(event_id, None)

    async def _defer(self, use: Use, *, hidden: bool) -> None:
        """Say that it is taken; where Discord does not hear that, the answer is posted all the same."""
        try:
            await respond(lambda: use.response.defer(ephemeral=hidden, thinking=True))
        except DeliveryError as error:
            logger.warning("an interaction could not be acknowledged: %s", error)

    async def _instead(self, use: Use, words: str) -> None:
        """Say something in the place of what says that it is taken."""
        try:
            await tried(lambda: use.edit_original_response(content=words))
        except (discord.HTTPException, DeliveryError) as error:
            logger.warning("somebody could not be told: %s", error)


WENT_WRONG = "Something went wrong on my side. The log has the details."


async def respond(call: Callable[[], Awaitable[object]]) -> None:
    """Make a first response; where it came through before the connection was cut, that is as good."""
    try:
        await tried(call)
    except discord.InteractionResponded:
        return
    except discord.HTTPException as error:
        if error.code == ALREADY_ANSWERED:
            return
        # Too late for a response: the answer is posted all the same.
        if error.code != UNKNOWN_INTERACTION:
            raise
        logger.warning("an interaction was answered too late")
