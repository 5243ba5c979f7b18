"""How a turn begins when no LLM has to find out what the person wants: they pressed a button, or wrote the prompt."""

from langchain_core.messages import AIMessage

from bot.actions import OF_TOOLS
from bot.messages import Message


def opening(message: Message) -> AIMessage | None:
    """The finished tool call that the turn begins with; None where words have to be understood first."""
    if message.action in OF_TOOLS:
        return _call(message.action)
    if message.action:
        return _call("repaint", action=message.action)
    if message.wishes.as_is or message.wishes.prompt is not None:
        return _call("imagine", prompt=message.text)
    return None


def _call(tool: str, **arguments: str) -> AIMessage:
    return AIMessage("", tool_calls=[{"name": tool, "args": arguments, "id": "0-0"}])
