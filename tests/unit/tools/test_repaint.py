"""The repaint tool plans a picture once more without asking what it shows."""

from dataclasses import replace
from typing import Any

import pytest

from bot import ModelCard, Plan, RequestError, ToolContext, Wishes
from bot.brief import Brief, Subject
from bot.contracts import Earlier
from bot.testing import CARD, PaperEngine
from tests.support import PLAN, message
from tools.repaint import Repaint, RepaintArguments

OLD = replace(PLAN, prompt="a red car, photo", negative_prompt="blur", notes=("Added: photo.",), seed=7)
SHA256 = "ab" * 32


def context(
    previous: Plan | None = OLD, sha256: str | None = SHA256, card: ModelCard = CARD, **wishes: Any
) -> ToolContext:
    said = message("Again", wishes=Wishes(**wishes))
    return ToolContext("job/0-0", said, PaperEngine(), card, previous, "parent" if previous else None, sha256)


async def repaint(where: ToolContext, **arguments: Any) -> Plan:
    result = await Repaint().run(RepaintArguments.model_validate(arguments), where)
    assert result.ends_turn
    [plan] = result.plans
    return plan


async def test_again_is_the_same_plan_with_another_seed() -> None:
    """Only seed and parent differ, and two presses differ from each other."""
    first, second = await repaint(context(), action="again"), await repaint(context(), action="again")
    assert replace(first, seed=7, parent=None) == OLD
    assert first.parent == "parent"
    assert len({OLD.seed, first.seed, second.seed}) == 3


async def test_a_seed_set_by_hand_is_kept() -> None:
    """Whoever names the seed gets that one."""
    assert (await repaint(context(seed=5), action="again")).seed == 5


async def test_as_much_is_spent_as_on_the_picture_before() -> None:
    """Candidates and rounds are those of the plan, unless they are set by hand, within their range."""
    plan = await repaint(replace(context(), previous=replace(OLD, best_of=4, revisions=1)), action="vary")
    assert (plan.best_of, plan.revisions) == (4, 1)
    plan = await repaint(context(best_of=8, revisions=2), action="again")
    assert (plan.best_of, plan.revisions) == (8, 2)
    with pytest.raises(RequestError, match="out of range"):
        await repaint(context(best_of=9), action="again")


async def test_vary_starts_from_the_picture() -> None:
    """A variation starts from the picture's own content, as far away as asked for."""
    varied = await repaint(context(strength=0.3), action="vary")
    assert (varied.source, varied.strength, varied.prompt) == (SHA256, 0.3, OLD.prompt)
    assert 0 < ((await repaint(context(), action="vary")).strength or 0) <= 1


async def test_own_words_are_the_prompt() -> None:
    """The person's words are painted as they are: same seed, so that the difference shows, and nothing forbidden."""
    plan = await repaint(context(), action="own_words")
    assert (plan.prompt, plan.negative_prompt, plan.seed) == (OLD.request, "", OLD.seed)
    assert "Added: photo." not in plan.notes


async def test_a_prompt_by_hand_is_painted_from() -> None:
    """The edited prompt takes the place of ours, at the same seed."""
    plan = await repaint(context(prompt=" car, red "), action="prompt")
    assert (plan.prompt, plan.seed, plan.request) == ("car, red", OLD.seed, OLD.request)
    assert (await repaint(context(), action="prompt", prompt="from the LLM")).prompt == "from the LLM"


@pytest.mark.parametrize(
    ("where", "action", "said"),
    [
        (context(previous=None), "again", "There is no picture yet"),
        (context(sha256=None), "vary", "not there any more"),
        (context(card=replace(CARD, img2img=False), strength=0.5), "vary", "can't start from a picture"),
        (context(strength=1.5), "vary", "The strength 1.5 is out of range"),
        (context(strength=0.0), "vary", "The strength 0 is out of range"),
        (context(prompt="  "), "prompt", "The prompt is empty"),
    ],
    ids=["no picture", "deleted", "no img2img", "too strong", "too weak", "empty"],
)
async def test_what_can_not_be_repainted_is_one_line(where: ToolContext, action: str, said: str) -> None:
    """What is missing is said in one line with a remedy."""
    with pytest.raises(RequestError) as raised:
        await repaint(where, action=action)
    assert said in str(raised.value)
    assert raised.value.remedy


FIRST = Earlier("first", "a", replace(OLD, seed=1), "11" * 32)
SECOND = Earlier("second", "b", replace(OLD, seed=2, parent="first"), "22" * 32)


def among(*pictures: Earlier, said: str = "words", card: ModelCard = CARD) -> ToolContext:
    """Where the last of several pictures is the one that a follow-up means."""
    last = pictures[-1]
    return replace(
        context(last.plan, last.sha256, card), message=message(said), previous_id=last.id, earlier=tuple(pictures)
    )


async def test_which_names_the_picture_that_is_meant() -> None:
    """A variation of another picture starts from that one, and is a change of it."""
    varied = await repaint(among(FIRST, SECOND), action="vary", which="first")
    assert (varied.source, varied.parent) == (FIRST.sha256, "first")


async def test_several_of_one_kind() -> None:
    """'Two more like the first' are two variations with different seeds."""
    arguments = RepaintArguments(action="vary", which="first", count=2)
    plans = (await Repaint().run(arguments, among(FIRST, SECOND))).plans
    assert len({plan.seed for plan in plans} - {1, 2}) == 2
    assert {plan.parent for plan in plans} == {"first"}


async def test_back_undo_and_redo_show_a_picture_as_it_was() -> None:
    """'Undo' shows it with its own parent, 'back' as a change of what one stood at; neither changes the plan."""
    undone = await repaint(among(FIRST, SECOND), action="undo")
    assert undone == replace(FIRST.plan, same_as="first")
    back = await repaint(among(FIRST, SECOND), action="back", which="first")
    assert back == replace(FIRST.plan, same_as="first", parent="second")
    again = Earlier("again", "c", undone, FIRST.sha256)
    assert await repaint(among(FIRST, SECOND, again), action="redo") == replace(SECOND.plan, same_as="second")
    assert (await repaint(among(FIRST, SECOND), action="back")).same_as == "first"


async def test_several_steps_at_once() -> None:
    """'Undo twice' leads two changes back."""
    third = Earlier("third", "c", replace(OLD, parent="second"), SHA256)
    assert (await repaint(among(FIRST, SECOND, third), action="undo", count=2)).same_as == "first"


async def test_what_is_made_of_a_picture_shown_again_is_painted() -> None:
    """'Again' and 'vary' of a picture that was shown again are pictures of their own."""
    shown = Earlier("shown", "c", replace(FIRST.plan, same_as="first"), FIRST.sha256)
    for action in ("again", "vary"):
        plan = await repaint(among(FIRST, shown), action=action)
        assert (plan.same_as, plan.parent) == (None, "shown")


async def test_a_model_that_starts_from_no_picture_varies_by_the_seed() -> None:
    """Then a variation is the same prompt with another seed, which is said in the asker's language."""
    model = replace(CARD, img2img=False)
    plan = await repaint(among(FIRST, SECOND, said="更像第一张", card=model), action="vary", which="first")
    assert (plan.source, plan.prompt, plan.parent) == (None, FIRST.plan.prompt, "first")
    assert plan.seed != 1
    assert "不能以图片为起点" in plan.notes[-1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"action": "back", "which": "third"}, "There are only two pictures here"),
        ({"action": "vary", "which": "the cat"}, "There is no such picture here"),
        ({"action": "undo", "count": 2}, "There is nothing to undo"),
        ({"action": "redo"}, "There is nothing to redo"),
        ({"action": "again", "count": 9}, "9 pictures at once"),
    ],
)
async def test_a_picture_that_there_is_not(arguments: dict[str, Any], said: str) -> None:
    """One line says what there is."""
    with pytest.raises(RequestError, match=said):
        await repaint(among(FIRST, SECOND), **arguments)


async def test_a_proposal_is_painted_as_it_stands() -> None:
    """'Use' changes nothing of a proposal but that it is painted, and makes it a change of no picture."""
    held = replace(OLD, held=True)
    assert await repaint(context(held, None), action="use") == replace(held, held=False)
    own = await repaint(context(held, None), action="own_words")
    assert (own.prompt, own.parent, own.held) == (held.request, None, False)


ENGLISH_ONLY = replace(CARD, model="xl", languages=("en",), token_limit=20)


def in_words(request: str, **brief: Any) -> Plan:
    """The plan of a picture that somebody asked for in these words."""
    return replace(OLD, request=request, brief=Brief(request, **brief), parent=None)


async def test_own_words_that_the_model_can_not_read_are_translated() -> None:
    """Chinese never reaches a model that reads English only: by the lexicon, else one line refuses."""
    plan = in_words("一只红色的猫", subjects=(Subject("cat", 1, "red"),))
    made = await repaint(context(plan, card=ENGLISH_ONLY), action="own_words")
    assert made.prompt == "a red cat"
    assert "xl 只懂英文，所以把你的话译成了英文，其他都没有改。" in made.notes
    assert (
        await repaint(context(plan, card=replace(ENGLISH_ONLY, languages=())), action="own_words")
    ).prompt == "一只红色的猫"
    with pytest.raises(RequestError, match="龘靐齉"):
        await repaint(context(in_words("画一只龘靐齉"), card=ENGLISH_ONLY), action="own_words")


async def test_own_words_are_all_that_was_said_of_the_picture() -> None:
    """The words of a change stand behind those that it changed, oldest first, and end where the model's budget does."""
    first, second = in_words("a red car"), replace(in_words("make it blue"), parent="one")
    where = replace(
        context(replace(in_words("with a dog"), parent="two")),
        earlier=(Earlier("one", "1", first, SHA256), Earlier("two", "2", second, SHA256)),
    )
    assert (await repaint(where, action="own_words")).prompt == "a red car, make it blue, with a dog"
    short = replace(where, card=replace(ENGLISH_ONLY, token_limit=8))
    made = await repaint(short, action="own_words")
    assert made.prompt == "a red car, make it blue"
    assert any("so I left out: with a dog" in note for note in made.notes)


async def test_a_prompt_by_hand_is_one_that_the_model_can_read() -> None:
    """Chinese is refused by a model that reads English only; what it does not see of a long prompt is said."""
    with pytest.raises(RequestError, match="no English for '猫'"):
        await repaint(context(card=ENGLISH_ONLY), action="prompt", prompt="a red 猫")
    made = await repaint(context(card=ENGLISH_ONLY), action="prompt", prompt=" ".join(["blue"] * 25))
    assert made.prompt == " ".join(["blue"] * 25)
    assert any("does not see: blue" in note for note in made.notes)
