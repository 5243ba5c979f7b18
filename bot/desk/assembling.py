"""Puts the desk together: the office, the knowledge, the answering agent, and the steps of desks' jobs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.contracts import Adapter, Engine, Tool, ToolContext
from bot.desk.answering import Answerer
from bot.desk.drafts import Drafts
from bot.desk.office import Office
from bot.desk.pictures import DraftPictures
from bot.desk.steps import DeskSteps
from bot.gallery import Gallery
from bot.inbox import Inbox
from bot.knowledge.library import Library, open_library
from bot.llm.chain import Chain
from bot.messages import Message
from bot.outbox import Outbox
from bot.policy import Policy
from bot.settings import Settings
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Desk:
    """What lives as long as the application; `steps` are None where no adapter is a support desk."""

    office: Office
    knowledge: Library
    steps: DeskSteps | None


def open_desk(
    settings: Settings,
    adapters: Mapping[str, Adapter],
    store: Store,
    inbox: Inbox,
    gallery: Gallery,
    outbox: Outbox,
    policy: Policy,
    llm: Chain,
    engine: Engine,
    tools: Sequence[Tool],
) -> Desk:
    """The desk of this process's adapters."""

    async def context(message: Message) -> ToolContext:
        return ToolContext("", message, engine, await engine.describe(settings.model))

    drafts, pictures = Drafts(store), DraftPictures(store, gallery)
    office = Office(store, inbox, drafts, pictures, settings.desk)
    knowledge = open_library(store, gallery, settings)
    desks: dict[str, Any] = {name: one for name, one in adapters.items() if getattr(one, "is_desk", False)}
    if not desks:
        return Desk(office, knowledge, None)
    imagine = next((tool for tool in tools if tool.name == "imagine"), None)
    answerer = Answerer(knowledge, llm, imagine, context, settings.desk)
    steps = DeskSteps(store, inbox, gallery, outbox, policy, office, drafts, pictures, answerer, desks)
    return Desk(office, knowledge, steps)
