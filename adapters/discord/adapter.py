"""The Discord adapter: connects, hands events on, shows answers; reconnects for as long as it runs."""

import asyncio
from importlib.util import find_spec
from typing import TYPE_CHECKING

from adapters.discord import invite
from adapters.discord.settings import DiscordSettings, check_token
from bot import DeliveryError, Limner, Progress, Reply, log
from bot.errors import SettingsError
from bot.throttle import Throttle

if TYPE_CHECKING:  # discord.py takes a while to import, and `limner plugins` needs none of it
    from adapters.discord.session import Session
    from bot.doctor.finding import Check

EDIT_EVERY_S = 2.0
CONNECTING_S = 60.0
FIRST_DELAY_S, LONGEST_DELAY_S = 1.0, 60.0

logger = log.get("discord")


class Discord:
    """People on Discord.

    Raises:
        SettingsError: The token can't be one, or discord.py is not installed.
    """

    name = "discord"
    Settings = DiscordSettings

    def __init__(self, settings: DiscordSettings) -> None:
        check_token(settings)
        _check_installed()
        self._settings = settings
        self._throttle = Throttle(EDIT_EVERY_S)
        self._session: Session | None = None
        self._online = asyncio.Event()

    first_steps = staticmethod(invite.first_steps)

    @staticmethod
    def live_checks(settings: DiscordSettings, channel: str) -> "list[Check]":
        """What the doctor tries on Discord itself; `channel` is the id of where, or empty. Raises SettingsError."""
        check_token(settings)
        _check_installed()
        from adapters.discord.live import live_checks

        return live_checks(settings, channel)

    async def run(self, limner: Limner) -> None:
        """Stay connected until cancelled; a Discord that is away is waited for.

        Raises:
            SettingsError: The token is wrong, or an intent is not granted.
        """
        from adapters.discord.session import Session

        self._throttle.open(self._show)
        delay_s = FIRST_DELAY_S
        try:
            while True:
                session = Session(limner, self._settings)
                began_s = asyncio.get_running_loop().time()
                try:
                    async with session.open(self._online):
                        self._session = session
                        await session.closed()
                except OSError as error:
                    logger.warning("Discord is not to be had: %s", error)
                finally:
                    self._session = None
                    self._online.clear()
                lasted = asyncio.get_running_loop().time() - began_s > LONGEST_DELAY_S
                delay_s = FIRST_DELAY_S if lasted else min(delay_s * 2, LONGEST_DELAY_S)
                await asyncio.sleep(delay_s)
        finally:
            await self._throttle.close()

    async def progress(self, progress: Progress) -> None:
        """Show it in the job's message, every two seconds at most."""
        self._throttle.put(progress)

    async def deliver(self, reply: Reply) -> str:
        """Put the answer in the job's message, or post it; the message's id.

        Raises:
            DeliveryError: Discord is not to be had, or does not take it.
        """
        self._throttle.forget(reply.job_id)
        session = await self._connected()
        return await session.posts.finish(reply)

    async def find(self, reply: Reply) -> str | None:
        """Delivering finds what is there already, and changes it."""
        return None

    async def _show(self, progress: Progress) -> None:
        if session := self._session:
            await session.posts.progress(progress)

    async def _connected(self) -> "Session":
        try:
            async with asyncio.timeout(CONNECTING_S):
                await self._online.wait()
        except TimeoutError:
            raise DeliveryError("Discord is not to be had for now") from None
        if self._session is None:
            raise DeliveryError("The connection to Discord has just ended")
        return self._session


def _check_installed() -> None:
    if find_spec("discord") is None:
        raise SettingsError(
            "The Discord adapter needs discord.py", "Install it: pip install 'limner[discord]'.", "adapters.discord"
        )
