"""A conversation as LLM servers take it, even strict ones."""

from collections.abc import Iterable

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage


def as_shown(messages: Iterable[AnyMessage]) -> list[AnyMessage]:
    """The messages with call ids that are unique in all of them, and never two of the person's in a row.

    Calls are numbered anew in every turn, so their ids repeat; nine letters and digits are what Mistral's models take.
    Of several messages in a row the last one counts: turns that were cancelled left the others without an answer.
    """
    shown: list[AnyMessage] = []
    ids: dict[str, str] = {}
    number = 0
    for message in messages:
        if isinstance(message, AIMessage) and message.tool_calls:
            ids = {}
            for call in message.tool_calls:
                number += 1
                ids[call["id"] or ""] = f"call{number:05d}"
            calls = [{**call, "id": ids[call["id"] or ""]} for call in message.tool_calls]
            shown.append(message.model_copy(update={"tool_calls": calls}))
        elif isinstance(message, ToolMessage):
            own_id = ids.get(message.tool_call_id, message.tool_call_id)
            shown.append(message.model_copy(update={"tool_call_id": own_id}))
        elif isinstance(message, HumanMessage) and shown and isinstance(shown[-1], HumanMessage):
            shown[-1] = message
        else:
            shown.append(message)
    return shown
