"""The director as a chat model: what it makes of messages and tools."""

from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage
from langchain_core.tools import StructuredTool

from bot.brief_arguments import ImagineArguments
from bot.director.model import Director
from bot.testing import calls
from tests.helpers.briefs import shown

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
