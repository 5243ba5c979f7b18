"""What several tests need: messages, a small tool, and the chain put together by hand around an LLM's script."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage
from pydantic import BaseModel, Field

from bot import Message, Outcome, Plan, RequestError, ToolContext, ToolResult
from bot.assistant import Assistant
from bot.brief import Brief
from bot.commission import Means
from bot.desk.drafts import Drafts
from bot.gallery import Gallery
from bot.inbox import Inbox
from bot.jobs import Job, State
from bot.learning import Learning
from bot.llm import Chain
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.policy import Policy
from bot.policy_settings import PolicySettings
from bot.preferences import Preferences
from bot.preferring import Preferring
from bot.rules import Rules
from bot.store import Store, open_store
from bot.style import Library
from bot.testing import PaperEngine, PaperPlatform, ScriptedModel
from bot.worker import Worker

PATIENCE_S = 120.0
PLAN = Plan("a red car", Brief("a red car"), "a red car", "", "paper", "unknown", 64, 64, 4, 1.0, 7)


def message(text: str = "a red car", *, user: str = "ana", channel: str = "studio", **more: Any) -> Message:
    """A message with an event id of its own."""
    return Message(
        **{"adapter": "paper", "event_id": uuid4().hex, "user": user, "channel": channel, "text": text} | more
    )


def database(folder: Path) -> str:
    """The database of a test's folder: an SQLite file, or what the fixture `database_url` wrote down there."""
    named = database_note(folder)
    return named.read_text() if named.exists() else f"sqlite+aiosqlite:///{folder / 'limner.db'}"


def database_note(folder: Path) -> Path:
    """Where it is written down which database a test's folder has, if it is no SQLite file inside."""
    return folder.with_name(f"{folder.name}.database")


async def until(true: Callable[[], Awaitable[bool] | bool]) -> None:
    """Wait until something has come true, looking at it now and then as another process would."""
    async with asyncio.timeout(PATIENCE_S):
        while not (now if isinstance(now := true(), bool) else await now):
            await asyncio.sleep(0.01)


class DrawArguments(BaseModel):
    what: str
    count: int = Field(1, ge=1, le=4)
    ends: bool = True


class Draw:
    """A tool that plans pictures of one thing, and none of an elephant."""

    name = "draw"
    description = "Plan a picture."
    arguments = DrawArguments

    def __init__(self) -> None:
        self.ran: list[str] = []

    async def run(self, arguments: DrawArguments, context: ToolContext) -> ToolResult:
        self.ran.append(context.call_key)
        if arguments.what == "elephant":
            raise RequestError("Elephants are too big", "Ask for a mouse.")
        plan = replace(PLAN, request=context.message.text, prompt=arguments.what, parent=context.previous_id)
        plans = tuple(replace(plan, seed=number) for number in range(arguments.count))
        return ToolResult(f"Planned: {arguments.what}", plans, arguments.ends)


@dataclass
class Rig:
    """One process's chain, with every part at hand."""

    store: Store
    inbox: Inbox
    gallery: Gallery
    engine: Any
    llm: Any
    tool: Draw
    assistant: Assistant
    outbox: Outbox
    worker: Worker
    platform: PaperPlatform
    metrics: Metrics

    async def taken(self, said: Message, *, paintings: int = 1) -> Job:
        """Accept a message and lease its job."""
        job_id = await self.inbox.accept(said)
        job = await self.inbox.take(turns=8, paintings=paintings)
        assert job is not None
        assert job.id == job_id
        return job

    async def job(self, job_id: str) -> Job:
        found = await self.inbox.get(job_id)
        assert found is not None
        return found

    async def over(self, *job_ids: str) -> list[Job]:
        """Wait until these jobs are over."""

        async def all_over() -> bool:
            return all([(await self.job(job_id)).state in ENDS for job_id in job_ids])

        await until(all_over)
        return [await self.job(job_id) for job_id in job_ids]

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.worker.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])


ENDS = frozenset({State.POSTED, State.FAILED, State.CANCELLED})
DONE = (State.POSTED, Outcome.DONE)


@asynccontextmanager
async def rig(
    folder: Path,
    script: Sequence[Any] = ("hello",),
    *,
    engine: Any = None,
    platform: PaperPlatform | None = None,
    lease_s: float = 5.0,
    call_limit: int = 6,
    memory_tokens: int = 3000,
    turns_at_once: int = 8,
    llm: Any = None,
    policy: PolicySettings = PolicySettings.model_validate({}),  # noqa: B008 - frozen
    inbox_kind: type[Inbox] = Inbox,
    means: Means | None = None,
) -> AsyncIterator[Rig]:
    """The chain on a database in `folder`; two rigs on one folder are two processes."""
    async with open_store(database(folder)) as store:
        platform = platform or PaperPlatform(folder / "platform")
        adapters = {platform.name: platform}
        engine = engine or PaperEngine()
        llm = llm or ScriptedModel(script=[AIMessage(said) if isinstance(said, str) else said for said in script])
        gallery = Gallery(store, folder / "gallery")
        inbox = inbox_kind(store, adapters, lease_s)
        metrics = Metrics()
        outbox = Outbox(inbox, gallery, adapters, metrics, Drafts(store), Rules(policy.rules))
        tool, library = Draw(), Library({}, {})
        assistant = Assistant(
            store,
            inbox,
            gallery,
            engine,
            Chain.only(llm) if isinstance(llm, BaseChatModel) else llm,
            [tool],
            Preferring(store, library, engine.describe, Learning(store, library), Preferences(rewriting="on")),
            Policy(store, policy),
            model="paper",
            call_limit=call_limit,
            memory_tokens=memory_tokens,
        )
        worker = Worker(
            inbox,
            assistant,
            engine,
            gallery,
            outbox,
            adapters,
            metrics,
            model="paper",
            turns_at_once=turns_at_once,
            lease_s=lease_s,
            means=means,
        )
        await inbox.beat()
        yield Rig(store, inbox, gallery, engine, llm, tool, assistant, outbox, worker, platform, metrics)
