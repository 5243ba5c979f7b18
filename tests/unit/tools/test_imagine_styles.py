"""The imagine tool plans in a style and by house rules, and says what they set."""

from dataclasses import replace
from typing import Any

import pytest

from bot import Attachment, ModelCard, Plan, ToolContext, Wishes
from bot.brief_arguments import ImagineArguments
from bot.style import load_library
from bot.testing import CARD, PaperEngine
from tests.support import message
from tools.engine.families import card_for, folder_of
from tools.imagine import Imagine

LARGE = replace(CARD, width_px=512, height_px=512)
MEDICINE = Imagine(load_library(pack="medicine"))
NONE = Imagine()
CAUTION = load_library().packs["medicine"].note


async def plan(
    tool: Imagine,
    card: ModelCard = LARGE,
    *,
    text: str = "a heart",
    attachments: tuple[Attachment, ...] = (),
    wishes: Wishes | None = None,
    **arguments: Any,
) -> Plan:
    said = replace(message(text, wishes=wishes or Wishes()), attachments=attachments)
    asked = ImagineArguments.model_validate({"prompt": text, "subjects": [{"name": "heart"}]} | arguments)
    [only] = (await tool.run(asked, ToolContext("job/0-0", said, PaperEngine(), card))).plans
    return only


async def test_house_rules_shape_a_plan_and_are_told() -> None:
    """Style, shape, additions, what is kept out and the caution are those of the pack, each told in a note."""
    made = await plan(MEDICINE)
    assert made.prompt == (
        "a heart, flat illustration with plain shapes and clean colours, simple and uncluttered, calm"
    )
    assert made.negative_prompt == "photograph, texture, shading, gore, frightening mood"
    assert (made.style, made.brief.aspect, made.width_px, made.height_px) == ("flat", "4:3", 592, 440)
    assert set(made.brief.added) == {"composition", "mood", "aspect"}
    assert made.notes == (
        "The style 'flat' adds its own words.",
        "Added, since you left it open: simple and uncluttered and calm.",
        "The house rules 'Medicine' set the shape 4:3, as you named none.",
        "The house rules 'Medicine' set the style 'flat', as you named none.",
        CAUTION["en"],
    )


async def test_what_the_asker_said_outweighs_the_house() -> None:
    """Style, shape, mood and what is kept out are the asker's, if they say so."""
    made = await plan(MEDICINE, text="a frightening heart in pencil", style="pencil", aspect="1:1", mood="dramatic")
    assert made.prompt == ("a heart, pencil drawing on paper, visible strokes, simple and uncluttered, dramatic")
    assert (made.style, made.width_px, made.height_px) == ("pencil", 512, 512)
    assert made.negative_prompt == "photograph, colour, gore"


@pytest.mark.parametrize(
    ("given", "size"),
    [
        ({"width_px": 128, "height_px": 64}, (128, 64)),
        ({"wishes": Wishes(width_px=64, height_px=128)}, (64, 128)),
        ({"wishes": Wishes(aspect="2:3")}, (416, 624)),
        ({"attachments": (Attachment("a.png", "ab", 300, 300),)}, (512, 512)),
    ],
)
async def test_a_shape_that_is_given_stays(given: dict[str, Any], size: tuple[int, int]) -> None:
    """A size, an aspect set by hand and a picture to start from go before the house's shape, which is not told."""
    made = await plan(MEDICINE, **given)
    assert (made.width_px, made.height_px) == size
    assert "4:3" not in " ".join(made.notes)


@pytest.mark.parametrize("wishes", [Wishes(as_is=True), Wishes(prompt="a heart")])
async def test_a_prompt_by_hand_gets_the_caution_and_nothing_else(wishes: Wishes) -> None:
    """House rules change no prompt that somebody wrote, but what must be said is said."""
    made = await plan(MEDICINE, wishes=wishes)
    assert (made.prompt, made.negative_prompt, made.width_px, made.brief.added) == ("a heart", "", 512, ())
    assert made.notes[1:] == (CAUTION["en"],)


async def test_the_caution_comes_in_chinese() -> None:
    """Who asks in Chinese is told in Chinese."""
    made = await plan(MEDICINE, text="一颗心脏")
    assert made.notes[-1] == CAUTION["zh"]
    assert "你没有说画幅，所以按“医学”的规则用 4:3。" in made.notes


async def test_a_pack_can_be_wished_for_once() -> None:
    """A pack's name in the place of a style's makes its rules hold for one picture."""
    made = await plan(NONE, wishes=Wishes(style="医疗"))
    assert made.notes[-1] == CAUTION["en"]
    assert made.style == "flat"
    assert CAUTION["en"] not in (await plan(NONE)).notes


async def test_a_style_brings_its_shape() -> None:
    """Where no shape is asked for a style's own is painted, and told."""
    made = await plan(NONE, text="a heart, film noir", style="film noir")
    assert (made.style, made.brief.aspect, made.width_px, made.height_px) == ("film-noir", "16:9", 680, 384)
    assert "The style 'film-noir' is painted at 16:9 unless you say otherwise." in made.notes


async def test_a_style_avoids_nothing_that_was_asked_for() -> None:
    """An oil painting of a photograph keeps no photograph out."""
    made = await plan(NONE, text="a framed photograph", subjects=[{"name": "photograph"}], style="oil painting")
    assert made.negative_prompt == "flat colours"


async def test_each_dialect_is_spoken() -> None:
    """A model whose dialect is that of tags gets tags, one that reads Chinese a Chinese phrase from a Chinese asker."""
    tags = await plan(NONE, replace(LARGE, dialect="tags"), text="a heart in watercolour", style="watercolour")
    assert "watercolour painting, soft washes" in tags.prompt
    reads_both = replace(LARGE, dialect="bilingual", languages=("en", "zh"))
    chinese = await plan(NONE, reads_both, text="一颗心，水彩", style="watercolour")
    assert "水彩画，柔和的水色晕染" in chinese.prompt
    assert (
        "watercolour painting, soft washes"
        in (await plan(NONE, reads_both, text="a heart, watercolour", style="watercolour")).prompt
    )


async def test_house_rules_suit_the_built_in_model() -> None:
    """Sketch gets no word that it has not learned, and what it can't do is not claimed."""
    folder = folder_of("sketch")
    assert folder is not None
    card = card_for(folder, "sketch")
    made = await plan(Imagine(load_library(pack="advertising")), card, text="a car", subjects=[{"name": "car"}])
    assert (made.prompt, made.negative_prompt, made.style) == ("a car on a city street", "", "")
    assert "cinematic" not in " ".join(made.notes)
