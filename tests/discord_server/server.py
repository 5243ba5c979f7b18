"""The server put together: REST, gateway and files on one port of this machine."""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import yarl
from aiohttp import web
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.discord_server import wire
from tests.discord_server.asked import Record
from tests.discord_server.clock import Clock
from tests.discord_server.commands import Commands
from tests.discord_server.faults import Faults
from tests.discord_server.front import door
from tests.discord_server.gateway import CONTENT, PRIVILEGED, Gateway
from tests.discord_server.interactions import Interactions
from tests.discord_server.limits import Limits
from tests.discord_server.person import Person
from tests.discord_server.routes import NAMES, ROUTES
from tests.discord_server.rules import local_links, pings
from tests.discord_server.state import Channel, Guild, Json, Message
from tests.discord_server.world import World

NONCE_LIFE_S = 300.0
INTENT_FLAGS = {CONTENT: 1 << 18, 1 << 1: 1 << 14, 1 << 8: 1 << 12}


class DiscordServer:
    """Discord, as far as a bot can tell.

    Attributes:
        problems: Every rule that the client broke, in words; a good client leaves it empty.
        requests: What was asked and how it was answered.
        deduplicated: How often a known nonce was met.
        shards: How many the client is advised to open.
        over: Set when the server ends.
    """

    def __init__(self) -> None:
        self.clock = Clock()
        self.world = World(self.clock)
        self.token = f"bot.{secrets.token_hex(8)}"
        self.problems: list[str] = []
        self.requests: list[Record] = []
        self.reactions: list[tuple[Message, str]] = []
        self.deduplicated = 0
        self.shards = 1
        self.url = ""
        self.over = asyncio.Event()
        self.faults, self.limits = Faults(NAMES), Limits(self.clock, NAMES)
        self.gateway = Gateway(self.world, self.token, self.problem)
        self.interactions = Interactions(self.world, self.gateway)
        self.commands = Commands(self.world)
        self.owner = self.world.user("owner")
        self.bot = self.world.bot
        self._runner = web.AppRunner(self.app(), access_log=None, shutdown_timeout=0.5)
        self._site: web.TCPSite

    @property
    def api_url(self) -> str:
        """What goes in the place of https://discord.com/api/v10."""
        return f"{self.url}/api/v10"

    @property
    def gateway_url(self) -> str:
        """What goes in the place of wss://gateway.discord.gg/."""
        return self.gateway.url

    @property
    def application_flags(self) -> int:
        return sum(flag for intent, flag in INTENT_FLAGS.items() if self.gateway.allowed & intent)

    def allow(self, intents: int = PRIVILEGED) -> None:
        """Let the application have these privileged intents."""
        self.gateway.allowed = intents
        self.world.content_intent = bool(intents & CONTENT)

    def problem(self, words: str) -> None:
        self.problems.append(words)

    def person(self, name: str = "ana", *, locale: str = "en-US", guild: Guild | None = None, **more: Any) -> Person:
        """Somebody, perhaps in a guild; `more` are a member's permissions and roles."""
        user = self.world.user(name, locale=locale)
        if guild:
            self.world.join(guild, user, **more)
        return Person(self, user)

    def guild(self, name: str = "studio", **more: Any) -> Guild:
        return self.world.guild(name, self.owner, **more)

    def channel(self, guild: Guild | None = None, name: str = "pictures", **more: Any) -> Channel:
        """A text channel; without a guild, in a new one."""
        return self.world.channel(guild or self.guild(), name, **more)

    def known(self, nonce: str) -> Message | None:
        """The bot's message of the last minutes with this nonce."""
        since = self.clock.now() - NONCE_LIFE_S
        for message in reversed(self.world.posts):
            if message.history[0].at < since:
                return None
            if message.nonce == nonce and not message.deleted_at:
                return message
        return None

    def look_at(self, message: Message, body: Json) -> None:
        """Record what Discord takes but a good bot never does: mass mentions, links that nobody can open."""
        found = pings(body.get("content") or "", body.get("allowed_mentions"), None)
        if found.everyone or found.roles:
            self.problem(f"message {message.id} mentions everybody")
        for link in local_links([body.get("content"), body.get("embeds"), body.get("components")], self.url):
            self.problem(f"message {message.id} links to {link[:80]}")

    def duplicates(self) -> list[Message]:
        """The bot's messages that say the same as an earlier one, in one place and to one end."""
        seen: dict[Any, list[Message]] = defaultdict(list)
        for message in self.world.posts:
            if not message.deleted_at and not message.loading:
                files = tuple((one.filename, one.data) for one in message.attachments)
                seen[message.channel.id, message.content, str(message.embeds), files].append(message)
        return [
            one
            for same in seen.values()
            for at, one in enumerate(same)
            if any(alike(one, other) for other in same[:at])
        ]

    async def until(self, true: Any) -> Any:
        """Wait until `true()` is; its value."""
        return await self.world.until(true)

    async def file(self, request: web.Request) -> web.Response:
        """A file, as long as its link lives."""
        found = self.world.files.get(request.match_info["file"])
        ends = request.query.get("ex", "0")
        fits = (
            found
            and request.query.get("hm") == wire.signature(found.id, ends)
            and found.filename == request.match_info["name"]
        )
        if not found or not fits or int(ends, 16) < self.clock.now():
            return web.Response(status=404, text="This content is no longer available.")
        return web.Response(body=found.data, content_type=found.content_type or "application/octet-stream")

    def app(self) -> web.Application:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        for method, path, handler in ROUTES:
            app.router.add_route(method, f"/api/v10{path}", door(self, method, path, handler))
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/{folder:attachments|ephemeral-attachments}/{of}/{file}/{name}", self.file)
        return app

    @asynccontextmanager
    async def away(self) -> AsyncIterator[None]:
        """Nobody answers at this address for a while, and all connections are cut."""
        await self._site.stop()
        self.cut()
        try:
            yield
        finally:
            self._site = web.TCPSite(self._runner, "127.0.0.1", yarl.URL(self.url).port, reuse_address=True)
            await self._site.start()

    def cut(self) -> None:
        """End every connection, of REST and of the gateway, without a word."""
        self.gateway.cut()
        for connection in list(self._runner.server.connections if self._runner.server else ()):
            if connection.transport:
                connection.transport.abort()

    async def start(self) -> None:
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await self._site.start()
        host, port = self._runner.addresses[0][:2]
        self.url, self.gateway.url = f"http://{host}:{port}", f"ws://{host}:{port}/gateway"

    async def stop(self) -> None:
        self.over.set()
        self.cut()
        await self._runner.cleanup()


def alike(one: Message, other: Message) -> bool:
    """Whether two messages that say the same answer the same request, as far as they tell."""
    causes = {
        message.cause.id if message.cause else (message.reference or {}).get("message_id") for message in (one, other)
    }
    return len(causes - {None}) < 2


@asynccontextmanager
async def discord_server() -> AsyncIterator[DiscordServer]:
    """A server on a free port of this machine."""
    server = DiscordServer()
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


@contextmanager
def pointed_at(server: DiscordServer) -> Iterator[None]:
    """discord.py speaks to this server in place of Discord: the two places where it knows Discord's address."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = server.api_url, yarl.URL(server.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
