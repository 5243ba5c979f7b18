"""The imagine tool turns a checked request into fixed plans, and says in one line what can't be done."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot import Attachment, ModelCard, Plan, RequestError, ToolContext, ToolResult, Wishes
from bot.brief_arguments import ImagineArguments
from bot.contracts import Earlier
from bot.testing import CARD, PaperEngine
from tests.support import PLAN, message
from tools.imagine import MAX_SEED, Imagine

LARGE = replace(CARD, width_px=512, height_px=512, steps=20, guidance_scale=7.0)
NO_NEGATIVE = replace(CARD, negative_prompt=False)
TOOL = Imagine()


def context(
    card: ModelCard = LARGE, text: str = "a red car", previous: Plan | None = None, **wishes: Any
) -> ToolContext:
    said = message(text, wishes=Wishes(**wishes))
    return ToolContext("job/0-0", said, PaperEngine(), card, previous, "parent" if previous else None)


async def imagine(where: ToolContext | None = None, **arguments: Any) -> ToolResult:
    asked = {"prompt": "a red car", "subjects": [{"name": "car", "colour": "red"}]} | arguments
    return await TOOL.run(ImagineArguments.model_validate(asked), where or context())


async def plan(where: ToolContext | None = None, **arguments: Any) -> Plan:
    """The only plan of a request."""
    [only] = (await imagine(where, **arguments)).plans
    return only


async def refused(where: ToolContext | None = None, **arguments: Any) -> str:
    with pytest.raises(RequestError) as raised:
        await imagine(where, **arguments)
    assert "\n" not in str(raised.value)
    assert raised.value.remedy
    return str(raised.value)


async def test_a_request_becomes_a_plan() -> None:
    """A plan has the asker's words, what they were taken to mean, the prompt, and the model's own numbers."""
    made = await plan()
    assert made.request == "a red car"
    assert [(subject.name, subject.colour) for subject in made.brief.subjects] == [("car", "red")]
    assert "red car" in made.prompt
    assert (made.model, made.family, made.width_px, made.height_px) == ("paper", "unknown", 512, 512)
    assert (made.steps, made.guidance_scale, made.parent, made.style) == (20, 7.0, None, "")
    assert 0 <= made.seed <= MAX_SEED


async def test_the_turn_ends_and_the_words_promise_nothing() -> None:
    """The result ends the turn and says what will be painted from, not that it is done."""
    result = await imagine(count=2)
    assert result.ends_turn
    assert result.text == f"2 pictures will be painted from: {result.plans[0].prompt}"
    assert (await imagine()).text.startswith("1 picture will be painted from: ")


async def test_several_pictures_have_a_seed_each() -> None:
    """The n-th picture of a request has seed + n; the last seed is followed by 0."""
    plans = (await imagine(context(seed=MAX_SEED - 1, count=4))).plans
    assert [each.seed for each in plans] == [MAX_SEED - 1, MAX_SEED, 0, 1]


async def test_hand_set_wishes_win() -> None:
    """What was set by hand wins over what the words were taken to mean."""
    by_hand = context(width_px=256, height_px=128, count=2, seed=5, steps=3, guidance_scale=2.5, negative_prompt="blur")
    said: dict[str, Any] = {
        "width_px": 512,
        "height_px": 512,
        "count": 1,
        "seed": 1,
        "steps": 9,
        "negative_prompt": "x",
    }
    first, second = (await imagine(by_hand, **said)).plans
    assert (first.width_px, first.height_px, first.steps, first.guidance_scale) == (256, 128, 3, 2.5)
    assert (first.seed, second.seed) == (5, 6)
    assert first.negative_prompt.split(", ")[0] == "blur"


async def test_what_the_words_meant_wins_over_the_models_defaults() -> None:
    """Size, steps, guidance and seed that were asked for in words are taken where nothing was set by hand."""
    made = await plan(width_px=256, height_px=320, steps=9, guidance_scale=3.0, seed=11)
    assert (made.width_px, made.height_px, made.steps, made.guidance_scale, made.seed) == (256, 320, 9, 3.0, 11)


async def test_zero_is_a_value() -> None:
    """A seed or a guidance scale of 0 is what was asked for, not an absent one."""
    made = await plan(context(seed=0, guidance_scale=0.0), seed=5, guidance_scale=5.0)
    assert (made.seed, made.guidance_scale) == (0, 0.0)


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ({"count": 0}, "The count 0 is out of range. Choose 1 to 4 pictures at once."),
        ({"count": 5}, "The count 5 is out of range. Choose 1 to 4 pictures at once."),
        ({"count": -1}, "The count -1 is out of range"),
        ({"seed": -1}, "The seed -1 is out of range. Choose 0 to 4,294,967,295."),
        ({"seed": 2**32}, "The seed 4,294,967,296 is out of range"),
        ({"steps": 0}, "The steps 0 is out of range. Choose 1 to 200 steps."),
        ({"steps": 10**9}, "The steps 1,000,000,000 is out of range"),
        ({"guidance_scale": 30.5}, "The guidance scale 30.5 is out of range. Choose 0.0 to 30.0."),
        ({"guidance_scale": float("nan")}, "The guidance scale nan is out of range"),
        ({"width_px": 0, "height_px": 0}, "A width of 0 px can't be painted by paper. Choose 64 to 2048 px."),
        ({"width_px": 10**9, "height_px": 64}, "A width of 1000000000 px can't be painted"),
        ({"width_px": 64, "height_px": -64}, "A height of -64 px can't be painted"),
        ({"width_px": 100, "height_px": 64}, "A width of 100 px is no multiple of 8. Choose 96 or 104 px."),
        ({"width_px": 64}, "A size needs both sides. Say it like 512x512."),
        ({"height_px": 64}, "A size needs both sides"),
        ({"aspect": "square"}, "'square' is no aspect ratio that can be painted. Say it like 3:2"),
        ({"aspect": "1:0"}, "'1:0' is no aspect ratio"),
        ({"aspect": "0:1"}, "'0:1' is no aspect ratio"),
        ({"aspect": "9:1"}, "'9:1' is no aspect ratio"),
        ({"aspect": "nan:1"}, "'nan:1' is no aspect ratio"),
        ({"aspect": "3:2:1"}, "'3:2:1' is no aspect ratio"),
        ({"style": "nonsense"}, "There is no style 'nonsense'. There are: "),
    ],
)
async def test_what_is_out_of_range_is_one_line(wishes: dict[str, Any], said: str) -> None:
    """A number, size, aspect or style that can't be is named with what can."""
    assert (await refused(context(**wishes))).startswith(said)


@pytest.mark.parametrize(
    ("aspect", "size"),
    [("1:1", (512, 512)), ("3:2", (624, 416)), ("2:3", (416, 624)), ("16:9", (680, 384)), ("4:1", (1024, 256))],
)
async def test_an_aspect_keeps_the_models_area(aspect: str, size: tuple[int, int]) -> None:
    """An aspect ratio is painted at about the model's own area, in sides that it can paint."""
    made = await plan(context(aspect=aspect))
    assert (made.width_px, made.height_px) == size
    assert made.brief.aspect == aspect
    in_words = await plan(aspect=aspect) if aspect != "4:1" else made
    assert (in_words.width_px, in_words.height_px) == size


async def test_a_size_wins_over_an_aspect() -> None:
    """Where both are set by hand the size is painted."""
    made = await plan(context(aspect="16:9", width_px=128, height_px=128))
    assert (made.width_px, made.height_px) == (128, 128)


cards = st.builds(
    lambda width, height, step: replace(
        CARD, width_px=width * step, height_px=height * step, size_multiple_px=step, max_side_px=4096
    ),
    st.integers(4, 32),
    st.integers(4, 32),
    st.sampled_from([16, 32, 64]),
)


@given(cards, st.floats(0.25, 4.0))
async def test_whatever_the_aspect_the_model_can_paint_it(card: ModelCard, ratio: float) -> None:
    """Sides from an aspect ratio are multiples of the model's step and within its limits."""
    made = await plan(context(card, aspect=f"{ratio}:1"))
    for side_px in (made.width_px, made.height_px):
        assert side_px % card.size_multiple_px == 0
        assert 64 <= side_px <= card.max_side_px


async def test_a_style_set_by_hand_is_painted_in() -> None:
    """A style adds its phrase to the prompt, is named in the plan, and may be called by its Chinese name."""
    for name in ("watercolour", "水彩"):
        made = await plan(context(style=name))
        assert made.style == "watercolour"
        assert "watercolo" in made.prompt.lower()


async def test_a_style_in_words_may_be_any() -> None:
    """A style that was only named in words and that no file knows goes into the prompt as it is."""
    made = await plan(context(text="a red car, graffiti"), style="graffiti")
    assert made.style == ""
    assert "graffiti" in made.prompt
    assert "graffiti" not in (await plan(style="graffiti")).prompt


async def test_a_model_without_negative_prompt_says_so() -> None:
    """A negative prompt for a model that heeds none is refused; without one all is well."""
    assert "heeds no negative prompt" in await refused(context(NO_NEGATIVE, negative_prompt="blur"))
    assert "heeds no negative prompt" in await refused(context(NO_NEGATIVE), negative_prompt="blur")
    assert (await plan(context(NO_NEGATIVE))).negative_prompt == ""


async def test_as_is_paints_from_the_words() -> None:
    """With `as_is` the prompt is the asker's words, unchanged, and a note says so."""
    words = "RED  car!!, (masterpiece:1.2)."
    made = await plan(context(text=words, as_is=True))
    assert made.prompt == words
    assert made.notes == ("Painted from your words as they are, as you asked.",)


async def test_a_follow_up_keeps_seed_and_parent() -> None:
    """A change to a picture keeps its seed and names it as parent; 'another one' takes a new seed."""
    changed = await plan(context(previous=PLAN), follows_up=True, keeps_seed=True)
    assert (changed.seed, changed.parent) == (PLAN.seed, "parent")
    another = await plan(context(previous=PLAN, seed=99), follows_up=True)
    assert (another.seed, another.parent) == (99, "parent")
    seeds = {(await plan(context(previous=PLAN), follows_up=True)).seed for _ in range(4)}
    assert len(seeds) > 1


async def test_a_picture_that_is_named_is_the_one_that_is_changed() -> None:
    """`which` decides seed and parent, even where an LLM forgot to say that it follows up."""
    pictures = tuple(Earlier(name, name, replace(PLAN, seed=seed), "sha") for name, seed in (("one", 1), ("two", 2)))
    where = replace(context(previous=PLAN), previous_id="two", earlier=pictures)
    changed = await plan(where, which="first", keeps_seed=True)
    assert (changed.seed, changed.parent) == (1, "one")
    assert "There are only two pictures here" in await refused(where, which="third", follows_up=True)


async def test_a_change_keeps_size_steps_and_scale_too() -> None:
    """The rest of a picture stays as it was only at the same size and steps; another shape is a size of its own."""
    before = replace(PLAN, width_px=640, height_px=384, steps=33, guidance_scale=5.5)
    same = await plan(context(previous=before), follows_up=True, keeps_seed=True)
    assert (same.width_px, same.height_px, same.steps, same.guidance_scale) == (640, 384, 33, 5.5)
    wider = await plan(context(previous=before), follows_up=True, keeps_seed=True, aspect="16:9")
    assert (wider.width_px, wider.height_px) == (680, 384)
    assert (await plan(context(previous=before), follows_up=True)).width_px == LARGE.width_px
    other = replace(LARGE, model="other")
    assert (await plan(context(other, previous=before), follows_up=True, keeps_seed=True)).steps == LARGE.steps


async def test_a_change_to_a_proposal_is_a_change_of_no_picture() -> None:
    """A proposal was never painted, so what it would have changed is the picture to go back to."""
    proposal = replace(PLAN, held=True, parent="before")
    assert (await plan(context(previous=proposal), follows_up=True, keeps_seed=True)).parent == "before"


async def test_a_follow_up_to_nothing_is_a_fresh_picture() -> None:
    """A follow-up without an earlier picture has any seed and no parent."""
    assert (await plan(follows_up=True, keeps_seed=True)).parent is None


async def test_a_fresh_wish_has_no_parent() -> None:
    """A wish that is no follow-up has no parent, though there is an earlier picture."""
    assert (await plan(context(previous=PLAN))).parent is None


async def test_a_set_seed_wins_over_the_kept_one() -> None:
    """A seed set by hand is painted with, also in a follow-up."""
    assert (await plan(context(previous=PLAN, seed=3), follows_up=True, keeps_seed=True)).seed == 3


@pytest.mark.parametrize("wrong", [{"subjects": [{"colour": "red"}]}, {"count": "many"}, {"width_px": "wide"}])
def test_wrong_arguments_are_refused(wrong: dict[str, Any]) -> None:
    """Arguments of a wrong kind don't reach the tool."""
    with pytest.raises(ValidationError):
        ImagineArguments.model_validate(wrong)


async def test_a_picture_that_came_along_is_started_from() -> None:
    """The attachment is the source; its sides decide the aspect, the model's own area the size."""
    said = replace(message(), attachments=(Attachment("cat.png", "ab", 400, 200),))
    made = await plan(replace(context(), message=said))
    assert (made.source, made.width_px, made.height_px) == ("ab", 728, 360)
    assert made.strength is not None
    assert 0 < made.strength < 1


async def test_a_strength_set_by_hand_is_kept() -> None:
    """Whoever says how far to go from the picture gets that."""
    said = message(wishes=Wishes(strength=0.2), attachments=(Attachment("cat.png", "ab", 400, 200),))
    assert (await plan(replace(context(), message=said))).strength == 0.2


async def test_a_change_keeps_what_its_picture_started_from() -> None:
    """'Make it blue' about a picture that was made from another starts from that other one again."""
    old = replace(PLAN, source="ab", strength=0.4)
    kept = await plan(context(previous=old), follows_up=True, keeps_seed=True)
    assert (kept.source, kept.strength) == ("ab", 0.4)
    assert (await plan(context(previous=old), follows_up=True)).source is None


async def test_a_strength_needs_a_picture() -> None:
    """Without anything to start from a strength means nothing, and is not passed over."""
    assert "needs a picture to start from" in await refused(context(strength=0.5))


async def test_a_model_that_can_not_start_from_a_picture_says_so() -> None:
    """An attachment is not passed over either."""
    said = replace(message(), attachments=(Attachment("cat.png", "ab", 400, 200),))
    where = replace(context(replace(LARGE, img2img=False)), message=said)
    assert "can't start from a picture" in await refused(where)


async def test_a_prompt_by_hand_is_painted_from_as_it_stands() -> None:
    """Nothing is rendered; an empty one is refused."""
    made = await plan(context(prompt=" car, red "))
    assert (made.prompt, made.negative_prompt) == ("car, red", "")
    assert "The prompt is empty" in await refused(context(prompt=" "))


async def test_too_much_is_cut_and_told() -> None:
    """Five hundred things are no more work than forty, and the call is told how many are looked at."""
    many = [{"name": "car", "colour": "red"}, *({"name": f"clown {number}"} for number in range(499))]
    made = await plan(subjects=many)
    assert [one.name for one in made.brief.subjects] == ["car"]
    assert "500 subjects are more than a picture takes; only the first 40 are looked at." in made.notes
    assert not [note for note in (await plan()).notes if "looked at" in note]
