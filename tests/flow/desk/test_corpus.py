"""The help centre of an invented maker, asked as its customers ask: what is found, cited, drawn and left to people."""

from collections.abc import Sequence

import pytest

from benchmarks.desk import CORPUS, Tried, run
from bot.desk.draft import Illustration
from tests.helpers.chat_server import chat_server
from tests.helpers.reading import reads

HELD_OUT = "questions.jsonl"
LEAST_ABSTAINED = 0.9


def share(of: Sequence[Tried], having: Sequence[Tried]) -> float:
    return len(having) / len(of)


def abstained(tried: Sequence[Tried]) -> float:
    """The share of questions without an answer that are left to people."""
    no = [one for one in tried if one.record["unanswerable"]]
    return share(no, [one for one in no if not one.is_answered])


@pytest.mark.proof
async def test_without_an_llm() -> None:
    """Of 200 questions nearly all find their article; nothing is cited that is not there, and no screen is painted."""
    tried = await run(CORPUS, "director", HELD_OUT)
    here = [one for one in tried if not (one.record["unanswerable"] or one.record["other_language"])]
    assert len(tried) == 200
    assert share(here, [one for one in here if one.right & {*one.found[:3]}]) >= 0.95
    assert all(one.known for one in tried if one.is_answered)
    assert abstained(tried) >= LEAST_ABSTAINED
    answered = [one for one in tried if one.is_answered and not one.record["unanswerable"]]
    assert share(answered, [one for one in answered if one.proposed.illustration is one.label]) >= 0.85
    drawn = [one for one in answered if one.label is Illustration.ARTICLE]
    assert share(drawn, [one for one in drawn if one.proposed.illustration is Illustration.ARTICLE]) >= 0.95
    assert not [one for one in tried if one.is_on_screen and one.proposed.illustration is Illustration.PAINTED]


@pytest.mark.proof
async def test_through_a_server() -> None:
    """An LLM that reads by rules, and cites what nobody showed it, gets no such citation and no such picture out."""
    async with chat_server() as server:
        server.next(reads)
        tried = await run(CORPUS, f"openai:reader@{server.url}", HELD_OUT)
    assert server.problems == []
    answered = [one for one in tried if one.is_answered]
    assert len(answered) > 40
    assert all(one.known for one in answered)
    assert abstained(tried) >= LEAST_ABSTAINED
    drawn = [one for one in answered if one.proposed.illustration is Illustration.ARTICLE]
    assert all(one.proposed.figure for one in drawn)
