"""`limner prompt`: what would be painted from, without painting and without starting the painter."""

import tempfile
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import click

from bot.cli import Session, run
from bot.contracts import Limner
from bot.errors import AssistantError, DeliveryError, EngineError, RequestError
from bot.messages import Message, Plan, Progress, Reply
from bot.tasks import ModelCard, Painted, PaintEvent, PaintTask, Preview

ADAPTER = "prompt"

if TYPE_CHECKING:  # pydantic would slow `limner --help` down
    from bot.settings import Settings


@click.command()
@click.argument("words", nargs=-1)
@click.option("--family", metavar="F", help="For a model of this family instead of the one that is set.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def prompt(session: Session, words: tuple[str, ...], family: str | None, as_json: bool) -> None:
    """Show what would be painted from, without painting."""
    from bot.console import console, plan_record, plan_rows, print_json, settings_row
    from bot.words import read_words

    card = _card_of_family(family) if family else None
    plans = run(_plan(session.start(), read_words(words), card))
    plan = plans[0]
    if as_json:
        findings = [asdict(finding) for finding in plan.findings]
        print_json(plan_record(plan) | {"count": len(plans), "notes": list(plan.notes), "findings": findings})
        return
    out = console()
    plan_rows(out, plan, plan.notes)
    settings_row(out, plan, "any")


class CardsOnly:
    """An engine that only describes models: those in folders by itself, others through the engine that is set."""

    def __init__(self, settings: "Settings", card: ModelCard | None = None) -> None:
        self._settings = settings
        self._card = card

    async def describe(self, model: str) -> ModelCard:
        """The card that was given, or the model's own."""
        import asyncio

        from bot import plugins
        from tools.engine.families import card_for, folder_of

        if self._card:
            return self._card
        settings = self._settings
        if settings.engine == "local" and (folder := folder_of(model)):
            return await asyncio.to_thread(card_for, folder, model)
        options = settings.engines.get(settings.engine, {})
        async with plugins.make("engines", settings.engine, options, home=settings.home, model=model) as engine:
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


async def _plan(settings: "Settings", words: str, card: ModelCard | None) -> list[Plan]:
    """Lead the assistant's real turn on a database that is thrown away; the plans it wrote.

    Raises:
        AssistantError: It answered in words, without a picture.
        LimnerError: The LLM or the model is not to be had.
    """
    from bot.app import open_app
    from bot.llm import open_llm

    with tempfile.TemporaryDirectory(prefix="limner-") as folder:
        elsewhere = settings.model_copy(update={"home": Path(folder), "database": ""})
        async with (
            open_llm(settings) as llm,  # of the real home, where one may be running already
            open_app(elsewhere, {ADAPTER: Nobody()}, llm=llm, engine=CardsOnly(settings, card)) as app,
        ):
            await app.inbox.beat()
            await app.inbox.accept(Message(ADAPTER, uuid4().hex, "me", words, wants_picture=True))
            job = await app.inbox.take(turns=1, paintings=0)
            assert job is not None
            answer = await app.assistant.turn(job)
            plans = [plan for _, plan in await app.gallery.unpainted(job.id)]
    if not plans:
        raise AssistantError(answer.text.rstrip("."))
    return plans


def _card_of_family(name: str) -> ModelCard:
    from tools.engine.families import FAMILIES, card_for, folder_of

    if name not in FAMILIES:
        raise RequestError(f"There is no family '{name}'", f"There are: {', '.join(FAMILIES)}.")
    if name == "sketch" and (folder := folder_of("sketch")):
        return card_for(folder, "sketch")  # its words are in its folder
    fields: dict[str, Any] = asdict(FAMILIES[name])
    del fields["cuda_dtype"], fields["mps_dtype"]
    return ModelCard(model=name, family=fields.pop("name"), **fields)
