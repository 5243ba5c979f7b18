"""The adapter of all desks: takes their webhooks, answers through their APIs, and looks for what it missed."""

import asyncio
import hashlib
from abc import abstractmethod
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace

from adapters.desk.api import DeskApi, DeskHook, Post, Refused, Showed
from adapters.desk.intake import Brought, HookSettings, serve
from adapters.desk.posting import Poster
from bot import DeliveryError, Limner, Progress, Reply, log
from bot.desk.events import CustomerSaid, DeskEvent, PersonSaid, Ruled
from bot.errors import LimnerError, RequestError
from bot.throttle import Throttle

TYPING_EVERY_S = 20.0
LISTENING_S = 60.0
REMEMBERED = 4_096
# What reading JSON that is made otherwise than documented ends with.
_ODD = (AttributeError, LookupError, TypeError, ValueError)

logger = log.get("desk")


class DeskAdapter:
    """One desk; a subclass has its name, its settings, and `connect`.

    Attributes:
        address: Where webhooks are listened for; empty while they are not.
    """

    name: str
    is_desk = True

    def __init__(self, settings: HookSettings) -> None:
        self._hook_settings = settings
        self._throttle = Throttle(TYPING_EVERY_S)
        self._told: OrderedDict[bytes, None] = OrderedDict()
        self._online, self._missed = asyncio.Event(), asyncio.Event()
        self._poster: Poster
        self.address = ""

    @abstractmethod
    def connect(self, limner: Limner) -> tuple[DeskApi, DeskHook]:
        """The desk's API and its webhooks."""

    async def run(self, limner: Limner) -> None:
        """Listen until cancelled. Raises SettingsError where nothing can listen there."""
        self._limner = limner
        self._api, self._hook = self.connect(limner)
        self._brought = Brought(limner, self._hook_settings)
        self._poster = Poster(limner, self.name, self._api, limner.desk.settings.url)
        self._throttle.open(self._type)
        try:
            async with asyncio.TaskGroup() as self._group:
                self._group.create_task(self._sweep())
                await serve(self._take, self._hook_settings, f"adapters.{self.name}", self._listens)
        finally:
            self.address = ""
            self._online.clear()
            await self._throttle.close()
            await self._api.close()

    async def progress(self, progress: Progress) -> None:
        """Show that an answer is being made, where it will come without a person's approval."""
        self._throttle.put(progress)

    async def present(self, reply: Reply) -> str:
        """Show colleagues what waits for them; its id. Raises DeliveryError."""
        with self._understood():
            return await (await self._ready()).present(reply)

    async def deliver(self, reply: Reply) -> str:
        """Tell the customer what was decided, once; its id.

        Raises:
            Silenced: A person has the conversation.
            OutcomeUnknown: It may have come through, and the desk can't be asked.
            DeliveryError: The desk is not to be had, or does not take it.
        """
        self._throttle.forget(reply.job_id)
        try:
            with self._understood():
                return await (await self._ready()).deliver(reply)
        except DeliveryError as error:
            if not error.lasting:
                self._missed.set()  # a desk that was away may have told events to nobody
            raise

    async def find(self, reply: Reply) -> str | None:
        """What the customer was told by an earlier try. Raises OutcomeUnknown where nobody can look."""
        with self._understood():
            return await (await self._ready()).find(reply)

    @contextmanager
    def _understood(self) -> Iterator[None]:
        """What a desk answers may be another thing than it is documented to be."""
        try:
            yield
        except _ODD as error:
            why = f"{type(error).__name__}: {error}"[:200]
            raise DeliveryError(f"{self.name} answered what can't be understood ({why})") from error

    async def _ready(self) -> Poster:
        with suppress(TimeoutError):
            async with asyncio.timeout(LISTENING_S):
                await self._online.wait()
                return self._poster
        raise DeliveryError(f"{self.name} is not listened to yet")

    def _listens(self, address: str) -> None:
        self.address = address
        self._online.set()
        logger.info("%s: webhooks at %s", self.name, address)

    async def _take(self, headers: Mapping[str, str], body: bytes) -> None:
        """Keep what a webhook tells. Raises Refused, and LimnerError where it can't be kept."""
        try:
            events = await self._hook.events(headers, body)
        except _ODD as error:
            logger.warning("%s: a webhook can't be understood (%s: %s)", self.name, type(error).__name__, error)
            raise Refused("The webhook is made otherwise than this desk's are", "", 422) from error
        digest = hashlib.sha256(body).digest()
        if digest in self._told:  # told again, though it was taken; a customer's message is known by its own id
            events = [event for event in events if isinstance(event, CustomerSaid)]
        for event in events:
            await self._keep(event)
        self._remember(digest)

    async def _keep(self, event: DeskEvent) -> None:
        missing = ""
        if isinstance(event, Showed):
            event, missing = await self._with_pictures(event)
        is_known = isinstance(event, PersonSaid) and not event.person
        if is_known and await self._limner.desk.is_silent(self.name, event.conversation):
            return
        try:
            job_id = await self._limner.desk.took(self.name, event)
        except RequestError as error:
            logger.info("%s: %s", self.name, error)
            if isinstance(event, Ruled):
                self._group.create_task(self._explain(event, str(error)))
            return
        if isinstance(event, CustomerSaid):
            self._remember(event.event_id.encode())
            if missing:
                about = self.name, event.conversation, "picture missed"
                await self._limner.desk.record(*about, customer=event.customer, job_id=job_id, data={"why": missing})

    async def _with_pictures(self, said: Showed) -> tuple[CustomerSaid, str]:
        """A message with its pictures, and what is missing of them; none are fetched for one that was taken before."""
        if not said.urls or said.event_id.encode() in self._told:
            return said, ""
        attachments, missing = await self._brought.take(said)
        return replace(said, attachments=attachments, urls=()), missing

    def _remember(self, what: bytes) -> None:
        self._told[what] = None
        if len(self._told) > REMEMBERED:
            self._told.popitem(last=False)

    async def _explain(self, event: Ruled, words: str) -> None:
        """Tell a colleague why nothing came of a decision."""
        key = hashlib.sha256(f"{event}{words}".encode()).hexdigest()[:32]
        try:
            await self._api.note(event.conversation, Post(key, words))
        except DeliveryError as error:
            logger.warning("%s: a colleague could not be told: %s", self.name, error)

    async def _sweep(self) -> None:
        """Look for what no webhook told of: at the start, after the desk was away, and now and then."""
        every_s = self._hook_settings.sweep_s or None
        while True:
            self._missed.clear()
            try:
                with self._understood():
                    async for event in self._api.open_conversations():
                        await self._keep(event)
            except LimnerError as error:
                logger.warning("%s: open conversations could not be looked at: %s", self.name, error)
            with suppress(TimeoutError):
                async with asyncio.timeout(every_s):
                    await self._missed.wait()

    async def _type(self, progress: Progress) -> None:
        if self._limner.desk.settings.approval != "always":
            await self._api.typing(progress.message.channel)
