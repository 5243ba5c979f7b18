"""Tool calls that were written as text are found in the forms that models write them in, and nothing else is."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.llm.written_calls import UNREAD, arguments, find, is_data
from tests.support import Draw
from tools.imagine import Imagine
from tools.repaint import Repaint

TOOLS = {tool.name: tool for tool in (Imagine(), Repaint(), Draw())}
CAT = {"name": "draw", "args": {"what": "cat"}}
JSON = json.dumps({"name": "draw", "arguments": {"what": "cat"}})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (JSON, ""),
        (f"[{JSON}]", ""),
        (JSON.replace("arguments", "parameters"), ""),
        ('{"tool": "draw", "tool_input": {"what": "cat"}}', ""),
        ('{"action": "draw", "action_input": "{\\"what\\": \\"cat\\"}"}', ""),
        ('{"type": "function", "function": {"name": "draw", "arguments": "{\\"what\\": \\"cat\\"}"}}', ""),
        (f'{{"tool_calls": [{{"function": {JSON}}}]}}', ""),
        ('{"draw": {"what": "cat"}}', ""),
        (f"Sure.\n```json\n{JSON}\n```", "Sure."),
        (f"```\n{JSON}", ""),
        (f"<tool_call>{JSON}</tool_call>", ""),
        (f"Sure. <tool_call>\n{JSON}", "Sure."),
        (f"<function_call>{JSON}</function_call>", ""),
        (f"[TOOL_CALLS][{JSON}]", ""),
        (f"<|python_tag|>{JSON}", ""),
        ('<function=draw>{"what": "cat"}</function>', ""),
        ("<function=draw>\n<parameter=what>\ncat\n</parameter>\n</function>", ""),
        ("<tool_call><function=draw><parameter=what>cat</parameter></function></tool_call>", ""),
        ('draw(what="cat")', ""),
        ('draw({"what": "cat"})', ""),
        ('```python\ndraw(what="cat")\n```', ""),
        ("<tool_call>{'name': 'draw', 'arguments': {'what': 'cat'}}</tool_call>".replace("'", '"'), ""),
    ],
)
def test_forms(text: str, words: str) -> None:
    """One call, whatever form it is written in, and the words around it."""
    assert find(text, TOOLS) == ([CAT], words)


def test_several() -> None:
    """Several calls in one text are all found, in their order."""
    text = f"Two.\n<tool_call>{JSON}</tool_call>\n<tool_call>{JSON.replace('cat', 'dog')}</tool_call>"
    calls, words = find(text, TOOLS)
    assert [call["args"]["what"] for call in calls] == ["cat", "dog"]
    assert words == "Two."
    assert len(find(f"{JSON};\n{JSON}", TOOLS)[0]) == 2


def test_arguments_alone() -> None:
    """Arguments without a tool's name belong to the one tool that they fit."""
    fields = {"prompt": "a cat", "subjects": [{"name": "cat"}]}
    assert find(f"```json\n{json.dumps(fields)}\n```", TOOLS)[0] == [{"name": "imagine", "args": fields}]
    assert find('{"action": "again"}', TOOLS)[0] == [{"name": "repaint", "args": {"action": "again"}}]
    assert find('{"mood": "calm", "unknown": 1}', TOOLS)[0] == []


def test_a_broken_call_is_still_a_call() -> None:
    """What is marked as a call and can't be read becomes one with unreadable arguments, for the LLM to be told."""
    calls, words = find('<tool_call>{"name": "draw", "arguments": {"what": </tool_call>', TOOLS)
    assert calls[0]["name"] == "draw"
    assert UNREAD in calls[0]["args"]
    assert words == ""


@pytest.mark.parametrize(
    "text",
    [
        "Which colour?",
        "Say it like this: ```a red car```.",
        '```json\n{"a": 1}\n```',
        "I would draw(it).",
        'Write {"name": "draw"} somewhere.',
        "[1, 2, 3]",
        "{",
        "draw(open('/etc/passwd'))",
        "draw(*[1])",
        "[" * 50_000,
        "draw(" + "(" * 5_000,
    ],
)
def test_no_calls(text: str) -> None:
    """Words, code and data that call nothing are left as they are."""
    assert find(text, TOOLS) == ([], text)


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ({"a": 1}, {"a": 1}),
        ('{"a": 1}', {"a": 1}),
        ('"{\\"a\\": 1}"', {"a": 1}),
        ("{'a': None}", {"a": None}),
        ('{"a": "line\nbreak"}', {"a": "line\nbreak"}),
        ("", {}),
        (None, {UNREAD: "None"}),
        ([1], {UNREAD: "[1]"}),
        ("7", {UNREAD: "7"}),
        ('{"a": ', {UNREAD: '{"a":'}),
    ],
)
def test_arguments(raw: Any, read: dict[str, Any]) -> None:
    """An object, its JSON, JSON of that, or Python's notation of it; anything else is unreadable."""
    assert {name: value.strip() if name == UNREAD else value for name, value in arguments(raw).items()} == read


def test_data() -> None:
    """JSON and nothing else is no answer for a person."""
    assert is_data('{"mood": 3}')
    assert is_data("```json\n[1, 2]\n```")
    assert not is_data("{just a brace")
    assert not is_data('Write {"name": 1}.')


@given(st.text(alphabet=st.sampled_from('{}[]"<>/=():,` drawtool_cl'), max_size=120))
def test_any_text(text: str) -> None:
    """Whatever is written, it is read without an error, and a call is a name with an object."""
    calls, words = find(text, TOOLS)
    assert all(isinstance(call["name"], str) and isinstance(call["args"], dict) for call in calls)
    assert calls or words == text
