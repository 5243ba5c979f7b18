"""Tasks are held to bounds before they are painted."""

from dataclasses import replace

import pytest
from PIL import Image

from bot.errors import EngineError
from bot.tasks import PaintTask
from tests.helpers.studio import png_of
from tools.engine.families import card_for, folder_of
from tools.engine.painter.server import check

TASK = PaintTask("1", "sketch", "a cat", "", 256, 256, 8, 2.5, 1)
PNG = png_of(Image.new("RGB", (8, 8)))


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
        ({"strength": 0.0}, "strength can't be 0.*over 0 to 1"),
        ({"strength": 1.1}, "strength can't be 1.1"),
        ({"strength": float("nan")}, "strength can't be nan"),
        ({"task": "img2img"}, "'img2img' comes without a picture"),
        ({"image": PNG}, "'paint' comes with a picture"),
        ({"task": "img2img", "image": b"GIF89a"}, "is no PNG"),
    ],
)
def test_bounds(changes, words):
    """What would fail or never end is refused, with what is expected."""
    card = card_for(folder_of("sketch"), "sketch")
    with pytest.raises(EngineError, match=words) as raised:
        check(replace(TASK, **changes), card)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 200


def test_model_that_can_not():
    """A model that can't start from a picture is not asked to."""
    card = replace(card_for(folder_of("sketch"), "sketch"), img2img=False)
    check(TASK, card)
    with pytest.raises(EngineError, match=r"'sketch' can't start from a picture\. Ask with words alone"):
        check(replace(TASK, task="img2img", image=PNG), card)


def test_what_is_within_bounds():
    """The outermost values that are allowed pass."""
    card = card_for(folder_of("sketch"), "sketch")
    check(TASK, card)
    check(replace(TASK, task="img2img", image=PNG, strength=1e-9), card)
    check(replace(TASK, width_px=8, height_px=card.max_side_px, steps=200, guidance_scale=30.0, seed=2**32 - 1), card)
