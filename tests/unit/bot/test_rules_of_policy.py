"""Rules about words: what they meet, what they leave alone, and what people are told."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot import RequestError, Wishes
from bot.policy_settings import RuleSettings
from bot.rules import NO_RULES, Rules
from tests.support import message

LETTERS = st.text(string.ascii_letters, min_size=1, max_size=8)
MET = [
    ("acme", "the ACME logo"), ("acme", "acme's car"), ("acme", "画一个acme的标志"), ("ACME", "画一个ＡＣＭＥ标志"),
    ("blood*", "a bloody knife"), ("blood*", "blood"), ("acme*inc", "AcmeWorld_Inc on a wall"),
    ("*bird", "a blackbird"), ("bad*  wolf", "a baddest\nwolf"), ("c++", "a C++ book"), ("a b", "A b"),
    ("Straße", "eine STRASSE"), ("蜘蛛", "一只大蜘蛛侠"), ("蜘蛛*", "蜘蛛"), ("acme公司", "新acme公司的车"),
    ("ねこ", "かわいいねこの絵"), ("แมว", "รูปแมวสีดำ"), ("🔫", "a 🔫 here"),
]  # fmt: skip
NOT_MET = [
    ("cat", "a category"), ("cat", "a bobcat"), ("cat", "two cats"), ("blood*", "hotblooded"), ("*bird", "birds"),
    ("bad* wolf", "badwolf"), ("acme公司", "一家公司"), ("acme公司", "macme公司"), ("a.c", "abc"),
]  # fmt: skip


def rules(*words: str, action: str = "refuse", says: str = "") -> Rules:
    return Rules({"no rivals": RuleSettings.model_validate({"words": words, "action": action, "says": says})})


def meets(word: str, text: str) -> bool:
    return rules(word, action="spoiler").veils(["", text])


@pytest.mark.parametrize(("word", "text"), MET)
def test_a_word_is_met(word: str, text: str) -> None:
    """Whole words in any case of letters and width, longer ones by a star, Chinese and its like anywhere."""
    assert meets(word, text)


@pytest.mark.parametrize(("word", "text"), NOT_MET)
def test_a_word_that_is_only_like_it_is_left_alone(word: str, text: str) -> None:
    """No part of a word, no other word, and no sign that would mean something to a pattern."""
    assert not meets(word, text)


@given(LETTERS, LETTERS, LETTERS)
def test_a_word_stands_alone_or_begins_others(word: str, before: str, after: str) -> None:
    """Amid other words it is met, inside of one never; with a star it is met at a word's beginning."""
    assert meets(word, f"{before}, {word.upper()} {after}")
    assert not meets(word, f"x{word}x")
    assert meets(f"{word}*", f"{before} {word}{after}")


@given(st.text(st.characters(codec="utf-8", exclude_characters="*＊"), max_size=20).filter(str.strip))
def test_any_word_can_be_ruled_out(word: str) -> None:
    """Whatever a team writes is no broken pattern, and is met where nothing but it is said."""
    assert meets(word, word)


@pytest.mark.parametrize("words", [[], [""], [" "], ["*"], ["acme", " ** "], ["＊"]])
def test_a_word_of_nothing_is_refused(words: list[str]) -> None:
    """A rule without words would never hold, and a star alone would hold for everything."""
    with pytest.raises(ValidationError):
        RuleSettings(words=words)


def test_a_refusal_names_the_rule() -> None:
    """In the asker's language, with what the team says besides; a prompt by hand is read too, a negative one is not."""
    with pytest.raises(RequestError) as refused:
        rules("acme", says="Ask the brand team.").check(message("Edit", wishes=Wishes(prompt="acme car")))
    assert str(refused.value) == "A rule of this team does not allow that: no rivals. Ask the brand team."
    with pytest.raises(RequestError, match="这里有一条规则不允许画这个：no rivals。"):
        rules("顶点").check(message("画顶点公司的车"))
    rules("acme").check(message("a car", wishes=Wishes(negative_prompt="acme")))


def test_each_rule_does_its_own() -> None:
    """A rule that hides refuses nothing, one that refuses hides nothing, and the first that is broken is named."""
    both = Rules({
        "spiders": RuleSettings(words=["spider*"], action="spoiler"),
        "first": RuleSettings(words=["gun"]),
        "second": RuleSettings(words=["gun", "knife"]),
    })  # fmt: skip
    both.check(message("two spiders"))
    assert both.veils(["a car", "two spiders"])
    assert not both.veils(["a gun"])
    for text, name in (("a gun and a knife", "first"), ("a knife", "second")):
        with pytest.raises(RequestError, match=f"that: {name}"):
            both.check_texts(["a car", text], "en")
    NO_RULES.check(message("a gun"))
