"""Usual names: tokens that the environment has already fill a plugin's table, and never switch a plugin on."""

from pathlib import Path

import pytest
from pydantic import BaseModel, Field, SecretStr

from bot import plugins, starter
from bot.errors import SettingsError
from bot.settings import Settings, load
from bot.usual_names import filled, usual_names
from tests.helpers.sick import package

SECRET = "sk-very-secret"
CHATTER = """
from pydantic import BaseModel, Field, SecretStr

class Thing:
    class Settings(BaseModel, extra="forbid"):
        bot_token: SecretStr = Field(description="The bot's.", json_schema_extra={"usual_name": "CHATTER_BOT_TOKEN"})
        room: str = "lobby"

    def __init__(self, settings):
        self.settings = settings

    @staticmethod
    def first_steps(settings):
        return ["Knock at the door."] if settings is None else [f"Go to {settings.room}."]

class Bare:
    pass
"""
POINTS = "[limner.adapters]\nchatter = chatter:Thing\nbare = chatter:Bare\n"


@pytest.fixture(autouse=True)
def chatter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package with an adapter whose token has a usual name, and one without settings."""
    monkeypatch.syspath_prepend(package(tmp_path / "site", "chatter", CHATTER, entry_points=POINTS))
    monkeypatch.delenv("CHATTER_BOT_TOKEN", raising=False)


class Some(BaseModel):
    """A plugin's settings."""

    token: SecretStr = Field(SecretStr(""), json_schema_extra={"usual_name": "SOME_TOKEN"})
    host: str = Field("127.0.0.1", json_schema_extra={"title": "Host"})


@pytest.mark.parametrize(
    ("table", "environment", "expected"),
    [
        ({}, {"SOME_TOKEN": "usual"}, {"token": "usual"}),
        ({"token": ""}, {"SOME_TOKEN": "usual"}, {"token": "usual"}),
        ({"token": "own"}, {"SOME_TOKEN": "usual"}, {"token": "own"}),
        ({"token": ""}, {}, {"token": ""}),
        ({}, {"SOME_TOKEN": ""}, {}),
        ({"host": ""}, {"SOME_TOKEN": "usual"}, {"token": "usual", "host": ""}),
    ],
)
def test_a_table_is_filled(table: dict[str, str], environment: dict[str, str], expected: dict[str, str]) -> None:
    """Only what a table lacks or leaves empty comes from the environment; what it has stays as it is."""
    assert filled(Some, table, environment) == expected


def test_which_names_there_are() -> None:
    """Limner's own settings tell theirs in the same way."""
    assert usual_names(Some) == {"token": "SOME_TOKEN"}
    assert usual_names(Settings) == {"openai_api_key": "OPENAI_API_KEY", "openai_base_url": "OPENAI_BASE_URL"}


def test_a_plugin_is_made_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a table lacks is read when the plugin is made; its own value wins."""
    monkeypatch.setenv("CHATTER_BOT_TOKEN", SECRET)
    made = plugins.make("adapters", "chatter", {"room": "attic"})
    assert (made.settings.bot_token.get_secret_value(), made.settings.room) == (SECRET, "attic")
    made = plugins.make("adapters", "chatter", {"bot_token": "own"})
    assert made.settings.bot_token.get_secret_value() == "own"


def test_it_switches_nothing_on() -> None:
    """A token alone makes no adapter run, where the name with LIMNER_ in front does."""
    assert load(environment={"CHATTER_BOT_TOKEN": SECRET, "DISCORD_TOKEN": SECRET}).adapters == {}
    named = load(environment={"LIMNER_ADAPTERS__CHATTER__BOT_TOKEN": SECRET})
    assert named.adapters == {"chatter": {"bot_token": SECRET}}


@pytest.mark.parametrize(
    ("adapter", "key", "name"),
    [
        ("chatter", "adapters.chatter.bot_token", "CHATTER_BOT_TOKEN"),
        ("discord", "adapters.discord.token", "DISCORD_TOKEN"),
    ],
)
def test_a_token_that_is_missing(monkeypatch: pytest.MonkeyPatch, adapter: str, key: str, name: str) -> None:
    """Where neither the table nor the environment has it, one line names both places."""
    monkeypatch.delenv(name, raising=False)
    with pytest.raises(SettingsError) as raised:
        plugins.make("adapters", adapter, {})
    assert str(raised.value).startswith(
        f"The setting '{key}' is missing. Set it, or {name} in the environment. What it"
    )
    assert raised.value.key == key
    assert "\n" not in str(raised.value)


def test_what_is_left_to_fill_in() -> None:
    """A setting that the environment has, under either name, need not be filled in any more."""
    told = ["adapters.chatter.bot_token (or CHATTER_BOT_TOKEN in the environment)"]
    assert starter.needed(["chatter", "bare"], {}) == told
    assert starter.needed(["chatter"], {"CHATTER_BOT_TOKEN": SECRET}) == []
    assert starter.needed(["chatter"], {"LIMNER_ADAPTERS__CHATTER__BOT_TOKEN": SECRET}) == []


def test_questions_to_a_plugin() -> None:
    """A factory is asked what it has a function for, and answers None to everything else."""
    assert plugins.ask("adapters", "chatter", "first_steps", None) == ["Knock at the door."]
    settings = plugins.settings_of("adapters", "chatter", {"bot_token": SECRET})
    assert plugins.ask("adapters", "chatter", "first_steps", settings) == ["Go to lobby."]
    assert plugins.ask("adapters", "bare", "first_steps", None) is None
    with pytest.raises(SettingsError, match=r"There is no setting 'adapters\.bare\.room'"):
        plugins.settings_of("adapters", "bare", {"room": "attic"})
