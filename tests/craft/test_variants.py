"""Typos, synonyms, word order and courtesy change nothing that is locked: thirty requests with their variants.

`variants.jsonl` is open to whoever writes the rules, `variants_closed.jsonl` was written when they were done.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.brief import Brief
from bot.checker.checks import check_brief
from bot.director.understand import understand
from tests.craft.score import score

LOCKED = ("subjects", "relations", "texts", "names", "exclusions", "aspect", "place", "time", "weather", "style")
REWORDED = "synonym"
LEAST_VARIANTS = 4
# Of the variants in variants_closed.jsonl, so many keep all that is locked.
CLOSED_AT_LEAST = 52


def records(name: str) -> list[dict[str, Any]]:
    """The lines of a file of this folder."""
    return [json.loads(line) for line in (Path(__file__).parent / f"{name}.jsonl").read_text("utf-8").splitlines()]


OPEN, CLOSED = records("variants"), records("variants_closed")
PAIRS = [(record, variant) for record in OPEN for variant in record["variants"]]


def read(words: str) -> Brief:
    """What the director makes of words."""
    understood = understand(words, None)
    assert not isinstance(understood, str), understood
    return understood.to_brief()


def locked(brief: Brief) -> dict[str, Any]:
    """What the asker fixed, in no order, since words in another order name things in another."""
    values = {name: getattr(brief, name) for name in LOCKED}
    return {name: sorted(map(repr, value)) if isinstance(value, tuple) else value for name, value in values.items()}


def is_kept(record: Mapping[str, Any], variant: Mapping[str, str]) -> bool:
    """Whether a variant means the same: to the letter, or where it uses other words, to the checker."""
    before, after = read(record["request"]), read(variant["text"])
    alike = not check_brief(record["request"], after) and not check_brief(variant["text"], before)
    return alike and (variant["kind"] == REWORDED or locked(before) == locked(after))


def test_there_are_thirty_with_four_variants_and_more() -> None:
    """Twenty open requests and ten closed ones, in three languages, no id twice, each with at least four variants."""
    both = [*OPEN, *CLOSED]
    assert (len(OPEN), len(CLOSED), len({record["id"] for record in both})) == (20, 10, 30)
    assert {record["lang"] for record in OPEN} == {record["lang"] for record in CLOSED} == {"en", "zh", "mx"}
    assert all(len(record["variants"]) >= LEAST_VARIANTS for record in both)
    assert all(variant["text"] != record["request"] for record in both for variant in record["variants"])


@pytest.mark.parametrize("record", OPEN, ids=lambda record: record["id"])
def test_the_request_itself_means_what_it_says(record: dict[str, Any]) -> None:
    """Two readings that are alike and both wrong would show nothing."""
    assert score(read(record["request"]), 1, record["expect"]).right


@pytest.mark.parametrize(("record", "variant"), PAIRS, ids=[variant["text"] for _, variant in PAIRS])
def test_a_variant_changes_nothing_that_is_locked(record: dict[str, Any], variant: dict[str, str]) -> None:
    """All that the asker fixed is read alike, by typed equality and by the checker's own comparison."""
    assert is_kept(record, variant), (locked(read(record["request"])), locked(read(variant["text"])))


def test_what_was_reached_on_the_closed_ones_is_not_lost() -> None:
    """The held-out requests keep at least what they kept when they were first read."""
    kept = [is_kept(record, variant) for record in CLOSED for variant in record["variants"]]
    assert sum(kept) >= CLOSED_AT_LEAST
