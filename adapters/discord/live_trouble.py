"""What went wrong at a step of the live check, and what to do about it."""

import aiohttp
import discord

from adapters.discord.settings import DiscordSettings
from bot.doctor.finding import Finding, problem

TROUBLE = (aiohttp.ClientError, OSError, TimeoutError, discord.DiscordException)
# Discord's own codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes
REFUSALS = {
    10003: ("there is no such channel", "Take the id of one that is there, or leave --channel out"),
    50001: ("the bot can't see that channel", "Let its role view it, or invite it to that server: {link}"),
    50013: ("the bot may not do that there", "Let its role do it in that channel, or invite it anew: {link}"),
    40005: (
        "the picture is larger than what is taken there",
        "Discord takes 10 MiB a file: let whatever stands before {api} pass 25 MiB a request",
    ),
    429: (
        "Discord does not listen to this address for now (429)",
        "Too many wrong requests came from it: wait an hour, and look what else runs with this token or address",
    ),
}


def told(error: BaseException, settings: DiscordSettings, link: str) -> Finding:
    """The finding of a step that failed so."""
    words = " ".join(f"{type(error).__name__} {error}".split())[:200]
    match error:
        case discord.LoginFailure():
            return problem(
                "Discord does not know this bot token",
                "Copy it from the developer portal (Bot, Reset Token) into DISCORD_TOKEN or adapters.discord.token",
            )
        case discord.RateLimited():
            return problem(
                f"Discord's rate limit is reached: this may be done again in {error.retry_after:.0f} s",
                "Wait that long; if it comes back, another program uses the same token",
            )
        case discord.HTTPException() if error.status >= 500:
            return problem(f"Discord is in trouble ({error.status})", "Try again; https://discordstatus.com says more")
        case discord.HTTPException():
            code = {413: 40005, 429: 429}.get(error.status, error.code)
            found, remedy = REFUSALS.get(code, (f"Discord refuses it: {words}", "See docs/discord.md"))
            return problem(found, remedy.format(link=link, api=settings.api_base_url))
    return problem(
        f"Discord is not to be had at {settings.api_base_url}: {words}",
        "Look whether this machine's way out is open (firewall, DNS) and adapters.discord.api_base_url is right",
    )
