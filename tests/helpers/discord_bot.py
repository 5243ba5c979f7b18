"""Limner on the local Discord: the whole chain with the real adapter, on paper or on another engine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from adapters.discord.adapter import Discord
from adapters.discord.settings import DiscordSettings
from bot.app import App, open_app, working
from bot.settings import Settings
from bot.testing import PaperEngine
from tests.discord_server import DiscordServer
from tests.support import database


def settings_of(server: DiscordServer, **more: Any) -> DiscordSettings:
    """The adapter's settings for a local server; its files stand on this machine."""
    host = server.url.removeprefix("http://")
    values: dict[str, Any] = {
        "token": server.token,
        "api_base_url": server.api_url,
        "gateway_url": server.gateway_url,
        "attachment_hosts": [host],
        "attachment_networks": ["127.0.0.0/8"],
    }
    return DiscordSettings.model_validate(values | more)


@asynccontextmanager
async def discord_bot(
    server: DiscordServer, folder: Path, *, engine: Any = None, own: dict[str, Any] | None = None, **more: Any
) -> AsyncIterator[App]:
    """Limner, connected; `own` are further settings of the adapter's, `more` those of Limner."""
    settings = Settings.model_validate({"home": folder, "database": database(folder)} | more)
    adapter = Discord(settings_of(server, **(own or {})))
    async with open_app(settings, {"discord": adapter}, engine=engine or PaperEngine()) as app, working(app):
        async with asyncio.timeout(60):
            await server.gateway.ready(server.shards)
        yield app
