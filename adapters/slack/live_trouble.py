"""What went wrong at a step of the live check, and what to do about it."""

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from adapters.slack.settings import SlackSettings
from adapters.slack.trouble import PASSING, code_of, waits_s
from bot.doctor.finding import Finding, problem
from bot.errors import DeliveryError

TROUBLE = (*PASSING, SlackClientError, DeliveryError)
VOID = frozenset("invalid_auth not_authed account_inactive token_revoked token_expired not_allowed_token_type".split())
INVITE = "In that channel: /invite @Limner"
UPLOAD = "A workspace admin allows uploads (Settings, Permissions, File uploads) or makes room"
# Slack's own words: the errors of each method at https://docs.slack.dev/reference/methods
REFUSALS = {
    "not_in_channel": ("the bot is not in that channel", INVITE),
    "channel_not_found": ("there is no such channel, or it is private and the bot is not in it", INVITE),
    "user_not_found": ("there is nobody with that id", "Take your own: your profile, ⋮, Copy member ID"),
    "is_archived": ("that channel is archived", "Take another one"),
    "restricted_action": (
        "only some people may post in that channel",
        "Take another, or let a workspace admin allow it",
    ),
    "file_uploads_disabled": ("files may not be uploaded in this workspace", UPLOAD),
    "storage_limit_reached": ("the workspace has no room for files", UPLOAD),
    "team_access_not_granted": ("the app is not approved for this workspace", "A workspace admin approves it"),
    "access_denied": ("the app is not approved for this workspace", "A workspace admin approves it"),
}
TOKENS = {
    True: ("app-level token", "Generate one (Basic Information, App-Level Tokens, scope connections:write)", "APP"),
    False: ("bot token", "Copy it anew (OAuth & Permissions, Bot User OAuth Token)", "BOT"),
}


def told(error: BaseException, settings: SlackSettings, *, connecting: bool = False) -> Finding:
    """The finding of a step that failed so.

    Args:
        error: One of TROUBLE.
        settings: For where Slack is.
        connecting: It was the step that uses the app-level token.
    """
    if isinstance(error, DeliveryError) and error.__cause__ is not None:
        error = error.__cause__
    if isinstance(error, SlackApiError):
        return _refused(error, connecting=connecting)
    words = " ".join(f"{type(error).__name__} {error}".split())[:200]
    if isinstance(error, aiohttp.ClientResponseError) and error.status == 413:
        return problem(
            "the picture is larger than what is taken there",
            "Let whatever stands between this machine and files.slack.com pass 40 MiB a request",
        )
    if isinstance(error, DeliveryError):
        return problem(str(error), "Try again; https://slack-status.com says more")
    return problem(
        f"Slack is not to be had at {settings.api_base_url}: {words}",
        "Look whether this machine's way out is open (firewall, DNS) and adapters.slack.api_base_url is right",
    )


def _refused(error: SlackApiError, *, connecting: bool) -> Finding:
    code, status = code_of(error), getattr(error.response, "status_code", 0)
    if code in VOID:
        name, remedy, variable = TOKENS[connecting]
        return problem(f"Slack does not take the {name} ({code})", f"{remedy} and put it into SLACK_{variable}_TOKEN")
    if code == "missing_scope":
        return lacks(str(error.response.get("needed", "")), connecting=connecting)
    if status == 429:
        return problem(
            f"Slack's rate limit is reached: this may be done again in {waits_s(error, 1.0):.0f} s",
            "Wait that long; if it comes back, another program uses the same token",
        )
    if status >= 500:
        return problem(f"Slack is in trouble ({status})", "Try again; https://slack-status.com says more")
    return problem(*REFUSALS.get(code, (f"Slack refuses it: {code or status}", "See docs/slack.md")))


def lacks(scopes: str, *, connecting: bool = False) -> Finding:
    """The finding where a token may not do enough."""
    if connecting:
        return problem(f"the app-level token lacks {scopes}", f"{TOKENS[True][1]} and put it into SLACK_APP_TOKEN")
    return problem(
        f"the bot token lacks {scopes}",
        "Add that (OAuth & Permissions, Bot Token Scopes; or paste the manifest anew), then reinstall the app",
    )
