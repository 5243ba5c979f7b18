"""Tells Discord which commands there are, and only when that has changed: it counts every change."""

import asyncio
import hashlib
import json

import discord
from discord import app_commands

from adapters.discord.client import Client
from adapters.discord.translations import Translations
from adapters.discord.trouble import tried
from bot import Limner, log
from bot.errors import DeliveryError

logger = log.get("discord")
NOTE = "commands"
PATIENCE_S = 60.0  # a limit on changes of commands may last for hours, and answers need none of them


async def sync(client: Client, limner: Limner) -> None:
    """Send the commands, unless Discord has these already. Raises ConnectionError where it is not to be had."""
    translations = Translations()
    await client.tree.set_translator(translations)
    commands = client.tree.get_commands(type=None)
    described = [await command.get_translated_payload(client.tree, translations) for command in commands]
    told = json.dumps([client.application_id, described], sort_keys=True, ensure_ascii=False)
    fingerprint = hashlib.sha256(told.encode()).hexdigest()
    if await limner.recall("discord", NOTE) == fingerprint:
        return
    try:
        async with asyncio.timeout(PATIENCE_S):
            await tried(client.tree.sync)
    except TimeoutError:
        logger.warning("Discord takes no commands for now; they stay as they were")
        return
    except (discord.HTTPException, app_commands.AppCommandError):
        logger.exception("Discord does not take the commands; they stay as they were")
        return
    except DeliveryError as error:
        raise ConnectionError(error.problem) from error
    await limner.remember("discord", NOTE, fingerprint)
