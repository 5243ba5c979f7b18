"""Plugins: found by entry point without importing them, imported only when settings name them."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from bot.errors import PluginError

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
    try:
        return points[0].load()
    except Exception as error:  # whatever a stranger's module raises, the remedy is the same
        raise PluginError(
            f"Plugin '{name}' ({points[0].value}) can't be loaded: {type(error).__name__}: {error}",
            f"Repair or remove the package, or take {group}.{name} out of the settings.",
            f"{group}:{name}",
        ) from error


def make(group: str, name: str, options: Mapping[str, Any], **given: Any) -> Any:
    """Load a plugin's factory and call it with its checked settings, if it has a `Settings` class, and with `given`.

    Raises:
        PluginError: It can't be loaded.
        SettingsError: Its table in the settings is wrong.
    """
    from bot.settings import check

    factory = load(group, name)
    model = getattr(factory, "Settings", None)
    if model is None:
        return factory(**given)
    return factory(check(model, options, at=f"{group}.{name}"), **given)


def _describe(group: str, point: metadata.EntryPoint) -> Plugin:
    package = point.dist.name if point.dist else "?"
    return Plugin(group, point.name, package, point.value)
