"""Many prompts of one wish: `augmented` in the process, and `limner prompt --count` as people call it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot import Plan, ToolContext
from bot.brief_arguments import ImagineArguments, arguments_of
from bot.checker.checks import check_brief, check_prompt
from bot.dialects import Rendering
from bot.director.understand import understand
from bot.style import load_library
from bot.testing import CARD, PaperEngine
from tests.helpers.terminal import limner, one_line
from tests.support import message
from tools.augment import augmented, different, varied
from tools.imagine import Imagine

LARGE = replace(CARD, width_px=512, height_px=512, token_limit=200)
LIBRARY = load_library()
WORDS = 'three red cats and a dog under a table, a sign that says "HELLO", no people'


async def planned(words: str) -> tuple[Plan, ToolContext]:
    """The plan of a wish as the director reads it, and the call that it came from."""
    context = ToolContext("job/0-0", message(words), PaperEngine(), LARGE)
    arguments = understand(words, None)
    assert isinstance(arguments, ImagineArguments)
    [plan] = (await Imagine(LIBRARY).run(arguments, context)).plans
    return plan, context


async def test_every_prompt_passes_the_checker_and_differs() -> None:
    """Thirty prompts of one wish all differ, none lost or gained anything, and the first is the picture's own."""
    plan, context = await planned(WORDS)
    plans = await augmented(plan, 30, 3, LIBRARY, context)
    assert plans[0] == plan
    assert different(plans) == len(plans) == 30
    locked = arguments_of(replace(plan.brief, style="", light="", composition="", camera="", mood="", aspect=""))
    for one in plans[1:]:
        assert varied(one, plan)
        bare = replace(one.brief, style="", light="", composition="", camera="", mood="", aspect="")
        assert arguments_of(bare) == locked
        also = LIBRARY.styles[one.style].phrase("plain") if one.style else ""
        prompt = Rendering(one.prompt, one.negative_prompt, one.notes)
        assert not check_brief(WORDS, one.brief)
        assert not check_prompt(WORDS, one.brief, prompt, LARGE, also)


async def test_a_medium_that_was_asked_for_stays() -> None:
    """A watercolour varies in light, view and mood only."""
    plan, context = await planned("a watercolour of a fox")
    plans = await augmented(plan, 20, 3, LIBRARY, context)
    assert {one.style for one in plans} == {"watercolour"}
    assert different(plans) == 20


async def test_media_without_colours_are_not_for_coloured_things() -> None:
    """A red cat is never drawn in charcoal unasked; a cat of no colour may be."""
    found = {}
    for words in ("a red cat", "a cat"):
        plan, context = await planned(words)
        found[words] = {one.style for one in await augmented(plan, 50, 3, LIBRARY, context)}
    assert {"charcoal", "pop-art"} <= found["a cat"]
    assert found["a cat"] - found["a red cat"] >= {"charcoal", "pencil", "black-and-white", "ink"}
    assert "pop-art" in found["a red cat"]


def test_the_command_prints_so_many(tmp_path: Path) -> None:
    """`--count` with --json prints an object on each line: the request, its prompt, and what was varied."""
    done = limner(tmp_path, "prompt", "a red cat", "--family", "sdxl", "--count", "6", "--json")
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert len({record["prompt"] for record in records}) == 6
    assert {record["request"] for record in records} == {"a red cat"}
    assert set(records[0]) == {"request", "brief", "prompt", "negative_prompt", "varied"}
    assert not records[0]["varied"]
    assert all(record["varied"] for record in records[1:])


def test_what_the_model_does_not_hear_is_said(tmp_path: Path) -> None:
    """Sketch hears neither light nor mood: that prompts are alike is said, and all are printed, with their numbers."""
    done = limner(tmp_path, "prompt", "a red car", "--family", "sketch", "--count", "4")
    assert [line[0] for line in done.stdout.decode().splitlines() if line[:1].isdigit()] == ["2", "3", "4"]
    assert "of 4 prompts differ; sketch hears no more of them." in done.stderr.decode()


@pytest.mark.parametrize("count", ["0", "1001"])
def test_how_many_there_may_be(tmp_path: Path, count: str) -> None:
    """A count out of range is wrong usage, in a line."""
    done = limner(tmp_path, "prompt", "a cat", "--count", count)
    assert done.returncode == 2
    assert "--count" in one_line(done)
