"""How events reach the bot: Bolt's Socket Mode, watched, or HTTP; and who the bot is."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.settings import SlackSettings
from adapters.slack.trouble import code_of, tried
from bot import alive, log
from bot.errors import DeliveryError, SettingsError

PING_S = 5.0
CONNECTING_S = 30.0
# Bolt mends a connection within two pings; what it has not mended by then it never does, such as a used-up address.
LOST_S = 30.0

logger = log.get("slack")


async def who_am_i(client: AsyncWebClient) -> AuthorizeResult:
    """Who the bot is, asked once.

    Raises:
        SettingsError: Slack does not take the token.
        ConnectionError: Slack is not to be had.
    """
    found = await _first(client.auth_test, "bot", "OAuth & Permissions")
    return AuthorizeResult.from_auth_test_response(auth_test_response=found, bot_token=client.token)


@asynccontextmanager
async def by_socket(app: AsyncApp, token: str) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Events by Socket Mode; what is yielded raises ConnectionError once the connection is lost for good.

    Raises:
        SettingsError: Slack does not take the token.
        OSError: Slack is not to be had.
    """
    handler = AsyncSocketModeHandler(app, token, ping_interval=PING_S)
    try:
        # Bolt asks for ever with a token that is not taken.
        opened = await _first(lambda: app.client.apps_connections_open(app_token=token), "app", "Basic Information")
        handler.client.wss_uri = opened["url"]
        async with asyncio.timeout(CONNECTING_S):
            await handler.connect_async()  # type: ignore[no-untyped-call]
        yield lambda: _lost(handler)
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def by_http(routes: Sequence[web.RouteDef], settings: SlackSettings) -> AsyncIterator[str]:
    """Events by requests; the address that is listened at. Raises SettingsError where the port is taken."""
    app = web.Application()
    app.add_routes([*routes, web.get(alive.PATH, _lives)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, settings.host, settings.port).start()
        except OSError as error:
            at = f"{settings.host}:{settings.port}"
            raise SettingsError(f"Nothing can listen at {at}", "Choose another port.", "adapters.slack.port") from error
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}{settings.path}"
    finally:
        await runner.cleanup()


async def _lives(_request: web.Request) -> web.Response:
    return web.Response(text=alive.WORDS, headers=alive.HEADERS)


async def _first(call: Callable[[], Awaitable[object]], kind: str, page: str) -> dict[str, str]:
    """What the first call with a token gives, which tells whether the token is good."""
    try:
        found: dict[str, str] = await tried(call)
    except SlackApiError as error:
        raise SettingsError(
            f"Slack does not take the {kind} token: {code_of(error)}",
            f"Copy it anew from the app's page ({page}) into SLACK_{kind.upper()}_TOKEN.",
            f"adapters.slack.{kind}_token",
        ) from error
    except DeliveryError as error:
        raise ConnectionError(str(error)) from error
    return found


async def _lost(handler: AsyncSocketModeHandler) -> None:
    """Look after the connection, of whose end Bolt tells nobody."""
    seen_at = time.monotonic()
    while time.monotonic() - seen_at < LOST_S:
        await asyncio.sleep(PING_S)
        if await handler.client.is_connected():
            seen_at = time.monotonic()
    raise ConnectionError("the connection is lost")
