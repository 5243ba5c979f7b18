"""Moves among pictures that are there: what is read as one, and what is a wish for a new picture."""

from dataclasses import replace

import pytest

from bot.brief import Brief, Subject
from bot.contracts import Earlier
from bot.director.moves import Move, move_in
from bot.lineage import Lineage
from tests.support import PLAN


def shown(name: str, job: str, *subjects: Subject, **plan: object) -> Earlier:
    brief = Brief(name, subjects or (Subject("car", 1, "red"),))
    return Earlier(name, job, replace(PLAN, brief=brief, **plan), "sha")  # type: ignore[arg-type]


RED, BLUE = shown("red-car", "a"), shown("blue-car", "b", Subject("car", 1, "blue"), parent="red-car")
TWO = Lineage((RED, BLUE), BLUE)
GRID = (shown("one", "g"), shown("two", "g"), shown("three", "g"))
SEVERAL = Lineage(GRID, GRID[-1])
CATS = Lineage((shown("cats", "c", Subject("cat", 2)),), shown("cats", "c", Subject("cat", 2)))
UNDONE = Lineage((RED, BLUE, again := shown("red-again", "d", same_as="red-car")), again)


@pytest.mark.parametrize(
    ("words", "move"),
    [
        ("undo", Move("undo")),
        ("please undo that", Move("undo")),
        ("Oops, undo!", Move("undo")),
        ("revert the last change", Move("undo")),
        ("go back", Move("undo")),
        ("nah, put it back", Move("undo")),
        ("I liked it better before", Move("undo")),
        ("undo twice", Move("undo", count=2)),
        ("undo the last two changes", Move("undo", count=2)),
        ("go back three steps", Move("undo", count=3)),
        ("撤销", Move("undo")),
        ("撤銷吧", Move("undo")),
        ("不要这个改动", Move("undo")),
        ("改回去", Move("undo")),
        ("退回上一步", Move("undo")),
        ("撤销上一步", Move("undo")),
        ("退两步", Move("undo", count=2)),
        ("undo 一下", Move("undo")),
        ("恢复", Move("redo")),
        ("undo the undo", Move("redo")),
        ("取消撤销", Move("redo")),
        ("back to the first", Move("back", "first")),
        ("go back to the first one please", Move("back", "first")),
        ("ok, let's use number 2", Move("back", "2")),
        ("the second one is better", Move("back", "second")),
        ("I prefer the previous version", Move("back", "previous")),
        ("show me the last picture again", Move("back", "last")),
        ("back to the original", Move("back", "original")),
        ("回到第一张", Move("back", "1")),
        ("还是第一版好", Move("back", "1")),
        ("就用第二张吧", Move("back", "2")),
        ("回到上一张", Move("back", "previous")),
        ("回到 the first one", Move("back", "first")),
        ("more like the second", Move("vary", "second")),
        ("variations of the third", Move("vary", "third")),
        ("two variations of number 1", Move("vary", "1", 2)),
        ("something similar to the first one", Move("vary", "first")),
        ("more like this", Move("vary")),
        ("vary it", Move("vary")),
        ("更像第二张", Move("vary", "2")),
        ("第三张的变体", Move("vary", "3")),
        ("像第一张那样的再来两张", Move("vary", "1", 2)),
        ("try the second one again", Move("again", "second")),
        ("第二张重画一次", Move("again", "2")),
        ("make the second one blue", Move("", "second", rest="make it blue")),
        ("add a hat to the first one", Move("", "first", rest="add a hat")),
        ("the first, but at night", Move("", "first", rest="at night")),
        ("back to the first, but at night", Move("", "first", rest="at night")),
        ("exactly like the first but blue", Move("", "first", rest="blue")),
        ("把第二张改成蓝色", Move("", "2", rest="把它改成蓝色")),
        ("第二张好看，但是改成日落", Move("", "2", rest="改成日落")),
        ("undo that and make it green", Move("", "red-car", rest="make it green")),
        ("撤销，然后换成绿色", Move("", "red-car", rest="换成绿色")),
        ("back to the red one", Move("back", "red-car")),
        ("回到红色那张", Move("back", "red-car")),
    ],
)
def test_moves(words: str, move: Move) -> None:
    """People go back, undo, redo, vary and change pictures that they name, in either language or both."""
    assert move_in(words, TWO) == move


@pytest.mark.parametrize(
    "words",
    [
        "a red car", "make it blue", "a cat on the left and a dog on the right", "the last supper",
        "the first man on the moon",
        "a football player with number 10 on the shirt", "an original painting of a fox",
        "back to the future poster",
        "第一个走上月球的人", "a back garden", "undoing a knot, close-up", "draw the next morning",
        "再来一张", "换成蓝色",
        'a sign that says "back to the first"', "a dog going back to its house", "两只猫，左边的是黑色", "thanks", "",
        "红色", "恢复健康的老人", "x" * 500,
    ],
)  # fmt: skip
def test_no_moves(words: str) -> None:
    """Wishes, changes and small talk that only sound alike are left to be understood as such."""
    assert move_in(words, TWO) is None


def test_the_left_one_is_a_picture_or_a_thing() -> None:
    """Where several pictures were shown it is a picture; where one was that shows several things, a thing."""
    assert move_in("make the left one red", SEVERAL) == Move("", "left", rest="make it red")
    assert move_in("make the left one red", CATS) is None
    assert move_in("make the second one red", CATS) is None


def test_redo_takes_an_undone_change_back_in_and_else_tries_again() -> None:
    """'Redo' and 'bring it back' mean what was undone while there is something."""
    assert move_in("redo", UNDONE) == move_in("bring it back", UNDONE) == Move("redo")
    assert move_in("redo", TWO) is None
    assert move_in("bring it back", TWO) == Move("undo")


def test_what_was_taken_out_comes_back_as_it_was() -> None:
    """The latest picture that had it tells how many there were and how they looked."""
    balls = shown("balls", "a", Subject("ball", 2, "red", ("small",)), Subject("dog", 1))
    dog = shown("dog", "b", Subject("dog", 1), parent="balls")
    assert move_in("bring the balls back", Lineage((balls, dog), dog)) == Move("", rest="add 2 small red ball")
    assert move_in("bring the dog back", Lineage((balls, dog), dog)) is None


def test_with_nothing_there_only_what_needs_a_picture_is_a_move() -> None:
    """The tool says that there is none; what may be a wish is left alone."""
    assert move_in("undo", Lineage()) == Move("undo")
    assert move_in("more like the second", Lineage()) == Move("vary", "second")
    assert move_in("make the second one blue", Lineage()) is None
