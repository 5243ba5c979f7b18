"""The painter: whether it starts, answers and, if asked to, paints."""

from collections.abc import Awaitable, Callable
from contextlib import aclosing
from functools import partial
from typing import Any
from uuid import uuid4

from bot import plugins
from bot.bench.machine import health_of
from bot.contracts import Engine
from bot.doctor.aside import aside
from bot.doctor.finding import Case, Check, Finding, ok, problem, size, warning
from bot.errors import EngineBusy, EngineError, EngineLost
from bot.tasks import ModelCard, Painted, PaintTask

WORDS = "a red car on a beach"
START_S = 120.0
PAINT_S = 1800.0


async def look_at_painter(case: Case) -> Finding:
    """Whether the painter takes a picture into its line."""
    return await _with_engine(case, ask_for_sign_of_life)


async def look_at_picture(case: Case) -> Finding:
    """Whether the painter paints a picture to its end."""
    return await _with_engine(case, _paints)


ANSWERS = Check("painter", look_at_painter, START_S)
PAINTS = Check("painter", look_at_picture, PAINT_S)


async def ask_for_sign_of_life(engine: Engine, card: ModelCard) -> Finding:
    """A task is handed in and, with the first sign of life, taken back: that much every engine can do."""
    task = _task(card)
    async with aclosing(engine.paint(task)) as events:  # type: ignore[type-var]
        async for _event in events:
            break
    await engine.cancel(task.id)
    kind = f"it answers; {card.model} is {_kind(card)}, {card.width_px}x{card.height_px} px"
    lightened = (await health_of(engine)).get("lightened") or {}
    if lightened:
        done = "; ".join(f"{model}: {', '.join(what) or 'alone'}" for model, what in lightened.items())
        return warning(f"{kind}. Its memory ran out ({done})", "Set a smaller model, size or engines.local.at_once.")
    return ok(kind)


async def _with_engine(case: Case, use: Callable[[Any, ModelCard], Awaitable[Finding]]) -> Finding:
    settings = case.settings
    options = settings.engines.get(settings.engine, {})
    given = {"home": settings.home, "model": settings.model, "models": settings.models}
    make = partial(plugins.make, "engines", settings.engine, options, **given)
    try:
        async with await aside(make) as engine:
            card = await engine.describe(settings.model)
            return await use(engine, card)
    except EngineBusy as error:
        return warning(f"it answers, but {error.problem[:1].lower()}{error.problem[1:]}", "Wait, or add a painter")
    except EngineLost as error:
        url = options.get("url")
        remedy = f"Is `limner painter` running at {url}, and engines.{settings.engine}.url right?" if url else ""
        return problem(error.problem, remedy or f"See painter.log in {settings.home}")
    except EngineError as error:
        return problem(error.problem, error.remedy or f"See painter.log in {settings.home}")


async def _paints(engine: Engine, card: ModelCard) -> Finding:
    async for event in engine.paint(_task(card)):
        if isinstance(event, Painted):
            png = await engine.fetch(event)
            shape = f"{event.width_px}x{event.height_px} px, {event.steps} steps, {size(len(png))}"
            return ok(f"{card.model} painted a picture in {event.seconds:.1f} s ({shape})")
    return problem("the painter ended without a picture", "See painter.log in the home folder.")


def _task(card: ModelCard) -> PaintTask:
    return PaintTask(
        id=f"doctor-{uuid4().hex}",
        model=card.model,
        prompt=WORDS,
        negative_prompt="",
        width_px=card.width_px,
        height_px=card.height_px,
        steps=card.steps,
        guidance_scale=card.guidance_scale,
        seed=7,
    )


def _kind(card: ModelCard) -> str:
    return "of no family that Limner knows" if card.family == "unknown" else f"a {card.family} model"
