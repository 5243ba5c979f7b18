"""The requests by another hand: as many as promised, unlike each other, and each with a truth that can be met."""

import re
from collections import Counter
from itertools import combinations

import pytest

from bot.brief import ASPECTS, Brief
from tests.craft.score import constraints, score
from tests.craft.truth import BOOKS, Record, adds_what_is_open, as_brief, first, read

LATER_BOOKS = ("requests_more", "requests_fresh", "requests_wide", "requests_broad")
RECORDS = read(*BOOKS, *LATER_BOOKS)
EXPECTED_KEYS = set(
    "subjects relations actions names settings look texts exclusions aspect place time weather style "
    "reply passthrough forbidden may open".split()
)
MOST_ALIKE = 0.35


def shingles(record: Record) -> set[str]:
    """English words of three letters and more, and pairs of Chinese characters."""
    text = " ".join(record.get("turns") or [record["request"]]).casefold()
    pairs = {run[at : at + 2] for run in re.findall(r"[\u4e00-\u9fff]+", text) for at in range(len(run) - 1)}
    return set(re.findall(r"[a-z]{3,}", text)) | pairs


def test_there_are_as_many_as_promised() -> None:
    """Eighty requests are open and forty held out, in the same share of languages."""
    counted = [Counter(record["lang"] for record in read(book)) for book in BOOKS]
    assert counted == [{"en": 40, "zh": 27, "mx": 13}, {"en": 20, "zh": 13, "mx": 7}]


def test_the_later_books_are_as_long_as_promised() -> None:
    """A hundred and sixty, sixty, a hundred and forty and a hundred and sixty more, all in three languages."""
    counted = [Counter(record["lang"] for record in read(book)) for book in LATER_BOOKS]
    assert counted == [
        {"zh": 80, "en": 55, "mx": 25},
        {"zh": 30, "en": 20, "mx": 10},
        {"zh": 75, "en": 40, "mx": 25},
        {"zh": 60, "en": 70, "mx": 30},
    ]


def test_ids_are_all_different() -> None:
    """No request shares its id with another one, nor with the older open file."""
    ids = [record["id"] for record in (*RECORDS, *read("requests_open"))]
    assert len(ids) == len(set(ids))


def test_both_books_have_every_kind() -> None:
    """Whatever kind the open requests have, the held-out ones have too."""
    kinds = [{kind for record in read(book) for kind in record["kinds"]} for book in BOOKS]
    assert kinds[0] == kinds[1]
    assert len(kinds[0]) == 14


def test_no_two_requests_are_alike() -> None:
    """No request says what another one says, in either book or in the older open file."""
    everything = [(record["id"], shingles(record)) for record in (*RECORDS, *read("requests_open"))]
    pairs = ((one, other) for one, other in combinations(everything, 2) if one[0] in {item["id"] for item in RECORDS})
    alike = [
        (one[0], other[0])
        for one, other in pairs
        if one[1] and other[1] and len(one[1] & other[1]) / len(one[1] | other[1]) > MOST_ALIKE
    ]
    assert alike == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_the_truth_scores_as_right(record: Record) -> None:
    """The brief that a truth describes keeps every constraint of it and has nothing that it forbids."""
    expected = record["expect"]
    assert set(expected) <= EXPECTED_KEYS
    verdict = score(as_brief(record), 1, expected)
    answered = bool(expected.get("reply") or expected.get("passthrough"))
    assert verdict.right, verdict
    assert len(verdict.kept) == len(constraints(expected)) + answered


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_the_truth_stands_in_the_words(record: Record) -> None:
    """Texts and names are letter by letter in the words, in both orders; aspects are ones that a brief can have."""
    expected, said = record["expect"], "\n".join(record["turns"])
    for words in (said, record.get("reordered", said)):
        assert all(text in words for text in expected.get("texts", []))
        assert all(any(one in words for one in name.split("|")) for name in expected.get("names", []))
    assert first(expected.get("aspect", ASPECTS[0])) in ASPECTS
    assert set(expected.get("open", [])) <= {"light", "composition", "medium"}


def test_another_order_has_the_same_words() -> None:
    """A request written in another order has every long word of its parent, and no new one."""
    for record in (record for record in RECORDS if "reordered" in record):
        one, other = (set(re.findall(r"[a-z]{5,}", words.casefold())) for words in pair(record))
        assert one == other, record["id"]
        one_zh, other_zh = (set(re.findall(r"[\u4e00-\u9fff]", words)) for words in pair(record))
        assert len(one_zh ^ other_zh) <= 3, record["id"]


def pair(record: Record) -> tuple[str, str]:
    return record["turns"][-1], record["reordered"]


@pytest.mark.parametrize(
    ("added", "expected", "answer"),
    [
        ((), {"open": ["light"]}, False),
        (("light",), {"open": ["light"]}, True),
        (("light", "mood", "camera"), {"open": ["light"]}, True),
        (("light", "mood", "camera", "composition"), {"open": ["light"]}, False),
        (("light",), {}, None),
    ],
)
def test_one_to_three_free_items(added: tuple[str, ...], expected: dict[str, list[str]], answer: bool | None) -> None:
    """Where the words leave something open, one to three items may be added; elsewhere nobody counts."""
    assert adds_what_is_open(Brief("w", added=added), expected) is answer
