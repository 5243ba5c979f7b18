"""A conversation is shown to servers as the strictest of them take it."""

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, SystemMessage, ToolMessage

from bot.llm.showing import as_shown


def turn(words: str, *calls: str) -> list[AnyMessage]:
    """A turn with these calls, numbered from 0-0 on as every turn's are."""
    ids = [f"0-{number}" for number in range(len(calls))]
    asked = AIMessage("", tool_calls=[{"name": c, "args": {}, "id": i} for c, i in zip(calls, ids, strict=True)])
    return [
        HumanMessage(words),
        asked,
        *(ToolMessage(call, tool_call_id=i) for call, i in zip(calls, ids, strict=True)),
    ]


def test_call_ids_are_unique_over_turns() -> None:
    """Calls of different turns have different ids of nine letters and digits, and each result keeps its call."""
    shown = as_shown([*turn("a", "x", "y"), *turn("b", "z")])
    ids = [call["id"] for said in shown if isinstance(said, AIMessage) for call in said.tool_calls]
    assert len(set(ids)) == 3
    assert all(str(call_id).isalnum() and len(str(call_id)) == 9 for call_id in ids)
    assert [said.tool_call_id for said in shown if isinstance(said, ToolMessage)] == ids
    assert [said.text for said in shown if isinstance(said, ToolMessage)] == ["x", "y", "z"]


def test_what_is_saved_stays_as_it_is() -> None:
    """The messages that were given are not changed."""
    given = turn("a", "x")
    as_shown(given)
    assert given == turn("a", "x")


def test_of_several_messages_in_a_row_the_last_counts() -> None:
    """What was left without an answer is not shown: many templates refuse two messages of a person's in a row."""
    given = [SystemMessage("s"), HumanMessage("cancelled"), HumanMessage("a"), AIMessage("b"), HumanMessage("c")]
    assert [said.text for said in as_shown(given)] == ["s", "a", "b", "c"]
