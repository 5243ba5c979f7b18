"""Follow-ups: what a change to an earlier picture leaves as it was, and what it changes."""

import pytest

from tests.helpers.briefs import shown, wish

CAR = "a red car on a street"
TWO = "two children and a dog in a park"
CAT = "一只黑猫在沙发上"


@pytest.mark.parametrize(
    ("first", "change", "meaning"),
    [
        (CAR, "make it blue", "1 blue car; place=street"),
        (CAR, "blue please", "1 blue car; place=street"),
        (CAR, "not red but grey", "1 grey car; place=street"),
        (CAR, "same but at night", "1 red car; place=street; time=night"),
        (CAR, "two of them", "2 red car; place=street"),
        (CAR, "make it three", "3 red car; place=street"),
        (CAR, "as a watercolour", "1 red car; place=street; style=watercolour"),
        (CAR, "add a cat", "1 red car, 1 cat; place=street"),
        (CAR, "on a beach instead", "1 red car; place=beach"),
        (CAR, "wider", "1 red car; place=street; aspect=16:9"),
        (CAR, "make it a truck", "1 red truck; place=street"),
        (CAR, "bigger", "1 red car (big); place=street"),
        (TWO, "without the dog", "2 child; place=park; not dog"),
        (TWO, "only one child", "1 child, 1 dog; place=park"),
        (TWO, "replace the dog with a cat", "2 child, 1 cat; place=park"),
        (TWO, "the dog should be black", "2 child, 1 black dog; place=park"),
        (TWO, "in the snow", "2 child, 1 dog; place=snow"),
        ('a sign that says "OPEN"', 'change the text to "CLOSED"', "1 sign; says CLOSED"),
        (CAT, "换成水彩", "1 black cat, sofa; cat on sofa; style=watercolour"),
        (CAT, "换成白色", "1 white cat, sofa; cat on sofa"),
        (CAT, "加一只狗", "1 black cat, sofa, 1 dog; cat on sofa"),
        (CAT, "不要沙发", "1 black cat; not sofa"),
        (CAT, "晚上", "1 black cat, sofa; cat on sofa; time=night"),
        (CAT, "把猫换成兔子", "1 black rabbit, sofa; rabbit on sofa"),
        (CAT, "换成两只", "2 black cat, sofa; cat on sofa"),
        (CAT, "不是黑色，是灰色", "1 grey cat, sofa; cat on sofa"),
        (CAR, "换成蓝色", "1 blue car; place=street"),
        (CAT, "make it white", "1 white cat, sofa; cat on sofa"),
    ],
)
def test_changes(first: str, change: str, meaning: str) -> None:
    """A change keeps the seed and everything that it does not name."""
    changed = wish(first, change)
    assert shown(changed) == meaning
    assert (changed.follows_up, changed.keeps_seed) == (True, True)


@pytest.mark.parametrize(
    ("change", "pictures"),
    [
        ("another one", 1),
        ("again", 1),
        ("two more", 2),
        ("three more versions", 3),
        ("再来一张", 1),
        ("再来两张", 2),
        ("换一张", 1),
    ],
)
def test_another_one(change: str, pictures: int) -> None:
    """Another picture of the same takes a new seed."""
    again = wish(CAR, change)
    assert (again.follows_up, again.keeps_seed, again.count) == (True, False, pictures)
    assert again.subjects == wish(CAR).subjects
    assert again.prompt == CAR


@pytest.mark.parametrize(
    "words", ["a dog in a garden", "draw a dragon", "画一条龙", "now draw a castle", "two birds on a wire"]
)
def test_a_wish_of_its_own_follows_nothing(words: str) -> None:
    """A whole new wish takes nothing from the picture before."""
    assert shown(wish(CAR, words)) == shown(wish(words))
    assert not wish(CAR, words).follows_up


@pytest.mark.parametrize("words", ["make it blue", "same but at night", "再来一张"])
def test_with_nothing_before_words_are_passed_through(words: str) -> None:
    """A follow-up to nothing names no subject and says that it follows nothing."""
    alone = wish(words)
    assert not alone.subjects
    assert not alone.follows_up


def test_changes_add_up() -> None:
    """Each change starts from what the ones before came to."""
    assert shown(wish(CAR, "make it blue", "add a dog", "at night", "without the car")) == (
        "1 dog; place=street; time=night; not car"
    )


def test_what_is_asked_for_again_is_no_longer_excluded() -> None:
    """'Add a dog' after 'without the dog' brings it back."""
    assert shown(wish(TWO, "without the dog", "add a dog")) == "2 child, 1 dog; place=park"
