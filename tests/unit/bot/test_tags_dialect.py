"""A brief becomes tags: short phrases in order of importance, in which what belongs together stays together."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.brief import RELATIONS, Brief, Relation, Subject
from bot.checker import check
from bot.checker.checks import check_prompt
from bot.dialects import Rendering, render
from bot.director.understand import understand
from bot.errors import RequestError
from bot.style import Style, load_library
from bot.tasks import ModelCard

SDXL = ModelCard("xl", "sdxl", "tags", 1024, 1024, 30, 5.0, negative_prompt=True, token_limit=75)
TURBO = replace(SDXL, steps=4, guidance_scale=0.0, negative_prompt=False)
CATS, DOG = Subject("cat", 2, "red"), Subject("dog", 1, "blue")
STYLES = load_library().styles


def tags(*subjects: Subject, card: ModelCard = SDXL, style: Style | None = None, **more: object) -> str:
    return render(Brief("please", subjects, **more), card, style).prompt  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("subjects", "more", "expected"),
    [
        ((CATS, DOG), {}, "two red cats, a blue dog"),
        ((Subject("owl", 3, "white", ("small", "old")),), {}, "three small old white owls"),
        ((CATS, DOG), {"relations": (Relation("cat", "left of", "dog"),)}, "two red cats to the left of a blue dog"),
        (
            (Subject("tree"), CATS, DOG),
            {"relations": (Relation("cat", "behind", "dog"), Relation("dog", "on", "tree"))},
            "a blue dog on a tree, two red cats behind the dog",
        ),
        ((CATS,), {"relations": (Relation("cat", "chasing", "mouse"),)}, "two red cats chasing the mouse"),
        (
            (CATS,),
            {"texts": ("a, b",), "place": "beach", "time": "night", "weather": "rain", "light": "soft light"},
            'two red cats, text "a, b", on a beach, at night, in the rain, soft light',
        ),
        ((CATS,), {"names": ("Minka",), "style": "graffiti"}, "two red cats, Minka, graffiti style"),
        ((), {"place": "beach", "time": "night"}, "please"),
        ((), {"words": "", "place": "beach", "time": "night"}, "on a beach, at night"),
    ],
)
def test_the_phrases(subjects: tuple[Subject, ...], more: dict[str, object], expected: str) -> None:
    """What is locked comes first: things, relations, texts, names, then the scene, the style and the free items."""
    assert render(Brief(**{"words": "please", "subjects": subjects} | more), SDXL).prompt == expected  # type: ignore[arg-type]


def test_nothing_at_all_is_refused() -> None:
    """Without a word to paint from there is no prompt."""
    with pytest.raises(RequestError, match="nothing in this request"):
        render(Brief("  "), SDXL)


def test_style_and_exclusions_go_where_they_are_heeded() -> None:
    """A style's own tags follow the scene; exclusions and what it avoids make the negative prompt."""
    brief = Brief("please", (CATS,), exclusions=("dog",), place="beach")
    done = render(brief, SDXL, STYLES["watercolour"])
    assert done.prompt == "two red cats, on a beach, watercolour painting, soft washes, wet edges, paper texture"
    assert done.negative_prompt == "dog, photograph, hard edges"
    assert done.notes == ("The style 'watercolour' adds its own words.",)


def test_few_step_models_get_short_prompts() -> None:
    """At little guidance a style has two tags, one thing at most is added, and exclusions are told not to be heeded."""
    brief = Brief(
        "please",
        (CATS,),
        exclusions=("dog",),
        light="soft light",
        mood="calm",
        camera="35mm",
        added=("light", "camera"),
    )
    done = render(brief, TURBO, STYLES["watercolour"])
    assert done == Rendering(
        "two red cats, watercolour painting, soft washes, soft light, calm",
        "",
        (
            "The style 'watercolour' adds its own words.",
            "Added, since you left it open: soft light.",
            "xl heeds no negative prompt, so a picture without dog can't be promised.",
        ),
    )


NAMES = st.sampled_from(["cat", "dog", "owl", "bicycle", "teapot"])
SUBJECTS = st.builds(
    Subject,
    NAMES,
    st.sampled_from([None, 1, 2, 5, 12]),
    st.sampled_from([None, "red", "blue", "green"]),
    st.sampled_from([(), ("small",), ("old", "wooden")]),
)


@settings(deadline=None)
@given(
    st.lists(SUBJECTS, min_size=1, max_size=4, unique_by=lambda one: one.name), st.sampled_from(RELATIONS), st.data()
)
def test_bindings_never_come_apart(subjects: list[Subject], kind: str, data: st.DataObject) -> None:
    """Whatever is asked for, each count, colour and attribute stands in the phrase of its own thing."""
    names = [one.name for one in subjects]
    pair = data.draw(st.permutations(names))[:2]
    relations = (Relation(pair[0], kind, pair[1]),) if len(pair) == 2 else ()
    brief = Brief("please", tuple(subjects), relations)
    done = render(brief, SDXL)
    for phrase in done.prompt.split(", "):
        assert any(name in phrase for name in names), done.prompt
    for one in subjects:
        [own] = [phrase for phrase in done.prompt.split(", ") if f"{one.name}" in phrase][:1]
        assert not one.colour or one.colour in own
    assert check_prompt("please", brief, done, SDXL) == ()


@pytest.mark.parametrize(
    "request_",
    [
        "two red cats and a blue dog on a beach at sunset",
        'a green frog to the left of a purple car, with the text "OPEN LATE"',
        "a black horse behind a white fence in the rain, no people, watercolour",
        "两只红色的猫和一只蓝色的狗，海滩，日落，不要人",
    ],
)
def test_tags_pass_the_checker(request_: str) -> None:
    """What the director reads and this dialect renders raises no alarm."""
    read = understand(request_, None)
    assert not isinstance(read, str)
    style = STYLES["watercolour"] if read.style else None
    also = style.phrase("tags") if style else ""
    done = render(read.to_brief(), SDXL, style)
    assert check_prompt(request_, read.to_brief(), done, SDXL, also) == ()
    apart = Rendering("red, two, cats, blue, dog", done.negative_prompt)
    assert check(request_, read.to_brief(), apart, SDXL)
