"""Citations that hold: what was not retrieved can't be cited."""

from collections.abc import Iterable

from bot.knowledge.passage import Hit, Passage


def checked(cited_ids: Iterable[str], hits: Iterable[Hit]) -> list[Passage]:
    """The passages that are cited and were retrieved, each once, in the order of the citations; the others are dropped.

    Args:
        cited_ids: Ids of passages, as somebody (an LLM) names them.
        hits: What was found for the question.
    """
    found = {hit.passage.id: hit.passage for hit in hits}
    return [found[cited] for cited in dict.fromkeys(cited.strip() for cited in cited_ids) if cited in found]
