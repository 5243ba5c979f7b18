"""Tool calls that an LLM wrote as text, in the forms that small models and plain servers write them in."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from bot.contracts import Tool

Call = dict[str, Any]
# In place of arguments that can't be read; the tool is not run, and the LLM is told.
UNREAD = "unreadable_arguments"
_KEPT_CHARACTERS = 500
_READ_AT_MOST = 20_000
_NAMES = ("name", "tool", "tool_name", "function", "function_name", "action")
_ARGUMENTS = ("arguments", "parameters", "args", "input", "tool_input", "action_input", "params")
_TAGGED = re.compile(r"<(tool_call|function_call|tool_use|tool)>(.*?)(?:</\1>|\Z)", re.DOTALL)
_NAMED = re.compile(r"<function=([\w.-]+)>(.*?)(?:</function>|\Z)", re.DOTALL)
_PARAMETER = re.compile(r"<parameter=([\w.-]+)>\s*(.*?)\s*(?:</parameter>|(?=<parameter=)|\Z)", re.DOTALL)
_MARKED = re.compile(r"(?:\[TOOL_CALLS\]|<\|python_tag\|>|<\|tool_call\|?>)(.*)\Z", re.DOTALL)
_FENCED = re.compile(r"```(?:json|jsonc|tool_calls?|tool_code|tool|python)?[ \t]*\n?(.*?)(?:```|\Z)", re.DOTALL)
_NAME_IN_JSON = re.compile(r'"(?:name|tool|function)"\s*:\s*"([\w.-]+)"')


def find(text: str, tools: Mapping[str, Tool]) -> tuple[list[Call], str]:
    """The calls in a text, as 'name' and 'args', and the words that are left without them."""
    calls: list[Call] = []
    rest = text[:_READ_AT_MOST]
    for pattern in (_TAGGED, _NAMED, _MARKED, _FENCED):
        for match in list(pattern.finditer(rest)):
            if found := _in_match(pattern, match, tools):
                calls += found
                rest = rest.replace(match[0], "\n", 1)
    if not calls and (found := list(_in_body(rest, tools))):
        calls, rest = found, ""
    return calls, rest.strip() if calls else text


def arguments(raw: Any) -> Call:
    """Arguments as a server gave them: an object, or its JSON; what is neither stands under `UNREAD`."""
    for _ in range(2):  # some encode them twice
        if isinstance(raw, str):
            raw = _json(raw) if raw.strip() else {}
    return raw if isinstance(raw, dict) else {UNREAD: str(raw)[:_KEPT_CHARACTERS]}


def is_data(text: str) -> bool:
    """Whether a text is JSON and nothing else, which is no answer for a person."""
    plain = _FENCED.sub(r"\1", text).strip()
    return plain.startswith(("{", "[")) and not isinstance(_json(plain), str)


def _in_match(pattern: re.Pattern[str], match: re.Match[str], tools: Mapping[str, Tool]) -> list[Call]:
    if pattern is _NAMED:
        return _named(match[0])
    body = match.groups()[-1]
    found = list(_in_body(body, tools)) or _named(body)
    if not found and pattern is not _FENCED and (name := _NAME_IN_JSON.search(body)):
        return [_call(name[1], body)]
    return found


def _named(text: str) -> list[Call]:
    """Calls in XML form, as models for code write them."""
    return [_call(match[1], _named_arguments(match[2])) for match in _NAMED.finditer(text)]


def _named_arguments(body: str) -> Any:
    given = {match[1]: match[2] for match in _PARAMETER.finditer(body)}
    return {name: _json(value) for name, value in given.items()} or body.strip()


def _in_body(body: str, tools: Mapping[str, Tool]) -> Iterator[Call]:
    body = body.strip()
    if not body.startswith(("{", "[")):
        yield from _as_function(body, tools)
        return
    decoder = json.JSONDecoder(strict=False)
    while body.startswith(("{", "[")):
        try:
            value, end = decoder.raw_decode(body)
        except (ValueError, RecursionError):
            return
        yield from _in_value(value, tools)
        body = body[end:].lstrip(" \t\r\n;,")


def _in_value(value: Any, tools: Mapping[str, Tool]) -> Iterator[Call]:
    if isinstance(value, list):
        for item in value:
            yield from _in_value(item, tools) if isinstance(item, dict) else ()
        return
    if isinstance(several := value.get("tool_calls"), list):
        yield from _in_value(several, tools)
        return
    inner = value["function"] if isinstance(value.get("function"), dict) else value
    name = next((inner[key] for key in _NAMES if isinstance(inner.get(key), str)), None)
    given = next((inner[key] for key in _ARGUMENTS if isinstance(inner.get(key), dict | str)), None)
    if name and given is not None:
        yield _call(name, given)
    elif len(value) == 1 and (only := next(iter(value))) in tools and isinstance(value[only], dict):
        yield _call(only, value[only])
    elif fitting := [tool for tool in tools.values() if _fits(value, tool)]:
        yield from [_call(fitting[0].name, value)] if len(fitting) == 1 else []


def _fits(value: Call, tool: Tool) -> bool:
    """Whether this can be that tool's arguments, written without its name."""
    if not value or not value.keys() <= tool.arguments.model_fields.keys():
        return False
    try:
        tool.arguments.model_validate(value)
    except ValidationError:
        return False
    return True


def _as_function(body: str, tools: Mapping[str, Tool]) -> Iterator[Call]:
    """'imagine(prompt="a red car")': read, never run."""
    if not re.match(rf"(?:{'|'.join(map(re.escape, tools))})\s*\(", body):
        return
    try:
        node = ast.parse(body, mode="eval").body
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            given = {str(word.arg): ast.literal_eval(word.value) for word in node.keywords}
            first = ast.literal_eval(node.args[0]) if node.args else {}
            yield _call(node.func.id, (first if isinstance(first, dict) else {}) | given)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return


def _call(name: str, given: Any) -> Call:
    return {"name": name, "args": arguments(given)}


def _json(text: str) -> Any:
    """The value, or the text itself where it is no JSON; objects in Python's notation are taken too."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass  # perhaps it is Python's notation
    try:
        value = ast.literal_eval(text.strip()[:_READ_AT_MOST])
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return text
    return value if isinstance(value, dict | list) else text
