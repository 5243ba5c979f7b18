"""The LLMs that settings name: one real call each, and what its failure means to whoever set it up."""

import asyncio
import importlib
import time
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.doctor.aside import aside
from bot.doctor.finding import Case, Check, Finding, ok, problem, together, warning
from bot.settings import Settings

if TYPE_CHECKING:  # it brings LangChain along
    from bot.llm import Reader
    from bot.llm.trouble import LlmError

QUESTION = "Answer with one word: are you there?"
# Offered with the question, since what a server does not support shows only then.
TOOL = {
    "type": "function",
    "function": {
        "name": "wave",
        "description": "Wave to somebody far away.",
        "parameters": {"type": "object", "properties": {"to": {"type": "string"}}, "required": ["to"]},
    },
}
ANSWER_S = 60.0
START_S = 300.0  # one of Limner's own has to be loaded
LOOK_S = 10.0
SHOWN_MODELS = 5


async def look_at_llm(case: Case) -> Finding:
    """Whether every LLM of the chain answers; the first must, the others should."""
    llm = await aside(partial(importlib.import_module, "bot.llm"))
    async with llm.open_llm(case.settings) as chain:
        asked = [reader for reader in chain.readers if not reader.trusted]
        findings = await asyncio.gather(*(_ask(reader, case.settings, reader is asked[0]) for reader in asked))
    if not asked:
        return ok("the director (built-in rules, no LLM)")
    well = ", then ".join([*(finding.found for finding in findings), "the director"])
    return together(findings, well)


CHECKS = (Check("llm", look_at_llm, START_S + ANSWER_S),)


async def _ask(reader: "Reader", settings: Settings, is_first: bool) -> Finding:
    from bot.llm import answers, trouble

    begun = time.monotonic()
    limit_s = START_S if reader.name.startswith("local:") else ANSWER_S
    try:
        async with asyncio.timeout(limit_s):
            answer = await reader.call(lambda: reader.model.bind_tools([TOOL]).ainvoke(QUESTION))
            heard = answers.read(answer, {})
    except TimeoutError:
        failed = trouble.LlmError.of(trouble.Trouble.SLOW, f"no answer in {limit_s:g} s")
    except trouble.LlmError as error:
        failed = error
    else:
        if heard.words or heard.calls:
            return ok(f"{reader.name} answers in {time.monotonic() - begun:.1f} s")
        failed = trouble.LlmError.of(trouble.Trouble.EMPTY, "an empty answer")
    bad = problem if is_first else warning
    return bad(f"{reader.name}: {failed.problem} ({failed.detail[:200]})", await _remedy(reader, settings, failed))


async def _remedy(reader: "Reader", settings: Settings, error: "LlmError") -> str:
    kind, _, model = reader.name.partition(":")
    where = _shown(settings.openai_base_url) if kind == "openai" else ""
    match error.trouble:
        case "key":
            return "Set OPENAI_API_KEY to a valid key" if kind == "openai" else f"Set a valid key for {kind}"
        case "not found":
            return await _names(settings, model) if where else f"'{model}' is no model of {kind}'s: correct its name"
        case "unreachable" | "slow" | "broken":
            at = f"Is the server at {where} up, and OPENAI_BASE_URL right" if where else "Is the way to it open"
            return f"{at}? A proxy or firewall may be in between"
        case "busy":
            return "Wait, or raise the quota of the account that the key belongs to"
        case "not started":
            return f"See llm.log in {settings.home}, or set another llm"
        case "refused":
            return "Can this LLM be offered tools? Some servers have an option for it, and small models can't"
    return "Set another llm; llm = 'director' does without"


async def _names(settings: Settings, wrong: str) -> str:
    """Ask the server for its models: if it has some, the name is wrong, and else the address."""
    import httpx

    address = settings.openai_base_url.rstrip("/")
    headers = {"Authorization": f"Bearer {settings.openai_api_key.get_secret_value() or 'none'}"}
    try:
        async with httpx.AsyncClient(timeout=LOOK_S) as client:
            answer = (await client.get(f"{address}/models", headers=headers)).json()
        names = [str(model["id"]) for model in answer["data"]]
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return f"Nothing there speaks OpenAI's protocol: correct OPENAI_BASE_URL ({_shown(address)}; most end with /v1)"
    more = f" and {len(names) - SHOWN_MODELS} more" if len(names) > SHOWN_MODELS else ""
    return f"'{wrong}' is no model of that server, which has {', '.join(names[:SHOWN_MODELS])}{more}: correct llm"


def _shown(url: str) -> str:
    """The address without a password in it."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
