"""The whole chain, put together in one visible place, opened and closed as one."""

import asyncio
import importlib
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot import plugins
from bot.commission import Means
from bot.contracts import Adapter, Engine, Offers, Tool
from bot.desk.drafts import Drafts
from bot.errors import LimnerError
from bot.gallery import Gallery
from bot.history import History
from bot.inbox import Inbox
from bot.learning import Learning
from bot.metrics import Metrics
from bot.notebook import Notebook
from bot.outbox import Outbox
from bot.policy import Policy
from bot.preferring import Preferring
from bot.service import Service
from bot.settings import PluginTables, Settings
from bot.store import Store, open_store
from bot.style import Library, load_library
from bot.uploads import Uploads
from bot.watch import Watch
from bot.worker import Worker

if TYPE_CHECKING:  # it brings LangChain along
    from bot.assistant import Assistant

BUILT_IN_TOOLS = ("imagine", "repaint")


@dataclass(frozen=True, slots=True)
class App:
    """Everything that lives as long as the application."""

    settings: Settings
    store: Store
    gallery: Gallery
    engine: Engine
    inbox: Inbox
    assistant: "Assistant"
    worker: Worker
    watch: Watch
    service: Service
    adapters: Mapping[str, Adapter]


@asynccontextmanager
async def open_app(
    settings: Settings, adapters: Mapping[str, Adapter], *, llm: Any = None, engine: Engine | None = None
) -> AsyncIterator[App]:
    """Put the chain together: adapters -> inbox -> assistant -> tools -> engine -> gallery -> outbox -> adapters.

    Args:
        settings: What to open it with.
        adapters: What this process runs, by name.
        llm: A LangChain chat model, or a chain of them that is open already, instead of those that settings name.
        engine: An engine, open already, instead of the one that settings name.

    Raises:
        LimnerError: Settings, a plugin, the database or the home folder are not as they should be.
    """
    async with AsyncExitStack() as stack:
        # LangChain takes a second to import and the painter more to start: both go on beside the rest.
        brain = asyncio.create_task(asyncio.to_thread(_import_brain))
        library = load_library(settings.style_folders, settings.pack)
        store = await stack.enter_async_context(open_store(settings.database_url))
        painter = engine if engine is not None else await stack.enter_async_context(open_engine(settings))
        gallery = Gallery(store, settings.home / "gallery", learning=settings.learning)
        inbox = Inbox(store, adapters, settings.lease_s, scrub=settings.privacy)
        metrics = Metrics()
        policy = Policy(store, settings.policy)
        outbox = Outbox(inbox, gallery, adapters, metrics, Drafts(store), policy.rules)
        learning = Learning(store, library, on=settings.learning)
        preferring = Preferring(store, library, painter.describe, learning, settings.preferences)
        assistant_module, llm_module, desk_module = await brain
        readers = await stack.enter_async_context(llm_module.open_llm(settings, llm))
        eyes = await stack.enter_async_context(llm_module.open_vision(settings))
        tools = _tools(settings, library=library, loras=settings.loras, pictures=gallery.source, eyes=eyes)
        limits = {"call_limit": settings.llm_call_limit, "memory_tokens": settings.memory_tokens}
        assistant = assistant_module.Assistant(
            store, inbox, gallery, painter, readers, tools, preferring, policy, model=settings.model, **limits
        )
        kept_in = store, inbox, gallery, outbox
        desk = desk_module.open_desk(settings, adapters, *kept_in, policy, readers, painter, tools)
        parts = inbox, assistant, painter, gallery, outbox, adapters, metrics
        means = Means(settings.judge_weight, settings.choosing_s, eyes)
        pace: Any = {"turns_at_once": settings.turns_at_once, "lease_s": settings.lease_s}
        worker = Worker(*parts, model=settings.model, means=means, desk=desk.steps, **pace)
        watch = Watch(store)
        history = History(store, gallery, outbox)
        offers = _offers(settings, library, tools)
        further = Uploads(store), metrics, preferring, learning, Notebook(store), policy, offers
        service = Service(inbox, worker, gallery, history, watch, painter, *further, desk.office, desk.knowledge)
        yield App(settings, store, gallery, painter, inbox, assistant, worker, watch, service, adapters)


@asynccontextmanager
async def working(app: App) -> AsyncIterator[None]:
    """Run the worker and all adapters beside the block, and stop them when it ends.

    Raises:
        LimnerError: What stopped the worker or an adapter, as itself rather than inside a group.
    """
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one) for one in (app.worker.run(), app.watch.run(), app.service.desk.keep())]
            tasks += [group.create_task(adapter.run(app.service)) for adapter in app.adapters.values()]
            yield
            for task in tasks:
                task.cancel()
    except BaseExceptionGroup as several:
        raise _first(several) from None


def _tools(settings: Settings, **given: Any) -> list[Tool]:
    """The tools that are on, each handed what it has parameters for."""
    tables: PluginTables = {name: {} for name in BUILT_IN_TOOLS} | settings.tools
    return [plugins.make("tools", name, table, **given) for name, table in tables.items()]


def _offers(settings: Settings, library: Library, tools: list[Tool]) -> Offers:
    """What people may choose from."""
    models = dict.fromkeys([settings.model, *settings.models])
    return Offers(library, tuple(models), tuple(settings.loras), frozenset(tool.name for tool in tools))


def open_engine(settings: Settings) -> Any:
    """The engine that settings name, to be entered as an async context manager."""
    options = settings.engines.get(settings.engine, {})
    given = {"home": settings.home, "model": settings.model, "models": settings.models}
    return plugins.make("engines", settings.engine, options, **given)


def _import_brain() -> tuple[Any, ...]:
    return tuple(importlib.import_module(name) for name in ("bot.assistant", "bot.llm", "bot.desk.assembling"))


def _first(several: BaseExceptionGroup[BaseException]) -> BaseException:
    """What went wrong first, preferring what has a remedy."""
    first = (several.subgroup(LimnerError) or several).exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
