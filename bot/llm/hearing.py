"""One turn's talk with an LLM: how often it is asked, and what of its answers is taken for true."""

from collections.abc import Mapping
from typing import Protocol

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from bot.brief_arguments import ImagineArguments
from bot.contracts import Tool
from bot.director.understand import understand
from bot.llm import answers
from bot.llm.answers import Heard
from bot.llm.reader import Reader
from bot.llm.trouble import LlmError, Trouble
from bot.messages import Message

CALL_A_TOOL = (
    "[From Limner, not from the person] You called no tool, so there is no picture and there will be none. If the "
    "person wants one, call the tool now. If not, answer them again without speaking of a picture as made or coming."
)


class Ask(Protocol):
    """Sends messages to the LLM."""

    async def __call__(self, messages: list[AnyMessage], *, streamed: bool) -> AIMessage:
        """Its answer as it came; raises whatever its client raises."""


class Hearing:
    """Asks one reader within a turn.

    Args:
        reader: Who is asked.
        said: What the turn is about.
        tools: By name.
        call_limit: Calls that the turn may cost.
        made: Calls that it has cost before the process died and another went on.
    """

    def __init__(self, reader: Reader, said: Message, tools: Mapping[str, Tool], call_limit: int, made: int) -> None:
        self._reader = reader
        self._said = said
        self._tools = tools
        self._limit = call_limit
        self._made = made

    async def hear(self, ask: Ask, messages: list[AnyMessage], *, planned: bool) -> Heard:
        """An answer that can be acted on or shown.

        Args:
            ask: Sends messages to it.
            messages: The conversation so far.
            planned: A picture is planned already, so that it may be spoken of.

        Raises:
            LlmError: There is none to be had from this reader.
        """
        heard = await self._answer(ask, messages)
        if self._reader.trusted or heard.calls:
            return heard
        after_a_tool = isinstance(messages[-1], ToolMessage)
        if planned or (after_a_tool and not heard.words):  # then what the tool said is the answer
            return heard
        if heard.claims or (heard.words and self._said.wants_picture and not after_a_tool):
            return await self._again(ask, messages, heard)
        if heard.cut and self._is_wish():
            raise LlmError.of(Trouble.CUT, "finish_reason length")
        return _not_empty(heard)

    async def _again(self, ask: Ask, messages: list[AnyMessage], first: Heard) -> Heard:
        """Its answer when it is told that nothing was painted; what it still makes believe is not passed on."""
        told = HumanMessage(CALL_A_TOOL)
        heard = await self._answer(ask, [*messages, AIMessage(first.words or "…"), told])
        if heard.claims and not heard.calls:
            raise LlmError.of(Trouble.CLAIMED, "it spoke of a picture and called no tool, twice")
        return _not_empty(heard)

    async def _answer(self, ask: Ask, messages: list[AnyMessage]) -> Heard:
        """One answer; a stream that broke off is asked for again in one piece, since some servers stream badly."""
        try:
            answer = await self._call(ask, messages, streamed=True)
            whole = self._reader.trusted or _is_whole(answer)
        except LlmError as error:
            if error.trouble is not Trouble.CUT:
                raise
            whole = False
        if not whole:
            answer = await self._call(ask, messages, streamed=False)
        if self._reader.trusted:
            return Heard(answer.text, tuple({"name": call["name"], "args": call["args"]} for call in answer.tool_calls))
        return answers.read(answer, self._tools)

    async def _call(self, ask: Ask, messages: list[AnyMessage], *, streamed: bool) -> AIMessage:
        if self._made >= self._limit:
            raise LlmError.of(Trouble.CALLS, f"{self._limit} calls")
        self._made += 1
        return await self._reader.call(lambda: ask(messages, streamed=streamed))

    def _is_wish(self) -> bool:
        """Whether the built-in rules are sure that a picture is wished for."""
        if self._said.wants_picture:
            return True
        meant = understand(self._said.text, None)
        return isinstance(meant, ImagineArguments) and bool(meant.subjects)


def _not_empty(heard: Heard) -> Heard:
    if not (heard.words or heard.calls):
        raise LlmError.of(Trouble.EMPTY, "no words and no tool call")
    return heard


def _is_whole(answer: AIMessage) -> bool:
    """Whether a stream came to its end: in OpenAI's protocol its last piece says why it ended."""
    about = answer.response_metadata
    return about.get("model_provider") != "openai" or bool(about.get("finish_reason"))
