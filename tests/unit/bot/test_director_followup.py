"""Follow-ups: what a change to an earlier picture leaves as it was, and what it changes."""

import pytest

from bot.director.followup import change
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
        ("一只狐狸", "戴上围巾", "1 fox, scarf; fox wearing scarf"),
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


BOTH = "a red cat and a blue dog"
SIDE = "a cat left of a dog"
MANY = "three cats on a sofa"


@pytest.mark.parametrize(
    ("first", "change", "meaning"),
    [
        (MANY, "one more cat", "4 cat, 1 sofa; cat on sofa"),
        (MANY, "two more", "3 cat, 1 sofa; cat on sofa; x2"),
        (MANY, "more cats", "4 cat, 1 sofa; cat on sofa"),
        (MANY, "fewer cats", "2 cat, 1 sofa; cat on sofa"),
        (MANY, "fewer", "2 cat, 1 sofa; cat on sofa"),
        (MANY, "one cat less", "2 cat, 1 sofa; cat on sofa"),
        (MANY, "remove one of the cats", "2 cat, 1 sofa; cat on sofa"),
        (MANY, "remove two of them", "1 cat, 1 sofa; cat on sofa"),
        (MANY, "remove three cats", "1 sofa; not cat"),
        (MANY, "only one of them", "1 cat, 1 sofa; cat on sofa"),
        (MANY, "five cats", "5 cat, 1 sofa; cat on sofa"),
        (MANY, "only the sofa", "1 sofa; not cat"),
        ("a cat", "two more dogs", "1 cat, 2 dog"),
        ("a tree", "fewer leaves", "1 tree, leaf (few)"),
        ("a house", "more trees", "1 house, tree (many)"),
        ("two red cats at night", "same, but by day, and only one of them", "1 red cat; time=day"),
        ("三只猫", "多一只", "4 cat"),
        ("三只猫", "少一只", "2 cat"),
        ("三只猫", "只要一只", "1 cat"),
        ("三只猫", "猫再多两只", "5 cat"),
        ("碗里五个苹果", "少两个", "bowl, 3 apple; apple inside bowl"),
        ("狐狸和兔子", "只要狐狸", "fox; not rabbit"),
        (BOTH, "swap the colours", "1 blue cat, 1 red dog"),
        (BOTH, "swap the colors of the cat and the dog", "1 blue cat, 1 red dog"),
        (BOTH, "swap the cat for a fox", "1 red fox, 1 blue dog"),
        ("一只红猫和一只蓝狗", "颜色互换", "1 blue cat, 1 red dog"),
        (SIDE, "swap them", "1 cat, 1 dog; dog left of cat"),
        (SIDE, "the other way round", "1 cat, 1 dog; dog left of cat"),
        (SIDE, "move the cat to the right", "1 cat, 1 dog; cat right of dog"),
        (SIDE, "make the left one red", "1 red cat, 1 dog; cat left of dog"),
        (SIDE, "make the right one bigger", "1 cat, 1 dog (big); cat left of dog"),
        (SIDE, "remove the left one", "1 dog; not cat"),
        (SIDE, "move the cat above the dog", "1 cat, 1 dog; cat above dog"),
        ("two cats", "make the left one red", "1 red cat, 1 cat; cat left of cat"),
        ("两只猫", "左边的改成红色", "1 red cat, 1 cat; cat left of cat"),
        ("两只狗", "其中一只变成黑色", "1 black dog, 1 dog"),
        ("一只黑猫和一只白猫", "去掉白色的那只", "1 black cat"),
        ("一只猫和一只狗", "把狗移到左边", "1 cat, 1 dog; dog left of cat"),
        ("a robot", "give it a sword and make it blue", "1 blue robot, 1 sword"),
        ("a dog", "add a cat and make it black", "1 dog, 1 black cat"),
        ("a dog and a cat", "change the dog to a fox and make it night", "1 fox, 1 cat; time=night"),
        ("a dog", "加一只猫，把狗改成黑色", "1 black dog, 1 cat"),
        ("a cat", "make it two cats and a dog", "2 cat, 1 dog"),
        ("a house", "paint the house yellow", "1 yellow house"),
        ("a boat", "make it look like a photo", "1 boat; style=photo"),
        ("a boat, watercolour", "without the style", "1 boat"),
        ("a cat in the rain at night", "no rain", "1 cat; time=night; not rain"),
        ("a cat in the rain at night", "not at night", "1 cat; weather=rain"),
        ("a cat", "make it snow", "1 cat; weather=snow"),
        ("a car, no people", "people are fine", "1 car"),
        ('a sign that says "OPEN"', "make the sign red", "1 red sign; says OPEN"),
        ("一个红气球", "换成风筝", "1 red kite"),
        ("an old man", "younger", "1 man (young)"),
        ("a small tree", "a bigger tree", "1 tree (big)"),
        ("a sitting cat", "make it stand", "1 cat (standing)"),
        ("two cats", "black ones", "2 black cat"),
        ("a red car and a house", "white house", "1 red car, 1 white house"),
        ("a cat on a beach", "replace the beach with a forest", "1 cat; place=forest"),
        ("a penguin", "make the background blue", "1 penguin"),
        ("three balloons", "add one", "4 balloon"),
        ("a black cat", "make it red", "1 red cat"),
        ("a red cat", "back to black", "1 black cat"),
        ("a dog with a hat", "take the hat off", "1 dog; not hat"),
        ("a rabbit", "add some snow", "1 rabbit; weather=snow"),
        (BOTH, "keep only the red one", "1 red cat; not dog"),
        ("a car in front of a house", "move the car behind the house", "1 car, 1 house; car behind house"),
        ("夜晚的两只红色的猫", "同样的，但换成白天，而且只要一只", "1 red cat; time=day"),
        ("一只狗在海滩上", "去掉海滩，换成雪地", "1 dog; place=snow; not beach"),
        ("一只兔子下雪", "不要雪了", "1 rabbit"),
        ("一只兔子在草地上", "改到海边", "1 rabbit; place=beach"),
        ("一辆车在房子前面", "把车挪到房子后面", "1 car, house; car behind house"),
        ("一座灯塔", "在左边加一艘船", "1 lighthouse, 1 boat; boat left of lighthouse"),
        ("一个穿红裙子的女孩", "头发改成金色", "red dress, 1 girl (golden hair); girl wearing dress"),
        ("一只红鹦鹉和一只绿鹦鹉", "只留红色的那只", "1 red parrot"),
        ("一只黑猫", "变回白色", "1 white cat"),
    ],
)
def test_sums_and_moves(first: str, change: str, meaning: str) -> None:
    """How many there are, where they are and how they look is changed exactly, and nothing besides."""
    changed = wish(first, change)
    assert shown(changed) == meaning
    assert changed.follows_up


@pytest.mark.parametrize(
    ("changes", "aspect"),
    [
        (["wider"], "16:9"),
        (["taller"], "9:16"),
        (["a bit wider"], "4:3"),
        (["slightly taller"], "3:4"),
        (["wider", "taller"], "1:1"),
        (["taller", "wider", "wider"], "16:9"),
        (["wider", "a bit taller"], "3:2"),
        (["make it square"], "1:1"),
        (["portrait format"], "9:16"),
        (["宽一点"], "16:9"),
        (["稍微宽一点"], "4:3"),
        (["竖版"], "9:16"),
        (["竖版", "宽一点"], "1:1"),
        (["3:2", "a bit wider"], "16:9"),
    ],
)
def test_the_shape_goes_along_a_ladder(changes: list[str], aspect: str) -> None:
    """'Wider' goes over square to the widest, 'a bit wider' one rung; nothing else of the picture changes."""
    changed = wish(CAR, *changes)
    assert (changed.aspect, changed.keeps_seed) == (aspect, True)
    assert changed.subjects == wish(CAR).subjects


def test_zoom_is_composition() -> None:
    """'Zoom out' and 'closer' say how the same is seen; what was moved in a picture of one thing does too."""
    assert wish(CAR, "zoom out").composition == "wide shot, seen from further away"
    assert wish(CAR, "把镜头拉近一点").composition == "close-up"
    assert wish(CAR, "move the car to the right").composition == "the car on the right"


def test_what_was_filled_in_unasked_stays_until_it_no_longer_suits() -> None:
    """A free item stays free and as it was; light and mood go with the time of day that they suited."""
    filled = wish(CAR).model_copy(update={"light": "soft light", "camera": "wide lens", "added": ["light", "camera"]})
    blue, night = change("make it blue", filled), change("at night", filled)
    assert blue is not None
    assert night is not None
    assert (blue.light, blue.camera, blue.added) == ("soft light", "wide lens", ["light", "camera"])
    assert (night.light, night.camera, night.added) == ("", "wide lens", ["camera"])
