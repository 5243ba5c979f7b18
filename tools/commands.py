"""`limner prompt`: what would be painted from, without painting and without starting the painter."""

import json
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from bot.cli import Session, run
from bot.contracts import Limner, ToolContext
from bot.errors import AssistantError, DeliveryError, EngineError, ModelUnavailable, RequestError
from bot.limits import MAX_PROMPTS, MAX_SEED
from bot.messages import Message, Plan, Progress, Reply
from bot.tasks import JudgeTask, ModelCard, Painted, PaintEvent, PaintTask, Preview, Verdict

ADAPTER = "prompt"

if TYPE_CHECKING:  # pydantic would slow `limner --help` down
    from bot.settings import Settings


@click.command()
@click.argument("words", nargs=-1)
@click.option("--family", metavar="F", help="For a model of this family instead of the one that is set.")
@click.option("--count", type=click.IntRange(1, MAX_PROMPTS), metavar="N", help="So many prompts, all different.")
@click.option("--seed", type=click.IntRange(0, MAX_SEED), default=0, metavar="N", help="For --count: which ones.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object; with --count one on each line.")
@click.pass_obj
def prompt(
    session: Session, words: tuple[str, ...], family: str | None, count: int | None, seed: int, as_json: bool
) -> None:
    """Show what would be painted from, without painting."""
    from bot.words import read_words

    card = _card_of_family(family) if family else None
    plans = run(_plan(session.start(), read_words(words), card, count or 1, seed))
    if count:
        _show_many(plans, as_json)
    else:
        _show(plans, as_json)


def _show(plans: Sequence[Plan], as_json: bool) -> None:
    from bot.console import console, plan_record, plan_rows, print_json, settings_row

    plan = plans[0]
    if as_json:
        findings = [asdict(finding) for finding in plan.findings]
        print_json(plan_record(plan) | {"count": len(plans), "notes": list(plan.notes), "findings": findings})
        return
    out = console()
    plan_rows(out, plan, plan.notes)
    settings_row(out, plan, "any")


def _show_many(plans: Sequence[Plan], as_json: bool) -> None:
    """A line for each prompt; where some are the same, that is said."""
    from bot.console import console, plan_rows, row
    from tools.augment import different, record, varied

    if as_json:
        click.echo("\n".join(json.dumps(record(plan, plans[0]), ensure_ascii=False) for plan in plans))
    else:
        out = console()
        plan_rows(out, plans[0], plans[0].notes)
        for number, plan in enumerate(plans[1:], 2):
            row(out, str(number), plan.prompt)
            row(out, "", ", ".join(f"{name}: {text}" for name, text in varied(plan, plans[0]).items()), "italic")
    if (several := different(plans)) < len(plans):
        click.echo(
            f"limner: {several} of {len(plans)} prompts differ; {plans[0].model} hears no more of them.", err=True
        )


class CardsOnly:
    """An engine that only describes models: those in folders by itself, others through the engine that is set."""

    def __init__(self, settings: "Settings", card: ModelCard | None = None) -> None:
        from tools.engine.cards import Cards
        from tools.engine.tokens import Counters

        self._settings = settings
        self._card = card
        self._counters = Counters(cards=Cards(settings.models))

    async def describe(self, model: str) -> ModelCard:
        """The card that was given, or the model's own."""
        import asyncio

        from bot import plugins
        from tools.engine.cards import Cards
        from tools.engine.families import folder_of

        if self._card:
            return self._card
        settings = self._settings
        if settings.engine == "local" and (folder := folder_of(model)):
            return await asyncio.to_thread(Cards(settings.models).of, folder, model)
        options = settings.engines.get(settings.engine, {})
        given = {"home": settings.home, "model": model, "models": settings.models}
        async with plugins.make("engines", settings.engine, options, **given) as engine:
            card: ModelCard = await engine.describe(model)
            return card

    def paint(self, task: PaintTask) -> AsyncIterator[PaintEvent]:
        """Refused."""
        raise EngineError("Nothing is painted here")

    async def fetch(self, painted: Painted | Preview) -> bytes:
        """Refused."""
        raise EngineError("Nothing is painted here")

    async def cancel(self, task_id: str) -> None:
        """There is nothing to stop."""

    async def tokens(self, model: str, texts: tuple[str, ...]) -> tuple[int, ...]:
        """Counted by the tokenizer in the model's folder; estimated where the painter would have to be asked for it."""
        import asyncio
        from contextlib import suppress

        from bot.checker.budget import tokens_at_most
        from tools.engine.families import folder_of

        name = self._card.model if self._card else model
        with suppress(ModelUnavailable):  # a family's card goes by a name that no model has
            folder = folder_of(name)
            if folder and (counter := await asyncio.to_thread(self._counters.of, folder, name)):
                return counter.count(texts)
        card = await self.describe(model)
        return tuple(tokens_at_most(text, card) for text in texts)

    async def judge(self, task: JudgeTask) -> Verdict:
        """Refused."""
        raise EngineError("Nothing is judged here")


class Nobody:
    """The adapter that the words come through: nothing is ever posted."""

    name = ADAPTER

    async def run(self, limner: Limner) -> None:
        """Nobody else says anything."""

    async def progress(self, progress: Progress) -> None:
        """Nobody looks."""

    async def deliver(self, reply: Reply) -> str:
        """Refused."""
        raise DeliveryError("Nothing is posted here")

    async def find(self, reply: Reply) -> str | None:
        """Nothing was posted."""
        return None


async def _plan(settings: "Settings", words: str, card: ModelCard | None, count: int, seed: int) -> Sequence[Plan]:
    """Lead the assistant's real turn on a database that is thrown away; the plans it wrote, or `count` like the first.

    Raises:
        AssistantError: It answered in words, without a picture.
        LimnerError: The LLM or the model is not to be had.
    """
    from bot.app import open_app
    from bot.llm import open_llm
    from bot.style import load_library
    from tools.augment import augmented

    engine = CardsOnly(settings, card)
    with tempfile.TemporaryDirectory(prefix="limner-") as folder:
        # This is the asking already, so nothing is held back for it.
        rewriting = "on" if settings.rewriting == "ask" else settings.rewriting
        elsewhere = settings.model_copy(update={"home": Path(folder), "database": "", "rewriting": rewriting})
        async with (
            open_llm(settings) as llm,  # of the real home, where one may be running already
            open_app(elsewhere, {ADAPTER: Nobody()}, llm=llm, engine=engine) as app,
        ):
            await app.inbox.beat()
            await app.inbox.accept(Message(ADAPTER, uuid4().hex, "me", words, wants_picture=True))
            job = await app.inbox.take(turns=1, paintings=0)
            assert job is not None
            answer = await app.assistant.turn(job)
            plans = [plan for _, plan in await app.gallery.unpainted(job.id)]
    if not plans:
        raise AssistantError(answer.text.rstrip("."))
    if count == 1:
        return plans
    library = load_library(settings.style_folders, settings.pack)
    context = ToolContext(job.id, job.message, engine, await engine.describe(settings.model))
    return await augmented(plans[0], count, seed, library, context, settings.loras)


def _card_of_family(name: str) -> ModelCard:
    from tools.engine.families import FAMILIES, card_for, folder_of

    if name not in FAMILIES:
        raise RequestError(f"There is no family '{name}'", f"There are: {', '.join(FAMILIES)}.")
    if name == "sketch" and (folder := folder_of("sketch")):
        return card_for(folder, "sketch")  # its words are in its folder
    return FAMILIES[name].card(name)
