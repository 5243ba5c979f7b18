"""Which picture a person means, and where undo, redo and back lead."""

from dataclasses import replace
from typing import Any

import pytest

from bot import RequestError
from bot.contracts import Earlier
from bot.lineage import Lineage, number_of, shown_again
from tests.support import PLAN


def pictures(*jobs: str, **plans: dict[str, Any]) -> tuple[Earlier, ...]:
    """'a1', 'a2' and 'b1' are two pictures of job a and one of job b; a plan may say more."""
    return tuple(Earlier(f"id-{name}", name[0], replace(PLAN, **plans.get(name, {})), "sha") for name in jobs)


def standing(*jobs: str, at: str = "", **plans: dict[str, Any]) -> Lineage:
    """All of them, and the last one, or `at`, as the one that a follow-up means."""
    shown = pictures(*jobs, **plans)
    here = next((one for one in shown if one.id == f"id-{at}"), shown[-1])
    return Lineage(shown, here)


GRID = ("a1", "b1", "b2", "b3", "b4", "c1")
SINGLES = ("a1", "b1", "c1")


@pytest.mark.parametrize(
    ("lineage", "which", "meant"),
    [
        (standing(*SINGLES), "", "c1"),
        (standing(*SINGLES, at="b1"), "", "b1"),
        (standing(*SINGLES), "first", "a1"),
        (standing(*SINGLES), "the second one", "b1"),
        (standing(*SINGLES), "3", "c1"),
        (standing(*SINGLES), "#2", "b1"),
        (standing(*SINGLES), "number two", "b1"),
        (standing(*SINGLES), "2nd", "b1"),
        (standing(*SINGLES), "第二张", "b1"),
        (standing(*SINGLES, at="a1"), "last", "c1"),
        (standing(*SINGLES), "previous", "b1"),
        (standing(*SINGLES, at="b1"), "next", "c1"),
        (standing(*SINGLES), "id-b1", "b1"),
        (standing(*SINGLES), "id-b", "b1"),
        (standing(*GRID), "first", "b1"),
        (standing(*GRID), "fourth", "b4"),
        (standing(*GRID), "sixth", "c1"),
        (standing(*GRID), "left", "b1"),
        (standing(*GRID), "right", "b4"),
        (standing(*GRID), "bottom left", "b3"),
        (standing(*GRID), "previous", "b4"),
        (standing(*GRID, at="b3"), "previous", "a1"),
        (standing("a1", "a2", "b1", "b2", "b3"), "first", "b1"),
        (standing("a1", "a2", "b1", "b2", "b3", at="a2"), "first", "a1"),
        (standing("a1", "a2", "a3"), "middle", "a2"),
        (standing(*SINGLES, b1={"parent": "id-a1"}, c1={"parent": "id-b1"}), "original", "a1"),
    ],
)
def test_pick(lineage: Lineage, which: str, meant: str) -> None:
    """A number counts the last reply with several pictures, or the one replied to, and else all pictures."""
    assert lineage.pick(which).id == f"id-{meant}"


def test_what_was_shown_again_is_no_picture_more() -> None:
    """Numbers, 'previous' and 'next' count each picture once."""
    again = standing("a1", "b1", "c1", "d1", c1={"same_as": "id-a1"})
    assert [again.pick(which).id for which in ("second", "third")] == ["id-b1", "id-d1"]
    assert standing("a1", "b1", "c1", c1={"same_as": "id-b1"}).pick("previous").id == "id-a1"


@pytest.mark.parametrize(
    ("lineage", "which", "said"),
    [
        (Lineage(), "first", "There is no picture yet to do that with"),
        (Lineage(language="zh"), "", "这里还没有图片"),
        (standing("a1"), "second", "There is only one picture here"),
        (standing("a1", "b1"), "5", "There are only two pictures here"),
        (replace(standing("a1", "b1"), language="zh"), "第三张", "这里只有两张图片"),
        (standing("a1", "b1"), "the cat", "There is no such picture here"),
        (standing("a1", "b1"), "left", "There is no such picture here"),
        (standing("a1", "b1"), "id-", "There is no such picture here"),
        (standing("a1"), "previous", "There is no such picture here"),
    ],
)
def test_a_picture_that_there_is_not(lineage: Lineage, which: str, said: str) -> None:
    """What is named and not there is one line, with what there is."""
    with pytest.raises(RequestError, match=said) as raised:
        lineage.pick(which)
    assert raised.value.remedy


def after(lineage: Lineage, shown: Earlier, *, back: bool = False) -> Lineage:
    """The lineage once a picture was shown again by 'undo' or 'redo', or by 'back'."""
    parent = lineage.here.id if back and lineage.here else shown.plan.parent
    name = f"id-again-{len(lineage.pictures)}"
    here = Earlier(name, name, shown_again(shown, parent), shown.sha256)
    return replace(lineage, pictures=(*lineage.pictures, here), here=here)


CHAIN = standing(*SINGLES, b1={"parent": "id-a1", "seed": 2}, c1={"parent": "id-b1", "seed": 3})


def test_undo_walks_back_to_the_first_and_redo_forth_again() -> None:
    """Every undo shows what the change was made to, as it was; redo takes the same way forth."""
    lineage, seen = CHAIN, []
    for step in ("undo", "undo", "redo", "redo"):
        shown = lineage.undo() if step == "undo" else lineage.redo()
        lineage = after(lineage, shown)
        assert lineage.here is not None
        seen.append(lineage.here.plan.seed)
    assert seen == [2, PLAN.seed, 2, 3]
    with pytest.raises(RequestError, match="nothing to redo"):
        lineage.redo()


def test_undo_takes_back_a_going_back() -> None:
    """After 'back to the first' undo leads to where one stood, and on from there."""
    lineage = after(CHAIN, CHAIN.pick("first"), back=True)
    assert lineage.undo().id == "id-c1"
    assert after(lineage, lineage.undo()).undo().id == "id-b1"


def test_a_change_after_an_undo_is_what_redo_finds() -> None:
    """Redo takes the latest of several changes to one picture."""
    undone = after(CHAIN, CHAIN.undo())
    assert undone.here is not None
    other = Earlier("id-z", "z", replace(PLAN, parent=undone.here.id, seed=9), "sha")
    lineage = replace(undone, pictures=(*undone.pictures, other), here=other)
    lineage = after(lineage, lineage.undo())
    assert lineage.redo().id == "id-z"


def test_the_first_picture_has_nothing_to_undo() -> None:
    """A picture that changes no other can't be undone, and a lone one not redone."""
    for act in (standing("a1").undo, standing("a1").redo):
        with pytest.raises(RequestError, match="There is nothing to"):
            act()


@pytest.mark.parametrize(
    ("said", "number"),
    [("second", 2), ("2nd", 2), ("12", 12), ("三", 3), ("两", 2), ("ten", 10), ("", None), ("x", None)],
)
def test_numbers(said: str, number: int | None) -> None:
    """Ordinals, words and digits of both languages."""
    assert number_of(said) == number
