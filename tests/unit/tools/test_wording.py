"""What a wish is painted from: rewritten, proposed or in the person's own words; with preferences and variety."""

from dataclasses import replace
from typing import Any

import pytest

from bot import ModelCard, Plan, RequestError, ToolContext, ToolResult, Wishes
from bot.brief import FREE
from bot.checker.checks import check_prompt
from bot.contracts import Earlier
from bot.dialects import Rendering
from bot.director.understand import understand
from bot.errors import EngineError
from bot.preferences import Preferences
from bot.style import load_library
from bot.testing import CARD, PaperEngine
from tests.support import message
from tools.engine.families import FAMILIES, card_for, folder_of
from tools.imagine import Imagine

ENGLISH = replace(CARD, width_px=512, height_px=512, steps=20, languages=("en",), token_limit=75)
BOTH = replace(ENGLISH, dialect="bilingual", languages=("en", "zh"))
TOOL = Imagine()
OFF = Preferences(rewriting="off", notes={"rewriting": "Painted from the words as they are."})
ASK = Preferences(rewriting="ask", notes={"rewriting": "Shown before it is painted."})


async def planned(
    text: str,
    preferences: Preferences | None = None,
    card: ModelCard = ENGLISH,
    *,
    tool: Imagine = TOOL,
    engine: Any = None,
    before: tuple[Earlier, ...] = (),
    wishes: Wishes | None = None,
    **more: Any,
) -> ToolResult:
    """What comes of a message that the director reads."""
    read = understand(text, None)
    assert not isinstance(read, str)
    context = ToolContext(
        "job/0-0",
        message(text, wishes=wishes or Wishes()),
        engine or PaperEngine(),
        card,
        before[-1].plan if before else None,
        before[-1].id if before else None,
        earlier=before,
        preferences=preferences or Preferences(rewriting="on"),
    )
    return await tool.run(read.model_copy(update=more), context)


async def plan(*given: Any, **more: Any) -> Plan:
    return (await planned(*given, **more)).plans[0]


async def test_off_paints_from_the_words() -> None:
    """Nothing is added, changed or filled in, and the reason is told; so with `as_is` for one message."""
    made = await plan("A red  car, pls!", OFF)
    assert (made.prompt, made.negative_prompt, made.notes) == ("A red  car, pls!", "", (OFF.notes["rewriting"],))
    assert (made.brief.added, made.held) == ((), False)
    assert [one.name for one in made.brief.subjects] == ["car"]
    once = await plan("A red  car, pls!", wishes=Wishes(as_is=True))
    assert (once.prompt, once.notes) == (made.prompt, ("Painted from your words as they are, as you asked.",))


async def test_off_holds_for_changes_too() -> None:
    """The words of every turn follow each other, whatever was made of them, as long as the pictures are there."""
    first = await plan("a red car", OFF)
    second = await plan(
        "make it blue.", OFF, before=(Earlier("a", "1", first, None),), follows_up=True, keeps_seed=True
    )
    assert (second.prompt, second.seed, second.parent) == ("a red car, make it blue", first.seed, "a")
    line = (Earlier("a", "1", first, None), Earlier("b", "2", second, None))
    third = await plan("at night", OFF, before=line, follows_up=True)
    assert third.prompt == "a red car, make it blue, at night"
    assert third.brief.words == third.prompt
    chinese = await plan("一辆红色的车", OFF, BOTH)
    assert (await plan("改成蓝色", OFF, BOTH, before=(Earlier("c", "3", chinese, None),), follows_up=True)).prompt == (
        "一辆红色的车，改成蓝色"
    )


@pytest.mark.parametrize(
    ("text", "style", "prompt"),
    [
        ("a cat", "woodcut", "a cat, woodcut print, bold carved lines, black ink on paper"),
        ("a cat, woodcut", None, "a cat, woodcut, woodcut print, bold carved lines, black ink on paper"),
        ("a cat, graffiti", None, "a cat, graffiti"),
        ("a cat", None, "a cat"),
    ],
)
async def test_own_words_get_a_style_only_when_it_was_chosen(text: str, style: str | None, prompt: str) -> None:
    """One set by hand or named in the words adds its phrases; a preferred one or the house's does not."""
    house = Imagine(load_library(pack="medicine"))
    made = await plan(text, replace(OFF, style="oil"), wishes=Wishes(style=style), tool=house)
    assert (made.prompt, made.style) == (prompt, "woodcut" if "woodcut" in prompt else "")
    assert made.notes[-1] == load_library().packs["medicine"].note["en"]


@pytest.mark.parametrize("wishes", [Wishes(as_is=True), Wishes()])
async def test_own_words_that_a_model_can_not_read_are_translated_or_refused(wishes: Wishes) -> None:
    """Chinese never reaches a model that reads English only; nothing else is changed, and that is said."""
    made = await plan("两只红色的猫，海滩", OFF, wishes=wishes)
    assert (made.prompt, made.brief.words, made.brief.added) == ("two red cats on a beach", "两只红色的猫，海滩", ())
    assert "paper 只懂英文，所以把你的话译成了英文，其他都没有改。" in made.notes
    with pytest.raises(RequestError, match="我不会翻译“龘靐齉”"):
        await plan("画一只龘靐齉", OFF, wishes=wishes)
    assert (await plan("两只红色的猫，海滩", OFF, BOTH, wishes=wishes)).prompt == "两只红色的猫，海滩"
    assert (await plan("a sign that says “欢迎”", OFF, wishes=wishes)).prompt == "a sign that says “欢迎”"


async def test_a_prompt_by_hand_is_never_changed() -> None:
    """It stands as it is; what the model can't read is refused, and what it does not see is said."""
    with pytest.raises(RequestError, match="paper reads English only, and I have no English for '红色的猫'"):
        await plan("a cat", wishes=Wishes(prompt="红色的猫"))
    long = ", ".join(["a red ball"] * 40)
    made = await plan("a cat", ASK, wishes=Wishes(prompt=long))
    assert (made.prompt, made.held) == (long, False)
    assert made.notes[1].startswith("paper reads no more than 75 tokens, so it does not see: ")


async def test_ask_proposes_what_was_rewritten() -> None:
    """Where the prompt differs from the words it is held and nobody is told that it will be painted."""
    result = await planned("a red car", ASK, count=2)
    assert all(one.held for one in result.plans)
    assert result.text == f"Nothing is painted yet. This is what I would paint from: {result.plans[0].prompt}"
    assert result.plans[0].notes[-1] == ASK.notes["rewriting"]
    assert (await planned("一辆红色的车", ASK)).text.startswith("还没有画。")
    assert not (await plan("a red car", ASK, wishes=Wishes(as_is=True))).held
    assert not (await plan("a red car")).held
    [as_said] = (await planned("A  crimson lake lit by lamps, close-up", ASK, subjects=[])).plans
    assert (as_said.prompt, as_said.held) == ("A  crimson lake lit by lamps, close-up", False)


async def test_preferences_fill_what_nothing_else_says() -> None:
    """Style, shape, steps, candidates and rounds come from preferences; each that was used is told, with its source."""
    wants = Preferences(
        rewriting="on",
        style="ukiyo-e",
        aspect="3:2",
        steps=0.75,
        best_of=3,
        revisions=1,
        notes={"style": "S.", "aspect": "A.", "steps": "T.", "best_of": "B.", "revisions": "R.", "rewriting": "W."},
        sources={"style": "learned"},
    )
    made = await plan("a cat", wants)
    assert (made.style, made.style_by, made.brief.aspect, made.steps) == ("ukiyo-e", "learned", "3:2", 15)
    assert (made.best_of, made.revisions, made.width_px > made.height_px) == (3, 1, True)
    assert made.notes[-5:] == ("S.", "A.", "T.", "B.", "R.")
    said = await plan("a square picture of a cat, watercolour", wants, steps=9)
    assert (said.style, said.style_by, said.brief.aspect, said.steps) == ("watercolour", "", "1:1", 9)
    assert said.notes[-2:] == ("B.", "R.")
    by_hand = Wishes(style="oil", aspect="2:3", steps=7, best_of=1, revisions=0)
    hand = await plan("a cat", wants, wishes=by_hand)
    assert (hand.style, hand.brief.aspect, hand.steps, hand.best_of, hand.revisions) == ("oil", "2:3", 7, 1, 0)
    assert not {"S.", "A.", "T.", "B.", "R.", "W."} & set(hand.notes)


async def test_preferences_go_before_house_rules() -> None:
    """A preferred style replaces the pack's; a preferred pack sets its own; one that is gone stops nothing."""
    house = Imagine(load_library(pack="medicine"))
    assert (await plan("a heart", tool=house)).style_by == "pack"
    preferred = await plan("a heart", Preferences("on", style="oil", sources={"style": "user"}), tool=house)
    assert (preferred.style, preferred.style_by, preferred.brief.aspect) == ("oil", "user", "4:3")
    assert not any("set the style" in note for note in preferred.notes)
    pack = await plan("a heart", Preferences("on", style="medicine", sources={"style": "team"}))
    assert (pack.style, pack.style_by) == ("flat", "team")
    assert (await plan("a heart", Preferences("on", style="gone", aspect="9:16"))).brief.aspect == "9:16"


async def test_a_grid_varies_in_what_is_free() -> None:
    """Four pictures differ in their prompts, keep all that is locked, pass the checker, and tell what each adds."""
    text = 'two red cats to the left of a blue dog, with the text "HI"'
    plans = (await planned(text, count=4)).plans
    assert len({one.prompt for one in plans}) == 4
    for one in plans:
        assert (one.brief.subjects, one.brief.texts) == (plans[0].brief.subjects, ("HI",))
        assert 'two red cats to the left of a blue dog, with the text "HI"' in one.prompt
        free = [getattr(one.brief, name) for name in FREE if name in one.brief.added]
        assert all(item in one.prompt for item in free)
        assert not free or any(note.startswith("Added, since you left it open") for note in one.notes)
    assert plans[0].prompt == (await plan(text)).prompt


async def test_what_must_not_vary_stays() -> None:
    """Own words, a prompt by hand, a change that keeps its seed, and a model of few words vary in the seed only."""
    first = await plan("a red car")
    before = (Earlier("a", "1", first, None),)
    sketch = card_for(folder_of("sketch") or pytest.fail("no folder"), "sketch")
    for result in (
        await planned("a red car", OFF, count=3),
        await planned("a red car", wishes=Wishes(prompt="a car", count=3)),
        await planned("make it blue", before=before, follows_up=True, keeps_seed=True, count=3),
        await planned("a red car", card=sketch, count=3),
    ):
        assert len({one.prompt for one in result.plans}) == 1
        assert len({one.seed for one in result.plans}) == 3
    house = Imagine(load_library(pack="medicine"))
    grid = (await planned("a red heart", tool=house, count=3)).plans
    assert {(one.brief.composition, one.brief.mood) for one in grid} == {("simple and uncluttered", "calm")}


async def test_additions_are_told_in_the_askers_language() -> None:
    """What the house or modesty adds is said in Chinese to who asks in Chinese."""
    made = await plan("一颗心脏", tool=Imagine(load_library(pack="medicine")))
    assert "你没有限定，所以加上了：简洁不杂乱、平静。" in made.notes
    assert "你没有限定，所以加上了：柔和的光线、构图简洁。" in (await plan("一只猫")).notes


class Narrow(PaperEngine):
    """Its tokenizer takes each word for one token, or is not there."""

    def __init__(self, *, is_there: bool) -> None:
        super().__init__()
        self._is_there = is_there

    async def tokens(self, model: str, texts: tuple[str, ...]) -> tuple[int, ...]:
        if not self._is_there:
            raise EngineError("There is no tokenizer")
        return tuple(len(text.split()) for text in texts)


async def test_what_is_too_long_loses_what_nobody_asked_for() -> None:
    """Modest additions go first, and the plan's brief has them no more; what the tokenizer finds room for stays."""
    text = "an extraordinarily internationalised photolithographically ornamented cathedral"
    narrow = replace(ENGLISH, token_limit=12)
    counted = await plan(text, None, narrow, engine=Narrow(is_there=True))
    assert "light" in counted.brief.added
    assert counted.prompt.endswith("soft light, simple composition")
    guessed = await plan(text, None, narrow, engine=Narrow(is_there=False))
    assert guessed.brief.added == ()
    assert "composition" not in guessed.prompt


@pytest.mark.parametrize("family", ["sd15", "sdxl", "sd3", "flux1", "zimage", "qwenimage"])
@pytest.mark.parametrize(
    "text",
    [
        "two red cats and a blue dog on a beach at sunset, no people",
        'a poster with the text "OPEN LATE" above a green door, watercolour',
        "两只红色的猫在一只蓝色的狗左边，夜晚，不要人",
        "画一只 corgi 在 beach 上，写着“你好”",
    ],
)
async def test_every_family_gets_what_was_asked_in_its_own_form(family: str, text: str) -> None:
    """Whatever the family, the prompt passes the checker without falling back on the person's own words."""
    card = FAMILIES[family].card("m")
    made = await plan(text, None, card)
    assert made.findings == ()
    assert not any("own words" in note and "style" not in note for note in made.notes)
    also = load_library().styles[made.style].phrases if made.style else None
    given = ", ".join([also.plain, also.tags, also.chinese]) if also else ""
    assert check_prompt(text, made.brief, Rendering(made.prompt, made.negative_prompt, made.notes), card, given) == ()
