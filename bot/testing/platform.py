"""A chat platform in a folder and the adapter to it: the example for whoever writes one."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.chat import Ask, Card, Front, Gate, finished, refused, under_way
from bot.chat.cards import CANCEL, WORDS
from bot.chat.front import Press, is_deed
from bot.contracts import Limner
from bot.errors import DeliveryError, RequestError
from bot.messages import Outcome, Progress, Reply


@dataclass(frozen=True, slots=True)
class Post:
    """What a person sees now of one post of Limner's.

    Attributes:
        id: Stays the same while the post is edited.
        to: Who asked for what it answers.
        text: All of its words.
        pictures: sha256 of each finished picture, of the bytes that were uploaded.
        buttons: Their keys, such as 'again:PICTURE_ID', read from what the platform carries.
        final: Nothing in it says that more is to come.
    """

    id: str
    to: str
    text: str
    pictures: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    final: bool = True


class PaperPlatform:
    """A platform that keeps what is posted as lines of a file, so it outlives the process that posted it.

    A line says what a post shows from then on; whoever posts names the post, here by the job's id, so that showing the
    next step and the answer is writing another line.

    Args:
        folder: Where posts are written.
        name: The adapter's.

    Attributes:
        down: While this file exists, the platform takes nothing.
        seen: All progress that was told.
    """

    def __init__(self, folder: Path, name: str = "paper") -> None:
        self.name = name
        self.down = folder / "down"
        self.seen: list[Progress] = []
        self._file = folder / "posts.jsonl"
        self._front: Front | None = None
        self._listens = asyncio.Event()
        self._over: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    async def run(self, limner: Limner) -> None:
        """Listen; what happens on the platform comes in through `hear`."""
        self._front = Front(limner, self.name, Gate())
        self._listens.set()
        await asyncio.Event().wait()

    async def hear(self, event: Ask | Press) -> None:
        """Somebody asks, presses a button or sends a form; an event that comes twice is the same one."""
        await self._listens.wait()
        assert self._front is not None
        try:
            if isinstance(event, Ask):
                await self._front.ask(event)
            elif is_deed(event.key):
                await self._do(self._front, event)
            elif event.key.startswith(f"{WORDS}:"):
                await self._explain(self._front, event)
            else:
                await self._front.press(event)
        except RequestError as error:
            self._write(event.event_id, refused(str(error)), Outcome.FAILED, to=event.asker.id)

    async def progress(self, progress: Progress) -> None:
        """Show it, unless the job's answer is there or the platform is down: then it is lost, and nothing else is."""
        self.seen.append(progress)
        if progress.job_id not in self._over and not self.down.exists():
            self._write(progress.job_id, under_way(progress), to=progress.message.user)

    async def deliver(self, reply: Reply) -> str:
        """Show the answer where the progress was."""
        card = await self._front.card(reply) if self._front else finished(reply)
        if self.down.exists():
            raise DeliveryError("The platform is down")
        self._over.add(reply.job_id)
        self._write(reply.job_id, card, reply.outcome, to=reply.message.user, key=reply.key)
        return reply.key

    async def find(self, reply: Reply) -> str | None:
        """Look the key up in the file."""
        return reply.key if reply.key in self.keys() else None

    def shown(self) -> list[Post]:
        """What people see now, oldest first."""
        posts: dict[str, dict[str, Any]] = {}
        for line in self._lines():
            posts[line["post"]] = posts.get(line["post"], {}) | line
        return [_post(line) for line in posts.values()]

    def posts(self) -> list[dict[str, Any]]:
        """Every reply that was ever delivered here."""
        names = "key", "outcome", "text", "pictures"
        return [{name: line[name] for name in names} for line in self._lines() if "key" in line]

    def keys(self) -> list[str]:
        """The keys of all replies, doubles included."""
        return [post["key"] for post in self.posts()]

    async def _do(self, front: Front, press: Press) -> None:
        kind, _, job_id = press.key.partition(":")
        card = await (front.cancel if kind == CANCEL else front.delete)(job_id, press.asker)
        self._over.add(job_id)
        self._write(job_id, card, Outcome.CANCELLED)

    async def _explain(self, front: Front, press: Press) -> None:
        explained, notes = await front.explain(press.key.partition(":")[2], press.asker)
        words = [f"{one.words} -> {one.prompt}" for one in explained]
        self._write(press.event_id, Card(text="\n".join(words), small=notes), Outcome.DONE, to=press.asker.id)

    def _write(self, post: str, card: Card, outcome: str = "", **more: str) -> None:
        """What that post shows from now on: a line, in one write."""
        line = {
            "post": post,
            "outcome": outcome,
            "text": card.text,
            "around": [card.heading, *card.small],
            "pictures": [one.picture.sha256 for one in card.pictures],
            "buttons": [button.key for row in card.rows for button in row],
        }
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line | more) + "\n")

    def _lines(self) -> Iterator[dict[str, Any]]:
        if self._file.exists():
            yield from map(json.loads, self._file.read_text(encoding="utf-8").splitlines())


def _post(line: dict[str, Any]) -> Post:
    text = "\n".join(filter(None, [line["text"], *line["around"]]))
    return Post(line["post"], line["to"], text, tuple(line["pictures"]), tuple(line["buttons"]), bool(line["outcome"]))
