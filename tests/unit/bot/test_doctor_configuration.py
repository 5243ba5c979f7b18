"""The doctor on settings: unknown names, secrets that others may read, plugins that can't be used."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.doctor import configuration, serving
from bot.doctor.finding import Check, Finding, Level
from bot.doctor.rounds import examine
from tests.helpers.sick import case, package

ADAPTER = """
from pydantic import BaseModel, Field, SecretStr

class Thing:
    class Settings(BaseModel, extra="forbid"):
        token: SecretStr = Field(description="The bot's token, from the platform's page for developers.")

    def __init__(self, settings):
        if len(settings.token.get_secret_value()) < 4:
            from bot.errors import SettingsError
            raise SettingsError("The token is too short", "Copy all of it.", "adapters.prattler.token")
"""
POINTS = "[limner.adapters]\nprattler = prattler:Thing\n[limner.tools]\nchisel = no_such_module:Thing\n"


@pytest.fixture
def prattler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package with an adapter that needs a token, and a tool that is broken."""
    monkeypatch.syspath_prepend(package(tmp_path / "site", "prattler", ADAPTER, entry_points=POINTS))


async def looked_at(folder: Path, check: Check) -> Finding:
    [report] = await examine(case(folder), [check], lambda _report: None)
    return report.finding


async def test_unknown_names_in_the_environment(tmp_path: Path) -> None:
    """A misspelt LIMNER_ name is told, with the nearest that there is."""
    environment = {"LIMNER_MODELL": "sketch", "LIMNER_ZZZ": "1", "LIMNER_LLM": "director", "PATH": "/bin"}
    found = await configuration.look_at_environment(case(tmp_path, environment))
    assert found.level is Level.PROBLEM
    assert found.found == "LIMNER_MODELL is no setting; LIMNER_ZZZ is no setting"
    assert "Did you mean LIMNER_MODEL?" in found.remedy
    assert "unset LIMNER_ZZZ" in found.remedy


async def test_known_names_in_the_environment(tmp_path: Path) -> None:
    """Names are told, values, which may be secret, are not."""
    environment = {"LIMNER_OPENAI_API_KEY": "sk-hidden", "LIMNER_CONFIG": "x", "LIMNER_ENGINES__REMOTE__TOKEN": "t"}
    found = await configuration.look_at_environment(case(tmp_path, environment))
    assert found.level is Level.OK
    assert found.found == "LIMNER_CONFIG, LIMNER_ENGINES__REMOTE__TOKEN, LIMNER_OPENAI_API_KEY"


async def test_no_settings_file(tmp_path: Path) -> None:
    """Where there is none, the defaults count, and `limner init` is named."""
    found = await configuration.look_at_file(case(tmp_path))
    assert found.level is Level.OK
    assert "limner init" in found.found


@pytest.mark.parametrize(
    ("text", "mode", "level"),
    [
        ('openai_api_key = "sk-1"', 0o644, Level.WARNING),
        ('[adapters.discord]\ntoken = "abc"', 0o640, Level.WARNING),
        ('openai_api_key = "sk-1"', 0o600, Level.OK),
        ('model = "sketch"\nopenai_api_key = ""\nllm_call_limit = 3', 0o644, Level.OK),
    ],
    ids=["key", "token in a table", "closed", "no secret"],
)
async def test_secrets_that_others_may_read(tmp_path: Path, text: str, mode: int, level: Level) -> None:
    """A file with a token in it should be its owner's alone."""
    path = tmp_path / "limner.toml"
    path.write_text(text)
    path.chmod(mode)
    found = await configuration.look_at_file(case(tmp_path))
    assert found.level is level
    assert found.remedy == (f"chmod 600 {path}" if level is Level.WARNING else "")
    assert "sk-1" not in f"{found}"


async def test_which_file_is_read(tmp_path: Path) -> None:
    """The one on the command line comes before LIMNER_CONFIG, and that before ./limner.toml."""
    for name in ("limner.toml", "b.toml", "c.toml"):
        (tmp_path / name).touch(mode=0o600)
    here = case(tmp_path)
    there = case(tmp_path, {"LIMNER_CONFIG": str(tmp_path / "b.toml")})
    named = replace(there, file=tmp_path / "c.toml")
    files = [configuration.file_of(one) for one in (here, there, named)]
    assert [file.name for file in files if file] == ["limner.toml", "b.toml", "c.toml"]


@pytest.mark.usefixtures("prattler")
async def test_a_token_that_is_missing(tmp_path: Path) -> None:
    """An adapter that is switched on without its token says what the token is."""
    found = await looked_at(tmp_path, serving.adapter_check("prattler", {}))
    assert found.level is Level.PROBLEM
    assert found.found == "The setting 'adapters.prattler.token' is missing"
    assert "from the platform's page for developers" in found.remedy


@pytest.mark.usefixtures("prattler")
async def test_a_token_that_the_adapter_refuses(tmp_path: Path) -> None:
    """What an adapter finds out when it is made is told, too; a good token is well and not shown."""
    found = await looked_at(tmp_path, serving.adapter_check("prattler", {"token": "abc"}))
    assert (found.level, found.found) == (Level.PROBLEM, "The token is too short")
    found = await looked_at(tmp_path, serving.adapter_check("prattler", {"token": "hidden-token"}))
    assert found.level is Level.OK
    assert "hidden" not in f"{found}"


@pytest.mark.usefixtures("prattler")
async def test_plugins_that_can_not_be_used(tmp_path: Path) -> None:
    """One that is broken, one that is not installed and one with a wrong table each say so."""
    broken = await looked_at(tmp_path, configuration.plugin_check("tools", "chisel", {}))
    absent = await looked_at(tmp_path, configuration.plugin_check("tools", "spade", {}))
    wrong = await looked_at(tmp_path, configuration.plugin_check("engines", "local", {"threads": 0}))
    assert broken.level is absent.level is wrong.level is Level.PROBLEM
    assert "No module named 'no_such_module'" in broken.found
    assert "There is no plugin 'spade'" in absent.found
    assert "engines.local.threads" in wrong.found
    assert all(found.remedy for found in (broken, absent, wrong))


async def test_a_good_plugin_table(tmp_path: Path) -> None:
    """A table that fits names the package behind the plugin."""
    found = await looked_at(tmp_path, configuration.plugin_check("engines", "local", {"threads": 2}))
    assert (found.level, found.found) == (Level.OK, "of the package 'limner', its settings are valid")
