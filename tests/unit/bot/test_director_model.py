"""The director as a chat model: what it makes of messages and tools."""

from dataclasses import replace
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage
from langchain_core.tools import StructuredTool

from bot.brief import Brief, Subject
from bot.brief_arguments import ImagineArguments
from bot.contracts import Earlier
from bot.director.model import Director
from bot.lineage import Lineage
from bot.standing import told
from bot.testing import calls
from tests.helpers.briefs import shown
from tests.support import PLAN

BOUND = Director().bind_tools([{"name": "imagine"}])


def meant(answer: AIMessage) -> str:
    assert [call["name"] for call in answer.tool_calls] == ["imagine"]
    return shown(ImagineArguments.model_validate(answer.tool_calls[0]["args"]))


def test_a_wish_is_one_call_of_imagine() -> None:
    """The call holds the words and only those fields that were said."""
    answer = BOUND.invoke([SystemMessage("You draw."), HumanMessage("a red car")])
    assert answer.tool_calls[0]["args"] == {
        "prompt": "a red car",
        "subjects": [{"name": "car", "count": 1, "colour": "red"}],
    }


def test_the_last_call_is_what_a_follow_up_means() -> None:
    """The earlier brief is read from the conversation, across small talk."""
    said: list[Any] = [HumanMessage("a red car")]
    for turn in ("thanks!", "make it blue"):
        answer = BOUND.invoke(said)
        results = [ToolMessage("1 picture will be painted.", tool_call_id=call["id"]) for call in answer.tool_calls]
        said += [answer, *results, HumanMessage(turn)]
    assert meant(BOUND.invoke(said)) == "1 blue car"


def test_a_failed_call_is_not_followed_up() -> None:
    """What could not be planned is no picture to change; ids that repeat between turns confuse nothing."""
    good, bad = calls("imagine", prompt="a cat", subjects=[{"name": "cat"}]), calls("imagine", prompt="x", count=99)
    said = [
        HumanMessage("a cat"), good, ToolMessage("done", tool_call_id="call", name="imagine"),
        HumanMessage("99 dogs"), bad, ToolMessage("too many", tool_call_id="call", name="imagine", status="error"),
        HumanMessage("make it blue"),
    ]  # fmt: skip
    assert meant(BOUND.invoke(said)) == "blue cat"


def test_what_imagine_answered_is_handed_on() -> None:
    """After a failed call the asker reads the tool's one line."""
    said = [
        HumanMessage("x"),
        calls("imagine", prompt="x"),
        ToolMessage("Choose 1 to 4 pictures.", tool_call_id="call"),
    ]
    assert BOUND.invoke(said).text == "Choose 1 to 4 pictures."


def test_another_models_malformed_call_is_ignored() -> None:
    """Arguments that fit no brief are no earlier picture."""
    said = [HumanMessage("x"), calls("imagine", subjects="nonsense", count=[]), HumanMessage("make it blue")]
    assert BOUND.invoke(said).tool_calls[0]["args"]["prompt"] == "make it blue"


def test_without_the_tool_it_says_so() -> None:
    """No tool, no call: the asker learns why there is no picture."""
    answer = Director().invoke([HumanMessage("a red car")])
    assert not answer.tool_calls
    assert "imagine" in answer.text


@pytest.mark.parametrize(
    "tool",
    [
        StructuredTool(name="imagine", description="Paint.", args_schema=ImagineArguments, func=lambda **_: ""),
        {"type": "function", "function": {"name": "imagine"}},
    ],
)
def test_tools_bind_in_every_form(tool: Any) -> None:
    """Tool objects and OpenAI's dicts are both known by name."""
    assert Director().bind_tools([tool]).invoke([HumanMessage("a cat")]).tool_calls


def test_content_in_parts() -> None:
    """A message with text and a picture is read by its text."""
    parts: list[Any] = [{"type": "text", "text": "a red car"}, {"type": "image_url", "image_url": {"url": "x"}}]
    assert meant(BOUND.invoke([HumanMessage(parts)])) == "1 red car"


def test_no_message_at_all_is_answered() -> None:
    """An empty conversation does not fail."""
    assert BOUND.invoke([SystemMessage("You draw.")]).text


BOTH = Director().bind_tools([{"name": "imagine"}, {"name": "repaint"}])
RED = Earlier("red-car", "a", replace(PLAN, brief=Brief("a red car", (Subject("car", 1, "red"),))), "sha")
BLUE = Earlier(
    "blue-car", "b", replace(PLAN, brief=Brief("blue", (Subject("car", 1, "blue"),)), parent="red-car"), "sha"
)


def asked(words: str, *pictures: Earlier, here: Earlier | None = None) -> AIMessage:
    """What the director answers where these pictures are there; the last one, or `here`, is meant."""
    lineage = Lineage(pictures, here or (pictures[-1] if pictures else None))
    return BOTH.invoke([told("You draw.", lineage), HumanMessage("a green tree"), HumanMessage(words)])


def test_what_stands_goes_before_what_was_called() -> None:
    """A follow-up changes the picture that stands, whatever the messages before say: one shown again, or replied to."""
    said = [calls("imagine", prompt="a tree", subjects=[{"name": "tree"}]), HumanMessage("at night")]
    assert meant(BOTH.invoke([told("You draw.", Lineage((RED, BLUE), RED)), *said])) == "1 red car; time=night"


def test_moves_are_calls_of_repaint() -> None:
    """Only what differs from the defaults is in the call."""
    answer = asked("more like the first", RED, BLUE)
    assert [(call["name"], call["args"]) for call in answer.tool_calls] == [
        ("repaint", {"action": "vary", "which": "first"})
    ]


def test_a_change_to_another_picture_starts_from_its_brief() -> None:
    """The call names the picture, so that the tool takes its seed and parent."""
    (call,) = asked("the first one at night", RED, BLUE).tool_calls
    assert (call["name"], call["args"]["which"]) == ("imagine", "first")
    assert shown(ImagineArguments.model_validate(call["args"])) == "1 red car; time=night"


def test_a_picture_that_there_is_not_is_left_to_the_tool() -> None:
    """The director has no words of its own for it."""
    (call,) = asked("make the fifth one green", RED, BLUE).tool_calls
    assert call["args"] == {"prompt": "make the fifth one green", "which": "fifth", "follows_up": True}


@pytest.mark.parametrize(("words", "said"), [("make it red", "what to change"), ("换成红色", "要改什么")])
def test_a_change_that_changes_nothing_paints_nothing(words: str, said: str) -> None:
    """The same picture would be painted once more; so what can be said is said."""
    answer = asked(words, RED)
    assert not answer.tool_calls
    assert said in answer.text


def test_a_picture_painted_from_words_as_they_were_can_be_changed() -> None:
    """What they mean is read when it is needed."""
    as_is = Earlier("as-is", "c", replace(PLAN, brief=Brief("a red car on a beach")), "sha")
    assert meant(asked("make it blue", as_is)) == "1 blue car; place=beach"


def test_without_the_repaint_tool_nothing_is_moved() -> None:
    """Then a move is a wish like any other."""
    answer = BOUND.invoke([told("You draw.", Lineage((RED, BLUE), BLUE)), HumanMessage("undo")])
    assert [call["name"] for call in answer.tool_calls] == ["imagine"]
