"""ChatOpenAI for whatever calls itself compatible: it keeps what the stream brings and LangChain drops."""

import json
from typing import Any

from langchain_core.messages import BaseMessageChunk
from langchain_core.outputs import ChatGenerationChunk
from langchain_openai import ChatOpenAI


class CompatibleChat(ChatOpenAI):
    """Some servers number no tool calls, or send arguments as objects; refusals come in a field of their own."""

    def _convert_chunk_to_generation_chunk(
        self,
        chunk: dict[str, Any],
        default_chunk_class: type[BaseMessageChunk],
        base_generation_info: dict[str, Any] | None,
    ) -> ChatGenerationChunk | None:
        choices = chunk.get("choices") or []
        delta = choices[0].get("delta") if choices else None
        if delta and delta.get("tool_calls"):
            delta["tool_calls"] = [_whole(call, at) for at, call in enumerate(delta["tool_calls"]) if call]
        converted = super()._convert_chunk_to_generation_chunk(chunk, default_chunk_class, base_generation_info)
        if converted is not None and delta and delta.get("refusal"):
            converted.message.additional_kwargs["refusal"] = delta["refusal"]
        return converted


def _whole(call: dict[str, Any], at: int) -> dict[str, Any]:
    function = dict(call.get("function") or {})
    given = function.get("arguments")
    if given is not None and not isinstance(given, str):
        function["arguments"] = json.dumps(given)
    return {**call, "index": at if call.get("index") is None else call["index"], "function": function}
