"""The adapters that `limner serve` would run: their settings and tokens, and the port of one that listens."""

import asyncio
import errno
import ipaddress
import os
import socket
from functools import partial
from typing import Any

from bot import alive, plugins
from bot.doctor.aside import aside
from bot.doctor.finding import Case, Check, Finding, ok, problem, warning
from bot.errors import PluginError, SettingsError

LOOK_S = 5.0
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}
TROUBLES = {
    errno.EACCES: ("this user may not listen there", "Take a port from 1024 on, with a reverse proxy in front"),
    errno.EADDRNOTAVAIL: ("this machine has no such address", "Set host to 127.0.0.1, or to an address it has"),
}


async def look_at_adapter(name: str, table: dict[str, Any], case: Case) -> Finding:
    """Whether an adapter can be made as `limner serve` would: it refuses a missing token or an open door itself."""
    await aside(partial(plugins.make, "adapters", name, table, home=case.settings.home))
    settings = plugins.settings_of("adapters", name, table)
    if settings is None or not ({"host", "port"} <= type(settings).model_fields.keys() and _listens(settings)):
        return ok("its settings are valid")
    host, port = str(settings.host), int(settings.port)
    try:
        await aside(partial(_bind, host, port))
    except OSError as error:
        return await _taken(name, host, port, error)
    where = f"{host}:{port} is free" if port else f"{host}, any free port"
    if not _is_local(host) and not str(getattr(settings, "public_url", "https:")).startswith("https:"):
        return warning(
            f"{where}; people beyond this machine would log in there without encryption",
            f"Put a reverse proxy with HTTPS in front, and its address into adapters.{name}.public_url",
        )
    return ok(f"its settings are valid; {where}")


def _listens(settings: Any) -> bool:
    """An adapter that listens only with some settings says so by a property of that name."""
    return bool(getattr(settings, "listens", True))


def adapter_check(name: str, table: dict[str, Any]) -> Check:
    """The check of one adapter."""
    return Check(f"adapter {name}", partial(look_at_adapter, name, table))


def live_checks(name: str, table: dict[str, Any], channel: str = "") -> list[Check] | None:
    """What an adapter tries where it leads to; None where it has nothing, no checks where its own check says why."""
    try:
        settings = plugins.settings_of("adapters", name, table)
        found: list[Check] | None = plugins.ask("adapters", name, "live_checks", settings, channel)
    except (SettingsError, PluginError):
        return []
    return found


def switched_off(name: str) -> Check:
    """The check of an adapter that `limner serve` does not run."""

    async def look(_case: Case) -> Finding:
        return warning(
            f"`limner serve` does not run {name}", f"Write a table [adapters.{name}]; `limner init {name}` shows it"
        )

    return Check("serve", look)


def _bind(host: str, port: int) -> None:
    family, kind, _, _, address = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server itself does
        listener.bind(address)


async def _taken(name: str, host: str, port: int, error: OSError) -> Finding:
    if error.errno == errno.EADDRINUSE:
        if await _is_limner(EVERYWHERE.get(host, host), port):
            return ok(f"its settings are valid; Limner serves at {host}:{port} already")
        return problem(f"another program listens at {host}:{port}", f"Stop it, or set another adapters.{name}.port")
    reason = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
    found, remedy = TROUBLES.get(error.errno or 0, (reason, f"Correct adapters.{name}.host"))
    return problem(f"{host}:{port} can't be listened at: {found}", remedy)


async def _is_limner(host: str, port: int) -> bool:
    """Whether what lives there says that it is Limner."""
    import httpx

    address = f"http://{f'[{host}]' if ':' in host else host}:{port}{alive.PATH}"
    try:
        async with asyncio.timeout(LOOK_S), httpx.AsyncClient(trust_env=False) as client:
            lives = await client.get(address)
    except (httpx.HTTPError, TimeoutError):
        return False
    return lives.is_success and lives.headers.get("Server") == alive.HEADERS["Server"]


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
