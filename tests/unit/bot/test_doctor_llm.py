"""The doctor on the LLM: one real call to each of the chain, and a remedy for each way in which it fails."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from bot.doctor.finding import Finding, Level
from bot.doctor.llm import CHECKS
from bot.doctor.rounds import examine
from tests.helpers.sick import answering, case

CHAT = "/v1/chat/completions"
MODELS = {"object": "list", "data": [{"id": f"model-{number}", "object": "model"} for number in range(7)]}
KEY = "sk-tell-nobody-1234567890"


def error(message: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "invalid_request_error", "code": None}}


def said(words: str) -> dict[str, Any]:
    """An answer in the form of Chat Completions."""
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "small",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": words}}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


def refuses_tools(asked: bytes) -> tuple[int, Any]:
    """A server that takes questions, but none with tools."""
    return (400, error("no tool parser")) if json.loads(asked).get("tools") else (200, said("Yes."))


ANSWER = said("Yes.")


async def looked_at(folder: Path, **settings: Any) -> Finding:
    """As the rounds would, so that errors are what a person sees."""
    given = {"llm": "openai:small", "openai_api_key": KEY, "llm_retries": 0} | settings
    [report] = await examine(case(folder, **given), CHECKS, lambda _report: None)
    assert KEY not in f"{report}"
    return report.finding


async def test_the_director_needs_no_llm(tmp_path: Path) -> None:
    """The built-in rules count as fine."""
    found = await looked_at(tmp_path, llm="director")
    assert (found.level, found.found) == (Level.OK, "the director (built-in rules, no LLM)")


async def test_an_llm_that_answers(tmp_path: Path) -> None:
    """One real call is made, and the rest of the chain told."""
    with answering({CHAT: (200, ANSWER)}) as url:
        found = await looked_at(tmp_path, openai_base_url=f"{url}/v1")
    assert found.level is Level.OK, found
    assert found.found.startswith("openai:small answers in ")
    assert found.found.endswith(", then the director")


@pytest.mark.parametrize(
    ("routes", "words", "remedy"),
    [
        ({CHAT: (401, error("Incorrect API key provided"))}, "did not accept the key", "Set OPENAI_API_KEY to a valid"),
        ({CHAT: (403, error("Not allowed"))}, "did not accept the key", "Set OPENAI_API_KEY to a valid key"),
        (
            {CHAT: (404, error("The model `small` does not exist")), "/v1/models": (200, MODELS)},
            "no such model or address",
            "'small' is no model of that server, which has model-0, model-1, model-2, model-3, model-4 and 2 more",
        ),
        ({}, "no such model or address", "correct OPENAI_BASE_URL"),
        ({CHAT: (429, error("You exceeded your current quota"))}, "quota is used up", "raise the quota"),
        ({CHAT: (500, error("Oops"))}, "its server has a fault", "Is the server at http://127.0.0.1:"),
        ({CHAT: refuses_tools}, "did not take the request", "Can this LLM be offered tools?"),
        ({CHAT: (200, said(""))}, "no answer", "llm = 'director' does without"),
        ({CHAT: (200, said("<think>Hm."))}, "no answer", "llm = 'director' does without"),
        ({CHAT: (200, said("ÿþ" * 200))}, "could not be read", "llm = 'director' does without"),
        ({CHAT: (200, "<html>welcome</html>")}, "could not be read", "llm = 'director' does without"),
    ],
    ids=[
        "wrong key",
        "forbidden",
        "wrong model",
        "wrong address",
        "no quota",
        "broken",
        "no tools",
        "empty",
        "thoughts",
        "nonsense",
        "no LLM",
    ],
)
async def test_an_llm_that_does_not(tmp_path: Path, routes: dict[str, Any], words: str, remedy: str) -> None:
    """Each way in which a server refuses has a remedy of its own."""
    with answering(routes) as url:
        found = await looked_at(tmp_path, openai_base_url=f"{url}/v1")
    assert found.level is Level.PROBLEM
    assert words in found.found
    assert remedy in found.remedy


async def test_an_llm_that_is_away(tmp_path: Path) -> None:
    """Where nobody listens, the address is shown, without what may be secret in it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = await looked_at(tmp_path, openai_base_url=f"http://me:hidden@127.0.0.1:{port}/v1")
    assert found.level is Level.PROBLEM
    assert "the connection to it failed" in found.found
    assert f"Is the server at http://127.0.0.1:{port}/v1 up, and OPENAI_BASE_URL right" in found.remedy
    assert "hidden" not in f"{found}"


async def test_a_missing_key(tmp_path: Path) -> None:
    """Without a key the settings' own words are the line."""
    found = await looked_at(tmp_path, openai_api_key="")
    assert found.level is Level.PROBLEM
    assert "needs a key" in found.found
    assert "OPENAI_API_KEY" in found.remedy


async def test_a_name_that_is_none(tmp_path: Path) -> None:
    """A setting that names no LLM says what is expected."""
    found = await looked_at(tmp_path, llm="gpt-5")
    assert found.level is Level.PROBLEM
    assert "names no LLM" in found.found
    assert "openai:MODEL" in found.remedy


@pytest.mark.parametrize(
    ("first", "second", "level"),
    [("openai:small", "openai:other", Level.WARNING), ("openai:other", "openai:small", Level.PROBLEM)],
    ids=["the fallback fails", "the first fails"],
)
async def test_the_fallback_chain(tmp_path: Path, first: str, second: str, level: Level) -> None:
    """Every LLM of the chain is asked; one that only stands in is a warning when it fails."""

    def only_small(asked: bytes) -> tuple[int, Any]:
        return (200, ANSWER) if json.loads(asked)["model"] == "small" else (404, error("no such model"))

    with answering({CHAT: only_small, "/v1/models": (200, {"data": [{"id": "small"}]})}) as url:
        found = await looked_at(tmp_path, llm=first, llm_fallback=(second,), openai_base_url=f"{url}/v1")
    assert found.level is level
    assert found.found.startswith("openai:other: ")
    assert "'other' is no model of that server, which has small" in found.remedy
