"""Whatever an LLM fills in, no prompt that fails the checker reaches the painter, and good answers are taken as such.

Good, sloppy and hostile calls are planned for families of all dialects; a few of each, and calls in broken forms, go
over HTTP through the whole chain with the unmodified client (all of them in the proof).
"""

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from bot import Plan, RequestError, ToolContext
from bot.app import open_app, working
from bot.brief_arguments import ImagineArguments
from bot.checker import check
from bot.dialects import Rendering
from bot.jobs import State
from bot.llm import Chain, open_llm
from bot.preferences import Preferences
from bot.settings import Settings
from bot.tasks import ModelCard
from bot.testing import PaperEngine, PaperPlatform
from tests.craft.answers import SLOPPY_OF_A_KIND, Answer, good, hostile, sloppy
from tests.helpers.chat_server import call, calls, chat_server, says
from tests.helpers.talk import CALL_LIMIT, KEY, Talk
from tests.support import message
from tools.engine.families import FAMILIES
from tools.imagine import Imagine

IN_THE_GATE, OTHERS = "sdxl", ("flux1", "qwenimage")
CARDS = {name: FAMILIES[name].card(name) for name in (IN_THE_GATE, *OTHERS)}
# What the checker lets through today. Whoever teaches it better takes the line out: a case that passes fails then.
LEAKS: set[str] = set()
INVENTED = ("GRAND OPENING", "Bienvenue", "trumpet", "enchanted", "storm", "8k")
TOOL = Imagine()
GOOD, SLOPPY, HOSTILE = good(), sloppy(), hostile()
WISH = "two red kites over a green hill, no people"
THINGS = [{"name": "kite", "count": 2, "colour": "red"}]


async def planned(answer: Answer, card: ModelCard) -> Plan | str:
    """The plan that comes of a call, or the one line that it is refused with."""
    said = message(answer.words)
    context = ToolContext("job/0", said, PaperEngine(), card, preferences=Preferences(rewriting="on"))
    try:
        [plan] = (await TOOL.run(ImagineArguments.model_validate(answer.call), context)).plans
    except RequestError as error:
        return str(error)
    return plan


def are_own_words(plan: Plan) -> bool:
    """Whether the asker's words are painted as they are."""
    return plan.prompt == " ".join(plan.request.split())


def passes(plan: Plan, card: ModelCard) -> bool:
    """Whether the checker finds nothing wrong with what is painted, or it is what the person wrote."""
    rendering = Rendering(plan.prompt, plan.negative_prompt, plan.notes)
    return are_own_words(plan) or not check(plan.request, plan.brief, rendering, card)


def test_there_are_enough_answers() -> None:
    """At least 40 good ones, 20 sloppy ones of as many kinds, 10 hostile ones and 10 broken ones."""
    assert len(GOOD) >= 40
    assert len({one.what for one in SLOPPY}) >= 20
    assert len(HOSTILE) >= 10
    assert len(BROKEN) >= 10


@pytest.mark.parametrize("family", [IN_THE_GATE, *(pytest.param(name, marks=pytest.mark.proof) for name in OTHERS)])
async def test_good_answers_are_taken_as_they_are(family: str) -> None:
    """Of faithful calls at most 5 % end with the asker's own words or a refusal, and every prompt passes."""
    plans = {answer.id: await planned(answer, CARDS[family]) for answer in GOOD}
    left = [name for name, plan in plans.items() if isinstance(plan, str) or are_own_words(plan)]
    assert not [name for name, plan in plans.items() if isinstance(plan, Plan) and not passes(plan, CARDS[family])]
    assert len(left) <= 0.05 * len(plans), left


async def put_right(answer: Answer, card: ModelCard) -> None:
    """A sloppy answer's prompt passes, with every text letter by letter and nothing that nobody asked for."""
    plan = await planned(answer, card)
    if isinstance(plan, str):
        assert answer.what == "wrong language", plan
        return
    assert passes(plan, card), plan.prompt
    assert all(text in plan.prompt for text in answer.record["expect"].get("texts", []))
    assert not [word for word in INVENTED if word in plan.prompt], plan.prompt


def each(answers: list[Answer]) -> list[Any]:
    """The answers as a test's cases, those that are known to leak marked so."""
    leak = pytest.mark.xfail(strict=True, reason="the checker takes what no rule of it speaks of for something asked")
    return [pytest.param(one, id=one.id, marks=[leak] * (one.what in LEAKS)) for one in answers]


@pytest.mark.parametrize("answer", each(SLOPPY[::SLOPPY_OF_A_KIND]))
async def test_sloppy_answers_are_put_right(answer: Answer) -> None:
    """Whatever an LLM loses, changes or invents, the painter gets what was asked."""
    await put_right(answer, CARDS[IN_THE_GATE])


@pytest.mark.proof
@pytest.mark.parametrize("family", CARDS)
async def test_sloppy_answers_are_put_right_in_every_dialect(family: str) -> None:
    """The same for more requests and for models of other families."""
    for answer in SLOPPY:
        if answer.what not in LEAKS:
            await put_right(answer, CARDS[family])


async def harmless(answer: Answer, card: ModelCard) -> None:
    """A hostile answer is refused, or painted without anything that it was to bring in."""
    plan = await planned(answer, card)
    if isinstance(plan, Plan):
        assert passes(plan, card)
        painted = plan.prompt.replace(" ".join(answer.words.split()), "")
        assert not [word for word in answer.forbidden if word.casefold() in painted.casefold()], plan.prompt[:300]


@pytest.mark.parametrize("answer", each(HOSTILE))
async def test_hostile_answers_paint_nothing_else(answer: Answer) -> None:
    """Orders, floods and what is excluded come no further than the call."""
    await harmless(answer, CARDS[IN_THE_GATE])


@pytest.mark.proof
@pytest.mark.parametrize("family", OTHERS)
async def test_hostile_answers_paint_nothing_else_in_other_dialects(family: str) -> None:
    """The same for models of other families."""
    for answer in HOSTILE:
        if answer.what not in LEAKS:
            await harmless(answer, CARDS[family])


class OtherEngine(PaperEngine):
    """Paints blank sheets for a model that reads tags."""

    async def describe(self, model: str) -> ModelCard:
        """The card of a family with a negative prompt and a short budget."""
        return CARDS[IN_THE_GATE]


@asynccontextmanager
async def chain(folder: Path) -> AsyncIterator[tuple[Talk, PaperEngine]]:
    """The whole chain with an LLM behind a real server, and no rules to step in for it."""
    platform, engine = PaperPlatform(folder / "platform"), OtherEngine()
    async with chat_server() as server:
        own = {"llm": "openai:m", "openai_base_url": server.url, "openai_api_key": KEY, "llm_retries": 0}
        own |= {"home": folder / "home", "engine": "paper", "llm_call_limit": CALL_LIMIT, "llm_timeout_s": 60.0}
        settings = Settings.model_validate(own)
        async with (
            open_llm(settings) as readers,
            open_app(settings, {"paper": platform}, llm=Chain(readers.readers[:1]), engine=engine) as app,
            working(app),
        ):
            yield Talk(app, server, platform), engine


async def all_pass(folder: Path, answers: list[Answer]) -> None:
    """Each answer, in a channel of its own: what was painted is what was planned, and passes."""
    async with chain(folder) as (one, engine):
        for answer in answers:
            one.channel, before = uuid4().hex, len(engine.painted)
            one.server.next(calls(call("imagine", answer.call)))
            job, pictures = await one.ask(answer.words)
            assert job.state in (State.POSTED, State.FAILED), answer.id
            assert engine.painted[before:] == [picture.plan.prompt for picture in pictures]
            assert all(passes(picture.plan, CARDS[IN_THE_GATE]) for picture in pictures), answer.id
            assert one.server.problems == []


async def test_answers_over_http(tmp_path: Path) -> None:
    """Some good, sloppy and hostile answers over HTTP: the painter gets only what passes."""
    await all_pass(tmp_path, [*GOOD[:2], *SLOPPY[::12], *HOSTILE[:2]])


@pytest.mark.proof
async def test_all_answers_over_http(tmp_path: Path) -> None:
    """Every answer over HTTP."""
    await all_pass(tmp_path, [*GOOD, *SLOPPY, *HOSTILE])


def deep(levels: int) -> list[Any]:
    nested: list[Any] = []
    for _ in range(levels):
        nested = [nested]
    return nested


BROKEN: dict[str, Any] = {
    "things as words": {"prompt": WISH, "subjects": ["two red kites", "a hill"]},
    "things by number": {"prompt": WISH, "subjects": {"0": THINGS[0]}},
    "relations as words": {"prompt": WISH, "subjects": THINGS, "relations": ["kite above hill"]},
    "counts in words": {"prompt": WISH, "subjects": [THINGS[0] | {"count": "two"}]},
    "counts that are no numbers": {"prompt": WISH, "subjects": [THINGS[0] | {"count": math.nan}]},
    "colours as a list": {"prompt": WISH, "subjects": [THINGS[0] | {"colour": ["red"]}]},
    "null everywhere": dict.fromkeys(ImagineArguments.model_fields),
    "other names of fields": {"Prompt": WISH, "Subjects": THINGS, "negativePrompt": "people"},
    "fields in Chinese": {"提示词": WISH, "主体": THINGS},
    "lists without a bottom": {"prompt": WISH, "subjects": THINGS, "texts": deep(200)},
    "half a surrogate": {"prompt": WISH, "subjects": [THINGS[0] | {"name": "kite\ud83e"}]},
    "truth values": {"prompt": True, "subjects": False, "texts": True, "count": True},
    "bytes that nobody sees": {"prompt": WISH, "subjects": [{"name": "kite\u0000\u202e\u200b", "count": 2}]},
}


async def test_broken_answers_paint_nothing_wrong(tmp_path: Path) -> None:
    """A call in a form that nobody meant is understood, refused or answered in words; the next turn goes well."""
    async with chain(tmp_path) as (one, engine):
        for what, arguments in BROKEN.items():
            one.channel, before = uuid4().hex, len(engine.painted)
            one.server.next(calls(call("imagine", arguments)), says("What shall I paint?"))
            job, pictures = await one.ask(WISH)
            assert job.state in (State.POSTED, State.FAILED), what
            assert job.text or pictures, what
            assert all(passes(picture.plan, CARDS[IN_THE_GATE]) for picture in pictures), what
            assert engine.painted[before:] == [picture.plan.prompt for picture in pictures], what
            one.server.next(calls(call("imagine", {"prompt": "a green car", "subjects": [{"name": "car"}]})))
            job, [picture] = await one.ask("a green car")
            assert "green car" in picture.plan.prompt, what
        assert one.server.problems == []
