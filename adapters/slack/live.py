"""What `limner doctor slack --live` tries: one message, posted, changed, given a picture, and taken away again."""

import asyncio
import re
from functools import partial
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.blocks import image
from adapters.slack.courier import QUIET
from adapters.slack.files import ready, upload
from adapters.slack.live_trouble import INVITE, TROUBLE, lacks, told
from adapters.slack.manifest import SCOPES
from adapters.slack.settings import SlackSettings
from adapters.slack.trouble import code_of
from bot.doctor.finding import Check, Finding, ok, problem, size, warning
from bot.doctor.steps import Step, Stop, checks_of, noise, take

# Each step, in order, with the one without which it makes no sense.
STEPS = {
    "login": "",
    "connection": "",
    "scopes": "login",
    "channel": "login",
    "post": "channel",
    "edit": "post",
    "upload": "post",
    "delete": "post",
}
STEP_S = 60.0
LISTED = 200
KINDS = ("public_channel", "private_channel")
AGENT = "assistant:write"  # docs/slack.md says when to leave it out
POSTED = "Limner's doctor tries whether it can post here, and takes this away at once."
CHANGED = "Limner's doctor has changed this message, and takes it away at once."
ALT_TEXT = "Noise in all colours, without meaning"
ID = re.compile(r"[CDGUW][A-Z0-9]{5,}")
FIND_ID = (
    "`limner doctor slack --live --channel ID`: a channel's, at the very end of its details (click its name), "
    "or your own member ID (your profile, ⋮, Copy member ID) for a direct message"
)


def live_checks(settings: SlackSettings, channel: str) -> list[Check]:
    """A check for each step; all steps are taken in order, once, by whichever check is carried out first.

    Args:
        settings: With the tokens that their mode needs.
        channel: Id of the channel to post in, or of the person to write to; empty takes the settings' first, or the
            first that the bot is in.
    """
    return checks_of("slack", STEPS, Trial(settings, channel).run)


class Trial:
    """One round with Slack."""

    def __init__(self, settings: SlackSettings, channel: str) -> None:
        self._settings = settings
        self._wanted = channel or next(iter(settings.channels), "")
        self._session: aiohttp.ClientSession
        self._client: AsyncWebClient
        self._granted: set[str] = set()
        self._channel = self._ts = self._file_id = ""

    async def run(self) -> dict[str, Finding]:
        """Take all steps that can be taken; what was found at each."""
        steps = (
            *(self._log_in, self._connect, self._compare, self._choose),
            *(self._post, self._edit, self._upload, self._delete),
        )
        token = self._settings.bot_token.get_secret_value()
        async with aiohttp.ClientSession() as self._session:
            self._client = AsyncWebClient(token, self._settings.api_base_url, session=self._session, retry_handlers=[])
            return await take("slack", STEPS, [partial(self._tried, step) for step in steps])

    async def _tried(self, step: Step) -> Finding:
        try:
            async with asyncio.timeout(STEP_S):
                return await step()
        except TROUBLE as error:
            return told(error, self._settings, connecting=step == self._connect)

    async def _log_in(self) -> Finding:
        found = await self._client.auth_test()
        if not found.get("bot_id"):
            return problem("the token is a person's, not a bot's", "Take the Bot User OAuth Token, xoxb-...")
        self._granted = {one.strip() for one in str(found.headers.get("X-OAuth-Scopes", "")).split(",")} - {""}
        return ok(f"Slack knows the token; the bot is {found['user']} in {found['team']}")

    async def _connect(self) -> Finding:
        if self._settings.listens:
            return ok("there is a signing secret; the app's page Event Subscriptions says 'Verified' once it is right")
        token: Any = self._settings.app_token.get_secret_value()
        await self._client.apps_connections_open(app_token=token)
        return ok("Slack knows the app-level token, and opens a connection (Socket Mode)")

    async def _compare(self) -> Finding:
        if missing := [scope for scope in SCOPES if scope not in self._granted | {AGENT}]:
            return lacks(", ".join(missing))
        more = sorted(self._granted - SCOPES.keys())
        less = "; it is no agent, so there are no suggestions and titles" * (AGENT not in self._granted)
        return ok("all that is needed is granted" + less + f"; not needed: {', '.join(more)}" * bool(more))

    async def _choose(self) -> Finding:
        wanted = self._wanted or await self._first()
        if not wanted:
            return problem("the bot is in no channel", f"{INVITE}; or {FIND_ID}")
        if not ID.fullmatch(wanted):
            return problem(f"'{wanted}' is no channel's id", FIND_ID)
        if wanted[0] in "UW":
            opened = await self._client.conversations_open(users=wanted)
            self._channel = str(opened["channel"]["id"])
            return ok(f"the test message goes to {wanted} directly")
        self._channel = wanted
        return ok(f"the test message goes to the channel {wanted}")

    async def _first(self) -> str:
        """A channel that the bot is in, a public one if there is any. Raises Stop where its token may not list them."""
        try:
            found = await self._client.users_conversations(limit=LISTED, exclude_archived=True, types=KINDS)
        except SlackApiError as error:
            if code_of(error) != "missing_scope":
                raise
            raise Stop(warning("no channel is named, and the token may not list the bot's", FIND_ID)) from error
        rooms = sorted(found["channels"], key=lambda one: bool(one.get("is_private")))
        return next((str(one["id"]) for one in rooms if one["id"] not in self._settings.channels_off), "")

    async def _post(self) -> Finding:
        sent = await self._client.chat_postMessage(channel=self._channel, text=POSTED, **QUIET)
        self._ts = str(sent["ts"])
        return ok("posted")

    async def _edit(self) -> Finding:
        await self._client.chat_update(channel=self._channel, ts=self._ts, text=CHANGED)
        return ok("changed")

    async def _upload(self) -> Finding:
        png = await asyncio.to_thread(noise)
        self._file_id = await upload(self._client, self._session, "limner-doctor.png", png, ALT_TEXT)
        known = await ready(self._client, self._file_id)
        blocks = [image(self._file_id, ALT_TEXT)]
        await self._client.chat_update(channel=self._channel, ts=self._ts, text=CHANGED, blocks=blocks)
        if known.get("size") != len(png):
            return problem(f"a picture of {size(len(png))} did not arrive whole", "Look at what stands between")
        return ok(f"a picture of {size(len(png))} arrived whole")

    async def _delete(self) -> Finding:
        await self._client.chat_delete(channel=self._channel, ts=self._ts)
        if self._file_id:
            await self._client.files_delete(file=self._file_id)
        return ok("taken away again")
