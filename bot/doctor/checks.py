"""Which checks the doctor makes for which settings, in the order in which they are shown."""

from typing import Any

from bot import plugins
from bot.commands.serve import DEFAULT_ADAPTERS
from bot.doctor import configuration, database, device, home, llm, model, packages, painter, serving, surroundings
from bot.doctor.finding import Case, Check


def checks_for(case: Case) -> list[Check]:
    """Everything that can be looked at when the settings can be read."""
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
    ]


def checks_without_settings() -> list[Check]:
    """What can be looked at all the same when they can't."""
    every = (*packages.CHECKS, *configuration.CHECKS, *surroundings.CHECKS)
    return [check for check in every if check.always]


def _plugins(case: Case) -> list[Check]:
    settings = case.settings
    served: dict[str, dict[str, Any]] = {name: {} for name in DEFAULT_ADAPTERS if name in plugins.available("adapters")}
    adapters = settings.adapters or served
    found = [configuration.plugin_check("engines", name, table) for name, table in settings.engines.items()]
    found += [configuration.plugin_check("tools", name, table) for name, table in settings.tools.items()]
    return found + [serving.adapter_check(name, table) for name, table in adapters.items()]
