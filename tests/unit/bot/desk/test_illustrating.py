"""An article's own picture first, then one painted of things that hands touch, and never a user interface."""

from dataclasses import replace
from typing import Any

import pytest

from bot.contracts import ToolContext
from bot.desk.draft import Illustration
from bot.desk.illustrating import Illustrated, Illustrating, is_to_paint, things
from bot.desk.question import Question
from bot.desk.settings import DeskSettings
from bot.errors import ModelUnavailable
from bot.knowledge.passage import Figure, Passage
from bot.language import language_of
from bot.messages import Message
from bot.preferences import Preferences
from bot.testing import CARD, PaperEngine
from tools.imagine import Imagine

RESET = "1. Push a paper clip into the reset hole.\n2. Hold it for ten seconds."
WIFI = "1. Open the app and tap Wi-Fi.\n2. Type the new password and tap Save."
SHOT = Figure("shot", "1" * 64, "Screenshot of the app: the page Wi-Fi with name and password", True)
PHOTO = Figure("photo", "2" * 64, "Back of the router with the reset hole and the power socket")


def passage(text: str, *figures: Figure, title: str = "Reset the router") -> Passage:
    return Passage("p", "d", "s", title, (), text, "", "v", language_of(text), figures)


async def decide(
    asked: str, text: str, *figures: Figure, spent: int = 0, wish: str = "", **settings: Any
) -> Illustrated:
    async def context(message: Message) -> ToolContext:
        return ToolContext("", message, PaperEngine(), CARD, preferences=Preferences(rewriting="ask"))

    imagine: Any = Imagine()
    chosen = DeskSettings.model_validate({"style": "support-desk"} | settings)
    question = Question(Message("desk", "e", "c", asked), asked, language_of(asked), illustrated=spent)
    return await Illustrating(imagine, context, chosen).of(question, asked, text, [passage(text, *figures)], wish)


@pytest.mark.parametrize(
    ("asked", "text", "figures", "kind"),
    [
        ("Where is the reset hole?", RESET, (PHOTO,), Illustration.ARTICLE),
        ("How do I change the Wi-Fi password?", WIFI, (SHOT,), Illustration.ARTICLE),
        ("How do I let my guest in by hand?", WIFI, (SHOT,), Illustration.ARTICLE),  # its caption says nothing of that
        ("How do I reset it?", RESET, (SHOT,), Illustration.PAINTED),
        ("How do I reset it?", RESET, (), Illustration.PAINTED),
        ("Which spot would you pick for it?", "On a shelf, not on the floor.", (), Illustration.PAINTED),
        ("怎么清空，要按多久？", "1. 把回形针插进小孔。\n2. 按住十秒。", (), Illustration.PAINTED),
        ("充电头烫手怎么办", "烫手就不正常：立刻从插座拔下，不要再用。", (), Illustration.PAINTED),
        ("晚上灯太亮怎么办", "灯不用胶布贴住，可以直接关掉。", (), Illustration.NONE),
        ("怎么恢复出厂？", "1. 把回形针插进小孔。\n2. 按住十秒。", (), Illustration.PAINTED),
        ("天线朝哪边放？", "四根天线都竖直向上。", (), Illustration.PAINTED),
        ("How do I change the password?", WIFI, (), Illustration.NONE),
        ("How long do I hold it?", "Hold the reset button for ten seconds.", (), Illustration.NONE),
        ("Can I use a pen for the reset hole?", "No: use a paper clip.", (), Illustration.NONE),
        ("Do I pay when what came is broken?", "No. Put it into its box.", (), Illustration.NONE),
        ("能挂墙上不？", "可以，用两颗螺丝固定。", (), Illustration.NONE),
        ("What does E42 mean?", "E42: the router is too hot.", (), Illustration.NONE),
        ("怎么压他的网速？", "在应用里分开填。\n对插网线的设备同样有效。", (), Illustration.NONE),
        ("怎么改密码", "1. 打开应用，点“无线”。\n2. 输入新密码。", (), Illustration.NONE),
    ],
)
async def test_the_rule(asked: str, text: str, figures: tuple[Figure, ...], kind: Illustration) -> None:
    """The picture that fits, else hands on things, else none; a screenshot only for what is done on its page."""
    made = await decide(asked, text, *figures)
    assert made.kind is kind
    assert (made.figure is not None) is (kind is Illustration.ARTICLE)
    assert len(made.plans) == (kind is Illustration.PAINTED)


async def test_what_is_painted() -> None:
    """Two or three things of the answer in the desk's style, never asking first, and labelled as made by AI."""
    made = await decide("How do I reset it?", RESET)
    (plan,) = made.plans
    assert [one.name for one in plan.brief.subjects] == ["paper clip", "reset button"]
    assert "text" in plan.negative_prompt
    assert (plan.style, plan.held) == ("flat", False)
    assert any("made by AI" in note for note in plan.notes)


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        ({"illustrate": "never"}, Illustration.NONE),
        ({"pictures_per_conversation": 2}, Illustration.NONE),
        ({"style": "no such style"}, Illustration.NONE),
        ({"pictures_per_conversation": 3}, Illustration.PAINTED),
    ],
)
async def test_settings_hold(settings: dict[str, Any], kind: Illustration) -> None:
    """Switched off, spent or impossible: the answer goes without a picture; within the budget it has one."""
    assert (await decide("How do I reset it?", RESET, spent=2, **settings)).kind is kind


async def test_always_paints_what_is_named_but_no_screen() -> None:
    """'always' illustrates a fact about a thing; still nothing that is done on a screen, whatever an LLM wishes."""
    fact = "The cable is 1.5 m long."
    assert (await decide("How long is the cable?", fact, illustrate="always")).kind is Illustration.PAINTED
    assert (await decide("How do I change it?", WIFI, illustrate="always", wish="paint")).kind is Illustration.NONE
    assert (await decide("Why?", "Because of the law.", illustrate="always")).kind is Illustration.NONE


async def test_an_article_picture_needs_no_budget_and_an_llm_may_name_it() -> None:
    """Pictures that are there cost nothing; a figure that was not shown to the LLM can't be named by it."""
    assert (await decide("How do I reset it?", RESET, PHOTO, spent=99, wish="photo")).figure == PHOTO
    other = replace(PHOTO, caption="Our office")
    assert (await decide("How do I reset it?", RESET, other, wish="elsewhere")).kind is Illustration.PAINTED


async def test_a_painter_that_is_away_costs_only_the_picture() -> None:
    """Where no model can be described, the answer goes without a picture."""

    async def context(message: Message) -> ToolContext:
        raise ModelUnavailable("There is no such model", "Name another.", "none")

    imagine: Any = Imagine()
    question = Question(Message("desk", "e", "c", "How do I reset it?"), "How do I reset it?", "en")
    deciding = Illustrating(imagine, context, DeskSettings())
    assert (await deciding.of(question, question.text, RESET, [passage(RESET)])).kind is Illustration.NONE


@pytest.mark.parametrize("text", [WIFI, "打开浏览器，在设置页面点击“保存”。", "Click the red button on the web page."])
def test_no_screen_is_ever_painted(text: str) -> None:
    """What is done on a screen is not painted, though it speaks of buttons."""
    assert not is_to_paint("How do I do it?", text)
    assert not is_to_paint("How do I do it?", text, always=True)


def test_things_are_few_and_plain() -> None:
    """At most three, by their English names, the device last."""
    named = things("Pull the cable out of the socket, turn the screws and wipe the router with a cloth")
    assert named == ("cable", "wall socket", "router")
    assert things("把网线插进路由器的网口") == ("cable", "socket", "router")
