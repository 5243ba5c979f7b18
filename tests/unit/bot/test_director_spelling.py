"""Slips of the pen are read as what was meant, told, and never found where there are none."""

import json
import re
from pathlib import Path

import pytest

from bot.director.slips import slips, told
from bot.director.spelling import distance
from bot.director.spelling_zh import mended
from bot.director.tokens import corrected
from bot.director.traditional import simplified
from tests.craft.packed import text_of
from tests.helpers.briefs import wish

CRAFT = Path(__file__).parents[2] / "craft"
REAL_WORDS = """
    abbey anvil apricot arcade bacon beacon bleach blot boast bridle bullet canal candle candid cargo carton castle
    cattle cart causal cellar chance clam closet coma compute concert county create dairy daisy data desert dessert
    diary diner factory fate fight flight format fright fringe fury galley giggle google guardian harp hearth
    heather hornet hostel insert inspect intrigue legend linear maintain manage march mast mate measure message
    miner minor model mousse noose notice object pastel patent patient persona pirate polite private project protect
    radish rattle retrieve sable saloon sample scream shallot shingle shrine sludge source sparse spirit stable
    staple status stitch stride subset surprise talent technical thicket thirst thorough through tier trail trial
    trough trowel waist whiskey widow wisdom wrinkle
""".split()
# Shorthand and slips that are really there in the requests by other hands.
REALLY_SLIPS = frozenset(
    "pls thx pic umbrela waitng litle girafe pruple scraf brnach flyin astronuat retreiver teh typwriter 眼境".split()
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("elefant", "elephant"),
        ("poeple", "people"),
        ("pengiuns", "penguins"),
        ("parott", "parrot"),
        ("soffa", "sofa"),
        ("smal", "small"),
        ("watercolur", "watercolor"),
        ("brithday", "birthday"),
        ("fishermn", "fisherman"),
        ("flyin", "flying"),
        ("retreiver", "retriever"),
        ("sunest", "sunset"),
        ("hippopotmaus", "hippopotamus"),
    ],
)
def test_a_slip_is_read_as_the_only_word_that_is_near(written: str, read: str) -> None:
    """Swapped, missing, doubled and wrong letters, where exactly one known word is that near."""
    assert corrected(written) == read


@pytest.mark.parametrize("word", REAL_WORDS)
def test_a_real_word_is_no_slip(word: str) -> None:
    """An English word that the tables may lack is left as it is: 'cart' is not 'cat'."""
    assert corrected(word) == word


@pytest.mark.parametrize("name", ["requests", "requests_held_out", "requests_open"])
def test_requests_by_other_hands_hold_no_false_slips(name: str) -> None:
    """In hundreds of requests nothing is put right but what was really misspelt."""
    found = set()
    for line in text_of(CRAFT / f"{name}.jsonl").splitlines():
        record = json.loads(line)
        for text in record.get("turns") or [record["request"]]:
            found |= {word for word in re.findall(r"(?<![\w'-])[a-z]{3,}(?![\w'-])", text) if corrected(word) != word}
            found |= {written for written, _ in mended(simplified(text))[1]}
    assert found <= REALLY_SLIPS


@pytest.mark.parametrize(
    ("one", "other", "slips_"),
    [("cat", "cat", 0), ("cat", "act", 1), ("cat", "cart", 1), ("cat", "dog", 2), ("", "ab", 2)],
)
def test_the_distance_counts_a_swap_once(one: str, other: str, slips_: int) -> None:
    """Letters added, left out, changed or swapped; what is farther than asked is only known to be farther."""
    assert distance(one, other, 1) == slips_
    assert distance(other, one, 1) == slips_


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("带着眼境的老师", "带着眼镜的老师"),
        ("一顶兰色的冒子", "一顶蓝色的帽子"),
        ("猫坐再桌子上", "猫坐在桌子上"),
        ("红色的的车", "红色的车"),
        ("再来一只猫", "再来一只猫"),
        ("一朵兰花", "一朵兰花"),
        ("画一座塔", "画一座塔"),
    ],
)
def test_chinese_slips(written: str, read: str) -> None:
    """A character is changed only where it makes the only known word; what is a word already stays."""
    assert mended(written)[0] == read


@pytest.mark.parametrize(
    ("words", "notes"),
    [
        ("an elefant with two blue umbrelas", ('Read "elefant" as elephant.', 'Read "umbrelas" as umbrellas.')),
        ("画一个带着眼境的老师", ("“眼境”读作“眼镜”。",)),
        ("a cat, pls", ()),
        ('a sign that says "elefant"', ()),
        ("a man named Elefant", ()),
        ("a dog in front of Elefant House", ()),
    ],
)
def test_each_repair_is_told(words: str, notes: tuple[str, ...]) -> None:
    """The asker reads what was put right; nothing in quotes and no name ever is."""
    assert told(words, wish(words).to_brief()) == notes


def test_shorthand_is_put_right_and_needs_no_telling() -> None:
    """'Pls' is a slip of please, which no picture shows."""
    assert slips("a cat pls") == (("pls", "please"),)
