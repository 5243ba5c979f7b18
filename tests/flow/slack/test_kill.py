"""However often the bot is killed, each request that was taken is answered, and once."""

import asyncio
import random
from collections import Counter
from pathlib import Path

import pytest

from bot.jobs import State
from tests.flow.slack.process import answer, bot_process, check, kill, start
from tests.helpers.process import all_over, errors, rows
from tests.slack_server import Person, Sight, SlackServer
from tests.slack_server.state import Channel, Message

STEP_S = 0.03
STAGES = {
    "waiting": {State.RECEIVED, State.ANSWERED},
    "painting": {State.PAINTING, State.PAINTED},
    "posting": {State.POSTING},
    "any": set(State),
}
ATTEMPTS = 4
# Answers that come late, their effect at once: whoever is killed meanwhile never learns that it has posted.
LATE_S = 0.4
POSTS = ("chat.postMessage", "chat.update")


async def ask(person: Person, channel: Channel, first: Message, number: int, after_s: float) -> Sight:
    """One more request at some moment, whether the bot is there or not."""
    await asyncio.sleep(after_s)
    match number % 5:
        case 4:
            return await person.press(first, "Again")
        case 1 | 3:
            return await person.command("/imagine", f"a red car number {number}", channel)
        case 2:
            return await person.say(person.dm(), f"a green hill number {number}")
    return await person.mention(channel, f"a blue boat number {number}")


async def live_and_die(server: SlackServer, folder: Path, stage: str, points: random.Random) -> None:
    """One process's life, until something is at that stage, or at a random moment."""
    for method in POSTS if stage == "posting" else ():
        server.faults.delays(method, LATE_S, count=1000)
    process = start(server, folder, STEP_S, rate=1_000)
    await server.socket.connected()
    server.clock.move(61)  # events that found nobody are told again
    if stage == "any":
        await asyncio.sleep(points.uniform(0.2, 2))
    else:
        async with asyncio.timeout(60):
            while not any(row["state"] in STAGES[stage] for row in rows(folder)):
                await asyncio.sleep(0.002)
        await asyncio.sleep(points.uniform(0, 0.05))
    await kill(server, process)
    server.faults.clear()


async def survive(server: SlackServer, folder: Path, stages: list[str], requests: int) -> Counter[str]:
    """Kill one process at each stage while so many requests are made, let a last one finish, and check all."""
    server.limits.wide()
    points = random.Random(3)
    people = [server.person(f"p{number}") for number in range(5)]
    channels = [server.channel(f"room-{number}") for number in range(3)]
    async with bot_process(server, folder, rate=1_000):
        first = [await answer(await one.command("/imagine", "a house", channels[0])) for one in people]
        await all_over(folder)
    asked: list[asyncio.Task[Sight]] = []
    at_death: Counter[str] = Counter()
    for turn, stage in enumerate(stages, start=1):
        while len(asked) < requests * turn // len(stages):
            number, at = len(asked), len(asked) % len(people)
            made = ask(people[at], channels[number % 3], first[at], number, points.uniform(0, 0.5))
            asked.append(asyncio.create_task(made))
        await live_and_die(server, folder, stage, points)
        at_death.update(row["state"] for row in rows(folder))
    async with bot_process(server, folder, rate=1_000):
        seen = await asyncio.gather(*asked)
        server.clock.move(301)
        await server.until(lambda: all(is_told(one, folder) or is_given_up(one) for one in seen))
        await all_over(folder)
    assert errors(folder) == []
    taken = {str(row["event_id"]) for row in check(server, folder)}
    failed = [one for one in seen if one.failed or (is_given_up(one) and not is_told(one, folder))]
    assert len(people) + len(seen) - len(failed) <= len(taken) <= len(people) + len(seen)
    print(f"{len(seen)} requests, {len(taken)} taken with the first, {len(failed)} told as failed; {dict(at_death)}")  # noqa: T201
    return at_death


def is_told(seen: Sight, folder: Path) -> bool:
    """Whether words are taken; commands and buttons are, or they have failed."""
    said = seen.said
    return said is None or any(row["event_id"] == f"{said.channel.id}/{said.ts}" for row in rows(folder))


def is_given_up(seen: Sight) -> bool:
    """Whether Slack tells no more of some words, since every attempt met a bot that died."""
    said = seen.said
    told = [one for one in seen.person.server.told("message") if said and one.payload["event"]["ts"] == said.ts]
    return bool(told) and all(len(one.results) == ATTEMPTS and one.acked_at is None for one in told)


async def test_kills_at_every_stage(server: SlackServer, tmp_path: Path) -> None:
    """Killed while requests are painted and are posted, the bot answers each that it took, once."""
    at_death = await survive(server, tmp_path, ["painting", "posting"], requests=6)
    assert at_death[State.POSTING] > 0


@pytest.mark.proof
async def test_fifty_requests_amid_kills(server: SlackServer, tmp_path: Path) -> None:
    """Of fifty requests during 25 kills at random moments and at every stage, each that was taken is answered once."""
    stages = random.Random(5).choices(["painting", "posting", "any"], k=25)
    at_death = await survive(server, tmp_path, stages, requests=50)
    assert at_death[State.POSTING] > 2
