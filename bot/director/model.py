"""The director as a LangChain chat model: rules, not an LLM, that stand in for one offline."""

from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import ValidationError

from bot.brief_arguments import ImagineArguments
from bot.director.understand import understand

TOOL = "imagine"
NO_TOOL = "I can't make pictures here: the imagine tool is not switched on. 这里没有启用画图工具。"


class Director(BaseChatModel):
    """Answers the last message with one call of `imagine`, or with a short text where no picture is wished for."""

    bound: tuple[str, ...] = ()

    @property
    def _llm_type(self) -> str:
        return "limner-director"

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> "Director":
        """A director that knows these tools by name; it calls no other than `imagine`."""
        return self.model_copy(update={"bound": tuple(_name(tool) for tool in tools)})

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self._answer(messages))])

    def _answer(self, messages: list[BaseMessage]) -> AIMessage:
        if messages and isinstance(messages[-1], ToolMessage):
            return AIMessage(messages[-1].text)
        words = next((message.text for message in reversed(messages) if isinstance(message, HumanMessage)), "")
        understood = understand(words, _earlier(messages))
        if isinstance(understood, str):
            return AIMessage(understood)
        if TOOL not in self.bound:
            return AIMessage(NO_TOOL)
        arguments = understood.model_dump(exclude_defaults=True)
        return AIMessage("", tool_calls=[{"name": TOOL, "args": arguments, "id": f"director-{len(messages)}"}])


def _name(tool: Any) -> str:
    """The name of a tool in any of the forms that LangChain takes: an object, a function, a dict."""
    if isinstance(tool, dict):
        return str(tool.get("name") or tool.get("function", {}).get("name", ""))
    return str(getattr(tool, "name", None) or getattr(tool, "__name__", ""))


def _earlier(messages: list[BaseMessage]) -> ImagineArguments | None:
    """What the last call of `imagine` that did not fail asked for.

    Calls are told apart by order, not by id: ids are numbered anew in each turn.
    """
    kept: ImagineArguments | None = None
    before = None
    for message in messages:
        if isinstance(message, AIMessage):
            for call in message.tool_calls:
                if call["name"] == TOOL:
                    before, kept = kept, _validated(call["args"]) or kept
        elif isinstance(message, ToolMessage) and message.status == "error" and message.name in (TOOL, None):
            kept = before
    return kept


def _validated(arguments: dict[str, Any]) -> ImagineArguments | None:
    """Another LLM may have led the conversation so far, and may have called with anything."""
    try:
        return ImagineArguments.model_validate(arguments)
    except ValidationError:
        return None
