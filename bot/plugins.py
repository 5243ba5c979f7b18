"""Plugins: found by entry point without importing them, imported only when settings name them."""

import inspect
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from bot.errors import LimnerError, PluginError, SettingsError

GROUPS = {
    "tools": "what the assistant can do",
    "adapters": "where people meet Limner",
    "engines": "how the painter is reached",
    "styles": "folders of style files",
    "commands": "sub-commands of `limner`",
}


@dataclass(frozen=True, slots=True)
class Plugin:
    """What is known of a plugin without importing it; `package` is the distribution that brings it."""

    group: str
    name: str
    package: str
    target: str


def available(group: str) -> dict[str, Plugin]:
    """All plugins of a group by name, from the metadata of installed packages."""
    found = (_describe(group, point) for point in metadata.entry_points(group=f"limner.{group}"))
    return {plugin.name: plugin for plugin in sorted(found, key=lambda plugin: plugin.name)}


def load(group: str, name: str) -> Any:
    """Import a plugin and return what its entry point names.

    Raises:
        PluginError: There is none of that name, or importing it failed.
    """
    points = tuple(metadata.entry_points(group=f"limner.{group}", name=name))
    if not points:
        known = ", ".join(available(group)) or "none"
        raise PluginError(
            f"There is no plugin '{name}' among {group} ({known})",
            f"Install the package that brings it, or take {group}.{name} out of the settings.",
            f"{group}:{name}",
        )
    with _blamed(group, name):
        return points[0].load()


def make(group: str, name: str, options: Mapping[str, Any], **given: Any) -> Any:
    """Load a plugin's factory and call it with its checked settings, if it has a `Settings` class.

    Args:
        group: Kind of plugin.
        name: Its name there.
        options: Its table in the settings.
        given: What it is handed besides, as far as its parameters name it.

    Raises:
        PluginError: It can't be loaded or made.
        SettingsError: Its table in the settings is wrong.
    """
    factory = load(group, name)
    settings = settings_of(group, name, options)
    given = _wanted(factory, given)
    with _blamed(group, name):
        return factory(**given) if settings is None else factory(settings, **given)


def settings_of(group: str, name: str, options: Mapping[str, Any]) -> Any:
    """A plugin's checked settings, its table filled up from the environment; None where it has no `Settings` class.

    Raises:
        PluginError: It can't be loaded.
        SettingsError: Its table in the settings is wrong.
    """
    from bot.settings import check
    from bot.usual_names import filled

    model = getattr(load(group, name), "Settings", None)
    if model is not None:
        return check(model, filled(model, options), at=f"{group}.{name}")
    if options:
        key = f"{group}.{name}.{next(iter(options))}"
        raise SettingsError(f"There is no setting '{key}'", f"'{name}' has none.", key)
    return None


def ask(group: str, name: str, question: str, *told: Any) -> Any:
    """Call a function that a plugin's factory may have besides; None where it has none.

    Raises:
        PluginError: It can't be loaded, or the function failed.
    """
    function = getattr(load(group, name), question, None)
    with _blamed(group, name):
        return function(*told) if function else None


def _wanted(factory: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """What a factory has parameters for."""
    parameters = inspect.signature(factory).parameters
    takes_all = any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters.values())
    return {name: thing for name, thing in given.items() if takes_all or name in parameters}


@contextmanager
def _blamed(group: str, name: str) -> Iterator[None]:
    """Whatever a stranger's code raises, the remedy is the same; our own errors bring theirs."""
    try:
        yield
    except LimnerError:
        raise
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        raise PluginError(
            f"Plugin '{name}' ({available(group)[name].target}) can't be loaded: {reason}",
            f"Repair or remove the package, or take {group}.{name} out of the settings.",
            f"{group}:{name}",
        ) from error


def _describe(group: str, point: metadata.EntryPoint) -> Plugin:
    package = point.dist.name if point.dist else "?"
    return Plugin(group, point.name, package, point.value)
