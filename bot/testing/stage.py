"""The platform that the contract's tests play on, and the chain that they open on it."""

import asyncio
from abc import abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Protocol, TypeVar

import sqlalchemy as sa

from bot.app import App, open_app, working
from bot.contracts import Adapter
from bot.jobs import FINAL, Job, State
from bot.messages import Reply
from bot.settings import Settings
from bot.tables import jobs
from bot.testing.engine import PaperEngine
from bot.testing.platform import Post

LOOK_EVERY_S = 0.01
Seen = TypeVar("Seen")


class Stage(Protocol):
    """A platform with people on it, empty at first: a local server that speaks its protocol, or a folder.

    What people do there reaches the adapter that was made last, in the order in which they do it; where that one does
    not listen yet, it waits until it does.

    Attributes:
        edits: The adapter shows progress in a post, which it changes into the answer.
        buttons: Posts have buttons.
        refusable: Words that the platform lets people send and that Limner can't take.
    """

    edits: bool = True
    buttons: bool = True
    refusable: tuple[str, ...] = (" ", "a red car " * 1_000)

    @abstractmethod
    def adapter(self) -> Adapter:
        """A new adapter to the same platform, as after a restart."""

    @abstractmethod
    async def say(self, text: str, person: str = "ana") -> None:
        """A person asks Limner with these words, in the same place as all others."""

    @abstractmethod
    async def repeat(self) -> None:
        """The platform delivers the last event (words or a pressed button) once more."""

    @abstractmethod
    async def press(self, post: Post, kind: str, person: str = "ana") -> None:
        """A person presses the post's button of that kind, such as 'again' or 'cancel'."""

    @abstractmethod
    async def posts(self) -> list[Post]:
        """What people see of Limner now, oldest first; what only one person sees is there too."""

    @abstractmethod
    def down(self) -> AbstractAsyncContextManager[None]:
        """Inside, the platform takes nothing, and `deliver` gives up with a DeliveryError within `patience_s`."""


class Play:
    """One test: a stage, and the chain that is opened on it, again and again in the same folder."""

    app: App

    def __init__(self, stage: Stage, home: Path, engine: PaperEngine, patience_s: float) -> None:
        self.stage, self.engine = stage, engine
        self._home, self._patience_s = home, patience_s

    @asynccontextmanager
    async def open(self, adapter: Adapter | None = None) -> AsyncIterator[None]:
        """The chain, in a process of its own as far as adapters can tell."""
        adapter = adapter or self.stage.adapter()
        settings = Settings.model_validate({"home": self._home, "engine": "paper"})
        async with open_app(settings, {adapter.name: adapter}, engine=self.engine) as self.app, working(self.app):
            yield

    async def jobs(self) -> list[Job]:
        """All that were ever taken, in order."""
        async with self.app.store.read() as connection:
            rows = await connection.execute(sa.select(jobs).order_by(jobs.c.seq))
            return [Job.of(row) for row in rows.mappings()]

    async def jobs_when(self, what: str, true: Callable[[list[Job]], bool]) -> list[Job]:
        """Wait for something to be true of all jobs."""
        return await self._when(what, self.jobs, true)

    async def posts_when(self, what: str, true: Callable[[list[Post]], bool]) -> list[Post]:
        """Wait for something to be true of all posts."""
        return await self._when(what, self.stage.posts, true)

    async def over(self, count: int) -> list[Job]:
        """Wait until that many jobs are over; there are no others."""
        found = await self.jobs_when(
            f"the end of job {count}",
            lambda jobs: len(jobs) >= count and all(job.state in FINAL for job in jobs),
        )
        assert len(found) == count, f"{len(found)} jobs and not {count}: {found}"
        return found

    async def answers(self, count: int) -> list[Post]:
        """The posts with a picture, of which there are that many, once no post waits for anything."""
        posts = await self.settled()
        found = [post for post in posts if post.pictures]
        assert len(found) == count, f"{len(found)} posts with pictures and not {count}: {posts}"
        return found

    async def told(self, count: int) -> list[Post]:
        """Wait until there are that many posts, of whatever kind."""
        return await self.posts_when(f"post {count}", lambda posts: len(posts) >= count)

    async def settled(self) -> list[Post]:
        """Wait until no post says that more is to come."""
        return await self.posts_when("the end of what is under way", lambda posts: all(post.final for post in posts))

    async def answer(self) -> Post:
        """Ask for the first picture, and wait for it."""
        await self.stage.say("a red car")
        await self.over(1)
        [answer] = await self.answers(1)
        return answer

    async def amid_painting(self) -> None:
        """Ask for the first picture, and stop amid painting it."""
        self.engine.going.clear()
        await self.stage.say("a red car")
        await self.jobs_when("painting", lambda jobs: any(job.state is State.PAINTING for job in jobs))

    async def under_way(self) -> Post:
        """The only post, once it shows that more is to come."""
        posts = await self.posts_when("a post that shows progress", lambda posts: not all(one.final for one in posts))
        assert [post.pictures for post in posts] == [()], f"there is not one post without a picture: {posts}"
        return posts[0]

    async def painted(self, job: Job) -> tuple[str, ...]:
        """The sha256 of a job's pictures, as the gallery has them."""
        return tuple(picture.sha256 for picture in await self.app.gallery.of_job(job.id))

    async def _when(self, what: str, look: Callable[[], Awaitable[Seen]], true: Callable[[Seen], bool]) -> Seen:
        """Look until it is true, as a platform tells nobody. Raises AssertionError where it never is."""
        try:
            async with asyncio.timeout(self._patience_s):
                while True:
                    if true(seen := await look()):
                        return seen
                    await asyncio.sleep(LOOK_EVERY_S)
        except TimeoutError:
            raise AssertionError(f"{what} never came within {self._patience_s:g} s; there is {await look()}") from None


class Cut:
    """An adapter in a process that dies once the platform has taken the reply: `deliver` posts and never returns."""

    def __init__(self, whole: Adapter) -> None:
        self.name, self.run, self.progress, self.find = whole.name, whole.run, whole.progress, whole.find
        self.posted = asyncio.Event()
        self._whole = whole

    async def deliver(self, reply: Reply) -> str:
        """Post it, and hang."""
        posted_as = await self._whole.deliver(reply)
        self.posted.set()
        await asyncio.Event().wait()
        return posted_as
