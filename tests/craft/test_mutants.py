"""The generator of mutants: the same each time, always other words, and never another text, name or number."""

import re
from collections import Counter
from typing import Any

import pytest

from tests.craft.mutants import CHANGES, NUMBERS_EN, NUMBERS_ZH, SYNONYMS, TRADITIONAL, kept, mutants
from tests.craft.truth import BOOKS, Record, read

PARENTS = {record["id"]: record for record in read(*BOOKS)}
MUTANTS = mutants()


def numbers(words: str) -> Counter[str]:
    """Every number in a text, as digits or as a word."""
    pattern = rf"\d+(?:[:x×]\d+)*|\b(?:{'|'.join(NUMBERS_EN)})\b|[{NUMBERS_ZH}]"
    return Counter(re.findall(pattern, words.casefold()))


def kept_characters(record: Record) -> set[str]:
    """Every character of what must stay as it is."""
    return set("".join(kept(PARENTS[record["parent"]])))


def one(words: str, lang: str = "en", **more: Any) -> dict[str, str]:
    """The mutants of one request, by kind."""
    record = {"id": "x", "lang": lang, "kinds": ["counts"], "turns": [words], "expect": more}
    return {mutant["mutation"]: mutant["turns"][-1] for mutant in mutants([record])}


def test_there_are_enough_of_every_kind() -> None:
    """At least 200 mutants, of every kind and language, and at least three of every request."""
    assert len(MUTANTS) >= 200
    assert {mutant["mutation"] for mutant in MUTANTS} == set(CHANGES)
    assert {mutant["lang"] for mutant in MUTANTS} == {"en", "zh", "mx"}
    assert min(Counter(mutant["parent"] for mutant in MUTANTS).values()) >= 3
    assert set(Counter(mutant["parent"] for mutant in MUTANTS)) == set(PARENTS)


def test_the_same_seed_gives_the_same_mutants() -> None:
    """The generator is deterministic, one record's mutants don't hang on the others, and another seed gives others."""
    assert mutants(seed=5) == MUTANTS
    alone = mutants([PARENTS["en-212"]])
    assert alone == [mutant for mutant in MUTANTS if mutant["parent"] == "en-212"]
    assert mutants(seed=6) != MUTANTS


def test_a_mutant_says_the_same_in_other_words() -> None:
    """The words changed; the truth, the quoted texts, the names and all numbers did not."""
    for mutant in MUTANTS:
        parent = PARENTS[mutant["parent"]]
        before, after = parent["turns"][-1], mutant["turns"][-1]
        names = [one for name in parent["expect"].get("names", []) for one in name.split("|")]
        fixed = [*parent["expect"].get("texts", []), *names]
        assert after != before, mutant["id"]
        assert mutant["expect"] == parent["expect"], mutant["id"]
        assert [after.count(one) for one in fixed] == [before.count(one) for one in fixed], mutant["id"]
        assert numbers(after) == numbers(before), mutant["id"]


def test_ids_are_all_different() -> None:
    """Every mutant can be told from every other one and from its parent."""
    ids = [mutant["id"] for mutant in MUTANTS]
    assert len(ids) == len(set(ids))
    assert not set(ids) & set(PARENTS)


def test_a_typo_leaves_the_letters_of_the_word() -> None:
    """A typo in Latin letters only changes the order of letters inside one word."""
    for mutant in (mutant for mutant in MUTANTS if mutant["mutation"] == "typo" and mutant["lang"] == "en"):
        before, after = PARENTS[mutant["parent"]]["turns"][-1].split(), mutant["turns"][-1].split()
        changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
        assert len(changed) == 1
        assert sorted(changed[0][0]) == sorted(changed[0][1])
        assert changed[0][0][0] == changed[0][1][0]


def test_a_word_that_has_typos_gets_no_more() -> None:
    """A request written with typos isn't made worse, since nobody could be sure to read it."""
    assert not [mutant["id"] for mutant in MUTANTS if mutant["mutation"] == "typo" and "typo" in mutant["kinds"]]


def test_protected_words_are_left_alone() -> None:
    """Upper case, traditional characters and wide marks stop at quoted texts, names and numbers."""
    made = one('two cats, a sign "two cats, ok"', texts=["two cats, ok"])
    assert made["punctuation"] == 'two cats，a sign "two cats, ok"'
    assert made["case"] == 'two CATS, A SIGN "two cats, ok"'
    assert one("书店里，李华的书", "zh", names=["李华"])["traditional"] == "書店裡，李华的書"
    assert one("门上写“书”", "zh", texts=["书"])["traditional"] == "門上寫“书”"


def test_a_number_word_is_protected_as_a_word_only() -> None:
    """'One' is kept as it is; the same letters inside a longer word are not in the way."""
    assert one("one stone")["case"] == "one STONE"


@pytest.mark.parametrize(
    ("name", "fits"), [("backpack|rucksack", True), ("backpack", False), ("bag", True), ("rucksack", True)]
)
def test_a_synonym_needs_a_truth_that_accepts_it(name: str, fits: bool) -> None:
    """A word is replaced only where the truth that knows it knows the other one as well."""
    assert SYNONYMS["backpack"] == "rucksack"
    assert ("synonym" in one("a backpack", subjects=[{"name": name}])) is fits


def test_traditional_characters_are_one_for_one() -> None:
    """No character is its own counterpart, and no simplified one of the table is left where it may be changed."""
    assert all(simple != full for simple, full in TRADITIONAL.items())
    assert not set(TRADITIONAL) & set(TRADITIONAL.values())
    for mutant in (mutant for mutant in MUTANTS if mutant["mutation"] == "traditional"):
        assert not set("".join(mutant["turns"])) & set(TRADITIONAL) - kept_characters(mutant), mutant["id"]


def test_quotation_marks_change_around_the_same_text() -> None:
    """Another pair of marks stands around the text, and the text is the same."""
    assert one("sign “A, b”", texts=["A, b"])["quotes"] == 'sign "A, b"'
    assert one("写“你好”", "zh", texts=["你好"])["quotes"] == "写「你好」"
    assert "quotes" not in one("a sign")
