"""Documentation is held to the code: every setting, command, option, plugin group and make target is described."""

import re
from pathlib import Path
from typing import Any

import click
import pytest
from pydantic import BaseModel, SecretStr

from bot import plugins
from bot.desk.settings import DeskSettings
from bot.knowledge.settings import KnowledgeSettings
from bot.lora_settings import LoraSettings
from bot.model_settings import ModelSettings
from bot.policy_settings import PolicySettings, RuleSettings
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def built_in_settings() -> list[tuple[str, type[BaseModel]]]:
    """Limner's own settings, and those of each built-in plugin that has any, with the table they stand in."""
    tables: dict[str, type[BaseModel]] = {
        "models.NAME.": ModelSettings,
        "loras.NAME.": LoraSettings,
        "desk.": DeskSettings,
        "knowledge.": KnowledgeSettings,
        "policy.": PolicySettings,
        "policy.rules.NAME.": RuleSettings,
    }
    found: list[tuple[str, type[BaseModel]]] = [("", Settings), *tables.items()]
    for group in ("tools", "adapters", "engines"):
        for name, plugin in plugins.available(group).items():
            model = getattr(plugins.load(group, name), "Settings", None)
            if plugin.package == "limner" and model is not None and not plugin.target.startswith("bot.testing"):
                found.append((f"{group}.{name}.", model))
    return found


def row(at: str, name: str, field: Any) -> str:
    """The line that docs/settings.md must have for a setting."""
    default = field.get_default(call_default_factory=True)
    if isinstance(default, SecretStr) or default == "":
        shown = "empty"
    elif isinstance(default, Path):
        shown = "the user's data folder"
    elif default == {} or isinstance(default, BaseModel):
        shown = "none"
    elif default is None:
        shown = "unset"
    else:
        shown = "no default" if field.is_required() else f"`{default}`"
    return f"| `{at}{name}` | {shown} | {field.description} |"


@pytest.mark.parametrize(("at", "model"), built_in_settings(), ids=lambda value: str(value))
def test_every_setting_is_documented_with_its_default(at: str, model: type[BaseModel]) -> None:
    """docs/settings.md has exactly the code's description and default of each setting."""
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    missing = [line for name, field in model.model_fields.items() if (line := row(at, name, field)) not in text]
    assert not missing, "docs/settings.md lacks:\n" + "\n".join(missing)


def test_no_setting_is_documented_that_there_is_not() -> None:
    """A row in docs/settings.md that no code reads would mislead."""
    known = {f"{at}{name}" for at, model in built_in_settings() for name in model.model_fields}
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([\w.]+)` \|", text, re.MULTILINE)) == known


@pytest.mark.parametrize("name", sorted(plugins.available("commands")))
def test_every_command_and_option_is_documented(name: str) -> None:
    """docs/commands.md names every command and each of its options, and those of its sub-commands."""
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    section = re.search(rf"^## `limner {name}`\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert section, f"docs/commands.md has no section `limner {name}`"
    for command in _with_children(plugins.load("commands", name)):
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                option = max(parameter.opts, key=len)
                assert f"`{option}" in section.group(1), f"`limner {name}`: {option} is not described"


def test_every_plugin_group_is_documented() -> None:
    """docs/plugins.md names each entry-point group."""
    text = (DOCS / "plugins.md").read_text(encoding="utf-8")
    assert [group for group in plugins.GROUPS if f"`limner.{group}`" not in text] == []


def test_links_between_documents_lead_somewhere() -> None:
    """A relative link in the README or docs names a file that is there."""
    for document in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.glob("*.md")]:
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / link).exists(), f"{document.name} links to {link}"


def test_the_readme_shows_code_early() -> None:
    """Whoever opens the README sees what to type by line 20."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("```") for line in lines[:20])


def _with_children(command: click.Command) -> list[click.Command]:
    children = list(command.commands.values()) if isinstance(command, click.Group) else []
    return [command, *children]
