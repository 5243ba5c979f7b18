"""Captions: in both languages they say what the scene holds, in many ways, and nothing that is not there."""

from random import Random

import pytest

from training.world import STARTER, SUBJECTS, WORLD, Scene, caption, sample_scene
from training.world.altering import altered
from training.world.captions import plural
from training.world.words import COLOURS, NUMBERS, PLACES, STYLES, TIMES, WEATHER


def pairs(language: str, count: int = 400) -> list[tuple[Scene, str]]:
    rng = Random(11)
    return [(s, caption(s, rng, language, fillers=False)) for s in (sample_scene(rng, WORLD) for _ in range(count))]


def test_english_names_every_thing() -> None:
    """Each subject is named, in the plural where there are several."""
    for scene, text in pairs("en"):
        for thing in scene.things:
            names = SUBJECTS[thing.subject].english
            assert any((plural(name) if scene.count > 1 else name) in text for name in names), text


def test_chinese_names_every_thing() -> None:
    """Each subject is named with its measure word and number."""
    for scene, text in pairs("zh"):
        for thing in scene.things:
            subject = SUBJECTS[thing.subject]
            assert any(name.removeprefix("一杯") in text for name in subject.chinese), text
            assert NUMBERS[scene.count - 1][1] + subject.measure in text, text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_place_time_and_weather_are_true(language: str) -> None:
    """The caption's place is the scene's; times and weather that are not the scene's are never named."""
    column = 0 if language == "en" else 1
    for scene, text in pairs(language):
        place = PLACES[scene.place]
        assert any(words in text for words in (place.english if language == "en" else place.chinese)), text
        for name, words in TIMES.items():
            if name != scene.time:
                assert not any(word and word in text for word in words[column]), text
        for name, words in WEATHER.items():
            if name != scene.weather:
                assert not any(word and word in text for word in words[column]), text


def test_colours_are_true() -> None:
    """Colours of things are named, and no others."""
    for scene, text in pairs("en"):
        words = set(text.replace("green field", "").replace(",", " ").split())
        assert {c for c in COLOURS if c in words} == {t.colour for t in scene.things if t.colour}, text


def test_counts_are_true() -> None:
    """Several alike are given their number, and a single thing none."""
    for scene, text in pairs("en"):
        found = [n for n, (word, _) in enumerate(NUMBERS, 1) if n > 1 and f" {word} " in f" {text.replace(':', ' ')} "]
        assert found == ([scene.count] if scene.count > 1 else []), text


def test_styles_other_than_flat_are_named() -> None:
    """A caption of a pencil drawing says so, at the front or at the end."""
    for scene, text in pairs("en"):
        style = STYLES[scene.style]
        if scene.style != "flat":
            assert text.startswith(tuple(o.strip() for o in style.openings)) or text.endswith(style.endings), text


def test_grammar_varies() -> None:
    """One scene gets many different captions in either language."""
    rng = Random(2)
    scene = sample_scene(rng, STARTER)
    for language in ("en", "zh"):
        assert len({caption(scene, rng, language) for _ in range(200)}) > 12


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("cat", "cats"), ("bus", "buses"), ("puppy", "puppies"), ("mouse", "mice"), ("box", "boxes"), ("key", "keys")],
)
def test_plurals(name: str, wanted: str) -> None:
    """English plurals are formed as people write them."""
    assert plural(name) == wanted


def test_altered_scenes_read_differently() -> None:
    """A wrong version of a scene never has a caption that would be true of the scene itself."""
    rng = Random(4)
    for _ in range(300):
        scene = sample_scene(rng, WORLD)
        wrong = altered(scene, rng, WORLD)
        same = {caption(scene, Random(seed), fillers=False) for seed in range(30)}
        assert caption(wrong, Random(1), fillers=False) not in same
