"""However often the bot is killed, no customer is forgotten, answered twice, or sent what nobody has approved."""

import asyncio
import random
import socket
import sqlite3
from collections import Counter
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from adapters.desk.chatwoot import Chatwoot as Adapter
from bot.gallery import Gallery
from bot.jobs import FINAL, State
from bot.knowledge.library import Library
from bot.knowledge.parsed import Block, Parsed, Section
from bot.store import open_store
from tests.desk_servers.chatwoot import Chatwoot
from tests.helpers import process
from tests.helpers.process import errors, rows
from tests.support import database, until

STEP_S = 0.03
HANDS = "Press and hold the reset button with a paper clip for ten seconds. Let go when the lamp blinks."
ASKED = ("How do I reset the router?", "What does a red lamp mean?", "How do I reset the router? It is a Kite.")
STAGES = {
    "drafting": {State.RECEIVED, State.ANSWERED, State.PAINTING, State.PAINTED, State.DRAFTED},
    "waiting": {State.AWAITING},
    "posting": {State.POSTING},
    "any": set(State),
}
# Answers that come late, their effect at once: whoever is killed meanwhile never learns that it has posted.
LATE_S = 0.4
DRAFT = "**Draft"
DESK = {"merge_s": 0.1, "approval": "always"}


async def fill(folder: Path) -> None:
    """What the team knows."""
    async with open_store(database(folder)) as store:
        library = Library(store, Gallery(store, folder / "gallery"))
        for title, text in (("Resetting the router", HANDS), ("Lamps", "A red lamp means that there is no internet.")):
            await library.put(Parsed(title=title, language="en", sections=(Section((), (Block(text),)),)), title)


def free_port() -> int:
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


class Shift:
    """A desk with customers who ask while the bot is there, and a colleague who approves some of what is drafted.

    Attributes:
        asked: Conversations whose first message the bot has taken.
        approved: Those in which a colleague has said so; the others wait for ever.
    """

    def __init__(self, desk: Chatwoot, folder: Path, port: int) -> None:
        self.desk, self._folder, self._port = desk, folder, port
        self.asked: list[str] = []
        self.approved: set[str] = set()

    def start(self) -> Any:
        table = {"base_url": self.desk.url, "token": self.desk.token, "user_token": self.desk.user_token}
        table |= {"secret": self.desk.secret, "port": self._port}
        make = partial(Adapter, Adapter.Settings.model_validate(table))
        return process.start(self._folder, make, STEP_S, desk=DESK)

    async def ask(self, number: int) -> None:
        """A customer writes, and is heard: what finds nobody there goes to people, as Chatwoot has it."""
        conversation = await self.desk.ask(ASKED[number % len(ASKED)])
        if self.desk.heard[-1] == 200:
            self.asked.append(conversation)

    async def approve(self) -> None:
        """A colleague answers each draft that they see with '/approve', but in every fifth conversation."""
        for at, conversation in enumerate(self.asked):
            if at % 5 == 4 or self.desk.told(conversation):
                continue
            if any(words.startswith(DRAFT) for words, _ in self.desk.told(conversation, private=True)):
                self.approved.add(conversation)
                await self.desk.reply(conversation, "/approve", private=True)

    async def live_and_die(self, stage: str, points: random.Random, questions: int) -> None:
        """One process's life, until something is at that stage, or at a random moment."""
        if stage == "posting":
            self.desk.faults.delays(self.desk.posting, LATE_S, count=1000)
        running = self.start()
        await self.listens()
        for _ in range(questions):
            await self.ask(len(self.asked))
        approving = asyncio.create_task(self._keep_approving())
        with suppress(TimeoutError):
            async with asyncio.timeout(5 if stage != "any" else points.uniform(0.2, 2)):
                while stage == "any" or not any(row["state"] in STAGES[stage] for row in rows(self._folder)):
                    await asyncio.sleep(0.002)
        await asyncio.sleep(points.uniform(0, 0.05))
        approving.cancel()
        await asyncio.wait([approving])
        await process.kill(running)
        self.desk.faults.clear()

    async def finish(self) -> None:
        """Let a last process do all that is left."""
        running = self.start()
        await self.listens()

        async def settled() -> bool:
            await self.approve()
            wanted = [one for at, one in enumerate(self.asked) if at % 5 != 4]
            done = all(self.desk.told(one) or self.desk.with_people(one) for one in wanted)
            return done and all(row["state"] in FINAL | {State.AWAITING} for row in rows(self._folder))

        await until(settled)
        await process.kill(running)

    async def listens(self) -> None:
        self.desk.hook = ""

        async def there() -> bool:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", self._port)
                writer.close()
                return True
            return False

        await until(there)
        self.desk.hook = f"http://127.0.0.1:{self._port}/chatwoot"

    async def _keep_approving(self) -> None:
        while True:
            await self.approve()
            await asyncio.sleep(0.2)


def twice(desk: Chatwoot) -> list[str]:
    """Answers and drafts that were posted twice; who approves twice is told twice that once is enough."""
    said = [one for all_of_them in desk.messages.values() for one in all_of_them]
    marks = {one["content_attributes"].get("limner") for one in said if _is_draft(one) or not one["private"]}
    return [mark for mark in desk.duplicates() if mark in marks]


def unrecorded(folder: Path) -> list[str]:
    """Jobs of which the record lacks that they were asked, or that their answer was sent, or says so twice."""
    with closing(sqlite3.connect(folder / "limner.db")) as connection:
        told = Counter(connection.execute("SELECT job_id, kind FROM desk_events").fetchall())
    wrong = []
    for row in rows(folder):
        job_id, ends = str(row["id"]), row["state"] == State.POSTED
        if told[job_id, "asked"] != 1 or told[job_id, "sent"] + told[job_id, "handed over"] != ends:
            wrong.append(f"{row['state']}: {[kind for (about, kind), _ in told.items() if about == job_id]}")
    return wrong


def _is_draft(message: Any) -> bool:
    return bool(message["content"].startswith(DRAFT))


async def survive(desk: Chatwoot, folder: Path, stages: list[str], conversations: int) -> Counter[str]:
    """Kill one process at each stage, let a last one finish, and check all."""
    await fill(folder)
    shift, points, at_death = Shift(desk, folder, free_port()), random.Random(3), Counter[str]()
    for turn, stage in enumerate(stages, start=1):
        questions = conversations * turn // len(stages) - len(shift.asked)
        await shift.live_and_die(stage, points, questions)
        at_death.update(row["state"] for row in rows(folder))
    await shift.finish()
    await desk.quiet()
    assert errors(folder) == []
    assert twice(desk) == []
    assert unrecorded(folder) == []
    known = {row["conversation"].split("/")[1] for row in rows(folder)}
    assert set(shift.asked) <= known, "a customer was forgotten"
    for at, conversation in enumerate(shift.asked):
        told = desk.told(conversation)
        assert len(told) <= 1, told
        handed_over = desk.with_people(conversation) and not any(HANDS[:20] in words for words, _ in told)
        assert conversation in shift.approved or handed_over or not told, "nobody has approved this"
        assert told or desk.with_people(conversation) or at % 5 == 4
    answered = sum(bool(desk.told(one)) for one in shift.asked)
    print(f"{len(shift.asked)} taken, {len(shift.approved)} approved, {answered} answered; {dict(at_death)}")  # noqa: T201
    return at_death


async def test_kills_at_every_stage(tmp_path: Path) -> None:
    """Killed while drafts are made, wait and are posted, the bot sends each approved one, once."""
    async with Chatwoot().serving() as desk:
        await survive(desk, tmp_path, ["drafting", "posting"], conversations=4)


@pytest.mark.proof
async def test_fifty_conversations_amid_kills(tmp_path: Path) -> None:
    """Of fifty conversations during 25 kills none is lost, answered twice, or answered without approval."""
    stages = random.Random(5).choices(["drafting", "waiting", "posting", "any"], k=25)
    async with Chatwoot().serving() as desk:
        at_death = await survive(desk, tmp_path, stages, conversations=50)
    assert at_death[State.POSTING] > 2
