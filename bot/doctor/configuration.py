"""The settings: the file, names in the environment, and the table of every plugin that they switch on."""

import difflib
import re
import stat
import tomllib
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from bot import plugins
from bot.doctor.aside import aside
from bot.doctor.finding import Case, Check, Finding, ok, problem, together, warning
from bot.settings import PREFIX, Settings

CONFIG = "LIMNER_CONFIG"
DEFAULT_FILE = "limner.toml"
SECRET = re.compile(r"token|key|secret|passw|passphrase", re.IGNORECASE)


async def look_at_environment(case: Case) -> Finding:
    """Whether every LIMNER_ name in the environment is one that Limner reads."""
    findings = [finding for name in sorted(unknown_names(case.environment)) for finding in [_unknown(name)]]
    names = sorted(name for name in case.environment if name.startswith(PREFIX))
    return together(findings, f"{', '.join(names)}" if names else "no LIMNER_ names")


async def look_at_file(case: Case) -> Finding:
    """Where the settings come from, and whether others may read what is secret in them."""
    path = file_of(case)
    if path is None:
        return ok(f"no {DEFAULT_FILE} here, so the defaults; `limner init` writes one")
    found = path.stat()
    if stat.S_IMODE(found.st_mode) & 0o077 and _has_secrets(tomllib.loads(path.read_text(encoding="utf-8"))):
        return warning(f"{path} holds a secret, and other users may read it", f"chmod 600 {path}")
    return ok(f"{path.absolute()} is valid")


CHECKS = (Check("environment", look_at_environment, always=True), Check("settings", look_at_file))


def plugin_check(group: str, name: str, table: dict[str, Any]) -> Check:
    """The check of a plugin that settings name; an adapter's says which token is missing."""
    return Check(f"{group[:-1]} {name}", partial(_look_at_plugin, group, name, table))


async def _look_at_plugin(group: str, name: str, table: dict[str, Any], _case: Case) -> Finding:
    """Whether the plugin can be made as `limner serve` would; SettingsError and PluginError say why not."""
    if group == "engines":  # made, opened and asked by the painter's check
        await aside(partial(plugins.settings_of, group, name, table))
    else:
        await aside(partial(plugins.make, group, name, table))
    return ok(f"of the package '{plugins.available(group)[name].package}', its settings are valid")


def unknown_names(environment: Mapping[str, str]) -> set[str]:
    """Names that start like Limner's and that nothing reads; they would stop the start."""
    return {name for name in environment if name.startswith(PREFIX) and name != CONFIG and _key(name) not in _keys()}


def file_of(case: Case) -> Path | None:
    """The settings file that is read, if there is one."""
    if case.file is not None:
        return case.file
    if named := case.environment.get(CONFIG):
        return Path(named)
    default = case.folder / DEFAULT_FILE
    return default if default.is_file() else None


def _unknown(name: str) -> Finding:
    near = difflib.get_close_matches(_key(name), _keys(), n=1)
    hint = f"Did you mean {PREFIX}{near[0].upper()}?" if near else f"unset {name}: docs/settings.md lists what there is"
    return problem(f"{name} is no setting", hint)


def _key(name: str) -> str:
    return name.removeprefix(PREFIX).lower().partition("__")[0]


def _keys() -> list[str]:
    return list(Settings.model_fields)


def _has_secrets(values: Mapping[str, object]) -> bool:
    return any(
        _has_secrets(value)
        if isinstance(value, dict)
        else bool(value) and isinstance(value, str) and SECRET.search(key)
        for key, value in values.items()
    )
