"""How the application is told: each thing within 3 s, and events again at once, after 1 and after 5 minutes."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from tests.slack_server import wire
from tests.slack_server.state import Json

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer

EVENTS, COMMAND, INTERACTIVE = "events_api", "slash_commands", "interactive"
AGAIN_S = (0.0, 60.0, 300.0)


@dataclass(eq=False)
class Delivery:
    """One thing that the application is told.

    Attributes:
        results: How each attempt ended: with an acknowledgement (an empty text), or why not, as Slack words it.
        acked_at: When the application said that it has it.
        answer: What it said with that.
        final: Whether it asked not to be told again.
    """

    kind: str
    payload: Json
    at: float
    results: list[str] = field(default_factory=list)
    acked_at: float | None = None
    answer: Any = None
    final: bool = False

    @property
    def what(self) -> str:
        inside = self.payload.get("event", self.payload)
        parts = [inside.get("command") or inside.get("type"), inside.get("subtype"), inside.get("callback_id")]
        parts += [one.get("action_id") for one in inside.get("actions") or ()]
        return " ".join(filter(None, parts))


class Transport(Protocol):
    """A way to the application; it gives why it didn't get there, or nothing."""

    @property
    def live(self) -> bool:
        """Whether the application can't plead that it never heard."""

    async def send(self, one: Delivery) -> str:
        """Tell it, and wait for its acknowledgement."""


class Deliveries:
    """All that was and is to be told.

    Attributes:
        deadline_s: For an acknowledgement.
        lost_acks: How many of the next acknowledgements don't arrive.
    """

    def __init__(self, server: "SlackServer") -> None:
        self.server = server
        self.deadline_s = 3.0
        self.lost_acks = 0
        self.all: list[Delivery] = []
        self.pending: set[Delivery] = set()
        self.transport: Transport = server.socket

    async def ask(self, kind: str, payload: Json) -> Delivery:
        """One attempt, as for a command: a person waits for it."""
        one = self._new(kind, payload)
        await self._attempt(one)
        return one

    def tell(self, inner: Json) -> Delivery:
        """An event, which is sent until it is acknowledged or three more attempts have failed."""
        return self.tell_again(wire.event(inner, self.server.world))

    def tell_again(self, payload: Json) -> Delivery:
        """An event in its wrapper, perhaps one that was told before."""
        one = self._new(EVENTS, payload)
        self.server.spawn(self._until_acked(one))
        return one

    def _new(self, kind: str, payload: Json) -> Delivery:
        one = Delivery(kind, payload, self.server.clock.now())
        self.all.append(one)
        self.pending.add(one)
        return one

    async def _until_acked(self, one: Delivery) -> None:
        await self._attempt(one)
        for wait_s in AGAIN_S:
            if one.acked_at is not None or one.final:
                return
            await self.server.clock.until(self.server.clock.now() + wait_s)
            await self._attempt(one)

    async def _attempt(self, one: Delivery) -> None:
        clock, live = self.server.clock, self.transport.live
        sending = asyncio.create_task(self.transport.send(one))
        over = asyncio.create_task(clock.until(clock.now() + self.deadline_s))
        await asyncio.wait((sending, over), return_when=asyncio.FIRST_COMPLETED)
        result = sending.result() if sending.done() else "http_timeout"
        for task in (sending, over):
            task.cancel()
        await asyncio.wait((sending, over))
        if not result and self.lost_acks:
            self.lost_acks, result = self.lost_acks - 1, "http_timeout"
        elif result == "http_timeout" and live:
            self.server.problem(f"no ack within {self.deadline_s} s to {one.what}")
        one.results.append(result)
        if not result:
            one.acked_at = clock.now()
            self.pending.discard(one)
        self.server.world.changed()

    @property
    def idle(self) -> bool:
        return not self.pending
