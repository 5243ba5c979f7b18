"""Limner on the local Slack: the whole chain with the real adapter, by Socket Mode or by HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from adapters.slack.adapter import Slack
from adapters.slack.settings import SlackSettings
from bot.app import App, open_app, working
from bot.settings import Settings
from bot.testing import PaperEngine
from tests.slack_server import SlackServer
from tests.support import database, until

SECRET = "signing-secret"


def settings_of(server: SlackServer, **more: Any) -> SlackSettings:
    """The adapter's settings for a local server; its files stand on this machine."""
    values: dict[str, Any] = {
        "bot_token": server.token,
        "app_token": server.app_token,
        "signing_secret": SECRET,
        "api_base_url": server.api_url,
        "file_hosts": [server.url.removeprefix("http://")],
        "file_networks": ["127.0.0.0/8"],
        "port": 0,
    }
    return SlackSettings.model_validate(values | more)


async def connected(server: SlackServer, adapter: Slack, mode: str = "socket") -> None:
    """Wait until the adapter hears what happens."""
    async with asyncio.timeout(60):
        if mode == "socket":
            await server.socket.connected()
        else:
            await until(lambda: bool(adapter.address))
            for one in server.all:
                one.events_to(adapter.address, SECRET)


@asynccontextmanager
async def slack_bot(
    server: SlackServer, folder: Path, *, engine: Any = None, own: dict[str, Any] | None = None, **more: Any
) -> AsyncIterator[App]:
    """Limner, connected; `own` are further settings of the adapter's, `more` those of Limner.

    Both sides forget Slack's limits, unless `own` says at which rate they are used.
    """
    own = own or {}
    if "rate" not in own:
        for one in server.all:
            one.limits.wide()
    settings = Settings.model_validate({"home": folder, "database": database(folder)} | more)
    adapter = Slack(settings_of(server, **({"rate": 1_000} | own)))
    async with open_app(settings, {"slack": adapter}, engine=engine or PaperEngine()) as app, working(app):
        await connected(server, adapter, own.get("mode", "socket"))
        yield app
