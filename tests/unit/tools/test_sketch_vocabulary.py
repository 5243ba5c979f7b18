"""The built-in model's word list holds together, and says no more than its weights learned."""

from collections import Counter
from itertools import chain

import pytest

from bot.brief import RELATIONS, Brief, Relation, Subject
from bot.dialects import render
from bot.dialects.rendering import is_chinese
from bot.dialects.vocabulary import Known, Vocabulary, find, several
from bot.director import lexicon, scenes
from tools.engine.families import card_for, folder_of
from training.world.subjects import STARTER_SUBJECTS, SUBJECTS
from training.world.words import COLOURS, STYLES

FOLDER = folder_of("sketch")
assert FOLDER is not None
CARD = card_for(FOLDER, "sketch")
WORDS = Vocabulary.of(CARD)
# What swims, crawls or buzzes looks like nothing that Sketch has learned.
NOTHING_NEAR = frozenset(
    """
    alligator ant axolotl bee bumblebee butterfly carp caterpillar catfish chameleon clam cobra cod crab crocodile
    dolphin dragonfly eel firefly fish fly frog gecko gnat goldfish hornet iguana insect jellyfish koi kraken ladybird
    ladybug lizard lobster locust mantis mermaid mosquito moth mussel newt octopus oyster perch pike piranha prawn
    python salamander salmon sardine scallop scarab scorpion seahorse shark shrimp slug snail snake spider squid
    starfish stingray termite toad trout tuna wasp weevil worm
    """.split()
)
TABLES: dict[str, dict[str, Known]] = {
    "subjects": dict(WORDS.subjects),
    "places": dict(WORDS.places),
    "times": WORDS.times,
    "colours": WORDS.colours,
    "styles": WORDS.styles,
}
EACH_TABLE = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)


def names_of(table: dict[str, Known]) -> list[str]:
    return [name for known, it in table.items() for name in (known, *it.words, *chain.from_iterable(it.near))]


@EACH_TABLE
def test_no_word_means_two_things(table: dict[str, Known]) -> None:
    """A name stands once in its table: as a known word, as another name for one, or as something near to one."""
    assert [name for name, times in Counter(names_of(table)).items() if times > 1] == []


@EACH_TABLE
def test_words_are_written_as_they_are_looked_up(table: dict[str, Known]) -> None:
    """Small letters, single spaces, and a singular wherever the plural would be looked up by it."""
    for name in names_of(table):
        assert name == " ".join(name.casefold().split()), name
        assert find(table, name) is not None
    for known, it in table.items():
        for name in (known, *it.words):
            meaning = find(table, name)
            assert meaning is not None, name
            assert (meaning.known, meaning.itself) == (known, True)


@EACH_TABLE
def test_everything_has_a_chinese_name(table: dict[str, Known]) -> None:
    """Each known word can be said to someone who writes Chinese."""
    assert [known for known, it in table.items() if not any(is_chinese(word) for word in it.words)] == []


def test_it_is_what_the_weights_learned() -> None:
    """The world of its captions: 16 subjects, 8 places, 3 times of day, 10 colours on five subjects, 3 styles."""
    assert set(WORDS.subjects) == set(STARTER_SUBJECTS)
    assert {it.phrase for it in WORDS.places.values()} == {
        "on a meadow", "on a beach", "in the snow", "at sea",
        "on a city street", "in the desert", "in space", "in a room",
    }  # fmt: skip
    assert {it.phrase for it in WORDS.times.values()} == {"", "at sunset", "at night"}
    assert set(WORDS.colours) == set(COLOURS)
    assert {name for name, it in WORDS.subjects.items() if it.takes_colour} == {
        name for name in STARTER_SUBJECTS if SUBJECTS[name].colourable
    }
    assert {it.phrase for it in WORDS.styles.values()} == {"", "pencil sketch of", "pixel art of"}
    assert {name for name, it in WORDS.styles.items() if it.colourless} == {"pencil"}
    assert {name for name, it in WORDS.places.items() if it.timeless} == {"space", "room"}
    assert set(WORDS.relations) <= set(RELATIONS)
    assert several("cactus", WORDS.subjects["cactus"]) == "cactuses"


def test_plurals_come_back() -> None:
    """The plural of every English name is found too: 'foxes' as well as 'fox'."""
    for known, it in WORDS.subjects.items():
        assert find(WORDS.subjects, several(known, it)) is not None
    for plural, single in {
        "foxes": "cat",
        "wolves": "dog",
        "geese": "penguin",
        "lorries": "car",
        "boxes": "parcel",
    }.items():
        meaning = find(WORDS.subjects, plural)
        assert meaning is not None, plural
        assert meaning.known == single


def test_it_covers_what_the_director_reads() -> None:
    """Beasts and birds have a nearest thing (fish, insects and reptiles none); all times and nearly all places too."""
    missing = {name for name in lexicon.ANIMALS if find(WORDS.subjects, name) is None}
    assert missing <= NOTHING_NEAR, sorted(missing - NOTHING_NEAR)
    assert [time for time in set(scenes.TIMES.values()) if find(WORDS.times, time) is None] == []
    places = set(scenes.PLACES.values())
    unknown = [place for place in places if find(WORDS.places, place) is None]
    assert len(unknown) <= 0.05 * len(places), sorted(unknown)


@pytest.mark.parametrize(
    ("said", "painted"),
    [
        ("giraffe", "elephant"),
        ("长颈鹿", "elephant"),
        ("kittens", "cat"),
        ("old police car", "car"),
        ("无人机", "robot"),
        ("手机", "laptop"),
        ("smartphone", "laptop"),
        ("ethernet cable", "router"),
        ("玫瑰", "tulip"),
        ("lighthouse", "castle"),
        ("pirate ship", "sailboat"),
        ("gift", "parcel"),
        ("海豹", "penguin"),
        ("sea lion", "penguin"),
        ("小熊猫", "cat"),
    ],
)
def test_the_nearest_is_near(said: str, painted: str) -> None:
    """A sample of what people ask a chat or a support desk for."""
    meaning = find(WORDS.subjects, said)
    assert meaning is not None
    assert meaning.known == painted


@pytest.mark.parametrize("said", ["pizza", "person", "girl", "love", "umbrella", "hat", "比萨", "蜗牛", "女孩", ""])
def test_nothing_is_near_what_it_can_not_stand_in_for(said: str) -> None:
    """Better a plain refusal than a robot for a girl."""
    assert find(WORDS.subjects, said) is None


def test_a_caption_comes_out() -> None:
    """A brief of known words becomes a caption such as the model was trained on, with no notes."""
    dog_and_tree = (Subject("dog"), Subject("tree"))
    left = (Relation("dog", "left of", "tree"),)
    cases = [
        (Brief("x", (Subject("car", 1, "red"),), place="beach", time="sunset"), "a red car on a beach at sunset"),
        (Brief("x", (Subject("parcel", 2),), place="city"), "two parcels on a city street"),
        (Brief("x", dog_and_tree, left, place="meadow", time="night"), "a dog left of a tree on a meadow at night"),
        (Brief("x", (Subject("cactus", 3),), place="desert"), "three cactuses in the desert"),
    ]
    for brief, caption in cases:
        rendering = render(brief, CARD)
        assert (rendering.prompt, rendering.notes) == (caption, ())
        assert len(caption.split()) < CARD.token_limit


CAR = (Subject("car", 1, "red"),)


@pytest.mark.parametrize(
    ("style", "prompt", "note"),
    [
        ("pixel art", "pixel art of a red car on a beach", ""),
        ("像素风", "pixel art of a red car on a beach", ""),
        ("flat", "a red car on a beach", ""),
        ("pencil", "pencil sketch of a car on a beach", "shades of grey only, so red is left out."),
        (
            "charcoal",
            "pencil sketch of a car on a beach",
            "nearest to 'charcoal' that Sketch has learned is pencil.",
        ),
        (
            "watercolour",
            "a red car on a beach",
            "pencil and pixel art pictures only, so 'watercolour' is left out.",
        ),
    ],
)
def test_styles_are_asked_for_in_the_words_of_the_captions(style: str, prompt: str, note: str) -> None:
    """A known style opens the prompt; the nearest stands in for another; what becomes of colours is said."""
    rendering = render(Brief("x", CAR, place="beach", style=style), CARD)
    assert rendering.prompt == prompt
    assert any(note in said for said in rendering.notes) if note else rendering.notes == ()


def test_two_colours_of_a_thing_become_two_of_it_without_colours() -> None:
    """In shades of grey a red car and a blue car are two cars, and the note names both colours."""
    cars = (*CAR, Subject("car", 1, "blue"))
    rendering = render(Brief("x", cars, place="city", style="pencil"), CARD)
    assert rendering.prompt == "pencil sketch of two cars on a city street"
    assert any("red and blue" in note for note in rendering.notes)


def test_the_opening_words_are_those_of_the_captions() -> None:
    """Each style's phrase is one that the pictures' captions opened with, so that the weights met it in training."""
    for name, known in {"flat": "flat", "pencil": "pencil", "pixel art": "pixel"}.items():
        openings = {opening.strip() for opening in STYLES[known].openings}
        assert WORDS.styles[name].phrase in openings
