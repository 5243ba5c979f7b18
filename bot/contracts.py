"""The whole surface for extensions: three small protocols, and what they are handed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from bot.exchange import Exchange
from bot.language import Language
from bot.messages import Attachment, Message, Picture, Plan, Progress, Reply
from bot.preferences import UNSET, Learned, Preferences
from bot.tasks import JudgeTask, ModelCard, Painted, PaintEvent, PaintTask, Preview, Verdict

if TYPE_CHECKING:  # pydantic costs 0.1 s, and `limner --help` reads this module
    from pydantic import BaseModel

    from bot.desk.office import Office
    from bot.knowledge.library import Library
    from bot.style import Library as Styles


@dataclass(frozen=True, slots=True)
class Offers:
    """What people may choose from, by name.

    Attributes:
        models: The one that paints where nobody names another, then those of the settings' tables.
        tools: What the assistant can do; a button or a command of a tool that is off is not shown.
    """

    library: Styles
    models: tuple[str, ...]
    loras: tuple[str, ...]
    tools: frozenset[str]


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many pictures a person may still have.

    Attributes:
        limit: Pictures within any 24 hours; 0 where there is no limit.
        used: Of those.
        next_s: Seconds until one more is free, where all are used.
    """

    limit: int = 0
    used: int = 0
    next_s: float = 0.0

    @property
    def left(self) -> int | None:
        """Pictures that are left; None where there is no limit."""
        return max(self.limit - self.used, 0) if self.limit else None


class Limner(Protocol):
    """Limner as an adapter sees it."""

    async def accept(self, message: Message) -> str:
        """Keep the message for good and return its job id; the same (adapter, event id) gives the same job.

        Raises:
            RequestError: The message can't be taken as it is (empty, too long, about a picture that somebody else
                asked for in another channel).
        """

    async def cancel(self, job_id: str) -> bool:
        """Stop a job; False when it is over or its answer is on its way already."""

    async def upload(self, data: bytes, name: str, owner: str = "") -> Attachment:
        """Keep a picture that somebody brings, to go into `Message.attachments`. Raises RequestError if it is none."""

    async def uploaded(self, owner: str, sha256: str) -> tuple[Attachment, bytes] | None:
        """A picture that `owner` brought, and its PNG; None where they brought no such picture."""

    async def asked(self, picture_id: str) -> Message | None:
        """What was said when a picture was asked for; None where there is no picture of that whole id."""

    async def picture(self, picture_id: str) -> Picture:
        """A picture by its whole id. Raises GalleryError where there is none, or not any more."""

    async def plan(self, picture_id: str) -> Plan:
        """What a picture, painted or only proposed, is made from. Raises GalleryError where there is none."""

    async def delete(self, picture_id: str) -> None:
        """Take a picture away for good."""

    async def keep(self, picture_id: str, *, kept: bool = True) -> None:
        """Mark a picture as one to keep, or take the mark away. Raises GalleryError where there is none."""

    async def exported(self, picture_id: str) -> None:
        """Somebody took a copy of a picture: it counts as kept in what use teaches, without the mark."""

    async def preferences(self, scope: str) -> Preferences:
        """What is set in one scope (bot/preferences.py says which there are), and nothing from those around it."""

    async def prefer(self, scope: str, preferences: Preferences) -> None:
        """Set a scope's preferences, all at once: an empty field clears what was set.

        Raises:
            RequestError: It is no scope, or a value is none that there is.
            EngineError: Whether there is such a model can't be found out.
        """

    async def learned(self, adapter: str, team: str = "", language: Language = "en") -> Learned:
        """What a team's use has taught, from how much of it and why; nothing where learning is off."""

    async def forget(self, adapter: str, team: str = "") -> None:
        """Begin to learn from a team's use anew."""

    async def allowance(self, adapter: str, user: str) -> Allowance:
        """How many pictures a person may still have."""

    def offers(self) -> Offers:
        """What people may choose from."""

    async def card(self) -> ModelCard:
        """What paints. Raises EngineError."""

    async def note(self, job_id: str, posted_as: str) -> None:
        """Note the platform's id of what stands there for a job, for `posted` and `Reply.posted_as`."""

    async def posted(self, adapter: str, posted_as: str) -> Exchange | None:
        """The message that is answered at a place on the platform, and what has come of it."""

    async def remember(self, adapter: str, key: str, value: str) -> None:
        """Keep a small fact of the adapter's own; an empty value forgets it."""

    async def recall(self, adapter: str, key: str) -> str:
        """What was remembered under a key; empty where nothing was."""

    async def publish(self, progress: Progress) -> None:
        """Show how far a job is to everybody who watches, in whatever process."""

    async def exchange(self, job_id: str) -> Exchange | None:
        """One message and what has come of it."""

    async def history(self, conversation: str, *, before: str | None = None, limit: int = 30) -> list[Exchange]:
        """The last exchanges of a conversation (before that job), oldest first."""

    async def threads(self, adapter: str, channel: str) -> list[Exchange]:
        """The first exchange of each of a channel's conversations, those with the latest message first."""

    async def line(self) -> list[Exchange]:
        """What is not over yet, of all adapters, in the order in which it is served."""

    async def latest(self, adapter: str, user: str, limit: int = 10) -> list[Exchange]:
        """What a person asked for last, wherever that was, with pictures to show for it; the newest first."""

    async def health(self) -> list[str]:
        """What keeps this process from serving; empty when all is well."""

    async def metrics(self) -> bytes:
        """Counters in Prometheus' text format."""

    @property
    def desk(self) -> Office:
        """What support desks, and the pages for colleagues, speak to."""

    @property
    def knowledge(self) -> Library:
        """What the team knows."""

    async def source(self, sha256: str) -> bytes:
        """The PNG of a picture that was brought, or that stands in an article. Raises GalleryError."""

    def changes(self, conversation: str) -> AbstractAsyncContextManager[AsyncIterator[Exchange]]:
        """Exchanges of a conversation, each as often as something about it changes, from now on."""


class Adapter(Protocol):
    """One kind of place where people meet Limner: a chat platform, a terminal, a web page."""

    name: str

    async def run(self, limner: Limner) -> None:
        """Listen until cancelled, handing every message to `limner.accept`."""

    async def progress(self, progress: Progress) -> None:
        """Show how far a job is; called often, may show only some of it."""

    async def deliver(self, reply: Reply) -> str:
        """Post the reply once and return the platform's id of what was posted.

        Raises:
            DeliveryError: The platform did not take it.
        """

    async def find(self, reply: Reply) -> str | None:
        """Look whether `reply.key` was posted by an attempt that was cut off; its id, or None."""


class DeskAdapter(Adapter, Protocol):
    """A support desk: its customers are answered from the knowledge, and a person may look first."""

    is_desk: bool

    async def present(self, reply: Reply) -> str:
        """Show colleagues what waits for them, where customers do not see it; its id, or nothing where it can't be.

        Raises:
            DeliveryError: The desk did not take it.
        """


@dataclass(frozen=True, slots=True)
class Earlier:
    """A picture that the asker got in this conversation.

    Attributes:
        job_id: Pictures of one request share it.
        sha256: Its content; None while it is not painted, or since it was deleted.
    """

    id: str
    job_id: str
    plan: Plan
    sha256: str | None


@dataclass(frozen=True, slots=True)
class ToolContext:
    """What a tool may know about the call it serves.

    Attributes:
        call_key: '(job id)/(call id)': the same for a repeated call, so that an effect can be made once only.
        card: The model that pictures are painted with.
        previous, previous_id: The plan that a follow-up refers to and its picture's id, if there is one.
        previous_sha256: That picture's content; None while it is not painted, or since it was deleted.
        earlier: The asker's pictures in this conversation, oldest first, the last fifty at most.
        preferences: What the asker, the channel, the team and its learning want where the message says nothing.
    """

    call_key: str
    message: Message
    engine: Engine
    card: ModelCard
    previous: Plan | None = None
    previous_id: str | None = None
    previous_sha256: str | None = None
    earlier: tuple[Earlier, ...] = ()
    preferences: Preferences = UNSET


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a tool gives back: words for the LLM, and references for the code; never bytes.

    Attributes:
        text: For the LLM (and in its memory).
        plans: Pictures to be painted once the turn is over.
        ends_turn: The LLM is not asked again.
    """

    text: str
    plans: tuple[Plan, ...] = ()
    ends_turn: bool = False


class Tool(Protocol):
    """Something that the assistant can do; the LLM reads `name`, `description` and the fields of `arguments`."""

    name: str
    description: str
    arguments: type[BaseModel]

    async def run(self, arguments: Any, context: ToolContext) -> ToolResult:
        """Do it; `arguments` is a checked instance of `self.arguments`.

        Raises:
            RequestError: It can't be done as asked; the LLM reads the one line and may try again.
        """


class Engine(Protocol):
    """What paints; opened and closed as an async context manager by the app."""

    async def describe(self, model: str) -> ModelCard:
        """What the bot must know of a model. Raises ModelUnavailable where there is none of that name."""

    def paint(self, task: PaintTask) -> AsyncIterator[PaintEvent]:
        """Paint one picture; the last event is `Painted`. Raises EngineError and its kin."""

    async def fetch(self, painted: Painted | Preview) -> bytes:
        """The PNG of a painted picture, or a preview's few bytes. Raises EngineLost where it is gone."""

    async def cancel(self, task_id: str) -> None:
        """Stop a task within one step; does nothing for one that is unknown or over."""

    async def tokens(self, model: str, texts: tuple[str, ...]) -> tuple[int, ...]:
        """Tokens that each text takes of `ModelCard.token_limit`, counted by the model's own tokenizer."""

    async def judge(self, task: JudgeTask) -> Verdict:
        """How well a picture shows what it should, and how well it is made. Raises EngineError without a judge."""
