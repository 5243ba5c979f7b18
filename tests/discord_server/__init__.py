"""A local server that speaks Discord's gateway and REST, so that an unmodified discord.py can be tried against it."""

from tests.discord_server.server import DiscordServer, discord_server, pointed_at
from tests.discord_server.sight import Sight

__all__ = ["DiscordServer", "Sight", "discord_server", "pointed_at"]
