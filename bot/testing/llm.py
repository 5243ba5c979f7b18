"""A chat model that follows a script, so that chains can be tried without an LLM."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import PrivateAttr


class ScriptedModel(BaseChatModel):
    """A chat model that gives the next answer of its script, whatever it is asked; an error in the script is raised."""

    script: list[Any]
    _asked: list[list[BaseMessage]] = PrivateAttr(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "limner-scripted"

    @property
    def asked(self) -> list[list[BaseMessage]]:
        """The messages of every call so far."""
        return self._asked

    def bind_tools(self, tools: Any, **_: Any) -> "ScriptedModel":
        """Tools change nothing: the script is what it is."""
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        self._asked.append(list(messages))
        answer = self.script[min(len(self._asked), len(self.script)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return ChatResult(generations=[ChatGeneration(message=answer.model_copy())])


def calls(name: str, text: str = "", **arguments: Any) -> AIMessage:
    """An answer that calls one tool."""
    return AIMessage(text, tool_calls=[{"name": name, "args": arguments, "id": "call"}])
