"""Who reads requests: the offline director, or any LLM behind an OpenAI-compatible server."""

from langchain_core.language_models import BaseChatModel

from bot.errors import SettingsError
from bot.settings import Settings

EXPECTED = "Expected 'director' (built-in rules) or 'openai:MODEL', such as openai:gpt-5-mini."


def build(settings: Settings) -> BaseChatModel:
    """The chat model that `settings.llm` names.

    Raises:
        SettingsError: There is no such LLM, or its key is missing.
    """
    kind, _, name = settings.llm.partition(":")
    if settings.llm == "director":
        from bot.director.model import Director

        return Director()
    if kind == "openai" and name:
        return _openai(settings, name)
    raise SettingsError(f"Setting 'llm' = {settings.llm!r} names no LLM", EXPECTED, "llm")


def _openai(settings: Settings, name: str) -> BaseChatModel:
    from langchain_openai import ChatOpenAI

    key = settings.openai_api_key
    if not key.get_secret_value() and not settings.openai_base_url:
        raise SettingsError(
            f"llm = {settings.llm!r} needs a key",
            "Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own.",
            "openai_api_key",
        )
    return ChatOpenAI(
        model=name,
        # A server of one's own often wants no key, but the client refuses to start without one.
        api_key=key if key.get_secret_value() else "none",  # type: ignore[arg-type]
        base_url=settings.openai_base_url or None,
        # Some model names switch to the Responses API by themselves, which compatible servers answer with 404.
        use_responses_api=False,
    )
