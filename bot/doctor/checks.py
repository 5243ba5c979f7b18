"""Which checks the doctor makes for which settings, in the order in which they are shown."""

from typing import Any

from bot import plugins
from bot.commands.serve import DEFAULT_ADAPTERS
from bot.doctor import configuration, database, device, home, llm, model, packages, painter, serving, surroundings
from bot.doctor.finding import Case, Check
from bot.errors import RequestError


def checks_for(case: Case, *, live: bool = False) -> list[Check]:
    """Everything that can be looked at when the settings can be read; `live` also what is tried out there."""
    return [
        *packages.CHECKS,
        *configuration.CHECKS,
        *home.CHECKS,
        *database.CHECKS,
        # Where another machine paints, this one's torch and memory don't matter.
        *((*device.CHECKS, *model.CHECKS) if case.settings.engine == "local" else ()),
        painter.PAINTS if case.paint else painter.ANSWERS,
        *llm.CHECKS,
        *_plugins(case),
        *surroundings.CHECKS,
        *(one for name, table in _adapters(case).items() if live for one in serving.live_checks(name, table) or ()),
    ]


def checks_of_adapter(case: Case, name: str, *, live: bool = False, channel: str = "") -> list[Check]:
    """What concerns one adapter, be it switched on or not.

    Args:
        case: With settings that can be read.
        name: The adapter's.
        live: Try it out there as well.
        channel: Where; empty leaves that to the adapter.

    Raises:
        RequestError: `live` is wanted of an adapter with nothing to try.
    """
    table = case.settings.adapters.get(name, {})
    tried = serving.live_checks(name, table, channel) if live else []
    if tried is None:
        raise RequestError(f"The adapter '{name}' has nothing to try live", "Leave --live out.")
    switched = () if name in _adapters(case) else (serving.switched_off(name),)
    return [*configuration.CHECKS, serving.adapter_check(name, table), *switched, *tried]


def checks_without_settings() -> list[Check]:
    """What can be looked at all the same when they can't."""
    every = (*packages.CHECKS, *configuration.CHECKS, *surroundings.CHECKS)
    return [check for check in every if check.always]


def _plugins(case: Case) -> list[Check]:
    settings = case.settings
    found = [configuration.plugin_check("engines", name, table) for name, table in settings.engines.items()]
    found += [configuration.plugin_check("tools", name, table) for name, table in settings.tools.items()]
    return found + [serving.adapter_check(name, table) for name, table in _adapters(case).items()]


def _adapters(case: Case) -> dict[str, dict[str, Any]]:
    """Those that `limner serve` would run."""
    served: dict[str, dict[str, Any]] = {name: {} for name in DEFAULT_ADAPTERS if name in plugins.available("adapters")}
    return case.settings.adapters or served
