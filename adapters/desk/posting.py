"""Posts that are made once: each effect is written down before and after, and looked for where that is not enough."""

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from adapters.desk import rendering
from adapters.desk.api import DeskApi, DeskPicture, Post
from adapters.desk.calls import Refusal
from bot.contracts import Limner
from bot.desk.draft import Draft, Illustration, Kind
from bot.errors import DeliveryError, GalleryError, OutcomeUnknown, Silenced
from bot.messages import Reply

TRYING = "?"
DONE = "done"
KEPT = 3
# What a call that never came to the desk ends with.
_UNHEARD = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Journal:
    """What was done for one reply: steps with the desk's ids, or '?' while nobody knows; kept with the job."""

    def __init__(self, limner: Limner, reply: Reply) -> None:
        self._limner, self._job_id = limner, reply.job_id
        steps = (one.partition("=") for one in reply.posted_as.split(";"))
        self._steps = {name: value for name, equals, value in steps if equals}

    def of(self, step: str) -> str:
        """The id of what a step posted, '?', or nothing."""
        return self._steps.get(step, "")

    async def put(self, step: str, value: str) -> None:
        """Write a step down for good; an empty value says that it did not happen."""
        self._steps.pop(step, None)
        if value:
            self._steps[step] = value
        last = list(self._steps.items())[-KEPT:]
        await self._limner.note(self._job_id, ";".join(f"{name}={value}" for name, value in last))

    async def once(
        self, step: str, look: Callable[[], Awaitable[str | None]], post: Callable[[], Awaitable[str]]
    ) -> str:
        """Do a step unless it is done; where an earlier try may have come through, look first.

        Raises:
            OutcomeUnknown: An earlier try may have come through, and nobody can look.
            DeliveryError: The desk is not to be had, or does not take it.
        """
        known = self.of(step)
        if known and known != TRYING:
            return known
        if known and (found := await look()):
            await self.put(step, found)
            return found
        await self.put(step, TRYING)
        try:
            posted = await post()
        except DeliveryError as error:
            if isinstance(error, Refusal | Silenced) or isinstance(error.__cause__, _UNHEARD):
                await self.put(step, "")
            raise
        await self.put(step, posted or DONE)
        return posted or DONE


class Poster:
    """Posts replies at one desk.

    Args:
        url: The web app's address, for links in notes.
    """

    def __init__(self, limner: Limner, name: str, api: DeskApi, url: str) -> None:
        self._limner, self._name, self._api, self._url = limner, name, api, url

    async def deliver(self, reply: Reply) -> str:
        """Tell the customer what was decided, or hand the conversation over; the id of what they were told.

        Raises:
            Silenced: A person has the conversation.
            OutcomeUnknown: It may have come through, and the desk can't be asked.
            DeliveryError: The desk is not to be had, or does not take it.
        """
        draft, journal, conversation = _draft(reply), Journal(self._limner, reply), reply.message.channel
        if draft.kind is Kind.HAND_OVER:
            await self._hand_over(reply, draft, journal)
        async with self._pictures(reply, draft) as pictures:
            text = rendering.answer(draft.words, draft.citations, draft.language)
            post = Post(reply.key, text, pictures, draft.citations, draft.language)

            async def say() -> str:
                if draft.kind is Kind.ANSWER:
                    await self._check(conversation)
                return await self._api.say(conversation, post)

            return await journal.once("answer", lambda: self._look(reply, ""), say)

    async def present(self, reply: Reply) -> str:
        """Show colleagues what waits for them, or what nobody is certain of. Raises DeliveryError."""
        draft, journal = _draft(reply), Journal(self._limner, reply)
        # Another picture, or another standing, is shown anew.
        which = f"{draft.status}{reply.pictures[0].id[:8] if reply.pictures else ''}".replace(" ", "")
        async with self._pictures(reply, draft) as pictures:
            text = rendering.note(draft, self._url)
            post = Post(f"{reply.key}-{which}", text, pictures, draft.citations, draft.language)
            return await journal.once(
                which, lambda: self._look(reply, which), lambda: self._api.note(reply.message.channel, post)
            )

    async def find(self, reply: Reply) -> str | None:
        """What the customer was told by an earlier try; None where it surely was not. Raises OutcomeUnknown."""
        known = Journal(self._limner, reply).of("answer")
        return await self._look(reply, "") if known == TRYING else known or None

    async def _look(self, reply: Reply, which: str) -> str | None:
        """What was posted already. A note that nobody can look for is written again: that does no harm."""
        key = f"{reply.key}-{which}" if which else reply.key
        try:
            return await self._api.find(reply.message.channel, key, private=bool(which))
        except OutcomeUnknown:
            if which:
                return None
            raise

    async def _check(self, conversation: str) -> None:
        silent = await self._limner.desk.is_silent(self._name, conversation)
        if silent or not await self._api.may_speak(conversation):
            raise Silenced("A person has this conversation", lasting=True)

    async def _hand_over(self, reply: Reply, draft: Draft, journal: Journal) -> None:
        """Give it to people, see that they have it, and tell them what it is about: all before the customer hears."""
        conversation = reply.message.channel
        if journal.of("handed") in ("", TRYING):
            if not (journal.of("handed") and await self._api.is_handed_over(conversation)):
                await self._check(conversation)
                await journal.put("handed", TRYING)
                await self._api.hand_over(conversation)
            if not await self._api.is_handed_over(conversation):
                raise DeliveryError("The desk has not handed the conversation over")
            await journal.put("handed", DONE)
        note = Post(f"{reply.key}-summary", rendering.note(draft, self._url), (), (), draft.language)
        await journal.once("summary", lambda: self._look(reply, "summary"), lambda: self._api.note(conversation, note))

    @asynccontextmanager
    async def _pictures(self, reply: Reply, draft: Draft) -> AsyncIterator[tuple[DeskPicture, ...]]:
        """A draft's pictures as files: those that were painted, or the article's."""
        label = rendering.word("painted", draft.language)
        painted = tuple(
            DeskPicture(
                f"limner-{one.id[:8]}.png",
                one.path,
                rendering.word("alt", draft.language, prompt=one.plan.request),
                label,
            )
            for one in reply.pictures
        )
        if draft.illustration is not Illustration.ARTICLE or draft.figure is None:
            yield painted
            return
        try:
            png = await self._limner.source(draft.figure.sha256)
        except GalleryError as error:
            raise DeliveryError(f"The article's picture is gone: {error.problem}", lasting=True) from error
        with tempfile.TemporaryDirectory(prefix="limner-desk-") as folder:
            path = Path(folder) / f"figure-{draft.figure.sha256[:8]}.png"
            path.write_bytes(png)
            yield (*painted, DeskPicture(path.name, path, draft.figure.caption))


def _draft(reply: Reply) -> Draft:
    assert reply.draft is not None, "every reply at a desk comes of a draft"
    return reply.draft
