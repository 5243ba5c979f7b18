"""From an LLM's name in the settings to a LangChain chat model, open for as long as Limner runs."""

import ipaddress
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from langchain_core.language_models import BaseChatModel

from bot.errors import SettingsError
from bot.llm.local import LocalServer
from bot.llm.reader import Server
from bot.settings import Settings

EXPECTED = (
    "Expected 'director' (built-in rules), 'openai:MODEL', 'openai:MODEL@ADDRESS', 'local:REPO_OR_FOLDER', or another "
    "provider of LangChain's, such as 'anthropic:MODEL'."
)
NO_KEY = "none"
ADDRESS = "@http"


@dataclass(frozen=True, slots=True)
class Opened:
    """A model, and what serves it where Limner started that."""

    model: BaseChatModel
    server: Server | None = None


@asynccontextmanager
async def open_model(settings: Settings, name: str, key: str) -> AsyncIterator[Opened]:
    """Open the LLM of that name.

    Args:
        settings: What it is opened with.
        name: Such as 'openai:gpt-5-mini'.
        key: The setting that it stands in, for errors.

    Raises:
        SettingsError: There is no such LLM, its key or its package is missing.
    """
    kind, _, model = name.partition(":")
    if not model:
        raise SettingsError(f"Setting {key!r} = {name!r} names no LLM", EXPECTED, key)
    if kind == "openai":
        async with _openai(settings, name, model, key) as chat:
            yield Opened(chat)
    elif kind == "local":
        async with (
            LocalServer(model, settings.home, settings.llm_timeout_s) as server,
            _compatible(settings, server.model, server.url, NO_KEY) as chat,
        ):
            yield Opened(chat, server)
    else:
        yield Opened(_other(name, key))


@asynccontextmanager
async def _openai(settings: Settings, name: str, model: str, key: str) -> AsyncIterator[BaseChatModel]:
    model, at, rest = model.partition(ADDRESS)
    url = f"http{rest}" if at else settings.openai_base_url
    # The key is for the server that settings name beside it, and for no other.
    secret = settings.openai_api_key.get_secret_value() if url == settings.openai_base_url else NO_KEY
    if not secret and not url:
        raise SettingsError(
            f"Setting {key!r} = {name!r} needs a key",
            "Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own.",
            "openai_api_key",
        )
    # A server of one's own often wants no key, but the client refuses to start without one.
    async with _compatible(settings, model, url, secret or NO_KEY) as chat:
        yield chat


@asynccontextmanager
async def _compatible(settings: Settings, model: str, url: str, secret: str) -> AsyncIterator[BaseChatModel]:
    from openai import DefaultAsyncHttpxClient
    from pydantic import SecretStr

    from bot.llm.compatible import CompatibleChat

    # A proxy of the environment's leads out of the house, where this machine's own addresses mean nothing.
    async with DefaultAsyncHttpxClient(trust_env=not _is_loopback(url)) as client:
        yield CompatibleChat(
            model=model,
            api_key=SecretStr(secret),
            base_url=url or None,
            timeout=settings.llm_timeout_s,
            max_retries=settings.llm_retries,
            # The reader's own limit comes first; with one of its own the stream is closed when that one strikes.
            stream_chunk_timeout=2 * settings.llm_timeout_s,
            http_async_client=client,
            # Some model names switch to the Responses API by themselves, which compatible servers answer with 404.
            use_responses_api=False,
        )


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _other(name: str, key: str) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    try:
        model: Any = init_chat_model(name)
    except ImportError as error:
        package = _package(name.partition(":")[0])
        raise SettingsError(
            f"Setting {key!r} = {name!r} needs a package that is not installed", f"Run: pip install {package}", key
        ) from error
    except Exception as error:  # noqa: BLE001 - each provider has errors of its own
        kind = type(error).__name__
        if "Unsupported" in str(error) or "Unable to infer" in str(error):
            raise SettingsError(f"Setting {key!r} = {name!r} names no LLM", EXPECTED, key) from None
        # Not quoted: what a provider says of a wrong key may hold the key.
        raise SettingsError(
            f"Setting {key!r} = {name!r} can't be set up: {kind}",
            "Is its key set in the environment, under its usual name?",
            key,
        ) from None
    return model  # type: ignore[no-any-return]


def _package(provider: str) -> str:
    """LangChain names its packages after its providers, but for a few that share one."""
    shared = {
        "bedrock": "aws",
        "bedrock_converse": "aws",
        "anthropic_bedrock": "aws",
        "google_vertexai": "google-vertexai",
    }
    return f"langchain-{shared.get(provider, provider.replace('_', '-'))}"
