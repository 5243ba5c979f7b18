"""Buttons: offered below a picture, and turned back into a message when one is pressed."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot import Action, Picture, RequestError, Wishes
from bot.actions import LABELS, OF_TOOLS, offered, pressed
from bot.messages import Proposal
from bot.opening import opening
from tests.support import PLAN, message

PICTURE = Picture("p1", replace(PLAN, prompt="a red car, photo"), Path("p1.png"), "ab", 1.0, "alt")
UNCHANGED = replace(PICTURE, id="p2", plan=replace(PLAN, prompt=PLAN.request))


def kinds(actions: tuple[Action, ...]) -> list[str]:
    return [action.key for action in actions]


def test_every_picture_has_its_buttons_in_the_askers_language() -> None:
    """Each kind is offered for each picture; 'use my words' only where the prompt is not the words already."""
    found = offered([PICTURE, UNCHANGED], "en")
    assert kinds(found[:4]) == ["again:p1", "vary:p1", "own_words:p1", "prompt:p1"]
    assert kinds(found[4:]) == ["again:p2", "vary:p2", "prompt:p2"]
    assert found[0].label == "Again"
    assert offered([PICTURE], "zh")[0].label == "再来一张"


def test_a_picture_that_was_made_of_another_can_be_undone() -> None:
    """'Undo' stands below a single picture with a parent, and below none of several."""
    changed = replace(PICTURE, plan=replace(PICTURE.plan, parent="p0"))
    assert kinds(offered([changed], "en"))[-1] == "undo:p1"
    assert offered([changed], "zh")[-1].label == "撤销"
    assert not any(key.startswith("undo") for key in kinds(offered([changed, changed], "en")))
    assert not any(key.startswith("undo") for key in kinds(offered([PICTURE], "en")))


def test_a_proposal_has_buttons_of_its_own() -> None:
    """Below a proposal stands how to say yes to it, and nothing that needs a picture."""
    proposals = [Proposal("p3", PICTURE.plan), Proposal("p4", UNCHANGED.plan)]
    found = kinds(offered([], "en", proposals))
    assert found == ["use:p3", "own_words:p3", "prompt:p3", "use:p4", "prompt:p4"]


def test_keys_fit_where_platforms_carry_them() -> None:
    """A key with a real picture's id stays below Discord's 100 characters."""
    assert all(len(action.key) <= 100 for action in offered([replace(PICTURE, id="f" * 32)], "en"))


@pytest.mark.parametrize("kind", LABELS)
def test_a_pressed_button_is_a_message_about_its_picture(kind: str) -> None:
    """The message names the action and the picture, and its words are the button's label."""
    said = pressed(f"{kind}:p1", language="zh", adapter="web", event_id="e", user="ana", channel="ana")
    assert (said.action, said.reply_to, said.text, said.user) == (kind, "p1", LABELS[kind]["zh"], "ana")
    begun = opening(said)
    assert begun is not None
    done_by = (kind, {}) if kind in OF_TOOLS else ("repaint", {"action": kind})
    assert [(call["name"], call["args"]) for call in begun.tool_calls] == [done_by]


@pytest.mark.parametrize("key", ["", "again", "again:", "dance:p1", ":p1"])
def test_a_button_that_there_is_not(key: str) -> None:
    """A key that no button has is refused in one line."""
    with pytest.raises(RequestError, match="There is no button"):
        pressed(key, adapter="web", event_id="e", user="ana")


def test_a_turn_opens_by_itself_only_without_words_to_understand() -> None:
    """A prompt by hand and 'as is' need no LLM; ordinary words do."""
    assert opening(message("a red car")) is None
    for wishes in (Wishes(as_is=True), Wishes(prompt="car, red")):
        begun = opening(message("a red car", wishes=wishes))
        assert begun is not None
        assert [(call["name"], call["args"]) for call in begun.tool_calls] == [("imagine", {"prompt": "a red car"})]
