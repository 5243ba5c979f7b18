"""The scorer itself: what it keeps, misses, calls wrong and calls invented."""

from typing import Any

import pytest

from bot.brief import Brief, Relation, Subject
from tests.craft.score import constraints, score

CAR = Subject("car", 1, "red", ("old",))
WANTED: dict[str, Any] = {
    "subjects": [{"name": "car|automobile", "count": 1, "colour": "red", "attributes": ["old"]}],
    "place": "beach|seaside",
}
RIGHT = Brief("an old red car on a beach", subjects=(CAR,), place="beach")


def test_right_brief_is_right() -> None:
    """A brief that says exactly what was expected has every constraint kept and nothing else."""
    verdict = score(RIGHT, 1, WANTED)
    assert verdict.right
    assert len(verdict.kept) == len(constraints(WANTED)) == 5


@pytest.mark.parametrize(
    ("brief", "missed", "wrong", "invented"),
    [
        (Brief("w", (Subject("car", 2, "red", ("old",)),), place="beach"), 0, 1, 0),
        (Brief("w", (Subject("car", 1, "blue", ("old",)),), place="beach"), 0, 1, 0),
        (Brief("w", (Subject("car", 1, None, ("old",)),), place="beach"), 1, 0, 0),
        (Brief("w", (Subject("car", 1, "red"),), place="beach"), 1, 0, 0),
        (Brief("w", (Subject("car", 1, "red", ("old", "rusty")),), place="beach"), 0, 0, 1),
        (Brief("w", (CAR,), place="desert"), 0, 1, 0),
        (Brief("w", (CAR,)), 1, 0, 0),
        (Brief("w", (CAR, Subject("dog", 1)), place="beach"), 0, 0, 1),
        (Brief("w", (CAR,), place="beach", time="night"), 0, 0, 1),
        (Brief("w", (CAR,), place="beach", texts=("HI",)), 0, 0, 1),
        (Brief("w", (CAR,), place="beach", exclusions=("dog",)), 0, 0, 1),
        (Brief("w", (Subject("dog", 1),), place="beach"), 4, 0, 1),
    ],
)
def test_each_fault_is_filed_once(brief: Brief, missed: int, wrong: int, invented: int) -> None:
    """A dropped item is missed, a changed one wrong, an added one invented, and nothing is counted twice."""
    verdict = score(brief, 1, WANTED)
    assert (len(verdict.missed), len(verdict.wrong), len(verdict.invented)) == (missed, wrong, invented)


def test_swapped_colours_are_caught() -> None:
    """Colours bound to the wrong subjects are two faults."""
    wanted = {
        "subjects": [{"name": "cat", "count": 1, "colour": "black"}, {"name": "dog", "count": 1, "colour": "white"}]
    }
    swapped = Brief("w", (Subject("cat", 1, "white"), Subject("dog", 1, "black")))
    assert len(score(swapped, 1, wanted).wrong) == 2


def test_two_subjects_of_one_name_are_paired_by_what_they_are() -> None:
    """A black cat and a white cat match in either order."""
    wanted = {"subjects": [{"name": "cat", "colour": "white"}, {"name": "cat", "colour": "black"}]}
    assert score(Brief("w", (Subject("cat", 1, "black"), Subject("cat", 1, "white"))), 1, wanted).right


@pytest.mark.parametrize(
    ("subject", "name", "attributes", "right"),
    [
        (Subject("police car", 1), "police car|car", [], True),
        (Subject("toy car", 1), "car", ["toy"], True),
        (Subject("chair", 1, None, ("office",)), "office chair", [], True),
        (Subject("car park", 1), "car", [], False),
    ],
)
def test_names_and_attributes_may_share_words(subject: Subject, name: str, attributes: list[str], right: bool) -> None:
    """'Toy car' is a car that is a toy; a 'car park' is no car."""
    wanted = {"subjects": [{"name": name, "count": 1, "attributes": attributes}]}
    assert score(Brief("w", (subject,)), 1, wanted).right is right


@pytest.mark.parametrize(
    ("relation", "right"),
    [
        (Relation("cat", "left of", "dog"), True),
        (Relation("dog", "right of", "cat"), True),
        (Relation("dog", "left of", "cat"), False),
        (Relation("cat", "next to", "dog"), False),
    ],
)
def test_mirrored_relations_are_the_same(relation: Relation, right: bool) -> None:
    """The cat left of the dog is the dog right of the cat, and nothing else is."""
    brief = Brief("w", (Subject("cat"), Subject("dog")), (relation,))
    wanted = {"subjects": [{"name": "cat"}, {"name": "dog"}], "relations": [["cat", "left of", "dog"]]}
    assert score(brief, 1, wanted).right is right


def test_quoted_text_must_be_verbatim() -> None:
    """One changed letter in a text is a miss and an invention."""
    verdict = score(Brief("w", texts=("Hallo",)), 1, {"texts": ["Hello"]})
    assert (verdict.missed, verdict.invented) == (["text: Hello"], ["text: Hallo"])


@pytest.mark.parametrize(
    ("brief", "expected", "right"),
    [
        (None, {"reply": True}, True),
        (Brief("hello"), {"reply": True}, False),
        (Brief("a feeling"), {"passthrough": True}, True),
        (Brief("a feeling", (Subject("feeling"),)), {"passthrough": True}, False),
        (None, {"passthrough": True}, False),
        (None, {"either": True}, True),
        (Brief("surprise me"), {"either": True}, True),
        (None, WANTED, False),
    ],
)
def test_replies_and_words_as_they_are(brief: Brief | None, expected: dict[str, Any], right: bool) -> None:
    """A reply where a picture was wished for is wrong, and the other way round."""
    assert score(brief, 1, expected).right is right


def test_number_of_pictures() -> None:
    """Pictures are one unless expected otherwise."""
    wanted = {"subjects": [{"name": "cat"}], "pictures": 3}
    cat = Brief("w", (Subject("cat"),))
    assert score(cat, 3, wanted).right
    assert score(cat, 1, wanted).wrong
    assert score(cat, 2, {"subjects": [{"name": "cat"}]}).invented == ["pictures: 2"]


@pytest.mark.parametrize(
    ("words", "attribute", "invented"),
    [("an owl reading a book", "reading", 0), ("an owl with a book", "reading", 1), ("一只看书的猫头鹰", "reading", 0)],
)
def test_attributes_that_stand_in_the_words_are_not_invented(words: str, attribute: str, invented: int) -> None:
    """What the asker said of a subject may be kept though nobody asks for it; what they didn't say may not."""
    verdict = score(Brief(words, (Subject("owl", 1, None, (attribute,)),)), 1, {"subjects": [{"name": "owl"}]})
    assert len(verdict.invented) == invented


def test_an_attribute_on_the_wrong_subject_is_invented() -> None:
    """'A small dog and a cat' must not give a small cat."""
    wanted = {"subjects": [{"name": "dog", "attributes": ["small"]}, {"name": "cat"}]}
    brief = Brief("a small dog and a cat", (Subject("dog"), Subject("cat", None, None, ("small",))))
    verdict = score(brief, 1, wanted)
    assert (len(verdict.missed), len(verdict.invented)) == (1, 1)


def test_relations_know_a_subject_by_each_of_its_names() -> None:
    """Where 'mug' and 'cup' are both right for a subject, they are in its relation too."""
    wanted = {"subjects": [{"name": "mug|cup"}, {"name": "desk"}], "relations": [["mug", "on", "desk"]]}
    cup = Brief("w", (Subject("cup"), Subject("desk")), (Relation("cup", "on", "desk"),))
    assert score(cup, 1, wanted).right
