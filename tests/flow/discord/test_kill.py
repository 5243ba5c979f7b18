"""Whenever the bot is killed, what it has taken is answered once, and nothing stays behind that says otherwise."""

import asyncio
import itertools
import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.jobs import State
from tests.discord_server import DiscordServer
from tests.discord_server.person import Person
from tests.discord_server.sight import Sight
from tests.discord_server.state import Channel, Message
from tests.flow.discord.process import answer, bot_process, check, key_of, kill, start
from tests.helpers.process import all_over, errors, rows

STEP_S = 0.03
STAGES = {
    "waiting": {State.RECEIVED, State.ANSWERED},
    "painting": {State.PAINTING, State.PAINTED},
    "posting": {State.POSTING},
    "any": set(State),
}
# Answers that come late, their effect at once: whoever is killed meanwhile never learns that it has posted.
LATE_S = 0.4
POSTS = (
    "POST /channels/{channel_id}/messages",
    "PATCH /channels/{channel_id}/messages/{message_id}",
    "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
)


@dataclass
class Scene:
    """People who go on asking while the bot dies and comes back.

    Attributes:
        first: A picture whose button can be pressed.
        at_death: How many jobs stood in which state when a process had been killed, over all kills.
    """

    server: DiscordServer
    folder: Path
    people: list[Person]
    channels: list[Channel]
    points: random.Random
    first: list[Message] = field(default_factory=list)
    asked: list[asyncio.Task[Sight]] = field(default_factory=list)
    at_death: Counter[str] = field(default_factory=Counter)
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def ask(self) -> None:
        """One more request, at some moment soon, whether the bot is there or not."""
        self.asked.append(asyncio.create_task(self._ask(next(self.numbers), self.points.uniform(0, 1))))

    async def _ask(self, number: int, after_s: float) -> Sight:
        await asyncio.sleep(after_s)
        at = number % len(self.people)
        person, channel = self.people[at], self.channels[number % len(self.channels)]
        if number % 5 == 4:
            return await person.press(self.first[at], key_of(self.first[at], "again"))
        if number % 2:
            return await person.slash(channel, "imagine", prompt=f"a red car number {number}")
        return await person.say(channel, f"{self.server.bot.mention} a blue boat number {number}")

    async def begin(self) -> None:
        """A first picture for everybody."""
        async with bot_process(self.server, self.folder):
            for person in self.people:
                seen = await person.slash(self.channels[0], "imagine", prompt=f"a house for {person.user.name}")
                self.first.append(await answer(seen))
            await all_over(self.folder)

    async def live_and_die(self, stage: str) -> None:
        """One process's life, until something is at that stage, or at a random moment."""
        for route in POSTS if stage == "posting" else ():
            self.server.faults.delays(route, LATE_S, count=1000)
        process = start(self.server, self.folder, STEP_S)
        if stage == "any":
            await asyncio.sleep(self.points.uniform(0.2, 2))
        else:
            await self._seen(STAGES[stage])
            await asyncio.sleep(self.points.uniform(0, 0.05))
        await kill(self.server, process)
        self.server.faults.clear()
        self.at_death.update(row["state"] for row in rows(self.folder))

    async def _seen(self, states: set[State]) -> None:
        """Wait until a job is in one of these states; there is one more to come, if none is."""
        self.ask()
        async with asyncio.timeout(60):
            while not any(row["state"] in states for row in rows(self.folder)):
                await asyncio.sleep(0.002)

    def count(self, stage: str) -> int:
        return sum(self.at_death[state] for state in STAGES[stage])


async def survive(server: DiscordServer, folder: Path, stages: list[str], requests: int) -> Scene:
    """Kill one process at each stage while so many requests are made, let a last one finish, and check all."""
    guild = server.guild()
    people = [server.person(f"p{number}", guild=guild) for number in range(5)]
    channels = [server.channel(guild, f"room-{number}") for number in range(3)]
    scene = Scene(server, folder, people, channels, random.Random(3))
    await scene.begin()
    for number, stage in enumerate(stages, start=1):
        while len(scene.asked) < requests * number // len(stages) - (stage != "any"):
            scene.ask()
        await scene.live_and_die(stage)
    async with bot_process(server, folder):
        seen = await asyncio.gather(*scene.asked)
        await server.until(lambda: all(is_told(one, folder) for one in seen))
        await all_over(folder)
    assert errors(folder) == []
    compare(scene, seen, check(server, folder))
    return scene


def is_told(seen: Sight, folder: Path) -> bool:
    """Whether a mention is taken; commands and buttons are, or they have failed."""
    return seen.said is None or any(row["event_id"] == seen.said.id for row in rows(folder))


def compare(scene: Scene, seen: list[Sight], found: list[dict[str, object]]) -> None:
    """What was taken is answered; what was not, Discord tells, and nobody else does."""
    taken = {str(row["event_id"]) for row in found}
    lost = [one for one in seen if one.interaction and one.interaction.id not in taken]
    assert len(taken) == len(scene.people) + len(seen) - len(lost)
    assert [one.text for one in lost if one.messages and not one.messages[0].loading] == []
    figures = (
        f"{len(seen)} requests, {len(seen) - len(lost)} taken, {sum(bool(one.failed) for one in seen)} told as failed"
    )
    counts = {stage: scene.count(stage) for stage in ("waiting", "painting", "posting")}
    print(f"{figures}; jobs by stage, over all kills: {counts}")  # noqa: T201 - for -rP


async def test_kills_at_every_stage(server: DiscordServer, tmp_path: Path) -> None:
    """Killed while requests wait, are painted and are posted, the bot answers each that it took, once."""
    scene = await survive(server, tmp_path, ["waiting", "painting", "posting"], requests=9)
    assert scene.count("posting") > 0


@pytest.mark.proof
async def test_fifty_requests_amid_kills(server: DiscordServer, tmp_path: Path) -> None:
    """Of fifty requests during 25 kills at random moments and at every stage, each that was taken is answered once."""
    stages = random.Random(5).choices(list(STAGES), k=25)
    scene = await survive(server, tmp_path, stages, requests=50)
    assert len(scene.asked) >= 50
    assert all(scene.count(stage) > 2 for stage in ("waiting", "painting", "posting"))
