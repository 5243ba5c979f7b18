"""What an LLM answers reaches a customer only as far as code finds it in what was retrieved."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.desk.answering import Answerer
from bot.desk.answering_checks import cleaned, unfounded
from bot.desk.draft import Illustration, Kind
from bot.knowledge.passage import Passage
from bot.llm import open_llm
from bot.settings import Settings
from tests.helpers.chat_server import ChatServer, Reply, Request, call, calls, chat_server, fails, hangs_up, says
from tests.unit.bot.desk.test_answering import answering, asked

RETURN = "Until when may I return a kettle after delivery?"


@asynccontextmanager
async def served(folder: Path, *script: Reply) -> AsyncIterator[tuple[Answerer, ChatServer]]:
    """An answerer whose LLM is a local server that replies by this script."""
    async with chat_server() as server:
        server.next(*script)
        values = {"home": folder, "llm": "openai:desk", "openai_base_url": server.url, "llm_retries": 0}
        async with open_llm(Settings.model_validate(values)) as chain, answering(folder, chain) as answerer:
            yield answerer, server


def told(text: str, *cited: str, **more: Any) -> Reply:
    """An answer by the structured call, '*' citing what was shown first; asked for other words, it has none."""

    async def reply(request: Request) -> None:
        if request.body["tools"][0]["function"]["name"] == "search":
            return await calls(call("search", {"queries": []}))(request)
        shown = json.loads(request.body["messages"][1]["content"])["passages"]
        ids = [shown[0]["id"] if one == "*" else one for one in cited]
        given = {"answers": True, "text": text, "cited": ids, "confidence": 0.9}
        return await calls(call("answer", given | more))(request)

    return reply


async def test_a_founded_answer_goes_out_with_its_citation(tmp_path: Path) -> None:
    """Words, a valid citation and a confidence; the passages were shown as data with their ids."""
    text = "You may return a kettle within 30 days of delivery."
    async with served(tmp_path, told(text, "*", "made-up")) as (answerer, server):
        proposed = await answerer.answer(asked(RETURN))
    assert (proposed.kind, proposed.text) == (Kind.ANSWER, text)
    assert [one.title for one in proposed.citations] == ["Sending a kettle back"]
    assert proposed.confidence > 0.6
    assert server.problems == []
    shown = server.requests[-1]["messages"][1]["content"]
    assert proposed.citations[0].passage_id in shown


@pytest.mark.parametrize(
    ("text", "cited", "reason"),
    [
        ("You may return a kettle within 30 days.", "made-up", "no passage"),
        ("You may return a kettle within 30 days.", "", "no passage"),
        ("Your refund has been granted.", "*", "granted"),
        ("We will send you a new kettle tomorrow.", "*", "new kettle"),
        ("You get a 20 % discount on the next one.", "*", "discount"),
        ("You may return a kettle within 90 days.", "*", "90"),
        ("Opened filters can be returned free of charge.", "*", "free of charge"),
        ("<img src='https://evil.example/a.png'>", "*", "no passage"),
    ],
)
async def test_what_no_passage_says_is_handed_over(tmp_path: Path, text: str, cited: str, reason: str) -> None:
    """Citations that were not retrieved, promises, other figures and empty words never reach the customer."""
    async with served(tmp_path, told(text, cited)) as (answerer, _):
        proposed = await answerer.answer(asked(RETURN))
    assert proposed.kind is Kind.HAND_OVER
    assert reason in proposed.reason
    assert "colleague" in proposed.text


@pytest.mark.parametrize(
    "more", [{"answers": False}, {"wants_person": True}, {"confidence": 0, "text": "Blue birds sing."}]
)
async def test_an_llm_that_does_not_know_hands_over(tmp_path: Path, more: dict[str, Any]) -> None:
    """A denial, a wish for a person and words that nothing supports end with a person."""
    async with served(tmp_path, told(more.pop("text", "Yes."), "*", **more)) as (answerer, _):
        assert (await answerer.answer(asked(RETURN))).kind is Kind.HAND_OVER


@pytest.mark.parametrize("reply", [fails(500), hangs_up, says("Within 30 days, dear customer!"), says("")])
async def test_an_llm_that_is_away_leaves_the_quotation(tmp_path: Path, reply: Reply) -> None:
    """Without a usable answer of an LLM the article is quoted, less surely, and colleagues read why."""
    async with served(tmp_path, reply) as (answerer, _):
        proposed = await answerer.answer(asked("How do I descale the kettle?"))
    assert proposed.kind is Kind.ANSWER
    assert "1. Pour one sachet" in proposed.text
    assert "LLM" in proposed.reason
    assert proposed.confidence < 0.81


async def test_an_answer_that_is_held_back_goes_to_a_person(tmp_path: Path) -> None:
    """What a provider filters is not asked for elsewhere."""
    async with served(tmp_path, says("no", finish="content_filter")) as (answerer, _):
        proposed = await answerer.answer(asked(RETURN))
    assert proposed.kind is Kind.HAND_OVER
    assert "held" in proposed.reason


async def test_other_words_find_what_the_customers_do_not(tmp_path: Path) -> None:
    """An LLM's queries, in the other language too, are searched with, and it may answer across languages."""
    async with served(tmp_path, calls(call("search", {"queries": ["水壶除垢"]})), says("…")) as (answerer, server):
        await answerer.answer(asked("Wie werde ich die weissen Flecken los?"))
    assert "水壶除垢" in server.requests[-1]["messages"][1]["content"]


async def test_a_wish_for_a_painted_screen_is_refused(tmp_path: Path) -> None:
    """An LLM that wants to paint an app's page gets no picture."""
    text = "Open the Brevo app and tap the plus sign."
    async with served(tmp_path, told(text, "*", illustration="paint")) as (answerer, server):
        proposed = await answerer.answer(asked("How do I connect the app to my network?"))
    assert server.requests
    assert proposed.illustration is Illustration.NONE


PASSAGE = Passage(
    "p", "d", "s", "Returns", (), "退货后 10 个工作日内退款。Opened filters are not refunded.", "", "v", "zh"
)


@pytest.mark.parametrize(
    ("text", "is_founded"),
    [
        ("退款在 10 个工作日内到账。", True),
        ("退款在十个工作日内到账。", True),
        ("我们马上为您退款。", False),
        ("保证三天到账。", False),
        ("1. 联系客服。\n2. 等待。", True),
        (
            "Opened filters are refunded.",
            True,
        ),  # one source says that there are refunds: a person's eye is for the rest
    ],
)
def test_promises_are_looked_for_in_both_languages(text: str, is_founded: bool) -> None:
    """A promise counts as said where a cited sentence makes it, too."""
    assert (unfounded(text, [PASSAGE], "") == "") is is_founded


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("See [our page](https://evil.example) [p1].", "See our page."),
        ("![x](https://evil.example/a.png)Hold it.", "Hold it."),
        ("<b>Hold</b> it <script>alert(1)</script>", "Hold it"),
        ("Go to www.evil.example now", "Go to now"),
        ("<think>refund?</think>Hold it.", "Hold it."),
    ],
)
def test_links_pictures_and_html_are_taken_out(text: str, left: str) -> None:
    """What a customer gets is words."""
    assert cleaned(text) == left
