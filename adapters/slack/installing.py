"""How a browser installs Limner in a workspace: to Slack's page of consent and back, and one line that says the end."""

from typing import Any
from urllib.parse import urljoin

import aiohttp
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.installations import Installations, States
from adapters.slack.manifest import REDIRECT, SCOPES, public
from adapters.slack.settings import SlackSettings

REASON_CHARACTERS = 80
WRONG = {
    "access_denied": "it was not allowed on Slack's page",
    "invalid_browser": "this was begun in another browser, or long ago",
    "invalid_state": "this was begun too long ago",
}


def oauth_flow(settings: SlackSettings, store: Installations, session: aiohttp.ClientSession) -> AsyncOAuthFlow:
    """Bolt's flow with our store; it asks for the manifest's scopes alone."""
    secret, at = settings.client_secret.get_secret_value(), settings.api_base_url
    wanted = AsyncOAuthSettings(
        client_id=settings.client_id,
        client_secret=secret,
        scopes=list(SCOPES),
        user_scopes=[],
        redirect_uri=public(settings.public_url, REDIRECT),
        authorization_url=urljoin(at, "/oauth/v2/authorize"),
        install_page_rendering_enabled=False,
        installation_store=store,
        state_store=States(secret),
        callback_options=AsyncCallbackOptions(_installed, _refused),
    )
    return AsyncOAuthFlow(client=AsyncWebClient(base_url=at, session=session, retry_handlers=[]), settings=wanted)


async def _installed(args: AsyncSuccessArgs) -> BoltResponse:
    name = args.installation.team_name or args.installation.team_id
    words = f"Limner is installed in {name}. In a channel there: /invite @Limner, then @Limner a red car on a beach"
    return said(200, words, args.settings.state_utils.build_set_cookie_for_deletion())


async def _refused(args: AsyncFailureArgs) -> BoltResponse:
    if args.error:
        return said(403, str(args.error))
    why = WRONG.get(args.reason, f"Slack says {args.reason[:REASON_CHARACTERS]}")
    return said(
        args.suggested_status_code, f"Nothing was installed: {why}. Begin again at {args.settings.install_path}"
    )


def said(status: int, words: str, cookie: str | None = None) -> BoltResponse:
    """One line for a browser; names of others may stand in it, so nothing in it is read as a page."""
    headers: Any = {"Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff"}
    return BoltResponse(status=status, body=words, headers=headers | {"Set-Cookie": cookie})
