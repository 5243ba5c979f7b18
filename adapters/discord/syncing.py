"""Tells Discord which commands there are, and only when that has changed: it counts every change."""

import hashlib
import json

import discord
from discord import app_commands

from adapters.discord.client import Client
from adapters.discord.translations import Translations
from bot import Limner, log

logger = log.get("discord")
NOTE = "commands"


async def sync(client: Client, limner: Limner) -> None:
    """Send the commands, unless Discord has these already."""
    translations = Translations()
    await client.tree.set_translator(translations)
    commands = client.tree.get_commands(type=None)
    described = [await command.get_translated_payload(client.tree, translations) for command in commands]
    told = json.dumps([client.application_id, described], sort_keys=True, ensure_ascii=False)
    fingerprint = hashlib.sha256(told.encode()).hexdigest()
    if await limner.recall("discord", NOTE) == fingerprint:
        return
    try:
        await client.tree.sync()
    except (discord.HTTPException, app_commands.AppCommandError):
        logger.exception("Discord does not take the commands; they stay as they were")
        return
    await limner.remember("discord", NOTE, fingerprint)
