"""LLMs are opened by their names in the settings, and what is wrong with a name is one line."""

import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.errors import SettingsError
from bot.llm import Chain, open_llm
from bot.llm.compatible import CompatibleChat
from bot.settings import Settings, load
from bot.testing import ScriptedModel


def settings(folder: Path, **more: Any) -> Settings:
    return Settings.model_validate({"home": folder, "openai_api_key": SecretStr("sk-secret")} | more)


async def names(chosen: Settings) -> list[str]:
    async with open_llm(chosen) as chain:
        assert [chain.is_last(reader) for reader in chain.readers][-1]
        return [reader.name for reader in chain.readers]


@pytest.mark.parametrize(
    ("llm", "fallback", "readers"),
    [
        ("director", [], ["director"]),
        ("openai:a", [], ["openai:a", "director"]),
        ("openai:a", ["openai:b"], ["openai:a", "openai:b", "director"]),
        ("openai:a", ["openai:a", "openai:b"], ["openai:a", "openai:b", "director"]),
        ("openai:a", ["director", "openai:b"], ["openai:a", "director"]),
        ("director", ["openai:b"], ["director"]),
        ("openai:a@http://x.example/v1", [], ["openai:a", "director"]),
        ("openai:ft:a:b", [], ["openai:ft:a:b", "director"]),
    ],
)
async def test_the_chain(tmp_path: Path, llm: str, fallback: list[str], readers: list[str]) -> None:
    """The chain is the LLM, its fallbacks each once, and the built-in rules, after which nothing comes."""
    assert await names(settings(tmp_path, llm=llm, llm_fallback=fallback)) == readers


async def test_a_compatible_server(tmp_path: Path) -> None:
    """An OpenAI-compatible server is spoken to by Chat Completions, with the settings' address, times and key."""
    chosen = settings(tmp_path, llm="openai:gpt-5-mini", openai_base_url="http://x.example/v1", llm_timeout_s=7)
    async with open_llm(chosen) as chain:
        chat = chain.readers[0].model
        assert isinstance(chat, CompatibleChat)
        assert (chat.model_name, chat.openai_api_base, chat.request_timeout) == ("gpt-5-mini", "http://x.example/v1", 7)
        assert (chat.use_responses_api, chat.max_retries) == (False, 2)
        assert chat.openai_api_key == SecretStr("sk-secret")
        assert "sk-secret" not in repr(chat)


async def test_an_address_in_the_name(tmp_path: Path) -> None:
    """A server named with its model is asked there, without the key of another; a server needs no key at all."""
    async with open_llm(settings(tmp_path, llm="openai:a@http://127.0.0.1:1/v1")) as chain:
        chat = chain.readers[0].model
        assert isinstance(chat, CompatibleChat)
        assert (chat.model_name, chat.openai_api_base) == ("a", "http://127.0.0.1:1/v1")
        assert chat.openai_api_key == SecretStr("none")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"llm": "nonsense"}, "Setting 'llm' = 'nonsense' names no LLM. Expected 'director'"),
        ({"llm": "openai:"}, "Setting 'llm' = 'openai:' names no LLM"),
        ({"llm": "nobody:m"}, "Setting 'llm' = 'nobody:m' names no LLM"),
        ({"llm_fallback": ["nonsense"], "llm": "openai:a"}, "Setting 'llm_fallback' = 'nonsense' names no LLM"),
        ({"llm": "openai:a", "openai_api_key": SecretStr("")}, "'openai:a' needs a key. Set OPENAI_API_KEY"),
        ({"llm": "anthropic:m"}, "needs a package that is not installed. Run: pip install langchain-anthropic."),
        ({"llm": "bedrock:m"}, "Run: pip install langchain-aws."),
    ],
)
async def test_wrong_names(tmp_path: Path, wrong: dict[str, Any], said: str) -> None:
    """A name that stands for nothing, or lacks its key or package, stops the start with one line and a remedy."""
    with pytest.raises(SettingsError) as raised:
        await names(settings(tmp_path, **wrong))
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)
    assert "secret" not in str(raised.value)


async def test_another_provider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider whose package is installed is opened by LangChain; what it says of a wrong key is not quoted."""
    (tmp_path / "langchain_groq.py").write_text(
        "from bot.testing import ScriptedModel\n"
        "def ChatGroq(model):\n"
        "    if model == 'bad': raise ValueError('the key gsk-secret is wrong')\n"
        "    return ScriptedModel(script=[model])\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    async with open_llm(settings(tmp_path, llm="groq:m")) as chain:
        assert isinstance(chain.readers[0].model, ScriptedModel)
        assert chain.readers[0].model.script == ["m"]
    with pytest.raises(SettingsError, match="can't be set up: ValueError") as raised:
        await names(settings(tmp_path, llm="groq:bad"))
    assert "gsk" not in str(raised.value)
    sys.modules.pop("langchain_groq")


async def test_what_is_given_is_used(tmp_path: Path) -> None:
    """A model or a chain that is given is taken instead of what settings name."""
    model = ScriptedModel(script=["hi"])
    async with open_llm(settings(tmp_path, llm="nonsense"), model) as chain:
        assert [reader.model for reader in chain.readers] == [model]
        async with open_llm(settings(tmp_path), chain) as same:
            assert same is chain
    assert isinstance(chain, Chain)


def test_fallbacks_in_the_environment() -> None:
    """In the environment the fallbacks are one text with commas."""
    found = load(environment={"LIMNER_LLM_FALLBACK": "openai:a, local:b,"})
    assert found.llm_fallback == ["openai:a", "local:b"]
