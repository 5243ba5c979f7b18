"""What the checker puts right, what it says about it, and what it refuses, up to the plan of a picture."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from adapters.terminal.show import reply_record
from bot import Message, Plan, RequestError, ToolContext, Wishes
from bot.brief import Brief, Relation, Subject
from bot.brief_arguments import ImagineArguments
from bot.checker import Kind
from bot.checker.checked import Checked, checked
from bot.checker.mend import english, without_forbidding
from bot.dialects import Rendering, render
from bot.messages import Outcome, Picture, Reply
from bot.tasks import ModelCard
from bot.testing import CARD, PaperEngine
from tests.support import PLAN, message
from tools.imagine import Imagine

SDXL = ModelCard("xl", "sdxl", "plain", 1024, 1024, 30, 5.0, negative_prompt=True, token_limit=75)
CAT, DOG = Subject("cat", 2, "red"), Subject("dog", 1, "blue")
TWO_CATS = "two red cats and a blue dog"
TOOL = Imagine()


async def done(request: str, brief: Brief, previous: Brief | None = None, card: ModelCard = SDXL) -> Checked:
    return await checked(request, brief, card, partial(render, card=card), previous)


async def test_what_was_lost_comes_back_and_is_said() -> None:
    """A dropped thing is put back into brief and prompt, with a sentence in the asker's language."""
    made = await done(TWO_CATS, Brief(TWO_CATS, (DOG,)))
    assert made.brief.subjects == (DOG, CAT)
    assert made.rendering == Rendering(
        "a blue dog and two red cats", "", ("I had lost the two red cats; they are back.",)
    )
    assert [one.kind for one in made.findings] == [Kind.ENTITY]
    chinese = await done("两只红猫和一只蓝狗", Brief("两只红猫和一只蓝狗", (DOG,)))
    assert chinese.rendering.notes == ("我漏掉了猫，已经补上。",)


async def test_what_was_wrong_is_said_with_what_it_is_now() -> None:
    """A changed number, a swapped relation and an invention each get their own modest sentence."""
    request = "two cats to the left of a dog"
    turned = Relation("dog", "left of", "cat")
    made = await done(request, Brief(request, (Subject("cat", 3), Subject("dog", 1), Subject("parrot", 1)), (turned,)))
    assert made.rendering.prompt == "two cats to the left of a dog"
    assert made.rendering.notes == (
        "I had three cats where you asked for two cats; that is right now.",
        "I had 'dog left of cat' where you asked for 'cat left of dog'; that is right now.",
        "I had added a parrot, which you didn't ask for; it is gone.",
    )


async def test_what_was_right_is_left_as_it_is() -> None:
    """A brief that keeps to the request is rendered as ever, with nothing said and nothing found."""
    brief = Brief(TWO_CATS, (CAT, DOG), light="soft light", added=("light",))
    assert await done(TWO_CATS, brief) == Checked(brief, render(brief, SDXL))


async def test_a_dialect_that_loses_something_is_passed_over() -> None:
    """Where mending does not help, the person's own words are painted from, and it is said."""

    def careless(brief: Brief) -> Rendering:
        return Rendering("a lovely picture of a dog", "ugly", ("I like dogs.",))

    made = await checked(TWO_CATS, Brief(TWO_CATS, (CAT, DOG)), SDXL, careless)
    assert made.rendering.prompt == TWO_CATS
    assert made.rendering.negative_prompt == "ugly"
    assert "painted from your own words" in made.rendering.notes[-1]
    assert Kind.ENTITY in {one.kind for one in made.findings}


async def test_the_own_words_of_a_change_begin_with_the_earlier_ones() -> None:
    """'Make it blue' alone says nothing; both together do."""
    earlier = Brief("a cat", (Subject("cat", 1),))
    now = Brief("a cat\nmake it blue", (Subject("cat", 1, "blue"),))
    made = await checked("make it blue", now, SDXL, lambda _: Rendering("a dog", ""), earlier)
    assert made.rendering.prompt == "a cat, make it blue"


async def test_a_change_keeps_what_it_does_not_name() -> None:
    """What an LLM forgot of the earlier picture comes back from its brief."""
    earlier = Brief(TWO_CATS, (CAT, DOG), texts=("HI",), place="beach")
    made = await done("same, but at night", Brief("at night", (DOG,), place="forest", time="night"), earlier)
    assert set(made.brief.subjects) == {CAT, DOG}
    assert (made.brief.place, made.brief.time, made.brief.texts) == ("beach", "night", ("HI",))


async def test_chinese_is_translated_or_refused_but_never_passed_through() -> None:
    """For a model that reads English only: by the lexicon, else a plain line in the asker's language."""
    made = await done("一只红色的猫", Brief("一只红色的猫", (Subject("猫", 1, "红色"),)))
    assert made.rendering.prompt == "a red cat"
    scene = await done("一片森林，不要动物", Brief("一片森林，不要动物", place="forest", exclusions=("animal",)))
    assert (scene.rendering.prompt, scene.rendering.negative_prompt) == ("in a forest", "animal")
    with pytest.raises(RequestError, match="xl 只懂英文，我不会翻译“灯笼果怪”"):
        await done("画一只灯笼果怪", Brief("画一只灯笼果怪", (Subject("灯笼果怪", 1),)))
    assert (await done("a monster", Brief("a monster", (Subject("灯笼果怪", 1),)))).rendering.prompt == "a monster"
    other = await done(
        "画一只灯笼果怪", Brief("画一只灯笼果怪", (Subject("灯笼果怪", 1),)), card=replace(CARD, languages=())
    )
    assert "灯笼果怪" in other.rendering.prompt


async def test_long_prompts_lose_what_nobody_asked_for_first() -> None:
    """What was added goes before anything is cut, and what is cut is said."""
    brief = Brief("a cat", (Subject("cat", 1),), light="soft, warm, golden light " * 20, added=("light",))
    assert (await done("a cat", brief)).rendering.prompt == "a cat"
    request = "a cat, " + ", ".join(f"a {colour} ball" for colour in ["red", "blue", "green", "pink"] * 8)
    long = await done(request, Brief(request))
    assert long.rendering.prompt.startswith("a cat, a red ball")
    assert "so I left out: " in long.rendering.notes[-1]
    assert long.rendering.notes[-1].endswith("a pink ball")
    assert len(long.rendering.prompt) < len(request)


async def test_what_is_forbidden_is_not_named_where_words_are_passed_on() -> None:
    """A model that heeds negatives would paint the animals of 'no animals'."""
    words = "a forest at dawn, but don't include any animals"
    made = await done(words, Brief(words, place="forest", time="dawn", exclusions=("animal",)))
    assert (made.rendering.prompt, made.rendering.negative_prompt) == ("a forest at dawn", "animal")


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("a park with no people and no cars", "a park"),
        ("a beach without people, sunset", "a beach, sunset"),
        ("海滩，不要人，日落", "海滩，日落"),
        ("空荡荡的站台，一个人都别有，也别出现广告牌", "空荡荡的站台"),
        ("a cat", "a cat"),
        ("no people", "no people"),
    ],
)
def test_clauses_that_forbid_are_cut_out(words: str, left: str) -> None:
    """The rest of the words stays; words that do nothing but forbid stay whole."""
    assert without_forbidding(words) == left


async def test_english_of_chinese_words() -> None:
    """Known words are translated one by one; one unknown word leaves all as it was."""
    assert english("红色的消防车") == "red fire truck"
    assert english("灯笼果怪") == "灯笼果怪"
    assert english("cat") == "cat"


async def planned(text: str, previous: Plan | None = None, wishes: Wishes | None = None, **arguments: Any) -> Plan:
    context = ToolContext("job/0-0", message(text, wishes=wishes or Wishes()), PaperEngine(), CARD, previous, "parent")
    asked = ImagineArguments.model_validate({"prompt": text} | arguments)
    return (await TOOL.run(asked, context)).plans[0]


async def test_a_plan_keeps_its_findings() -> None:
    """What an LLM lost is back in the plan that is painted, and findings and notes say so; so does the record."""
    made = await planned(TWO_CATS, subjects=[{"name": "dog", "count": 1, "colour": "blue"}])
    assert "two red cats" in made.prompt
    assert made.notes[-1] == "I had lost the two red cats; they are back."
    assert [one.about for one in made.findings] == ["cat"]
    picture = Picture("p", made, Path("cat.png"), "", 1.0, "")
    reply = Reply("k", "j", Message("terminal", "e", "u", TWO_CATS), Outcome.DONE, "", (picture,), made.notes)
    [found] = reply_record(reply, [Path("cat.png")])["findings"]
    assert found == {"kind": "entity", "where": "brief", "about": "cat", "wanted": "cat", "found": ""}


async def test_what_was_set_by_hand_wins_over_the_words() -> None:
    """An option for the shape is no fault against 'square' in the words."""
    made = await planned(
        "a square picture of a cat", wishes=Wishes(aspect="16:9"), subjects=[{"name": "cat", "count": 1}]
    )
    assert made.brief.aspect == "16:9"
    assert made.width_px > made.height_px


async def test_a_prompt_by_hand_is_not_checked() -> None:
    """Who writes the prompt themselves gets it as it stands."""
    made = await planned(TWO_CATS, wishes=Wishes(prompt="a lone wolf"), subjects=[])
    assert (made.prompt, made.findings) == ("a lone wolf", ())


async def test_a_follow_up_is_checked_against_the_picture_that_it_changes() -> None:
    """A thing that an LLM forgot in a follow-up comes back; without `follows_up` the words stand alone."""
    earlier = replace(PLAN, brief=Brief(TWO_CATS, (CAT, DOG)))
    dog = [{"name": "dog", "count": 1, "colour": "blue"}]
    again = await planned("same, but at night", earlier, subjects=dog, time="night", follows_up=True)
    assert "two red cats" in again.prompt
    alone = await planned("same, but at night", earlier, subjects=dog, time="night")
    assert "cat" not in alone.prompt
