"""The application's own HTTP address: signed requests, as Slack sends them when Socket Mode is off."""

import hashlib
import hmac
import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from tests.slack_server.delivery import COMMAND, EVENTS, Delivery
from tests.slack_server.state import Json

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer

LATER = 503  # an application that is going away may say so, and is told again


class Endpoint:
    """Requests to one address."""

    live = True

    def __init__(self, server: "SlackServer", url: str, signing_secret: str, http: aiohttp.ClientSession) -> None:
        self.server, self.url, self.signing_secret, self.http = server, url, signing_secret, http

    def headers(self, body: str, *, age_s: float = 0.0, secret: str | None = None) -> dict[str, str]:
        """The signature over time and body; by real time, for the application looks at its own clock."""
        at = str(int(time.time() - age_s))
        key = (self.signing_secret if secret is None else secret).encode()
        signature = hmac.new(key, f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={signature}"}

    async def send(self, one: Delivery) -> str:
        body, kind = encoded(one)
        headers = {**self.headers(body), "Content-Type": kind}
        if one.results:
            headers |= {"X-Slack-Retry-Num": str(len(one.results)), "X-Slack-Retry-Reason": one.results[-1]}
        try:
            async with self.http.post(self.url, data=body.encode(), headers=headers) as answer:
                said = await answer.text()
        except aiohttp.ClientError:
            return "connection_failed"
        if answer.status == 200:
            one.answer = parsed(said)
            return ""
        if answer.status != LATER:
            self.server.problem(f"answered {answer.status} to {one.what}")
        one.final = answer.headers.get("X-Slack-No-Retry") == "1"
        return "http_error"

    async def forged(self, payload: Json, *, age_s: float = 0.0, secret: str | None = None) -> int:
        """The status that a request gets that is old, or signed by somebody else."""
        body = json.dumps(payload)
        headers = {**self.headers(body, age_s=age_s, secret=secret), "Content-Type": "application/json"}
        async with self.http.post(self.url, data=body.encode(), headers=headers) as answer:
            return answer.status

    async def verified(self) -> bool:
        """Whether the address answers Slack's challenge, without which it can't be entered in the app's settings."""
        body = json.dumps({"token": "verification", "challenge": "3eZbrw1aB", "type": "url_verification"})
        headers = {**self.headers(body), "Content-Type": "application/json"}
        async with self.http.post(self.url, data=body.encode(), headers=headers) as answer:
            return answer.status == 200 and "3eZbrw1aB" in await answer.text()


def encoded(one: Delivery) -> tuple[str, str]:
    if one.kind == EVENTS:
        return json.dumps(one.payload), "application/json"
    form = one.payload if one.kind == COMMAND else {"payload": json.dumps(one.payload)}
    return urlencode(form), "application/x-www-form-urlencoded"


def parsed(said: str) -> Any:
    if not said:
        return None
    try:
        return json.loads(said)
    except ValueError:
        return {"text": said}
