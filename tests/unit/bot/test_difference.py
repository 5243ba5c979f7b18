"""The difference between a person's words and the prompt."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.difference import Part, difference

WORDS = st.lists(
    st.sampled_from("a an red car Car cats on the beach, , at; don't 画 一只 红色的 猫 日本の 3 x".split())
)
TEXTS = st.text(max_size=60) | WORDS.map(" ".join) | WORDS.map("".join)


def shown(words: str, prompt: str) -> str:
    """The parts, as in a review: [-left out-] and {+added+}."""
    marks = {"same": "{}", "added": "{{+{}+}}", "left_out": "[-{}-]"}
    return "".join(marks[part.kind].format(part.text) for part in difference(words, prompt))


def joined(words: str, prompt: str, *kinds: str) -> str:
    return "".join(part.text for part in difference(words, prompt) if part.kind in kinds)


def plain(text: str) -> str:
    return "".join(text.split()).casefold()


@given(TEXTS, TEXTS)
def test_nothing_is_lost(words: str, prompt: str) -> None:
    """'same' and 'added' are the prompt, to the letter; 'same' and 'left_out' are the words up to case and spaces."""
    assert joined(words, prompt, "same", "added") == prompt
    assert plain(joined(words, prompt, "same", "left_out")) == plain(words)


@given(TEXTS, TEXTS)
def test_parts_are_whole(words: str, prompt: str) -> None:
    """No part is empty, and no two of a kind stand side by side."""
    parts = difference(words, prompt)
    assert all(part.text for part in parts)
    assert all(one.kind != other.kind for one, other in pairwise(parts))


@given(TEXTS)
def test_the_same_words_differ_in_nothing(words: str) -> None:
    """A prompt that is the words themselves is one part."""
    assert difference(words, words) == ((Part("same", words),) if words else ())


@pytest.mark.parametrize(
    ("words", "prompt", "expected"),
    [
        ("draw a red car", "a red car, soft light", "[-draw -]a red car{+, soft light+}"),
        ("Red CAR", "red car", "red car"),
        ("a car", "a shiny red car", "a {+shiny red +}car"),
        ("画一只猫", "一只猫，水彩", "[-画-]一只猫{+，水彩+}"),
        ("红猫", "一只红色的猫", "{+一只+}红{+色的+}猫"),
        ("I don't like dogs", "I like dogs", "I [-don't -]like dogs"),
        ("a red car at sunset", "a red car, dusk", "a red car[- at sunset-]{+, dusk+}"),
        ("", "a cat", "{+a cat+}"),
        ("a cat", "", "[-a cat-]"),
        ("", "", ""),
    ],
)
def test_it_reads_well(words: str, prompt: str, expected: str) -> None:
    """What a person reads is what was left out, what was added, and the rest."""
    assert shown(words, prompt) == expected


def test_no_confetti() -> None:
    """A short word that is in both by accident, amid words that were exchanged, is exchanged with them."""
    said = shown("please make me a picture with trains", "wide view of a harbour, ships")
    assert said == "[-please make me a picture with trains-]{+wide view of a harbour, ships+}"
    assert shown("old red boat", "new red ship") == "[-old -]{+new +}red [-boat-]{+ship+}"


def test_long_texts_are_told_apart_in_blocks() -> None:
    """Texts that would take the matcher minutes keep what they begin and end with."""
    words, prompt = "start " + "x y " * 2000 + "end", "start " + "x z " * 2000 + "end"
    parts = difference(words, prompt)
    assert [part.kind for part in parts] == ["same", "left_out", "added", "same"]
    assert (parts[0].text, parts[-1].text) == ("start x ", "end")
