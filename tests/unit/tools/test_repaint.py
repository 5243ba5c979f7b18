"""The repaint tool plans a picture once more without asking what it shows."""

from dataclasses import replace
from typing import Any

import pytest

from bot import ModelCard, Plan, RequestError, ToolContext, Wishes
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
        (context(card=replace(CARD, img2img=False)), "vary", "can't start from a picture"),
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
