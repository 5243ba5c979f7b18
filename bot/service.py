"""Limner as an adapter sees it: one small surface over inbox, history and gallery."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.contracts import Allowance, Engine, Offers
from bot.desk.office import Office
from bot.errors import EngineError, RequestError, StoreError
from bot.exchange import Exchange
from bot.gallery import Gallery
from bot.history import History, shown
from bot.images import PictureOpener
from bot.inbox import Inbox
from bot.language import Language
from bot.learning import Learning
from bot.messages import Attachment, Message, Picture, Plan, Progress
from bot.metrics import Metrics
from bot.notebook import Notebook
from bot.policy import Policy
from bot.preferences import Learned, Preferences
from bot.preferring import Preferring
from bot.privacy import scrub
from bot.tasks import ModelCard
from bot.uploads import Uploads
from bot.watch import Watch
from bot.worker import Worker

if TYPE_CHECKING:  # it brings numpy along
    from bot.knowledge.library import Library

MAX_NAME_CHARACTERS = 200
HEALTH_TIMEOUT_S = 5.0


class Service:
    """Satisfies `bot.contracts.Limner`."""

    def __init__(
        self,
        inbox: Inbox,
        worker: Worker,
        gallery: Gallery,
        history: History,
        watch: Watch,
        engine: Engine,
        uploads: Uploads,
        metrics: Metrics,
        preferring: Preferring,
        learning: Learning,
        notebook: Notebook,
        policy: Policy,
        offers: Offers,
        office: Office,
        knowledge: "Library",
    ) -> None:
        self._uploads = uploads
        self._metrics = metrics
        self._preferring = preferring
        self._learning = learning
        self._inbox = inbox
        self._worker = worker
        self._gallery = gallery
        self._history = history
        self._watch = watch
        self._engine = engine
        self._notebook = notebook
        self._policy = policy
        self._offers = offers
        self.desk = office
        self.knowledge = knowledge
        self._opener = PictureOpener()

    async def accept(self, message: Message) -> str:
        """Keep the message for good and return its job id; the same (adapter, event id) gives the same job.

        Raises:
            RequestError: It is empty, too long, against a rule, or about a picture that somebody else asked for in
                another channel.
        """
        if message.reply_to and not await self._history.is_open(message.reply_to, message):
            raise RequestError("There is no such picture here", "Reply to one of this channel.")
        try:
            await self._policy.check(message)
        except RequestError:
            if known := await self._inbox.known(message):
                return known  # the platform says it twice, and the first time it was taken
            raise
        return await self._inbox.accept(message)

    async def cancel(self, job_id: str) -> bool:
        """Stop a job; False when it is over or its answer is on its way already."""
        return await self._worker.cancel(job_id)

    async def upload(self, data: bytes, name: str, owner: str = "") -> Attachment:
        """Keep a picture that somebody brings. Raises RequestError if it is none that can be taken."""
        picture = await self._opener.open(data)
        sha256 = await self._gallery.keep_source(picture.png)
        brought = Attachment(scrub(name[:MAX_NAME_CHARACTERS]).text, sha256, picture.width_px, picture.height_px)
        if owner:
            await self._uploads.note(owner, brought)
        return brought

    async def uploaded(self, owner: str, sha256: str) -> tuple[Attachment, bytes] | None:
        """A picture that `owner` brought, and its PNG; None where they brought no such picture."""
        brought = await self._uploads.find(owner, sha256)
        return (brought, await self._gallery.source(sha256)) if brought else None

    async def asked(self, picture_id: str) -> Message | None:
        """What was said when a picture was asked for; None where there is no picture of that whole id."""
        origin = await self._gallery.origin(picture_id)
        return origin[1] if origin else None

    async def picture(self, picture_id: str) -> Picture:
        """A picture by its whole id. Raises GalleryError where there is none, or not any more."""
        return await self._gallery.get(picture_id)

    async def plan(self, picture_id: str) -> Plan:
        """What a picture, painted or only proposed, is made from. Raises GalleryError where there is none."""
        return await self._gallery.plan_of(picture_id)

    async def delete(self, picture_id: str) -> None:
        """Take a picture away for good."""
        await self._gallery.delete(await self._gallery.get(picture_id), by_asker=True)
        await self._tell_watchers(picture_id)

    async def keep(self, picture_id: str, *, kept: bool = True) -> None:
        """Mark a picture as one to keep, or take the mark away. Raises GalleryError where there is none."""
        await self._gallery.mark(picture_id, kept=kept)
        await self._tell_watchers(picture_id)

    async def exported(self, picture_id: str) -> None:
        """Somebody took a copy of a picture: it counts as kept in what use teaches, without the mark."""
        await self._gallery.exported(picture_id)

    async def preferences(self, scope: str) -> Preferences:
        """What is set in one scope, and nothing from those around it. Raises RequestError for what is no scope."""
        return await self._preferring.get(scope)

    async def prefer(self, scope: str, preferences: Preferences) -> None:
        """Set a scope's preferences, all at once: an empty field clears what was set.

        Raises:
            RequestError: It is no scope, or a value is none that there is.
            EngineError: Whether there is such a model can't be found out.
        """
        await self._preferring.set(scope, preferences)

    async def learned(self, adapter: str, team: str = "", language: Language = "en") -> Learned:
        """What a team's use has taught, from how much of it and why; nothing where learning is off."""
        return await self._learning.of(adapter, team, language)

    async def forget(self, adapter: str, team: str = "") -> None:
        """Begin to learn from a team's use anew."""
        await self._learning.forget(adapter, team)

    async def allowance(self, adapter: str, user: str) -> Allowance:
        """How many pictures a person may still have."""
        return await self._policy.allowance(adapter, user)

    def offers(self) -> Offers:
        """What people may choose from."""
        return self._offers

    async def card(self) -> ModelCard:
        """What paints. Raises EngineError."""
        return await self._engine.describe(self._offers.models[0])

    async def note(self, job_id: str, posted_as: str) -> None:
        """Note the platform's id of what stands there for a job, for `posted` and `Reply.posted_as`."""
        await self._notebook.place(job_id, posted_as)

    async def posted(self, adapter: str, posted_as: str) -> Exchange | None:
        """The message that is answered at a place on the platform, and what has come of it."""
        job_id = await self._notebook.job_at(adapter, posted_as)
        return await self._history.exchange(job_id) if job_id else None

    async def remember(self, adapter: str, key: str, value: str) -> None:
        """Keep a small fact of the adapter's own; an empty value forgets it."""
        await self._notebook.remember(adapter, key, value)

    async def recall(self, adapter: str, key: str) -> str:
        """What was remembered under a key; empty where nothing was."""
        return await self._notebook.recall(adapter, key)

    async def publish(self, progress: Progress) -> None:
        """Show how far a job is to everybody who watches, in whatever process."""
        await self._history.publish(progress)

    async def exchange(self, job_id: str) -> Exchange | None:
        """One message and what has come of it."""
        return await self._history.exchange(job_id)

    async def history(self, conversation: str, *, before: str | None = None, limit: int = 30) -> list[Exchange]:
        """The last exchanges of a conversation (before that job), oldest first."""
        return await self._history.latest(conversation, before, limit)

    async def threads(self, adapter: str, channel: str) -> list[Exchange]:
        """The first exchange of each of a channel's conversations, those with the latest message first."""
        return await self._history.threads(adapter, channel)

    async def line(self) -> list[Exchange]:
        """What is not over yet, of all adapters, in the order in which it is served."""
        return [
            Exchange(job.id, job.message, job.created_at, shown(job, place))
            for place, job in enumerate(await self._inbox.line())
        ]

    async def latest(self, adapter: str, user: str, limit: int = 10) -> list[Exchange]:
        """What a person asked for last, wherever that was, with pictures to show for it; the newest first."""
        return await self._history.of_user(adapter, user, limit)

    async def source(self, sha256: str) -> bytes:
        """The PNG of a picture that was brought, or that stands in an article. Raises GalleryError."""
        return await self._gallery.source(sha256)

    async def health(self) -> list[str]:
        """What keeps this process from serving; empty when all is well."""
        problems = []
        try:
            async with asyncio.timeout(HEALTH_TIMEOUT_S):
                await self._inbox.count()
        except TimeoutError:
            problems.append("The database does not answer.")
        except StoreError as error:
            problems.append(str(error))
        try:
            async with asyncio.timeout(HEALTH_TIMEOUT_S):
                await self.card()
        except TimeoutError:
            problems.append("The painter does not answer.")
        except EngineError as error:
            problems.append(str(error))
        return [*problems, "Limner is stopping."] if self._worker.draining else problems

    async def metrics(self) -> bytes:
        """Counters in Prometheus' text format."""
        return self._metrics.text(await self._inbox.count())

    @asynccontextmanager
    async def changes(self, conversation: str) -> AsyncIterator[AsyncIterator[Exchange]]:
        """Exchanges of a conversation, each as often as something about it changes, from now on."""
        async with self._watch.watching(conversation) as watcher:
            yield self._told(watcher.jobs())

    async def _tell_watchers(self, picture_id: str) -> None:
        if origin := await self._gallery.origin(picture_id):
            self._watch.tell(origin[1].conversation, origin[0])

    async def _told(self, job_ids: AsyncIterator[str]) -> AsyncIterator[Exchange]:
        async for job_id in job_ids:
            if exchange := await self._history.exchange(job_id):
                yield exchange
