"""A prompt edited by hand, with what was set beside it: each changes what it is about, and nothing else."""

from dataclasses import replace
from typing import Any

import pytest

from bot import ModelCard, Plan, RequestError, ToolContext, Wishes
from bot.limits import MAX_SEED
from bot.style import Library, load_library
from bot.tasks import Lora
from bot.testing import CARD, PaperEngine
from tests.support import PLAN, message
from tools.edited import edited

LIBRARY: Library = load_library()
INK = LIBRARY.styles["ink"]
OLD = replace(PLAN, prompt="a red car", negative_prompt="blur", style="comic", style_by="team", loras=(Lora("a", "a"),))
HEEDLESS = replace(CARD, model="turbo", negative_prompt=False)


def edit(prompt: str = "a car", card: ModelCard = CARD, plan: Plan = OLD, **wishes: Any) -> Plan:
    said = message("Edit the prompt", wishes=Wishes(**wishes))
    return edited(plan, prompt, ToolContext("job/0-0", said, PaperEngine(), card, plan, "parent"), LIBRARY)


@pytest.mark.parametrize(
    ("wishes", "changed"),
    [
        ({"negative_prompt": "rain"}, {"negative_prompt": "rain"}),
        ({"negative_prompt": ""}, {"negative_prompt": ""}),
        ({"width_px": 128, "height_px": 64}, {"width_px": 128, "height_px": 64}),
        ({"width_px": 128}, {}),
        ({"seed": 0}, {"seed": 0}),
        ({"style": ""}, {"style": "", "style_by": ""}),
        ({"style": "comic"}, {}),
        ({}, {}),
    ],
    ids=str,
)
def test_what_was_set_beside_it(wishes: dict[str, Any], changed: dict[str, Any]) -> None:
    """Each field of the form changes its own; a style that the prompt has already adds nothing."""
    assert edit(**wishes) == replace(OLD, prompt="a car", **changed)


@pytest.mark.parametrize("name", INK.names)
def test_another_style_has_its_phrases_put_behind_once(name: str) -> None:
    """By any of its names; who edits that picture again, with the style as it stands, gets them no second time."""
    phrase = INK.phrase(CARD.dialect)
    first = edit(style=name)
    assert (first.prompt, first.style, first.style_by) == (f"a car, {phrase}", "ink", "")
    assert edit(first.prompt, plan=first, style=name) == first


@pytest.mark.parametrize(
    ("wishes", "card", "said"),
    [
        ({"negative_prompt": "rain"}, HEEDLESS, "turbo heeds no negative prompt. Leave it out"),
        ({"style": "inq"}, CARD, "There is no style 'inq'. Did you mean 'ink'?"),
        ({"width_px": 100, "height_px": 64}, CARD, "A width of 100 px is no multiple of 8. Choose 96 or 104 px."),
        ({"seed": MAX_SEED + 1}, CARD, "The seed 4,294,967,296 is out of range"),
    ],
)
def test_what_can_not_be_is_refused(wishes: dict[str, Any], card: ModelCard, said: str) -> None:
    """One line says what was wrong and what to do."""
    with pytest.raises(RequestError) as refused:
        edit(card=card, **wishes)
    assert said in str(refused.value)
