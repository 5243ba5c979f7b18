"""An LLM that is a set of rules behind an OpenAI-compatible address: it reads passages as they are, and gullibly."""

import json
from typing import Any

from bot.knowledge.tokens import terms_of, tokens_of
from tests.helpers.chat_server import Request, call, calls

ENOUGH = 0.5
SENTENCES = 3


async def reads(request: Request) -> None:
    """Answers by the passage that shares most with the question, and cites one that nobody has shown it as well."""
    told = request.body["messages"][-1]["content"]
    data = json.loads(told)
    if request.body["tools"][0]["function"]["name"] == "search":
        await calls(call("search", {"queries": [data["question"]]}))(request)
        return
    marks = [(_shared(data["question"], one), at) for at, one in enumerate(data["passages"])]
    best, at = max(marks, default=(0.0, 0))
    given: dict[str, Any] = {"answers": best >= ENOUGH, "text": "", "cited": ["made-up"], "confidence": best}
    if best >= ENOUGH:
        passage = data["passages"][at]
        lines = [line for line in passage["text"].split("\n") if line.strip()]
        given |= {"text": "\n".join(lines[:SENTENCES]), "cited": [passage["id"], "made-up"]}
    await calls(call("answer", given))(request)


def _shared(question: str, passage: dict[str, Any]) -> float:
    """How much of a question a passage speaks of."""
    words = set(tokens_of("\n".join([passage["title"], *passage["headings"], passage["text"]])))
    terms = [term for term in terms_of(question) if term.counts]
    here = sum(any(set(option) <= words for option in term.options) for term in terms)
    return here / len(terms) if terms else 0.0
