"""What comes of a request in each arm: the offline director's plan, an LLM's, and the asker's words unchanged."""

import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from benchmarks.craft_prompt import Shown
from bot import Message, Outcome, Picture, Plan, RequestError, ToolContext
from bot.app import App, open_app, working
from bot.brief import Brief
from bot.brief_arguments import ImagineArguments
from bot.checker import check
from bot.dialects import render
from bot.director.understand import understand
from bot.jobs import FINAL, Job
from bot.llm import Chain, open_llm
from bot.preferences import Preferences
from bot.settings import Settings
from bot.tasks import ModelCard
from bot.testing import PaperEngine, PaperPlatform
from tests.craft.truth import Record
from tests.support import until
from tools.engine.families import FAMILIES, card_for, folder_of
from tools.imagine import Imagine

CARDS = ("sd15", "sdxl", "flux1", "sd3", "zimage", "qwenimage", "sketch")
OWN_WORDS = ("your own words", "你的原话")


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one request.

    Attributes:
        plan: None for a text reply or a refusal.
        refused: The refusal's line.
        spent_ms: By step: 'director', 'render', 'check', and 'all' from words to plan.
    """

    plan: Plan | None
    pictures: int = 0
    refused: str = ""
    spent_ms: dict[str, float] = field(default_factory=dict)

    @property
    def own_words(self) -> bool:
        """Whether the checker gave up on the prompt and took the asker's words."""
        return self.plan is not None and any(mark in note for note in self.plan.notes for mark in OWN_WORDS)


class Arm(Protocol):
    """Makes plans of requests."""

    async def make(self, record: Record, card: ModelCard) -> Made:
        """What comes of a request for a model."""


def card_of(family: str) -> ModelCard:
    """The card of a model of that family; of the built-in one with all its words."""
    if family == "sketch":
        path = folder_of("sketch")
        assert path is not None
        return card_for(path, "sketch")
    return FAMILIES[family].card(family)


def shown(plan: Plan, card: ModelCard) -> Shown:
    """What the painter gets of a plan."""
    negative = plan.negative_prompt if card.negative_prompt else None
    return Shown(plan.prompt, negative, plan.notes, plan.width_px, plan.height_px, "zh" in card.languages)


def echoed(record: Record, card: ModelCard) -> Shown:
    """The asker's words unchanged, at the model's own size."""
    negative = "" if card.negative_prompt else None
    return Shown(record["turns"][-1], negative, (), card.width_px, card.height_px, "zh" in card.languages)


class Offline:
    """The director and the imagine tool, each step timed; render and check once more by themselves for their times."""

    def __init__(self) -> None:
        self._tool = Imagine()

    async def make(self, record: Record, card: ModelCard) -> Made:
        """Read the last turn's words and plan."""
        words = record["turns"][-1]
        started = time.perf_counter()
        understood = understand(words, None)
        spent = {"director": _ms(started)}
        if isinstance(understood, str):
            return Made(None, spent_ms=spent)
        said = Message("bench", record["id"], "ana", words)
        context = ToolContext("job/0", said, PaperEngine(), card, preferences=Preferences(rewriting="on"))
        try:
            plans = (await self._tool.run(understood, context)).plans
        except RequestError as error:
            return Made(None, refused=str(error), spent_ms=spent)
        spent |= {"all": _ms(started)} | _steps(words, understood, card)
        return Made(plans[0], len(plans), "", spent)


def _steps(words: str, understood: ImagineArguments, card: ModelCard) -> dict[str, float]:
    brief: Brief = understood.to_brief()
    started = time.perf_counter()
    try:
        rendering = render(brief, card)
    except RequestError:
        return {}
    rendered = time.perf_counter()
    check(words, brief, rendering, card)
    return {"render": (rendered - started) * 1000, "check": _ms(rendered)}


def _ms(started: float) -> float:
    return (time.perf_counter() - started) * 1000


class CardEngine(PaperEngine):
    """Paints blank sheets as a model of any family would be asked to."""

    card: ModelCard

    async def describe(self, model: str) -> ModelCard:
        """The card that is being measured, whatever the name."""
        return replace(self.card, model=model)


class Online:
    """The whole chain, with an LLM that settings name, or with the director."""

    def __init__(self, app: App, engine: CardEngine) -> None:
        self._app, self._engine = app, engine

    async def make(self, record: Record, card: ModelCard) -> Made:
        """Say it in a channel of its own, and look at the plans."""
        self._engine.card = card
        started = time.perf_counter()
        job, pictures = await self.ask(record["turns"][-1], f"{record['id']}-{card.family}")
        spent = {"all": _ms(started)}
        refused = job.text if job.outcome is Outcome.FAILED else ""
        return Made(pictures[0].plan if pictures else None, len(pictures), refused, spent)

    async def ask(self, words: str, channel: str) -> tuple[Job, list[Picture]]:
        """Say something in a channel and wait for the answer: the job when it is over, and its pictures."""
        job_id = await self._app.inbox.accept(Message("paper", uuid4().hex, "ana", words, channel))

        async def over() -> bool:
            found = await self._app.inbox.get(job_id)
            return found is not None and found.state in FINAL

        await until(over)
        job = await self._app.inbox.get(job_id)
        assert job is not None
        return job, await self._app.gallery.of_job(job_id)


@asynccontextmanager
async def online(llm: str) -> AsyncIterator[Online]:
    """The chain with that LLM alone, in a folder that goes when the block ends; LIMNER_* and its key are read as ever.

    The built-in rules don't step in for an LLM that fails: such a request counts as unanswered.
    """
    with tempfile.TemporaryDirectory(prefix="limner-bench-") as name:
        folder = Path(name)
        settings = Settings.model_validate({"home": folder, "llm": llm, "engine": "paper"})
        engine = CardEngine()
        engine.card = card_of("sdxl")
        platform = PaperPlatform(folder / "platform")
        async with (
            open_llm(settings) as chain,
            open_app(settings, {"paper": platform}, llm=Chain(chain.readers[:1]), engine=engine) as app,
            working(app),
        ):
            yield Online(app, engine)
