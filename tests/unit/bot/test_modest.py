"""What is left open gets one or two plain items, by the scene, and never against it."""

import pytest

from bot.brief import Brief, Relation, Subject
from bot.director.understand import understand
from bot.modest import modest, modest_items
from bot.style import load_library
from tests.craft.truth import read

STYLES = load_library().styles


def added(words: str = "a cat", painted_in: str = "", **more: object) -> dict[str, str]:
    """What is added to a picture of one cat."""
    brief = Brief(**{"words": words, "subjects": (Subject("cat"),)} | more)  # type: ignore[arg-type]
    done = modest(brief, STYLES[painted_in] if painted_in else None)
    assert set(done.added) - set(brief.added) == set(modest_items(done))
    return {name: getattr(done, name) for name in modest_items(done)}


@pytest.mark.parametrize(
    ("words", "more", "light"),
    [
        ("a cat", {}, "soft light"),
        ("a cat at midnight", {}, "soft light"),
        ("a cat", {"time": "night"}, "dim, cool light"),
        ("a cat", {"time": "night", "place": "kitchen"}, "dim, cool light"),
        ("a cat", {"time": "sunset"}, "warm low light"),
        ("a cat", {"time": "sunset", "weather": "fog"}, "soft diffused light"),
        ("a cat", {"time": "dawn", "weather": "storm"}, "dim, stormy light"),
        ("a cat", {"weather": "sunny"}, "bright clear light"),
        ("a cat in the rain", {"weather": "rain"}, "soft grey light"),
        ("一只猫在厨房里", {"place": "kitchen"}, "soft indoor light"),
        ("a cat", {"place": "underwater", "time": "night"}, "soft filtered light"),
    ],
)
def test_light_suits_the_scene(words: str, more: dict[str, object], light: str) -> None:
    """Time, weather and place decide; what nobody is sure of gets a light that contradicts nothing."""
    assert added(words, **more) == {"light": light, "composition": "simple composition"}


@pytest.mark.parametrize(
    ("words", "more", "left"),
    [
        ("a cat lit by candles", {}, {"composition"}),
        ("a cat, close-up", {}, {"light"}),
        ("剪影，俯视一只猫", {}, set()),
        ("a cat", {"light": "neon light"}, {"composition"}),
        ("a cat", {"light": "neon light", "added": ("light",)}, set()),
        ("a cat", {"mood": "calm", "added": ("mood",)}, set()),
        ("a cat", {"exclusions": ("light",)}, {"composition"}),
        ("a cat", {"style": "graffiti"}, {"composition"}),
        ("a cat", {"style": "photo"}, {"light", "composition"}),
    ],
)
def test_what_is_settled_stays(words: str, more: dict[str, object], left: set[str]) -> None:
    """Nothing is added to what the words, the brief, an LLM or the house have settled, and nothing that is excluded."""
    assert set(added(words, **more)) - {name for name in ("light", "mood") if more.get(name)} == left


def test_media_without_light_get_none() -> None:
    """Line art and icons have no light, a film noir its own; an oil painting has some, and no medium gets a camera."""
    assert (
        set(added(painted_in="line-art"))
        == set(added(painted_in="icon"))
        == set(added(painted_in="film-noir"))
        == {"composition"}
    )
    assert set(added(painted_in="oil")) == {"light", "composition"}


def test_several_things_are_balanced() -> None:
    """A crowd is no simple composition."""
    pair = (Subject("cat"), Subject("dog", 2))
    assert added(subjects=pair, relations=(Relation("cat", "on", "dog"),))["composition"] == "balanced composition"


def test_most_open_requests_get_one_to_three_items() -> None:
    """Of the open book's requests that leave light, composition or medium open at least 80 % get one to three items."""
    opened = [record for record in read("requests") if record["expect"].get("open")]
    wishes = [one for record in opened if not isinstance(one := understand(record["turns"][0], None), str)]
    counts = [len(modest(wish.to_brief()).added) for wish in wishes]
    assert len(wishes) >= 40
    assert sum(1 <= count <= 3 for count in counts) >= 0.8 * len(counts)
