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


@pytest.mark.parametrize(
    ("first", "change", "meaning"),
    [
        ("a cup on a table", "put it on a shelf instead", "1 cup, 1 shelf; cup on shelf"),
        ("a bird on a roof", "now under the roof", "1 bird, 1 roof; bird below roof"),
        ("a hat on a chair", "change the chair to a green one", "1 hat, 1 green chair; hat on chair"),
        ("a cow and a pig", "make both of them brown", "1 brown cow, 1 brown pig"),
        ("a cow left of a pig", "put the cow on the right", "1 cow, 1 pig; cow right of pig"),
        ("a fox", "give me 3 of those", "3 fox"),
        ("a fox", "four, white", "4 white fox"),
        ('a shirt saying "YES"', 'now with the text "NO"', "1 shirt; says NO"),
        ('a shirt saying "YES"', 'add the text "NO" below', "1 shirt; says YES; says NO"),
        ("a fox", "now a wolf", "1 wolf"),
        ("a red cup and a blue cup", "make the red one green", "1 green cup, 1 blue cup"),
        ("two foxes", "make one of them black", "1 fox, 1 black fox"),
        ("a fox", "make it jump", "1 fox (jumping)"),
        ("a scary big fox", "less scary", "1 fox (big)"),
        ("a fox", "no wait, grey", "1 grey fox"),
        ("a fox", "what about white?", "1 white fox"),
        ("a fox in a park", "remove the park", "1 fox; not park"),
        ("a white fox", "no, a grey one", "1 grey fox"),
        ("a fox", "lovely, but could you remove the background?", "1 fox; not background"),
        ("a red fox and a grey fox", "remove the grey one", "1 red fox"),
        ("a fox", "i want it smaller", "1 fox (small)"),
        ("a fox", "zoom out", "1 fox"),
        ("一只狐狸", "眼睛要绿色", "1 fox (green eyes)"),
        ("一只狐狸", "狐狸换成狼", "1 wolf"),
        ("一只狐狸", "旁边放一把椅子", "1 fox, 1 chair; chair next to fox"),
        ("一只狐狸", "两只，白色", "2 white fox"),
        ("一只狐狸", "白的呢", "1 white fox"),
        ("一只狐狸", "画得可爱一点", "1 fox (cute)"),
        ("一只狐狸", "戴上围巾", "1 fox, scarf"),
        ("一只狐狸", "换成三只松鼠", "3 squirrel"),
        ("一只狐狸和一只松鼠", "松鼠要黑色的", "1 fox, 1 black squirrel"),
        ("一只狐狸和一只松鼠", "松鼠去掉", "1 fox; not squirrel"),
        ("一只狐狸和一只松鼠", "都改成白色", "1 white fox, 1 white squirrel"),
        ("一只狐狸在草地上", "不要草地，改成雪地", "1 fox; place=snow; not meadow"),
        ("一个女孩", "头发换成金色", "1 girl (golden hair)"),
    ],
)
def test_changes_to_some_of_it(first: str, change: str, meaning: str) -> None:
    """A change reaches the things that it speaks of, and takes away only what it puts something in the place of."""
    assert shown(wish(first, change)) == meaning


@pytest.mark.parametrize(
    ("change", "meaning"),
    [
        ("three more like that, but at night", "1 red car; place=street; time=night; x3"),
        ("another one, in watercolour", "1 red car; place=street; style=watercolour"),
        ("再来两张，但是下雪", "1 red car; place=street; weather=snow; x2"),
    ],
)
def test_another_one_with_a_change(change: str, meaning: str) -> None:
    """More pictures and a change in one message are both carried out, with a new seed."""
    again = wish(CAR, change)
    assert shown(again) == meaning
    assert (again.follows_up, again.keeps_seed) == (True, False)
