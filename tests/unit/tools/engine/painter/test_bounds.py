"""Tasks are held to bounds before they are painted."""

from dataclasses import replace

import pytest

from bot.errors import EngineError
from bot.messages import PaintTask
from tools.engine.families import card_for, folder_of
from tools.engine.painter.server import check

TASK = PaintTask("1", "sketch", "a cat", "", 256, 256, 8, 2.5, 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"width_px": 0}, "A width of 0 px.*multiple of 8"),
        ({"height_px": 10**9}, "A height of 1000000000 px"),
        ({"width_px": 250}, "A width of 250 px"),
        ({"width_px": -8}, "A width of -8 px"),
        ({"steps": 0}, "Steps can't be 0.*1 to 200"),
        ({"steps": 201}, "Steps can't be 201"),
        ({"guidance_scale": -1.0}, "guidance scale can't be -1"),
        ({"guidance_scale": float("nan")}, "guidance scale can't be nan"),
        ({"seed": -1}, "seed can't be -1"),
        ({"seed": 2**32}, "seed can't be 4294967296"),
        ({"prompt": ""}, "prompt's length can't be 0"),
        ({"prompt": "a" * 10_001}, "prompt's length can't be 10001"),
        ({"negative_prompt": "a" * 10_001}, "negative prompt's length"),
        ({"task": "dance"}, "no task 'dance'"),
    ],
)
def test_bounds(changes, words):
    """What would fail or never end is refused, with what is expected."""
    card = card_for(folder_of("sketch"), "sketch")
    with pytest.raises(EngineError, match=words) as raised:
        check(replace(TASK, **changes), card)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 200


def test_what_is_within_bounds():
    """The outermost values that are allowed pass."""
    card = card_for(folder_of("sketch"), "sketch")
    check(TASK, card)
    check(replace(TASK, width_px=8, height_px=card.max_side_px, steps=200, guidance_scale=30.0, seed=2**32 - 1), card)
