"""A support desk in a folder: the example for whoever writes one, and a place to try answers without any platform."""

import asyncio
import json
from pathlib import Path
from typing import Any

from bot.contracts import Limner
from bot.desk.draft import Draft, Kind
from bot.desk.events import DeskEvent
from bot.errors import DeliveryError, Silenced
from bot.messages import Progress, Reply


class PaperDesk:
    """A desk that keeps what is said as lines of a file, so it outlives the process that said it.

    Args:
        folder: Where posts are written.
        name: The adapter's.

    Attributes:
        down: While this file exists, the desk takes nothing.
    """

    is_desk = True

    def __init__(self, folder: Path, name: str = "paper-desk") -> None:
        self.name = name
        self.down = folder / "down"
        self._file = folder / f"{name}.jsonl"
        self._limner: Limner | None = None
        self._listens = asyncio.Event()
        folder.mkdir(parents=True, exist_ok=True)

    async def run(self, limner: Limner) -> None:
        """Listen; what happens at the desk comes in through `hear`."""
        self._limner = limner
        self._listens.set()
        await asyncio.Event().wait()

    async def hear(self, event: DeskEvent) -> str:
        """Something happens at the desk; of a customer's message the job's id."""
        await self._listens.wait()
        assert self._limner is not None
        return await self._limner.desk.took(self.name, event)

    async def progress(self, progress: Progress) -> None:
        """Customers are told answers only."""

    async def present(self, reply: Reply) -> str:
        """Write a note for colleagues; the same one is written once."""
        draft = self._draft_of(reply)
        key = f"{reply.key}/{draft.status}/{len(reply.pictures) and reply.pictures[0].id}"
        if key not in self.keys("note"):
            self._write("note", key, reply, draft.words)
        return key

    async def deliver(self, reply: Reply) -> str:
        """Tell the customer, unless a person speaks there."""
        draft = self._draft_of(reply)
        if self._limner and await self._limner.desk.is_silent(self.name, reply.message.channel):
            raise Silenced("A person has this conversation", lasting=True)
        if draft.kind is Kind.HAND_OVER:
            self._write("hand over", reply.key, reply, draft.summary)
        self._write("answer", reply.key, reply, draft.words)
        return reply.key

    async def find(self, reply: Reply) -> str | None:
        """Look the key up in the file."""
        return reply.key if reply.key in self.keys("answer") else None

    def said(self, kind: str = "answer") -> list[dict[str, Any]]:
        """All that was told to customers ('answer'), to colleagues ('note'), or handed over, oldest first."""
        if not self._file.exists():
            return []
        lines = map(json.loads, self._file.read_text(encoding="utf-8").splitlines())
        return [line for line in lines if line["kind"] == kind]

    def keys(self, kind: str = "answer") -> list[str]:
        """The keys of these, doubles included."""
        return [line["key"] for line in self.said(kind)]

    def _draft_of(self, reply: Reply) -> Draft:
        assert reply.draft is not None, "every reply at a desk comes of a draft"
        return reply.draft

    def _write(self, kind: str, key: str, reply: Reply, text: str) -> None:
        if self.down.exists():
            raise DeliveryError("The desk is down")
        pictures = [one.sha256 for one in reply.pictures]
        line = {"kind": kind, "key": key, "conversation": reply.message.channel, "text": text, "pictures": pictures}
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
