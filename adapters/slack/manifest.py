"""The app manifest that makes Limner's app on Slack in one go, with the least that it needs; made without slack-bolt.

Fields and limits: https://docs.slack.dev/reference/app-manifest
"""

import json
from collections.abc import Mapping
from typing import Any

from adapters.slack.settings import SlackSettings

Json = dict[str, Any]
FILE = "slack-manifest.json"
APPS = "https://api.slack.com/apps"
GOV_APPS = "https://api.slack-gov.com/apps"
# Stands in a manifest for mode 'http' until somebody puts the public address in its place.
PUBLIC = "https://limner.example.com"
DESCRIPTION = "Paints pictures from your own words, and changes them as you talk."
# What each is for; nothing that the adapter calls or hears needs more.
SCOPES = {
    "app_mentions:read": "hear who mentions it",
    "assistant:write": "suggested prompts and titles in its own messages tab",
    "channels:history": "hear replies in its threads, and look whether an answer is there before it is posted again",
    "channels:read": "know whether it is in the channel where a command was used",
    "chat:write": "answer",
    "commands": "/imagine, /limner and shortcuts",
    "files:read": "fetch pictures that people bring, and see that an upload is ready",
    "files:write": "upload pictures",
    "groups:history": "the same as channels:history in private channels that it is invited to",
    "groups:read": "the same as channels:read in private channels",
    "im:history": "hear direct messages",
    "im:write": "answer privately",
    "users:read": "names, languages, and who runs the workspace",
}
EVENTS = ("app_home_opened", "app_mention", "message.channels", "message.groups", "message.im")
# Said only by workspaces that have installed it by themselves, and needed to forget them.
INSTALLED_EVENTS = ("app_uninstalled", "tokens_revoked")
INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
COMMANDS = (
    ("/imagine", "Paint a picture", "a red car on a beach --style ink --size 3:2 --count 4"),
    ("/limner", "Your pictures, the line, preferences, help", "settings | styles | queue | history | help"),
)
SHORTCUTS = (
    ("global", "make", "Make a picture", "Say what to paint in a form"),
    ("message", "illustrate", "Illustrate this", "Paint what a message says"),
    ("message", "reference", "Use as reference", "Paint after a message's picture"),
    ("message", "describe", "Describe picture", "Say in words what a picture shows"),
)
SOCKET_STEP = "Basic Information, App-Level Tokens, Generate (scope connections:write): it goes into SLACK_APP_TOKEN"
HTTP_STEP = "Basic Information, App Credentials: the Signing Secret goes into SLACK_SIGNING_SECRET"
ID_STEP = ", the Client ID into SLACK_CLIENT_ID, the Client Secret into SLACK_CLIENT_SECRET"
OWN_STEP = "Install App, Install to Workspace: the Bot User OAuth Token goes into SLACK_BOT_TOKEN."
TEAMS_STEP = "Manage Distribution, Activate Public Distribution; once Limner serves, each workspace installs it at {}"


def public(public_url: str, path: str) -> str:
    """The address of a path for those outside."""
    return f"{public_url.rstrip('/')}{path}"


def manifest(mode: str = "socket", url: str = "", redirect_url: str = "") -> Json:
    """The app as Slack's manifest has it.

    Args:
        mode: 'socket' or 'http', as in the settings.
        url: Where Slack calls in mode 'http'.
        redirect_url: Where Slack sends whoever installs it, if several workspaces may.
    """
    called = {"request_url": url} if mode == "http" else {}
    return {
        "display_information": {"name": "Limner", "description": DESCRIPTION, "background_color": "#2b3a55"},
        "features": _features({"url": url} if mode == "http" else {}),
        "oauth_config": {"scopes": {"bot": list(SCOPES)}} | ({"redirect_urls": [redirect_url]} if redirect_url else {}),
        "settings": {
            "event_subscriptions": {**called, "bot_events": [*EVENTS, *(INSTALLED_EVENTS if redirect_url else ())]},
            "interactivity": {"is_enabled": True, **called},
            "org_deploy_enabled": False,
            "socket_mode_enabled": mode != "http",
            "token_rotation_enabled": False,
        },
    }


def _features(called: Json) -> Json:
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        # Suggestions are not here: the adapter makes them in the language of whoever opens the tab.
        "agent_view": {"agent_description": DESCRIPTION},
        "bot_user": {"display_name": "Limner", "always_online": True},
        "shortcuts": [
            {"name": name, "type": kind, "callback_id": callback, "description": words}
            for kind, callback, name, words in SHORTCUTS
        ],
        "slash_commands": [
            {"command": name, **called, "description": words, "usage_hint": hint, "should_escape": False}
            for name, words, hint in COMMANDS
        ],
    }


def first_files(table: Mapping[str, Any]) -> dict[str, str]:
    """The manifest for what a table [adapters.slack] says, with the name that it is written under."""
    path = str(table.get("path") or SlackSettings.model_fields["path"].default)
    public_url = str(table.get("public_url") or PUBLIC)
    redirect_url = public(public_url, REDIRECT) if table.get("client_id") else ""
    made = manifest(str(table.get("mode", "socket")), public(public_url, path), redirect_url)
    return {FILE: json.dumps(made, indent=2) + "\n"}


def first_steps(settings: SlackSettings | None) -> list[str]:
    """What is to be done before the first picture, line by line; without settings there is no token yet."""
    gov = settings is not None and "slack-gov" in settings.api_base_url
    by_http = settings is not None and settings.mode == "http"
    public_url, client_id = (settings.public_url, settings.client_id) if settings else ("", "")
    apps = GOV_APPS if gov else APPS
    address = f", {PUBLIC} replaced by your public address," * (by_http and not public_url)
    create = f"Create the app: {apps}, Create New App, From a manifest, choose the workspace, paste {FILE}"
    socket = SOCKET_STEP + f" (with mode = 'http' instead: {HTTP_STEP})" * (settings is None)
    return [
        f"{create}{address} as JSON; docs/slack.md names each screen.",
        f"{HTTP_STEP + ID_STEP * bool(client_id) if by_http else socket}.",
        TEAMS_STEP.format(public(public_url or PUBLIC, INSTALL)) if client_id else OWN_STEP,
        "In a channel on Slack: /invite @Limner. Direct messages, /imagine and shortcuts need no invitation.",
    ]
