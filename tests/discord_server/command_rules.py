"""What an application's commands may look like."""

import re
from typing import Any

from tests.discord_server.errors import Refused, invalid, required, too_long, wrong_length
from tests.discord_server.state import Json

SLASH, USER_MENU, MESSAGE_MENU = 1, 2, 3
MOST = {SLASH: 100, USER_MENU: 15, MESSAGE_MENU: 15}
CREATES_A_DAY = 200
OPTIONS, CHOICES, ALL_TEXT = 25, 25, 8000
SUBCOMMAND, GROUP, STRING, INTEGER, ATTACHMENT, NUMBER = 1, 2, 3, 4, 11, 10
NAME = re.compile(r"[-_'\w]{1,32}")
LOCALES = set(
    "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja "
    "zh-TW ko".split()
)


def check_commands(commands: list[Json]) -> None:
    """All commands of one scope.

    Raises:
        Refused: With Discord's error, at the first fault.
    """
    for kind, most in MOST.items():
        if sum(command.get("type", SLASH) == kind for command in commands) > most:
            raise Refused(
                400,
                30032,
                f"Maximum number of application commands reached ({most})",
                f"over {most} commands of type {kind}",
            )
    named: set[tuple[int, str]] = set()
    for number, command in enumerate(commands):
        check_command(command, str(number))
        name = (command.get("type", SLASH), command["name"])
        if name in named:
            raise invalid(
                f"{number}.name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique"
            )
        named.add(name)


def check_command(command: Json, at: str) -> None:
    kind = command.get("type", SLASH)
    if kind not in MOST:
        raise invalid(f"{at}.type", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4}.")
    if kind == SLASH:
        check_name(command, at)
        check_text(command, "description", 100, at)
        check_options(command.get("options") or [], f"{at}.options")
        if written(command) > ALL_TEXT:
            raise invalid(at, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({ALL_TEXT})")
    else:
        check_text(command, "name", 32, at)
        if command.get("description"):
            raise invalid(
                f"{at}.description", "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", "Context menus have no description"
            )
    for name, known in (("contexts", {0, 1, 2}), ("integration_types", {0, 1})):
        if command.get(name) is not None and (not command[name] or set(command[name]) - known):
            raise invalid(f"{at}.{name}", "BASE_TYPE_CHOICES", f"Value must be some of {sorted(known)}.")
    held = command.get("default_member_permissions")
    if held is not None and not str(held).isdigit():
        raise invalid(f"{at}.default_member_permissions", "NUMBER_TYPE_COERCE", "Permissions are a number")


def check_text(part: Json, name: str, most: int, at: str) -> None:
    """A text that must be there, and its translations."""
    if not part.get(name):
        raise required(f"{at}.{name}")
    texts = {name: part[name]}
    for locale, text in (part.get(f"{name}_localizations") or {}).items():
        if locale not in LOCALES:
            raise invalid(f"{at}.{name}_localizations", "BASE_TYPE_CHOICES", f"{locale} is no locale")
        texts[f"{name}_localizations.{locale}"] = text
    for where, text in texts.items():
        if not 1 <= len(text) <= most:
            raise wrong_length(f"{at}.{where}", 1, most)


def check_name(part: Json, at: str) -> None:
    """The name of a slash command or of an option: small letters, digits, - and _, in any script."""
    check_text(part, "name", 32, at)
    for where, text in {"name": part["name"], **(part.get("name_localizations") or {})}.items():
        if not NAME.fullmatch(text) or text != text.lower():
            raise invalid(
                f"{at}.name", "APPLICATION_COMMAND_INVALID_NAME", f"Command name is invalid ({where}: {text})"
            )


def check_options(options: list[Json], at: str) -> None:
    if len(options) > OPTIONS:
        raise too_long(at, OPTIONS)
    names = [option.get("name") for option in options]
    if len(set(names)) < len(names):
        raise invalid(at, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option names must be unique")
    optional = False
    for number, option in enumerate(options):
        where = f"{at}.{number}"
        check_name(option, where)
        check_text(option, "description", 100, where)
        if option.get("type") not in range(1, 12):
            raise invalid(f"{where}.type", "BASE_TYPE_CHOICES", "Value must be one of 1 to 11.")
        if option.get("required") and optional:
            raise invalid(
                where,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional = optional or not option.get("required")
        check_choices(option.get("choices") or [], f"{where}.choices")
        if option.get("choices") and option.get("autocomplete"):
            raise invalid(where, "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE", "Either choices or autocomplete")
        check_options(option.get("options") or [], f"{where}.options")


def check_choices(choices: list[Json], at: str) -> None:
    """25 choices, of a command's option or as the results of an autocomplete."""
    if len(choices) > CHOICES:
        raise too_long(at, CHOICES)
    for number, choice in enumerate(choices):
        check_text(choice, "name", 100, f"{at}.{number}")
        if len(str(choice.get("value", ""))) > 100:
            raise too_long(f"{at}.{number}.value", 100)


def written(part: Any) -> int:
    """Characters of all names, descriptions and values, the longest translation counted in place of its original."""
    if isinstance(part, list):
        return sum(map(written, part))
    total = written(part.get("options") or []) + written(part.get("choices") or []) + len(str(part.get("value", "")))
    for name in ("name", "description"):
        texts = [part.get(name) or "", *(part.get(f"{name}_localizations") or {}).values()]
        total += max(map(len, texts))
    return total


def same(command: Json) -> Json:
    """A command without what Discord adds, and with its defaults: equal ones are the same command."""
    dropped = {"id", "application_id", "version", "guild_id", "dm_permission"}
    made = {"type": SLASH, "description": "", "options": [], "nsfw": False, "default_member_permissions": None}
    kept = {name: value for name, value in command.items() if name not in dropped and value is not None}
    if kept.get("default_member_permissions") is not None:
        kept["default_member_permissions"] = str(kept["default_member_permissions"])
    return made | kept
