"""Forms are filled from a picture's plan, and what is sent becomes wishes or one line on what is wrong."""

from dataclasses import replace

import pytest

from bot import RequestError, Wishes
from bot.chat.forms import LONGEST, form_of, wished
from bot.limits import MAX_SEED
from tests.support import PLAN

KEY, SEED_KEY = f"prompt:{'a' * 32}", f"seed:{'a' * 32}"
MADE = replace(PLAN, prompt="a red car, photo", negative_prompt="blur", style="ink", width_px=768, height_px=512)


def test_a_form_that_is_sent_as_it_was_changes_nothing() -> None:
    """It has what the picture was made from, each within its limit, and gives the wishes of just that."""
    form = form_of(KEY, MADE, "zh")
    filled = {field.name: field.value for field in form.fields}
    assert filled == {"prompt": MADE.prompt, "negative": "blur", "size": "768x512", "style": "ink", "seed": "7"}
    assert [field.name for field in form.fields if field.required] == ["prompt"]
    assert (form.key, form.title, form.send) == (KEY, "修改提示词", "开始画")
    wishes = Wishes(MADE.prompt, "blur", "ink", 768, 512, seed=7, model=MADE.model)
    assert wished(KEY, MADE, filled) == (MADE.prompt, wishes)
    long = form_of(KEY, replace(MADE, prompt="x" * 9_000, seed=MAX_SEED), "en")
    assert all(len(field.value) <= field.limit <= LONGEST for field in long.fields)


def test_fields_that_were_emptied() -> None:
    """Without style and negative prompt there is none, without a size it stays, without a seed any is taken."""
    sent = {"prompt": " car ", "negative": "", "size": " ", "style": "", "seed": ""}
    some = [wished(KEY, MADE, sent)[1] for _ in range(3)]
    assert replace(some[0], seed=None) == Wishes("car", "", "", model=MADE.model)
    assert len({one.seed for one in some}) == 3


def test_the_same_seed_is_asked_for_with_a_change() -> None:
    """The form asks what is to change; the wish is the seed, on the model that painted it."""
    [field] = form_of(SEED_KEY, MADE, "en").fields
    assert (field.name, field.required, field.hint) == ("change", True, "the same, but at night")
    assert wished(SEED_KEY, MADE, {"change": " at night "}) == ("at night", Wishes(seed=7, model="paper"))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("seed", "-1", "'-1' is no seed. A seed is a whole number from 0 to 4294967295."),
        ("seed", str(MAX_SEED + 1), "is no seed"),
        ("seed", "9" * 6_000, "is no seed"),
        ("size", "large", "'large' is no size. Say it like 512x512."),
        ("size", "10x10", "Each side is 64 to 8192 px"),
    ],
    ids=lambda value: value[:12],
)
def test_what_can_not_be_is_refused_in_one_line(field: str, value: str, said: str) -> None:
    """A seed or size that is none is told with what it may be."""
    with pytest.raises(RequestError) as refused:
        wished(KEY, MADE, {"prompt": "car", field: value})
    assert said in str(refused.value)
    assert len(str(refused.value)) < 200
