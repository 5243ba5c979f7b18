"""Keeps an agent's books: every answer and every tool result is saved before the next thing happens."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from langchain.agents.middleware import AgentMiddleware, AgentState, hook_config
from langchain.agents.middleware.types import ModelRequest, ModelResponse, ToolCallRequest
from langchain_core.messages import AIMessage, AnyMessage, ToolCall, ToolMessage, message_to_dict, messages_from_dict
from langgraph.runtime import Runtime
from langgraph.types import Command
from pydantic import ValidationError

from bot.contracts import Tool, ToolContext, ToolResult
from bot.errors import RequestError
from bot.gallery import Gallery
from bot.inbox import Inbox
from bot.jobs import Job
from bot.llm.hearing import Hearing
from bot.llm.showing import as_shown
from bot.llm.written_calls import UNREAD
from bot.policy import Policy
from bot.store import Store
from bot.turns import Turns

ENDS_TURN = "ends_turn"
Handler = Callable[[ModelRequest[Any]], Awaitable[ModelResponse[Any]]]


class Bookkeeper(AgentMiddleware[Any, Any, Any]):
    """Saves one job's turn, runs its tools, and ends it once a tool says so.

    A tool's effects and its result are one transaction, keyed on (job id, tool call id): after a crash the turn goes on
    from what is saved, and nothing is done twice.
    """

    def __init__(
        self,
        job: Job,
        hearing: Hearing,
        context: ToolContext,
        tools: Mapping[str, Tool],
        store: Store,
        inbox: Inbox,
        turns: Turns,
        gallery: Gallery,
        policy: Policy,
    ) -> None:
        super().__init__()
        self._job = job
        self._hearing = hearing
        self._context = context
        self._known = tools
        self._store = store
        self._inbox = inbox
        self._turns = turns
        self._gallery = gallery
        self._policy = policy

    @hook_config(can_jump_to=["tools", "end"])
    async def abefore_model(self, state: AgentState[Any], runtime: Runtime[Any]) -> dict[str, Any] | None:
        """Go straight to what a cut-off turn left undone, or to the end when the LLM or a tool has ended the turn."""
        calls, results = _last_calls(state["messages"])
        if calls - results.keys():
            return {"jump_to": "tools"}
        if isinstance(state["messages"][-1], AIMessage) or any(_ends_turn(result) for result in results.values()):
            return {"jump_to": "end"}
        return None

    async def awrap_model_call(self, request: ModelRequest[Any], handler: Handler) -> AIMessage:
        """Save the answer, it and its tool calls numbered by us: servers reuse their ids, and we key on them."""

        async def ask(messages: list[AnyMessage], *, streamed: bool) -> AIMessage:
            model = request.model if streamed else request.model.model_copy(update={"disable_streaming": True})
            answered = await handler(request.override(messages=messages, model=model))
            return next(said for said in answered.result if isinstance(said, AIMessage))

        planned = await self._gallery.has_plans(self._job.id)
        heard = await self._hearing.hear(ask, as_shown(request.messages), planned=planned)
        number = await self._turns.answers(self._job.id)
        calls = [
            ToolCall(name=call["name"], args=call["args"], id=f"{number}-{index}")
            for index, call in enumerate(heard.calls)
        ]
        kept = AIMessage(heard.words, tool_calls=calls, id=f"{self._job.id}/{number}")
        async with self._store.write() as connection:
            # A process that was asleep for longer than its lease adds nothing: another one leads the turn by now.
            await self._inbox.save(connection, self._job, owner=self._inbox.process_id)
            await self._turns.add_in(connection, self._job, f"ai:{number}", message_to_dict(kept))
        return kept

    async def awrap_tool_call(
        self,
        request: ToolCallRequest,
        handler: Callable[[ToolCallRequest], Awaitable[ToolMessage | Command[Any]]],
    ) -> ToolMessage | Command[Any]:
        """Run a tool once and save what came of it; a call that was carried out before gives its saved result."""
        call_id, name = str(request.tool_call["id"]), request.tool_call["name"]
        if saved := await self._saved(call_id):
            return saved
        result, failed = await self._run(name, call_id, request.tool_call["args"])
        message = ToolMessage(
            result.text,
            tool_call_id=call_id,
            name=name,
            id=f"{self._job.id}/{call_id}",  # a result that is given again takes the place of the first
            status="error" if failed else "success",
            artifact={ENDS_TURN: result.ends_turn},
        )
        async with self._store.write() as connection:
            await self._inbox.save(connection, self._job, owner=self._inbox.process_id)
            if await self._turns.add_in(connection, self._job, f"tool:{call_id}", message_to_dict(message)):
                await self._gallery.plan(connection, self._job, call_id, result.plans)
        return message

    async def _run(self, name: str, call_id: str, arguments: dict[str, Any]) -> tuple[ToolResult, bool]:
        tool = self._known.get(name)
        if tool is None:
            return ToolResult(f"There is no tool '{name}'. There are: {', '.join(self._known)}."), True
        if UNREAD in arguments:
            return ToolResult(f"{name}: the arguments could not be read: {arguments[UNREAD]}"), True
        context = replace(self._context, call_key=f"{self._job.id}/{call_id}")
        try:
            result = await tool.run(tool.arguments.model_validate(arguments), context)
            return await self._policy.admitted(self._job.message, result), False
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            return ToolResult(f"{name}: '{where}' is not right: {first['msg']}."), True
        except RequestError as error:
            return ToolResult(str(error)), True

    async def _saved(self, call_id: str) -> ToolMessage | None:
        for message in messages_from_dict(await self._turns.of_job(self._job.id)):
            if isinstance(message, ToolMessage) and message.tool_call_id == call_id:
                return message
        return None


def _last_calls(messages: list[AnyMessage]) -> tuple[set[str], dict[str, ToolMessage]]:
    """The ids that the last answer of the LLM called, and the results there are for them."""
    results: dict[str, ToolMessage] = {}
    for message in reversed(messages):
        if isinstance(message, ToolMessage):
            results[message.tool_call_id] = message
        elif isinstance(message, AIMessage):
            return {call["id"] or "" for call in message.tool_calls}, results
        else:
            break
    return set(), {}


def _ends_turn(result: ToolMessage) -> bool:
    return isinstance(result.artifact, dict) and bool(result.artifact.get(ENDS_TURN))
