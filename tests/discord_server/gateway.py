"""The gateway: sessions, what they are told, and what becomes of them when a connection goes."""

import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.discord_server import wire
from tests.discord_server.socket import Close, Socket
from tests.discord_server.state import Channel, Json
from tests.discord_server.world import World

GUILDS, MEMBERS, PRESENCES, GUILD_MESSAGES, DIRECT_MESSAGES, CONTENT = 1 << 0, 1 << 1, 1 << 8, 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = MEMBERS | PRESENCES | CONTENT
KNOWN_INTENTS = sum(1 << bit for bit in (*range(17), 20, 21, 24, 25))
REMEMBERED = 2000  # events that a session can be told again
MESSAGE_EVENTS = {"MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"}
DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME, RECONNECT, MEMBERS_WANTED, INVALID, HELLO, ACK = (
    0,
    1,
    2,
    3,
    4,
    6,
    7,
    8,
    9,
    10,
    11,
)


@dataclass(eq=False)
class Session:
    """One identified client: what it hears, and all it was told, for when it resumes."""

    id: str
    shard: tuple[int, int]
    intents: int
    socket: Socket | None
    sequence: int = 0
    told: deque[Json] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    left_at: float = 0.0
    resumed: int = 0

    def hears(self, event: str, channel: Channel | None, guild_id: str | None) -> bool:
        """Whether an event is for this shard and these intents."""
        at = (int(guild_id) >> 22) % self.shard[1] if guild_id else 0
        if at != self.shard[0]:
            return False
        if event in MESSAGE_EVENTS and channel:
            return bool(self.intents & (GUILD_MESSAGES if channel.guild else DIRECT_MESSAGES))
        return event == "INTERACTION_CREATE" or bool(self.intents & GUILDS)


class Gateway:
    """All sessions.

    Attributes:
        token: The bot's.
        allowed: Privileged intents that the application has.
        heartbeat_s: What HELLO asks for.
        answers_heartbeats: False makes a zombie of every connection.
        refuse_resume: The next so many attempts to resume are told that the session is invalid.
        identifies: How many sessions were begun; `resumes`: how many went on.
    """

    def __init__(self, world: World, token: str, problem: Callable[[str], None]) -> None:
        self.world, self.token, self.problem = world, token, problem
        self.url = ""
        self.allowed = 0
        self.heartbeat_s = 41.25
        self.resumable_s = 120.0
        self.answers_heartbeats = True
        self.refuse_resume = 0
        self.sessions: list[Session] = []
        self.sockets: set[Socket] = set()
        self.identifies = self.resumes = 0
        self.closed_with: list[int] = []
        world.say = self.say

    @property
    def live(self) -> list[Session]:
        """Sessions with a connection."""
        return [one for one in self.sessions if one.socket]

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, from HELLO to its end."""
        socket = Socket(request, self.heartbeat_s)
        await socket.open()
        self.sockets.add(socket)
        try:
            await self._talk(socket)
        finally:
            self.sockets.discard(socket)
            for session in self.sessions:
                if session.socket is socket:
                    session.socket, session.left_at = None, self.world.clock.now()
            self.world.changed()
        return socket.web

    async def _talk(self, socket: Socket) -> None:
        socket.send({"op": HELLO, "d": {"heartbeat_interval": int(self.heartbeat_s * 1000)}, "s": None, "t": None})
        session: Session | None = None
        try:
            async for frame in socket.frames():
                session = await self._hear(socket, session, frame["op"], frame.get("d"))
        except Close as end:
            if end.problem:
                self.problem(end.problem)
            self.closed_with.append(end.code)
            await socket.close(end.code)
        except (ConnectionError, RuntimeError):
            return

    async def _hear(self, socket: Socket, session: Session | None, op: int, data: Any) -> Session | None:
        if op == HEARTBEAT:
            if self.answers_heartbeats:
                socket.send({"op": ACK, "d": None, "s": None, "t": None})
            return session
        if op in (IDENTIFY, RESUME):
            if session:
                raise Close(4005, "identified twice on one connection")
            return self._identify(socket, data) if op == IDENTIFY else await self._resume(socket, data)
        if session is None:
            raise Close(4003, "spoke before it identified itself")
        if op not in (PRESENCE, VOICE, MEMBERS_WANTED):
            raise Close(4001, f"opcode {op} is none of a client's")
        if op == MEMBERS_WANTED:
            self._members(session, data)
        return session

    def _identify(self, socket: Socket, data: Json) -> Session:
        if data.get("token") != self.token:
            raise Close(4004)
        intents, shard = int(data["intents"]), tuple(data.get("shard") or (0, 1))
        if intents & ~KNOWN_INTENTS:
            raise Close(4013)
        if intents & PRIVILEGED & ~self.allowed:
            raise Close(4014)
        if len(shard) != 2 or not 0 <= shard[0] < shard[1]:
            raise Close(4010)
        self.identifies += 1
        session = Session(secrets.token_hex(16), (shard[0], shard[1]), intents, socket)
        self.sessions.append(session)
        here = [
            one
            for one in self.world.guilds.values()
            if self.world.bot.id in one.members and session.hears("GUILD_CREATE", None, one.id)
        ]
        ready: Json = {
            "v": 10,
            "user": wire.user(self.world.bot),
            "session_id": session.id,
            "resume_gateway_url": self.url,
        }
        ready |= {
            "guilds": [{"id": one.id, "unavailable": True} for one in here],
            "shard": list(shard),
            "private_channels": [],
        }
        self._tell(session, "READY", ready | {"application": {"id": self.world.bot.id, "flags": 0}})
        for guild in here:
            self._tell(session, "GUILD_CREATE", wire.guild(guild))
        self.world.changed()
        return session

    async def _resume(self, socket: Socket, data: Json) -> Session | None:
        if data.get("token") != self.token:
            raise Close(4004)
        found = next((one for one in self.sessions if one.id == data["session_id"]), None)
        forgotten = found and found.told and found.told[0]["s"] > (data["seq"] or 0) + 1
        expired = found and not found.socket and found.left_at + self.resumable_s < self.world.clock.now()
        if self.refuse_resume or not found or expired or forgotten:
            self.refuse_resume = max(0, self.refuse_resume - 1)
            self.sessions = [one for one in self.sessions if one is not found]
            socket.send({"op": INVALID, "d": False, "s": None, "t": None})
            return None
        if data["seq"] is None or data["seq"] > found.sequence:
            raise Close(4007, f"resumed at {data['seq']} of {found.sequence}")
        if found.socket:
            await found.socket.close(4000)
        found.socket = socket
        for event in found.told:
            if event["s"] > data["seq"]:
                socket.send(event)
        self.resumes, found.resumed = self.resumes + 1, found.resumed + 1
        self._tell(found, "RESUMED", {})
        self.world.changed()
        return found

    def _members(self, session: Session, data: Json) -> None:
        guild = self.world.guilds[str(data["guild_id"])]
        wanted = {str(one) for one in data.get("user_ids") or []}
        found = [
            wire.member(one)
            for one in guild.members.values()
            if one.user.id in wanted or (not wanted and one.user.name.startswith(data.get("query") or ""))
        ]
        self._tell(
            session,
            "GUILD_MEMBERS_CHUNK",
            {
                "guild_id": guild.id,
                "members": found,
                "chunk_index": 0,
                "chunk_count": 1,
                "not_found": [],
                "nonce": data.get("nonce"),
            },
        )

    def _tell(self, session: Session, event: str, data: Json) -> None:
        session.sequence += 1
        session.told.append({"op": DISPATCH, "t": event, "s": session.sequence, "d": data})
        if session.socket:
            session.socket.send(session.told[-1])

    def say(self, event: str, thing: Any, channel: Channel) -> None:
        """Tell all sessions that hear of it what happened in a channel."""
        if not self.world.bot_may(channel) and self.world.bot_may(channel) is not None:
            return
        self.dispatch(event, self._data(event, thing), channel, channel.guild.id if channel.guild else None)

    def _data(self, event: str, thing: Any) -> Json:
        if event == "THREAD_CREATE":
            return wire.channel(thing) | {"newly_created": True}
        place = {"guild_id": thing.channel.guild.id} if thing.channel.guild else {"channel_type": thing.channel.type}
        if event == "MESSAGE_DELETE":
            return {"id": thing.id, "channel_id": thing.channel.id, **place}
        data = wire.message(thing, self.world_url, self.world.clock.now(), readable=self.world.readable(thing)) | place
        member = thing.channel.guild.members.get(thing.author.id) if thing.channel.guild else None
        return data | ({"member": wire.member(member, inside=False)} if member else {})

    @property
    def world_url(self) -> str:
        return self.url.replace("ws://", "http://").removesuffix("/gateway")

    def dispatch(self, event: str, data: Json, channel: Channel | None, guild_id: str | None) -> list[Session]:
        """Queue an event for every session that hears of it; those sessions."""
        now = self.world.clock.now()
        self.sessions = [one for one in self.sessions if one.socket or one.left_at + self.resumable_s >= now]
        heard = [one for one in self.sessions if one.hears(event, channel, guild_id)]
        for session in heard:
            self._tell(session, event, data)
        return heard

    def cut(self) -> None:
        """Every connection ends without a word."""
        for socket in list(self.sockets):
            socket.abort()

    async def close(self, code: int) -> None:
        """Every connection ends with this code."""
        for socket in list(self.sockets):
            await socket.close(code)

    def reconnect(self) -> None:
        """Everybody is asked to reconnect and resume."""
        for session in self.live:
            if session.socket:
                session.socket.send({"op": RECONNECT, "d": None, "s": None, "t": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        """Every session is told that it is invalid; forgotten, unless it may be resumed."""
        for session in self.live:
            if session.socket:
                session.socket.send({"op": INVALID, "d": resumable, "s": None, "t": None})
        if not resumable:
            self.sessions = []

    async def ready(self, count: int = 1) -> None:
        """Wait until so many sessions are connected."""
        await self.world.until(lambda: len(self.live) >= count)
