"""Slack's and its connection's errors, as Limner's own; and calls that are made again."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.errors import DeliveryError

Call = Callable[[], Awaitable[Any]]
TRIES = 4
FIRST_DELAY_S = 0.25
LONGEST_WAIT_S = 30.0
# The message, the channel or the way there is gone, or closed to the bot.
GONE = frozenset(
    "message_not_found channel_not_found not_in_channel is_archived cant_update_message edit_window_closed "
    "thread_not_found user_not_found cannot_dm_bot user_disabled no_permission restricted_action".split()
)
BROKEN = frozenset("internal_error fatal_error service_unavailable request_timeout".split())
# The token is void or can't do that: what an administrator puts right.
VOID = frozenset(
    "account_inactive invalid_auth missing_scope not_authed org_login_required token_expired token_revoked".split()
)
PASSING = (aiohttp.ClientError, OSError, TimeoutError)


async def tried(call: Call) -> Any:
    """What a call gives; it is made again after a cut connection, so it must do no harm twice.

    Raises:
        DeliveryError: Slack is not to be had for now.
        SlackApiError: It does not want the call as it stands.
    """
    delay_s = FIRST_DELAY_S
    for attempt in range(1, TRIES + 1):
        try:
            return await call()
        except (*PASSING, SlackApiError) as error:
            wait_s = waits_s(error, delay_s)
            if attempt == TRIES or wait_s > LONGEST_WAIT_S:
                raise DeliveryError(f"Slack does not answer ({type(error).__name__})") from error
            await asyncio.sleep(wait_s)
            delay_s *= 2
    raise AssertionError


def waits_s(error: Exception, delay_s: float) -> float:
    """Seconds after which a failed call may be made again. Raises the error itself where never."""
    if isinstance(error, SlackApiError):
        status, broken = error.response.status_code, code_of(error) in BROKEN
    else:
        status, broken = getattr(error, "status", 0), not isinstance(error, aiohttp.ClientResponseError)
    if status == 429 or status >= 500 or broken or (isinstance(error, SlackApiError) and is_limited(error)):
        return retry_after_s(error) or delay_s
    raise error


def is_limited(error: SlackApiError) -> bool:
    """Whether the call came too early, and did nothing."""
    return bool(error.response.status_code == 429 or code_of(error) == "ratelimited")


def retry_after_s(error: Exception) -> float:
    """What Slack says how long to wait; 0 where it says nothing."""
    headers = error.response.headers if isinstance(error, SlackApiError) else getattr(error, "headers", None)
    text = str((headers or {}).get("Retry-After", ""))
    return float(text) if text.isdecimal() else 0.0


def code_of(error: SlackApiError) -> str:
    """Slack's own word for what was wrong."""
    return str(error.response.get("error", "")) if error.response is not None else ""


def refused(error: SlackApiError) -> DeliveryError:
    """A reply that Slack does not take, and never will unless it is the token that it does not take."""
    return DeliveryError(f"Slack refuses the answer: {code_of(error)}", lasting=code_of(error) not in VOID)
