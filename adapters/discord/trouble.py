"""discord.py's and its connection's errors, as Limner's own; and calls that are tried again."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import discord

from bot.errors import DeliveryError

# What a cut connection raises, and what discord.py gives up on after tries of its own.
PASSING = (aiohttp.ClientError, OSError, TimeoutError, discord.DiscordServerError, discord.RateLimited)
TRIES = 4
FIRST_DELAY_S = 0.5
UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, INVALID_TOKEN = 10008, 10015, 50027
TOO_MANY = 429
ALREADY_ANSWERED, UNKNOWN_INTERACTION = 40060, 10062
Answer = TypeVar("Answer")


async def tried(call: Callable[[], Awaitable[Answer]]) -> Answer:
    """What a call gives; after a cut connection it is made again, so it must do no harm twice.

    Raises:
        DeliveryError: Discord is not to be had for now.
        discord.HTTPException: It does not want the call as it stands.
    """
    delay_s = FIRST_DELAY_S
    for attempt in range(1, TRIES + 1):
        try:
            return await call()
        except PASSING as error:
            if attempt == TRIES:
                raise DeliveryError(f"Discord does not answer ({type(error).__name__})") from error
            await asyncio.sleep(delay_s)
            delay_s *= 2
        except discord.HTTPException as error:
            if error.status == TOO_MANY:  # discord.py has waited as it was told, several times
                raise DeliveryError("Discord lets through no more for now") from error
            raise
    raise AssertionError


def is_gone(error: discord.HTTPException) -> bool:
    """Whether what was to be changed is not there any more, or can't be reached that way any more."""
    return error.code in (UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, INVALID_TOKEN, UNKNOWN_INTERACTION) or error.status == 404


def is_closed(error: discord.HTTPException) -> bool:
    """Whether the bot may not do that there."""
    return isinstance(error, discord.Forbidden)


def refused(error: discord.HTTPException) -> DeliveryError:
    """A reply that Discord does not take and never will."""
    return DeliveryError(f"Discord refuses the answer: {error.status} {error.text[:200]}", lasting=True)
