"""The unmodified slack-bolt as a small bot, by Socket Mode and by HTTP, and raw requests that break rules."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack_server import SlackServer
from tests.slack_server.endpoint import Endpoint
from tests.slack_server.state import File, Json

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)
SECRET = "signing-secret"


def bolt(server: SlackServer) -> AsyncApp:
    """Bolt's own app, which tries nothing a second time."""
    client = AsyncWebClient(token=server.token, base_url=server.api_url, retry_handlers=[])
    return AsyncApp(client=client, signing_secret=SECRET)


@asynccontextmanager
async def by_socket(server: SlackServer, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    """The app, connected by Socket Mode."""
    handler = AsyncSocketModeHandler(app, server.app_token, ping_interval=0.5)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        await server.socket.connected()
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def by_http(server: SlackServer, app: AsyncApp) -> AsyncIterator[Endpoint]:
    """The app behind Bolt's own web server."""
    runner = web.AppRunner(app.web_app(), access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield server.events_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events", SECRET)
    finally:
        await runner.cleanup()


class Raw:
    """Calls in the bot's name, whatever they say."""

    def __init__(self, server: SlackServer, http: httpx.AsyncClient) -> None:
        self.server, self.http = server, http

    async def __call__(self, method: str, **args: Any) -> Json:
        """One call; its answer."""
        return dict((await self.http.post(method, json=args)).json())

    async def refused(self, error: str, words: str, method: str, **args: Any) -> Json:
        """A call that gets an error, and the broken rule on record."""
        answer = await self(method, **args)
        assert (answer["ok"], answer.get("error")) == (False, error), answer
        assert [words in problem for problem in self.server.problems] == [True], self.server.problems
        self.server.problems.clear()
        return answer

    async def good(self, method: str, **args: Any) -> Json:
        """A call that breaks no rule."""
        answer = await self(method, **args)
        assert (answer["ok"], self.server.problems) == (True, []), (answer, self.server.problems)
        return answer

    async def uploaded(self, data: bytes = PNG, length: int | None = None, **more: Any) -> File:
        """A file whose bytes have come, and which is not complete yet."""
        where = await self("files.getUploadURLExternal", filename="cat.png", length=length or len(data), **more)
        await self.http.post(where["upload_url"], content=data)
        return self.server.world.files[where["file_id"]]

    async def complete(self, **where: Any) -> File:
        """A file that can be shown."""
        one = await self.uploaded()
        await self.good("files.completeUploadExternal", files=[{"id": one.id, "title": "a cat"}], **where)
        self.server.clock.move(1)
        return one


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str = "a cat", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(text: str = "Again", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": "again", "value": "1", **more}


def actions(*inside: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(inside), **more}


def image(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://example.org/cat.png", "alt_text": "a cat", **more}


def select(**more: Any) -> Json:
    options = [{"text": plain(name), "value": name} for name in ("ink", "oil")]
    return {"type": "static_select", "action_id": "style", "options": options, "placeholder": plain("Style"), **more}


def field(label: str = "Prompt", **more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "text", **more}
    return {"type": "input", "block_id": label.lower(), "label": plain(label), "element": element}


def modal(*blocks: Json, **more: Any) -> Json:
    made = {"type": "modal", "callback_id": "edit", "title": plain("Edit"), "submit": plain("Paint")}
    return {**made, "blocks": list(blocks or [field()]), **more}
