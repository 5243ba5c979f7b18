"""The unmodified discord.py as a small bot, and raw requests that break rules."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import discord
import httpx
from discord import app_commands

from tests.discord_server import DiscordServer, pointed_at
from tests.discord_server.interactions import Interaction
from tests.discord_server.state import Json

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)
ALL = [0, 1, 2]


class Bot(discord.Client):
    """discord.py's own client with a command tree, which is ready as soon as its guilds are there."""

    def __init__(self, intents: discord.Intents | None = None, **more: Any) -> None:
        more = {"guild_ready_timeout": 0.02} | more
        super().__init__(intents=intents or discord.Intents.default(), **more)
        self.tree = app_commands.CommandTree(self)


@asynccontextmanager
async def running(
    client: discord.Client, server: DiscordServer, shards: int = 1, token: str = ""
) -> AsyncIterator[None]:
    """The client, logged in and ready."""
    with pointed_at(server):
        task = asyncio.create_task(client.start(token or server.token))
        try:
            async with asyncio.timeout(60):
                connected = asyncio.create_task(server.gateway.ready(shards))
                await asyncio.wait((connected, task), return_when=asyncio.FIRST_COMPLETED)
                if task.done():
                    connected.cancel()
                    await task
                await client.wait_until_ready()
            yield
        finally:
            await client.close()
            with suppress(asyncio.CancelledError):
                await task


class Raw:
    """Requests in the bot's name, and interactions without a gateway in between."""

    def __init__(self, server: DiscordServer, http: httpx.AsyncClient) -> None:
        self.server, self.http = server, http

    async def __call__(
        self, method: str, path: str, body: Any = None, files: list[bytes] | None = None
    ) -> httpx.Response:
        """One request; `files` become a multipart form."""
        if files is None:
            return await self.http.request(method, path, json=body)
        form = {f"files[{number}]": (f"{number}.png", data) for number, data in enumerate(files)}
        return await self.http.request(method, path, data={"payload_json": json.dumps(body)}, files=form)

    async def refused(self, answer: httpx.Response, status: int, code: int, words: str) -> None:
        """Discord's error, and the broken rule on record."""
        assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
        assert [words in problem for problem in self.server.problems] == [True], self.server.problems

    def asked(self, kind: int = 2, **more: Any) -> Interaction:
        """An interaction as if a person had just used something, which nobody waits for."""
        person = more.pop("person", None) or self.server.person(guild=(guild := self.server.guild()))
        channel = more.pop("channel", None) or self.server.channel(guild)
        return self.server.interactions.begin(person.user, channel, kind, more.pop("data", {"type": 1}), **more)

    async def answer(
        self, one: Interaction, kind: int, files: list[bytes] | None = None, **data: Any
    ) -> httpx.Response:
        """A first response."""
        return await self("POST", f"/interactions/{one.id}/{one.token}/callback", {"type": kind, "data": data}, files)

    def hook(self, one: Interaction, message: str = "") -> str:
        """The path of an interaction's follow-ups, or of one message of it."""
        return f"/webhooks/{self.server.bot.id}/{one.token}" + (f"/messages/{message}" if message else "")


def button(number: int = 0, **more: Any) -> Json:
    return {"type": 2, "style": 1, "label": "again", "custom_id": f"again:{number}"} | more


def row(*inside: Json) -> Json:
    return {"type": 1, "components": list(inside)}


def select(count: int = 2, **more: Any) -> Json:
    made = [{"label": f"style {number}", "value": str(number)} for number in range(count)]
    return {"type": 3, "custom_id": "style", "options": made} | more


def modal(inputs: int = 1, **more: Any) -> Json:
    inside = [
        {"type": 18, "label": "Prompt", "component": {"type": 4, "style": 1, "custom_id": f"field{number}"}}
        for number in range(inputs)
    ]
    return {"title": "Edit the prompt", "custom_id": "edit", "components": inside} | more


def command(**more: Any) -> Json:
    return {"name": "imagine", "description": "Paint a picture", "type": 1} | more


def option(**more: Any) -> Json:
    return {"name": "prompt", "description": "What to paint", "type": 3} | more
