"""The server put together: Web API, Socket Mode, response_url and files on one port of this machine."""

import asyncio
import json
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web
from yarl import URL

from tests.discord_server.clock import Clock
from tests.discord_server.faults import Faults
from tests.slack_server import chat, files, places, surfaces
from tests.slack_server.delivery import Deliveries, Delivery
from tests.slack_server.endpoint import Endpoint
from tests.slack_server.front import Record, door, web_api
from tests.slack_server.interactions import Interactions
from tests.slack_server.limits import Limits
from tests.slack_server.person import Person
from tests.slack_server.socket import SocketMode
from tests.slack_server.state import PLURAL, Channel, File, Json, Message
from tests.slack_server.views import Views
from tests.slack_server.world import World

METHODS = {**chat.METHODS, **files.METHODS, **places.METHODS, **surfaces.METHODS}
SCOPES = frozenset(
    "app_mentions:read assistant:write channels:history channels:read chat:write commands files:read files:write "
    "groups:history groups:read im:history im:read im:write mpim:history mpim:read mpim:write reactions:read "
    "reactions:write team:read users:read".split()
)
NEEDS = {"app_mention": "app_mentions:read", "reaction_added": "reactions:read"}


class SlackServer:
    """Slack, as far as an application can tell: one workspace, and those that are put beside it.

    Attributes:
        problems: Every rule that the client broke, in words; a good client leaves it empty.
        requests: What was asked of the Web API and how it was answered.
        scopes: What the bot token may do.
        commands, shortcuts, subscribed: What the manifest names; None lets everything through.
        agent_view: Whether the application is an agent of the new kind.
        revoked: Why the token is void, if it is.
        redirects: Where the manifest lets browsers be sent after consent; None lets everything through.
        all: All workspaces at this address.
        over: Set when the server ends.
    """

    def __init__(self, number: int = 1) -> None:
        self.clock = Clock()
        self.world = World(self.clock, number)
        self.all = [self]
        self.bot = self.world.bot
        self.token, self.app_token = f"xoxb-{secrets.token_hex(8)}", f"xapp-{secrets.token_hex(8)}"
        self.client_id, self.client_secret = "11.22", secrets.token_hex(8)
        self.codes: dict[str, Any] = {}
        self.problems: list[str] = []
        self.requests: list[Record] = []
        self.acked: set[str] = set()
        self.scopes = set(SCOPES)
        self.commands: set[str] | None = None
        self.shortcuts: set[str] | None = None
        self.subscribed: set[str] | None = None
        self.redirects: list[str] | None = None
        self.agent_view, self.revoked, self.url = True, "", ""
        self.over = asyncio.Event()
        self.faults, self.limits = Faults([*METHODS, "upload", "download", "response_url"]), Limits(self.clock)
        self.socket = SocketMode(self)
        self.deliveries = Deliveries(self)
        self.interactions = Interactions(self)
        self.views = Views(self.world, self.interactions)
        self.world.tell = self.tell
        self._tasks: set[asyncio.Task[None]] = set()
        self._runner = web.AppRunner(self.app(), access_log=None, shutdown_timeout=0.5)
        self._site: web.TCPSite
        self._http: aiohttp.ClientSession

    @property
    def api_url(self) -> str:
        """What goes in the place of https://slack.com/api/."""
        return f"{self.url}/api/"

    def problem(self, words: str) -> None:
        self.problems.append(words)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def socket_mode(self) -> None:
        """Tell the application by Socket Mode; so it is from the start."""
        self.deliveries.transport = self.socket

    def events_to(self, url: str, signing_secret: str) -> Endpoint:
        """Tell the application by requests to its address."""
        endpoint = Endpoint(self, url, signing_secret, self._http)
        self.deliveries.transport = endpoint
        return endpoint

    def install(self, manifest: Json) -> None:
        """Take scopes, commands, shortcuts and events from an app manifest, so that nothing else works."""
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        self.scopes = set(manifest["oauth_config"]["scopes"]["bot"])
        self.commands = {one["command"] for one in features.get("slash_commands", [])}
        self.shortcuts = {one["callback_id"] for one in features.get("shortcuts", [])}
        self.subscribed = set(settings.get("event_subscriptions", {}).get("bot_events", []))
        self.agent_view = "agent_view" in features
        self.redirects = manifest["oauth_config"].get("redirect_urls", [])

    def beside(self) -> "SlackServer":
        """Another workspace at this address, where the same application can be installed."""
        made = SlackServer(len(self.all) + 1)
        made.all, made.codes, made.url, made._http = self.all, self.codes, self.url, self._http
        made.client_secret, made.world.files_url = self.client_secret, self.url
        self.all.append(made)
        return made

    def whose(self, request: web.Request) -> "SlackServer":
        """The workspace that a request is about: the one that its path names, or that its token is for."""
        place = request.match_info.get("team") or request.match_info.get("file")
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        for one in self.all:
            if (place == one.world.team or place in one.world.files) if place else token == one.token:
                return one
        return self

    def person(self, name: str = "ana", *, locale: str = "en-US") -> Person:
        """Somebody of the workspace, who is in all its channels."""
        user = self.world.user(name, locale=locale)
        for channel in self.world.channels.values():
            if channel.kind in ("channel", "group"):
                channel.members.append(user)
        return Person(self, user)

    def channel(self, name: str = "pictures", *, bot: bool = True, private: bool = False) -> Channel:
        """A channel with everybody in it, the bot unless it isn't."""
        people = [one for one in self.world.users.values() if one is not self.bot or bot]
        return self.world.channel(name, "group" if private else "channel", people)

    def direct(self, *people: Person) -> Channel:
        """The direct messages of people without the bot, where only response_url works."""
        return self.world.im(*(one.user for one in people))

    def invite(self, channel: Channel) -> None:
        """Bring the bot into a channel."""
        channel.members.append(self.bot)
        event = {"type": "member_joined_channel", "user": self.bot.id, "channel": channel.id, "team": self.world.team}
        self.tell({**event, "channel_type": "C", "event_ts": self.world.ts()}, channel)

    def kick(self, channel: Channel) -> None:
        channel.members.remove(self.bot)
        self.tell({"type": "channel_left", "channel": channel.id, "event_ts": self.world.ts()}, None)

    def uninstall(self) -> None:
        """Remove the application from the workspace: its token is void."""
        self.tell({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.bot.id]}}, None)
        self.tell({"type": "app_uninstalled"}, None)
        self.revoked = "account_inactive"

    def code(self, person: Person, redirect_uri: str = "") -> str:
        """What Slack hands to the redirect address when somebody has installed the application."""
        made = secrets.token_hex(8)
        self.codes[made] = self, person.user, redirect_uri
        return made

    def tell(self, inner: Json, channel: Channel | None) -> Delivery | None:
        """An event, if the application is there, has subscribed to it and has the scope."""
        kind = inner["type"]
        name, scope = kind, NEEDS.get(kind, "")
        if kind == "message" and channel:
            name, scope = f"message.{PLURAL[channel.kind]}", f"{PLURAL[channel.kind]}:history"
        there = channel is None or self.bot in channel.members
        wanted = self.subscribed is None or name in self.subscribed
        if self.revoked or not there or not wanted or (scope and scope not in self.scopes):
            return None
        return self.deliveries.tell(inner)

    def again(self, one: Delivery) -> Delivery:
        """The same event a second time, as when its acknowledgement was lost."""
        return self.deliveries.tell_again(one.payload)

    def told(self, kind: str) -> list[Delivery]:
        """All deliveries of an event's or a payload's type, or of a command."""
        found = ((one, one.payload.get("event", one.payload)) for one in self.deliveries.all)
        return [one for one, inside in found if kind in (inside.get("type"), inside.get("command"))]

    def duplicates(self) -> list[Message]:
        """The bot's messages that say the same as an earlier one, in one place and to one end."""
        seen: dict[Any, list[Message]] = defaultdict(list)
        for one in self.world.posts:
            if not one.deleted_at:
                shown = tuple((each.name, each.data) for each in one.pictures)
                blocks = json.dumps([{**block, "slack_file": None} for block in one.blocks], sort_keys=True)
                seen[one.channel.id, one.thread_ts, one.only_for, one.text, blocks, shown].append(one)
        return [
            one
            for same in seen.values()
            for at, one in enumerate(same)
            if any(one.metadata == other.metadata and one.cause is other.cause for other in same[:at])
        ]

    def orphans(self) -> list[File]:
        """The bot's uploads that nobody can see: neither shared, nor shown, nor deleted."""
        shown = {file.id for one in self.world.posts if not one.deleted_at for file in one.pictures}
        mine = [one for one in self.world.files.values() if one.user is self.bot and one.data is not None]
        return [one for one in mine if not one.deleted and not one.shares and one.id not in shown]

    async def until(self, true: Callable[[], Any]) -> Any:
        return await self.world.until(true)

    async def settled(self) -> None:
        """Wait until the application has acknowledged all that it was told."""
        await self.until(lambda: self.deliveries.idle)

    def app(self) -> web.Application:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/api/{method}", door(self, web_api(METHODS)))
        app.router.add_get("/link/", self.socket.serve)
        app.router.add_post(
            "/actions/{team}/{key}",
            door(self, lambda there, came: there.interactions.respond(there, came), "response_url"),
        )
        app.router.add_post("/upload/v1/{file}", door(self, files.upload, "upload"))
        app.router.add_get("/files-pri/{team}/{file}/{name}", door(self, files.download, "download"))
        return app

    @asynccontextmanager
    async def away(self) -> AsyncIterator[None]:
        """Nobody answers at this address for a while, and all connections are cut."""
        await self._site.stop()
        self.cut()
        try:
            yield
        finally:
            self._site = web.TCPSite(self._runner, "127.0.0.1", URL(self.url).port, reuse_address=True)
            await self._site.start()

    def cut(self) -> None:
        self.socket.cut()
        for connection in list(self._runner.server.connections if self._runner.server else ()):
            if connection.transport:
                connection.transport.abort()

    async def start(self) -> None:
        self._http = aiohttp.ClientSession()
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await self._site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = self.world.files_url = f"http://{host}:{port}"

    async def stop(self) -> None:
        self.over.set()
        tasks = [task for one in self.all for task in one._tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.cut()
        await self._http.close()
        await self._runner.cleanup()


@asynccontextmanager
async def slack_server() -> AsyncIterator[SlackServer]:
    """A server on a free port of this machine."""
    server = SlackServer()
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
