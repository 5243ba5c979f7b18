"""The first limner.toml: every setting with what it is for and its default, made from the settings classes."""

import json
import os
import tempfile
import textwrap
import types
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from bot import __version__, plugins
from bot.errors import PluginError, SettingsError
from bot.settings import PREFIX, PluginTables, Settings
from bot.usual_names import usual_names

FILE = "limner.toml"
WIDTH = 100
STAND_INS = "bot.testing"
TABLES = {"engines": "How the painter is reached", "adapters": "Where people meet Limner", "tools": "Further tools"}
HEAD = f"""\
# Limner's settings, written by `limner init` (Limner {__version__}).
#
# A line that begins with '#' and no space is a setting at its default: take the '#' away to change it. Everything can
# be set in the environment as well, LIMNER_MODEL for model, LIMNER_ENGINES__LOCAL__THREADS for engines.local.threads,
# and that wins. docs/settings.md says more; `limner doctor` looks whether it all works.
"""


def text(enabled: Collection[str] = ()) -> str:
    """The whole file; the tables of the adapters in `enabled` are switched on.

    Raises:
        SettingsError: One of those adapters is not installed.
    """
    _check_installed(enabled)
    parts = [HEAD, *settings_lines(Settings), *_own_tables()]
    for group, heading in TABLES.items():
        found = list(_tables(group, enabled))
        if found:
            parts += [f"\n# {heading}. A table's name is that of a plugin.\n", *found]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def write(path: Path, content: str, *, force: bool) -> None:
    """Write the file for this user alone.

    Raises:
        SettingsError: It is there already and `force` is not given, or it can't be written.
    """
    try:
        if force:
            _replace(path, content)
        else:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(content)
    except FileExistsError as error:
        raise SettingsError(
            f"There is {path} already, and it is kept as it is", "--force replaces it.", str(path)
        ) from error
    except OSError as error:
        raise SettingsError(
            f"{path} can't be written: {error.strerror}", "Name a file in a folder that is there and yours.", str(path)
        ) from error


def needed(adapters: Collection[str], environment: Mapping[str, str] | None = None) -> list[str]:
    """The settings of these adapters that have no default, are not in the environment and must be filled in."""
    environment = os.environ if environment is None else environment
    models = {name: model for name in adapters if (model := _model("adapters", name)) is not None}
    return [
        f"adapters.{name}.{key}" + (f" (or {usual} in the environment)" if usual else "")
        for name, model in models.items()
        for key, field in model.model_fields.items()
        for usual in [usual_names(model).get(key, "")]
        if field.is_required() and not environment.get(usual) and not environment.get(_in_environment(name, key))
    ]


def _in_environment(name: str, key: str) -> str:
    return f"{PREFIX}ADAPTERS__{name}__{key}".upper()


def _replace(path: Path, content: str) -> None:
    """Put the new file in the place of the old one at once, so that there is always a whole one."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _check_installed(names: Collection[str]) -> None:
    installed = plugins.available("adapters")
    for name in names:
        if name not in installed:
            raise SettingsError(
                f"There is no adapter '{name}' here, only {', '.join(installed) or 'none'}",
                f"Install the package that brings it; a file of that name is ./{name}.",
                "adapters",
            )


def settings_lines(model: type[BaseModel]) -> Iterator[str]:
    """Each setting of a class: its description as a comment, and its default, commented out."""
    for name, field in model.model_fields.items():
        if field.annotation != PluginTables and not _is_table(field):
            yield _setting(name, field)


def _own_tables() -> Iterator[str]:
    """Those of Limner's own settings that are tables, each with what it is for."""
    for name, field in Settings.model_fields.items():
        if _is_table(field) and isinstance(field.annotation, type):
            yield "\n".join([_comment(field.description or ""), f"#[{name}]", *settings_lines(field.annotation)])


def _is_table(field: FieldInfo) -> bool:
    return isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)


def _tables(group: str, enabled: Collection[str]) -> Iterator[str]:
    for name, plugin in plugins.available(group).items():
        if plugin.target.startswith(STAND_INS):
            continue
        switched_on = group == "adapters" and name in enabled
        mark = "" if switched_on else "#"
        try:
            model = _model(group, name)
        except PluginError as error:
            yield _comment(f"[{group}.{name}] can't be used: {error.problem}.")
            continue
        if model is None and plugin.package == "limner" and not switched_on:
            continue  # built in, always there, and has nothing to set
        yield "\n".join([f"{mark}[{group}.{name}]", *(settings_lines(model) if model else [])])


def _model(group: str, name: str) -> type[BaseModel] | None:
    model: type[BaseModel] | None = getattr(plugins.load(group, name), "Settings", None)
    return model


def _setting(name: str, field: FieldInfo) -> str:
    default = field.get_default(call_default_factory=True)
    unset = field.is_required() or default is None
    value = _example(field) if unset else default
    notes = [
        _bounds(field),
        "No default: it must be set." * field.is_required(),
        "Unset unless given." * (default is None),
    ]
    description = " ".join(filter(None, [field.description or "", *notes]))
    return f"{_comment(description)}\n#{name} = {_toml(value)}"


def _comment(words: str) -> str:
    return textwrap.fill(words, WIDTH, initial_indent="# ", subsequent_indent="# ")


def _bounds(field: FieldInfo) -> str:
    if choices := _choices(field.annotation):
        return f"One of {', '.join(choices)}."
    found = {key: getattr(rule, key) for rule in field.metadata for key in ("ge", "le") if hasattr(rule, key)}
    if {"ge", "le"} <= found.keys():
        return f"{found['ge']} to {found['le']}."
    return f"At least {found['ge']}." if "ge" in found else ""


def _choices(annotation: Any) -> list[str]:
    return [str(choice) for kind in _kinds(annotation) for choice in get_args(kind) if get_origin(kind) is Literal]


def _kinds(annotation: Any) -> list[Any]:
    """The types that an annotation allows, None left out."""
    several = get_origin(annotation) in (Union, types.UnionType)
    return [kind for kind in (get_args(annotation) if several else (annotation,)) if kind is not type(None)]


def _example(field: FieldInfo) -> Any:
    """A value of the right kind where there is no default to show."""
    if field.examples:
        return field.examples[0]
    kind = _kinds(field.annotation)[0]
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if kind in (int, float):
        return next((rule.ge for rule in field.metadata if hasattr(rule, "ge")), 1)
    if kind is bool:
        return True
    return "..." if kind in (str, SecretStr, Path) else (kind or str)()


def _toml(value: Any) -> str:
    """A value in TOML's notation."""
    match value:
        case SecretStr():
            return _toml(value.get_secret_value())
        case bool():
            return str(value).lower()
        case int() | float():
            return repr(value)
        case Mapping():
            return "{" + ", ".join(f"{json.dumps(str(key))} = {_toml(one)}" for key, one in value.items()) + "}"
        case list() | tuple() | set() | frozenset():
            return f"[{', '.join(_toml(one) for one in value)}]"
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
