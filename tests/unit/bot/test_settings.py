"""Settings come from file, environment and command line; whatever is wrong is named with what was expected."""

import traceback
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel, Field, SecretStr, model_validator

from bot.dialects import DIALECTS
from bot.errors import SettingsError
from bot.model_settings import ModelSettings
from bot.settings import Settings, check, load

SECRET = "sk-very-secret"


def write(folder: Path, text: str) -> Path:
    file = folder / "limner.toml"
    file.write_text(text, encoding="utf-8")
    return file


def refused(**given: Any) -> SettingsError:
    """What is said about these settings."""
    with pytest.raises(SettingsError) as raised:
        load(environment={}, **given)
    assert "\n" not in str(raised.value)
    return raised.value


def test_the_defaults_need_nothing() -> None:
    """Without file and environment the built-in model, director and database are meant."""
    settings = load(environment={})
    assert (settings.model, settings.llm, settings.engine, settings.adapters) == ("sketch", "director", "local", {})
    assert settings.database_url == f"sqlite+aiosqlite:///{settings.home}/limner.db"


def test_the_command_line_wins_over_environment_over_file(tmp_path: Path) -> None:
    """Each source wins over the one before it, key by key."""
    file = write(tmp_path, 'model = "file"\nllm = "openai:file"\nengine = "file"\n')
    environment = {"LIMNER_LLM": "openai:environment", "LIMNER_ENGINE": "environment"}
    settings = load(file, environment, {"engine": "option"})
    assert (settings.model, settings.llm, settings.engine) == ("file", "openai:environment", "option")


def test_the_environment_reaches_into_tables(tmp_path: Path) -> None:
    """Two underscores lead into a table, beside what the file says there."""
    file = write(tmp_path, "[adapters.discord]\nguild = 'a'\ntoken = 'old'\n")
    environment = {"LIMNER_ADAPTERS__DISCORD__TOKEN": "new", "LIMNER_ENGINES__LOCAL__THREADS": "2"}
    settings = load(file, environment)
    assert settings.adapters == {"discord": {"guild": "a", "token": "new"}}
    assert settings.engines == {"local": {"threads": "2"}}


def test_numbers_in_the_environment_are_read() -> None:
    """What the environment says as text becomes the number that is meant."""
    assert load(environment={"LIMNER_LLM_CALL_LIMIT": "9", "LIMNER_LEASE_S": "2.5"}).lease_s == 2.5


def test_usual_names_are_read() -> None:
    """OPENAI_API_KEY and OPENAI_BASE_URL are taken as other programs take them; LIMNER_ names win."""
    environment = {"OPENAI_API_KEY": SECRET, "OPENAI_BASE_URL": "http://a"}
    settings = load(environment=environment)
    assert settings.openai_api_key.get_secret_value() == SECRET
    assert settings.openai_base_url == "http://a"
    assert load(environment=environment | {"LIMNER_OPENAI_BASE_URL": "http://b"}).openai_base_url == "http://b"


def test_a_config_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """LIMNER_CONFIG names the file; else limner.toml in the working folder is read where there is one."""
    write(tmp_path, 'model = "here"\n')
    other = tmp_path / "other.toml"
    other.write_text('model = "there"\n')
    monkeypatch.chdir(tmp_path)
    assert load(environment={}).model == "here"
    assert load(environment={"LIMNER_CONFIG": str(other)}).model == "there"


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    """A settings file that was named and is not there stops the start."""
    error = refused(file=tmp_path / "none.toml")
    assert str(tmp_path / "none.toml") in str(error)


def test_broken_toml_is_named_with_its_place(tmp_path: Path) -> None:
    """A file that is no TOML is named with the line where it breaks."""
    error = refused(file=write(tmp_path, 'model = "a"\nllm = = 2\n'))
    assert "line 2" in str(error)
    assert error.key == str(tmp_path / "limner.toml")
    (tmp_path / "limner.toml").write_bytes(b"\xff\xfe")
    assert "can't be read" in str(refused(file=tmp_path / "limner.toml"))


def test_a_wrong_key_is_named_with_the_near_one() -> None:
    """A key that is not there is named, with the one that was probably meant."""
    error = refused(overrides={"modell": "x"})
    assert str(error) == "There is no setting 'modell'. Did you mean 'model'?"
    assert error.key == "modell"
    assert "docs/settings.md" in str(refused(overrides={"colour": "x"}))


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("llm_call_limit", 0, "'llm_call_limit' = 0 is not right: input should be greater than or equal to 1"),
        ("llm_call_limit", "many", "'llm_call_limit' = 'many' is not right"),
        ("log_format", "xml", "'log_format' = 'xml' is not right: input should be 'text' or 'json'"),
        ("adapters", "discord", "'adapters' is not right: input should be a valid dictionary"),
    ],
)
def test_a_wrong_value_is_named_with_what_was_expected(key: str, value: object, said: str) -> None:
    """A wrong value is named with its key, what was found, what is allowed, and what the setting is for."""
    error = refused(overrides={key: value})
    assert said in str(error)
    assert str(Settings.model_fields[key].description) in str(error)
    assert error.key == key


def test_what_is_said_of_a_model(tmp_path: Path) -> None:
    """A model has a table of its own under its name, which the environment reaches as well."""
    file = write(tmp_path, '[models."a/b.c"]\nfamily = "sdxl"\nlanguages = ["en", "zh"]\n[models.sketch]\nsteps = 4\n')
    settings = load(file, {"LIMNER_MODELS__SKETCH__STEPS": "6", "LIMNER_MODELS__SKETCH__LANGUAGES": "en, zh"})
    assert settings.models["a/b.c"].changes() == {"languages": ("en", "zh")}
    assert settings.models["a/b.c"].family == "sdxl"
    assert settings.models["sketch"].changes() == {"steps": 6, "languages": ("en", "zh")}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"stepz": 4}, """There is no setting 'models."a/b.c".stepz'. Did you mean 'steps'?"""),
        ({"vocabulary": {}}, """There is no setting 'models."a/b.c".vocabulary'. docs/settings.md lists"""),
        ({"steps": 0}, """'models."a/b.c".steps' = 0 is not right: input should be greater than or equal to 1. """),
        ({"steps": 0}, "What it is for: Steps where nobody asks for a number."),
        ({"dialect": "latin"}, "'latin' is not right: input should be 'plain', 'tags', 'bilingual' or 'sketch'"),
        (4, """'models."a/b.c"' = 4 is not right"""),
    ],
)
def test_a_wrong_word_of_a_model_is_one_clear_line(words: object, said: str) -> None:
    """The model's name, the key, what was found and what was expected are said in one line."""
    assert said in str(refused(overrides={"models": {"a/b.c": words}}))


def test_what_is_said_of_a_lora(tmp_path: Path) -> None:
    """A LoRA has a table of its own, in which only the file must stand; the environment reaches it as well."""
    file = write(tmp_path, '[loras.pixel]\nfile = "a/b"\n')
    lora = load(file, {"LIMNER_LORAS__PIXEL__WEIGHT": "-0.5"}).loras["pixel"]
    assert (lora.file, lora.weight, lora.family, lora.words) == ("a/b", -0.5, "", "")


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("pixel", {}, "The setting 'loras.pixel.file' is missing. What it is for: Its weights"),
        ("pixel", {"file": "a", "weight": 3}, "'loras.pixel.weight' = 3 is not right: input should be less than"),
        ("pixel", {"file": "a", "wight": 1}, "There is no setting 'loras.pixel.wight'. Did you mean 'weight'?"),
        ("a=b", {"file": "a"}, "is not right: string should match pattern"),
    ],
)
def test_a_wrong_word_of_a_lora_is_one_clear_line(name: str, words: object, said: str) -> None:
    """The name, the key, what was found and what was expected are said in one line."""
    assert said in str(refused(overrides={"loras": {name: words}}))


def test_dialects_that_a_model_may_be_given() -> None:
    """They are those that there are."""
    annotation = ModelSettings.model_fields["dialect"].annotation
    assert set(get_args(get_args(annotation)[0])) == set(DIALECTS)


@pytest.mark.parametrize(
    "environment",
    [
        {"LIMNER_MODEL": "a", "LIMNER_MODEL__X": "b"},
        {"LIMNER_MODEL__X": "b", "LIMNER_MODEL": "a"},
        {"LIMNER_MODEL__X": "b"},
        {"LIMNER_": "a"},
        {"LIMNER_ADAPTERS__": "a"},
    ],
)
def test_names_that_contradict_each_other_are_a_plain_error(environment: dict[str, str]) -> None:
    """A name in the environment that can't be meant is refused in one line, not with a traceback."""
    with pytest.raises(SettingsError) as raised:
        load(environment=environment)
    assert "\n" not in str(raised.value)


class Discord(BaseModel):
    """A plugin's settings."""

    model_config = {"extra": "forbid"}

    token: SecretStr = Field(description="The bot's token.")
    guild: int = 0

    @model_validator(mode="after")
    def guild_is_known(self) -> "Discord":
        if self.guild == 13:
            raise ValueError("unlucky guild")
        return self


@pytest.mark.parametrize(
    "values",
    [
        {"token": [SECRET]},
        {"token": SECRET, "guild": "x"},
        {"token": SECRET, "guild": 13},
        {"token": SECRET, "gild": 1},
    ],
)
def test_a_secret_is_never_shown(values: dict[str, Any]) -> None:
    """A token is neither in the line that is shown nor in its traceback, whatever is wrong with it or beside it."""
    with pytest.raises(SettingsError) as raised:
        check(Discord, values, at="adapters.discord")
    assert "adapters.discord" in str(raised.value)
    assert SECRET not in str(raised.value)
    assert SECRET not in "".join(traceback.format_exception(raised.value))


def test_a_missing_value_is_named() -> None:
    """A value that a plugin can't do without is named with its table and what it is for."""
    with pytest.raises(SettingsError) as raised:
        check(Discord, {}, at="adapters.discord")
    assert str(raised.value) == ("The setting 'adapters.discord.token' is missing. What it is for: The bot's token.")
    assert raised.value.key == "adapters.discord.token"


def test_secrets_never_print() -> None:
    """Neither repr nor str nor a dump as JSON shows the key, nor a database's password or a plugin's token."""
    environment = {
        "OPENAI_API_KEY": SECRET,
        "LIMNER_DATABASE": f"postgresql+asyncpg://me:{SECRET}@host/limner",
        "LIMNER_ADAPTERS__DISCORD__TOKEN": SECRET,
        "LIMNER_ENGINES__REMOTE__TOKEN": SECRET,
        "LIMNER_TOOLS__SEARCH__KEY": SECRET,
    }
    settings = load(environment=environment)
    for shown in (repr(settings), str(settings), f"{settings}"):
        assert SECRET not in shown
    assert SECRET in settings.database_url


def test_settings_stay_as_they_are() -> None:
    """Settings can't be changed once they are read."""
    with pytest.raises(ValueError, match="frozen"):
        Settings().model = "other"


def test_every_setting_says_what_it_is_for() -> None:
    """Each setting has a description, since errors and the documentation quote it."""
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
