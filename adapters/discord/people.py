"""Who asks and where, read from discord.py's objects."""

import time
from dataclasses import replace
from typing import Any

import discord

from adapters.discord.address import LIMIT_BYTES, TOKEN_LIFE_S, Address
from bot.chat import Asker, Place
from bot.language import Language

Use = discord.Interaction[Any]


def asker_of(use: Use) -> Asker:
    """Who used a command or a button."""
    may = use.permissions
    manages = may.administrator or may.manage_guild
    moderates = may.administrator or may.manage_messages
    return replace(_asker(use.user, moderates, _language(str(use.locale))), manages=manages)


def writer_of(message: discord.Message) -> Asker:
    """Who wrote a message; of what language their client is, Discord does not tell then."""
    author = message.author
    moderates = isinstance(author, discord.Member) and message.channel.permissions_for(author).manage_messages
    return _asker(author, moderates, "")


def place_of(use: Use) -> Place:
    """Where a command or a button was used."""
    return _place(use.channel, use.channel_id or 0, use.guild_id, str(use.user.id))


def place_of_message(message: discord.Message) -> Place:
    """Where a message was written."""
    guild_id = message.guild.id if message.guild else None
    return _place(message.channel, message.channel.id, guild_id, str(message.author.id))


def address_of(use: Use, *, private: bool) -> Address:
    """Where the answer to a command or a button goes."""
    return Address(
        channel=use.channel_id or 0,
        token=use.token,
        token_until=time.time() + TOKEN_LIFE_S,
        private=private,
        member=_is_member(use),
        limit_bytes=use.filesize_limit,
    )


def address_of_message(message: discord.Message) -> Address:
    """Where the answer to a message goes: below it."""
    limit_bytes = message.guild.filesize_limit if message.guild else LIMIT_BYTES
    return Address(message.channel.id, message.id, limit_bytes=limit_bytes)


def _is_member(use: Use) -> bool:
    """Whether the bot may post there by itself: it is in that server, or it is the person's own DM with it."""
    if use.guild_id is not None:
        return use.is_guild_integration() and use.app_permissions.send_messages
    return use.context.dm_channel


def _asker(user: discord.User | discord.Member, moderates: bool, language: Language | str) -> Asker:
    roles = [role for role in getattr(user, "roles", ()) if not role.is_default()]
    names = frozenset(name for role in roles for name in (str(role.id), role.name))
    return Asker(str(user.id), user.display_name, "zh" if language == "zh" else language and "en", names, moderates)


def _language(locale: str) -> Language:
    return "zh" if locale.startswith("zh") else "en"


def _place(channel: Any, channel_id: int, guild_id: int | None, user_id: str) -> Place:
    team = str(guild_id) if guild_id is not None else ""
    if isinstance(channel, discord.Thread):
        return Place(str(channel.parent_id), str(channel.id), team)
    if isinstance(channel, discord.DMChannel):
        return Place(str(channel_id), direct=True)
    # Everybody speaks with Limner by themselves in a channel, so that nobody waits for another's turn.
    return Place(str(channel_id), f"@{user_id}", team)
