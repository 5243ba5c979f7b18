"""What comes by HTTP: Slack's requests, each to the app of its workspace, and browsers that install Limner."""

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.installing import oauth_flow, said
from adapters.slack.manifest import INSTALL, REDIRECT, public
from adapters.slack.settings import SlackSettings
from adapters.slack.trouble import PASSING
from adapters.slack.workspaces import NotInstalled, Workspaces
from bot import log

logger = log.get("slack")


def routes(workspaces: Workspaces, settings: SlackSettings, session: aiohttp.ClientSession) -> list[web.RouteDef]:
    """What is served to Slack and, where several workspaces may install it, to browsers."""
    events = web.post(settings.path, Events(workspaces, settings, session).told)
    if not settings.client_id:
        return [events]
    browsers = Browsers(oauth_flow(settings, workspaces.store, session))
    return [events, *(web.get(path, browsers.come) for path in (INSTALL, REDIRECT))]


class Events:
    """Takes what Slack tells."""

    def __init__(self, workspaces: Workspaces, settings: SlackSettings, session: aiohttp.ClientSession) -> None:
        self._workspaces = workspaces
        secret, at = settings.signing_secret.get_secret_value(), public(settings.public_url, INSTALL)
        self._verifier = SignatureVerifier(secret)
        # It speaks for workspaces that Limner is not in, and answers Slack's own questions about the address.
        self._nobody = AsyncApp(
            name="limner",
            client=AsyncWebClient(base_url=settings.api_base_url, session=session, retry_handlers=[]),
            installation_store=workspaces.store,
            signing_secret=secret,
            process_before_response=True,
            user_facing_authorize_error_message=f"Limner is not installed in this workspace. {at} installs it.",
        )
        workspaces.hear(self._nobody)

    async def told(self, request: web.Request) -> web.Response:
        """Hand a request to the app of its workspace."""
        try:
            told = await to_bolt_request(request)
            # Nobody but Slack may have workspaces looked up and opened.
            is_slacks = self._verifier.is_valid_request(told.raw_body, request.headers)
        except (ValueError, TypeError, AttributeError):
            return web.Response(status=400)
        try:
            app = (await self._workspaces.of(told.context.team_id or "")).bolt if is_slacks else self._nobody
        except NotInstalled:
            app = self._nobody
        except ConnectionError as error:
            logger.warning("an event can't be taken: %s", error)
            return web.Response(status=503)
        return await to_aiohttp_response(await app.async_dispatch(told))


class Browsers:
    """Takes browsers to Slack and back."""

    def __init__(self, flow: AsyncOAuthFlow) -> None:
        self._flow = flow

    async def come(self, request: web.Request) -> web.Response:
        """One of the two steps."""
        step = self._flow.handle_installation if request.path == INSTALL else self._flow.handle_callback
        try:
            done = await step(await to_bolt_request(request))
        except PASSING as error:
            logger.warning("an installation failed: %r", error)
            done = said(503, "Nothing was installed: Slack is not to be had for now. Try again in a minute.")
        return await to_aiohttp_response(done)
