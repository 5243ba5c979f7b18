"""Requests with what they mean, by whoever writes the rules: each one was a fault once, or could become one.

They show that nothing that worked is lost. How well the director reads is another question: only requests by another
hand can tell, see benchmarks/director.py.
"""

from typing import Any

import pytest

from benchmarks.director import direct, echo, judge, table, turns
from tests.craft.score import constraints, score
from tests.craft.truth import read

RECORDS = read("examples")


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: " / ".join(turns(record)))
def test_a_request_means_what_it_says(record: dict[str, Any]) -> None:
    """Everything that was said is in the brief, and nothing else."""
    brief, pictures, _ = direct(record)
    verdict = score(brief, pictures, record["expect"])
    assert verdict.right, verdict


def test_requests_are_all_different() -> None:
    """No request is counted twice."""
    said = [tuple(turns(record)) for record in RECORDS]
    assert len(said) == len(set(said))


def test_the_table_counts_every_request_and_constraint() -> None:
    """The benchmark's table is made of all the records, and its echo is measured on the same constraints."""
    judged = [judge(record) for record in RECORDS]
    lines = table(judged).splitlines()
    assert lines[0].startswith(f"| {len(RECORDS)} requests ")
    asked = sum(len(constraints(record["expect"])) for record in RECORDS)
    assert lines[2].endswith(f" of {asked}) |")


@pytest.mark.parametrize(
    ("request_", "expect", "kept"),
    [
        ("a red car", {"subjects": [{"name": "car|automobile", "colour": "red"}], "time": "night"}, (2, 3)),
        ("一只猫", {"subjects": [{"name": "cat", "count": 1}]}, (0, 2)),
    ],
)
def test_echo_keeps_only_what_stands_in_the_words(request_: str, expect: dict[str, Any], kept: tuple[int, int]) -> None:
    """Handing on the words keeps 'red' and 'car', but no night, and nothing of the other language."""
    assert echo({"request": request_, "expect": expect}) == kept
