"""The director as a LangChain chat model: rules, not an LLM, that stand in for one offline."""

from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import ValidationError

from bot.brief_arguments import ImagineArguments
from bot.contracts import Earlier
from bot.director.followup import change
from bot.director.lexicon_followup import PRONOUN
from bot.director.moves import Move, move_in
from bot.director.understand import understand
from bot.errors import RequestError
from bot.language import Language, language_of
from bot.lineage import Lineage
from bot.privacy import without_placeholders
from bot.standing import fields_of, lineage_in

TOOL, REPAINT = "imagine", "repaint"
NO_TOOL = "I can't make pictures here: the imagine tool is not switched on. 这里没有启用画图工具。"
NO_CHANGE: dict[Language, str] = {
    "en": "I don't see what to change. Say it like 'make it blue', 'remove the dog', 'wider', 'undo' or 'another one'.",
    "zh": "我没看出要改什么。可以这样说：“换成蓝色”“把狗去掉”“宽一点”“撤销”“再来一张”。",
}

_FEW_WORDS = 5


class Director(BaseChatModel):
    """Answers the last message with one call of `imagine` or `repaint`, or a short text where no picture is wished for.

    Which pictures are there it reads from the system message (bot/standing.py); without one, the last call of `imagine`
    is what a follow-up changes.
    """

    bound: tuple[str, ...] = ()

    @property
    def _llm_type(self) -> str:
        return "limner-director"

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> "Director":
        """A director that knows these tools by name; it calls no others than `imagine` and `repaint`."""
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
        lineage = lineage_in(messages)
        move = move_in(without_placeholders(words), lineage) if REPAINT in self.bound and lineage else None
        if move and lineage and (answer := self._moved(move, words, lineage, len(messages))):
            return answer
        earlier = _fields(lineage.here) if lineage else _earlier(messages)
        understood = understand(words, earlier)
        if isinstance(understood, str):
            return AIMessage(understood)
        lost = earlier is not None and not understood.follows_up and _speaks_of_it(words, understood)
        if lost or (understood.keeps_seed and earlier and _is_same(understood, earlier)):
            return AIMessage(NO_CHANGE[language_of(words)])
        return self._call(TOOL, understood.model_dump(exclude_defaults=True), len(messages))

    def _moved(self, move: Move, words: str, lineage: Lineage, number: int) -> AIMessage | None:
        """A call of `repaint`; for a change to a picture that was named, one of `imagine`; None where it is neither."""
        if move.action:
            asked = {"action": move.action, "which": move.which, "count": move.count}
            return self._call(REPAINT, {name: value for name, value in asked.items() if value not in ("", 1)}, number)
        try:
            earlier = _fields(lineage.pick(move.which))
        except RequestError:  # the tool says so, in the same words
            return self._call(TOOL, {"prompt": words, "which": move.which, "follows_up": True}, number)
        changed = change(move.rest, earlier) if earlier else None
        if changed is None or earlier is None:
            return None
        if changed.keeps_seed and _is_same(changed, earlier):
            return AIMessage(NO_CHANGE[language_of(words)])
        return self._call(TOOL, changed.model_dump(exclude_defaults=True) | {"which": move.which}, number)

    def _call(self, tool: str, arguments: dict[str, Any], number: int) -> AIMessage:
        if tool not in self.bound:
            return AIMessage(NO_TOOL)
        return AIMessage("", tool_calls=[{"name": tool, "args": arguments, "id": f"director-{number}"}])


def _fields(picture: Earlier | None) -> ImagineArguments | None:
    """What a picture shows; of one that was painted from words as they were, what they are taken to mean."""
    if picture is None:
        return None
    fields = fields_of(picture.plan)
    if set(fields.model_dump(exclude_defaults=True)) <= {"prompt", "added"}:
        read = understand(fields.prompt, None)
        return fields if isinstance(read, str) else read
    return fields


def _speaks_of_it(words: str, understood: ImagineArguments) -> bool:
    """Whether words that could not be read speak of what is in a picture: 'wake it up'."""
    read = set(understood.model_dump(exclude_defaults=True)) - {"prompt"}
    return not read and len(words.split()) <= _FEW_WORDS and PRONOUN.search(words) is not None


def _is_same(changed: ImagineArguments, earlier: ImagineArguments) -> bool:
    """Whether a change changes nothing, so that the same picture would be painted once more."""
    kept = {name: getattr(earlier, name) for name in ("prompt", "follows_up", "keeps_seed", "which", "count")}
    return changed.model_copy(update=kept) == earlier and changed.count == 1


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
