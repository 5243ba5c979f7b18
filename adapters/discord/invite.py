"""The links by which people take the bot in, with the least that it needs; made without discord.py.

Permissions and their bits: https://discord.com/developers/docs/topics/permissions; the links:
https://discord.com/developers/docs/topics/oauth2 (bot authorization flow, `integration_type`).
"""

import base64
import binascii
from urllib.parse import urlencode

from adapters.discord.settings import DiscordSettings

PORTAL = "https://discord.com/developers/applications"
AUTHORIZE = "https://discord.com/oauth2/authorize"
APPLICATION_ID = "APPLICATION_ID"
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
SEND_MESSAGES_IN_THREADS = 1 << 38
# All that the adapter does by itself: commands and their answers need no permission, and it posts no embeds.
NEEDED = {
    "View Channels": VIEW_CHANNEL,
    "Send Messages": SEND_MESSAGES,
    "Send Messages in Threads": SEND_MESSAGES_IN_THREADS,
    "Attach Files": ATTACH_FILES,
    "Read Message History": READ_MESSAGE_HISTORY,
}
PERMISSIONS = sum(NEEDED.values())
GUILD_INSTALL, USER_INSTALL = 0, 1


def invite_link(application_id: str = APPLICATION_ID) -> str:
    """Adds the bot to a server, with its commands and the permissions of `NEEDED`."""
    return _link(application_id, GUILD_INSTALL, "bot applications.commands", permissions=str(PERMISSIONS))


def user_link(application_id: str = APPLICATION_ID) -> str:
    """Adds the commands for one person, in every server and direct message of theirs; no bot comes along."""
    return _link(application_id, USER_INSTALL, "applications.commands")


def _link(application_id: str, integration_type: int, scope: str, **more: str) -> str:
    asked = {"client_id": application_id, "integration_type": integration_type, "scope": scope, **more}
    return f"{AUTHORIZE}?{urlencode(asked)}"


def application_id_of(token: str) -> str | None:
    """The id in a bot token's first part, in base64; None where it holds none.

    It is that of the bot's user, which for all but very old applications is the application's, too.
    """
    first = token.partition(".")[0]
    try:
        found = base64.b64decode(first + "=" * (-len(first) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return found if found.isdecimal() else None


def lacking(permissions: int) -> list[str]:
    """Those of the needed permissions that are not among these."""
    return [name for name, bit in NEEDED.items() if not permissions & bit]


def may_post(permissions: int, *, thread: bool = False) -> bool:
    """Whether these permissions are enough to say something, in a thread or in any other channel."""
    needed = VIEW_CHANNEL | (SEND_MESSAGES_IN_THREADS if thread else SEND_MESSAGES)
    return permissions & needed == needed


def first_steps(settings: DiscordSettings | None) -> list[str]:
    """What is to be done before the first picture, line by line; without settings there is no token yet."""
    known = application_id_of(settings.token.get_secret_value()) if settings else None
    application_id = known or APPLICATION_ID
    lines = [
        f"Create an application at {PORTAL} (New Application), and put its token (Bot, Reset Token) into DISCORD_TOKEN "
        "or adapters.discord.token; docs/discord.md names each screen."
    ] * (settings is None)
    find = (
        "" if known else f" (the Application ID on the page General Information goes in the place of {APPLICATION_ID})"
    )
    likewise = " (likewise)" * (known is None)
    intent = "is needed and must be on" if settings and settings.message_content else "only if message_content = true"
    return [
        *lines,
        f"Invite the bot to a server{find}: {invite_link(application_id)}",
        f"Whoever wants it in all servers and direct messages of theirs adds it for themselves{likewise}: "
        f"{user_link(application_id)}",
        f"Privileged intents (page Bot): none is needed; Message Content Intent {intent}.",
    ]
