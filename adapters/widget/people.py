"""Colleagues at the widget: which conversations are theirs, and what they say in them."""

import asyncio
import hashlib
import hmac
import time
from typing import Any

from pydantic import BaseModel, Field
from starlette.requests import Request

from adapters.web.errors import Refused, not_found, too_many
from adapters.web.rates import Delays
from adapters.widget.talk import NAME, PERSON_SAID
from bot.cleaning import clean
from bot.contracts import Limner
from bot.desk.events import PersonSaid, Released
from bot.desk.office import key

ID = r"^[0-9a-f]{32}$"
MOST_CHARACTERS, MOST_LISTED = 4_000, 200
LOOKED_BACK_S = 90 * 86_400.0
OVERLAP_S = 60.0  # an event may be seen that much later than its time says
THEIRS = ("person spoke", PERSON_SAID, "handed over", "rejected", "unknown")


class Said(BaseModel):
    """What a colleague says, or that Limner may answer again."""

    conversation: str = Field(pattern=ID)
    id: str = Field(pattern=ID)
    name: str = Field(min_length=1, max_length=64)
    text: str = Field("", max_length=MOST_CHARACTERS)
    release: bool = False


class People:
    """What the record tells of conversations that are people's, read on from where it was read last."""

    def __init__(self, limner: Limner, colleague_key: str) -> None:
        self._limner, self._key = limner, _digest(colleague_key)
        self._wrong = Delays(time.monotonic)
        self._since = time.time() - LOOKED_BACK_S
        self._asked_at, self._said_at = dict[str, float](), dict[str, float]()
        self._one_at_a_time = asyncio.Lock()
        # Of a visitor who writes in a conversation that was handed over even longer ago, the server tells.
        self.theirs: set[str] = set()

    def check(self, request: Request, address: str) -> None:
        """Let colleagues through. Raises Refused for a wrong key, and for a while after several of them."""
        if wait_s := self._wrong.wait_s(address):
            raise too_many("wrong keys", wait_s)
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(_digest(given), self._key):
            self._wrong.failed(address)
            raise Refused("This is not the colleagues' key", "It is adapters.widget.colleague_key.", 401)
        self._wrong.succeeded(address)

    async def conversations(self) -> list[dict[str, Any]]:
        """Those that are people's, or whose last draft was turned down; the latest words first."""
        await self._look()
        found = []
        for one in sorted(self.theirs, key=lambda one: -self._asked_at.get(one, 0.0))[:MOST_LISTED]:
            for last in await self._limner.history(key(NAME, one), limit=1):
                waits = self._asked_at.get(one, 0.0) > self._said_at.get(one, 0.0)
                found.append({"conversation": one, "text": last.message.text, "at": last.created_at, "waits": waits})
        return [one for one in found if one["text"]]  # the others were forgotten

    async def say(self, said: Said) -> None:
        """Tell the visitor, once however often it is sent, or give the conversation back to Limner.

        Raises:
            Refused: There is no such conversation.
            RequestError: There are no words.
        """
        desk, about = self._limner.desk, said.conversation
        if not await self._limner.history(key(NAME, about), limit=1):
            raise not_found("conversation")
        if said.release:
            await desk.took(NAME, Released(about))
            return
        data = {"id": said.id, "text": clean(said.text)}
        async with self._one_at_a_time:
            before = await desk.archive.events(adapter=NAME, conversation=about)
            if said.id not in {one.data.get("id") for one in before if one.kind == PERSON_SAID}:
                # Silence first: an answer that is under way must not come after a person's.
                await desk.took(NAME, PersonSaid(about, said.name))
                await desk.record(NAME, about, PERSON_SAID, customer=about, who=said.name, data=data)

    async def _look(self) -> None:
        for event in await self._limner.desk.archive.events(adapter=NAME, since=self._since):
            if event.kind in THEIRS:
                self.theirs.add(event.conversation)
            elif event.kind in ("sent", "released"):
                self.theirs.discard(event.conversation)
            if event.kind in ("asked", PERSON_SAID):
                (self._asked_at if event.kind == "asked" else self._said_at)[event.conversation] = event.at
            self._since = max(self._since, event.at - OVERLAP_S)


def _digest(words: str) -> bytes:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()
