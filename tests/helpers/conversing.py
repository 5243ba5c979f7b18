"""Two ways to hold a conversation: with the director and the tools alone, and through the whole chain."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from langchain_core.messages import HumanMessage

from bot import Message, ModelCard, RequestError, ToolContext
from bot.actions import pressed
from bot.app import App, open_app, working
from bot.bookkeeper import Tool
from bot.contracts import Earlier
from bot.director.model import Director
from bot.jobs import FINAL
from bot.language import language_of
from bot.lineage import lineage_of
from bot.opening import opening
from bot.settings import Settings
from bot.standing import told
from bot.testing import CARD, PaperEngine, PaperPlatform
from tests.craft.conversations import Played, Turn
from tests.support import message, until
from tools.imagine import Imagine
from tools.repaint import Repaint

PLACE = {"adapter": "paper", "user": "ana", "channel": "studio"}


def said(turn: Turn, reply_to: str | None) -> Message:
    """The message of a turn."""
    if "press" in turn:
        return pressed(f"{turn['press']}:{reply_to}", **PLACE, event_id=message().event_id)
    return message(turn["say"], reply_to=reply_to)


class Alone:
    """Director and tools without a database: what they plan counts as painted at once."""

    def __init__(self, card: ModelCard = CARD) -> None:
        self._card = card
        self._tools: dict[str, Tool] = {"imagine": Imagine(), "repaint": Repaint()}
        self._director = Director().bind_tools([{"name": name} for name in self._tools])
        self._pictures: list[Earlier] = []
        self._turns = 0

    async def ask(self, turn: Turn, reply_to: str | None) -> Played:
        """One turn."""
        self._turns += 1
        context = self._context(said(turn, reply_to))
        language = language_of(context.message.text)
        rules = told("You draw.", lineage_of(context, language))
        answer = opening(context.message) or self._director.invoke([rules, HumanMessage(context.message.text)])
        if not answer.tool_calls:
            return Played(answer.text)
        (call,) = answer.tool_calls
        tool = self._tools[call["name"]]
        try:
            result = await tool.run(tool.arguments.model_validate(call["args"]), context)
        except RequestError as error:
            return Played(str(error))
        new = [
            Earlier(f"{self._turns:04x}{number:04x}", f"job{self._turns}", plan, self._content(plan))
            for number, plan in enumerate(result.plans)
        ]
        self._pictures += new
        return Played(result.text, new)

    def _context(self, asked: Message) -> ToolContext:
        shown = [one for one in self._pictures if not one.plan.held]
        known = {one.id: one for one in self._pictures}
        here = known[asked.reply_to] if asked.reply_to else (self._pictures[-1] if self._pictures else None)
        context = ToolContext("job/call", asked, PaperEngine(), self._card, earlier=tuple(shown))
        if here is None:
            return context
        return replace(context, previous=here.plan, previous_id=here.id, previous_sha256=here.sha256)

    def _content(self, plan: Any) -> str:
        known = {one.id: one.sha256 for one in self._pictures}
        if plan.same_as:
            return known[plan.same_as] or ""
        return sha256(repr((plan.prompt, plan.seed, plan.source, plan.strength, plan.width_px)).encode()).hexdigest()


@asynccontextmanager
async def chain(folder: Path, *, llm: Any = None, **more: Any) -> AsyncIterator["Chain"]:
    """The whole chain with the built-in director, or another chat model, on a database in a folder."""
    platform = PaperPlatform(folder / "platform")
    settings = Settings.model_validate({"home": folder / "home", "engine": "paper"} | more)
    async with open_app(settings, {"paper": platform}, llm=llm) as app, working(app):
        yield Chain(app, platform)


class Chain:
    """A conversation through service, assistant, director or LLM, tools, engine, gallery and SQLite."""

    def __init__(self, app: App, platform: PaperPlatform) -> None:
        self.app, self.platform = app, platform

    async def ask(self, turn: Turn, reply_to: str | None) -> Played:
        """One turn."""
        return await self.tell(said(turn, reply_to))

    async def tell(self, asked: Message) -> Played:
        """A message, until its answer is posted."""
        job_id = await self.app.service.accept(asked)

        async def over() -> bool:
            job = await self.app.inbox.get(job_id)
            return job is not None and job.state in FINAL

        await until(over)
        job = await self.app.inbox.get(job_id)
        assert job is not None
        shown = [Earlier(one.id, job_id, one.plan, one.sha256) for one in await self.app.gallery.of_job(job_id)]
        held = [Earlier(one.id, job_id, one.plan, None) for one in await self.app.gallery.proposals(job_id)]
        return Played(job.text, [*shown, *held])
