"""Settings: limner.toml, then LIMNER_... in the environment, then what the command line says; each checked by name."""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from bot.desk.settings import DeskSettings
from bot.errors import SettingsError
from bot.knowledge.settings import KnowledgeSettings
from bot.lora_settings import LoraName, LoraSettings
from bot.model_settings import ModelSettings
from bot.policy_settings import PolicySettings
from bot.preferences import Preferences
from bot.usual_names import USUAL_NAME, from_usual_names, usual_names

PREFIX = "LIMNER_"
Model = TypeVar("Model", bound=BaseModel)
PluginTables = dict[str, dict[str, Any]]


class Settings(BaseModel):
    """Everything that can be set, apart from what plugins add in their own tables."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    home: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("limner")),
        description="Folder that keeps the database, the pictures and the painter's socket.",
    )
    # What may hold a password or a token is left out of repr, and of errors.
    database: str = Field(
        "", repr=False, description="URL of a PostgreSQL or SQLite database; empty means SQLite in the home folder."
    )
    model: str = Field("sketch", description="What paints: 'sketch' (built in), or any diffusers repository or folder.")
    llm: str = Field(
        "director",
        description="Who reads requests: 'director' (built-in rules), 'openai:MODEL', 'local:REPO_OR_FOLDER', or "
        "another provider of LangChain's; see docs/llm.md.",
    )
    llm_fallback: list[str] = Field(
        default_factory=list,
        description="LLMs that are tried in this order when `llm` can't be used; after them the built-in rules.",
    )
    llm_timeout_s: float = Field(
        120.0, gt=0, le=3600, description="Seconds that one call to an LLM may take, its retries included."
    )
    llm_retries: int = Field(
        2, ge=0, le=10, description="How often an OpenAI-compatible client tries a call again that failed on the way."
    )
    openai_api_key: SecretStr = Field(
        SecretStr(""),
        description="Key for llm = 'openai:...'; usually OPENAI_API_KEY.",
        json_schema_extra={USUAL_NAME: "OPENAI_API_KEY"},
    )
    openai_base_url: str = Field(
        "",
        description="Address of any OpenAI-compatible server; usually OPENAI_BASE_URL.",
        json_schema_extra={USUAL_NAME: "OPENAI_BASE_URL"},
    )
    llm_call_limit: int = Field(6, ge=1, le=50, description="Calls to the LLM that one message may cost.")
    memory_tokens: int = Field(3000, ge=200, le=200_000, description="Tokens of a conversation that the LLM is shown.")
    engine: str = Field(
        "local", description="How the painter is hosted: 'local' (a watched child process) or 'remote'."
    )
    adapters: PluginTables = Field(
        default_factory=dict,
        repr=False,
        description="A table for each adapter that `limner serve` runs: [adapters.NAME].",
    )
    tools: PluginTables = Field(
        default_factory=dict,
        repr=False,
        description="A table for each tool besides imagine that the assistant may use: [tools.NAME].",
    )
    engines: PluginTables = Field(default_factory=dict, repr=False, description="Options of engines: [engines.NAME].")
    models: dict[str, ModelSettings] = Field(
        default_factory=dict,
        description="A table for each model that is not taken for what it is: [models.NAME]; see docs/models.md.",
    )
    loras: dict[LoraName, LoraSettings] = Field(
        default_factory=dict,
        description="A table for each LoRA that people may ask for: [loras.NAME]; see docs/styles.md.",
    )
    policy: PolicySettings = Field(
        default_factory=lambda: PolicySettings.model_validate({}),
        description="How much people may have, and what is not painted; see docs/policy.md.",
    )
    desk: DeskSettings = Field(
        default_factory=lambda: DeskSettings.model_validate({}),
        description="How support desks answer, and what a person decides; see docs/support-desk.md.",
    )
    knowledge: KnowledgeSettings = Field(
        default_factory=lambda: KnowledgeSettings.model_validate({}),
        description="How the team's documents are read and found; see docs/knowledge.md.",
    )
    turns_at_once: int = Field(8, ge=1, le=256, description="Messages that are thought about at the same time.")
    lease_s: float = Field(
        10.0, ge=0.5, le=600, description="Seconds after which a process that fell silent loses its jobs to others."
    )
    style_folders: list[Path] = Field(
        default_factory=list, description="Folders with a team's own styles and packs, TOML files; see docs/styles.md."
    )
    pack: str = Field(
        "", description="Pack whose house rules hold for every picture, such as 'education'; see docs/styles.md."
    )
    rewriting: Literal["on", "off", "ask"] = Field(
        "on",
        description="Whether words are rewritten into a prompt: 'on', 'off', or 'ask' to show it first; people and "
        "channels may set their own; see docs/preferences.md.",
    )
    learning: bool = Field(
        True,
        description="Learn a team's default style and quality from what is kept, painted again and deleted; see "
        "docs/preferences.md.",
    )
    best_of: int = Field(
        1,
        ge=1,
        le=8,
        description="Candidates that are painted of each picture; the one that the judge likes best is kept.",
    )
    revisions: int = Field(
        0,
        ge=0,
        le=2,
        description="How often a picture that does not show what was asked is painted again after a look.",
    )
    judge_weight: float = Field(
        0.5, ge=0, le=10, description="Lambda of the best of several: the score is consistency + lambda * quality."
    )
    choosing_s: float = Field(
        120.0, ge=0, description="Seconds that a request may take beyond painting each of its pictures once."
    )
    vision: str = Field(
        "",
        description="A model that sees, such as 'openai:MODEL': it looks whether a picture shows what was asked; empty "
        "leaves that to the judge.",
    )
    privacy: bool = Field(
        True,
        description="Take personal data (e-mail, phone, card, identity numbers) out of messages before anything else.",
    )
    stop_grace_s: float = Field(
        25.0, ge=0, le=3600, description="Seconds that `limner serve` goes on with what is under way when told to stop."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("warning", description="What is logged.")
    log_format: Literal["text", "json"] = Field("text", description="How log lines look on standard error.")

    @field_validator("llm_fallback", "style_folders", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        """The environment has no lists: there it is one text with commas."""
        return [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value

    @property
    def database_url(self) -> str:
        """The database's address, with the default filled in."""
        return self.database or f"sqlite+aiosqlite:///{self.home / 'limner.db'}"

    @property
    def preferences(self) -> Preferences:
        """What these settings want where people say nothing; a picture that is painted once is no wish."""
        best_of, revisions = self.best_of if self.best_of > 1 else 0, self.revisions or -1
        return Preferences(rewriting=self.rewriting, best_of=best_of, revisions=revisions)


def load(
    file: Path | None = None,
    environment: Mapping[str, str] | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> Settings:
    """Read settings: defaults, then the file, then the environment, then `overrides`.

    Args:
        file: A limner.toml that must exist; without it `LIMNER_CONFIG` or ./limner.toml where there is one.
        environment: Instead of os.environ.
        overrides: Values that win over all others.

    Raises:
        SettingsError: Naming the key, what was found and what was expected.
    """
    environment = os.environ if environment is None else environment
    values = _from_file(_find_file(file, environment))
    _merge(values, _from_environment(environment))
    _merge(values, dict(overrides or {}))
    return check(Settings, values)


def check(model: type[Model], values: Mapping[str, Any], at: str = "") -> Model:
    """Validate `values` against a settings class; `at` is the table they stand in, such as 'adapters.discord'.

    Raises:
        SettingsError: For the first wrong key or value.
    """
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        raise _explain(model, error, at) from None  # pydantic's own words quote values, tokens among them


def _find_file(file: Path | None, environment: Mapping[str, str]) -> Path | None:
    named = file or (Path(environment["LIMNER_CONFIG"]) if environment.get("LIMNER_CONFIG") else None)
    if named is None:
        return Path("limner.toml") if Path("limner.toml").is_file() else None
    if not named.is_file():
        raise SettingsError(f"There is no settings file {named}", "Write one, or leave LIMNER_CONFIG unset.", "config")
    return named


def _from_file(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} can't be read: {error}", "Correct that line of TOML.", str(path)) from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """LIMNER_MODEL is model; LIMNER_ADAPTERS__DISCORD__TOKEN is adapters.discord.token."""
    values = from_usual_names(Settings, environment)
    for name in sorted(environment):
        if name.startswith(PREFIX) and name != "LIMNER_CONFIG":
            value: Any = environment[name]
            for part in reversed(name.removeprefix(PREFIX).lower().split("__")):
                value = {part: value}
            _merge(values, value)
    return values


def _merge(into: dict[str, Any], values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        if isinstance(value, Mapping) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def _explain(model: type[BaseModel], error: ValidationError, at: str) -> SettingsError:
    first = error.errors()[0]
    key = ".".join([at] * bool(at) + [_written(str(part)) for part in first["loc"]])
    model, first["loc"] = _table(model, first["loc"])
    if first["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(first["loc"][-1]), model.model_fields, n=1)
        hint = f"Did you mean '{near[0]}'?" if near else "docs/settings.md lists what there is."
        return SettingsError(f"There is no setting '{key}'", hint, key)
    if first["type"] == "missing":
        usual = usual_names(model).get(str(first["loc"][-1]))
        remedy = f"Set it, or {usual} in the environment. " if usual else ""
        return SettingsError(f"The setting '{key}' is missing", remedy + _expected(model, first["loc"]), key)
    # A secret must not reach the screen, not even when it is wrong, nor within a table.
    shown = "" if _is_secret(model, first["loc"]) else f" = {first['input']!r}"
    return SettingsError(
        f"Setting '{key}'{shown} is not right: {first['msg'].lower()}", _expected(model, first["loc"]), key
    )


def _written(part: str) -> str:
    """A part of a key as TOML has it; the name of a model may have dots in it."""
    return part if re.fullmatch(r"[\w-]+", part) else f'"{part}"'


def _table(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[type[BaseModel], tuple[int | str, ...]]:
    """The class of settings that a key belongs to, and its place there; that of a model is within `models.NAME`."""
    tables: dict[str, type[BaseModel]] = {"models": ModelSettings, "loras": LoraSettings}
    within = tables.get(str(loc[0])) if model is Settings and len(loc) > 2 and loc[2] != "[key]" else None
    return (within, loc[2:]) if within else (model, loc)


def _field(model: type[BaseModel], loc: tuple[int | str, ...]) -> Any:
    return model.model_fields.get(str(loc[0])) if loc else None


def _is_secret(model: type[BaseModel], loc: tuple[int | str, ...]) -> bool:
    field = _field(model, loc)
    return field is None or not field.repr or "Secret" in str(field.annotation)


def _expected(model: type[BaseModel], loc: tuple[int | str, ...]) -> str:
    field = _field(model, loc)
    return f"What it is for: {field.description}" if field is not None and field.description else ""
