"""An LLM's answer as it can be used: words for the person and tool calls, whatever form they came in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from langchain_core.messages import AIMessage

from bot.contracts import Tool
from bot.llm import claims, spoken, written_calls
from bot.llm.readable import is_readable
from bot.llm.trouble import LlmError, Trouble
from bot.llm.written_calls import UNREAD, Call

MOST_CALLS = 4
CUT_OFF = "the answer was cut off before they were complete; write less"


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer.

    Attributes:
        words: For the person; may be empty beside calls.
        calls: Each with 'name' and 'args'; at most `MOST_CALLS`.
        cut: It ran into the LLM's limit of tokens.
        claims: The words claim or promise a picture.
    """

    words: str
    calls: tuple[Call, ...] = ()
    cut: bool = False
    claims: bool = False


def read(answer: AIMessage, tools: Mapping[str, Tool]) -> Heard:
    """What an answer says.

    Raises:
        LlmError: It was held back, ended in the middle, or is nothing that a person could read.
    """
    finish = answer.response_metadata.get("finish_reason")
    if finish == "content_filter":
        raise LlmError.of(Trouble.FILTERED, "finish_reason content_filter")
    if refusal := answer.additional_kwargs.get("refusal"):
        return Heard(spoken.for_person(str(refusal)))
    written, rest = written_calls.find(spoken.without_thoughts(answer.text), tools)
    calls = _native(answer) or written
    cut = finish == "length"
    calls = [{"name": _name(call["name"]), "args": {UNREAD: CUT_OFF} if cut else call["args"]} for call in calls]
    heard = Heard(spoken.for_person(rest), tuple(calls[:MOST_CALLS]), cut, claims.claims_picture(rest))
    if not heard.calls and heard.words and (written_calls.is_data(rest) or not is_readable(heard.words)):
        raise LlmError.of(Trouble.UNREADABLE, f"{len(answer.text)} characters that are no words")
    return heard


def _name(name: str) -> str:
    """A tool's name that servers take when they are shown it again, however it came."""
    return re.sub(r"[^\w-]", "_", name, flags=re.ASCII)[:64] or "unnamed"


def _native(answer: AIMessage) -> list[Call]:
    """Calls in the form that the protocol has for them; LangChain lists those with broken arguments apart."""
    good = [{"name": call["name"], "args": call["args"]} for call in answer.tool_calls]
    broken = [
        {"name": call["name"] or "", "args": written_calls.arguments(call["args"])}
        for call in answer.invalid_tool_calls
    ]
    return good + broken
