"""The Slack adapter: connects, hands events on, shows answers; connects again for as long as it runs."""

import asyncio
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from adapters.slack import manifest
from adapters.slack.settings import SlackSettings
from bot import DeliveryError, Limner, Progress, Reply, log
from bot.errors import SettingsError
from bot.messages import Message
from bot.throttle import Throttle
from bot.usual_names import usual_names

if TYPE_CHECKING:  # Bolt takes a while to import, and `limner plugins` needs none of it
    from adapters.slack.session import Session
    from adapters.slack.workspace import Workspace
    from bot.doctor.finding import Check

UPDATE_EVERY_S = 4.0
CONNECTING_S = 60.0
FIRST_DELAY_S, LONGEST_DELAY_S = 1.0, 60.0

logger = log.get("slack")


class Slack:
    """People on Slack.

    Raises:
        SettingsError: What the mode needs is not set, or slack-bolt is not installed.
    """

    name = "slack"
    Settings = SlackSettings

    def __init__(self, settings: SlackSettings) -> None:
        _check(settings)
        self._settings = settings
        self._throttle = Throttle(UPDATE_EVERY_S)
        self._session: Session | None = None
        self._online = asyncio.Event()

    first_steps = staticmethod(manifest.first_steps)
    first_files = staticmethod(manifest.first_files)

    @staticmethod
    def live_checks(settings: SlackSettings, channel: str) -> "list[Check]":
        """What the doctor tries on Slack itself; `channel` is the id of where, or empty. Raises SettingsError."""
        _check(settings)
        from adapters.slack.live import live_checks

        return live_checks(settings, channel)

    @property
    def address(self) -> str:
        """Where mode 'http' listens; empty while it does not."""
        return self._session.address if self._session else ""

    async def run(self, limner: Limner) -> None:
        """Stay connected until cancelled; a Slack that is away is waited for.

        Raises:
            SettingsError: Slack does not take a token, or the port is taken.
        """
        from adapters.slack.session import Session

        self._throttle.open(self._show)
        delay_s = FIRST_DELAY_S
        try:
            while True:
                session = Session(limner, self._settings)
                try:
                    async with session.open():
                        self._session = session
                        self._online.set()
                        await session.listen()
                except OSError as error:
                    logger.warning("Slack is not to be had: %s", error)
                finally:
                    self._session = None
                    self._online.clear()
                await asyncio.sleep(delay_s)
                delay_s = min(delay_s * 2, LONGEST_DELAY_S)
        finally:
            await self._throttle.close()

    async def progress(self, progress: Progress) -> None:
        """Show it in the job's message, every few seconds at most."""
        self._throttle.put(progress)

    async def deliver(self, reply: Reply) -> str:
        """Put the answer in the job's message, or post it; the message's id.

        Raises:
            DeliveryError: Slack is not to be had, or does not take it, or Limner is not in that workspace any more.
        """
        self._throttle.forget(reply.job_id)
        try:
            async with asyncio.timeout(CONNECTING_S):
                await self._online.wait()
        except TimeoutError:
            raise DeliveryError("Slack is not to be had for now") from None
        session = self._session
        if session is None:
            raise DeliveryError("The connection to Slack has just ended")
        try:
            return await (await _workspace(session, reply.message)).posts.finish(reply)
        except RuntimeError as error:
            if session is self._session:
                raise
            raise DeliveryError("The connection to Slack has ended meanwhile") from error

    async def find(self, reply: Reply) -> str | None:
        """Delivering finds what is there already, and changes it."""
        return None

    async def _show(self, progress: Progress) -> None:
        if session := self._session:
            await (await _workspace(session, progress.message)).posts.progress(progress)


async def _workspace(session: "Session", message: Message) -> "Workspace":
    try:
        return await session.workspaces.of(message.team)
    except ConnectionError as error:
        raise DeliveryError(str(error)) from error


def _check(settings: SlackSettings) -> None:
    if settings.client_id and settings.mode != "http":
        problem = "adapters.slack.client_id needs adapters.slack.mode = 'http'"
        remedy = "Set it: Slack sends browsers that install Limner back to a public address."
        raise SettingsError(problem, remedy, "adapters.slack.mode")
    for name, whose in _needed(settings).items():
        if not _value(settings, name):
            usual = usual_names(SlackSettings).get(name, "")
            remedy = f"Set it, or {usual} in the environment." if usual else "Set it."
            raise SettingsError(f"{whose} needs adapters.slack.{name}", remedy, f"adapters.slack.{name}")
    if settings.client_id and not settings.public_url.startswith("https://"):
        problem = f"adapters.slack.public_url is {settings.public_url}, and Slack wants HTTPS"
        raise SettingsError(problem, "Set the address of the proxy in front, https://...", "adapters.slack.public_url")
    for module in ("slack_bolt", "aiohttp"):
        if find_spec(module) is None:
            raise SettingsError(
                f"The Slack adapter needs {module}", "Install it: pip install 'limner[slack]'.", "adapters.slack"
            )


def _needed(settings: SlackSettings) -> dict[str, str]:
    """The settings that must have a value, each with what needs it."""
    needed = {"signing_secret" if settings.listens else "app_token": f"Mode '{settings.mode}'"}
    if settings.client_id:
        return needed | dict.fromkeys(("client_secret", "public_url"), "adapters.slack.client_id")
    alone = [one for one in ("client_secret", "teams") if _value(settings, one)]
    return needed | ({"client_id": f"adapters.slack.{alone[0]}"} if alone else {}) | {"bot_token": "Slack"}


def _value(settings: SlackSettings, name: str) -> Any:
    value = getattr(settings, name)
    return value.get_secret_value() if isinstance(value, SecretStr) else value
